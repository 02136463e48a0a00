#!/bin/sh
# SPDX-License-Identifier: MIT
# beside.sh - what stands beside a student's grade: some tests alone, what has changed, the compiler's words, answer
# files, the scale of own tests, help for this lab, layout.
# shellcheck source-path=SCRIPTDIR source=../lib.sh
. "$(dirname "$0")/../lib.sh"

LAB=05-header-allocator
mine=$SCRATCH/mine

# graded OPTION...: what is printed about $mine.
graded() {
    "$HEAPLAB" grade --lab 05 --no-coverage --from "$mine" "$@" 2>&1
}
mkdir "$mine"
cp "$ROOT/build/reference/$LAB"/*.c "$mine"

# --- some tests alone

said=$(graded --function mm_next)
check "the tests of one function are run alone" contains "$said" "mm_next returns NULL after the last block"
check "others are not shown" lacks "$said" "mm_malloc(0) returns NULL"
check "the points are theirs" contains "$said" "make alone grades the whole lab"
check "one test alone" contains "$(graded --test free_of_null_does_nothing)" "2 / 2 points"
check "a function that no test names" status 1 "$HEAPLAB" grade --lab 05 --from "$mine" --function frobnicate
check "a test that does not exist" status 1 "$HEAPLAB" grade --lab 05 --from "$mine" --test frobnicate
sed -i 's/mm_header(payload)->state = MM_FREE;/;/' "$mine/header_alloc.c"
check "a test that fails is listed by its name" contains "$(graded --test free_changes_only_the_state)" \
    "mm_free marks the block as free and changes nothing else (free_changes_only_the_state)"

# --- what has changed

since() {
    echo '{"schema": 1, "labs": {"'$LAB'": {"score": 7, "best": 9, "max_score": 100, "submitted": null, "failing": null,
        "passed": ["free_of_null_does_nothing"]}}}' >"$SCRATCH/progress.json"
    HEAPLAB_PROGRESS=$SCRATCH/progress.json "$HEAPLAB" grade --lab 05 --no-coverage --from "$ROOT/labs" 2>&1 | tr '\n' ' '
}
said=$(since)
check "a grade says what has changed" contains "$said" "Since the last time: 7 -> 0 points"
check "and which tests no longer pass" contains "$said" "no longer passes: free_of_null_does_nothing"

# --- the compiler's words

printf 'int broken(void) { return lenght; }\n' >>"$mine/header_alloc.c"
check "a compiler's error is explained" contains "$(graded)" "In other words: the name is not known here"

# --- answer files

answers() {
    mkdir -p "$SCRATCH/answers"
    cp "$ROOT/build/reference/02-sizeof-pitfalls"/*.c "$SCRATCH/answers"
    printf 'Answer 1: c because\nAnswer 2:\n  d\nAnswer 3: a\nAnswer 4:\nAnswer 5: b\n' >"$SCRATCH/answers/predictions.txt"
    "$HEAPLAB" grade --lab 02 --no-coverage --first-failure --from "$SCRATCH/answers" 2>&1 | tr -s ' \n' ' '
}
said=$(answers)
check "reasons beside a letter are said not to count" contains "$said" 'write only the letter after "Answer 1:"'
check "an answer below its line is told" contains "$said" "the answer to question 2 stands below the line"
check "what is blank is told" contains "$said" "no answer yet to question 4"

# --- help and layout

check "help lists what this lab has" contains "$(make -s -C "$ROOT/labs/06-coalescing-free-list" help)" "make compare"
check "and nothing that it has not" lacks "$(make -s -C "$ROOT/labs/01-stack-vs-heap" help)" "make compare"
check "nor marks of the file that it comes from" lacks "$(make -s -C "$ROOT/labs/06-coalescing-free-list" help)" "[06"

# --- lab 08: the checker after every operation of a trace

checked() {
    "$HEAPLAB" replay --lab 08 --check --trace "$ROOT/grader/traces/sort.rep" "$1" 2>&1
}
CONTEST=08-allocator-contest
mkdir "$SCRATCH/$CONTEST"
cp "$ROOT/build/reference/$CONTEST/mm.c" "$SCRATCH/$CONTEST"
check "a sound allocator passes its own checker after every operation" contains "$(checked "$SCRATCH/$CONTEST/mm.c")" "yes"
patch -s "$SCRATCH/$CONTEST/mm.c" <"$ROOT/grader/labs/$CONTEST/chaffs/bit_stays_set.patch"
said=$(checked "$SCRATCH/$CONTEST/mm.c")
check "the first no of the checker ends the replay" contains "$said" "mm_checkheap says no after this operation"
check "and its operation is told" contains "$said" "which is operation"
