#!/bin/sh
# SPDX-License-Identifier: MIT
# implementations.sh - builds a lab's reference, wheats and chaffs once, for students' own tests to be run against.
#
#     implementations.sh LAB SOURCE-FOLDER OUTPUT-FOLDER BASE-OBJECT-OR-EMPTY INCLUDE-FOLDER...
#
# Writes OUTPUT/reference, OUTPUT/counted (the same with coverage counters; its .gcno and sources stay in OUTPUT/coverage),
# OUTPUT/wheat-NAME, OUTPUT/chaff-NAME.
# Left out: a chaff that only changes files that are not compiled, and one with the line "Own tests: no" in its head. There
# are many of the latter, for rare mistakes: students' tests are not expected to find them, and each costs grading time.
set -eu
umask 022 # run by root, they become nobody, who must be able to start them

lab=$1
reference=$2
output=$3
base=$4
shift 4
folders=$*
# In absolute paths, as each compiler runs in the folder where its objects go.
root=$PWD
flags="-std=c11 -D_DEFAULT_SOURCE -fno-omit-frame-pointer -w"
# gcc's list of folders for #include: unlike a list of options, it may hold a path with a space.
CPATH=
for folder in $folders; do
    CPATH=$CPATH${CPATH:+:}$root/$folder
done
export CPATH
support=build/subject
counted="-fprofile-arcs -ftest-coverage -fprofile-info-section=heaplab_counters"

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
rm -rf "$output"
mkdir -p "$output/coverage/obj" "$output/coverage/src" "$work/patches" "$work/versions"

# link NAME OBJECT...: the program OUTPUT/NAME
link() {
    name=$1
    shift
    # shellcheck disable=SC2086 # lists of options
    ld -static ${counters:-} -o "$output/$name" "$support/implementation.whole.o" "$support/$lab.o" "$@" $base \
        @"$support/whole.ends"
}

# copy FOLDER NAME: its C files, but for the tests, become versions/NAME.FILE.c.
copy() {
    for source in "$1"/*.c; do
        [ "${source##*/}" = my_tests.c ] || cp "$source" "$work/versions/$2.${source##*/}"
    done
}

# Here the paths in the .gcno files are those that gcovr will look for.
cp "$reference"/*.c "$output/coverage/src"
rm -f "$output/coverage/src/my_tests.c"
for source in "$output"/coverage/src/*.c; do
    name=${source##*/}
    # shellcheck disable=SC2086
    (cd "$output/coverage" && gcc $flags $counted -c "src/$name" -o "obj/${name%.c}.o")
done
counters="-u __gcov_info_to_gcda"
link counted "$output"/coverage/obj/*.o
counters=

copy "$output/coverage/src" reference
for wheat in grader/labs/"$lab"/wheats/*/; do
    [ ! -d "$wheat" ] || copy "${wheat%/}" "wheat-$(basename "$wheat")"
done

# There are many chaffs, and starting a process is slow: one awk makes a patch for each file of each of them, and one gcc
# compiles all files.
grep -LE '^Own tests: no|^[+]{3} my_tests\.c' grader/labs/"$lab"/chaffs/*.patch >"$work/list" || true
# shellcheck disable=SC2016 # the dollars are awk's
xargs -r awk -v "to=$work/patches" '
    FNR == 1 { close(out); out = held = ""; name = FILENAME; sub(/.*\//, "", name); sub(/\.patch$/, "", name) }
    /^--- / { held = $0 "\n"; next }
    held && /^\+\+\+ / { close(out); out = $2 ~ /\.c$/ ? to "/chaff-" name "." $2 : ""; held = ""; next }
    out { printf "%s%s\n", held, $0 >out; held = "" }' <"$work/list"
for patch in "$work"/patches/*; do
    [ -e "$patch" ] || continue
    file=${patch##*/}
    patch -s -o "$work/versions/$file" "$output/coverage/src/${file#*.}" "$patch"
done
# shellcheck disable=SC2086
(cd "$work/versions" && gcc $flags -pipe -c ./*.c)

# Files that a version does not change are the reference's.
for object in "$work"/versions/*.o; do
    name=${object##*/}
    name=${name%%.*}
    [ ! -e "$output/$name" ] || continue
    set -- "$work/versions/$name".*.o
    for unchanged in "$work"/versions/reference.*.o; do
        [ -e "$work/versions/$name.${unchanged#*/reference.}" ] || set -- "$@" "$unchanged"
    done
    link "$name" "$@"
done
touch "$output/done"
