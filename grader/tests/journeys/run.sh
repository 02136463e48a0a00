#!/bin/sh
# SPDX-License-Identifier: MIT
# run.sh - heaplab run: real programs print the same with and without a student's allocator. A bug in the allocator is
# reported with its place, never as a hang or only a crash.
# shellcheck source-path=SCRIPTDIR source=../lib.sh disable=SC2016
# (the programs contain $)
. "$(dirname "$0")/../lib.sh"

cd "$SCRATCH" || exit 1
printf '#include <stdio.h>\nint main(void)\n{\n    puts("hello");\n}\n' >hello.c

# inner LAB FROM COMMAND...: runs COMMAND on the allocator in FROM. The output of heaplab run goes to $SCRATCH/said.
inner() {
    lab=$1
    from=$2
    shift 2
    timeout 60 "$HEAPLAB" run --lab "$lab" --from "$from" -- "$@" 2>"$SCRATCH/said"
}

# unchanged LAB FROM PROGRAM COMMAND...: output and status are the same as without it, and the report names PROGRAM.
unchanged() {
    lab=$1
    from=$2
    program=$3
    shift 3
    wanted=$("$@" 2>/dev/null)
    found=$(inner "$lab" "$from" "$@") || { cat said && return 1; }
    same "$found" "$wanted" && contains "$(cat said)" "your malloc just ran $program" && contains "$(cat said)" "utilization"
}

# six_programs LAB FROM NAME
six_programs() {
    check "$3 runs Python" unchanged "$1" "$2" Python \
        python3 -c 'import json; d = {str(i): [i] * 3 for i in range(3000)}; print(len(json.dumps(d)))'
    check "$3 runs SQLite" unchanged "$1" "$2" SQLite sqlite3 :memory: \
        'create table t(a); with recursive c(x) as (select 1 union all select x + 1 from c where x < 1000) insert into t select x from c; select sum(a), count(*) from t where a % 7 = 0;'
    check "$3 runs Git" unchanged "$1" "$2" Git git -C "$SCRATCH/repository" log --stat
    check "$3 runs GCC" unchanged "$1" "$2" GCC gcc -O1 -S -o - hello.c
    check "$3 runs Perl" unchanged "$1" "$2" Perl perl -e 'my %h; $h{$_} = $_ x 5 for 1 .. 1000; print scalar(keys %h), "\n"'
    check "$3 runs Bash" unchanged "$1" "$2" Bash bash -c 'for ((i = 0; i < 300; i++)); do a[i]=$i; done; echo ${#a[@]} | cat; (echo child)'
}

git init -q repository
git -C repository -c user.name=a -c user.email=a@b commit -q --allow-empty -m first
cp hello.c repository
git -C repository add hello.c
git -C repository -c user.name=a -c user.email=a@b commit -q -m second

check "the reference of lab 07 runs Python" unchanged 07 solutions Python python3 -c 'print(sum(range(1000)))'
six_programs 08 solutions "the reference of lab 08"
for wheat in segregated address_order tlsf; do
    for source in "$ROOT"/grader/labs/08-*/wheats/*"$wheat"*/mm.c; do
        [ ! -e "$source" ] || six_programs 08 "$source" "the wheat $wheat"
    done
done

# The interface of other courses: mm_init returns 0, our mm.h is not there, and helpers have any names.
cat >mm.c <<'CODE'
#include "memlib.h"
#include <string.h>

char *strcpy(char *to, const char *from) { (void)from; return to; }
int lock, page, counts;
int mm_init(void) { return 0; }
void *mm_malloc(size_t size)
{
    size_t *block = mem_sbrk((size + 31) / 16 * 16);
    if (block == (void *)-1)
        return NULL;
    block[1] = size;
    return block + 2;
}
void mm_free(void *payload) { (void)payload; }
void *mm_realloc(void *payload, size_t size)
{
    size_t *block = payload;
    void *moved = mm_malloc(size);
    if (moved)
        memcpy(moved, payload, block[-1] < size ? block[-1] : size);
    return moved;
}
CODE
check "an mm.c for another course runs Perl" unchanged 08 mm.c Perl perl -e 'print join(",", map { "x" x $_ } 1 .. 100), "\n"'

# --- what a program needs besides malloc

cat >needs.c <<'CODE'
#include <malloc.h>
#include <pthread.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static void *work(void *seed)
{
    for (int i = 0; i < 2000; i++) {
        size_t size = 1 + (size_t)(i * 37 + (int)(intptr_t)seed) % 500;
        char *block = malloc(size);
        memset(block, (int)size, size);
        block = realloc(block, size * 2);
        if (block[size - 1] != (char)size)
            abort();
        free(block);
    }
    return NULL;
}

int main(void)
{
    void *aligned = NULL;
    int refused = posix_memalign(&aligned, 3, 8);
    int granted = posix_memalign(&aligned, 4096, 100);
    printf("%d %d %d\n", refused != 0, granted, (int)((uintptr_t)aligned % 4096));
    aligned = realloc(aligned, 5000);
    printf("%d %d\n", malloc_usable_size(aligned) >= 5000, (int)((uintptr_t)aligned_alloc(64, 64) % 64));
    free(aligned);
    void *nothing = malloc(0);
    printf("%d %d\n", nothing != NULL, realloc(nothing, 0) == NULL);
    printf("%d %d\n", calloc(SIZE_MAX / 2, 3) == NULL, reallocarray(NULL, SIZE_MAX / 2, 3) == NULL);
    pthread_t threads[4];
    for (int i = 0; i < 4; i++)
        pthread_create(&threads[i], NULL, work, (void *)(intptr_t)i);
    for (int i = 0; i < 20; i++) { /* a child of a busy process has a heap that works */
        pid_t child = fork();
        if (child == 0)
            _exit(work(NULL) != NULL);
        int status;
        waitpid(child, &status, 0);
        if (status != 0)
            puts("a child failed");
    }
    for (int i = 0; i < 4; i++)
        pthread_join(threads[i], NULL);
    puts("done");
}
CODE
gcc -w -D_GNU_SOURCE -O1 needs.c -o needs -lpthread
check "alignment, sizes of 0, products, threads and forks" unchanged 07 solutions needs ./needs
check "aligned blocks are counted" contains "$(cat said)" "aligned)"

# --- bugs. Each is one more line in lab 05's mm_malloc, which runs after 50 calls.

buggy() {
    mkdir -p "$1"
    sed "/block->state = MM_USED;/a\\    static int n; if (++n > 50) { $2 }" \
        "$ROOT/build/reference/05-header-allocator/header_alloc.c" >"$1/header_alloc.c"
    line=$(($(grep -n 'block->state = MM_USED;' "$1/header_alloc.c" | sed 's/:.*//') + 1))
}

# told NAME BUG SENTENCE...: the program ends, heaplab exits with 1, and the report contains every SENTENCE.
told() {
    bug=$1
    buggy "$1" "$2"
    shift 2
    got=0
    inner 05 "$bug" bash -c 'for ((i = 0; i < 100; i++)); do a[i]=$i; done; echo never' >said.out || got=$?
    same "$got" 1 && lacks "$(cat said.out)" never || return 1
    for sentence; do
        contains "$(cat said)" "$sentence" || return 1
    done
}
place() {
    echo "in mm_malloc, header_alloc.c:$line"
}

buggy any ""
check "a crash is reported with its place" told crash '*(volatile int *)8 = 1;' \
    "your malloc could not run Bash: mm_malloc(" ") crashed" "at address 0x8" "$(place)" "number 51 of mm_malloc in bash"
check "so is one in a function of the C library" told library 'extern void *memset(void *, int, size_t); memset((void *)16, n, 1000 + size);' \
    "crashed" "$(place)"
check "and a stack that runs out" told deep 'volatile char room[65536]; room[0] = 1; return room[0] ? mm_malloc(size) : 0;' \
    "The stack overflowed" "header_alloc.c"
check "and a division by zero" told zero 'volatile int none = 0; n /= none;' "It divided an integer by zero" "$(place)"
check "and a loop without end" told loop 'for (volatile int i = 0;; i++) ;' "did not end" "$(place)"
check "a block that is not aligned is reported" told misaligned 'return (char *)mm_payload(block) + 8;' \
    "returned an impossible block" "does not start at a multiple of 16"
check "a block outside the heap is reported" told outside 'return (char *)mem_heap_hi() + 1;' "The block does not start in the heap"
check "a block past the end of the heap is reported" told past 'return (char *)mem_heap_hi() - 15;' "reaches past the end of the heap"
check "blocks that overlap are reported" told overlap 'static void *last; if (last) return last; last = mm_payload(block);' \
    "overlaps one that is in use"
check "a false report is caught" told report 'mm_report(MM_DOUBLE_FREE, mm_payload(block));' "reported a mistake where there was none"
check "NULL is counted" told null 'return NULL;' "Bash gave up on your malloc" "returned NULL" "ended with status"
check "a program that crashes because of malloc is reported" told wild \
    'for (struct header *b = mm_first(); b; b = mm_next(b)) for (size_t i = 1; i < b->size / 16; i++) b[i].size = 8;' "outside its functions"

in_child() {
    buggy child 'static int first; extern int getpid(void); if (first == 0) first = getpid(); if (first != getpid()) *(volatile int *)8 = 1;'
    inner 05 child bash -c '(for i in 1 2 3 4; do a[i]=$i; done); echo on' >said.out
    same "$?" 1 && same "$(cat said.out)" on && contains "$(cat said)" "a process that it started" && contains "$(cat said)" "$(place)"
}
check "a crash in a child process is reported once" in_child

# Lab 07: the duties of realloc and calloc.
changed() {
    mkdir -p "$1"
    sed "$2" "$ROOT/build/reference/07-calloc-realloc/realloc.c" >"$1/realloc.c"
    inner 07 "$1" perl -e 'my @a; push @a, $_ x 9 for 1 .. 5000; print "never\n"' >said.out
    same "$?" 1 && contains "$(cat said)" "$3"
}
check "bytes that realloc loses are reported" changed lost 's/memcpy(moved, payload, .*/memset(moved, 1, size);/' "lost bytes"
check "memory from calloc that is not zero is reported" changed dirty 's/memset(payload, 0, bytes)/memset(payload, 1, bytes)/' "not zero"

# --- what can't be run

check "make run without a program shows how" status 2 make -s -C "$ROOT/labs/05-header-allocator" run
check "so it does" contains "$(cat "$SCRATCH/output")" "Name a program: make run PROGRAM="
check "in lab 03, make run runs a patient" status 2 make -s -C "$ROOT/labs/03-memory-errors" run
check "so it does" contains "$(cat "$SCRATCH/output")" "Name a patient"

refused() {
    sentence=$1
    shift
    status 1 "$HEAPLAB" run "$@" && contains "$(cat "$SCRATCH/output")" "$sentence"
}
check "a lab without an allocator" refused "lab 01 has no allocator" --lab 01 -- true
check "no program" refused "run needs a lab and a program" --lab 07
check "a missing program" refused "cannot run ./nowhere" --lab 07 --from solutions -- ./nowhere
check "code without an allocator" refused "does not define both mm_malloc and mm_free" --lab 05 --from hello.c -- true
printf 'broken\n' >header_alloc.c
check "code that does not compile" refused "header_alloc.c:1" --lab 05 --from header_alloc.c -- true
gcc -static hello.c -o static
check "a statically linked program runs" status 0 "$HEAPLAB" run --lab 07 --from solutions -- ./static
check "and is reported" contains "$(cat "$SCRATCH/output")" "Is it linked statically?"
