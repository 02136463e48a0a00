// SPDX-License-Identifier: MIT
/*
 * limits.c - tests far from the ordinary case: any address, large blocks, many blocks, no memory, huge sizes.
 *
 * Sizes beyond 16, 24 and 32 bits find numbers that are kept in too narrow a type. Nobody writes to the large blocks,
 * so they cost next to nothing.
 */
#include "heaplab/test.h"

#include "header_alloc.h"
#include "memlib.h"

#include "suites.h"
#include "support.h"
#include "walker.h"

#include <stdio.h>

/*** Any address ***/

/* Demands that both conversions do nothing but add and subtract. */
static void convert(struct header *h)
{
    expect_from(h, "h", mm_payload(h), h + 1, "mm_payload should only do arithmetic, whatever its argument points to");
    expect_from(h, "h", mm_header(h + 1), h, "mm_header should only do arithmetic, whatever its argument points to");
}

START_TEST(conversions_only_compute)
{
    /* Nothing lies at these: low, with bit 31 set, beyond 32 bits, and in the upper half of the address space. */
    static const uintptr_t nowhere[] = {0x10000, 0x80000010, 0x7FFFFFE0, 0x100000010, 0x7FFFFFFFF000, ~(uintptr_t)4095};
    struct header *h = put(NULL, 2 * sizeof *h, "h", "char h[32]; /* no header: zeros */");
    convert(h);
    fill(h, 0xA5, 2 * sizeof *h);
    convert(h);
    tell("/* h is an address without memory from now on */");
    for (size_t i = 0; i < sizeof nowhere / sizeof *nowhere; i++) {
        void *address = (void *)nowhere[i];
        convert(address);
        char *odd = (char *)address + 24; /* no multiple of 16 */
        expect_from(odd, "h", mm_header(odd), odd - sizeof(struct header), "mm_header should not check its argument");
    }
    for (uintptr_t low = 1; low < MM_ALIGNMENT; low += 7) { /* the difference wraps around */
        void *header = (void *)(low - sizeof(struct header));
        expect_from(header, "h", mm_header((void *)low), header, "mm_header should not check its argument");
    }
}
END_TEST

/*** Large blocks ***/

START_TEST(large_blocks_are_exact)
{
    static const size_t sizes[] = {65536, 65537, 100000, 1048592, 16777217};
    enum { BLOCKS = sizeof sizes / sizeof *sizes };
    char *payload[BLOCKS];
    size_t used = 0;
    for (size_t i = 0; i < BLOCKS; i++) {
        size_t before = mem_heapsize();
        payload[i] = mm_malloc(sizes[i]);
        block_of(payload[i], sizes[i]);
        expect_size(mem_heapsize() - before, HEADER + rounded_up(sizes[i]),
                    "mm_malloc(%zu) should grow the heap by the header and the rounded payload", sizes[i]);
        used += rounded_up(sizes[i]);
    }
    for (size_t i = 0; i + 1 < BLOCKS; i++)
        expect_place(mm_next((struct header *)payload[i] - 1), payload[i + 1] - HEADER,
                     "the next header should be where this block ends, however large it is");
    release(payload[2]);
    struct mm_counts *counts = put(NULL, sizeof *counts, "counts", "struct mm_counts counts[1];");
    mm_count(counts);
    expect_size(counts->used_bytes, used - rounded_up(sizes[2]), "used_bytes should be exact for large blocks, too");
    expect_size(counts->free_bytes, rounded_up(sizes[2]), "free_bytes should be exact for large blocks, too");
    release(payload[4]);
    expect_place(allocate(16777217), payload[4], "the last block is free and large enough: it should be reused");
    expect_place(allocate(16), payload[2], "the third block is free: it should be reused, even for very little");
    release(payload[4]);
    expect_place(allocate(16), payload[4], "the last block is free: it should be reused, even for very little");
    expect_size(size_of(payload[2]), HEADER + rounded_up(sizes[2]), "the block should keep its size");
}
END_TEST

/*** Many blocks ***/

enum { MANY = 4400, MANY_FREE = 2100 };

static void allocate_many(char *payload[MANY])
{
    tell("/* mm_malloc(16), %d times */", MANY);
    story_quiet();
    walker_pause();
    for (int i = 0; i < MANY; i++)
        payload[i] = mm_malloc(16);
    walker_resume();
    story_aloud();
}

/* The first MANY_FREE of them, from the last of these to the first; then they must be reused in the other order. */
static void reuse_many(char *payload[MANY])
{
    tell("/* mm_free of the first %d blocks, the last of them first; then mm_malloc(16), as often */", MANY_FREE);
    story_quiet();
    walker_pause();
    for (int i = MANY_FREE - 1; i >= 0; i--)
        mm_free(payload[i]);
    for (int i = 0; i < MANY_FREE; i++) {
        char *reused = mm_malloc(16);
        if (reused != payload[i])
            expect_place(reused, payload[i], "many blocks are free: the one at the lowest address should be reused");
    }
    walker_resume();
    story_aloud();
}

START_TEST(search_reaches_every_block)
{
    static char *payload[MANY];
    allocate_many(payload);
    struct mm_counts *counts = put(NULL, sizeof *counts, "counts", "struct mm_counts counts[1];");
    mm_count(counts);
    expect_size(counts->used_blocks, MANY, "all the blocks are in use");
    expect_size(counts->used_bytes, MANY * 16, "used_bytes should add up all payloads");
    expect_size(counts->overhead_bytes, MANY * HEADER, "overhead_bytes should add up all headers");
    release(payload[MANY - 2]);
    mm_count(counts);
    expect_size(counts->free_blocks, 1, "one of the blocks is free");
    expect_place(allocate(16), payload[MANY - 2],
                 "a block far from the start of the heap is free: it should be reused");
    release(payload[MANY - 1]);
    expect_place(allocate(16), payload[MANY - 1], "the last block is free: it should be reused");
    reuse_many(payload);
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

START_TEST(no_memory_is_survived)
{
    tell("/* from now on mem_sbrk refuses to grow the heap */");
    break_limit(0);
    refuse(16, "there is no memory at all: mm_malloc should return NULL");
    tell("/* from now on there is memory */");
    break_limit(4 * mem_pagesize());
    char *a = allocate(64);
    fill(a, 0x0A, 64);
    size_t full = mem_heapsize();
    for (size_t left = 0; left <= 32; left += MM_ALIGNMENT) {
        tell("/* from now on mem_sbrk can add %zu bytes, no more */", left);
        break_limit(full + left);
        refuse(32, "there is not enough memory left for the block: mm_malloc should return NULL");
    }
    release(a);
    for (size_t left = 0; left <= 128; left += 64) {
        tell("/* from now on mem_sbrk can add %zu bytes, no more */", left);
        break_limit(full + left);
        refuse(128, "a block keeps its size, and there is not enough memory left for another: mm_malloc should return "
                    "NULL");
    }
    expect_place(allocate(48), a, "a is free and large enough: this needs no more memory");
    tell("/* from now on there is memory again */");
    break_limit(full + 2 * mem_pagesize());
    expect_place(allocate(32), heap_start() + full + HEADER, "now there is memory: the heap should grow");
}
END_TEST

START_TEST(huge_size_is_refused)
{
    static const struct {
        size_t size;
        const char *name;
    } huge[] = {
        {SIZE_MAX, "SIZE_MAX"},
        {SIZE_MAX - 14, "SIZE_MAX - 14"},
        {SIZE_MAX - 15, "SIZE_MAX - 15"},
        {SIZE_MAX - 16, "SIZE_MAX - 16"},
        {SIZE_MAX - 31, "SIZE_MAX - 31"},
        {SIZE_MAX - 32, "SIZE_MAX - 32"},
        {SIZE_MAX / 2, "SIZE_MAX / 2"},
        {INTPTR_MAX, "INTPTR_MAX"},
        {INTPTR_MAX - 16, "INTPTR_MAX - 16"},
        {SIZE_MAX - 4095, "SIZE_MAX - 4095"},
        {(size_t)1 << 63, "2^63"},
        {((size_t)1 << 63) + 64, "2^63 + 64"},
        {(size_t)1 << 62, "2^62"},
        {((size_t)1 << 48) + 64, "2^48 + 64"},
        {(size_t)1 << 32, "2^32"},
        {((size_t)1 << 32) + 16, "2^32 + 16"},
        {((size_t)1 << 32) + 64, "2^32 + 64"},
        {((size_t)3 << 32) - 32, "3 * 2^32 - 32"},
    };
    enum { SIZES = sizeof huge / sizeof *huge };
    char sentence[96], *free_one = NULL;
    for (size_t i = 0; i < 3 * SIZES; i++) {
        if (i == SIZES)
            allocate(64);
        if (i == 2 * SIZES)
            release(free_one = allocate(128));
        snprintf(sentence, sizeof sentence, "no heap has room for %s bytes: mm_malloc should return NULL",
                 huge[i % SIZES].name);
        refuse(huge[i % SIZES].size, sentence);
        if (free_one) {
            expect_place(allocate(100), free_one, "the free block should be found after a failed request as before");
            release(free_one);
        }
    }
}
END_TEST

void add_limits(struct suite *suite)
{
    suite_add(suite, conversions_only_compute);
    suite_add(suite, large_blocks_are_exact);
    suite_add(suite, search_reaches_every_block);
    suite_add(suite, no_memory_is_survived);
    suite_add(suite, huge_size_is_refused);
}
