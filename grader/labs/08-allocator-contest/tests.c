// SPDX-License-Identifier: MIT
/*
 * tests.c - lab 08: what any allocator must do, whatever its design.
 */
#include "heaplab/test.h"
#include "memlib.h"
#include "mm.h"

static void start(void)
{
    expect(mm_init(), "mm_init should make the allocator ready and return true");
}

/* A block of SIZE bytes as the contract promises it. */
static void *good_block(size_t size)
{
    void *block = mm_malloc(size);
    expect_pointer_set(block, "there is memory, so mm_malloc should give a block");
    expect_aligned(block, MM_ALIGNMENT, "every payload should be aligned");
    return block;
}

START_TEST(first_block_is_sound)
{
    char *a = good_block(100);
    expect((uintptr_t)a >= (uintptr_t)mem_heap_lo() && (uintptr_t)a + 100 <= (uintptr_t)mem_heap_hi() + 1,
           "all bytes of a block should lie in the heap");
    fill(a, 7, 100);
    char *b = good_block(50);
    fill(b, 9, 50);
    expect_fill(a, 7, 100, "blocks should not share bytes");
}
END_TEST

START_TEST(realloc_keeps_bytes)
{
    unsigned char *a = good_block(40);
    fill(a, 5, 40);
    good_block(40);
    unsigned char *b = mm_realloc(a, 4000);
    expect_pointer_set(b, "there is memory, so mm_realloc should give a block");
    expect_fill(b, 5, 40, "mm_realloc should keep the old block's bytes");
}
END_TEST

START_TEST(checker_accepts_sound_heap)
{
    expect(mm_checkheap(__LINE__), "mm_checkheap should find nothing wrong with a heap that has just been made");
    void *a = good_block(100);
    good_block(200);
    mm_free(a);
    expect(mm_checkheap(__LINE__), "mm_checkheap should find nothing wrong with a sound heap");
}
END_TEST

void lab_suite(struct suite *suite)
{
    suite_fixture(suite, start, NULL);
    suite_add(suite, first_block_is_sound);
    suite_add(suite, realloc_keeps_bytes);
    suite_add(suite, checker_accepts_sound_heap);
}
