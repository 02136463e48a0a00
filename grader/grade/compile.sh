#!/bin/sh
# SPDX-License-Identifier: MIT
# compile.sh - compiles a student's sources to objects. Runs inside the tool sandbox, which shows it src/ to read, obj/ to
# write, the contract headers, and nothing else of the kit.
#
# Reads   SOURCES (names below src/), INCLUDES (folders of headers), FLAGS, OBJECTS (the folder to write to, which exists),
#         COMPILER, PROTOTYPES (1: only list what functions the sources define)
# Writes  OBJECTS/NAME.o, or OBJECTS/NAME.prototypes; the compiler's messages go to stdout
# Exits   0, or 10 if a source does not compile
set -u

# shellcheck disable=SC2153 # FLAGS comes from outside
flags="-std=c11 -D_DEFAULT_SOURCE $FLAGS"
for folder in $INCLUDES; do
    flags="$flags -I$folder"
done
for source in $SOURCES; do
    if [ -n "$PROTOTYPES" ]; then
        # shellcheck disable=SC2086 # a list of options
        gcc $flags -w -fsyntax-only -aux-info "$OBJECTS/${source%.c}.prototypes" "src/$source" 2>&1
        continue
    fi
    # shellcheck disable=SC2086
    "$COMPILER" $flags -c "src/$source" -o "$OBJECTS/${source%.c}.o" 2>&1 || exit 10
done
