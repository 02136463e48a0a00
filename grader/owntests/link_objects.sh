#!/bin/sh
# SPDX-License-Identifier: MIT
# link_objects.sh - in a release for students: links the correct and wrong versions of a lab, which it holds as
# objects, so that own tests can be run against them. (The whole kit makes them from source: implementations.sh.)
#
#     link_objects.sh LAB OUTPUT-FOLDER BASE-OBJECT-OR-EMPTY
set -eu

lab=$1
output=$2
base=$3
support=build/subject

rm -rf "$output"
mkdir -p "$output"
for object in grader/labs/"$lab"/objects/*-*.o; do
    # shellcheck disable=SC2086 # one object or none
    ld -static -o "$output/$(basename "$object" .o)" "$support/implementation.whole.o" "$support/$lab.o" "$object" $base \
        @"$support/whole.ends"
done
touch "$output/done"
