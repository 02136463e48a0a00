// SPDX-License-Identifier: MIT
/*
 * limits.c - tests far from the ordinary case: large blocks, growth of every size, long lists, no memory, huge sizes.
 *
 * Sizes beyond 16, 24 and 32 bits find numbers that are kept in too narrow a type. Nobody writes to the large blocks,
 * so they cost next to nothing.
 */
#include "heaplab/test.h"

#include "free_list.h"
#include "memlib.h"

#include "layout.h"
#include "suites.h"
#include "support.h"
#include "walker.h"

#include <stdint.h>
#include <stdio.h>

/*** Growing ***/

/* mm_grow(SIZE), where the last block is a free one of LAST bytes, or used if LAST is 0. Returns its size afterwards.
 */
static size_t grow(size_t size, size_t last)
{
    size_t bytes = size > MM_CHUNK ? size : MM_CHUNK;
    size_t end = mem_heapsize(), calls = break_calls();
    char *place = heap_start() + end - last;
    struct header *grown = mm_grow(size);
    expect_size(mem_heapsize() - end, bytes, "mm_grow(%zu) should grow the heap by %zu bytes, no more and no less",
                size, bytes);
    expect_free(place, last + bytes, "the end of the heap should be one free block");
    expect_place(grown, place, "mm_grow should return the free block at the end of the heap");
    expect_size(break_calls() - calls, 1, "mm_grow should call mem_sbrk once");
    return last + bytes;
}

START_TEST(grow_is_exact)
{
    static const size_t sizes[] = {16, 4096, 4080, 4112, 5008, 12304, 65552, 1048592, 16777232};
    LAY_OUT(USED(64));
    size_t last = 0;
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++)
        last = grow(sizes[i], last);
}
END_TEST

/*** Large blocks ***/

enum { LARGE = 4 };

/* A chunk with nothing left over, and a little more. */
static const size_t chunks[] = {MM_CHUNK - HEADER - FOOTER, MM_CHUNK - HEADER, MM_CHUNK, 5000, 2 * MM_CHUNK + 8};

static const size_t large_sizes[LARGE] = {65536, 70001, 1048592, 16777217};

/* All four with a small block after each, so that they don't merge. The heap may hold free blocks of less than a chunk.
 */
static void allocate_large(char *payload[LARGE])
{
    for (size_t i = 0; i < LARGE; i++) {
        payload[i] = allocate(large_sizes[i]);
        expect_used(payload[i] - HEADER, block_bytes(large_sizes[i]), "a large block should be no larger than needed");
        allocate(24);
    }
}

static void expect_found(enum mm_policy policy, size_t size, char *payload)
{
    mm_set_policy(policy);
    struct header *found = mm_find(size);
    expect_place(found, payload - HEADER, "mm_find should find the one large block with enough room");
}

enum { HOLES = 1500 };

/* Free blocks of the least size, each followed by a used one. */
static void make_small_holes(void)
{
    static char *payload[2 * HOLES];
    tell("/* %d times mm_malloc(24), and mm_free of every second payload */", 2 * HOLES);
    walker_pause();
    story_quiet();
    for (size_t i = 0; i < 2 * HOLES; i++)
        payload[i] = mm_malloc(24);
    for (size_t i = 0; i < 2 * HOLES; i += 2)
        mm_free(payload[i]);
    story_aloud();
    walker_resume();
}

START_TEST(large_blocks_are_exact)
{
    char *payload[LARGE];
    make_heap();
    for (size_t i = 0; i < sizeof chunks / sizeof *chunks; i++) {
        size_t before = mem_heapsize(), bytes = block_bytes(chunks[i]);
        allocate(chunks[i]);
        expect_size(mem_heapsize() - before, bytes,
                    "no block is free: the heap should grow by the block, which is more "
                    "than a chunk or just as much");
    }
    allocate_large(payload);
    for (size_t i = 0; i < LARGE; i++) {
        struct header *block = (struct header *)(void *)(payload[i] - HEADER);
        struct header *next = (struct header *)(void *)(payload[i] - HEADER + block_bytes(large_sizes[i]));
        expect_place(mm_prev(next), block, "the footer of a large block should lead back to its header");
    }
    release(payload[2]);
    expect_free(payload[2] - HEADER, block_bytes(large_sizes[2]), "the block was freed: it should keep its size");
    for (enum mm_policy policy = MM_FIRST_FIT; policy <= MM_NEXT_FIT; policy++)
        expect_found(policy, 100000, payload[2]);
    enum mm_policy best = MM_BEST_FIT;
    mm_set_policy(best);
    char *piece = allocate(80000);
    expect_place(piece, payload[2], "the free block should be split: its first part becomes used");
    expect_free(payload[2] - HEADER + block_bytes(80000), block_bytes(large_sizes[2]) - block_bytes(80000),
                "the remainder of a large block should be a free block");
    release(piece);
    expect_free(payload[2] - HEADER, block_bytes(large_sizes[2]),
                "both parts are free: they should be one block again");
    release(payload[3]);
    expect_free(payload[3] - HEADER, block_bytes(large_sizes[3]), "the block was freed: it should keep its size");
    make_small_holes();
    for (enum mm_policy policy = MM_FIRST_FIT; policy <= MM_NEXT_FIT; policy++)
        expect_found(policy, 2000000, payload[3]);
    release(payload[1]);
    expect_found(MM_BEST_FIT, 70000, payload[1]);
    /* In 16 bits, the larger block exceeds this size by less than the smaller one does. */
    const size_t two_to_16 = 65536;
    size_t more = (block_bytes(large_sizes[3]) - block_bytes(large_sizes[1])) % two_to_16;
    expect_found(MM_BEST_FIT, block_bytes(large_sizes[1]) - (two_to_16 - more), payload[1]);
}
END_TEST

/*** Constant time ***/

/* The index of the used block after a free one: the last on the list that has one, or the first. */
static size_t after_free_block(bool last)
{
    const struct survey *survey = walker_survey();
    for (size_t i = 0; i < survey->listed; i++) {
        size_t block = survey->list[last ? survey->listed - 1 - i : i];
        if (block + 1 < survey->count)
            return block + 1;
    }
    fail("a freed block should be on the list");
}

/* mm_coalesce of the used block at this INDEX, which becomes loose, may reach for as much memory as mm_insert of the
 * merged block needs, and for a little more: a list in order costs its insertions. */
static void merge_in_constant_time(size_t index, const char *where)
{
    enum { FEW = 250 };
    struct header *block = (struct header *)(void *)(heap_start() + walker_survey()->blocks[index].offset);
    make_loose(block);
    walker_loose(NULL);
    uint64_t before = accesses_made();
    struct header *merged = mm_coalesce(block);
    uint64_t merging = accesses_made() - before;
    walker_loose(merged);
    mm_remove(merged);
    walker_loose(NULL);
    before = accesses_made();
    mm_insert(merged);
    uint64_t inserting = accesses_made() - before;
    if (merging > inserting + FEW)
        fail("mm_coalesce should take constant time, with %d free blocks, too: it merged with %s on the list and "
             "accessed the heap %ju times (mm_insert of the merged block: %ju times)",
             HOLES, where, (uintmax_t)merging, (uintmax_t)inserting);
}

START_TEST(coalesce_takes_constant_time)
{
    make_heap();
    make_small_holes();
    merge_in_constant_time(after_free_block(true), "the last block");
    merge_in_constant_time(after_free_block(false), "the first block");
}
END_TEST

/*** No memory ***/

/* mm_malloc(SIZE), which must fail and leave the heap as it is. */
static void refuse(size_t size, const char *sentence)
{
    struct snapshot before = take_snapshot();
    expect_null(mm_malloc(size), "%s", sentence);
    expect_errno(ENOMEM, "errno should give the reason");
    expect_unchanged(&before, "a failed mm_malloc");
}

static void refuse_to_grow(size_t size, const char *sentence)
{
    struct snapshot before = take_snapshot();
    expect_null(mm_grow(size), "%s", sentence);
    expect_errno(ENOMEM, "errno should give the reason");
    expect_unchanged(&before, "a failed mm_grow");
}

START_TEST(no_memory_is_survived)
{
    make_heap();
    char *a = allocate(40);
    fill(a, 0x0A, 40);
    size_t full = mem_heapsize();
    struct free_list *list = mem_heap_lo();
    enum mm_policy next = MM_NEXT_FIT;
    mm_set_policy(next);
    set_rover(list->first);
    for (size_t left = 0; left < MM_CHUNK; left += MM_CHUNK / 2 - MM_ALIGNMENT) {
        tell("/* from now on mem_sbrk can add %zu bytes, no more */", left);
        break_limit(full + left);
        refuse(MM_CHUNK, "no free block is large enough and there is not enough memory: mm_malloc should return NULL");
        refuse_to_grow(64, "there is no memory for MM_CHUNK bytes: mm_grow should return NULL");
    }
    allocate(104);
    tell("/* from now on there is memory again */");
    break_limit(full + 8 * mem_pagesize());
    refuse_to_grow((size_t)1 << 32, "there is not so much memory: mm_grow should return NULL");
    refuse_to_grow(((size_t)1 << 32) + 64, "there is not so much memory: mm_grow should return NULL");
    allocate(MM_CHUNK);
    release(a);
}
END_TEST

START_TEST(huge_size_is_refused)
{
    static const struct {
        size_t size;
        const char *name;
    } huge[] = {
        {SIZE_MAX, "SIZE_MAX"},
        {SIZE_MAX - 15, "SIZE_MAX - 15"},
        {SIZE_MAX - 23, "SIZE_MAX - 23"},
        {SIZE_MAX - 24, "SIZE_MAX - 24"},
        {SIZE_MAX - 39, "SIZE_MAX - 39"},
        {SIZE_MAX - 47, "SIZE_MAX - 47"},
        {SIZE_MAX / 2, "SIZE_MAX / 2"},
        {INTPTR_MAX, "INTPTR_MAX"},
        {INTPTR_MAX - 24, "INTPTR_MAX - 24"},
        {((size_t)1 << 48) + 40, "2^48 + 40"},
        {(size_t)1 << 32, "2^32"},
        {((size_t)1 << 32) + 40, "2^32 + 40"},
        {((size_t)3 << 32) - 24, "3 * 2^32 - 24"},
    };
    make_heap();
    char sentence[96];
    for (size_t i = 0; i < 2 * (sizeof huge / sizeof *huge); i++) {
        size_t which = i / 2;
        snprintf(sentence, sizeof sentence, "no heap has room for %s bytes: mm_malloc should return NULL",
                 huge[which].name);
        refuse(huge[which].size, sentence);
        if (i == 0)
            allocate(40);
        if (i % 2 == 1) {
            char *a = allocate(72);
            release(a);
            refuse(huge[which].size, sentence);
            expect_place(allocate(72), a, "the free block should be found after a failed request as before");
            release(a);
        }
    }
}
END_TEST

void add_limits(struct suite *suite)
{
    suite_add(suite, grow_is_exact);
    suite_add(suite, large_blocks_are_exact);
    suite_add(suite, coalesce_takes_constant_time);
    suite_add(suite, no_memory_is_survived);
    suite_add(suite, huge_size_is_refused);
}
