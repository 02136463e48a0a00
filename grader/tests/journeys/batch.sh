#!/bin/sh
# SPDX-License-Identifier: MIT
# batch.sh - a class of lab 01, which is quick to grade, in the ways that it may be handed in.
# shellcheck source-path=SCRIPTDIR source=../lib.sh
. "$(dirname "$0")/../lib.sh"

LAB=01-stack-vs-heap
REFERENCE=$ROOT/build/reference/$LAB
STUB=$ROOT/labs/$LAB
SOURCE=$(basename "$REFERENCE"/*.c)
open_scratch
cd "$SCRATCH" || exit 1

# batch SUBMISSIONS [OPTION]...: into out, without coverage.
batch() {
    timeout 300 "$HEAPLAB" batch --lab 01 --no-coverage --out out "$@"
}

# book SQL: what the gradebook says.
book() {
    sqlite3 out/gradebook.sqlite "$1"
}

# dump FOLDER: all of its gradebook.
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
check "one result a submission" same "$(find out/results -type f | wc -l)" 4
check "the reference has all points" same "$(jq .score out/results/alice.json)" 100
check "a result tells the student" same "$(jq -r .student.name out/results/Bob-O-*.json)" "Bob Ö"
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
check "one that is named is graded again" status 0 batch class --regrade alice
check "and no other" contains "$(cat output)" "1 to be graded: 1 asked for"
check "and really, not from what was known" same "$(jq .labs[0].score out/results/alice.json)" 100
check "an unknown one is not" status 1 batch class --regrade nobody

# --- the shapes of other systems' downloads, and archives

# student ID KEY: of the result of that submission.
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
check "a Gradescope export is graded out of its archive" status 0 batch export.tar.gz
check "with the names of a group" same "$(student submission_5 name) $(student submission_5 id)" "Zoë Five, Max Four 555, 444"
check "a name stays what it is" same "$(student submission_6 name)" "=cmd()"
check "and again there is nothing to do" status 0 batch export.tar.gz
check "without unpacking it again" same "$(head -n 1 output)" "2 submissions, 0 to be graded"
rm -rf out
check "clones of GitHub Classroom are graded" status 0 batch clones
check "the login stands behind the assignment" same "$(student lab-01-kim-o name) $(student lab-01-lee id)" "kim-o lee"

rm -rf out
python3 "$ROOT/grader/tests/support/pty/batch.py" 80 2 "$HEAPLAB" batch --lab 01 --no-coverage clones --out out

check "one submission is no class" status 1 batch "$REFERENCE"
check "which is told in a sentence" contains "$(cat output)" "so it is one submission"
check "no temporary folder is left behind" same "$(ls -A "$TMPDIR")" ""
