#!/bin/sh
# SPDX-License-Identifier: MIT
# shape.sh - result.json has the keys and types that grader/README.md promises, for every kind of submission.
. "$(dirname "$0")/../lib.sh"

here=$ROOT/grader/tests/golden

# well_shaped FILE
well_shaped() {
    jq -r -f "$here/shape.jq" "$1" >"$SCRATCH/mistakes" || return 1
    [ ! -s "$SCRATCH/mistakes" ] && return 0
    cat "$SCRATCH/mistakes"
    return 1
}

# shape NAME OPTION...: the result of grading with these options.
shape() {
    name=$1
    shift
    "$HEAPLAB" grade "$@" --json "$SCRATCH/result.json" >"$SCRATCH/output" 2>&1
    check "result.json of $name" well_shaped "$SCRATCH/result.json"
}

# with_compile_error: a submission that is not C.
with_compile_error() {
    echo 'int x = ;' >"$SCRATCH/header_alloc.c"
    echo "$SCRATCH/header_alloc.c"
}

shape "references" --lab 01 --lab 06 --from solutions
shape "stubs, not counting lines" --lab 01 --lab 05 --no-coverage
shape "a failed test" --lab 05 --from "$here/heap.c"
shape "a compile error" --lab 05 --from "$(with_compile_error)"
shape "nothing at all" --from "$(mktemp -d "$SCRATCH/empty-XXXX")"

# The checker itself must notice mistakes.
# notices NAME FILTER: the checker rejects a result that FILTER has spoilt.
notices() {
    jq "$2" "$SCRATCH/result.json" >"$SCRATCH/spoilt.json"
    spoilt() {
        ! well_shaped "$SCRATCH/spoilt.json" >/dev/null
    }
    check "the shape's checker notices $1" spoilt
}

notices "a missing key" 'del(.labs[0].tests[0].hint)'
notices "a new key" '.labs[0].extra = 1'
notices "a wrong type" '.labs[0].tests[0].story = "text"'
notices "an unknown status" '.labs[0].tests[0].status = "ok"'
notices "a wrong sum" '.score = 7'
notices "points for nothing" '.labs[0].tests[0].points = 1 | .labs[0].score += 1 | .score += 1'
