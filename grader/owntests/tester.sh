#!/bin/sh
# SPDX-License-Identifier: MIT
# tester.sh - makes the program that holds a student's tests, from my_tests.c. Runs in the tool sandbox's work folder.
#
# Reads   INCLUDES (folders of headers), SUPPORT (build/subject), LAB
# Writes  own_diagnostics.txt, tester
# Exits   0 a tester was made; 10 it does not compile; 12 it does not link (my_tests is missing, or an unknown function is called)
set -u

flags="-std=c11 -D_DEFAULT_SOURCE -w"
for folder in $INCLUDES; do
    flags="$flags -I$folder"
done
mkdir -p obj
# shellcheck disable=SC2086 # a list of options
gcc $flags -c src/my_tests.c -o obj/my_tests.o >own_diagnostics.txt 2>&1 || exit 10
# Only my_tests stays visible, so the student's code cannot replace any function of the tester.
objcopy --keep-global-symbol=my_tests obj/my_tests.o obj/my_tests.only.o || exit 12
ld -static -o tester "$SUPPORT/tester.whole.o" "$SUPPORT/$LAB.stubs.o" obj/my_tests.only.o @"$SUPPORT/whole.ends" \
    >>own_diagnostics.txt 2>&1 || exit 12
