#!/bin/sh
# SPDX-License-Identifier: MIT
# layout.sh - the direction of every #include, as DESIGN has it (tests/support/includes.py).
. "$(dirname "$0")/../lib.sh"

check "every include points to the left" same "$(python3 "$ROOT/grader/tests/support/includes.py" "$ROOT")" ""
