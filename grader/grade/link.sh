#!/bin/sh
# SPDX-License-Identifier: MIT
# link.sh - a student's objects to a subject. Runs inside the tool sandbox, in the work folder, after compile.sh; no
# compiler and no source takes part in it.
#
# Reads   OBJECTS (paths of objects), SUPPORT (build/subject), LAB, WATCH (system calls), BASE (a lab or empty), OUTPUT (the
#         program to make), COVERAGE (1: the objects hold counters), BITS (32, or empty for the machine's own)
# Writes  obj/student, defined.txt and undefined.txt (symbols), link.txt (the linker), OUTPUT, OUTPUT-memcheck (for labs with
#         memcheck tests), OUTPUT-frame and OUTPUT-memcheck-frame
# Exits   0 a subject was made; 11 the objects do not go together; 12 it does not link
set -u

join=
[ -z "$BITS" ] || join="-m elf_i386"
link=
[ -z "$COVERAGE" ] || link="-u __gcov_info_to_gcda"

# One object; of its names, only the contract's functions stay visible. A student's own strcmp or
# waitpid is theirs alone then, and cannot stand in for anybody else's.
# shellcheck disable=SC2086 # lists of options
ld $join -r -o obj/all $OBJECTS >link.txt 2>&1 || exit 11
# Without a plugin named, nm would load all there are, clang's 100 MB among them.
nm --plugin=none -P -u obj/all | sed 's/ .*//' >undefined.txt
nm --plugin=none -P --defined-only -g obj/all | sed 's/ .*//' >defined.txt

# Watched system calls go through subject/system.c; the C library's malloc family is replaced at link time.
renames=
for call in $WATCH; do
    renames="$renames --redefine-sym $call=watched_$call"
done
# shellcheck disable=SC2086
objcopy --keep-global-symbols="$SUPPORT/$LAB.exports" --remove-section=.interp --rename-section heaplab_kit_code=.text.student \
    $renames obj/all obj/student || exit 11

# The lab below this one is the reference's, so that no lab sinks another, unless build/base.c put another there.
base=
[ -z "$BASE" ] || base=$SUPPORT/$BASE.base.o
[ ! -e base.o ] || base=base.o

# subject.whole.o is all the rest of a subject, linked beforehand (kit.mk).
# shellcheck disable=SC2086
ld $join -static $link -o "$OUTPUT" "$SUPPORT/subject.whole.o" "$SUPPORT/$LAB.o" obj/student $base @"$SUPPORT/whole.ends" \
    >>link.txt 2>&1 || exit 12

# The same without the student's object, but with what that calls of the C library: build/program.c compares.
called=$(grep -x '[A-Za-z_][A-Za-z0-9_]*' undefined.txt | sed 's/^/-u /')
frame=--unresolved-symbols=ignore-all
# shellcheck disable=SC2086
ld $join -static $link $frame $called -o "$OUTPUT-frame" "$SUPPORT/subject.whole.o" "$SUPPORT/$LAB.o" $base @"$SUPPORT/whole.ends" \
    >>link.txt 2>&1 || exit 12

# Valgrind replaces strlen and the like, which read whole words, only in a shared C library. No plugin: it would compile
# what lies in an object.
if [ -s "$SUPPORT/$LAB.memcheck" ]; then
    # shellcheck disable=SC2086
    gcc -no-pie -fno-lto -fno-use-linker-plugin ${link:+-Wl,-u,__gcov_info_to_gcda} -o "$OUTPUT-memcheck" "$SUPPORT/$LAB.o" \
        obj/student $base "$SUPPORT/libmemcheck.a" -lgcov >>link.txt 2>&1 || exit 12
    # shellcheck disable=SC2086
    gcc -no-pie -fno-lto -fno-use-linker-plugin -Wl,$frame -o "$OUTPUT-memcheck-frame" "$SUPPORT/$LAB.o" $base \
        "$SUPPORT/libmemcheck.a" -lgcov >>link.txt 2>&1 || exit 12
fi
