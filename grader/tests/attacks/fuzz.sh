#!/bin/sh
# SPDX-License-Identifier: MIT
# fuzz.sh - a subject that writes random bytes wherever it may, during its calls, and now and then forges a whole message:
# thousands of runs, each with a seed of its own (the process's number in its sandbox, so that they are the same each
# time). None may end in a fault of the kit, in a point, or later than the limits allow.
# long
# shellcheck source-path=SCRIPTDIR source=../lib.sh
. "$(dirname "$0")/../lib.sh"

RUNS=${FUZZ_RUNS:-1000}
here=$ROOT/grader/tests/attacks
lab=05-header-allocator
support=$ROOT/build/subject
open_scratch

# make_subject: links the subject by the kit's own scripts.
make_subject() {
    mkdir -p "$SCRATCH/work/src" "$SCRATCH/work/obj"
    cp "$here/fuzz/subject.c" "$SCRATCH/work/src"
    (
        cd "$SCRATCH/work" || exit 1
        SOURCES=subject.c INCLUDES="$ROOT/labs/$lab $ROOT/labs $ROOT/grader" FLAGS="-O1 -w" OBJECTS=obj COMPILER=gcc PROTOTYPES='' \
            sh "$ROOT/grader/grade/compile.sh" &&
            OBJECTS=obj/subject.o SUPPORT=$support LAB=$lab WATCH='' BASE='' OUTPUT=subject COVERAGE='' WATCHED='' FRAME='' BITS='' RENAMES='' \
                sh "$ROOT/grader/grade/link.sh"
    ) && chmod 755 "$SCRATCH/work/subject"
}

# runs N: as many runs of the lab's tests, in one go. Their results go to $SCRATCH/results.json.
runs() {
    names=$("$ROOT/build/judges/$lab" --list | jq -r '.[]')
    of_once=$(echo "$names" | wc -l)
    for _ in $(seq $(($1 / of_once + 1))); do
        echo "$names"
    done >"$SCRATCH/names"
    # shellcheck disable=SC2046 # a list of names
    "$ROOT/build/judges/$lab" --subject "$SCRATCH/work/subject" --keeper "$support/keeper" --workers 2 \
        $(cat "$SCRATCH/names") >"$SCRATCH/results.json" 2>"$SCRATCH/faults"
}

no_fault() {
    runs "$RUNS" && return 0
    cat "$SCRATCH/faults"
    return 1
}

need_namespaces
check "the subject that scribbles links" make_subject
check "$RUNS runs of it end without a fault" no_fault
check "each has a verdict, and a reason" \
    same "$(jq '[.[] | select(.status == "not_run" or (.message // "") == "")] | length' "$SCRATCH/results.json")" 0
check "none passed" same "$(jq '[.[] | select(.status == "passed")] | length' "$SCRATCH/results.json")" 0
