#!/bin/sh
# SPDX-License-Identifier: MIT
# messy_class.sh - a class of everything: right, wrong, hostile, broken. Nobody gets a point that is not theirs, everybody
# gets a sentence; killed at random moments and started again, it ends with the same gradebook.
# long
#
#     KILLS=30        kill it so many times (default: 3)
#     MALFORMED=500   so many malformed archives and files (default: 150)
# shellcheck source-path=SCRIPTDIR source=../lib.sh
. "$(dirname "$0")/../lib.sh"

open_scratch
cd "$SCRATCH" || exit 1

# batch LAB SUBMISSIONS OUT
batch() {
    timeout 600 "$HEAPLAB" batch --no-coverage --lab "$@"
}
# dump FOLDER: all of its gradebook.
dump() {
    sqlite3 "$1/gradebook.sqlite" .dump
}

# --- everybody gets what is theirs

python3 "$ROOT/grader/tests/support/make_class.py" "$ROOT" 05-header-allocator 20 "$SCRATCH/class"
check "a messy class is graded" status 0 batch 05 class --out out
check "everybody has a result" same "$(find out/results -name '*.json' | wc -l)" 20
check "and none has a fault" same "$(ls -A out/faults)" ""

# unearned: who has more points than they can have, or none of those that are theirs.
unearned() {
    while IFS="$(printf '\t')" read -r source kind most; do
        score=$(sqlite3 out/gradebook.sqlite "SELECT score FROM latest JOIN submissions ON id = submission WHERE source = '$source'")
        [ "$score" -le "$most" ] || echo "$source ($kind) has $score points, not at most $most"
        case $kind in right*) [ "$score" -eq 100 ] || echo "$source ($kind) has $score points, not 100" ;; esac
    done <expected.tsv
}
check "nobody has a point too many, and right is right" same "$(unearned)" ""

# speechless: results without a test that passed, and without a reason.
speechless() {
    jq -r 'select(.score == 0) | .labs[0] | select(.build.problem == null and ([.tests[] | select(.status != "passed" and
        (.message // "") == "" and .status != "not_run")] | length) > 0) | .lab' out/results/*.json
}
check "who has no points is told why" same "$(speechless)" ""
check "what an archive would have put elsewhere is not there" test ! -e /tmp/heaplab-was-here
check "an audit finds the same scores" status 0 "$HEAPLAB" audit out --sample 3
check "none differs" contains "$(cat output)" "3 of 20 graded again: 0 scores differ"

# --- killed, and started again

mkdir small
for entry in "Given Name00002_1002_assignsubmission_file_" student00004 student00005_1005_90005_work.zip \
    student00010_1010_90010_work.tar.gz student00016 student00019; do
    cp -r "class/$entry" small
done
cp class/student00003_*.c small # a wrong one: some tests pass, some do not
batch 05 small --out whole >/dev/null 2>&1
dump whole >whole.dump

# killed N: started and killed N times, each time after a moment of its own; then started once more.
killed() {
    rm -rf again
    round=0
    while [ "$round" -lt "$1" ]; do
        round=$((round + 1))
        "$HEAPLAB" batch --no-coverage --lab 05 small --out again >/dev/null 2>&1 &
        run=$!
        sleep "$(awk "BEGIN { srand($round); printf \"%.2f\", 0.05 + rand() * 1.5 }")"
        kill -9 $run
        wait $run 2>/dev/null
        # Or it is done before all moments have come. Who throws a killed batch away throws its temporary folder away, too.
        [ $((round % 5)) -ne 0 ] || rm -rf "$(readlink again/work)" again
    done
    batch 05 small --out again || return 1
    dump again | cmp - whole.dump
}
check "killed at ${KILLS:-3} moments and started again, the gradebook is as if nothing had been" killed "${KILLS:-3}"

# --- a rubric that changes

cp -r whole old
mkdir kit
cp -r "$ROOT/grader" "$ROOT/labs" "$ROOT/solutions" kit
ln -s "$ROOT/build" kit/build
rubric=grader/labs/05-header-allocator/rubric.ini

# first_test CONDITION: the wrong one's first test that is so.
first_test() {
    jq -r "first(.labs[0].tests[] | select($1)).name" whole/results/student00003_1003.json
}
lost=$(first_test '.status != "passed" and .max_points > 1')
won=$(first_test '.status == "passed"')
awk -v less="[test $lost]" -v more="[test $won]" '/^\[/ { section = $0 }
    /^points = / { $3 += (section == more) - (section == less) } { print }' "$ROOT/$rubric" >kit/$rubric
with_kit() {
    HEAPLAB_ROOT=$SCRATCH/kit "$HEAPLAB" "$@"
}
check "a changed rubric is noticed" status 0 with_kit batch --no-coverage --lab 05 small --out whole
check "and all are graded again" contains "$(cat output)" "7 to be graded: 7 the rubric changed"
check "an audit by the old rubric is refused" status 1 "$HEAPLAB" audit whole
check "what moved can be told" status 0 "$HEAPLAB" regrade --diff old whole
check "only of the one that lacks the test that is worth less" contains "$(cat output)" "1 of 7 scores moved"
check "and by what" contains "$(cat output)" "+1 $won: worth"
check "a folder's own history tells the same" same "$("$HEAPLAB" regrade --diff whole)" "$(cat output)"

jq '.score -= 1 | .labs[0].score -= 1' old/results/student00003_1003.json >forged
mv forged old/results/student00003_1003.json
check "an audit finds a score that somebody changed" status 2 "$HEAPLAB" audit old --sample 7
check "and says whose" contains "$(cat output)" "student00003_1003: $(jq .score old/results/student00003_1003.json)/100 before"

# --- malformed

python3 "$ROOT/grader/tests/support/fuzz_archives.py" 1 "${MALFORMED:-150}" "$SCRATCH/malformed"
check "${MALFORMED:-150} malformed archives and files are graded" status 0 batch 01 malformed --out fuzzed
check "each with a result" same "$(find fuzzed/results -name '*.json' | wc -l)" "${MALFORMED:-150}"
check "none with points" same "$(sqlite3 fuzzed/gradebook.sqlite 'SELECT count(*) FROM grades WHERE score > 0')" 0
check "each with a sentence" same "$(sqlite3 fuzzed/gradebook.sqlite "SELECT count(*) FROM grades WHERE problem IS NULL OR problem = ''")" 0
check "none with a fault of the grader's" same "$(ls -A fuzzed/faults)" ""
check "and what is printed gives no orders to the terminal" lacks "$(cat output)" "$(printf '\033')"
check "no temporary folder is left behind" same "$(ls -A "$TMPDIR")" ""
