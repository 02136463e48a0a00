#!/bin/sh
# SPDX-License-Identifier: MIT
# quiz.sh - heaplab quiz: questions about one's own code, whose answers gdb and the grader find as well.
. "$(dirname "$0")/../lib.sh"

support=$ROOT/grader/tests/support/quiz
quiz=$SCRATCH/quiz.json

# make_quiz LAB FROM OPTION...: a quiz in $quiz
make_quiz() {
    lab=$1
    from=$2
    shift 2
    "$HEAPLAB" quiz --lab "$lab" --from "$from" --json "$quiz" "$@"
}

# differs FILE OTHER
differs() {
    ! cmp -s "$1" "$2"
}

# field EXPRESSION: what Python makes of the quiz q
field() {
    python3 -c 'import json, sys; q = json.load(open(sys.argv[1])); print(eval(sys.argv[2]))' "$quiz" "$1"
}

# --- every lab's reference ---

for lab in 01 02 03 04 05 06 07 08 09 10; do
    check "lab $lab: a quiz is made" make_quiz "$lab" solutions --no-mutants
    check "lab $lab: it has five questions" same "$(field 'len(q["questions"])')" 5
    check "lab $lab: a choice has four to seven options, no two the same, and one answer" \
        same "$(field 'all(4 <= len(set(a["options"])) == len(a["options"]) <= 7 and 0 <= a["answer"] < len(a["options"]) for a in q["questions"] if a["form"] == "choice")')" True
    check "lab $lab: at most two are choices" test "$(field 'sum(a["form"] == "choice" for a in q["questions"])')" -le 2
    check "lab $lab: the others have no options, and an answer to write" \
        same "$(field 'all(a["options"] == [] and isinstance(a["answer"], str) and a["form"] in ("line", "number", "place") for a in q["questions"] if a["form"] != "choice")')" True
    check "lab $lab: no question comes twice" \
        same "$(field 'len({a["text"] + str(a["calls"]) for a in q["questions"]})')" 5
done

# The tests that these seeds draw first do too little in the student's code.
for seed in 3 9; do
    check "lab 03, seed $seed: tests are drawn until there are five questions" make_quiz 03 solutions --no-mutants --seed "$seed"
    check "five of them" same "$(field 'len(q["questions"])')" 5
done

# --- the same bytes, student and seed: the same quiz ---

make_quiz 06 solutions --no-mutants --student ada && cp "$quiz" "$SCRATCH/ada.json"
make_quiz 06 solutions --no-mutants --student ada
check "the same student gets the same quiz" cmp "$quiz" "$SCRATCH/ada.json"
make_quiz 06 solutions --no-mutants --student bob
check "another student gets another" differs "$quiz" "$SCRATCH/ada.json"
make_quiz 06 solutions --no-mutants --student ada --seed 2
check "another seed gives another" differs "$quiz" "$SCRATCH/ada.json"

# --- the same design by another hand: other names, comments and places ---

hand=$SCRATCH/hand
mkdir "$hand"
{
    echo '// Written by somebody else.'
    sed 's/\bblock\b/chunk/g; s/\bfirst_fit\b/find_room/g' "$ROOT/build/reference/05-header-allocator/header_alloc.c"
} >"$hand/header_alloc.c"
make_quiz 05 solutions --no-mutants --student ada && cp "$quiz" "$SCRATCH/mine.json"
make_quiz 05 "$hand" --no-mutants --student ada
check "the same student gets other questions about another hand's code" same "$(python3 - "$quiz" "$SCRATCH/mine.json" <<'PYTHON'
import json, sys
asked = [{q["text"] + str(q["calls"]) for q in json.load(open(path))["questions"]} for path in sys.argv[1:]]
print(len(asked[0] & asked[1]))
PYTHON
)" 0

# --- many seeds at once ---

check "--seeds makes the quizzes that --seed makes" status 0 "$HEAPLAB" quiz --lab 05 --from solutions --no-mutants --seeds 2 --json "$SCRATCH/two.json"
make_quiz 05 solutions --no-mutants --seed 2
check "the same ones" same "$(jq -cS '.[1]' "$SCRATCH/two.json")" "$(jq -cS . "$quiz")"

# Without its line *product = nmemb * size, mm_realloc of this wheat takes what a local variable holds by chance.
unclear=$SCRATCH/one_step
cp -R "$(echo "$ROOT"/build/reference/07-*)" "$unclear"
cp "$ROOT"/grader/labs/07-*/wheats/one_step/* "$unclear"
line=$(grep -n '\*product = nmemb \* size;' "$unclear/realloc.c" | cut -d : -f 1)
make_quiz 07 "$unclear" --seeds 12
check "a line without which chance decides is not left out" same "$line $(field \
    "[a for z in q for a in z['questions'] if a['proof'].get('line') == $line and a['proof']['how'] == 'mutant' and a['proof']['trace']]")" "$line []"

# --- the answers, found once more: by gdb ---

for lab in ${GDB_LABS:-06 10}; do
    make_quiz "$lab" solutions --no-mutants --questions 20
    python3 "$support/confirm.py" "$quiz" "$(echo "$ROOT/build/reference/$lab"-*)" >"$SCRATCH/found"
    check "lab $lab: gdb finds no other answers" none <<FOUND
$(grep -v ': confirmed$' "$SCRATCH/found")
FOUND
    check "lab $lab: it finds at least 10" test "$(grep -c ': confirmed$' "$SCRATCH/found")" -ge 10
done
check "lab 10: locks are asked about" same "$(field 'any(a["kind"] in ("locks", "held") for a in q["questions"])')" True
sed 's/"answer": "[0-9]*"/"answer": "99"/' "$quiz" >"$SCRATCH/false.json"
check "a wrong key would be noticed" contains "$(python3 "$support/confirm.py" "$SCRATCH/false.json" "$ROOT/build/reference/10-shared-allocator")" WRONG

# --- and by the grader, the compiler and gdb: lines left out or changed, sizeof, damaged heaps ---

# has_kind KIND
has_kind() {
    field 'any(a["kind"] == "'"$1"'" for a in q["questions"])'
}

for lab in 06 10; do
    for seed in 1 2 3 4; do
        make_quiz "$lab" solutions --questions 8 --seed $seed
        [ "$(has_kind left_out)" != True ] || break
    done
    check "lab $lab: a line is left out" same "$(has_kind left_out)" True
    python3 "$support/mutants.py" "$HEAPLAB" "$quiz" "$(echo "$ROOT/build/reference/$lab"-*)" >"$SCRATCH/found"
    check "lab $lab: the grader finds no other answers" none <<FOUND
$(grep -v ': confirmed$' "$SCRATCH/found")
FOUND
    check "lab $lab: it finds what goes wrong without a line" grep -q '^left_out: confirmed' "$SCRATCH/found"
done

make_quiz 06 solutions --no-mutants --questions 30
check "lab 06: a damaged heap is asked about" same "$(has_kind check)" True
check "lab 06: gdb sees mm_check find the same" grep -q '^check: confirmed' <<FOUND
$(python3 "$support/mutants.py" "$HEAPLAB" "$quiz" "$ROOT/build/reference/06-coalescing-free-list")
FOUND

# --- in the terminal ---

make_quiz 05 solutions --no-mutants
right=$(field '"\n".join("abcdefg"[a["answer"]] if a["options"] else a["answer"] for a in q["questions"])')
answered=$(printf '%s\n' "$right" | "$HEAPLAB" quiz --lab 05 --from solutions --no-mutants)
check "right answers are called right" contains "$answered" "5 of 5 right"
bare=$(field '"\n".join("(" + "ABCDEFG"[a["answer"]] + ")" if a["options"] else a["answer"].split(":")[-1].split()[-1] for a in q["questions"])')
answered=$(printf '%s\n' "$bare" | "$HEAPLAB" quiz --lab 05 --from solutions --no-mutants)
check "so are bare numbers, and letters in brackets" contains "$answered" "5 of 5 right"
wrong=$(field '"\n".join("abcdefg"[(a["answer"] + 1) % 4] if a["options"] else "9999" for a in q["questions"])')
answered=$(printf '%s\n' "$wrong" | "$HEAPLAB" quiz --lab 05 --from solutions --no-mutants)
check "wrong ones are not" contains "$answered" "0 of 5 right"
check "and the reason is told" contains "$answered" "$(field 'q["questions"][0]["reason"]' | tr -s ' ')"
answered=$(printf 'no idea\n%s\n' "$right" | "$HEAPLAB" quiz --lab 05 --from solutions --no-mutants)
check "what can't be read is asked again" contains "$answered" "That can't be read."
check "and costs nothing" contains "$answered" "5 of 5 right"
answered=$("$HEAPLAB" quiz --lab 05 --from solutions --no-mutants </dev/null)
check "without an answer it ends" contains "$answered" "No answer: the quiz ends here."

# --- refusals ---

check "an untouched stub is asked nothing" status 1 "$HEAPLAB" quiz --lab 05 --from "$ROOT/build/stubs/05-header-allocator" --no-mutants
check "which says that a test does not pass" contains "$(cat "$SCRATCH/output")" "does not pass"
check "0 questions are refused" status 1 "$HEAPLAB" quiz --lab 05 --questions 0

# --- a class ---

mkdir "$SCRATCH/class" "$SCRATCH/class/ada" "$SCRATCH/class/bob"
cp "$ROOT/build/reference/05-header-allocator/header_alloc.c" "$SCRATCH/class/ada"
cp "$ROOT/build/stubs/05-header-allocator/header_alloc.c" "$SCRATCH/class/bob"
check "a class gets its quizzes" status 0 "$HEAPLAB" quiz --lab 05 --class "$SCRATCH/class" --out "$SCRATCH/out" --pdf
check "who has not finished is named" contains "$(cat "$SCRATCH/output")" "bob: heaplab: no questions yet"
check "the others have one" contains "$(cat "$SCRATCH/output")" "1 of 2 students have a quiz"
check "the page in front tells no answer" lacks "$(cat "$SCRATCH/out/ada.html")" 'class="key"'
check "and has blanks to write on" contains "$(cat "$SCRATCH/out/ada.html")" 'class="blank"'
check "the pages are printed, too" contains "$(pdftotext "$SCRATCH/out/ada.key.pdf" -)" "questions and answers"
check "--pdf without a class is refused" status 1 "$HEAPLAB" quiz --lab 05 --pdf
check "the key tells five" same "$(grep -c 'class="key"' "$SCRATCH/out/ada.key.html")" 5
check "the Moodle XML keeps the format's rules and has the questions" python3 "$support/exports.py" moodle "$SCRATCH/out/ada.moodle.xml" "$SCRATCH/out/ada.json"
check "so does the QTI" python3 "$support/exports.py" qti "$SCRATCH/out/ada.qti.xml" "$SCRATCH/out/ada.json"
sed 's/<outcomes>/<x>/; s|</outcomes>|</x>|' "$SCRATCH/out/ada.qti.xml" >"$SCRATCH/wrong.xml"
check "a QTI with another element would be noticed" status 1 python3 "$support/exports.py" qti "$SCRATCH/wrong.xml" "$SCRATCH/out/ada.json"
check "a class needs a place for its quizzes" status 1 "$HEAPLAB" quiz --lab 05 --class "$SCRATCH/class"
