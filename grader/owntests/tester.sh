#!/bin/sh
# SPDX-License-Identifier: MIT
# tester.sh - makes the program that holds a student's tests, from the object of my_tests.c. Runs in the tool sandbox's
# work folder, after compile.sh.
#
# Reads   OBJECTS (my_tests.o), SUPPORT (build/subject), LAB
# Writes  link_own.txt, tester
# Exits   0 a tester was made; 12 it does not link (my_tests is missing, or an unknown function is called)
set -u

# Only my_tests stays visible, so the student's code cannot replace any function of the tester.
objcopy --keep-global-symbol=my_tests "$OBJECTS" obj/tests/only.o >link_own.txt 2>&1 || exit 12
ld -static -o tester "$SUPPORT/tester.whole.o" "$SUPPORT/$LAB.stubs.o" obj/tests/only.o @"$SUPPORT/whole.ends" \
    >>link_own.txt 2>&1 || exit 12
