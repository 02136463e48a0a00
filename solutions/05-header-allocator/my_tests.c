// SPDX-License-Identifier: MIT
/*
 * my_tests.c - your own tests of the allocator of lab 05.
 *
 * They are ordinary Check tests (`make test-mine` runs them on your header_alloc.c). The grader
 * runs them on correct and on wrong allocators: every correct one must pass all of them, and each
 * wrong one should fail at least one. So test what header_alloc.h promises, and nothing that it
 * leaves open.
 *
 * Rules of this file:
 *   - Every test starts with an empty heap. No test depends on another.
 *   - Each test checks one promise, and its name says which.
 */
#include "header_alloc.h"
#include "memlib.h"
#include "mytests.h"

#include <check.h>
#include <errno.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>

/* An example: a freed block that is large enough is reused. */
START_TEST(freed_block_is_used_again)
{
    char *a = mm_malloc(64);
    mm_malloc(16);
    ck_assert_ptr_nonnull(a);
    size_t heap_bytes = mem_heapsize();
    mm_free(a);
    ck_assert_ptr_eq(mm_malloc(64), a);
    ck_assert_uint_eq(mem_heapsize(), heap_bytes);
}
END_TEST

#ifdef SOLUTION
/*** The rules of header_alloc.h, checked from outside ***/

enum { HEADER = sizeof(struct header) };

static char *start(void)
{
    return mem_heap_lo();
}

static struct header *at(size_t offset)
{
    return (struct header *)(void *)(start() + offset);
}

/* Walks the heap: every block has a sound header, and the last one ends at the break. */
static void assert_sound(void)
{
    size_t offset = 0;
    while (offset < mem_heapsize()) {
        const struct header *block = at(offset);
        ck_assert_uint_eq(block->magic, MM_MAGIC);
        ck_assert(block->state == MM_USED || block->state == MM_FREE);
        ck_assert_uint_ge(block->size, HEADER);
        ck_assert_uint_eq(block->size % MM_ALIGNMENT, 0);
        ck_assert_uint_le(block->size, mem_heapsize() - offset);
        offset += block->size;
    }
}

static struct header *block_of(void *payload)
{
    return (struct header *)payload - 1;
}

static char *take(size_t size)
{
    char *payload = mm_malloc(size);
    ck_assert_ptr_nonnull(payload);
    assert_sound();
    ck_assert_uint_eq((uintptr_t)payload % MM_ALIGNMENT, 0);
    ck_assert_int_eq(block_of(payload)->state, MM_USED);
    ck_assert_uint_ge(block_of(payload)->size, size + HEADER);
    return payload;
}

static void give_back(char *payload)
{
    unsigned before = mem_reports();
    size_t size = block_of(payload)->size;
    mm_free(payload);
    ck_assert_uint_eq(mem_reports(), before);
    ck_assert_int_eq(block_of(payload)->state, MM_FREE);
    ck_assert_uint_eq(block_of(payload)->size, size);
    assert_sound();
}

static void assert_fill(const char *payload, char byte, size_t n)
{
    for (size_t i = 0; i < n; i++)
        ck_assert_int_eq(payload[i], byte);
}

/*** Headers, payloads, walking ***/

START_TEST(headers_and_payloads_are_neighbours)
{
    struct header *header = at(1024);
    ck_assert_ptr_eq(mm_payload(header), (char *)header + HEADER);
    ck_assert_ptr_eq(mm_header(header + 1), header);
}
END_TEST

START_TEST(walk_meets_every_block)
{
    ck_assert_ptr_null(mm_first());
    struct header *a = block_of(take(64)), *b = block_of(take(16)), *c = block_of(take(32));
    ck_assert_ptr_eq(mm_first(), start());
    ck_assert_ptr_eq(mm_first(), a);
    ck_assert_ptr_eq(mm_next(a), b);
    ck_assert_ptr_eq(mm_next(b), c);
    ck_assert_ptr_null(mm_next(c));
}
END_TEST

/*** Growing ***/

START_TEST(heap_grows_by_the_block)
{
    static const size_t sizes[] = {1, 15, 16, 17, 24, 32, 40, 100, 4096};
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        size_t before = mem_heapsize();
        size_t room = (sizes[i] + MM_ALIGNMENT - 1) / MM_ALIGNMENT * MM_ALIGNMENT;
        char *payload = take(sizes[i]);
        ck_assert_ptr_eq(payload, start() + before + HEADER);
        ck_assert_uint_eq(mem_heapsize(), before + HEADER + room);
        memset(payload, 0xAA, room);
        assert_sound();
    }
}
END_TEST

/*** Reusing ***/

START_TEST(free_writes_the_state_only)
{
    char *a = take(48), *b = take(48), *c = take(48);
    memset(a, 1, 48);
    memset(c, 3, 48);
    size_t heap_bytes = mem_heapsize();
    give_back(b);
    ck_assert_uint_eq(mem_heapsize(), heap_bytes);
    assert_fill(a, 1, 48);
    assert_fill(c, 3, 48);
    ck_assert_ptr_eq(take(48), b);
    ck_assert_ptr_ne(take(48), b);
    assert_fill(a, 1, 48);
    assert_fill(c, 3, 48);
}
END_TEST

START_TEST(reused_block_keeps_its_size)
{
    char *a = take(256);
    take(16);
    give_back(a);
    ck_assert_ptr_eq(take(32), a);
    ck_assert_uint_eq(block_of(a)->size, 256 + HEADER);
}
END_TEST

START_TEST(first_fit_by_address)
{
    char *a = take(32), *gap = take(16), *b = take(96), *c = take(64);
    take(16);
    ck_assert_ptr_nonnull(gap);
    give_back(c);
    give_back(b);
    give_back(a);
    ck_assert_ptr_eq(take(48), b);
    ck_assert_ptr_eq(take(64), c);
    ck_assert_ptr_eq(take(32), a);
    size_t heap_bytes = mem_heapsize();
    take(16);
    ck_assert_uint_gt(mem_heapsize(), heap_bytes);
}
END_TEST

/* The block has 48 bytes, but its payload only 32. */
START_TEST(header_does_not_count_as_room)
{
    char *a = take(32);
    take(16);
    give_back(a);
    ck_assert_ptr_ne(take(48), a);
}
END_TEST

/*** Counting ***/

/* The tests share only the heap with the code under test, so the counts must lie there, in a block
 * of their own. */
START_TEST(counts_add_up)
{
    struct mm_counts *counts = mm_malloc(sizeof *counts);
    ck_assert_ptr_nonnull(counts);
    memset(counts, 0xCC, sizeof *counts);
    take(64);
    give_back(take(32));
    size_t room = block_of(counts)->size - HEADER;
    mm_count(counts);
    ck_assert_uint_eq(counts->used_blocks, 2);
    ck_assert_uint_eq(counts->free_blocks, 1);
    ck_assert_uint_eq(counts->used_bytes, room + 64);
    ck_assert_uint_eq(counts->free_bytes, 32);
    ck_assert_uint_eq(counts->overhead_bytes, 3 * HEADER);
}
END_TEST

/*** Edges ***/

START_TEST(zero_and_null_change_nothing)
{
    ck_assert_ptr_null(mm_malloc(0));
    ck_assert_uint_eq(mem_heapsize(), 0);
    char *a = take(16);
    give_back(a);
    ck_assert_ptr_null(mm_malloc(0));
    ck_assert_int_eq(block_of(a)->state, MM_FREE);
    mm_free(NULL);
    ck_assert_uint_eq(mem_reports(), 0);
}
END_TEST

START_TEST(no_memory_leaves_heap_sound)
{
    take(64);
    size_t heap_bytes = mem_heapsize();
    mem_limit(heap_bytes);
    errno = 0;
    ck_assert_ptr_null(mm_malloc(32));
    ck_assert_int_eq(errno, ENOMEM);
    ck_assert_uint_eq(mem_heapsize(), heap_bytes);
    assert_sound();
}
END_TEST

START_TEST(huge_sizes_are_refused)
{
    static const size_t sizes[] = {SIZE_MAX,      SIZE_MAX - 14, SIZE_MAX - 15, SIZE_MAX - 16,
                                   SIZE_MAX - 31, SIZE_MAX - 32, SIZE_MAX / 2,  INTPTR_MAX - 16};
    take(16);
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        errno = 0;
        ck_assert_ptr_null(mm_malloc(sizes[i]));
        ck_assert_int_eq(errno, ENOMEM);
        assert_sound();
    }
}
END_TEST

/*** Bad frees ***/

/* Frees POINTER, which is an error of KIND: expects one report and an unchanged heap. */
static void misuse(void *pointer, int kind)
{
    enum { IMAGE_BYTES = 512 };
    static char image[IMAGE_BYTES];
    unsigned before = mem_reports();
    size_t heap_bytes = mem_heapsize();
    const void *reported = NULL;
    ck_assert_uint_le(heap_bytes, IMAGE_BYTES);
    memcpy(image, start(), heap_bytes);
    mm_free(pointer);
    ck_assert_uint_eq(mem_reports(), before + 1);
    ck_assert_int_eq(mem_last_report(&reported), kind);
    ck_assert_ptr_eq(reported, pointer);
    ck_assert_uint_eq(mem_heapsize(), heap_bytes);
    ck_assert_mem_eq(image, start(), heap_bytes);
}

START_TEST(bad_frees_are_reported)
{
    static char stray[64];
    char *a = take(64), *b = take(64);
    memset(a, 0, 64);
    memset(b, 0, 64);
    misuse(stray + 32, MM_WILD_POINTER);
    misuse(start() + mem_heapsize(), MM_WILD_POINTER);
    misuse(start() - 64, MM_WILD_POINTER);
    misuse(start(), MM_INTERIOR_POINTER);
    misuse(b + 16, MM_INTERIOR_POINTER);
    misuse(b + 1, MM_INTERIOR_POINTER);
    misuse(b - HEADER, MM_INTERIOR_POINTER);
    give_back(b);
    misuse(b, MM_DOUBLE_FREE);
}
END_TEST

#endif
void my_tests(TCase *tcase)
{
    tcase_add_test(tcase, freed_block_is_used_again);
#ifdef SOLUTION
    tcase_add_test(tcase, headers_and_payloads_are_neighbours);
    tcase_add_test(tcase, walk_meets_every_block);
    tcase_add_test(tcase, heap_grows_by_the_block);
    tcase_add_test(tcase, free_writes_the_state_only);
    tcase_add_test(tcase, reused_block_keeps_its_size);
    tcase_add_test(tcase, first_fit_by_address);
    tcase_add_test(tcase, header_does_not_count_as_room);
    tcase_add_test(tcase, counts_add_up);
    tcase_add_test(tcase, zero_and_null_change_nothing);
    tcase_add_test(tcase, no_memory_leaves_heap_sound);
    tcase_add_test(tcase, huge_sizes_are_refused);
    tcase_add_test(tcase, bad_frees_are_reported);
#endif
}
