#!/bin/sh
# SPDX-License-Identifier: MIT
# tester.sh - from the object of a student's my_tests.c to the program that holds the tests. Runs inside the tool sandbox,
# in the work folder, after compile.sh.
#
# Reads   OBJECTS (my_tests.o), SUPPORT (build/subject), LAB
# Writes  link_own.txt, tester
# Exits   0 a tester was made; 12 it does not link (my_tests is missing, or an unknown function is called)
set -u

# Of its names only my_tests stays visible: it cannot stand in for anything of the tester's.
objcopy --keep-global-symbol=my_tests "$OBJECTS" obj/tests/only.o >link_own.txt 2>&1 || exit 12
ld -static -o tester "$SUPPORT/tester.whole.o" "$SUPPORT/$LAB.stubs.o" obj/tests/only.o @"$SUPPORT/whole.ends" \
    >>link_own.txt 2>&1 || exit 12
