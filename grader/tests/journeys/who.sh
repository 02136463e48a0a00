#!/bin/sh
# SPDX-License-Identifier: MIT
# who.sh - which line wrote this word: in a failed test's story, in make who, and in gdb.
# shellcheck source-path=SCRIPTDIR source=../lib.sh disable=SC2016
. "$(dirname "$0")/../lib.sh"

here=$ROOT/grader/tests
reference=$ROOT/build/reference/06-coalescing-free-list

# mistake NAME OLD NEW: a submission of lab 06 in $SCRATCH/NAME, in which NEW stands in place of the first OLD, a line of
# the reference; sets $line to its number.
mistake() {
    mkdir -p "$SCRATCH/$1"
    cp "$reference"/*.c "$SCRATCH/$1"
    line=$(grep -nF "$2" "$reference/free_list.c" | head -n 1 | sed 's/:.*//')
    sed -i "${line}s|.*|$3|" "$SCRATCH/$1/free_list.c"
}

# --- stories

# story NAME TEST SENTENCE...: the story of TEST of that submission holds every SENTENCE.
story() {
    "$HEAPLAB" grade --lab 06 --no-coverage --from "$SCRATCH/$1" --json "$SCRATCH/$1.json" >"$SCRATCH/said" 2>&1
    said=$(jq -r --arg name "$2" '.labs[0].tests[] | select(.name == $name) | .written, .story[]' "$SCRATCH/$1.json")
    shift 2
    for sentence; do
        contains "$said" "$sentence" || return 1
    done
}

mistake links 'mm_links(links->prev)->next = links->next;' '        mm_links(links->prev)->next = links->prev;'
check "a story about a wrong word says which line wrote it, and in which call; so does the line of each call" \
    story links remove_takes_off_list "heap + 304: in mm_remove, free_list.c:$line, in call 1, mm_remove(A)" \
    "mm_remove(A); /* wrote to E: free_list.c:$line */"
mistake forgotten 'mm_links(links->next)->prev = links->prev;' '        (void)links;'
check "a word that no call wrote" story forgotten remove_takes_off_list "heap + 424: by none of your functions so far"

# --- make who

# A kit whose lab 06 has the submission of that mistake.
kit=$SCRATCH/kit
share_kit "$kit"
cp "$SCRATCH/links/free_list.c" "$kit/labs/06-coalescing-free-list/"
lab=$kit/labs/06-coalescing-free-list
line=$(grep -nF 'mm_links(links->prev)->next' "$lab/free_list.c" | sed 's/:.*//')

# in_lab TARGET [NAME=VALUE]...: runs make there; the kit counts as built.
in_lab() {
    (unset MAKEFLAGS MFLAGS MAKELEVEL && cd "$lab" && exec timeout 120 make -s -o kit "$@") >"$SCRATCH/said" 2>&1
}

# says SENTENCE...: the output holds all of these
says() {
    for sentence; do
        contains "$(cat "$SCRATCH/said")" "$sentence" || return 1
    done
    lacks "$(cat "$SCRATCH/said")" Traceback && lacks "$(cat "$SCRATCH/said")" "Python Exception"
}

asked() {
    in_lab who TEST=remove_takes_off_list AT="$1" || return 1
    shift
    says "$@"
}
check "make who tells the line, the call, and what stood there before" asked heap+304 \
    "Written last in mm_remove, free_list.c:$line, in call 1, mm_remove(A): heap + 288 (E)." \
    "mm_links(links->prev)->next = links->prev;" "before the first call: heap + 32 (A); no line of yours" \
    "The test fails in call 1, mm_remove(A)"
check "a name of the story is a place, too" asked E+16 "the 8 bytes at heap + 304" "free_list.c:$line, in call 1"
check "so is a word that nobody wrote" asked heap+60000 "Nothing was written there during this test."
refuses() {
    ! in_lab who TEST=remove_takes_off_list AT="$1" && says "$2"
}
check "what is no place is refused" refuses 'here or there' "is no place: write heap+144"
check "so is a name that the story does not have" refuses nobody "has no 'nobody'"
check "and no place at all" refuses '' "Name a test and a place"
unwatched() {
    "$HEAPLAB" who --lab 08 --test blocks_are_sound --at heap+40 --from "$ROOT/build/reference" >"$SCRATCH/said" 2>&1 || :
    says "Written last in " ", mm.c:"
}
check "lab 08, which is graded unwatched, is watched for this" unwatched

# --- gdb

debugged() {
    printf '%b\n' "$1" >"$SCRATCH/commands"
    shift
    in_lab gdb TEST=remove_takes_off_list <"$SCRATCH/commands" || :
    says "$@"
}
check "in gdb, who tells the same, up to the store made last" debugged 'continue\nwho heap+304\nwho E+16\nwho 0' \
    "written last in mm_remove, free_list.c:$line, in call 1, mm_remove: heap + 288 (E)" "lies outside the heap"
check "before that, there is none; expressions are places; gdb steps over what watches" \
    debugged "tbreak $line\\ncontinue\\nwho links->next\\nnext\\nwho heap+304\\nstep" \
    "no line of yours has written there" "free_list.c:$line, in call 1, mm_remove"

# --- against a run that is stepped instruction by instruction

stepped() {
    python3 "$here/support/who/check.py" "$HEAPLAB" 06 "$reference" "$1" \
        "$kit/build/mine/06-coalescing-free-list/direct" "$kit/build/mine/06-coalescing-free-list/all.o" "$2" 1
}
cp "$reference"/*.c "$lab"
check "the program to step through is built" in_lab program
check "who is right on 12 random words" stepped freed_neighbours_merge 12
check "and where the test itself writes after the last call" stepped remove_takes_off_list 5
