#!/bin/sh
# SPDX-License-Identifier: MIT
# layout.sh - every #include has the direction that grader/README.md describes (tests/support/includes.py), no files of a
# room use each other in a circle (tests/support/circles.py), and no stage of a grade starts another
# (tests/support/stages.py).
. "$(dirname "$0")/../lib.sh"

check "every include points to the left" same "$(python3 "$ROOT/grader/tests/support/includes.py" "$ROOT")" ""

BUILD=$ROOT/build
ROOMS=
for room in kit config sandbox wire grade report class desk programs staff cli judge owntests; do
    ROOMS="$ROOMS $BUILD/obj/$room"
done
# What is compiled in its own way: the threads of the labs that have them, and the library of heaplab run.
for threads in "$BUILD"/subject/*.extra/threads; do
    ROOMS="$ROOMS $threads"
done
ROOMS="$ROOMS $BUILD/subject/obj/owntests $BUILD/run/programs/run/shim"
for tests in "$BUILD"/obj/labs/*/; do
    tests=${tests%/}
    case $tests in
    *.shared) ;;
    *) ROOMS="$ROOMS $tests$([ ! -d "$tests.shared" ] || echo ":$tests.shared")" ;;
    esac
done
# shellcheck disable=SC2086 # words
circles=$(python3 "$ROOT/grader/tests/support/circles.py" $ROOMS)
check "no files of a room use each other in a circle" same "$circles" ""


of_subject=$(python3 "$ROOT/grader/tests/support/circles.py" "$BUILD/subject/obj/subject" | wc -l)
check "there is one circle in the subject, which subject.h explains" same "$of_subject" 1

check "only grade.c starts a stage" same "$(python3 "$ROOT/grader/tests/support/stages.py" "$BUILD")" ""
