#!/bin/sh
# SPDX-License-Identifier: MIT
# determinism.sh - the same submission gets the same result every time, on an idle machine and on a busy one.
#
#     DETERMINISM=200        the number of grades (default: 20), half of them under four busy loops; from 100 on,
#                            also a tenth as many of a submission that hangs
. "$(dirname "$0")/../lib.sh"

times=${DETERMINISM:-20}

# submission HANGS: a file that passes, fails and crashes in tests, and prints. If HANGS is 1, the last test hangs.
submission() {
    sed "s/HANGS/$1/" <<'EOF'
#include "header_alloc.h"
#include "memlib.h"
#include <stdio.h>
struct header *mm_first(void)
{
    return NULL;
}
void mm_count(struct mm_counts *counts)
{
    printf("counting %zu\n", mem_heapsize());
    while (HANGS && mem_heapsize() > 4096)
        counts->used_blocks++;
    counts = NULL;
    counts->used_blocks++;
}
#define mm_first honest_mm_first
#define mm_count honest_mm_count
EOF
    cat "$ROOT/build/reference/05-header-allocator/header_alloc.c"
}
submission 0 >"$SCRATCH/quick.c"
submission 1 >"$SCRATCH/hanging.c"

# grade KIND NUMBER: the result without durations, the only thing that may differ.
grade() {
    run=$SCRATCH/$1.$2
    "$HEAPLAB" grade --lab 05 --from "$SCRATCH/$1.c" --json "$run.json" >"$run.txt" 2>&1
    echo "exit status $?" >>"$run.txt"
    jq 'del(.. | .duration_ms?)' "$run.json" >"$run.result"
}

# grade_all KIND FROM TO
grade_all() {
    number=$2
    while [ "$number" -le "$3" ]; do
        grade "$1" "$number"
        number=$((number + 1))
    done
}

# all_same KIND LAST: results 1 to LAST are equal to the first, to the byte.
all_same() {
    first=$SCRATCH/$1.1
    number=1
    while [ "$number" -le "$2" ]; do
        run=$SCRATCH/$1.$number
        diff "$first.result" "$run.result" && diff "$first.txt" "$run.txt" || return 1
        number=$((number + 1))
    done
}

# holds KIND STATUS...: the result has a test with each STATUS.
holds() {
    result=$SCRATCH/$1.1.result
    shift
    for kind in "$@"; do
        grep -q "\"status\": \"$kind\"" "$result" || return 1
    done
}

hanging=0 # each takes seconds
[ "$times" -lt 100 ] || hanging=$((times / 10))
grade_all quick 1 $((times / 2))
grade_all hanging 1 $((hanging / 2))
busy=
for _ in 1 2 3 4; do
    sh -c "while kill -0 $$; do :; done" 2>/dev/null & # never longer than this script
    busy="$busy $!"
done
grade_all quick $((times / 2 + 1)) "$times"
grade_all hanging $((hanging / 2 + 1)) "$hanging"
# shellcheck disable=SC2086 # a list of process numbers
kill $busy

check "a submission passes, fails and crashes" holds quick passed failed crashed
check "$times grades of it, half of them on a busy machine, are the same" all_same quick "$times"
[ "$hanging" -gt 0 ] || exit 0
check "another submission hangs in a test" holds hanging passed failed crashed timed_out
check "$hanging grades of it, half of them on a busy machine, are the same" all_same hanging "$hanging"
