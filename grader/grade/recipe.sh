#!/bin/sh
# SPDX-License-Identifier: MIT
# recipe.sh - from a student's sources to a subject. Runs inside the tool sandbox, in the work folder.
#
# Reads   SOURCES (names below src/), INCLUDES (folders of contract headers), SUPPORT (build/subject), LAB, COVERAGE (1 or empty), FLAGS, WATCH, BASE (a lab or empty),
#         WATCHED (1: its loads and stores call the hooks of subject/watch.c, or empty), COST (1: a subject to count the cost of as well, or empty), BITS (32, or empty for the machine's own)
# Writes  diagnostics.txt (the compiler), defined.txt and undefined.txt (symbols), link.txt (the linker), subject, subject-memcheck (for labs with memcheck tests), subject-cost and static.txt (with COST)
# Exits   0 a subject was made; 10 a source does not compile; 11 the objects do not go together; 12 it does not link
set -u

# shellcheck disable=SC2153 # FLAGS comes from outside
flags="-std=c11 -D_DEFAULT_SOURCE -g -fno-omit-frame-pointer -Wall -Wextra -fmax-errors=20 -pipe $FLAGS"
for folder in $INCLUDES; do
    flags="$flags -I$folder"
done
join=
if [ -n "$BITS" ]; then # without -fno-pie the compiler adds shared helpers, which don't survive objcopy below
    flags="$flags -m32 -fno-pie"
    join="-m elf_i386"
fi
plain=$flags
watched=
if [ -n "$WATCHED" ]; then
    flags="$flags -fsanitize=thread"
    watched=--redefine-syms=$SUPPORT/watched.renames
fi
link=
if [ -n "$COVERAGE" ]; then
    flags="$flags -fprofile-arcs -ftest-coverage -fprofile-info-section=heaplab_counters"
    link="-u __gcov_info_to_gcda"
fi

objects=
mkdir -p obj
for source in $SOURCES; do
    object=obj/${source%.c}.o
    objects="$objects $object"
    # shellcheck disable=SC2086 # a list of options
    gcc $flags -c "src/$source" -o "$object" >>diagnostics.txt 2>&1 || exit 10
done

# One object; of its names, only the contract's functions stay visible. A student's own strcmp or
# waitpid is theirs alone then, and cannot stand in for anybody else's.
# shellcheck disable=SC2086
ld $join -r -o obj/all $objects >link.txt 2>&1 || exit 11
# Without a plugin named, nm would load all there are, clang's 100 MB among them.
nm --plugin=none -P -u obj/all | sed 's/ .*//' >undefined.txt
nm --plugin=none -P --defined-only -g obj/all | sed 's/ .*//' >defined.txt

# Of the functions that the compiler calls at each access none may be the student's.
if nm --plugin=none -P --defined-only obj/all | grep -q '^__tsan_'; then
    echo __tsan >>undefined.txt
fi

# A program can tell valgrind to look away, by instructions that do nothing elsewhere (valgrind.h; x86-64, arm64).
if LC_ALL=C grep -a -q -P '\x48\xc1\xc7\x03\x48\xc1\xc7\x0d|\x8c\x0d\xcc\x93\x8c\x35\xcc\x93' obj/all; then
    echo valgrind >>undefined.txt
fi

# The function that callgrind counts in is the kit's alone.
if LC_ALL=C grep -a -q heaplab_measured obj/all; then
    echo heaplab_measured >>undefined.txt
fi

# Watched system calls go through subject/system.c; the C library's malloc family is replaced at link time.
renames=
for call in $WATCH; do
    renames="$renames --redefine-sym $call=watched_$call"
done
# shellcheck disable=SC2086
objcopy --keep-global-symbols="$SUPPORT/$LAB.exports" --remove-section=.interp $renames $watched obj/all obj/student || exit 11

# The lab below this one is the reference's, so that no lab sinks another, unless grade/base.c put another there.
base=
[ -z "$BASE" ] || base=$SUPPORT/$BASE.base.o
[ -z "$WATCHED" ] || [ ! -e "$SUPPORT/$BASE.watched.o" ] || base=$SUPPORT/$BASE.watched.o
[ ! -e base.o ] || base=base.o

# subject.whole.o is all the rest of a subject, linked beforehand (kit.mk).
# shellcheck disable=SC2086
ld $join -static $link -o subject "$SUPPORT/subject.whole.o" "$SUPPORT/$LAB.o" obj/student $base @"$SUPPORT/whole.ends" \
    >>link.txt 2>&1 || exit 12

# Valgrind replaces strlen and the like, which read whole words, only in a shared C library.
if [ -s "$SUPPORT/$LAB.memcheck" ]; then
    # shellcheck disable=SC2086
    gcc -no-pie ${link:+-Wl,-u,__gcov_info_to_gcda} -o subject-memcheck "$SUPPORT/$LAB.o" obj/student $base "$SUPPORT/libsubject.a" \
        -lgcov >>link.txt 2>&1 || exit 12
fi

# Cost is counted on optimised code, without coverage counters. Its static variables count as heap.
if [ -n "$COST" ]; then
    objects=
    for source in $SOURCES; do
        object=obj/${source%.c}.cost.o
        objects="$objects $object"
        # shellcheck disable=SC2086
        gcc $plain -O2 -w -c "src/$source" -o "$object" >>diagnostics.txt 2>&1 || exit 10
    done
    # shellcheck disable=SC2086
    ld $join -r -o obj/all.cost $objects >>link.txt 2>&1 || exit 11
    # shellcheck disable=SC2086
    objcopy --keep-global-symbols="$SUPPORT/$LAB.exports" --remove-section=.interp $renames obj/all.cost obj/student.cost || exit 11
    size obj/student.cost >size.txt || exit 11 # a line of titles, then one of numbers
    { read -r _ && read -r _ data bss _; } <size.txt || exit 11
    echo $((data + bss)) >static.txt
    # shellcheck disable=SC2086
    ld $join -static -o subject-cost "$SUPPORT/subject.whole.o" "$SUPPORT/$LAB.o" obj/student.cost $base @"$SUPPORT/whole.ends" \
        >>link.txt 2>&1 || exit 12
fi
