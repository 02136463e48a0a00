#!/bin/sh
# SPDX-License-Identifier: MIT
# batch.sh - a class of lab 01, which is quick to grade, in the ways that it may be handed in.
# shellcheck source-path=SCRIPTDIR source=../lib.sh
. "$(dirname "$0")/../lib.sh"

LAB=01-stack-vs-heap
REFERENCE=$ROOT/build/reference/$LAB
STUB=$ROOT/labs/$LAB
SOURCE=$(basename "$REFERENCE"/*.c)
chmod 711 "$SCRATCH"
mkdir -m 1777 "$SCRATCH/tmp"
TMPDIR=$SCRATCH/tmp
export TMPDIR
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
check "one that is named is graded again" status 0 batch class --regrade alice
check "and no other" contains "$(cat output)" "1 to be graded: 1 asked for"
check "an unknown one is not" status 1 batch class --regrade nobody

check "one submission is no class" status 1 batch "$REFERENCE"
check "which is told in a sentence" contains "$(cat output)" "so it is one submission"
check "no temporary folder is left behind" same "$(ls -A "$TMPDIR")" ""
