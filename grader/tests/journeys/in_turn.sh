#!/bin/sh
# SPDX-License-Identifier: MIT
# in_turn.sh - lab 03's tests under memcheck take turns with one valgrind process (judge/run.h), and get the verdicts that each
# would get alone.
# shellcheck source-path=SCRIPTDIR source=../lib.sh
. "$(dirname "$0")/../lib.sh"
open_scratch
lab=03-memory-errors

# made NAME: links the sources in NAME/ to NAME/subject and NAME/subject-memcheck, as the kit does for a submission.
made() (
    cd "$SCRATCH/$1" && mkdir obj || exit 1
    for source in *.c; do
        gcc -std=c11 -D_DEFAULT_SOURCE -g -fno-omit-frame-pointer -I"$ROOT/labs/$lab" -c "$source" -o "obj/${source%.c}.o" || exit 1
    done
    OBJECTS=$(echo obj/*.o) SUPPORT=$ROOT/build/subject LAB=$lab WATCH='' RENAMES='' WATCHED='' BASE='' OUTPUT=subject COVERAGE='' \
        FRAME='' BITS='' sh "$ROOT/grader/grade/link.sh" && chmod 755 . subject subject-memcheck
)

# judged NAME RESULT ARGUMENT...: runs the judge over NAME's programs; the verdicts go to RESULT.json, the evidence to RESULT/.
judged() {
    program=$SCRATCH/$1/subject
    result=$SCRATCH/$2
    shift 2
    mkdir "$result"
    bare=
    bwrap --unshare-all --ro-bind / / true 2>/dev/null || bare=--bare
    "$ROOT/build/judges/$lab" --subject "$program" --keeper "$ROOT/build/subject/keeper" --probe "$ROOT/build/subject/probe" \
        --evidence "$result" $bare "$@" >"$result.json"
}

# starts RESULT: how many valgrind processes wrote evidence. Only what is written in a process's first test, or in one that
# runs by itself, has the beginning of the document.
starts() {
    cat "$SCRATCH/$1"/*.xml | grep -c '<pid>'
}

# verdict RESULT TEST: what the judge and memcheck say of TEST.
verdict() {
    jq -c --arg test "$2" '.[] | select(.name == $test) | del(.duration_ms)' "$SCRATCH/$1.json"
    sed -n '/<error>/,/<\/error>/{/<\(kind\|what\|text\|auxwhat\|fn\|line\)>/p}' "$SCRATCH/$1/$2.xml" 2>/dev/null
}

memcheck_tests=$(cat "$ROOT/build/subject/$lab.memcheck")

mkdir "$SCRATCH/right"
cp "$ROOT/build/reference/$lab"/*.c "$SCRATCH/right"
check "the reference is linked" made right
# shellcheck disable=SC2086 # a list of tests
check "its tests under memcheck run" judged right all $memcheck_tests
check "and pass" same "$(jq -c '[.[].status] | unique' "$SCRATCH/all.json")" '["passed"]'
check "in one valgrind process" same "$(starts all)" 1

# Patient 2 prints, patient 3 decides by bytes that nobody wrote, patient 6 ends the program.
mkdir "$SCRATCH/wrong"
cp "$ROOT/build/reference/$lab"/*.c "$SCRATCH/wrong"
sed -i '/^struct playlist \*playlist_new(void)$/,/^}/s/^{$/{\n    extern int puts(const char *);\n    puts("a playlist");/' \
    "$SCRATCH/wrong/playlist.c"
sed -i '/^int palindrome(/,/^}/s/^{$/{\n    char *spare = malloc(9);\n    int is_lucky = spare \&\& spare[5] > 3;\n    free(spare);\n    if (is_lucky)\n        free(malloc(1));/' \
    "$SCRATCH/wrong/palindrome.c"
sed -i '/^int scores_commonest(/,/^}/s/^{$/{\n    abort();/' "$SCRATCH/wrong/scores.c"
check "a submission with mistakes is linked" made wrong
# shellcheck disable=SC2086
check "its tests under memcheck run, too" judged wrong turns $memcheck_tests
for test in palindrome_memcheck scores_memcheck; do
    check "$test runs alone" judged wrong "$test" "$test"
    check "and says no more and no less" same "$(verdict turns "$test")" "$(verdict "$test" "$test")"
done
check "memcheck reports what it should" contains "$(verdict turns palindrome_memcheck)" "UninitCondition"
check "a crash is a crash" same "$(jq -r '.[] | select(.name == "scores_memcheck").status' "$SCRATCH/turns.json")" crashed
check "the others pass" same \
    "$(jq -c '[.[] | select(.status == "passed") | .name] | length' "$SCRATCH/turns.json")" 7
check "what a test prints belongs to it" same \
    "$(jq -c '[.[] | select(.output != "") | .name]' "$SCRATCH/turns.json")" '["playlist_memcheck"]'

check "a test waits for what it needs" judged wrong needs --needs ring_memcheck:ring_is_well \
    --needs scores_memcheck:ring_is_well:scores_is_well ring_is_well scores_is_well ring_memcheck scores_memcheck
check "and does not run without it" same "$(jq -c '[.[].status]' "$SCRATCH/needs.json")" '["passed","crashed","passed","not_run"]'
