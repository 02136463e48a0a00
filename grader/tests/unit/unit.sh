#!/bin/sh
# SPDX-License-Identifier: MIT
# unit.sh - builds the unit tests (kit.mk) and runs them; prints one line for each Check test.
#
#     UNIT_BUILD=folder UNIT_CC=compiler      the folder to build in, and the compiler (default: build, gcc)
. "$(dirname "$0")/../lib.sh"

build=${UNIT_BUILD:-$ROOT/build}
open_scratch # one test tries, as nobody, to read what only root may read
export CK_DEFAULT_TIMEOUT=100 # seconds: a busy machine must not fail a test

# run PROGRAM: runs its tests and rewrites Check's TAP: "ok 3 - path/judge_heap.c:unit:test_name: Passed" becomes
# "ok - judge_heap: test_name". If a program ends early, its last line has no plan.
run() {
    name=$(basename "$1")
    tap=$SCRATCH/$name.tap
    "$1" "$tap" >"$SCRATCH/output" 2>&1
    sed -n \
        -e "s/^ok [0-9]* - [^:]*:unit:\([^:]*\): .*/ok - $name: \1/p" \
        -e "s/^not ok [0-9]* - [^:]*:unit:\([^:]*\): \(.*\)/not ok - $name: \1\n#   \2/p" "$tap"
    if ! tail -n 1 "$tap" | grep -q '^1\.\.[1-9]'; then
        echo "not ok - $name runs to its end"
        sed 's/^/#   /' "$SCRATCH/output"
    fi
}

if ! make -s -j2 -C "$ROOT" unit-tests BUILD="$build" CC="${UNIT_CC:-gcc}" >"$SCRATCH/make.out" 2>&1; then
    echo "not ok - the unit tests can be built"
    sed 's/^/#   /' "$SCRATCH/make.out"
    exit 0
fi
for source in "$ROOT"/grader/tests/unit/*.c; do
    run "$build/tests/$(basename "$source" .c)"
done
