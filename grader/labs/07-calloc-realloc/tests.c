// SPDX-License-Identifier: MIT
/*
 * tests.c - the tests of realloc.c. The long run is in long_run.c.
 *
 * Lab 06's walker checks the rules of the heap after every call. Most tests of mm_extend and mm_realloc work on heaps
 * laid out by lab 06's layout.c, so they know what follows each block. They compare addresses, the break and bytes:
 * they see whether a block has stayed in place.
 */
#include "heaplab/test.h"

#include "free_list.h"
#include "memlib.h"
#include "realloc.h"

#include "layout.h"
#include "long_run.h"
#include "pattern.h"
#include "support.h"
#include "walker.h"

#include <stdio.h>

/* Payloads of these tests hold the pattern of this mark. */
enum { MARK = 0x51 };

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

START_TEST(product_is_stored)
{
    size_t *room = put_room();
    expect_product(room, 6, 7, 42);
    expect_product(room, 1, SIZE_MAX, SIZE_MAX);
    expect_product(room, SIZE_MAX, 1, SIZE_MAX);
    expect_product(room, SIZE_MAX / 2, 2, SIZE_MAX - 1);
    expect_product(room, (size_t)1 << 31, 8, (size_t)1 << 34);
    expect_product(room, 0, 7, 0);
    expect_product(room, 7, 0, 0);
}
END_TEST

struct factors {
    size_t nmemb, size;
};

/* Products that do not fit in a size_t. After wrapping around, some of them are quite small. */
static const struct factors too_large[] = {
    {SIZE_MAX, 2},           {2, SIZE_MAX},        {SIZE_MAX / 2 + 1, 2}, {(size_t)1 << 32, (size_t)1 << 32},
    {SIZE_MAX / 16 + 2, 16}, {SIZE_MAX, SIZE_MAX}, {3, SIZE_MAX / 3 + 8},
};

enum { TOO_LARGE = sizeof too_large / sizeof *too_large };

START_TEST(product_overflow_is_reported)
{
    size_t *room = put_room();
    for (size_t i = 0; i < TOO_LARGE; i++) {
        expect(!mm_product(too_large[i].nmemb, too_large[i].size, room),
               "the product does not fit in a size_t, so mm_product should return false");
        expect_size(*room, 7, "when mm_product returns false, *product should be unchanged");
    }
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
}
END_TEST

static void refuse_memory(void)
{
    tell("/* from here on mem_sbrk refuses to grow the heap */");
    break_limit(mem_heapsize());
}

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

/*** Larger, in place ***/

enum { OVERHEAD = HEADER + FOOTER };

/* The payload of a block of the layout, filled with a pattern. The story calls it pA, pB, ... */
static char *payload_of(const struct layout *heap, size_t index)
{
    char name[] = {'p', (char)('A' + index), '\0'};
    char *payload = (char *)(heap->block[index] + 1);
    set_name(payload, name);
    write_pattern(payload, heap->plan[index].size - OVERHEAD, MARK);
    return payload;
}

/* Calls mm_extend(BLOCK, SIZE), which must succeed. BLOCK then has WANTED bytes, and is followed by a free block of
 * REMAINDER bytes (0: by none). */
static void extend(struct header *block, size_t size, size_t wanted, size_t remainder)
{
    bool done = mm_extend(block, size);
    expect(done, "there is enough room after the block, so mm_extend should succeed");
    expect_used(block, wanted, "the block should be larger now, and used");
    if (remainder > 0)
        expect_free((char *)block + wanted, remainder,
                    "the part of the free block that is not needed should stay free");
}

START_TEST(extend_absorbs_free_block)
{
    struct layout heap = LAY_OUT(USED(64), FREE(160), USED(48), USED(96), FREE(80), USED(48));
    char *pa = payload_of(&heap, A), *pd = payload_of(&heap, D);
    size_t calls = break_calls();
    extend(heap.block[A], 112, 112, 112);
    extend(heap.block[A], 176, 176, 48);
    extend(heap.block[A], 224, 224, 0);
    expect_pattern(pa, 64 - OVERHEAD, MARK, "the payload of A should keep its bytes");
    extend(heap.block[D], 144, 176, 0);
    expect_pattern(pd, 96 - OVERHEAD, MARK, "the payload of D should keep its bytes");
    expect_size(break_calls(), calls, "there was enough room, so mem_sbrk should not be called");
    expect_payload(&heap, C);
    expect_payload(&heap, F);
}
END_TEST

/* Calls mm_extend(BLOCK, SIZE), which must fail. */
static void extend_in_vain(struct header *block, size_t size, const char *sentence)
{
    struct snapshot before = take_snapshot();
    bool done = mm_extend(block, size);
    expect(!done, "%s", sentence);
    expect_unchanged(&before, "a failed mm_extend");
}

START_TEST(extend_respects_neighbours)
{
    struct layout heap = LAY_OUT(USED(64), USED(64), FREE(64), USED(64), FREE(80), USED(48));
    extend_in_vain(heap.block[A], 96, "B, the block after A, is in use: A cannot grow in place");
    extend_in_vain(heap.block[B], 144, "B and C have only 128 bytes together, 144 are needed, and D is in use");
    extend_in_vain(heap.block[D], 160, "D and E have only 144 bytes together, 160 are needed, and F is in use");
    extend(heap.block[B], 128, 128, 0);
}
END_TEST

START_TEST(extend_grows_the_heap)
{
    struct layout heap = LAY_OUT(FREE(64), USED(48), USED(96));
    char *pc = payload_of(&heap, C);
    size_t before = mem_heapsize();
    extend(heap.block[C], 256, 256, 96 + MM_CHUNK - 256);
    expect_size(mem_heapsize(), before + MM_CHUNK,
                "the heap should grow by what is missing, or by MM_CHUNK if that is more");
    expect_pattern(pc, 96 - OVERHEAD, MARK, "the payload of C should keep its bytes");
    size_t reach = mem_heapsize() - before + 96;
    extend(heap.block[C], reach + 2 * MM_CHUNK, reach + 2 * MM_CHUNK, 0);
    expect_size(mem_heapsize(), before + 3 * MM_CHUNK,
                "a free block followed C: the heap should grow only by what was missing");
    extend(heap.block[C], reach + 4 * MM_CHUNK, reach + 4 * MM_CHUNK, 0);
    expect_size(mem_heapsize(), before + 5 * MM_CHUNK,
                "C was the last block: the heap should grow by exactly what was missing");
    expect_payload(&heap, B);
}
END_TEST

START_TEST(extend_survives_no_memory)
{
    struct layout heap = LAY_OUT(USED(64), USED(96), FREE(80));
    payload_of(&heap, B);
    refuse_memory();
    extend_in_vain(heap.block[B], 256, "there is no memory left to make room after B");
    tell("/* from here on there is memory again */");
    break_limit(mem_heapsize() + 4 * mem_pagesize());
    extend(heap.block[B], 256, 256, 96 + 80 + MM_CHUNK - 256);
}
END_TEST

/*** realloc: the special cases ***/

START_TEST(realloc_of_null_allocates)
{
    make_heap();
    char *a = mm_realloc(NULL, 100);
    expect_pointer_set(a, "mm_realloc(NULL, 100) should do what mm_malloc(100) does");
    block_of(a, 100);
    write_pattern(a, 100, MARK);
    char *b = mm_realloc(NULL, 100);
    expect(b != NULL && b != a, "mm_realloc(NULL, 100) should give a block of its own");
    block_of(b, 100);
    expect_pattern(a, 100, MARK, "a is in use: its bytes should not change");
    struct snapshot before = take_snapshot();
    expect_null(mm_realloc(NULL, 0), "mm_realloc(NULL, 0) should do what mm_malloc(0) does");
    expect_unchanged(&before, "mm_realloc(NULL, 0)");
}
END_TEST

START_TEST(realloc_to_zero_frees)
{
    struct layout heap = LAY_OUT(USED(64), USED(96), USED(48));
    char *pb = payload_of(&heap, B);
    expect_null(mm_realloc(pb, 0), "the block is gone, so there is nothing to return");
    expect(reports() == 0, "mm_realloc(pB, 0) is no error: nothing should be reported");
    expect_free(heap.block[B], 96, "mm_realloc(pB, 0) should free the block");
    expect_payloads(&heap);
}
END_TEST

START_TEST(realloc_within_block_changes_nothing)
{
    static const size_t sizes[] = {72, 71, 57};
    struct layout heap = LAY_OUT(USED(64), USED(96), FREE(80), USED(48));
    char *pb = payload_of(&heap, B);
    struct snapshot before = take_snapshot();
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        char *found = mm_realloc(pb, sizes[i]);
        set_name(pb, "pB");
        expect_place(found, pb, "the block of pB has room for that: it should stay in place");
        expect_unchanged(&before, "mm_realloc to a size that needs no other block size");
    }
}
END_TEST

/*** realloc: smaller ***/

/* Calls mm_realloc(PAYLOAD, SIZE), which must leave the block in place and keep the first KEPT bytes. */
static void resize_in_place(char *payload, size_t size, size_t kept, const char *sentence)
{
    char name[16];
    snprintf(name, sizeof name, "%s", name_of(payload));
    char *found = mm_realloc(payload, size);
    set_name(payload, name);
    expect_place(found, payload, sentence);
    block_of(payload, size);
    expect_pattern(payload, kept, MARK,
                   "the payload should keep its bytes, up to the smaller of the old and the new size");
}

START_TEST(realloc_shrinks_in_place)
{
    struct layout heap = LAY_OUT(FREE(256), USED(256), USED(48));
    char *pb = payload_of(&heap, B);
    refuse_memory();
    resize_in_place(pb, 104, 104, "the new size is smaller: the block should stay in place");
    expect_used(heap.block[B], 128, "the block should be cut: it needs 128 bytes now");
    expect_free((char *)heap.block[B] + 128, 128, "what is cut off should be a free block");
    resize_in_place(pb, 1, 1, "the new size is smaller: the block should stay in place");
    expect_used(heap.block[B], 48, "the block should be cut: it needs 48 bytes now");
    expect_free((char *)heap.block[B] + 48, 208, "what is cut off should merge with the free block after it");
    expect_payload(&heap, C);
}
END_TEST

/*** realloc: larger ***/

START_TEST(realloc_grows_into_neighbour)
{
    struct layout heap = LAY_OUT(FREE(512), USED(64), FREE(160), USED(48));
    char *pb = payload_of(&heap, B);
    size_t calls = break_calls();
    resize_in_place(pb, 88, 40,
                    "the block after B is free, and the two together are large enough: B should stay in place");
    expect_used(heap.block[B], 112, "the block should have exactly the 112 bytes that it needs");
    expect_free((char *)heap.block[B] + 112, 112, "the part of the free block that is not needed should stay free");
    resize_in_place(pb, 200, 40,
                    "the block after B is free, and the two together are just large enough: B should stay in place");
    expect_used(heap.block[B], 224, "the block should have exactly the 224 bytes that it needs");
    expect_size(break_calls(), calls, "there was enough room, so mem_sbrk should not be called");
    expect_payload(&heap, D);
}
END_TEST

START_TEST(realloc_grows_at_heap_end)
{
    struct layout heap = LAY_OUT(FREE(512), USED(48), USED(64));
    char *pc = payload_of(&heap, C);
    size_t before = mem_heapsize();
    resize_in_place(pc, 200, 40, "C is the last block: the heap should grow, and C should stay in place");
    expect_used(heap.block[C], 224, "the block should have exactly the 224 bytes that it needs");
    expect_size(mem_heapsize(), before + MM_CHUNK, "the heap should grow by MM_CHUNK");
    resize_in_place(pc, 5000, 40, "only a free block follows C: the heap should grow, and C should stay in place");
    expect_used(heap.block[C], 5024, "the block should have exactly the 5024 bytes that it needs");
}
END_TEST

/* Calls mm_realloc(PAYLOAD, SIZE), which must move the payload of ROOM bytes to another block. */
static char *resize_by_moving(char *payload, size_t size, size_t room)
{
    char *moved = mm_realloc(payload, size);
    expect_pointer_set(moved, "there is enough memory, so mm_realloc should return a block");
    expect(moved != payload, "there is not enough room after the block: it cannot stay in place");
    block_of(moved, size);
    expect_pattern(moved, room, MARK, "the new payload should start with all %zu bytes of the old one", room);
    const struct block *old = survey_payload(walker_survey(), payload);
    expect(old == NULL || !old->used, "after the move, the old block should be free");
    return moved;
}

START_TEST(realloc_moves_if_it_must)
{
    struct layout heap = LAY_OUT(USED(48), USED(64), USED(48), FREE(160), USED(48), USED(96), FREE(64), USED(48));
    char *pb = payload_of(&heap, B), *pf = payload_of(&heap, F);
    size_t before = mem_heapsize();
    resize_by_moving(pb, 100, 40);
    expect_size(mem_heapsize(), before, "D was free and large enough: the heap should not grow");
    resize_by_moving(pf, 300, 72);
    expect_payload(&heap, A);
    expect_payload(&heap, C);
    expect_payload(&heap, E);
    expect_payload(&heap, H);
}
END_TEST

/* The heap is so large that copying as many bytes as the new payload has would run past its end. */
START_TEST(move_reads_only_old_payload)
{
    enum { MIB = 1 << 20 };
    struct layout heap = LAY_OUT(FREE(31 * MIB), USED(64), USED(48));
    char *pb = payload_of(&heap, B);
    tell("/* past the 60th megabyte of the heap there is no memory at all */");
    resize_by_moving(pb, 30 * MIB, 40);
    expect_payload(&heap, C);
}
END_TEST

START_TEST(move_copies_whole_payload)
{
    struct layout heap = LAY_OUT(USED(48), USED(128), USED(48), FREE(144), USED(48));
    char *pb = payload_of(&heap, B);
    resize_by_moving(pb, 105, 104);
    expect_used(heap.block[D], 144, "D was just large enough: it should hold the payload now");
    expect_payload(&heap, C);
    expect_payload(&heap, E);
}
END_TEST

/*** realloc: failure ***/

/* Calls mm_realloc(PAYLOAD, SIZE), which must fail and leave every byte where it is. */
static void resize_in_vain(char *payload, size_t size)
{
    struct snapshot before = take_snapshot();
    expect_null(mm_realloc(payload, size), "there is no memory for that, so mm_realloc should return NULL");
    expect_errno(ENOMEM, "errno should give the reason");
    expect_unchanged(&before, "the old block is still in use: a failed mm_realloc");
}

START_TEST(failure_keeps_old_block)
{
    struct layout heap = LAY_OUT(FREE(80), USED(96), USED(64), FREE(64));
    char *pb = payload_of(&heap, B), *pc = payload_of(&heap, C);
    refuse_memory();
    resize_in_vain(pb, 200);
    resize_in_vain(pc, 200);
    resize_in_place(pc, 104, 40, "the block after C is free, and the two together are just large enough");
    tell("/* from here on there is memory again */");
    break_limit(mem_heapsize() + 4 * mem_pagesize());
    resize_by_moving(pb, 200, 72);
}
END_TEST

START_TEST(full_heap_still_has_holes)
{
    struct layout heap = LAY_OUT(FREE(256), USED(48), USED(64));
    char *pc = payload_of(&heap, C);
    refuse_memory();
    resize_by_moving(pc, 200, 40);
    expect_payload(&heap, B);
}
END_TEST

START_TEST(huge_sizes_are_refused)
{
    static const size_t sizes[] = {SIZE_MAX, SIZE_MAX - 23, SIZE_MAX - 47, SIZE_MAX / 2, INTPTR_MAX, INTPTR_MAX - 24};
    struct layout heap = LAY_OUT(USED(64), USED(96));
    char *pa = payload_of(&heap, A), *pb = payload_of(&heap, B);
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        resize_in_vain(pa, sizes[i]);
        resize_in_vain(pb, sizes[i]);
    }
    resize_in_place(pa, 40, 40, "the block of pA has room for that: it should stay in place");
}
END_TEST

/*** reallocarray ***/

START_TEST(reallocarray_multiplies)
{
    struct layout heap = LAY_OUT(USED(64), FREE(160), USED(48));
    char *pa = payload_of(&heap, A);
    char *found = mm_reallocarray(pa, 11, 8);
    set_name(pa, "pA");
    expect_place(found, pa, "mm_reallocarray(pA, 11, 8) should do what mm_realloc(pA, 88) does");
    expect_used(heap.block[A], 112, "the block should have exactly the 112 bytes that a payload of 88 needs");
    expect_pattern(pa, 40, MARK, "the payload should keep its bytes");
    char *fresh = mm_reallocarray(NULL, 6, 100);
    expect_pointer_set(fresh, "mm_reallocarray(NULL, 6, 100) should do what mm_malloc(600) does");
    block_of(fresh, 600);
    expect_null(mm_reallocarray(fresh, 0, 100), "mm_reallocarray with no elements should free the block");
    expect_null(mm_reallocarray(pa, 100, 0), "mm_reallocarray with elements of no size should free the block");
    expect_free(heap.block[A], 64 + 160, "the block of pA should be free now, and merged with the next one");
}
END_TEST

START_TEST(reallocarray_overflow_is_refused)
{
    struct layout heap = LAY_OUT(USED(64), FREE(160), USED(48));
    char *pa = payload_of(&heap, A);
    struct snapshot before = take_snapshot();
    for (size_t i = 0; i < TOO_LARGE; i++) {
        expect_null(mm_reallocarray(pa, too_large[i].nmemb, too_large[i].size),
                    "no heap has room for such an array, so mm_reallocarray should return NULL");
        expect_errno(ENOMEM, "errno should give the reason");
        expect_unchanged(&before, "the old block is still in use: a failed mm_reallocarray");
    }
    expect_null(mm_reallocarray(NULL, SIZE_MAX, 2), "such an array should be refused when there is no old block, too");
    expect_unchanged(&before, "a failed mm_reallocarray");
}
END_TEST

void lab_suite(struct suite *suite)
{
    suite_after_call(suite, walker_inspect);
    suite_draw(suite, walker_draw);
    suite_add(suite, product_is_stored);
    suite_add(suite, product_overflow_is_reported);
    suite_add(suite, calloc_gives_zeros);
    suite_add(suite, calloc_clears_recycled_memory);
    suite_add(suite, calloc_overflow_is_refused);
    suite_add(suite, calloc_of_nothing_gives_null);
    suite_add(suite, calloc_survives_no_memory);
    suite_add(suite, realloc_of_null_allocates);
    suite_add(suite, realloc_to_zero_frees);
    suite_add(suite, realloc_within_block_changes_nothing);
    suite_add(suite, realloc_shrinks_in_place);
    suite_add(suite, extend_absorbs_free_block);
    suite_add(suite, extend_respects_neighbours);
    suite_add(suite, extend_grows_the_heap);
    suite_add(suite, extend_survives_no_memory);
    suite_add(suite, realloc_grows_into_neighbour);
    suite_add(suite, realloc_grows_at_heap_end);
    suite_add(suite, realloc_moves_if_it_must);
    suite_add(suite, move_copies_whole_payload);
    suite_add(suite, move_reads_only_old_payload);
    suite_add(suite, failure_keeps_old_block);
    suite_add(suite, full_heap_still_has_holes);
    suite_add(suite, huge_sizes_are_refused);
    suite_add(suite, reallocarray_multiplies);
    suite_add(suite, reallocarray_overflow_is_refused);
    add_long_run(suite);
}
