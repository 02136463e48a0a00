#!/bin/sh
# SPDX-License-Identifier: MIT
# quiz_points.sh - a rubric with [quiz]: heaplab submit writes quiz.txt, and the grade counts the answers in it.
. "$(dirname "$0")/../lib.sh"

# A kit that differs from this one in one rubric: ten points of lab 05 are the quiz's.
kit=$SCRATCH/kit
lab=05-header-allocator
mkdir -p "$kit/grader/labs/$lab"
for part in labs solutions handouts build; do ln -s "$ROOT/$part" "$kit/$part"; done
for part in "$ROOT"/grader/*; do [ "${part##*/}" = labs ] || ln -s "$part" "$kit/grader/"; done
for other in "$ROOT"/grader/labs/*; do [ "${other##*/}" = $lab ] || ln -s "$other" "$kit/grader/labs/"; done
for part in "$ROOT/grader/labs/$lab"/*; do [ "${part##*/}" = rubric.ini ] || ln -s "$part" "$kit/grader/labs/$lab/"; done
rubric=$kit/grader/labs/$lab/rubric.ini
sed '/^\[own_tests\]/,/^points/s/^points = 20/points = 10/' "$ROOT/grader/labs/$lab/rubric.ini" >"$rubric"
printf '\n[quiz]\npoints = 10\n' >>"$rubric"
export HEAPLAB_ROOT="$kit"

mine=$SCRATCH/class/ada
mkdir -p "$mine"
cp "$ROOT/build/reference/$lab"/*.c "$ROOT/build/reference/$lab"/*.txt "$mine" 2>"$SCRATCH/ignored"

# graded FROM: grades it, into $SCRATCH/result.json
graded() {
    "$HEAPLAB" grade --lab 05 --from "$1" --no-coverage --json "$SCRATCH/result.json" >"$SCRATCH/output" 2>&1
}

# of_quiz EXPRESSION: what jq makes of the quiz's items
of_quiz() {
    jq -c "[.labs[0].tests[] | select(.name | startswith(\"quiz-\"))] | $1" "$SCRATCH/result.json"
}

# fill_in ANSWERS: in quiz.txt, with commas between them
fill_in() {
    number=1
    echo "$1" | tr , '\n' >"$SCRATCH/answers"
    while read -r answer; do
        sed -i "s/^Answer $number:.*/Answer $number: $answer/" "$mine/quiz.txt"
        number=$((number + 1))
    done <"$SCRATCH/answers"
}

check "it is packed" status 0 "$HEAPLAB" submit --lab 05 --from "$mine" --output "$SCRATCH/one.tar.gz"
check "who hands in hears of the questions" contains "$(cat "$SCRATCH/output")" "quiz.txt has questions about your code as it is, for 10 points"
check "there are five" same "$(grep -c '^Answer [1-5]:$' "$mine/quiz.txt")" 5

graded "$mine"
check "five items of two points each" same "$(of_quiz 'map(.max_points)')" "[2,2,2,2,2]"
check "unanswered, they earn none" same "$(of_quiz 'map(.points) | add')" 0
check "and say so" contains "$(of_quiz '.[0].message')" "not answered yet in quiz.txt"

"$HEAPLAB" quiz --lab 05 --from "$mine" --seed "handed in" --no-mutants --json "$SCRATCH/key.json"
right=$(jq -r '[.questions[].answer | if type == "number" then ["a", "b", "c", "d", "e", "f", "g"][.] else . end] | join(",")' "$SCRATCH/key.json")
wrong=$(jq -r '[.questions[].answer | if type == "number" then ["b", "c", "d", "a", "a", "a", "a"][.] else "9999" end] | join(",")' "$SCRATCH/key.json")
fill_in "$right"
graded "$mine"
check "right answers earn all ten" same "$(of_quiz 'map(.points) | add')" 10
fill_in "$wrong"
graded "$mine"
check "wrong ones none" same "$(of_quiz 'map(.status) | unique')" '["failed"]'
fill_in "no idea"
graded "$mine"
check "what can't be read is named" contains "$(of_quiz '.[0].message')" "which can't be read: write "
fill_in "$right"

cp "$mine/quiz.txt" "$SCRATCH/quiz.txt"
check "submitted again, the file with the answers stays" status 0 "$HEAPLAB" submit --lab 05 --from "$mine" --output "$SCRATCH/two.tar.gz"
check "byte for byte" cmp "$mine/quiz.txt" "$SCRATCH/quiz.txt"
check "and is packed" contains "$(tar tzf "$SCRATCH/two.tar.gz")" quiz.txt

check "a batch grades it" status 0 "$HEAPLAB" batch --no-coverage --lab 05 "$SCRATCH/class" --out "$SCRATCH/out"
check "with the same points" contains "$(find "$SCRATCH/out" -name '*ada*.json' -exec jq -c '[.. | objects | select((.name? // "") | tostring | startswith("quiz-")) | .points] | add' {} + | head -n 1)" 10

printf '/* one more line */\n' >>"$mine/header_alloc.c"
graded "$mine"
check "for other files the answers don't count" contains "$(of_quiz '.[0].message')" "quiz.txt is about other files than these"

sed -i 's/^block.*//; s/MM_USED;/MM_FREE;/' "$mine/header_alloc.c"
graded "$mine"
check "code that fails is asked nothing" contains "$(of_quiz '.[0].message')" "no questions yet"

sed -i 's/^points = 10$/points = 11/' "$rubric"
check "points that can't be shared out are refused" status 1 "$HEAPLAB" rubric --lab 05
check "in a sentence" contains "$(cat "$SCRATCH/output")" "cannot be shared out evenly"

unset HEAPLAB_ROOT
graded "$mine"
check "the kit's own rubric has no quiz" same "$(of_quiz length)" 0
