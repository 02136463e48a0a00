// SPDX-License-Identifier: MIT
/*
 * arrays.c - the tests of mm_product and mm_calloc.
 */
#include "arrays.h"

#include "heaplab/test.h"

#include "memlib.h"
#include "realloc.h"

#include "layout.h"
#include "pattern.h"
#include "support.h"

const size_t large_sizes[LARGE_SIZES] = {MM_CHUNK + 40, 70000, 17 * MIB + 100};

void refuse_memory(void)
{
    tell("/* from here on mem_sbrk refuses to grow the heap */");
    break_limit(mem_heapsize());
}

/*** Products ***/

/* A size_t in the arena for mm_product to store to. */
static size_t *put_room(void)
{
    static const size_t image = 7;
    return put(&image, sizeof image, "product", "size_t product[1] = {7};");
}

/* Calls mm_product(NMEMB, SIZE, ROOM), which must return true and store PRODUCT. */
static void expect_product(size_t *room, size_t nmemb, size_t size, size_t product)
{
    *room = 7;
    expect(mm_product(nmemb, size, room), "%zu * %zu fits in a size_t, so mm_product should return true", nmemb, size);
    expect_size(*room, product, "mm_product should store %zu * %zu", nmemb, size);
}

/* Calls mm_product(NMEMB, SIZE, ROOM), which must return false and store nothing. */
static void expect_no_product(size_t *room, size_t nmemb, size_t size)
{
    *room = 7;
    expect(!mm_product(nmemb, size, room), "%zu * %zu does not fit in a size_t, so mm_product should return false",
           nmemb, size);
    expect_size(*room, 7, "when mm_product returns false, *product should be unchanged");
}

/* Numbers of all lengths: 1, 2, 3, 5, 6, 7, and so on up to SIZE_MAX. */
static size_t number_of_bits(unsigned bits, unsigned which)
{
    size_t highest = (size_t)1 << (bits - 1);
    size_t rest = highest - 1;
    return which == 0 ? highest : which == 1 ? highest + rest / 2 : highest + rest;
}

/* Calls mm_product with pairs of such numbers: those whose product fits, or those whose product does not. */
static void multiply_all_lengths(size_t *room, bool fits)
{
    enum { BITS = 64, KINDS = 3 };
    tell("/* mm_product of numbers of 1 to 64 bits, whose product %s */", fits ? "fits" : "does not fit");
    story_quiet();
    for (unsigned a = 1; a <= BITS; a++)
        for (unsigned b = BITS - a > 0 ? BITS - a : 1; b <= BITS - a + 2 && b <= BITS; b++)
            for (unsigned kind = 0; kind < KINDS * KINDS; kind++) {
                size_t nmemb = number_of_bits(a, kind % KINDS), size = number_of_bits(b, kind / KINDS);
                bool this_fits = size <= SIZE_MAX / nmemb;
                if (this_fits && fits)
                    expect_product(room, nmemb, size, nmemb * size);
                else if (!this_fits && !fits)
                    expect_no_product(room, nmemb, size);
            }
    story_aloud();
}

START_TEST(product_is_stored)
{
    size_t *room = put_room();
    expect_product(room, 6, 7, 42);
    expect_product(room, 1, SIZE_MAX, SIZE_MAX);
    expect_product(room, SIZE_MAX, 1, SIZE_MAX);
    expect_product(room, SIZE_MAX / 2, 2, SIZE_MAX - 1);
    expect_product(room, (size_t)1 << 31, 8, (size_t)1 << 34);
    expect_product(room, 3, FOUR_GIB + 5, 3 * FOUR_GIB + 15);
    expect_product(room, (size_t)1 << 33, (size_t)1 << 30, (size_t)1 << 63);
    expect_product(room, FOUR_GIB - 1, FOUR_GIB + 1, SIZE_MAX);
    expect_product(room, 0, 7, 0);
    expect_product(room, 7, 0, 0);
    expect_product(room, 0, SIZE_MAX, 0);
    expect_product(room, SIZE_MAX, 0, 0);
    multiply_all_lengths(room, true);
}
END_TEST

/* Products that do not fit in a size_t. After wrapping around, some of them are quite small, others larger than both
 * factors. */
const struct factors too_large[TOO_LARGE] = {
    {SIZE_MAX, 2},
    {2, SIZE_MAX},
    {SIZE_MAX / 2 + 1, 2},
    {(size_t)1 << 32, (size_t)1 << 32},
    {SIZE_MAX / 16 + 2, 16},
    {SIZE_MAX, SIZE_MAX},
    {3, SIZE_MAX / 3 + 8},
    {3, SIZE_MAX / 3 + 1},
    {(size_t)7 << 60, 4},
    {4, (size_t)7 << 60},
    {6 * FOUR_GIB / 4, 3 * (FOUR_GIB / 4)},
    /* a little more than 2^64, and no more than that when it is computed as a double */
    {376464164769582687, 49},
    {103, 179094602657374288},
};

/* Products that fit in a size_t, but are larger than any heap. In 32 bits they look small. */
const struct factors beyond_memory[BEYOND_MEMORY] = {
    {((size_t)1 << 32) + 40, 1},    {1, ((size_t)1 << 32) + 40}, {((size_t)1 << 31) + 20, 2},
    {(1 << 16) + 1, (1 << 16) + 1}, {((size_t)1 << 53) + 5, 8},  {SIZE_MAX, 1},
};

START_TEST(product_overflow_is_reported)
{
    size_t *room = put_room();
    for (size_t i = 0; i < TOO_LARGE; i++)
        expect_no_product(room, too_large[i].nmemb, too_large[i].size);
    multiply_all_lengths(room, false);
}
END_TEST

/*** calloc ***/

/* Calls mm_calloc(NMEMB, SIZE), which must succeed. */
static char *callocate(size_t nmemb, size_t size)
{
    char *payload = mm_calloc(nmemb, size);
    expect_pointer_set(payload, "there is enough memory, so mm_calloc should return a block");
    block_of(payload, nmemb * size);
    expect_fill(payload, 0, nmemb * size, "all %zu bytes of the array should be zero", nmemb * size);
    return payload;
}

START_TEST(calloc_gives_zeros)
{
    make_heap();
    char *a = allocate(40);
    write_pattern(a, 40, MARK);
    callocate(200, 30);
    callocate(1, 6000);
    callocate(6000, 1);
    callocate(3, 1367);
    expect_pattern(a, 40, MARK, "a is in use: its bytes should not change");
}
END_TEST

START_TEST(calloc_takes_block_of_malloc)
{
    errno_begins(ENOMEM);
    struct layout heap = LAY_OUT(USED(48), FREE(512), USED(48));
    char *block = (char *)heap.block[B];
    size_t calls = break_calls();
    expect_place(callocate(10, 10), block + HEADER, "the free block is large enough: the array should be at its start");
    expect_used(block, 128, "an array of 100 bytes should get the block that mm_malloc(100) gives, 128 bytes");
    expect_free(block + 128, 384, "the part of the free block that is not needed should stay free");
    callocate(12, 30);
    expect_used(block + 128, 384, "a block of 384 bytes is just large enough for an array of 360");
    expect_size(break_calls(), calls, "there was enough room, so mem_sbrk should not be called");
    expect_payload(&heap, A);
    expect_payload(&heap, C);
}
END_TEST

START_TEST(calloc_clears_large_arrays)
{
    make_heap();
    for (size_t i = 0; i < LARGE_SIZES; i++) {
        char *fresh = callocate(large_sizes[i], 1);
        fill(fresh, 0xAA, large_sizes[i]);
        release(fresh);
        release(callocate(1, large_sizes[i]));
    }
}
END_TEST

START_TEST(calloc_clears_recycled_memory)
{
    make_heap();
    char *a = allocate(MM_CHUNK - HEADER - FOOTER);
    fill(a, 0xAA, MM_CHUNK - HEADER - FOOTER);
    release(a);
    size_t before = mem_heapsize();
    callocate(50, 8);
    callocate(7, 100);
    callocate(1, 33);
    expect_size(mem_heapsize(), before, "the heap should not grow while a free block is large enough");
}
END_TEST

START_TEST(calloc_overflow_is_refused)
{
    make_heap();
    write_pattern(callocate(40, 1), 40, MARK);
    struct snapshot before = take_snapshot();
    for (size_t i = 0; i < TOO_LARGE; i++) {
        expect_null(mm_calloc(too_large[i].nmemb, too_large[i].size),
                    "no heap has room for such an array, so mm_calloc should return NULL");
        expect_errno(ENOMEM, "errno should give the reason");
        expect_unchanged(&before, "a failed mm_calloc");
    }
}
END_TEST

START_TEST(calloc_of_nothing_gives_null)
{
    make_heap();
    callocate(5, 8);
    struct snapshot before = take_snapshot();
    expect_null(mm_calloc(0, 8), "an array of no elements needs no block");
    expect_unchanged(&before, "mm_calloc(0, 8)");
    expect_null(mm_calloc(8, 0), "an array of elements of no size needs no block");
    expect_unchanged(&before, "mm_calloc(8, 0)");
    expect_null(mm_calloc(0, SIZE_MAX), "an array of no elements needs no block, whatever their size");
    expect_null(mm_calloc(SIZE_MAX, 0), "elements of no size need no block, however many they are");
    expect_unchanged(&before, "mm_calloc of nothing");
}
END_TEST

START_TEST(calloc_survives_no_memory)
{
    make_heap();
    write_pattern(callocate(40, 1), 40, MARK);
    struct snapshot before = take_snapshot();
    refuse_memory();
    expect_null(mm_calloc(2, MM_CHUNK), "there is no memory left, so mm_calloc should return NULL");
    expect_errno(ENOMEM, "errno should give the reason");
    expect_unchanged(&before, "a failed mm_calloc");
}
END_TEST

START_TEST(calloc_counts_in_64_bits)
{
    make_heap();
    write_pattern(callocate(40, 1), 40, MARK);
    struct snapshot before = take_snapshot();
    for (size_t i = 0; i < BEYOND_MEMORY; i++) {
        expect_null(mm_calloc(beyond_memory[i].nmemb, beyond_memory[i].size),
                    "the heap has no room for such an array, so mm_calloc should return NULL");
        expect_errno(ENOMEM, "errno should give the reason");
        expect_unchanged(&before, "a failed mm_calloc");
    }
}
END_TEST

void add_arrays(struct suite *suite)
{
    suite_add(suite, product_is_stored);
    suite_add(suite, product_overflow_is_reported);
    suite_add(suite, calloc_gives_zeros);
    suite_add(suite, calloc_takes_block_of_malloc);
    suite_add(suite, calloc_clears_large_arrays);
    suite_add(suite, calloc_clears_recycled_memory);
    suite_add(suite, calloc_overflow_is_refused);
    suite_add(suite, calloc_of_nothing_gives_null);
    suite_add(suite, calloc_survives_no_memory);
    suite_add(suite, calloc_counts_in_64_bits);
}
