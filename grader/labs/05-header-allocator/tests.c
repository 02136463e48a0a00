// SPDX-License-Identifier: MIT
/*
 * tests.c - what lab 05 demands of header_alloc.c.
 *
 * After every call walker.c checks the rules that header_alloc.h states for the whole heap. The tests add what each
 * function promises. Except in the tests of rounding, all sizes are multiples of MM_ALIGNMENT, so that a mistake in
 * rounding is reported there and not everywhere.
 */
#include "heaplab/test.h"

#include "header_alloc.h"
#include "memlib.h"

#include "suites.h"
#include "support.h"
#include "walker.h"

#include <stdio.h>

/*** From header to payload and back ***/

static struct header *put_header(void)
{
    return put(NULL, 2 * sizeof(struct header), "h", "char h[32]; /* a header, and 16 bytes of payload */");
}

START_TEST(payload_follows_header)
{
    struct header *h = put_header();
    expect_from(h, "h", mm_payload(h), h + 1, "the payload should start just after the header");
}
END_TEST

START_TEST(header_precedes_payload)
{
    struct header *h = put_header();
    expect_from(h, "h", mm_header(h + 1), h, "the header should be just before the payload");
}
END_TEST

/*** One block ***/

START_TEST(first_block_lies_in_heap)
{
    char *a = allocate(64);
    expect_place(a, heap_start() + HEADER, "the first payload should follow the header at the start of the heap");
}
END_TEST

START_TEST(first_is_at_heap_start)
{
    expect_null(mm_first(), "in an empty heap there is no first block");
    allocate(16);
    expect_place(mm_first(), mem_heap_lo(), "the first block is the one at the start of the heap");
    allocate(32);
    expect_place(mm_first(), mem_heap_lo(), "the first block is still the one at the start of the heap");
}
END_TEST

/* The header of PAYLOAD, which the story calls NAME. From now on the story calls the header "a - 16". */
static struct header *header_of(char *payload, char name)
{
    char header_name[16];
    snprintf(header_name, sizeof header_name, "%c - %d", name, HEADER);
    set_name(payload - HEADER, header_name);
    return (struct header *)payload - 1;
}

START_TEST(next_ends_at_break)
{
    struct header *a = header_of(allocate(64), 'a');
    expect_null(mm_next(a), "this is the only block, and the heap ends where it ends: there is no next block");
}
END_TEST

/*** More blocks ***/

START_TEST(blocks_lie_back_to_back)
{
    char *a = allocate(64);
    char *b = mm_malloc(32);
    expect(b != a, "block a is in use: mm_malloc should not return it a second time");
    expect_place(b, a + size_of(a), "the second block should start where the first one ends");
    block_of(b, 32);
    char *c = allocate(16);
    expect_place(c, b + size_of(b), "the third block should start where the second one ends");
}
END_TEST

START_TEST(next_walks_all_blocks)
{
    struct header *a = header_of(allocate(64), 'a');
    struct header *b = header_of(allocate(16), 'b');
    struct header *c = header_of(allocate(32), 'c');
    expect_place(mm_next(a), b, "the next header should be where the first block ends");
    expect_place(mm_next(b), c, "the third header should be where the second block ends");
    expect_null(mm_next(c), "the heap ends where the last block ends: there is no next block");
    expect_place(mm_next(b), c, "mm_next should give the same block every time");
}
END_TEST

START_TEST(grows_by_one_block)
{
    static const size_t sizes[] = {64, 16, 4096, 32};
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        size_t before = mem_heapsize();
        allocate(sizes[i]);
        expect_size(mem_heapsize() - before, sizes[i] + HEADER,
                    "mm_malloc(%zu) should grow the heap by the header and the payload, and not by a byte more",
                    sizes[i]);
    }
}
END_TEST

START_TEST(sizes_are_rounded_up)
{
    static const size_t sizes[] = {1, 15, 17, 24, 33, 100};
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        struct block block = block_of(mm_malloc(sizes[i]), sizes[i]);
        expect_size(block.size, HEADER + rounded_up(sizes[i]),
                    "the payload for %zu bytes should be rounded up to a multiple of %d", sizes[i], MM_ALIGNMENT);
    }
}
END_TEST

/*** Freeing and reusing ***/

START_TEST(free_changes_only_the_state)
{
    char *a = allocate(64);
    char *b = allocate(32);
    size_t size = size_of(b);
    char *c = allocate(64);
    fill(a, 0x0A, 64);
    fill(c, 0x0C, 64);
    size_t before = mem_heapsize();
    release(b);
    expect_size(mem_heapsize(), before, "freeing should neither grow nor shrink the heap");
    expect_size(size_of(b), size, "the freed block should keep its size");
    block_of(a, 64);
    block_of(c, 64);
    expect_fill(a, 0x0A, 64, "freeing a block should not change the previous block");
    expect_fill(c, 0x0C, 64, "freeing a block should not change the next block");
}
END_TEST

START_TEST(freed_block_is_used_again)
{
    errno_begins(ENOMEM);
    char *a = allocate(64);
    allocate(16);
    release(a);
    size_t before = mem_heapsize();
    char *c = allocate(64);
    expect_place(c, a, "a is free and fits exactly: it should be reused");
    expect_size(mem_heapsize(), before, "the heap should not grow while a free block fits");
}
END_TEST

START_TEST(used_block_is_left_alone)
{
    char *a = allocate(48);
    char *b = allocate(48);
    char *c = allocate(48);
    fill(a, 0x0A, 48);
    fill(c, 0x0C, 48);
    release(b);
    char *d = allocate(48);
    fill(d, 0x0D, 48);
    char *e = mm_malloc(48);
    expect(e != d, "this block is in use again: mm_malloc should not return it a second time");
    block_of(e, 48);
    fill(e, 0x0E, 48);
    expect_fill(a, 0x0A, 48, "the bytes of %s should stay: it is in use", name_of(a));
    expect_fill(c, 0x0C, 48, "the bytes of %s should stay: it is in use", name_of(c));
    expect_fill(d, 0x0D, 48, "the bytes of %s should stay: it is in use", name_of(d));
}
END_TEST

START_TEST(reused_block_keeps_its_size)
{
    char *a = allocate(256);
    size_t size = size_of(a);
    allocate(16);
    release(a);
    expect_place(allocate(32), a, "a is free and large enough: it should be reused");
    expect_size(size_of(a), size, "the block should keep its size when it is reused for less");
    release(a);
    expect_place(allocate(256), a, "a is free again and as large as before: it should be reused");
}
END_TEST

START_TEST(small_block_is_passed_over)
{
    char *a = allocate(32);
    char *b = allocate(48);
    allocate(16);
    release(a);
    release(b);
    char *d = mm_malloc(48);
    expect(d != a, "a has a payload of 32 bytes, which is too small for 48, although its whole block has %d",
           32 + HEADER);
    block_of(d, 48);
    expect_place(d, b, "a is too small, but the search should continue and find b, which is large enough");
    char *last = allocate(64);
    release(last);
    char *end = heap_start() + mem_heapsize();
    expect_place(allocate(128), end + HEADER,
                 "the last block is free, but too small: a new block should be added after it");
}
END_TEST

START_TEST(lowest_fit_is_chosen)
{
    char *a = allocate(64);
    allocate(16);
    char *c = allocate(48);
    allocate(16);
    char *e = allocate(32);
    allocate(16);
    release(e);
    release(a);
    release(c);
    expect_place(allocate(32), a, "a, c and e all fit: the one at the lowest address should be taken");
    expect_place(allocate(32), c, "c and e both fit: the one at the lowest address should be taken");
    expect_place(allocate(32), e, "e is the only free block that fits");
}
END_TEST

START_TEST(walk_meets_free_blocks)
{
    errno_begins(ENOMEM);
    char *a = allocate(64);
    char *b = allocate(16);
    char *c = allocate(32);
    struct header *first = header_of(a, 'a'), *second = header_of(b, 'b');
    release(b);
    expect_place(mm_next(first), second, "b is free, but still the next block after a");
    expect_place(mm_next(second), c - HEADER, "b is free, but it still has a next block");
    release(a);
    expect_place(mm_first(), first, "a is free, but still the first block");
    release(c);
    expect_place(mm_next(second), c - HEADER, "c is free, but still the next block after b");
    expect_null(mm_next((struct header *)c - 1), "the heap ends where the last block ends: there is no next block");
}
END_TEST

/*** Counting ***/

START_TEST(count_tells_blocks)
{
    struct mm_counts *counts = put_counts();
    mm_count(counts);
    expect_size(counts->used_blocks, 0, "an empty heap has no used blocks");
    expect_size(counts->free_blocks, 0, "an empty heap has no free blocks");
    allocate(64);
    char *b = allocate(16);
    allocate(32);
    release(b);
    mm_count(counts);
    expect_size(counts->used_blocks, 2, "two of the three blocks are in use");
    expect_size(counts->free_blocks, 1, "one of the three blocks is free");
    mm_free(b);
    mm_count(counts);
    expect_size(counts->used_blocks, 2, "freeing b again changes nothing: two of the blocks are in use");
    expect_size(counts->free_blocks, 1, "freeing b again changes nothing: one of the blocks is free");
}
END_TEST

static void expect_same_counts(const struct mm_counts *counts, const struct mm_counts *before, const char *after)
{
    expect_size(counts->used_blocks, before->used_blocks, "no block was used or freed by %s", after);
    expect_size(counts->free_blocks, before->free_blocks, "no block was added or freed by %s", after);
    expect_size(counts->used_bytes, before->used_bytes, "no payload was used or freed by %s", after);
    expect_size(counts->free_bytes, before->free_bytes, "no payload was added or freed by %s", after);
    expect_size(counts->overhead_bytes, before->overhead_bytes, "no header was added by %s", after);
}

/* Nothing free has 128 bytes. */
static void expect_failure_to_count_nothing(struct mm_counts *counts)
{
    mm_count(counts);
    const struct mm_counts before = *counts;
    tell("/* from now on mem_sbrk refuses to grow the heap */");
    break_limit(0);
    expect_null(mm_malloc(128), "there is no memory for another block");
    mm_count(counts);
    expect_same_counts(counts, &before, "a mm_malloc for which mem_sbrk had no memory");
}

START_TEST(count_tells_bytes)
{
    struct mm_counts *counts = put_counts();
    mm_count(counts);
    expect_size(counts->used_bytes, 0, "an empty heap has no payloads");
    expect_size(counts->free_bytes, 0, "an empty heap has no payloads");
    expect_size(counts->overhead_bytes, 0, "an empty heap has no headers");
    char *a = allocate(64);
    char *b = allocate(16);
    char *c = allocate(32);
    release(b);
    mm_count(counts);
    expect_size(counts->used_bytes, size_of(a) + size_of(c) - 2 * HEADER,
                "used_bytes should add up the payloads of the used blocks, without their headers");
    expect_size(counts->free_bytes, size_of(b) - HEADER,
                "free_bytes should add up the payloads of the free blocks, without their headers");
    expect_size(counts->overhead_bytes, 3 * HEADER, "overhead_bytes should add up the headers of all three blocks");
    fill(a, 0x0A, 64);
    struct snapshot before = take_snapshot();
    mm_count(counts);
    expect_unchanged(&before, "mm_count should only count: it");
    expect_failure_to_count_nothing(counts);
}
END_TEST

/*** Edges ***/

START_TEST(zero_bytes_give_no_block)
{
    expect_null(mm_malloc(0), "no bytes were requested: there is no block to return");
    expect_size(mem_heapsize(), 0, "mm_malloc(0) should not grow the heap");
    char *b = allocate(16);
    release(b);
    expect_null(mm_malloc(0), "no bytes were requested: a free block should stay free");
    struct block block = {0};
    expect(walker_find(b, &block) && !block.used, "no bytes were requested: a free block should stay free");
}
END_TEST

START_TEST(free_of_null_does_nothing)
{
    char *a = allocate(64);
    fill(a, 0x0A, 64);
    struct snapshot before = take_snapshot();
    mm_free(NULL);
    expect(reports() == 0, "freeing NULL is allowed: nothing should be reported");
    expect_unchanged(&before, "mm_free(NULL)");
}
END_TEST

void lab_suite(struct suite *suite)
{
    suite_after_call(suite, walker_inspect);
    suite_draw(suite, walker_draw);
    suite_payloads(suite, walker_payloads);
    suite_arithmetic_only(suite, "mm_header");
    suite_arithmetic_only(suite, "mm_payload");
    suite_add(suite, payload_follows_header);
    suite_add(suite, header_precedes_payload);
    suite_add(suite, first_block_lies_in_heap);
    suite_add(suite, first_is_at_heap_start);
    suite_add(suite, next_ends_at_break);
    suite_add(suite, blocks_lie_back_to_back);
    suite_add(suite, next_walks_all_blocks);
    suite_add(suite, grows_by_one_block);
    suite_add(suite, sizes_are_rounded_up);
    suite_add(suite, free_changes_only_the_state);
    suite_add(suite, freed_block_is_used_again);
    suite_add(suite, used_block_is_left_alone);
    suite_add(suite, reused_block_keeps_its_size);
    suite_add(suite, small_block_is_passed_over);
    suite_add(suite, lowest_fit_is_chosen);
    suite_add(suite, walk_meets_free_blocks);
    suite_add(suite, count_tells_blocks);
    suite_add(suite, count_tells_bytes);
    suite_add(suite, zero_bytes_give_no_block);
    suite_add(suite, free_of_null_does_nothing);
    add_limits(suite);
    add_bad_frees(suite);
    add_long_run(suite);
}
