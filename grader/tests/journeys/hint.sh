#!/bin/sh
# SPDX-License-Identifier: MIT
# hint.sh - heaplab hint and heaplab tests: one more step each time, never everything at once, and a name for every
# test.
# shellcheck source-path=SCRIPTDIR source=../lib.sh
. "$(dirname "$0")/../lib.sh"

# A separate kit, so that nothing else changes what it remembers.
kit=$SCRATCH/kit
mkdir -p "$kit/build"
for part in labs grader handouts; do
    ln -s "$ROOT/$part" "$kit/$part"
done
HEAPLAB_ROOT=$kit
HEAPLAB_PROGRESS=$SCRATCH/progress.json
export HEAPLAB_ROOT HEAPLAB_PROGRESS

hint() {
    "$HEAPLAB" hint --lab 05 "$@"
}
QUESTION="think Where would the next header be after an unrounded block for 13 bytes, and may a header be there?"
DIRECTION="try Round once, before anything else uses the number"
SECTION="read \"Rounding\" in the handout: handouts/05-header-allocator.md#rounding"

# The same command three times.
first() {
    said=$(hint --test sizes_are_rounded_up) && contains "$said" "$QUESTION" && contains "$said" "Step 1 of 3" &&
        lacks "$said" "Round once" && lacks "$said" "handouts/"
}
second() {
    said=$(hint --test sizes_are_rounded_up) && contains "$said" "$QUESTION" && contains "$said" "$DIRECTION" &&
        contains "$said" "Step 2 of 3" && lacks "$said" "handouts/"
}
third() {
    said=$(hint --test sizes_are_rounded_up) && contains "$said" "$DIRECTION" && contains "$said" "$SECTION" &&
        contains "$said" "That is all. To watch it happen: make -C labs/05-header-allocator gdb TEST=sizes_are_rounded_up"
}
check "the first hint is a question" first
check "the second adds a direction" second
check "the third adds a section of the handout, with its heading" third
check "it stays at the third" third
another() {
    contains "$(hint --test next_ends_at_break)" "Step 1 of 3"
}
check "another test begins with its question" another
check "--step shows that many steps" contains "$(hint --test next_ends_at_break --step 3)" "That is all"
check "and is not remembered" contains "$(hint --test next_ends_at_break)" "Step 2 of 3"

echo '[shown' >"$kit/build/mine/05-header-allocator/hints.ini"
check "if the saved progress is damaged, the steps begin again" first
chmod 500 "$kit/build/mine/05-header-allocator"
check "if progress can't be saved, there is still a hint" status 0 hint --test sizes_are_rounded_up
chmod 700 "$kit/build/mine/05-header-allocator"

# --- without a name

check "before any grade, it says what to do" status 1 hint
check "namely" contains "$(cat "$SCRATCH/output")" "lab 05 has not been graded yet: type make in labs/05-header-allocator first"
standing() {
    printf '{"schema": 1, "labs": {"05-header-allocator": {"score": 1, "best": 1, "max_score": 100, "submitted": null, "failing": %s}}}' \
        "$1" >"$HEAPLAB_PROGRESS"
}
standing '"double_free_is_reported"'
check "after a grade, it is about the first test that failed" contains "$(hint)" "double_free_is_reported: freeing a free block"
standing null
check "or says that none did" contains "$(hint)" "Nothing failed when lab 05 was last graded"
standing '"of_another_version"'
check "a test that no longer exists is refused" status 1 hint

# --- widths, terminals, names

no_line_over() {
    longest=$(wc -L)
    if [ "$longest" -eq 0 ] || [ "$longest" -gt "$1" ]; then echo "a line of $longest columns" && return 1; fi
}
narrow() {
    hint --test double_free_is_reported --step 2 | grep -v '^    make' | no_line_over 80
}
check "in a pipe, lines have at most 80 columns, except commands" narrow
wide() {
    LC_ALL=C script -qec "stty cols 200; '$HEAPLAB' hint --lab 05 --test sizes_are_rounded_up --step 2" /dev/null >"$SCRATCH/wide" </dev/null
    contains "$(tr -d '\r' <"$SCRATCH/wide")" "$QUESTION" && grep -q '.\{82\}' "$SCRATCH/wide"
}
check "on a terminal of 200 columns they are longer" wide
check "an answer in a text file has a hint, too" contains "$("$HEAPLAB" hint --lab 02 --test prediction-1 --step 3)" "read"

# Every test of every lab has its steps, and the handout has a heading for every section.
complete() {
    for lab in "$ROOT"/grader/labs/0[1-7]-*; do
        number=$(basename "$lab" | cut -c 1-2)
        # shellcheck disable=SC2013 # names have no spaces
        for test in $(sed -n 's/^\[test \(.*\)\]/\1/p' "$lab/rubric.ini" | sed -n '1p;$p'); do
            said=$("$HEAPLAB" hint --lab "$number" --test "$test" --step 3) || return 1
            contains "$said" "think" && contains "$said" "try" && contains "$said" "in the handout:" || return 1
        done
    done
}
check "tests of all labs have a question, a direction and a section" complete

near() {
    status 1 "$HEAPLAB" hint --lab 05 --test "$1" && contains "$(cat "$SCRATCH/output")" "$2"
}
check "a misspelt name" near doble_free "Did you mean double_free_is_reported?"
check "a part of a name" near walks "Did you mean next_walks_all_blocks, walk_meets_free_blocks?"
check "a name unlike any" near qqqqqqqqqqqqqq "has no test 'qqqqqqqqqqqqqq' (heaplab tests --lab 05"
check "a name with an escape sequence is safe to print" near "$(printf 'x\033[31m')" "has no test 'x?[31m'"
check "an empty name" near '' "lab 05 has no test ''"
check "an answer has no code to run" status 1 "$HEAPLAB" tests --lab 02 --test prediction-1
check "an impossible step" status 1 hint --test double_free_is_reported --step 4
check "no lab" status 1 "$HEAPLAB" hint --test double_free_is_reported
same_names() {
    same "$("$HEAPLAB" tests --lab 05 | grep -v '^ ')" "$(sed -n 's/^\[test \(.*\)\]/\1/p' "$ROOT/grader/labs/05-header-allocator/rubric.ini")"
}
check "heaplab tests lists every test by name" same_names
