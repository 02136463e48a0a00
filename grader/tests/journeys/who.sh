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
check "a word that no call wrote" story forgotten remove_takes_off_list "heap + 424: by no call so far"
