#!/bin/sh
# SPDX-License-Identifier: MIT
# layout.sh - every #include has the direction that grader/README.md describes (tests/support/includes.py), and no files
# of a room that is not linked with student code use each other in a circle (tests/support/circles.py).
. "$(dirname "$0")/../lib.sh"

check "every include points to the left" same "$(python3 "$ROOT/grader/tests/support/includes.py" "$ROOT")" ""

ROOMS="kit config sandbox grade report class desk programs staff cli"
# shellcheck disable=SC2086 # words
circles=$(python3 "$ROOT/grader/tests/support/circles.py" "$ROOT/build" $ROOMS)
check "no files of these rooms use each other in a circle: $ROOMS" same "$circles" ""
