#!/bin/sh
# SPDX-License-Identifier: MIT
# no_namespaces.sh - grading where bubblewrap can't make namespaces, as in many containers: somebody else's code still finds
# nothing of the kit, and honest code gets its points. A bwrap that fails stands in for such a machine.
# long
# shellcheck source-path=SCRIPTDIR source=../lib.sh
. "$(dirname "$0")/../lib.sh"

LAB=06-coalescing-free-list
open_scratch
mkdir "$SCRATCH/bin"
printf '#!/bin/sh\nexit 1\n' >"$SCRATCH/bin/bwrap"
chmod 755 "$SCRATCH/bin/bwrap"
PATH=$SCRATCH/bin:$PATH

# landlock: does the kernel have it? (landlock_create_ruleset, asked for its version)
landlock() {
    python3 -c 'import ctypes, sys; sys.exit(ctypes.CDLL(None).syscall(444, 0, 0, 1) < 1)'
}

# graded LINE: grades a free_list.c of that one line.
graded() {
    rm -rf "$SCRATCH/work"
    mkdir "$SCRATCH/work"
    printf '%s\n' "$1" >"$SCRATCH/work/free_list.c"
    "$HEAPLAB" grade --lab 06 --no-coverage --from "$SCRATCH/work" --json "$SCRATCH/result.json" >"$SCRATCH/output" 2>&1
}

# finds_nothing LINE
finds_nothing() {
    graded "$1" || { cat "$SCRATCH/output"; return 1; }
    same "$(jq '[.score, .labs[0].build.ok]' -c "$SCRATCH/result.json")" '[0,false]'
}

all_tests_pass() {
    status 0 "$HEAPLAB" grade --lab 05 --no-coverage --from "$ROOT/build/reference/05-header-allocator" \
        --json "$SCRATCH/result.json" || return 1
    same "$(jq -c '[.labs[0].tests[] | select(.status != "passed") | .name]' "$SCRATCH/result.json")" '[]'
}

if ! landlock; then
    # shellcheck disable=SC2317 # called by check
    refuses() {
        graded 'int x;' && return 1
        contains "$(cat "$SCRATCH/output")" "neither namespaces nor Landlock"
    }
    check "without Landlock either, somebody else's code is refused with what to do" refuses
    exit 0
fi
check "the reference can't be included" finds_nothing "#include \"$ROOT/build/reference/$LAB/free_list.c\""
check "nor the solution" finds_nothing "#define SOLUTION
#include \"$ROOT/solutions/$LAB/free_list.c\""
check "nor its object be taken in" finds_nothing "__asm__(\".incbin \\\"$ROOT/build/subject/$LAB.base.o\\\"\");"
check "nor text by the assembler" finds_nothing "__asm__(\".include \\\"$ROOT/grader/labs/$LAB/rubric.ini\\\"\");"
is_not_known() {
    finds_nothing "#if !__has_include(\"$ROOT/build/reference/$LAB/free_list.c\")
#error it is not there
#endif" && contains "$(jq -r '.labs[0].build.problem' "$SCRATCH/result.json")" "it is not there"
}
check "it is not even known to be there" is_not_known
check "honest code passes all tests" all_tests_pass
