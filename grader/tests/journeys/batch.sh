#!/bin/sh
# SPDX-License-Identifier: MIT
# batch.sh - a class of lab 01, which is quick to grade, in all the forms that may be handed in.
# shellcheck source-path=SCRIPTDIR source=../lib.sh
. "$(dirname "$0")/../lib.sh"

LAB=01-stack-vs-heap
REFERENCE=$ROOT/build/reference/$LAB
STUB=$ROOT/labs/$LAB
SOURCE=$(basename "$REFERENCE"/*.c)
open_scratch
cd "$SCRATCH" || exit 1

# batch SUBMISSIONS [OPTION]...: grades them into out, without coverage.
batch() {
    timeout 300 "$HEAPLAB" batch --lab 01 --no-coverage --out out "$@"
}

# book SQL: what the gradebook says.
book() {
    sqlite3 out/gradebook.sqlite "$1"
}

# dump FOLDER: its whole gradebook.
dump() {
    sqlite3 "$1/gradebook.sqlite" .dump
}

mkdir -p class/alice "class/Bob Ö" class/empty class/.hidden
cp "$REFERENCE"/* class/alice
cp "$STUB/$SOURCE" "class/Bob Ö"
cp "$REFERENCE/$SOURCE" class/carol.c

check "a folder of folders and files is graded" status 0 batch class
check "and its page is named" contains "$(cat "$SCRATCH/output")" "The class: out/index.html"
check "marks come as the lms of course.yaml reads them" same "$("$HEAPLAB" export out)" \
    "$("$HEAPLAB" export out --format "$("$HEAPLAB" course --json | jq -r 'if .lms == "canvas" or .lms == "moodle" then .lms else "csv" end')")"
check "there is one result for each submission" same "$(find out/results -type f | wc -l)" 4
check "the reference has all points" same "$(jq .score out/results/alice.json)" 100
check "a result names the student" same "$(jq -r .student.name out/results/Bob-O-*.json)" "Bob Ö"
check "the gradebook says the same" same "$(book "SELECT score FROM latest WHERE submission = 'alice'")" 100
check "the files that were graded are kept" cmp "class/carol.c" "out/files/carol.c/$SOURCE"
dump out >dump.1

check "a second run has nothing to do" status 0 batch class
check "and says so" contains "$(cat output)" "4 submissions, 0 to be graded"
dump out >dump.2
check "and leaves the gradebook as it was" cmp dump.1 dump.2

cp "$STUB/$SOURCE" class/carol.c
check "a changed submission is graded again" status 0 batch class
check "and no other" contains "$(cat output)" "1 to be graded: 1 changed"
check "its history is kept" same "$(book "SELECT count(*) FROM grades WHERE submission = 'carol.c'")" 2
known=$(find out/cache -name 'grade-*.json')
# shellcheck disable=SC2086 # some files
sed -i 's/"score": 100/"score": 99/' $known
check "a submission named with --regrade is graded again" status 0 batch class --regrade alice
check "and no other" contains "$(cat output)" "1 to be graded: 1 asked for"
check "and really graded, not taken from the cache" same "$(jq .labs[0].score out/results/alice.json)" 100
check "an unknown one is refused" status 1 batch class --regrade nobody

# --- who has handed in is known before anybody has a result

mkdir many
for i in $(seq 45); do
    echo "absent$i,Absent $i" >>many/absent
done
printf 'login,name\nalice,Alice A\nbob,Bob \303\226\ncarol,Carol C\nempty,Emil E\n' | cat - many/absent >roster.csv
rm -rf out
"$HEAPLAB" batch --lab 01 --no-coverage --out out class --roster roster.csv --jobs 1 >killed.log 2>&1 &
killed=$!
has_results() {
    [ -n "$(find out/results -name '*.json')" ]
}
await has_results
kill -9 $killed
wait $killed 2>/dev/null
find out/results -name '*.json' | sort | sed 1d | xargs -r rm # it may have come further
rows=$("$HEAPLAB" export out --format csv 2>remarks)
check "after a killed batch, only who has handed in nothing is said to have" contains "$(cat remarks)" \
    "Handed in nothing (45): Absent 1; Absent 2;"
check "who has no result is not graded yet" contains "$(cat remarks)" "Not graded yet (3): "
check "in the marks, too" same "$(echo "$rows" | grep -c 'not graded yet') $(echo "$rows" | grep -c 'handed in nothing')" "3 45"
check "what does not fit is in a file" contains "$(cat remarks)" "; and 5 more: see out/remarks.txt"
check "that has everybody" contains "$(cat out/remarks.txt)" "Absent 40; Absent 41; Absent 42; Absent 43; Absent 44; Absent 45"
check "a student who is not graded yet gets no points from staff" status 1 "$HEAPLAB" adjust out "emil e" 5 --reason x --by Ben
check "and it is said what to do" contains "$(cat output)" "no result yet: heaplab regrade out grades what has none"
printf 'login,name,status\nalice,Alice A,\nbob,Bob \303\226,dropped\nempty,Emil E,\n' >roster.csv
check "the batch is ended, with students gone" status 0 batch class --roster roster.csv
check "who has withdrawn is named" contains "$(cat output)" \
    "Withdrawn, so not in the marks (2): $(basename out/results/Bob*.json .json) (Bob Ö; the roster says: dropped); carol.c (Carol C, who was in an earlier roster)"
check "and nobody is unknown" lacks "$(cat output)" "Not in the marks"
check "their grades stay in the gradebook" same "$(book 'SELECT count(*) FROM latest') $(book 'SELECT count(*) FROM marks')" "4 2"

# --- downloads from other systems, and archives

# student ID KEY: that value of the student, from the result of submission ID.
student() {
    jq -r ".student.$2" "out/results/$1.json"
}

mkdir -p canvas moodle "moodle/Ann-Lee Öz_77_assignsubmission_file_" export/submission_5 export/submission_6 clones
cp "$REFERENCE/$SOURCE" "canvas/doejane_LATE_123_456_${SOURCE%.c}-2.c"
cp "$REFERENCE/predictions.txt" canvas/doejane_LATE_123_457_predictions.txt
(cd "$REFERENCE" && zip -q "$SCRATCH/canvas/roejim_124_458_my work.zip" ./*)
cp "$REFERENCE"/* "moodle/Ann-Lee Öz_77_assignsubmission_file_"
cp "$REFERENCE"/* export/submission_5
cp "$STUB/$SOURCE" export/submission_6
cat >export/submission_metadata.yml <<'END'
---
submission_5:
  :submitters:
  - :name: Zoë Five
    :sid: '555'
    :email: zoe@example.edu
  - :name: Max Four
    :sid: '444'
submission_6:
  :submitters:
  - :name: "=cmd()"
END
tar -czf export.tar.gz export
for login in kim-o lee; do
    mkdir -p clones/lab-01-$login/.git
    cp "$REFERENCE"/* clones/lab-01-$login
done

rm -rf out
check "a Canvas download is graded" status 0 batch canvas
check "the files of one student belong together, under their own names" same "$(student doejane_123 id) $(jq .score out/results/doejane_123.json)" "123 100"
check "late is late" same "$(student doejane_123 late) $(student roejim_124 late)" "true false"
check "a zip is unpacked" same "$(jq .score out/results/roejim_124.json)" 100
rm -rf out
check "a Moodle download is graded" status 0 batch moodle
check "with the student's name and number" same "$(jq -r '.student.name, .student.id, .score' out/results/*.json | tr '\n' ' ')" "Ann-Lee Öz 77 100 "
rm -rf out
check "a Gradescope export is graded from its archive" status 0 batch export.tar.gz
check "with the names of a group" same "$(student submission_5 name) $(student submission_5 id)" "Zoë Five, Max Four 555, 444"
check "a name stays what it is" same "$(student submission_6 name)" "=cmd()"
check "and again there is nothing to do" status 0 batch export.tar.gz
check "without unpacking it again" same "$(head -n 1 output)" "2 submissions, 0 to be graded"
rm -rf out
mkdir -p packed/submission_1 packed/submission_2 packed/submission_3
(cd "$REFERENCE" && bsdtar --format 7zip -cf "$SCRATCH/packed/submission_1/work.7z" ./*)
python3 "$ROOT/grader/tests/support/make_rar.py" 4 packed/submission_2/work.rar "$REFERENCE"/*
python3 "$ROOT/grader/tests/support/make_rar.py" 5 packed/submission_3/work.rar "$REFERENCE"/*
check "a Gradescope export with a .7z and two kinds of .rar is graded" status 0 batch packed
check "and all are unpacked" same "$(jq .score out/results/*.json | tr '\n' ' ')" "100 100 100 "
check "heaplab grade unpacks a .rar, too" contains "$("$HEAPLAB" grade --lab 01 --no-coverage --from packed/submission_3/work.rar)" \
    "100 / 100 points"
rm -rf out
check "clones of GitHub Classroom are graded" status 0 batch clones
check "the login is the part after the assignment's name" same "$(student lab-01-kim-o name) $(student lab-01-lee id)" "kim-o lee"

rm -rf out
python3 "$ROOT/grader/tests/support/pty/batch.py" 80 2 "$HEAPLAB" batch --lab 01 --no-coverage clones --out out

check "one submission is not a class" status 1 batch "$REFERENCE"
check "which a sentence explains" contains "$(cat output)" "so it is one submission"
check "no temporary folder is left behind" same "$(ls -A "$TMPDIR")" ""
