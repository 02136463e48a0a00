#!/bin/sh
# SPDX-License-Identifier: MIT
# compile.sh - compiles a student's sources to objects. Runs inside the tool sandbox, which shows it src/ to read, obj/ to
# write, the contract headers, and nothing else of the kit.
#
# Reads   SOURCES (names below src/), INCLUDES (folders of headers), FLAGS, OBJECTS (the folder to write to, which exists)
# Writes  OBJECTS/NAME.o; the compiler's messages go to stdout
# Exits   0, or 10 if a source does not compile
set -u

# shellcheck disable=SC2153 # FLAGS comes from outside
flags="-std=c11 -D_DEFAULT_SOURCE $FLAGS"
for folder in $INCLUDES; do
    flags="$flags -I$folder"
done
for source in $SOURCES; do
    # shellcheck disable=SC2086 # a list of options
    gcc $flags -c "src/$source" -o "$OBJECTS/${source%.c}.o" 2>&1 || exit 10
done
