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

# object SOURCE: compiles it; what the compiler says goes to stdout.
object() {
    # shellcheck disable=SC2086 # a list of options
    "$COMPILER" $flags -c "src/$1" -o "$OBJECTS/${1%.c}.o" 2>&1
}

# finish SOURCE PROCESS: waits for it, and passes on what was said.
finish() {
    wait "$2"
    status=$?
    [ ! -s "$OBJECTS/$1.said" ] || cat "$OBJECTS/$1.said"
    [ "$status" -eq 0 ] || {
        wait
        exit 10
    }
}

if [ -n "$PROTOTYPES" ]; then
    for source in $SOURCES; do
        # shellcheck disable=SC2086
        gcc $flags -w -fsyntax-only -aux-info "$OBJECTS/${source%.c}.prototypes" "src/$source" 2>&1
    done
    exit 0
fi

# Two at a time, as most machines have two processors. The messages are those of one after the other.
# shellcheck disable=SC2086 # a list of names
set -- $SOURCES
while [ $# -gt 1 ]; do
    object "$1" >"$OBJECTS/$1.said" &
    first=$!
    object "$2" >"$OBJECTS/$2.said" &
    second=$!
    finish "$1" "$first"
    finish "$2" "$second"
    shift 2
done
[ $# -eq 0 ] || object "$1" || exit 10
