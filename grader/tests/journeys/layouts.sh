#!/bin/sh
# SPDX-License-Identifier: MIT
# layouts.sh - one class, as the downloads of twelve kinds have it: everybody's work is found, and the marks are the same
# each time. Then what people decide: adjustments, comments, extensions.
#
#     HEAPLAB_CLASS=60    how many students have handed something in (default and least: 6)
# shellcheck source-path=SCRIPTDIR source=../lib.sh
. "$(dirname "$0")/../lib.sh"

open_scratch
cd "$SCRATCH" || exit 1
python3 "$ROOT/grader/tests/support/make_layouts.py" "$ROOT" "$SCRATCH" "${HEAPLAB_CLASS:-6}"

# batch LAYOUT [OPTION]...: grades it into out; only the cache is left of an earlier one, so equal files cost nothing.
batch() {
    rm -rf out/results out/history out/files out/gradebook.sqlite out/roster.csv
    layout=$1
    shift
    timeout 900 "$HEAPLAB" batch --lab 01 --no-coverage --out out "$layout" "$@"
}

# marks: name and mark of each student, in the roster's order.
marks() {
    "$HEAPLAB" export out --format csv 2>/dev/null | python3 -c '
import csv, sys
for row in csv.DictReader(sys.stdin):
    print(row["name"] + ":", row["mark"])'
}

# misplaced: whose mark is not what their own work can get, or whose folder does not hold their own work (truth.tsv).
misplaced() {
    "$HEAPLAB" export out --format csv 2>/dev/null | python3 -c '
import csv, pathlib, sys
truth = [line.rstrip("\n").split("\t") for line in open("truth.tsv")]
rows = list(csv.DictReader(sys.stdin))
if [row["name"] for row in rows] != [name for name, *_ in truth]:
    print("not the roster, in its order:", *[row["name"] for row in rows])
for row, (name, mark, least, most) in zip(rows, truth):
    files = pathlib.Path("out/files", row["submission"] or "-")
    texts = [file.read_text(errors="replace") for file in sorted(files.rglob("*")) if file.is_file()]
    if not int(least) <= int(row["mark"] or 0) <= int(most):
        print(name, "has", row["mark"], "points, not", least, "to", most)
    if mark and not any(mark in text for text in texts):
        print(name, "has not got what holds", mark, "but", row["submission"])'
}

check "a class from Canvas is graded" status 0 batch canvas --roster roster.csv
check "and it is said who handed in nothing" contains "$(cat output)" "Handed in nothing (2): Zed Absent; Eve Berg"
check "but nobody is unknown" lacks "$(cat output)" "Not in the marks"
check "everybody has their own work, and the points that it can get" same "$(misplaced)" ""
marks >expected
check "some are neither 0 nor 100" sh -c 'grep -q ": [1-9][0-9]$" expected'

for layout in quiz moodle moodle_groups gradescope clones downloads blackboard groups brightspace autolab plain; do
    check "$layout: the class is graded" status 0 batch "$layout" --roster roster.csv
    check "$layout: who handed in nothing is named" contains "$(cat output)" "Handed in nothing (2): Zed Absent; Eve Berg"
    check "$layout: nobody is unknown" lacks "$(cat output)" "Not in the marks"
    check "$layout: everybody has their own work" same "$(misplaced)" ""
    check "$layout: the marks are the same" same "$(marks)" "$(cat expected)"
done

# --- pages that the system hands out

# archive: what the archive holds, by name.
archive() {
    python3 -c 'import sys, zipfile; print("\n".join(sorted(zipfile.ZipFile(sys.argv[1]).namelist())))' "$1"
}
check "moodle: the class is graded once more" status 0 batch moodle --roster roster.csv
check "its pages are packed for Moodle" status 0 "$HEAPLAB" feedback out --for moodle
check "each under the participant's number" contains "$(archive out/feedback-moodle.zip)" \
    "Anna Berg_4711_assignfeedback_file_/feedback.html"
check "one for each result" same "$(archive out/feedback-moodle.zip | wc -l)" \
    "$("$HEAPLAB" export out --format csv 2>/dev/null | grep -vc '"handed in nothing"\|student_id')"
check "canvas: the class is graded once more" status 0 batch canvas --roster roster.csv
check "its pages are packed for Canvas" status 0 "$HEAPLAB" feedback out --for canvas -o c.zip
check "each with the numbers of student and upload" same \
    "$(archive c.zip | grep -vc '_[0-9]\{4\}_9[0-9]\{4\}_feedback.html$')" 0
check "an unknown system is refused" status 1 "$HEAPLAB" feedback out --for paper
check "batch plain" status 0 batch plain --roster roster.csv
check "and a class that came from elsewhere" status 1 "$HEAPLAB" feedback out --for canvas

# --- what staff decide outlives grading again

id=$(basename "$(grep -l '"score": 90' out/results/*.json | head -n 1)" .json)
# mark: the mark of that submission.
mark() {
    "$HEAPLAB" export out --format csv 2>/dev/null | python3 -c '
import csv, sys
print(*[row["mark"] for row in csv.DictReader(sys.stdin) if row["submission"] == sys.argv[1]])' "$id"
}
check "points are changed" status 0 "$HEAPLAB" adjust out "$id" -5 --reason "no comments" --by Ben
check "the mark shows it" same "$(mark)" 85
check "and so does the gradebook, beside what the tests gave" same \
    "$(sqlite3 out/gradebook.sqlite "SELECT score, adjusted, points FROM marks WHERE submission = '$id'")" "90|85|85"
check "with author and reason" same "$(sqlite3 out/gradebook.sqlite 'SELECT author, text FROM adjustments')" "Ben|no comments"
check "a comment is written" status 0 "$HEAPLAB" comment out "$id" --file storage.c --line 3 "nice <idea>" --by Ada
check "both are on the student's page" contains "$(cat "out/pages/$id.html")" "no comments"
check "and escaped" contains "$(cat "out/pages/$id.html")" "nice &lt;idea&gt;"
check "graded again" status 0 timeout 900 "$HEAPLAB" batch --lab 01 --no-coverage --out out plain --regrade "$id"
check "the mark is still the same" same "$(mark)" 85
check "changes are listed" contains "$("$HEAPLAB" adjust out "$id" --list)" "1. $id: -5: no comments (Ben"
check "and undone" status 0 "$HEAPLAB" adjust out "$id" --undo 1
check "then the tests' points count" same "$(mark)" 90
check "a change needs a reason" status 1 "$HEAPLAB" adjust out "$id" 50 --by Ben
check "an unknown submission is refused" status 1 "$HEAPLAB" adjust out nobody 50 --reason x --by Ben
check "so is an unknown test" status 1 "$HEAPLAB" adjust out "$id" 5 --test nothing --reason x --by Ben
check "and more points than there are" status 1 "$HEAPLAB" adjust out "$id" 101 --reason x --by Ben

# --- without names

check "anonymous: the class is graded" status 0 batch anonymous
check "anonymous: the marks are the same, without names" same "$(marks | cut -d: -f2 | sort -n)" \
    "$(cut -d: -f2 expected | grep . | grep -v '^ $' | sort -n)"
check "a class is graded under aliases" status 0 timeout 900 "$HEAPLAB" batch --lab 01 --no-coverage --out out clones --anonymous
check "no score stands beside a name while it is graded" sh -c "! grep '^[0-9]* of .*/100' output"
for name in berg cole leo; do
    check "no page and no mark names $name" lacks \
        "$(ls out/pages) $(cat out/index.html out/pages/*.html out/similarity.json) $("$HEAPLAB" export out --format csv 2>/dev/null)" "$name"
done
check "the key is in one file" contains "$(cat out/aliases.csv)" '"anna-berg","anna-berg","anna-berg"'
cp out/aliases.csv aliases.before
check "and stays the same" status 0 "$HEAPLAB" pages out
check "byte for byte" cmp out/aliases.csv aliases.before
