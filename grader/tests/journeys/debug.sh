#!/bin/sh
# SPDX-License-Identifier: MIT
# debug.sh - make gdb, valgrind, asan, test-mine: the tools stop at, report on, and show the student's code.
# shellcheck source-path=SCRIPTDIR source=../lib.sh disable=SC2016
. "$(dirname "$0")/../lib.sh"

unset MAKEFLAGS MFLAGS MAKELEVEL
unset LANG LC_CTYPE

# A kit whose labs contain the references.
kit=$SCRATCH/kit
share_kit "$kit"
for lab in "$ROOT"/build/reference/0[1-7]-*; do
    cp "$lab"/* "$kit/labs/${lab##*/}/"
done

# in_lab NUMBER TARGET [NAME=VALUE]...: runs make there; the kit counts as built. The output goes to $SCRATCH/said.
in_lab() {
    (cd "$kit"/labs/"$1"-* && shift && exec timeout 120 make -s -o kit "$@") >"$SCRATCH/said" 2>&1
}

# said SENTENCE...: the output contains all of these, and no Python error
said() {
    for sentence; do
        contains "$(cat "$SCRATCH/said")" "$sentence" || return 1
    done
    lacks "$(cat "$SCRATCH/said")" Traceback && lacks "$(cat "$SCRATCH/said")" "Python Exception"
}

# --- gdb

# in_gdb NUMBER TEST COMMANDS SENTENCE...: with these COMMANDS, gdb prints every SENTENCE.
in_gdb() {
    number=$1
    test=$2
    printf '%b\n' "$3" >"$SCRATCH/commands"
    shift 3
    in_lab "$number" gdb TEST="$test" <"$SCRATCH/commands" || :
    said "$@"
}

# stops NUMBER PLACE TEST: gdb stops at the first of the student's functions that the test calls
stops() {
    in_gdb "$1" "$3" '' "$2" "Stopped at the first of your functions that this test calls"
}
check "gdb stops in lab 01" stops 01 "counter_new (start=5) at storage.c:" counter_on_heap
check "gdb stops in lab 02" stops 02 'clone_prefix (text=' prefix_cut
check "gdb stops in lab 03" stops 03 "words_split (text=" tokenizer_splits_any_text
check "gdb stops in lab 04" stops 04 "silent_overrun (block=" overrun_none
# (in labs 05 and 06: below)
check "gdb stops in lab 07, not in lab 06's functions" stops 07 "mm_calloc (nmemb=40, size=1) at realloc.c:" calloc_overflow_is_refused

check "heap draws blocks and where pointers point; blocks lists them; both print a sentence when there is no heap" \
    in_gdb 05 freed_block_is_used_again \
    'heap\ntbreak mm_free\ncontinue\nheap\nblocks\nblocks payload\nblocks nowhere\nblocks 0x700000\ncontinue\nheap\nblocks' \
    "mm_malloc (size=64) at header_alloc.c:" "The heap is empty: mem_sbrk has not been called yet." "▐a 80██▐b 32█ ↑payload" "+0x000 0x60400000 used 80 a" \
    "No symbol \"nowhere\"" "0x700000 lies in no block of the heap" "The program is not running, so there is no heap."
check "in a lab without blocks, both print a sentence" in_gdb 01 counter_on_heap heap "heap and blocks are for labs 05 to 07"
check "blocks of lab 06 have footers and links" in_gdb 06 check_finds_bad_links 'blocks' \
    "mm_check () at free_list.c:" "list: first +0x1b0, rover NULL, count 4" "+0x060 0x60400060 free 96 96" "it is free, but not on the list" "where a used block is"
check "in the middle of a call, a block without a header is drawn" in_gdb 06 freed_neighbours_merge \
    'tbreak mm_grow\ncontinue\ntbreak mem_sbrk\ncontinue\nfinish\nheap\nblocks' "4096 bytes new and without a header" "fresh 4096"
check "a loose block is labelled as loose" in_gdb 06 freed_neighbours_merge 'tbreak mm_coalesce\ncontinue\nheap' "a loose block" "↑block"
check "a half-made list is reported" in_gdb 06 freed_neighbours_merge 'tbreak mem_sbrk\ncontinue\nfinish\nheap\nblocks' "list->count is"

# Each of these heaps is damaged by hand; the commands must still only print text.
check "overwritten headers are reported" in_gdb 05 next_walks_all_blocks \
    'tbreak mm_next\ncontinue\nset var $size = *(long *)0x60400000\nset var *(long *)0x60400000 = 7\nheap\nblocks\nset var *(long *)0x60400000 = 1600000\nblocks\nset var *(long *)0x60400000 = $size\nset var *(int *)0x60400008 = 0\nheap' \
    "its size is 7, which is not a multiple of 16" "damaged" "reaches past the end of the heap" "neither MM_USED nor MM_FREE"
check "a list that is a circle" in_gdb 06 check_finds_bad_links \
    'set var ((struct links *)0x604001c0)->next = (struct header *)0x604001b0\nheap\nblocks' "the list goes in a circle"

# A terminal of 200 columns and one with ASCII only, both real.
on_terminal() {
    printf 'heap\nquit\n' >"$SCRATCH/commands"
    (cd "$kit"/labs/06-* && LC_ALL=$1 timeout 60 script -qec "stty cols $2; make -s -o kit gdb TEST=check_accepts_plain_heaps" \
        /dev/null <"$SCRATCH/commands") >"$SCRATCH/said" 2>&1
}
wide() {
    on_terminal C.UTF-8 200 || :
    said "▐" "≡list"
}
check "on a terminal" wide
narrow() {
    on_terminal C 60 || :
    said "|" "=list" "| header # in use . free" && same "$(LC_ALL=C grep -c '[^ -~[:cntrl:]]' "$SCRATCH/said")" 0
}
check "on a terminal without UTF-8" narrow

cp "$ROOT"/labs/05-*/header_alloc.c "$SCRATCH/stub.c"
reference=$(cat "$kit"/labs/05-*/header_alloc.c)
cp "$SCRATCH/stub.c" "$kit"/labs/05-header-allocator/header_alloc.c
check "gdb stops where the test fails, with the reason" in_gdb 05 first_block_lies_in_heap 'continue\nheap' \
    "The test fails here: mm_malloc(64) should return a block" "The heap is empty"
printf '%s\n' "$reference" >"$kit"/labs/05-header-allocator/header_alloc.c

# --- valgrind and the address sanitizer

# quiet NUMBER TOOL TEST: the tool reports nothing in a test that passes.
quiet() {
    in_lab "$1" "$2" TEST="$3" && said "$3: passed" "found nothing wrong" && lacks "$(cat "$SCRATCH/said")" "=="
}
check "valgrind is quiet in lab 01" quiet 01 valgrind counter_on_heap
check "in lab 02" quiet 02 valgrind prefix_cut
check "in lab 03" quiet 03 valgrind tokenizer_splits_any_text
check "in lab 04" quiet 04 valgrind overrun_none
check "in lab 05" quiet 05 valgrind double_free_is_reported
check "in lab 06" quiet 06 valgrind freed_neighbours_merge
check "in lab 07" quiet 07 valgrind calloc_overflow_is_refused
check "asan is quiet in lab 02" quiet 02 asan prefix_cut
check "in lab 06" quiet 06 asan freed_neighbours_merge

# mistake NUMBER FILE LINE-PATTERN STATEMENT: puts STATEMENT after that line and sets $line to the number of STATEMENT's
# line.
mistake() {
    source=$(echo "$kit"/labs/"$1"-*/"$2")
    cp "$source" "$SCRATCH/kept.c"
    sed -i "0,/$3/s##&\n$4#" "$source"
    line=$(($(grep -n "$3" "$SCRATCH/kept.c" | head -n 1 | sed 's/:.*//') + 1))
}
# tells NUMBER TOOL TEST SENTENCE...: the tool prints every SENTENCE, and names no file of the kit before the student's
tells() {
    number=$1
    tool=$2
    test=$3
    shift 3
    in_lab "$number" "$tool" TEST="$test" || :
    said "$@"
}
mistake 05 header_alloc.c 'struct header \*block = first_fit(size);' 'if (block) block->size += *((volatile char *)mem_heap_hi() + 1) == 1;'
check "valgrind reports a read past the end of the heap" tells 05 valgrind freed_block_is_used_again "Invalid read of size 1" "mm_malloc (header_alloc.c:$line)"
check "so does asan" tells 05 asan freed_block_is_used_again "AddressSanitizer: use-after-poison" "header_alloc.c:$line"
cp "$SCRATCH/kept.c" "$source"
mistake 01 storage.c 'struct counter \*counter = malloc(sizeof \*counter);' 'if (counter) ((volatile char *)counter)[sizeof *counter] = 1;'
check "valgrind reports a write past the end of a block" tells 01 valgrind counter_on_heap "Invalid write of size 1" "counter_new (storage.c:$line)"
check "so does asan" tells 01 asan counter_on_heap "AddressSanitizer" "storage.c:$line"
cp "$SCRATCH/kept.c" "$source"

# Lab 07's functions call those of lab 06 in the middle of their work.
inside() {
    in_lab 07 direct TEST=realloc_grows_into_neighbour && said "realloc_grows_into_neighbour: passed"
}
check "a function of the contract that another one calls is not a call that the test made" inside

# --- names of tests

unknown() {
    ! in_lab 05 "$1" TEST=doble_free && said "lab 05 has no test 'doble_free'. Did you mean double_free_is_reported?"
}
for tool in gdb valgrind asan direct hint; do
    check "make $tool with an unknown name suggests a similar one" unknown $tool
done
nameless() {
    ! in_lab 05 gdb && said "Name a test: make gdb TEST=name"
}
check "make gdb without a name says what to type" nameless
listed() {
    in_lab 05 tests && said "double_free_is_reported" "freeing a free block is reported and changes nothing"
}
check "make tests lists them" listed

# --- students' own tests

reached() {
    in_lab 05 test-mine && said "100%: Checks: " "100.0 % of the lines (66 of 66)" && lacks "$(cat "$SCRATCH/said")" "Never run"
}
check "the reference's own tests reach every line" reached
cp "$ROOT"/labs/05-*/my_tests.c "$kit"/labs/05-*/
starter() {
    in_lab 05 test-mine && said "Never run:" "header_alloc.c:149 mm_report(MM_WILD_POINTER, payload);" &&
        lacks "$(cat "$SCRATCH/said")" "100.0 %"
}
check "the tests handed out miss some lines, which are shown with their source" starter
# adds_test NUMBER EXPRESSION: adds a test that EXPRESSION is not NULL to the lab's my_tests.c.
adds_test() {
    sed -i -e "s/^void my_tests(.*/START_TEST(added)\n{\n    ck_assert_ptr_nonnull($2);\n}\nEND_TEST\n\n&/" \
        -e "0,/^    tcase_add_test(/s/^    tcase_add_test(\([a-z]*\), .*/&\n    tcase_add_test(\1, added);/" "$kit"/labs/"$1"-*/my_tests.c
}
calls_base() {
    adds_test 07 'mm_list()'
    in_lab 07 test-mine && said "100%: Checks: " || return 1
    status 0 "$HEAPLAB" grade --lab 07 --no-coverage --from "$(echo "$kit"/labs/07-*)" --json "$SCRATCH/result.json" &&
        same "$(jq -c '.labs[0].own_tests | [.problem, .message]' "$SCRATCH/result.json")" "[null,null]"
}
check "own tests of lab 07 may call all of lab 06, in test-mine and when graded" calls_base
leaves_out() {
    cp "$ROOT"/build/reference/08-*/* "$kit"/labs/08-*/
    sed -i '/^void \*mm_calloc/,$d' "$kit"/labs/08-*/mm.c
    adds_test 08 'mm_calloc(2, 3)'
    in_lab 08 test-mine && said "100%: Checks: "
}
check "test-mine links where mm_calloc is left out, as make does" leaves_out
none_asked() {
    ! in_lab 01 test-mine && said "This lab asks for no tests of your own."
}
check "a lab without own tests says so" none_asked
