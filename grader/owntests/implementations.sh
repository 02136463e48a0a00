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
plain="-std=c11 -D_DEFAULT_SOURCE -g -fno-omit-frame-pointer -w"
flags=$plain
for folder in $folders; do
    flags="$flags -I$folder"
done
support=build/subject
counted="-fprofile-arcs -ftest-coverage -fprofile-info-section=heaplab_counters"

# make_one NAME SOURCES-FOLDER [COMPILER-OPTION]...
make_one() {
    name=$1
    sources=$2
    shift 2
    objects=
    for source in "$sources"/*.c; do
        object=$work/$name.$(basename "$source" .c).o
        # shellcheck disable=SC2086 # a list of options
        gcc $flags "$@" -c "$source" -o "$object"
        objects="$objects $object"
    done
    # shellcheck disable=SC2086
    ld -static -o "$output/new-$name" "$support/implementation.whole.o" "$support/$lab.o" $objects $base @"$support/whole.ends"
    mv "$output/new-$name" "$output/$name"
}

# counted_object NAME: compiled where the paths in its .gcno are those that gcovr will look for.
counted_object() {
    root=$PWD
    name=$1
    shift
    for folder in $folders; do
        set -- "$@" "-I$root/$folder"
    done
    # shellcheck disable=SC2086 # lists of options
    (cd "$output/coverage" && gcc $plain "$@" $counted -c "src/$name.c" -o "obj/$name.o")
}

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
rm -rf "$output"
mkdir -p "$output/coverage/obj" "$output/coverage/src"

cp "$reference"/*.c "$output/coverage/src"
rm -f "$output/coverage/src/my_tests.c"
objects=
for source in "$output"/coverage/src/*.c; do
    name=$(basename "$source" .c)
    counted_object "$name"
    objects="$objects $output/coverage/obj/$name.o"
done
# shellcheck disable=SC2086
ld -static -u __gcov_info_to_gcda -o "$output/counted" "$support/implementation.whole.o" "$support/$lab.o" $objects $base \
    @"$support/whole.ends"
make_one reference "$output/coverage/src"

for wheat in grader/labs/"$lab"/wheats/*/; do
    [ -d "$wheat" ] || continue
    name=$(basename "$wheat")
    mkdir "$work/$name"
    cp "$output"/coverage/src/*.c "$work/$name"
    cp "$wheat"/*.c "$work/$name"
    rm -f "$work/$name/my_tests.c"
    make_one "wheat-$name" "$work/$name"
done

for patch in grader/labs/"$lab"/chaffs/*.patch; do
    grep -q '^+++ [^ ]*\.c' "$patch" || continue
    ! grep -q '^+++ my_tests\.c' "$patch" || continue
    ! grep -q '^Own tests: no' "$patch" || continue
    name=$(basename "$patch" .patch)
    mkdir "$work/$name"
    cp "$output"/coverage/src/*.c "$work/$name"
    patch -s -p0 -d "$work/$name" <"$patch"
    make_one "chaff-$name" "$work/$name"
done
touch "$output/done"
