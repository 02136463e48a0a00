#!/bin/sh
# SPDX-License-Identifier: MIT
# threads.sh - races and deadlocks of lab 10 are found by the same schedule each time, and told with lines and locks.
#
#     THREADS=20             the number of grades of a submission with a race (default: 3)
# shellcheck source-path=SCRIPTDIR source=../lib.sh
. "$(dirname "$0")/../lib.sh"

open_scratch
lab=10-shared-allocator
times=${THREADS:-3}

# wrong CHAFF: the reference with that wrong version's lines, in $SCRATCH/CHAFF.
wrong() {
    mkdir "$SCRATCH/$1"
    cp "$ROOT/build/reference/$lab"/*.c "$SCRATCH/$1"
    patch -s -p0 -d "$SCRATCH/$1" <"$ROOT/grader/labs/$lab/chaffs/$1.patch"
}

# grade CHAFF: what the tests say, one line each, and the first failure's story.
grade() {
    "$HEAPLAB" grade --lab 10 --from "$SCRATCH/$1" --no-coverage --json "$SCRATCH/result.json" >/dev/null
    jq -r '.labs[0].tests[] | "\(.name) \(.status) \(.message)", .story[]?' "$SCRATCH/result.json"
}

# line CHAFF FILE WORDS: the number of the first line of FILE that contains WORDS.
line() {
    grep -nF "$3" "$SCRATCH/$1/$2" | head -n 1 | cut -d : -f 1
}

wrong one_free_without_lock
first=$(grade one_free_without_lock)
free=$(line one_free_without_lock one_lock.c 'simple_free(heap, block)')
check "a race is told with the line and with what was held" contains "$first" "in one_free, one_lock.c:$free"
check "also that no lock was held" contains "$first" "and held no lock"
i=1
while [ "$i" -lt "$times" ]; do
    i=$((i + 1))
    check "grade $i of a race says the same" same "$(grade one_free_without_lock)" "$first"
done

wrong class_realloc_two_orders
second=$(grade class_realloc_two_orders)
check "a deadlock is told as a cycle" contains "$(jq -r '.labs[0].tests[].found' "$SCRATCH/result.json")" \
    "each of which waits for the next one's lock"
check "with the lines of its locks" contains "$second" "for a lock that thread"
