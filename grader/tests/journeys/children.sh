#!/bin/sh
# SPDX-License-Identifier: MIT
# children.sh - the lines that a forked child runs count as reached (lab 04), however it ends; other lines are told with their file.
# shellcheck source-path=SCRIPTDIR source=../lib.sh
. "$(dirname "$0")/../lib.sh"

# graded LINES: grades the reference with LINES before those of the child.
graded() {
    sed "/^static _Noreturn void live_as_child(/,/^}/s/^{\$/{\n$1/" "$ROOT/build/reference/04-program-break/pages.c" >"$SCRATCH/pages.c"
    "$HEAPLAB" grade --lab 04 --from "$SCRATCH/pages.c" --json "$SCRATCH/result.json" >"$SCRATCH/said"
}

# lines KEY: the source of those lines in the result.
lines() {
    jq -r ".labs[0].coverage.$1[] | \"\\(.file): \\(.source)\"" "$SCRATCH/result.json"
}

graded '    if (value == -12345)\n        _exit(3);'
check "all lines are reached but the one that no test reaches" same "$(lines unreached)" "pages.c: _exit(3);"
check "its condition never holds" contains "$(lines untaken)" "pages.c: if (value == -12345)"
number=$(grep -n '_exit(3);' "$SCRATCH/pages.c" | cut -d : -f 1)
check "the scoreboard names file and line" contains "$(cat "$SCRATCH/said")" "lines not reached: pages.c $number;"

graded '    if (value != -12345)\n        abort();\n    value++;'
check "a child's lines count if it crashes" lacks "$(lines unreached)" "abort();"
check "and those after that don't" contains "$(lines unreached)" "value++;"
