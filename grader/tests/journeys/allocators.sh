#!/bin/sh
# SPDX-License-Identifier: MIT
# allocators.sh - heaplab replay takes allocators as they are: one small allocator for each way of writing, in
# tests/support/allocators, and the verdict that it must get.
# long
. "$(dirname "$0")/../lib.sh"

folder=$ROOT/grader/tests/support/allocators
trace=$SCRATCH/small.rep
printf '0\n4\n9\n1\na 0 24\na 1 100\nr 0 40\na 2 1300\nf 1\na 3 9\nr 2 700\nf 0\nf 3\n' >"$trace"

# FILE: a part of what is printed; without one, the trace must be valid. A * stands before those that are also built for
# 32 bits, a + before those that clang builds, too.
table='
*+classic.c
*typeof.c
*+inline_plain.c
inline_extern.c
inline_always.c
*+array_of_const.c
array_of_sum.c
*case_of_const.c
initial_const.c
*+popcount.c
*division.c
*floats.c
overflow.c
exits.c
*+exit_happens.c: mm_malloc(1300) ended the whole program instead of returning at line 8 (a 2 1300), which is operation 4 of 9 found the program ended with exit status 3
abort_happens.c: mm_free(p1) crashed: it called abort
*+sorts.c
*prints.c
strings.c
*+random.c
*mathematics.c
assembly.c
nested.c
packed.c
old_style.c
check_void.c
check_bool.c
*+resets.c
old_names.c
*segment_names.c
*+segment_pages.c
own_declarations.c
*handed_headers.c
own_team.c
threads.c
opens.c
open_happens.c: it called fopen, which an allocator under test cannot use
uses_malloc.c: your code calls malloc: this lab'\''s code is not to use the C library'\''s heap here (uses_malloc.c:20)
*dups.c: your code calls strdup: it takes its memory from the C library'\''s heap (dups.c:15)
misspelt.c: your code calls frobnicate: it is not among the functions that this lab'\''s code may call (misspelt.c:20)
*+driver_2013.c
*+driver_2020.c
no_guard.c
*+kernel.c
*textbook.c
*+hobby.c
*maps.c
*mixed.c
*+bump.c
*arena.c
*handle.c
filled_in.c
*+several
own_header
'

# replayed FILE EXPECTED OPTION...: the verdict is the expected one.
replayed() {
    file=$1
    expected=${2:-yes}
    shift 2
    contains "$("$HEAPLAB" replay --lab 08 --no-cost --trace "$trace" "$@" "$folder/$file" 2>&1)" "$expected"
}

# all_of MARK NAME OPTION...: the table's entries with this MARK are replayed with these options.
all_of() {
    mark=$1
    what=$2
    shift 2
    echo "$table" | grep "^[*+]*$mark" | while IFS= read -r line; do
        entry=$(echo "$line" | sed 's/^[*+]*//')
        file=${entry%%: *}
        expected=
        [ "$file" = "$entry" ] || expected=${entry#*: }
        check "$file $what" replayed "$file" "$expected" "$@"
    done
}

all_of '[a-z]' "gets its verdict"
command -v clang >/dev/null && all_of '+' "gets it from clang, too" --cc clang
# Some machines run no 32-bit programs, whatever is installed. The probe ends with a status of its own.
bits32=
if [ -e "$ROOT/build/subject32/ready" ]; then
    "$ROOT/build/subject32/probe" >/dev/null 2>&1
    [ $? -eq 126 ] || bits32=yes
fi
if [ "$bits32" ]; then
    all_of '[*]' "gets it on 32 bits, too" --bits 32
    command -v clang >/dev/null && all_of '[*][+]' "gets it from clang on 32 bits, too" --bits 32 --cc clang
else
    echo "# 32 bits are skipped: make bits32"
fi

# --- which file it is, and which of the others belong to it

mkdir "$SCRATCH/two" "$SCRATCH/none" "$SCRATCH/beside"
cp "$folder/classic.c" "$folder/typeof.c" "$SCRATCH/two"
replay_of() {
    "$HEAPLAB" replay --lab 08 --no-cost --trace "$trace" "$@" 2>&1
}
check "of two allocators in a folder, one has to be named" \
    contains "$(replay_of "$SCRATCH/two")" "both classic.c and typeof.c define an allocator: name one of them"
check "and can be" contains "$(replay_of "$SCRATCH/two/typeof.c")" "yes"
check "a folder without one is reported" contains "$(replay_of "$SCRATCH/none")" "there is no C file in"
cp "$folder/several/list.h" "$folder/several/list.c" "$folder/several/sizes.c" "$SCRATCH/beside"
mkdir "$SCRATCH/beside/include"
cp "$folder/several/include/alloc.h" "$SCRATCH/beside/include"
cp "$folder/several/alloc.c" "$SCRATCH/beside/alloc_of_ada.c"
sed 's/nodes/others/g' "$folder/several/alloc.c" >"$SCRATCH/beside/alloc_of_bob.c"
check "a file that is named finds what it needs beside it" contains "$(replay_of "$SCRATCH/beside/alloc_of_ada.c")" "yes"

# --- traces and messages

printf '4\n2\n2\n1\na 0 16\na 1 \n' >"$SCRATCH/no_size.rep"
printf '# a comment\r\na 0 16\r\na 1 24\r\nf 0' >"$SCRATCH/a.script"
printf '0\n1\n2\n1\na 0 8\nf 3\n' >"$SCRATCH/bad.rep"
check "a missing size is that of the operation before" \
    contains "$(replay_of --trace "$SCRATCH/no_size.rep" "$folder/classic.c")" "no_size.rep 2 yes"
check "a script without a header is a trace" \
    contains "$(replay_of --trace "$SCRATCH/a.script" "$folder/bump.c")" "a.script 3 yes"
bad=$(replay_of --trace "$SCRATCH/bad.rep" "$folder/classic.c")
check "a bad trace is reported" contains "$bad" "bad.rep, line 6: id 3 is not below the number of ids, 1"
check "and the others are replayed" contains "$bad" "small.rep 9 yes"
printf '0\n2\n2\n1\na 0 800000\na 1 800000\n' >"$SCRATCH/large.rep"
check "a heap may be as small as a course's" \
    contains "$(replay_of --heap 1M --trace "$SCRATCH/large.rep" "$folder/classic.c")" \
    "ran out of memory: mm_malloc(800000) should give a block, and the heap has 800016 of the 1048576 bytes that it may have at line 6 (a 1 800000), which is operation 2 of 2"
check "within it all is as usual" contains "$(replay_of --heap 2M --trace "$SCRATCH/large.rep" "$folder/classic.c")" "large.rep 2 yes"
check "a heap of no size is refused" contains "$(replay_of --heap 20X "$folder/classic.c")" "--heap 20X is no size"
check "one that is too large is refused" contains "$(replay_of --heap 2G "$folder/classic.c")" "is no size"
check "so is one of 100M" contains "$(replay_of --heap 100M "$folder/classic.c")" "more than 60M"

mkdir "$SCRATCH/overlaps"
sed 's/return header + .*/static int calls; return (char *)header + 16 - 32 * (calls++ == 1);/' "$folder/classic.c" >"$SCRATCH/overlaps/mm.c"
overlap=$(replay_of "$SCRATCH/overlaps/mm.c")
check "blocks that overlap are named, both of them, with their lines" contains "$overlap" \
    "found 100 bytes at byte 32 of the heap; there is p0, the block of 24 bytes at byte 16 of the heap, in use since operation 1 (line 5)"
check "with the line of the trace, and the calls" contains "$overlap" "small.rep 9 NO the block that mm_malloc(100) returned shares bytes with another that is in use at line 6 (a 1 100), which is operation 2 of 9"
story=$(replay_of --story "$SCRATCH/overlaps/mm.c")
check "the story tells the calls" contains "$story" "p0 = mm_malloc(24); p1 = mm_malloc(100);"
check "and shows the heap" contains "$story" "p1 overlaps 100"
# A link that was never written: at 32 bits junk is an address.
if [ "$bits32" ]; then
    sed 's/^    (void)ptr;/    size_t *end = (size_t *)mem_sbrk(16); *(volatile int *)*end = 1;\n&/' "$folder/classic.c" >"$SCRATCH/junk.c"
    check "junk is named as such on 32 bits" contains "$(replay_of --bits 32 "$SCRATCH/junk.c")" \
        "mm_free(p1) crashed: it used a pointer that is junk: new memory holds such bytes before anything is written to it"
fi

# --- a grade of lab 08 takes the same C

mkdir "$SCRATCH/graded" "$SCRATCH/refused"
{
    cat "$ROOT/build/stubs/08-allocator-contest/mm.c"
    printf '#include <math.h>\n#include <stdlib.h>\n#include <strings.h>\n'
    printf 'static const int CLASSES = 4;\nstatic void *lists[CLASSES];\n'
    printf 'inline int twice(int n) { return 2 * n; }\nint (*volatile same)(int) = twice;\n'
    printf 'void panic(long long n)\n{\n    typeof(n) m = ({ n + 1; });\n    lists[0] = &m;\n'
    printf '    if (__builtin_popcountll((unsigned long long)m) + ffs(rand()) + log2(3.0) > 9)\n        exit(1);\n}\n'
} >"$SCRATCH/graded/mm.c"
{ cat "$SCRATCH/graded/mm.c" && printf 'void *secret(void)\n{\n    return malloc(1);\n}\n'; } >"$SCRATCH/refused/mm.c"
# built FOLDER: how the build of a grade of what lies there ended.
built() {
    "$HEAPLAB" grade --lab 08 --from "$SCRATCH/$1" --first-failure --json - 2>&1 | jq -r '.labs[0].build | "\(.ok) \(.problem)"'
}
check "a grade takes GNU C, folded constants, inline, helpers of libgcc, exit" contains "$(built graded)" "true null"
lines=$(wc -l <"$SCRATCH/refused/mm.c")
check "and refuses malloc, with its line" same "$(built refused)" \
    "false your code calls malloc: this lab's code is not to use the C library's heap here (mm.c:$((lines - 1)))"
