#!/bin/sh
# SPDX-License-Identifier: MIT
# no_namespaces.sh - grading where nobody can make namespaces, as in many containers: the references have all points, the
# stubs none, other people's code still cannot read the kit, and the attacks that this mode promises to hold are held. A
# plain user grades, under a filter that refuses namespaces (support/refuse.c).
# long
# shellcheck source-path=SCRIPTDIR source=../lib.sh
. "$(dirname "$0")/../lib.sh"

LAB=06-coalescing-free-list
USER_ID=54321
open_scratch
gcc -std=c11 -D_GNU_SOURCE -Wall -Wextra -Werror -o "$SCRATCH/refuse" "$ROOT/grader/tests/support/refuse.c" -lseccomp || exit 1

# plainly COMMAND...: runs COMMAND as a user who can't be root.
plainly() {
    if [ "$(id -u)" -eq 0 ]; then
        setpriv --reuid $USER_ID --regid $USER_ID --clear-groups env HOME="$SCRATCH/tmp" "$@"
    else
        "$@"
    fi
}

# refused COMMAND...: the same without namespaces.
refused() {
    plainly "$SCRATCH/refuse" container "$@"
}

# landlock: does the kernel have it? (landlock_create_ruleset, asked for its version)
landlock() {
    python3 -c 'import ctypes, sys; sys.exit(ctypes.CDLL(None).syscall(444, 0, 0, 1) < 1)'
}

# graded LINE: grades a free_list.c of that one line.
graded() {
    rm -rf "$SCRATCH/work"
    mkdir "$SCRATCH/work"
    printf '%s\n' "$1" >"$SCRATCH/work/free_list.c"
    refused "$HEAPLAB" grade --lab 06 --no-coverage --from "$SCRATCH/work" --json - --format json >"$SCRATCH/result.json" 2>"$SCRATCH/output"
}

# finds_nothing LINE
finds_nothing() {
    graded "$1" || { cat "$SCRATCH/output"; return 1; }
    same "$(jq '[.score, .labs[0].build.ok]' -c "$SCRATCH/result.json")" '[0,false]'
}

# scores EXPECTED FOLDER: all labs, graded from there.
scores() {
    refused "$HEAPLAB" grade --no-coverage --no-sandbox --from "$2" --json - --format json >"$SCRATCH/result.json" || return 1
    same "$(jq -c '[.labs[] | [.lab[0:2], .score] | join(" ")] | join(", ")' -r "$SCRATCH/result.json")" "$1"
}

# holds ATTACK
holds() {
    refused sh "$ROOT/grader/tests/attacks/attacks.sh" --one "$ROOT/grader/tests/attacks/$1.c" >"$SCRATCH/attack" 2>&1
    grep '^ok ' "$SCRATCH/attack" || { cat "$SCRATCH/attack"; return 1; }
}

plainly test -r "$HEAPLAB" || {
    echo "# only root can read this kit, so nothing is tried as another user"
    exit 0
}
# each POINTS: so many for each lab, as scores() expects them.
each() {
    (cd "$ROOT/grader/labs" && ls -d [0-9]*-*) | sed "s/-.*/ $1/" | paste -s -d , | sed 's/,/, /g'
}
check "all references have all points" scores "$(each 100)" solutions
check "all stubs have none" scores "$(each 0)" "$ROOT/build/stubs"
for attack in fork_bomb_in_lab_04 child_that_stays kill_parent open_file exit_call; do
    check "$attack is held" holds $attack
done

# once COMMAND...: says once which sandbox it is and what would change it, and goes on.
once() {
    "$@" >"$SCRATCH/output" 2>&1 || return 1
    same "$(grep -c 'lesser sandbox' "$SCRATCH/output")" 1
}
check "the lesser sandbox is said, once" once refused "$HEAPLAB" grade --lab 01 --no-coverage --from solutions
check "with its cause: a container" contains "$(cat "$SCRATCH/output")" "this container's filter refuses namespaces"
check "or Ubuntu's rule" once plainly "$SCRATCH/refuse" ubuntu "$HEAPLAB" grade --lab 01 --no-coverage --from solutions
check "nothing is said where namespaces are to be had" lacks \
    "$("$HEAPLAB" grade --lab 01 --no-coverage --from solutions 2>&1)" "lesser sandbox"

if ! landlock; then
    # shellcheck disable=SC2317 # called by check
    refuses() {
        graded 'int x;' && return 1
        contains "$(cat "$SCRATCH/output")" "neither namespaces nor Landlock"
    }
    check "without Landlock either, other people's code is refused, with what to do" refuses
    exit 0
fi
check "the reference can't be included" finds_nothing "#include \"$ROOT/build/reference/$LAB/free_list.c\""
check "nor the solution" finds_nothing "#define SOLUTION
#include \"$ROOT/solutions/$LAB/free_list.c\""
check "nor its object be taken in" finds_nothing "__asm__(\".incbin \\\"$ROOT/build/subject/$LAB.base.o\\\"\");"
check "nor text by the assembler" finds_nothing "__asm__(\".include \\\"$ROOT/grader/labs/$LAB/rubric.ini\\\"\");"
check "nor be asked for: Landlock shows that a file exists, but the compiler stops there" finds_nothing \
    "#if __has_include(\"$ROOT/build/reference/$LAB/free_list.c\")
#endif"
