#!/bin/sh
# SPDX-License-Identifier: MIT
# exports.sh - results in the formats of other systems. Each format is read back as its system reads it
# (tests/support/exports/validate.py), for a graded submission and for a made-up result whose texts try to break out.
. "$(dirname "$0")/../lib.sh"

exports=$ROOT/grader/tests/support/exports
hostile=$exports/hostile.json
FORMATS="gradescope autolab prairielearn github-classroom junit tap vpl csv canvas moodle nbgrader"
STUDENTS="gradescope autolab prairielearn junit tap vpl moodle terminal"

sed 's/^struct header \*mm_first(void)$/&;\n&/; s/counts->free_blocks++/__builtin_trap()/' \
    "$ROOT/build/reference/05-header-allocator/header_alloc.c" >"$SCRATCH/crash.c"
graded=$SCRATCH/graded.json
check "a submission is graded" status 0 "$HEAPLAB" grade --lab 05 --from "$SCRATCH/crash.c" --json "$graded" --format gradescope
cp "$SCRATCH/output" "$SCRATCH/printed"
check "it passes some tests and crashes in others" sh -c "grep -q '\"passed\"' '$graded' && grep -q '\"crashed\"' '$graded'"

# valid FORMAT RESULT: the system of FORMAT accepts RESULT in it, and reads RESULT's score.
valid() {
    "$HEAPLAB" export "$2" --format "$1" -o "$SCRATCH/exported" || return 1
    /usr/bin/python3 "$exports/validate.py" "$1" "$SCRATCH/exported" "$2"
}
for format in $FORMATS; do
    check "$format gives the score of a graded submission" valid "$format" "$graded"
    check "$format cannot be broken by a student's text" valid "$format" "$hostile"
done
check "heaplab grade --format prints the same" cmp "$SCRATCH/printed" - <<EOF
$("$HEAPLAB" export "$graded" --format gradescope)
EOF

/usr/bin/python3 -c 'import junitparser' 2>/dev/null ||
    echo "# skipped: no junitparser here (package python3-junitparser); JUnit was compared with Jenkins's schema only"

# What reads TAP everywhere is Perl's own harness. tallied RESULT: it counts RESULT's tests, and as many failures.
tallied() {
    "$HEAPLAB" export "$1" --format tap -o "$SCRATCH/tallied.tap" || return 1
    total=$(grep -c '^\(not \)\{0,1\}ok ' "$SCRATCH/tallied.tap")
    failed=$(grep '^not ok ' "$SCRATCH/tallied.tap" | grep -vc '# \(SKIP\|TODO\)')
    prove --exec cat "$SCRATCH/tallied.tap" >"$SCRATCH/proved" 2>&1
    contains "$(cat "$SCRATCH/proved")" "Tests: $total Failed: $failed)"
}
if command -v prove >/dev/null; then
    check "prove reads a graded submission" tallied "$graded"
    check "prove reads the hostile one" tallied "$hostile"
fi

# --- what stays hidden ---

# exported FORMAT: the hostile result in that format, decoded if it is base64.
exported() {
    "$HEAPLAB" export "$hostile" --format "$1"
}
for format in $STUDENTS; do
    check "$format reveals nothing about hidden tests" lacks "$(exported "$format" | grep -v CLASSIFIED-LATE)" CLASSIFIED
    check "$format does not name them" lacks "$(exported "$format")" secret_one
done
check "github-classroom reveals nothing about hidden tests" \
    lacks "$(exported github-classroom | base64 -d)" CLASSIFIED
check "only Gradescope gets the tests that wait for the due date" lacks "$(exported prairielearn)" CLASSIFIED-LATE
late='.tests[] | select(.visibility == "after_due_date") | .output | test("CLASSIFIED-LATE")'
check "and is asked to wait" same "$(exported gradescope | jq "$late")" true
check "json keeps everything, for staff" contains "$(exported json)" CLASSIFIED

# --- a class ---

mkdir -p "$SCRATCH/class/results"
cp "$graded" "$SCRATCH/class/results/anna.json"
cp "$hostile" "$SCRATCH/class/results/ben.json"
class() {
    "$HEAPLAB" export "$SCRATCH/class" "$@"
}
check "csv has one row for each student" same "$(class --format csv | cut -d, -f1 | tr -d '\r\n')" '"student_id""anna""4711"'
check "other formats make one file for each student" status 0 "$HEAPLAB" export "$SCRATCH/class" --format junit -o "$SCRATCH/each"
check "named after them" sh -c "test -s $SCRATCH/each/anna.xml && test -s $SCRATCH/each/ben.xml"

# a large result: PrairieLearn accepts 1 MB
jq '.labs[0].tests[1] as $t | .labs[0].tests += [range(400) | $t | .points = 0 | .max_points = 0 |
    .output = ("x\n" * 2000)]' "$hostile" >"$SCRATCH/big.json"
check "prairielearn is shortened to 1 MB" valid prairielearn "$SCRATCH/big.json"

# all labs in one result: Linux takes 128 KiB for the variable that GitHub's reporter reads
jq '.labs = [range(8) as $n | .labs[0]] | .max_score *= 8 | .score *= 8' "$graded" >"$SCRATCH/eight.json"
check "github-classroom is shortened to what an environment variable holds" valid github-classroom "$SCRATCH/eight.json"
jq '.labs[0].build = {ok: false, problem: "it does not compile", diagnostics: "a.c:1:1: error: no such thing"} |
    .labs[0].tests |= map(.status = "not_run" | .points = 0) | .labs[0].score = 0 | .score = 0 |
    .labs[0].own_tests = null | .labs[0].cost = null' "$graded" >"$SCRATCH/unbuilt.json"
check "github-classroom shows the compiler's words" contains \
    "$("$HEAPLAB" export "$SCRATCH/unbuilt.json" --format github-classroom | base64 -d | jq -r '.tests[0].test_code')" \
    "a.c:1:1: error: no such thing"
check "autolab has one row for what could not be built" valid autolab "$SCRATCH/unbuilt.json"
jq '.score = .max_score + 5' "$graded" >"$SCRATCH/bonus.json"
check "prairielearn gets no score above 1" same "$("$HEAPLAB" export "$SCRATCH/bonus.json" --format prairielearn | jq '.score <= 1')" true

# --- grader/README.md's recipes, as they stand there but for paths and lab ---

readme=$ROOT/grader/README.md
recipe=$SCRATCH/recipe
mkdir -p "$recipe/vpl" "$recipe/grade/student"
cp "$ROOT/build/reference/01-stack-vs-heap"/* "$recipe/vpl"
cp "$ROOT/build/reference/01-stack-vs-heap/storage.c" "$recipe/grade/student" # no predictions
# here: README's text on stdin, for this machine.
here() {
    sed "s|/opt/heaplab/kit|$ROOT|g; s|/grade/|$recipe/grade/|g; s/--lab 06/--lab 01/; s|&& heaplab|\&\& $HEAPLAB|"
}
sed -n '/^# vpl_evaluate.sh/,/^```/p' "$readme" | grep -v '^```' | here >"$recipe/vpl/vpl_evaluate.sh"
check "VPL: the script writes what the jail runs" status 0 sh -c "cd '$recipe/vpl' && sh vpl_evaluate.sh && test -x vpl_execution"
check "VPL: the jail runs it alone" status 0 sh -c "cd '$recipe/vpl' && rm vpl_evaluate.sh && ./vpl_execution"
check "VPL: its output has the grade" contains "$(tail -n 1 "$SCRATCH/output")" "Grade :=>>100"
# shellcheck disable=SC2016 # an expression of sed's
sed -n 's/^| PrairieLearn | .*runs `\(mkdir [^`]*\)`.*/\1/p' "$readme" | here >"$recipe/prairielearn.sh"
check "PrairieLearn: the command makes the folder and the result" status 0 sh "$recipe/prairielearn.sh"
check "PrairieLearn: the score is a share" same "$(jq '.score > 0 and .score < 1' "$recipe/grade/results/results.json")" true
check "PrairieLearn: tests are called by their titles" same \
    "$(jq -r '.tests[].name' "$recipe/grade/results/results.json" | grep -c '^[a-z_]*_[a-z_]*$')" 0

# --- mistakes ---

# refused PART COMMAND...: exit status 1, and a sentence with PART.
refused() {
    part=$1
    shift
    status 1 "$HEAPLAB" export "$@" && contains "$(cat "$SCRATCH/output")" "$part"
}
echo '{"schema": 1' >"$SCRATCH/broken.json"
echo '{"schema": 99, "labs": []}' >"$SCRATCH/future.json"
mkdir "$SCRATCH/nothing"
check "a missing result is reported" refused "there is no" "$SCRATCH/missing" --format csv
check "a broken one is reported, with its line" refused "(line 2)" "$SCRATCH/broken.json" --format csv
check "one of another schema is reported" refused "is not a heaplab result" "$SCRATCH/future.json" --format csv
check "a folder without results is reported" refused "holds no results" "$SCRATCH/nothing" --format csv
check "an unknown format is reported" refused "the formats are" "$graded" --format xlsx
check "a format for one result is refused for many" refused "give a folder" "$SCRATCH/class" --format junit
