#!/bin/sh
# SPDX-License-Identifier: MIT
# new_lab.sh - "Write a lab in an hour" (grader/labs/README.md), followed to the letter in a copy of the kit: the
# commands are extracted from the text and run block by block. Then the new lab is released, and the release is graded.
. "$(dirname "$0")/../lib.sh"

guide=$ROOT/grader/labs/README.md
kit=$SCRATCH/kit
LAB=90-shout
unset MAKEFLAGS MFLAGS MAKELEVEL

# copy_kit: copies the files that git tracks or could track, with only two labs, and build/.
copy_kit() {
    mkdir -p "$kit/build/subject"
    (cd "$ROOT" && git ls-files -z -co --exclude-standard | grep -zvE '^(labs|solutions|grader/labs)/(0[2-9]|[1-8][0-9])-' |
        xargs -0 cp -a --parents -t "$kit" 2>/dev/null) || true
    cp -a "$ROOT/build/obj" "$kit/build"
    cp -a "$ROOT/build/subject/obj" "$kit/build/subject"
    cp -a "$ROOT/build/setup-done" "$kit/build"
}
copy_kit
cd "$kit" || exit 1

# block N: the guide's Nth block of commands.
block() {
    # shellcheck disable=SC2016 # these backquotes are Markdown
    python3 -c 'import re, sys
print(re.findall("^```sh.*?\n(.*?)^```", open(sys.argv[1]).read(), re.M | re.S)[int(sys.argv[2]) - 1], end="")' "$guide" "$1"
}

# follow N: runs it, in a shell that stops at the first command that fails. Variables from earlier blocks keep their
# values.
follow() {
    { echo 'reference=build/reference/90-shout/shout.c'; block "$1"; } >"$SCRATCH/block.sh"
    sh -eu "$SCRATCH/block.sh" >"$SCRATCH/typed" 2>&1
    status=$?
    cat "$SCRATCH/typed"
    return $status
}

said() {
    contains "$(cat "$SCRATCH/typed")" "$1"
}

check "new-lab needs a name" status 2 make -s new-lab
check "and says so" contains "$(cat "$SCRATCH/output")" "name the lab: make new-lab NAME=string-pool"
check "new-lab refuses a number that is in use" status 2 make -s new-lab NAME=01-more
check "and says what uses it" contains "$(cat "$SCRATCH/output")" "number 01 is taken by labs/01-stack-vs-heap"
check "new-lab refuses a name that is in use" status 2 make -s new-lab NAME=stack-vs-heap
check "and says how to use it anyway" contains "$(cat "$SCRATCH/output")" "to make a second one, include a number"
check "new-lab refuses capitals" status 2 make -s new-lab NAME=Shout

check "guide, 1: start from one that works" follow 1
check "the stub scores 0" said "0 / 100 points"
check "the reference scores 100" said "100 / 100 points"
check "the new lab passes heaplab check" said "heaplab check: 6 passed, 0 failed"
check "guide, 2: the contract and the reference" follow 2
check "guide, 2: patches made again" follow 3
check "heaplab check is content" said "heaplab check: 6 passed, 0 failed"
check "guide, 3: a wrong version" follow 4
check "no test catches it yet" status 1 build/heaplab check --lab 90
check "and heaplab check says so" contains "$(cat "$SCRATCH/output")" "should fail no_memory_is_told, which is unknown"
check "guide, 3: the test that catches it" follow 5
check "heaplab check is content" said "heaplab check: 7 passed, 0 failed"
check "a sentence that has a chaff is not excused any more" status 1 build/heaplab check --clauses --lab 90
check "and heaplab check says so" contains "$(cat "$SCRATCH/output")" "is superfluous: no_check.patch breaks it"
check "guide, 3: the excuse goes" follow 6
check "every sentence has a chaff or a reason" said "heaplab check: 1 passed, 0 failed"

check "guide, 4: what do the tests miss" follow 7
check "the tests miss nothing" said "0 survive; left out: 1 equivalent"
cp -a grader/labs/$LAB/tests.c "$SCRATCH/tests.c"
sed -i 's/heap_refuse(1);//; s/expect_null(twice(put_string("ab"))/expect_pointer_set(twice(put_string("ab"))/' grader/labs/$LAB/tests.c
check "with a weaker test, a mutant survives" status 2 make -s mutants LAB=90
check "it is listed with its line" contains "$(cat "$SCRATCH/output")" \
    "1 survive; left out: 1 equivalent with a reason, 1 with the same machine code, 0 that do not compile shout.c:17: return left out in: twice was: return NULL; now: ;"
cp "$SCRATCH/tests.c" grader/labs/$LAB/tests.c

check "guide, 5: what students get" follow 8
check "heaplab check is content" said "heaplab check: 8 passed, 0 failed"
check "every sentence has a chaff or a reason" said "heaplab check: 1 passed, 0 failed"
check "a tarball is made" said "build/shout.tar.gz: 90-shout;"

# --- the release ---

LC_ALL=C tar -tzf build/shout.tar.gz | LC_ALL=C sort -c && sorted=yes || sorted=no
check "its names are in order" same "$sorted" yes
cp build/shout.tar.gz "$SCRATCH/first.tar.gz"
touch grader/labs/$LAB/tests.c
check "made again, it is the same" make -s release LABS=90 OUT=build/shout.tar.gz
check "to the byte" cmp build/shout.tar.gz "$SCRATCH/first.tar.gz"

mkdir "$SCRATCH/home" "$SCRATCH/student"
tar -xzf build/shout.tar.gz -C "$SCRATCH/student"
student=$SCRATCH/student/heaplab-labs
check "it contains nothing that students must not see" grader/staff/release/release --inspect "$student"

# told NAME TEXT: a release that contains TEXT is refused.
told() {
    cp -a "$student" "$SCRATCH/told"
    printf '%s\n' "$2" >>"$SCRATCH/told/labs/$LAB/demo.c"
    check "a line of $1 is found" status 1 grader/staff/release/release --inspect "$SCRATCH/told"
    check "and reported" contains "$(cat "$SCRATCH/output")" "labs/$LAB/demo.c contains a line of "
    rm -r "$SCRATCH/told"
}
told "the solution" '    char *both = calloc(2*length + 1, 1); // mine'
told "a hidden test" 'expect_string(text, "ab", "the text belongs to the caller and should stay as it is");'
told "a text in a hidden test" 'puts("the text belongs to the caller and should stay as it is");'
told "a chaff" 'What: asks for no byte for the terminator'
told "what a handout has for instructors" "Before you say anything about strlen, ask students whether they have drawn the block."
told "a wheat" '        both[i - 1] = text[(i - 1) % length];'
told "an answer" 'answer = b'

sed -i '0,/^points = 35/s//points = 37/' grader/labs/$LAB/rubric.ini
check "points that do not total 100 are refused" status 2 make -s release LABS=90
check "with what to do" contains "$(cat "$SCRATCH/output")" "the points total 102, not 100: take off 2 elsewhere"
sed -i '0,/^points = 37/s//points = 35/' grader/labs/$LAB/rubric.ini
sed -i '/^visibility = hidden/d' grader/labs/$LAB/rubric.ini
check "a hidden test that the rubric shows is refused" status 2 make -s release LABS=90
check "with the reason" contains "$(cat "$SCRATCH/output")" "argument_is_left_alone is in hidden/, but its visibility is not hidden"

# --- the release in a student's hands: an empty home, nothing of the kit except objects built from the same sources ---

mkdir -p "$student/build/subject"
cp -a build/obj "$student/build"
cp -a build/subject/obj "$student/build/subject"
rm -r "$student/build/obj/labs"
cp -a build/setup-done "$student/build"
cp solutions/$LAB/shout.c "$SCRATCH/shout.c"
unifdef -x2 -DSOLUTION -o "$SCRATCH/reference.c" "$SCRATCH/shout.c"
cd "$student" || exit 1
HOME=$SCRATCH/home
export HOME

check "make alone prints help" status 0 make
check "which lists the targets for students" contains "$(cat "$SCRATCH/output")" "make grade grade your work in labs/"
check "make in the lab grades" status 0 make -s -C labs/$LAB
output=$(cat "$SCRATCH/output")
check "the stub scores 0" contains "$output" "0 / 100 points"
check "the points that staff score are reported" contains "$output" "20 of the points are scored by staff"
check "hidden tests are one line" contains "$output" "0/10 further tests, which staff run"
cp "$SCRATCH/reference.c" labs/$LAB/shout.c
sed -i 's/^Answer 1:/& b/' labs/$LAB/predictions.txt
check "make grade grades" status 0 make -s grade
check "the reference gets the points of the visible tests" contains "$(cat "$SCRATCH/output")" "80 / 100 points"
check "an answer does not reveal whether it is correct" contains "$(cat "$SCRATCH/output")" "- 0/10 how many bytes a string needs"
check "heaplab check refuses a release, which is not the whole kit" status 1 build/heaplab check
