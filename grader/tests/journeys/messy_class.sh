#!/bin/sh
# SPDX-License-Identifier: MIT
# messy_class.sh - a class with all kinds of submissions: correct, wrong, hostile, broken. Nobody gets a point without
# earning it, and everybody gets a sentence. Killed at random moments and started again, the batch ends with the same
# gradebook.
# long
#
#     KILLS=30        how often to kill it (default: 3)
#     MALFORMED=500   how many malformed archives and files (default: 150)
# shellcheck source-path=SCRIPTDIR source=../lib.sh
. "$(dirname "$0")/../lib.sh"

open_scratch
cd "$SCRATCH" || exit 1

# batch LAB SUBMISSIONS OUT
batch() {
    timeout 600 "$HEAPLAB" batch --no-coverage --lab "$@"
}
# dump FOLDER: its whole gradebook.
dump() {
    sqlite3 "$1/gradebook.sqlite" .dump
}

# --- everybody gets the points they earned

python3 "$ROOT/grader/tests/support/make_class.py" "$ROOT" 05-header-allocator 20 "$SCRATCH/class"
check "a messy class is graded" status 0 batch 05 class --out out
check "everybody has a result" same "$(find out/results -name '*.json' | wc -l)" 20
check "and none is a fault" same "$(ls -A out/faults)" ""

# unearned: submissions with more points than they can earn, and correct ones without full points.
unearned() {
    while IFS="$(printf '\t')" read -r source kind most; do
        score=$(sqlite3 out/gradebook.sqlite "SELECT score FROM latest JOIN submissions ON id = submission WHERE source = '$source'")
        [ "$score" -le "$most" ] || echo "$source ($kind) has $score points, not at most $most"
        case $kind in right*) [ "$score" -eq 100 ] || echo "$source ($kind) has $score points, not 100" ;; esac
    done <expected.tsv
}
check "nobody has too many points, and correct submissions have all" same "$(unearned)" ""

# speechless: results with no points and no reason.
speechless() {
    jq -r 'select(.score == 0) | .labs[0] | select(.build.problem == null and ([.tests[] | select(.status != "passed" and
        (.message // "") == "" and .status != "not_run")] | length) > 0) | .lab' out/results/*.json
}
check "everyone with no points gets a reason" same "$(speechless)" ""
check "no archive wrote outside its folder" test ! -e /tmp/heaplab-was-here
check "an audit finds the same scores" status 0 "$HEAPLAB" audit out --sample 3
check "no score differs" contains "$(cat output)" "3 of 20 graded again: 0 scores differ"

# --- killed, and started again

mkdir small
for entry in "Given Name00002_1002_assignsubmission_file_" student00004 student00005_1005_90005_work.zip \
    student00010_1010_90010_work.tar.gz student00016 student00019; do
    cp -r "class/$entry" small
done
cp class/student00003_*.c small # a wrong submission: some tests pass, some do not
batch 05 small --out whole >/dev/null 2>&1
dump whole >whole.dump

# killed N: starts and kills the batch N times, each time after a different moment; then starts it once more.
killed() {
    rm -rf again
    round=0
    while [ "$round" -lt "$1" ]; do
        round=$((round + 1))
        "$HEAPLAB" batch --no-coverage --lab 05 small --out again >/dev/null 2>&1 &
        run=$!
        moment=$((50 + round * 677 % 1500)) # in milliseconds
        sleep "$(printf '%d.%03d' $((moment / 1000)) $((moment % 1000)))"
        kill -9 $run
        wait $run 2>/dev/null
        # The batch may also finish earlier. Then start over, without the batch's folder and its temporary folder.
        [ $((round % 5)) -ne 0 ] || rm -rf "$(readlink again/work)" again
    done
    batch 05 small --out again || return 1
    dump again | cmp - whole.dump
}
check "killed at ${KILLS:-3} moments and started again, the batch makes the same gradebook" killed "${KILLS:-3}"

# --- a rubric that changes

cp -r whole old
mkdir kit
cp -r "$ROOT/grader" "$ROOT/labs" "$ROOT/solutions" kit
ln -s "$ROOT/build" kit/build
rubric=grader/labs/05-header-allocator/rubric.ini

# first_test CONDITION: the first test of the wrong submission that meets it.
first_test() {
    jq -r "first(.labs[0].tests[] | select($1)).name" whole/results/student00003_1003.json
}
lost=$(first_test '.status != "passed" and .max_points > 1')
won=$(first_test '.status == "passed"')
points kit/$rubric "$lost" -1
points kit/$rubric "$won" +1
with_kit() {
    HEAPLAB_ROOT=$SCRATCH/kit "$HEAPLAB" "$@"
}
check "a changed rubric is noticed" status 0 with_kit batch --no-coverage --lab 05 small --out whole
check "nothing runs again for points alone" contains "$(cat output)" "7 submissions, 0 to be graded; 7 only scored again"
cp -r whole run
check "and the points are those of running everything" status 0 with_kit batch --no-coverage --lab 05 small --out run \
    --regrade student00003_1003
check "as a real run gives them" same "$(jq '.score, (.labs[0].tests | map(.points))' run/results/student00003_1003.json)" \
    "$(jq '.score, (.labs[0].tests | map(.points))' whole/results/student00003_1003.json)"
sed -i "/^\[test $won\]/,/^points = /s/^points = .*/points = 90/" kit/$rubric
check "points that do not add up to 100 are refused" status 1 with_kit batch --no-coverage --lab 05 small --out whole
check "with a sentence" contains "$(cat output)" "not to 100"
cp "$ROOT/$rubric" kit/$rubric
points kit/$rubric "$lost" -1
points kit/$rubric "$won" +1
check "an audit by the old rubric is refused" status 1 "$HEAPLAB" audit whole
check "regrade --diff lists the changes" status 0 "$HEAPLAB" regrade --diff old whole
check "only one score changed" contains "$(cat output)" "1 of 7 scores changed"
check "and it names the test" contains "$(cat output)" "+1 $won: worth"
check "a folder's own history gives the same list" same "$("$HEAPLAB" regrade --diff whole)" "$(cat output)"

jq '.score -= 1 | .labs[0].score -= 1' old/results/student00003_1003.json >forged
mv forged old/results/student00003_1003.json
check "an audit finds a score that somebody changed" status 2 "$HEAPLAB" audit old --sample 7
check "and names the submission" contains "$(cat output)" "student00003_1003: $(jq .score old/results/student00003_1003.json)/100 before"

# --- malformed

python3 "$ROOT/grader/tests/support/fuzz_archives.py" 1 "${MALFORMED:-150}" "$SCRATCH/malformed"
check "${MALFORMED:-150} malformed archives and files are graded" status 0 batch 01 malformed --out fuzzed
check "each with a result" same "$(find fuzzed/results -name '*.json' | wc -l)" "${MALFORMED:-150}"
check "none with points" same "$(sqlite3 fuzzed/gradebook.sqlite 'SELECT count(*) FROM grades WHERE score > 0')" 0
check "each with a sentence" same "$(sqlite3 fuzzed/gradebook.sqlite "SELECT count(*) FROM grades WHERE problem IS NULL OR problem = ''")" 0
check "none with a fault in the grader" same "$(ls -A fuzzed/faults)" ""
check "and the output has no escape sequences" lacks "$(cat output)" "$(printf '\033')"
check "no temporary folder is left behind" same "$(ls -A "$TMPDIR")" ""
