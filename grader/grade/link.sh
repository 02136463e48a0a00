#!/bin/sh
# SPDX-License-Identifier: MIT
# link.sh - links a student's objects to a subject. Runs inside the tool sandbox, in the work folder, after compile.sh. No
# compiler runs here, and no source is read.
#
# Starting a process is slow, and thousands of submissions go through here: what C can do after the link, grade/build.c and
# grade/program.c do.
#
# Reads   OBJECTS (paths of objects), SUPPORT (build/subject), LAB, WATCH (system calls), RENAMES (OLD=NEW of symbols), WATCHED
#         (1: the objects' loads and stores call the hooks of subject/watch.c, or empty), BASE (a lab or empty), OUTPUT (the
#         program to make), COVERAGE (1: the objects hold counters), FRAME (1: make OUTPUT-frame, or empty), BITS (32, or empty
#         for the machine's own)
# Writes  obj/all (one object), obj/student (the same, with only the contract's functions visible), link.txt (the linker's
#         messages), OUTPUT, OUTPUT-memcheck (for labs with memcheck tests), OUTPUT-frame
# Exits   0 a subject was made; 11 the objects do not go together; 12 it does not link
set -u

join=
[ -z "$BITS" ] || join="-m elf_i386"
link=
[ -z "$COVERAGE" ] || link="-u __gcov_info_to_gcda"
watched=
[ -z "$WATCHED" ] || watched="--redefine-syms=$SUPPORT/watched.renames --set-section-flags __patchable_function_entries=alloc,load,readonly,data"

# One object; of its names, only the contract's functions stay visible. So a student's own strcmp or waitpid affects
# nobody else's code, and with -d no common variable merges with one of the C library's.
# shellcheck disable=SC2086 # lists of options
ld $join -r -d -o obj/all $OBJECTS >link.txt 2>&1 || exit 11

# Watched system calls go through subject/system.c; the C library's malloc family is replaced at link time. In a program for
# memcheck the section heaplab_kit_code holds the kit's code alone.
renames=
for call in $WATCH; do
    renames="$renames --redefine-sym $call=watched_$call"
done
[ -n "$WATCHED" ] || renames="$renames --redefine-sym qsort=heaplab_qsort" # subject/sort.c
# shellcheck disable=SC2153 # RENAMES comes from outside
for pair in $RENAMES; do
    renames="$renames --redefine-sym $pair"
done
# shellcheck disable=SC2086
objcopy --keep-global-symbols="$SUPPORT/$LAB.exports" --remove-section=.interp --rename-section heaplab_kit_code=.text.student \
    $renames $watched obj/all obj/student || exit 11

# Where a call by a pointer may go (subject/branches.c): to the beginnings of the student's own functions, and to what is
# called by name.
targets=
if [ -n "$WATCHED" ]; then
    targets="-T obj/targets.script"
    {
        echo 'SECTIONS { heaplab_targets (READONLY) : { heaplab_targets_start = .; *(__patchable_function_entries)'
        nm --plugin=none -P -u obj/student | sed -n 's/^\([A-Za-z_][A-Za-z0-9_]*\) U.*/QUAD(\1)/p'
        echo 'heaplab_targets_end = .; } } INSERT AFTER .rodata;'
    } >obj/targets.script
fi

# The lab below this one is the reference's, so that no lab sinks another, unless grade/base.c put another there.
base=
[ -z "$BASE" ] || base=$SUPPORT/$BASE.base.o
[ -z "$WATCHED" ] || [ ! -e "$SUPPORT/$BASE.watched.o" ] || base=$SUPPORT/$BASE.watched.o
[ ! -e base.o ] || base=base.o

# subject.whole.o is all the rest of a subject, linked beforehand (kit.mk). Constants are not to lie among the code, where
# they could be run: on arm64 the linker must be told.
link="$link -z separate-code"
# shellcheck disable=SC2086
ld $join -static $link $targets -o "$OUTPUT" "$SUPPORT/subject.whole.o" "$SUPPORT/$LAB.o" obj/student $base @"$SUPPORT/whole.ends" \
    >>link.txt 2>&1 || exit 12

# The same without the student's object, but with the parts of the C library that it calls: the difference is the memory that
# the student's code has of its own (grade/program.c). Parts that remember something between calls (rand, strtok) are left
# out, so their memory counts as the student's. Without a plugin named, nm would load all there are.
if [ -n "$FRAME" ]; then
    called=$(nm --plugin=none -P -u obj/all | sed -n '/^\(s\{0,1\}rand\(om\)\{0,1\}\|strtok\) /d; s/^\([A-Za-z_][A-Za-z0-9_]*\) .*/-u \1/p')
    # shellcheck disable=SC2086
    ld $join -static $link --unresolved-symbols=ignore-all $called -o "$OUTPUT-frame" "$SUPPORT/subject.whole.o" \
        "$SUPPORT/$LAB.o" $base @"$SUPPORT/whole.ends" >>link.txt 2>&1 || exit 12
fi

# Valgrind replaces strlen and the like, which read whole words, only in a shared C library. No plugin: it would compile
# what lies in an object.
if [ -s "$SUPPORT/$LAB.memcheck" ]; then
    # shellcheck disable=SC2086
    gcc -no-pie -fno-lto -fno-use-linker-plugin ${COVERAGE:+-Wl,-u,__gcov_info_to_gcda} -o "$OUTPUT-memcheck" "$SUPPORT/$LAB.o" \
        obj/student $base "$SUPPORT/libmemcheck.a" -lgcov >>link.txt 2>&1 || exit 12
fi
