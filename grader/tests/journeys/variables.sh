#!/bin/sh
# SPDX-License-Identifier: MIT
# variables.sh - accesses outside of arrays, and of local variables that are gone, are verdicts with a line (subject/watch.c).
# shellcheck source-path=SCRIPTDIR source=../lib.sh
. "$(dirname "$0")/../lib.sh"

# graded CODE: grades lab 05's reference with CODE in mm_count, after some helpers; the result is in $SCRATCH/result.json.
graded() {
    {
        cat "$ROOT/build/reference/05-header-allocator/header_alloc.c"
        cat <<'EOF'
static int table[10], *kept;
struct large { long words[9]; };
int keep(int value) { kept = &value; return value; }
int add(struct large given, int i) { given.words[i] = i; return (int)given.words[i]; }
int sum(int n) { int all[n]; for (int i = 0; i < n; i++) all[i] = i; return all[n - 1]; }
void mm_count(struct mm_counts *counts)
{
EOF
        echo "    $1"
        echo "    honest_mm_count(counts);"
        echo "}"
    } | sed '1,/^void mm_count(/s/^void mm_count(/void honest_mm_count(struct mm_counts *counts);\nvoid honest_mm_count(/' \
        >"$SCRATCH/header_alloc.c"
    "$HEAPLAB" grade --lab 05 --from "$SCRATCH/header_alloc.c" --no-coverage --json "$SCRATCH/result.json" >/dev/null
}

# says WORDS PLACE: some test fails with these words, in a line of code that contains PLACE.
says() {
    line=$(grep -nF "$2" "$SCRATCH/header_alloc.c" | tail -n 1 | cut -d : -f 1)
    jq -e --arg words "$1" --arg line ":$line" '[.labs[0].tests[] | select(.status == "misused" and
        (.message | contains($words)) and (.where // "" | endswith($line)))] | length > 0' "$SCRATCH/result.json" ||
        jq -r '.labs[0] | .build.problem, (.tests[] | select(.status != "passed") | "\(.status) \(.message) \(.where)")' "$SCRATCH/result.json" | head -n 4 | none
}

graded 'volatile int i = 10; table[i] = 1;'
check "an index past the end of a static array" says "mm_count(counts) used the index 10 of an array of 10" "table[i] = 1"
graded 'volatile long i = -3; int local[4]; local[i] = 1;'
check "an index before the start of a local one" says "used the index -3 of an array of 4" "local[i] = 1"
graded 'add((struct large){{0}}, 9);'
check "an index past the end of a parameter's" says "used the index 9 of an array of 9" "given.words[i] = i"
graded 'keep(3); *kept = 4;'
check "a write to a local variable of a function that has returned" says \
    "wrote to a local variable of a function that had returned already" "*kept = 4"
graded 'keep(3); memcpy(table, kept, 4);'
check "a copy from one" says "read a local variable of a function that had returned already" "memcpy(table"
graded 'char text[8]; memset(text, 0, 100000);'
check "a write past all local variables" says "wrote past the end of its local variables" "memset(text"

graded 'int local[6] = {3, 1, 2}; int *end = &table[10]; (void)end;
    memset(local, 0, sizeof local); add((struct large){{1}}, 8); table[9] = sum(500); keep(table[9]);'
check "right uses of all of these cost nothing" same \
    "$(jq -c '[.labs[0].tests[] | select(.status != "passed") | .message]' "$SCRATCH/result.json")" "[]"
