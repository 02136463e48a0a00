#!/bin/sh
# SPDX-License-Identifier: MIT
# fresh_clone.sh - what a newcomer types in a clone of HEAD: help, both grades, a lab's targets.
# long
#
# The clone is of a course that leaves labs out, and it reuses the grader's objects, which were built for the tests a
# minute ago. `heaplab check` grades all labs.
#
#     CLONE_OF=folder        clone another repository (default: this one)
. "$(dirname "$0")/../lib.sh"

LAB=05-header-allocator
TEST=blocks_lie_back_to_back
kit="$SCRATCH/a kit" # with a space, as many a path has
unset MAKEFLAGS MFLAGS MAKELEVEL

check "HEAD can be cloned" git clone -q "${CLONE_OF:-$ROOT}" "$kit"
cd "$kit" || exit 1
leave_out() {
    git rm -q -r 'labs/0[!15]-*' 'solutions/0[!15]-*' 'grader/labs/0[!15]-*' 'handouts/0[!15]-*' &&
        git -c user.name=staff -c user.email=staff@localhost commit -q -m "Labs 01 and 05 only"
}
check "labs can be left out" leave_out

# runs NAME STATUS COMMAND...: COMMAND exits with STATUS; $output is then what it printed.
runs() {
    name=$1
    shift
    check "$name" status "$@"
    output=$(cat "$SCRATCH/output")
}

# each_lab SCORE: $output gives each lab that many points.
each_lab() {
    for folder in grader/labs/[0-9]*/rubric.ini; do
        lab=$(basename "$(dirname "$folder")")
        contains "$output" "] $1 / 100 $lab" || return 1
    done
}

# unchanged: no file that git tracks or could track has changed.
unchanged() {
    git status --porcelain >"$SCRATCH/changes"
    [ ! -s "$SCRATCH/changes" ] && return 0
    cat "$SCRATCH/changes"
    return 1
}

# --- at the top ---

runs "make alone exits with 0" 0 make
check "make alone prints help" contains "$output" "make grade grade your work in labs/"
check "make alone builds nothing" [ ! -e build ]

if [ -z "${CLONE_OF-}" ]; then
    mkdir -p build/subject
    cp -R "$ROOT/build/obj" build
    cp -R "$ROOT/build/subject/obj" build/subject
fi
MAKEFLAGS=-j2
OPTIMISE=-O0 # the result is tested, not timed
export MAKEFLAGS OPTIMISE
runs "make grade FROM=solutions exits with 0" 0 make grade FROM=solutions GRADE_FLAGS=--no-coverage
check "make grade FROM=solutions prints 100 for each lab" each_lab 100

runs "make grade exits with 0" 0 make grade GRADE_FLAGS=--no-coverage
check "make grade prints 0 for each stub" each_lab 0
check "make grade says where to start" contains "$output" "Where to start: read handouts/01-stack-vs-heap.md, then open labs/01-stack-vs-heap"

runs "make stubs exits with 0" 0 make -B stubs
check "make stubs changes nothing" unchanged

runs "make grade takes a single file" 0 make grade LAB=05 FROM="solutions/$LAB/header_alloc.c" GRADE_FLAGS=--no-coverage
check "a single file is graded" contains "$output" "$LAB: "

# --- in a lab's folder ---

runs "make in a lab's folder exits with 0" 0 make -C labs/$LAB
check "make in a lab's folder grades that lab" contains "$output" "0 / 100 points"
check "the next thing to type is given" contains "$output" "next make gdb TEST="

cp build/reference/$LAB/*.c labs/$LAB/
runs "make grades the student's change" 0 make -C labs/$LAB
check "the reference has 100 points" contains "$output" "100 / 100 points"

runs "make help exits with 0" 0 make -C labs/$LAB help
check "make help lists the lab's targets" contains "$output" "make valgrind TEST=name"

runs "make direct runs all tests" 0 make -C labs/$LAB direct
check "they all pass" lacks "$output" "Failures: 1"
runs "make direct TEST= runs one" 0 make -C labs/$LAB direct TEST=$TEST
check "it passes" contains "$output" "$TEST: passed"
runs "make direct of an unknown test fails" 2 make -C labs/$LAB direct TEST=no_such_test

runs "make valgrind TEST= exits with 0" 0 make -C labs/$LAB valgrind TEST=$TEST
check "valgrind finds nothing" lacks "$output" "=="
runs "make asan TEST= exits with 0" 0 make -C labs/$LAB asan TEST=$TEST
check "the sanitizers find nothing" lacks "$output" "ERROR"

# in_gdb: make gdb without a keyboard.
in_gdb() {
    make -C labs/$LAB gdb TEST=$TEST </dev/null
}
runs "make gdb TEST= exits with 0" 0 in_gdb
check "gdb stops in the student's code" contains "$output" "header_alloc.c:"

runs "make gdb without a test says what to type" 2 make -C labs/$LAB gdb
check "it names the command" contains "$output" "make gdb TEST=name"

runs "make demo exits with 0" 0 make -C labs/$LAB demo
git checkout -q labs
check "everything was made in build/" unchanged
