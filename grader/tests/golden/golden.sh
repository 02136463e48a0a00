#!/bin/sh
# SPDX-License-Identifier: MIT
# golden.sh - compares what heaplab prints about a few small submissions with expected/, to the letter.
#
# A submission is the reference of lab 05, or a file of this folder followed by the reference. The reference then
# defines the functions of that file under other names, and line numbers stay those of the file. After a change of
# wording or of lab 05, `grader/tests/golden/update` writes expected/ again; git diff shows the changes.
. "$(dirname "$0")/../lib.sh"

LAB=05-header-allocator
here=$ROOT/grader/tests/golden
expected=$here/expected
[ "${1:-}" = --update ] && update=yes || update=

# submission NAME: a folder with the submission of that name.
submission() {
    folder=$SCRATCH/$1
    mkdir -p "$folder"
    case $1 in
    untouched) cp "$ROOT/labs/$LAB"/*.c "$folder" ;;
    reference) cp "$ROOT/build/reference/$LAB"/*.c "$folder" ;;
    *) disturbed "$1" >"$folder/header_alloc.c" ;;
    esac
    echo "$folder"
}

# disturbed NAME: NAME.c, followed by the reference.
disturbed() {
    cat "$here/$1.c"
    # shellcheck disable=SC2013 # names are words
    for function in $(sed -n 's|^// instead of: *||p' "$here/$1.c"); do
        echo "#define $function honest_$function"
    done
    cat "$ROOT/build/reference/$LAB/header_alloc.c"
}

# compare NAME: $SCRATCH/printed is as expected.
compare() {
    if [ -n "$update" ]; then
        cp "$SCRATCH/printed" "$expected/$1"
    else
        check "$1" diff -u "$expected/$1" "$SCRATCH/printed"
    fi
}

# without_waiting: removes the progress line, which comes and goes.
without_waiting() {
    sed 's/\r  [^\r]* s \.\.\.\x1b\[K//g; s/\r\x1b\[K//g'
}

# steady: removes durations, which differ from run to run, and the number of wrong versions, which grows.
steady() {
    sed 's/time="[0-9.]*"/time="T"/; s/[0-9]* of [0-9]* wrong versions/N of N wrong versions/'
}

# grade SUBMISSION [OPTION]...: what heaplab prints, and its exit status.
grade() {
    folder=$(submission "$1")
    shift
    "$HEAPLAB" grade --lab 05 --from "$folder" "$@" >"$SCRATCH/raw" 2>&1
    status=$?
    steady <"$SCRATCH/raw" >"$SCRATCH/printed"
    echo "exit status $status" >>"$SCRATCH/printed"
}

# --- for people: UTF-8, plain ASCII, narrow, in colour ---

grade untouched && compare untouched.txt
grade reference && compare reference.txt
for name in heap compile_error crash hang; do
    grade $name --no-coverage && compare $name.txt
done

LC_ALL=C grade heap --no-coverage && compare heap.ascii.txt
COLUMNS=40 grade heap --no-coverage && compare heap.40.txt
COLUMNS=200 grade heap --no-coverage && compare heap.200.txt

# several labs on one screen, and the progress so far
several() {
    "$HEAPLAB" grade --lab 01 --lab 05 --no-coverage --from "$ROOT/build/stubs" >"$SCRATCH/printed" 2>&1
}
several && compare summary.txt
LC_ALL=C several && compare summary.ascii.txt

standing() {
    echo '{"schema": 1, "labs": {"05-header-allocator": {"score": 40, "best": 84, "max_score": 100, "submitted": 84}}}' \
        >"$SCRATCH/progress.json"
    HEAPLAB_PROGRESS=$SCRATCH/progress.json "$HEAPLAB" progress >"$SCRATCH/printed" 2>&1
}
standing && compare progress.txt

# in_terminal SUBMISSION: like grade, in a pseudo-terminal of COLUMNS_THERE columns.
in_terminal() {
    command="stty cols ${COLUMNS_THERE:-80}; '$HEAPLAB' grade --lab 05 --no-coverage --from '$(submission "$1")'"
    env -u NO_COLOR script -qec "$command" /dev/null </dev/null | without_waiting | tr -d '\r' | sed 's/\x1b/<ESC>/g' |
        steady >"$SCRATCH/printed"
}

in_terminal heap && compare heap.colour.txt
LC_ALL=C in_terminal heap && compare heap.colour.ascii.txt
COLUMNS_THERE=200 in_terminal heap && compare heap.colour.200.txt
in_terminal compile_error && compare compile_error.colour.txt
in_terminal reference && compare reference.colour.txt

# hint STEP: the hints for a test, up to this step
hint() {
    "$HEAPLAB" hint --lab 05 --test double_free_is_reported --step "$1" >"$SCRATCH/printed" 2>&1
}
hint 1 && compare hint.1.txt
hint 3 && compare hint.3.txt

# Here blocks are known only from what calls returned: a trace, and a block that a call has written into.
contest() {
    mkdir -p "$SCRATCH/contest"
    cp "$ROOT/build/reference/08-allocator-contest/mm.c" "$SCRATCH/contest"
    patch -s "$SCRATCH/contest/mm.c" <"$ROOT/grader/labs/08-allocator-contest/chaffs/unlist_forgets_back_link.patch"
    "$HEAPLAB" grade --lab 08 --no-coverage --first-failure --from "$SCRATCH/contest" 2>&1 |
        sed -n '/Look at this first/,$p' >"$SCRATCH/printed"
}
contest && compare contest.txt
LC_ALL=C contest && compare contest.ascii.txt

# --- for programs ---

grade crash --no-coverage --format tap && compare crash.tap.txt
grade crash --no-coverage --format junit && compare crash.junit.txt
[ -n "$update" ] || check "JUnit output is XML" xmllint --noout "$SCRATCH/raw"
grade compile_error --format tap && compare compile_error.tap.txt
