// SPDX-License-Identifier: MIT
/*
 * safety_tests.c - what lab 02 demands of part 7, arrays of anything, and of all functions: empty results, products
 * that wrap around, refused requests.
 */
#include "common.h"
#include "inputs.h"
#include "room.h"

#include "sizes.h"

#include <limits.h>
#include <stdio.h>

enum { MOST_FOR_NOTHING = 64 };

/* Half of the bits of a size_t: squared, it is one more than SIZE_MAX. */
#define ROOT ((size_t)1 << (sizeof(size_t) * CHAR_BIT / 2))

/* All bits but the highest are 0. */
#define TOP ((size_t)1 << (sizeof(size_t) * CHAR_BIT - 1))

/* RESULT was returned by a call that needs more bytes than a size_t can hold. */
static void expect_too_large(const void *result, const char *call)
{
    struct heap_block block;
    char found[TEXT_BYTES];
    if (heap_find(result, &block))
        snprintf(found, sizeof found, "a block of %zu byte%s", block.size, block.size == 1 ? "" : "s");
    else
        snprintf(found, sizeof found, "%s", name_of(result));
    if (result)
        fail_compare("NULL", found, "%s needs more bytes than a size_t can hold, so it should be refused", call);
    expect_reason(ENOMEM, "there can never be that many bytes, which is ENOMEM");
}

/* --- 7. any array, safely --- */

/* The latest request should have been for BYTES, which are not fewer than LARGEST, the largest request before it. */
static void expect_request(size_t bytes, size_t largest, const char *sentence)
{
    char expected[TEXT_BYTES], found[TEXT_BYTES];
    size_t now = heap_largest_request();
    snprintf(expected, sizeof expected, "malloc(%zu)", bytes);
    if (now > largest)
        snprintf(found, sizeof found, "malloc(%zu)", now);
    else
        snprintf(found, sizeof found, "malloc of %zu bytes or fewer", now);
    if (now != bytes)
        fail_compare(expected, found, "%s", sentence);
}

START_TEST(array_product)
{
    static const size_t small[][2] = {{5, 4}, {1, 1}, {3, 24}};
    for (size_t i = 0; i < LENGTH_OF(small); i++) {
        size_t count = small[i][0], size = small[i][1];
        const struct guess guesses[] = {{count, "COUNT alone"}, {size, "SIZE alone"}, NO_GUESS};
        expect_room(allocate_array(count, size), count * size, count * size, guesses,
                    "allocate_array should ask for COUNT * SIZE bytes");
    }

    /* Too large for an int or an unsigned, but not for a size_t. Each is larger than those before it; the last four are
     * SIZE_MAX. */
    static const size_t large[][2] = {{ROOT, 1},        {1, 2 * ROOT},       {ROOT, 3},         {3, 2 * ROOT},
                                      {ROOT, ROOT / 8}, {SIZE_MAX / 16, 16}, {SIZE_MAX / 3, 3}, {5, SIZE_MAX / 5},
                                      {SIZE_MAX, 1},    {1, SIZE_MAX}};
    for (size_t i = 0; i < LENGTH_OF(large); i++) {
        size_t count = large[i][0], size = large[i][1];
        size_t requests = heap_requests(), largest = heap_largest_request();
        tell("/* %zu bytes: few machines have that many, but a size_t can hold the number */", count * size);
        heap_refuse(1);
        const void *array = allocate_array(count, size);
        expect(heap_requests() > requests,
               "%zu * %zu does not wrap around, so malloc should decide, but it was not asked", count, size);
        expect_request(count * size, largest, "malloc should be asked for all of COUNT * SIZE bytes");
        expect_null(array, "allocate_array should return NULL when malloc does");
    }
}
END_TEST

START_TEST(array_wraps)
{
    static const size_t cases[][2] = {{SIZE_MAX / 16 + 2, 16},
                                      {16, SIZE_MAX / 16 + 2},
                                      {ROOT, ROOT},
                                      {2 * ROOT, ROOT / 2},
                                      {SIZE_MAX, SIZE_MAX},
                                      {ROOT + 1, ROOT + 1},
                                      {SIZE_MAX / 3 + 1, 3},
                                      {3, SIZE_MAX / 3 + 1},
                                      {TOP, 2},
                                      {TOP, 3},
                                      {3, TOP},
                                      {SIZE_MAX, 2},
                                      {376464164769582687, 49}, /* as a double, no more than 2^64 */
                                      {103, 179094602657374288}};
    for (size_t i = 0; i < LENGTH_OF(cases); i++) {
        size_t count = cases[i][0], size = cases[i][1], wrapped = count * size, largest = heap_largest_request();
        tell("/* more than SIZE_MAX; the product wraps around to %zu */", wrapped);
        expect_too_large(allocate_array(count, size), "this array");
        char found[TEXT_BYTES];
        snprintf(found, sizeof found, "malloc(%zu), which happened to be refused", wrapped);
        if (heap_largest_request() > largest && heap_largest_request() == wrapped)
            fail_compare("no request for the wrapped product", found,
                         "a product that has wrapped around means nothing, so malloc should never be asked for it");
    }
}
END_TEST

static const struct guess malloc_of_zero[] = {{0, "what malloc(0) returns here; elsewhere it may be NULL"}, NO_GUESS};

START_TEST(array_of_nothing)
{
    static const size_t cases[][2] = {{0, 8}, {8, 0}, {0, 0}, {SIZE_MAX, 0}, {0, SIZE_MAX}};
    for (size_t i = 0; i < LENGTH_OF(cases); i++)
        expect_room(allocate_array(cases[i][0], cases[i][1]), 1, MOST_FOR_NOTHING, malloc_of_zero,
                    "an empty array should be a block of at least one byte all the same, because NULL means failure");
}
END_TEST

/* --- rules that hold for all of them --- */

static void expect_block_for_nothing(const void *block, const char *what)
{
    expect_room(block, 1, MOST_FOR_NOTHING, malloc_of_zero,
                "%s should be a block of at least one byte all the same, because NULL means failure", what);
}

START_TEST(empty_results)
{
    static const struct ticket ticket = {'A', 1990, 'S', 571, 42};
    expect_block_for_nothing(clone_samples(put_samples(1), 0), "a copy of no samples");
    expect_block_for_nothing(make_runners(0), "an array of no runners");
    tell("/* a pointer to the end of an array is all that a caller with no tickets needs to have */");
    expect_block_for_nothing(pack_tickets(put_ticket(&ticket, 0, "&ticket") + 1, 0), "an array of no tickets");
    expect_block_for_nothing(clone_samples(put_samples(1) + 1, 0), "a copy of no samples");
    expect_block_for_nothing(make_grid(0, 3, 7), "a grid without rows");
    expect_block_for_nothing(make_grid(3, 0, 7), "a grid without columns");
    expect_block_for_nothing(make_grid(0, SIZE_MAX, 7), "a grid without rows");
    expect_block_for_nothing(make_grid(100000, 0, 7), "a grid without columns");
    expect_block_for_nothing(make_grid(0, 0, 7), "a grid without rows and columns");
    expect_recording_room(make_recording(0, RATE), 0, "make_recording");

    int **none = make_rows(0, 3, 7);
    expect_room_from(none, 1, malloc_of_zero, "a matrix without rows should not be NULL, because NULL means failure");
    free_rows(none, 0);
    none = make_rows(0, SIZE_MAX, 7);
    expect_room_from(none, 1, malloc_of_zero, "a matrix without rows should not be NULL, because NULL means failure");
    free_rows(none, 0);
    enum { ROWS = 3 };
    int **narrow = make_rows(ROWS, 0, 7);
    expect_room_from(narrow, ROWS * sizeof *narrow, malloc_of_zero,
                     "a matrix without columns should still have its %d row pointers", ROWS);
    free_rows(narrow, ROWS);
}
END_TEST

/* RESULT is that of CALL, whose largest request should have been for LEAST to MOST bytes. It cannot have been granted.
 */
static void expect_huge(const void *result, size_t least, size_t most, const char *call)
{
    size_t asked = heap_largest_request();
    char expected[TEXT_BYTES], found[TEXT_BYTES];
    snprintf(expected, sizeof expected, least == most ? "malloc(%zu)" : "malloc of at least %zu bytes", least);
    snprintf(found, sizeof found, "malloc of at most %zu bytes", asked);
    heap_refuse(0);
    if (asked < least || asked > most)
        fail_compare(expected, found, "%s is large, but a size_t can hold its size, so malloc should be asked for all",
                     call);
    expect_null(result, "%s should return NULL when malloc does", call);
    expect_reason(ENOMEM, "there is not enough memory, which is ENOMEM");
}

/* Each needs more than the one before it, so that its own request is the largest. */
START_TEST(sizes_whole)
{
    size_t runners = ROOT + 5, samples = 32 * ROOT + 3, side = (size_t)1 << 20, rows = 512 * ROOT, cols = 2048 * ROOT;
    heap_refuse(1);
    expect_huge(make_runners(runners), runners * sizeof(struct runner), runners * sizeof(struct runner),
                "an array of runners");
    heap_refuse(1);
    expect_huge(make_recording(samples, RATE), offsetof(struct recording, samples) + samples * sizeof(short),
                sizeof(struct recording) + samples * sizeof(short), "a recording");
    heap_refuse(1);
    expect_huge(make_grid(side, side, 7), side * side * sizeof(int), side * side * sizeof(int), "a grid");
    heap_refuse(1);
    expect_huge(make_rows(rows, 1, 7), rows * sizeof(int), rows * (sizeof(int *) + sizeof(int)) + MOST_FOR_NOTHING,
                "a matrix");
    tell("/* no machine has that many bytes */");
    expect_huge(make_rows(2, cols, 7), cols * sizeof(int), 2 * (sizeof(int *) + cols * sizeof(int)) + MOST_FOR_NOTHING,
                "a matrix");
    expect_no_leak("after a failed call, nothing should still be allocated");
}
END_TEST

START_TEST(products_checked)
{
    enum { MANY = 16 };
    expect_too_large(make_runners(SIZE_MAX / sizeof(struct runner) + 2), "this array of runners");
    expect_too_large(make_runners(SIZE_MAX), "this array of runners");
    expect_too_large(make_runners(SIZE_MAX / sizeof(struct runner) + 1), "this array of runners");
    tell("/* here the samples alone need too many bytes */");
    expect_too_large(make_recording(SIZE_MAX / sizeof(short) + 2, RATE), "this recording");
    tell("/* here they do not, but the samples and the struct do */");
    expect_too_large(make_recording(SIZE_MAX / sizeof(short), RATE), "this recording");
    tell("/* here the sum is SIZE_MAX + 1, if the struct is counted with its padding */");
    expect_too_large(make_recording((SIZE_MAX - sizeof(struct recording)) / sizeof(short) + 1, RATE), "this recording");
    tell("/* here rows * cols alone is too large */");
    expect_too_large(make_grid(ROOT, ROOT, 7), "this grid");
    tell("/* here it is not, but the ints need too many bytes */");
    expect_too_large(make_grid(ROOT / 2, ROOT / 2, 7), "this grid");
    expect_too_large(make_grid(SIZE_MAX / sizeof(int) + 1, 1, 7), "this grid");
    expect_too_large(make_grid(SIZE_MAX, 1, 7), "this grid");
    expect_too_large(make_grid(1, SIZE_MAX, 7), "this grid");
    expect_too_large(make_grid(1, SIZE_MAX / sizeof(int) + 2, 0), "this grid of zeros");
    expect_too_large(make_grid(ROOT, ROOT / 2, 0), "this grid of zeros");
    expect_too_large(make_grid(SIZE_MAX, SIZE_MAX, 7), "this grid");
    expect_too_large(make_rows(SIZE_MAX, 1, 7), "this matrix");
    expect_too_large(make_rows(SIZE_MAX, 0, 7), "this matrix");
    expect_too_large(make_rows(1, SIZE_MAX, 7), "this matrix");
    expect_too_large(make_rows(1, SIZE_MAX / sizeof(int) + 2, 0), "this matrix of zeros");
    for (size_t less = 0; less <= 1; less++) {
        expect_too_large(make_rows(1, SIZE_MAX / sizeof(int) - less, 0), "this matrix of one row");
        expect_too_large(make_rows(2, SIZE_MAX / sizeof(int) - less, 0), "this matrix of two rows");
    }
    expect_too_large(make_rows(SIZE_MAX, SIZE_MAX, 7), "this matrix");
    expect_too_large(make_rows(SIZE_MAX / sizeof(int *) + 2, 1, 7), "this matrix");
    expect_too_large(make_rows(2, SIZE_MAX / sizeof(int) + 2, 7), "this matrix");
    tell("/* here rows * cols alone is too large */");
    expect_too_large(make_rows(MANY, SIZE_MAX / MANY + 1, 7), "this matrix");
    tell("/* here it is not, but the ints of all rows need too many bytes */");
    expect_too_large(make_rows(MANY, SIZE_MAX / (MANY * sizeof(int)) + 1, 7), "this matrix");
    tell("/* here the pointers fit, and so do the ints, but the sum of both does not */");
    expect_too_large(make_rows(TOP / sizeof(int *), TOP / (TOP / sizeof(int *) * sizeof(int)), 7), "this matrix");
    expect_no_leak("after a failed call, nothing should still be allocated");
}
END_TEST

void add_safety_tests(struct suite *suite)
{
    suite_add(suite, array_product);
    suite_add(suite, array_wraps);
    suite_add(suite, array_of_nothing);
    suite_add(suite, empty_results);
    suite_add(suite, products_checked);
    suite_add(suite, sizes_whole);
}
