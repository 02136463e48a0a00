#!/bin/sh
# SPDX-License-Identifier: MIT
# layout.sh - every #include has the direction that grader/README.md describes (tests/support/includes.py).
. "$(dirname "$0")/../lib.sh"

check "every include points to the left" same "$(python3 "$ROOT/grader/tests/support/includes.py" "$ROOT")" ""
