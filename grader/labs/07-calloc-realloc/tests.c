// SPDX-License-Identifier: MIT
/*
 * tests.c - the tests of mm_extend and mm_realloc. Those of mm_product and mm_calloc are in arrays.c, the long run is
 * in long_run.c.
 *
 * Lab 06's walker checks the rules of the heap after every call. Most tests of mm_extend and mm_realloc work on heaps
 * laid out by lab 06's layout.c, so they know what follows each block. They compare addresses, the break and bytes:
 * they see whether a block has stayed in place.
 */
#include "heaplab/test.h"

#include "free_list.h"
#include "memlib.h"
#include "realloc.h"

#include "arrays.h"
#include "layout.h"
#include "long_run.h"
#include "pattern.h"
#include "support.h"
#include "walker.h"

#include <stdio.h>

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
    struct layout heap = LAY_OUT(USED(64), USED(64), FREE(64), USED(64), FREE(80), USED(48), USED(64));
    extend_in_vain(heap.block[A], 96, "B, the block after A, is in use: A cannot grow in place");
    extend_in_vain(heap.block[B], 144, "B and C have only 128 bytes together, 144 are needed, and D is in use");
    extend_in_vain(heap.block[D], 160, "D and E have only 144 bytes together, 160 are needed, and F is in use");
    extend_in_vain(heap.block[D], FOUR_GIB + 112, "D and E have only 144 bytes together, and F is in use");
    extend_in_vain(heap.block[F], 96,
                   "G, the block after F, is in use, even if it is the last one: F cannot grow in place");
    extend(heap.block[B], 128, 128, 0);
}
END_TEST

START_TEST(extend_grows_the_heap)
{
    errno_begins(ENOMEM);
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

/* How many bytes BLOCK and the free block after it lack for the size it is extended to. */
static void extend_by_missing(struct header *block, size_t missing)
{
    const struct survey *survey = walker_survey();
    const struct block *next = survey_block(survey, block) + 1;
    size_t reach = block->size + (next < survey->blocks + survey->count ? next->size : 0);
    size_t grown = missing < MM_CHUNK ? MM_CHUNK : missing;
    size_t remainder = grown - missing < MM_MIN_BLOCK ? 0 : grown - missing;
    size_t before = mem_heapsize(), calls = break_calls();
    tell("/* %zu bytes are missing */", missing);
    extend(block, reach + missing, reach + grown - remainder, remainder);
    expect_size(mem_heapsize() - before, grown,
                "the heap should grow by what is missing, or by MM_CHUNK if that is more");
    expect_size(break_calls() - calls, 1, "the heap should grow in one call of mem_sbrk");
}

START_TEST(extend_grows_by_what_is_missing)
{
    static const size_t missing[] = {16,   MM_CHUNK - 32,     MM_CHUNK + 16, MM_CHUNK - MM_MIN_BLOCK,
                                     5008, 3 * MM_CHUNK - 48, 70000,         17 * MIB + 16};
    struct layout heap = LAY_OUT(USED(64), USED(96));
    char *pb = payload_of(&heap, B);
    for (size_t i = 0; i < sizeof missing / sizeof *missing; i++)
        extend_by_missing(heap.block[B], missing[i]);
    expect_pattern(pb, 96 - OVERHEAD, MARK, "the payload of B should keep its bytes");
    expect_payload(&heap, A);
}
END_TEST

/* The last block is at the end of the list, and the search starts there: whoever takes it off the list before memory is
 * refused has to bring back more than the block. */
static void link_last_block_last(const struct layout *heap, const char *letters, size_t last)
{
    struct free_list *list = mem_heap_lo();
    tell("/* the policy is MM_NEXT_FIT; list->first leads to A, and A leads to %c */", 'A' + (int)last);
    relink(heap, letters);
    list->policy = MM_NEXT_FIT;
    set_rover(heap->block[last]);
}

START_TEST(extend_survives_no_memory)
{
    static const size_t huge[] = {SIZE_MAX - 15,          SIZE_MAX - 4095, ((size_t)3 << 62) + 64,
                                  ((size_t)1 << 63) + 64, (size_t)1 << 63, ((size_t)1 << 63) - 16,
                                  (size_t)1 << 62};
    struct layout heap = LAY_OUT(FREE(64), USED(64), USED(96), FREE(80));
    payload_of(&heap, C);
    link_last_block_last(&heap, "AD", D);
    refuse_memory();
    extend_in_vain(heap.block[C], 256, "there is no memory left to make room after C");
    tell("/* from here on there is memory again, but less than a chunk */");
    break_limit(mem_heapsize() + MM_CHUNK / 2);
    extend_in_vain(heap.block[C], 256, "the heap should grow by a whole chunk, for which there is not enough memory");
    tell("/* from here on there is more memory */");
    break_limit(mem_heapsize() + 4 * mem_pagesize());
    extend_in_vain(heap.block[C], 6 * MM_CHUNK, "there is not enough memory to make room after C");
    extend_in_vain(heap.block[C], FOUR_GIB + 112, "there is not enough memory to make room after C");
    for (size_t i = 0; i < sizeof huge / sizeof *huge; i++) {
        extend_in_vain(heap.block[B], huge[i], "C, the block after B, is in use, and no block is so large");
        extend_in_vain(heap.block[C], huge[i], "no memory is so large");
    }
    extend(heap.block[C], 256, 256, 96 + 80 + MM_CHUNK - 256);
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
    expect_null(mm_realloc(NULL, SIZE_MAX), "no block is large enough, so mm_realloc should return NULL");
    expect_errno(ENOMEM, "errno should give the reason");
    refuse_memory();
    expect_null(mm_realloc(NULL, 2 * MM_CHUNK), "there is no memory left, so mm_realloc should return NULL");
    expect_errno(ENOMEM, "errno should give the reason");
    expect_unchanged(&before, "a failed mm_realloc");
}
END_TEST

START_TEST(realloc_to_zero_frees)
{
    struct layout heap = LAY_OUT(USED(64), USED(96), USED(48), FREE(64), USED(80), FREE(96), USED(48));
    char *pb = payload_of(&heap, B), *pe = payload_of(&heap, E);
    expect_null(mm_realloc(pb, 0), "the block is gone, so there is nothing to return");
    expect(reports() == 0, "mm_realloc(pB, 0) is no error: nothing should be reported");
    expect_free(heap.block[B], 96, "mm_realloc(pB, 0) should free the block");
    expect_null(mm_realloc(pe, 0), "the block is gone, so there is nothing to return");
    expect_free(heap.block[D], 64 + 80 + 96, "mm_realloc(pE, 0) should free the block and merge it on both sides");
    expect_payload(&heap, A);
    expect_payload(&heap, C);
    expect_payload(&heap, G);
}
END_TEST

START_TEST(realloc_within_block_changes_nothing)
{
    static const size_t sizes[] = {72, 71, 57, 56, 41, 25};
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

/* Resizes the block with this INDEX to a block of BYTES. What is cut off is too small for a block, or free. */
static void cut(const struct layout *heap, size_t index, size_t bytes)
{
    struct header *block = heap->block[index];
    size_t all = block->size;
    bool is_cut = all - bytes >= MM_MIN_BLOCK;
    resize_in_place((char *)(block + 1), bytes - OVERHEAD, bytes - OVERHEAD,
                    "the new size is smaller: the block should stay in place");
    expect_used(block, is_cut ? bytes : all,
                is_cut ? "the block should be cut, since what it no longer needs is enough for a block"
                       : "the block should not be cut: what it no longer needs is too small for a block");
}

START_TEST(realloc_cuts_off_every_block)
{
    static const size_t steps[] = {976, 912, 896, 608, 560, 112, 64};
    struct layout heap =
        LAY_OUT(USED(256), USED(48), USED(256), USED(48), USED(256), FREE(64), USED(48), USED(1024), USED(48));
    for (size_t i = 0; i < heap.count; i++)
        if (heap.plan[i].size >= 256)
            payload_of(&heap, i);
    cut(&heap, A, 208);
    cut(&heap, C, 192);
    cut(&heap, E, 240);
    cut(&heap, E, 224);
    cut(&heap, E, 208);
    for (size_t i = 0; i < sizeof steps / sizeof *steps; i++)
        cut(&heap, H, steps[i]);
    expect_payload(&heap, B);
    expect_payload(&heap, I);
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

/* The second payload comes at the same place as the first one, and has less room. */
START_TEST(realloc_grows_again_after_free)
{
    struct layout heap = LAY_OUT(USED(64), FREE(160), USED(48));
    char *pa = payload_of(&heap, A);
    resize_in_place(pa, 200, 40,
                    "the block after A is free, and the two together are just large enough: A should stay in place");
    release(pa);
    char *again = allocate(40);
    expect_place(again, pa, "A is the only free block");
    write_pattern(again, 40, MARK);
    resize_in_place(again, 200, 40,
                    "the block after A is free, and the two together are just large enough: A should stay in place");
    expect_used(heap.block[A], 224, "the block should have exactly the 224 bytes that it needs, whatever A was before");
}
END_TEST

START_TEST(realloc_grows_at_heap_end)
{
    errno_begins(ENOMEM);
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
    unsigned reported = reports();
    char *moved = mm_realloc(payload, size);
    expect(reports() == reported,
           "mm_realloc reported a bad mm_free in this call: when a block moves, the old one is freed once, and nothing "
           "else is");
    expect_pointer_set(moved, "there is enough memory, so mm_realloc should return a block");
    expect(moved != payload, "there is not enough room after the block: it cannot stay in place");
    block_of(moved, size);
    expect_pattern(moved, room, MARK, "the new payload should start with all %zu bytes of the old one", room);
    const struct block *old = survey_payload(walker_survey(), payload);
    expect(old == NULL || !old->used, "after the move, the old block should be free");
    return moved;
}

/* PAYLOAD is that of a block which has moved. */
static void free_again(char *payload)
{
    struct snapshot before = take_snapshot();
    unsigned reported = reports();
    mm_free(payload);
    expect(reports() == reported + 1,
           "the payload has moved, so the old pointer is dangling: mm_free should report it, as after a mm_free");
    expect_unchanged(&before, "a bad mm_free should do nothing but report: it");
}

START_TEST(realloc_moves_if_it_must)
{
    struct layout heap = LAY_OUT(USED(48), USED(64), USED(48), FREE(160), USED(48), USED(96), FREE(64), USED(48));
    char *pb = payload_of(&heap, B), *pf = payload_of(&heap, F);
    size_t before = mem_heapsize();
    resize_by_moving(pb, 100, 40);
    expect_size(mem_heapsize(), before, "D was free and large enough: the heap should not grow");
    free_again(pb);
    resize_by_moving(pf, 300, 72);
    free_again(pf);
    char *pc = payload_of(&heap, C);
    resize_by_moving(pc, 300, 24); /* B is free, and C is merged with it */
    free_again(pc);
    expect_payload(&heap, A);
    expect_payload(&heap, E);
    expect_payload(&heap, H);
}
END_TEST

START_TEST(large_payloads_move)
{
    make_heap();
    for (size_t i = 0; i < LARGE_SIZES; i++) {
        char *payload = allocate(large_sizes[i]);
        allocate(24);
        write_pattern(payload, large_sizes[i], MARK);
        char *moved = resize_by_moving(payload, large_sizes[i] + 100, large_sizes[i]);
        resize_in_place(moved, 500, 500, "the new size is smaller: the block should stay in place");
        expect_used(moved - HEADER, block_bytes(500), "the block should be cut to what it needs now");
    }
}
END_TEST

START_TEST(resizing_keeps_rover_and_policy)
{
    struct layout heap = LAY_OUT(USED(64), FREE(160), USED(48), USED(64), FREE(80), USED(48));
    struct free_list *list = mem_heap_lo();
    char *pa = payload_of(&heap, A), *pd = payload_of(&heap, D);
    tell("/* the policy is MM_NEXT_FIT, and the search starts at B */");
    list->policy = MM_NEXT_FIT;
    set_rover(heap.block[B]);
    resize_in_place(pa, 88, 40,
                    "the block after A is free, and the two together are large enough: A should stay in place");
    set_rover(heap.block[E]);
    extend(heap.block[D], 144, 144, 0);
    resize_by_moving(pd, 300, 64 - OVERHEAD);
    expect(list->policy == MM_NEXT_FIT, "resizing should not change the policy");
}
END_TEST

/* The heap is so large that copying as many bytes as the new payload has would run past its end. */
START_TEST(move_reads_only_old_payload)
{
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
    link_last_block_last(&heap, "AD", D);
    refuse_memory();
    resize_in_vain(pb, 200);
    resize_in_vain(pc, 200);
    resize_in_place(pc, 104, 40, "the block after C is free, and the two together are just large enough");
    tell("/* from here on there is memory again */");
    break_limit(mem_heapsize() + 4 * mem_pagesize());
    resize_by_moving(pb, 200, 72);
}
END_TEST

/* A payload moves from hole to hole, each of which is just large enough. */
static void move_into_holes(void)
{
    enum { KEPT = 40 };
    static const size_t sizes[] = {70000, 5000, 1000}; /* so that the list begins with the smallest hole */
    struct layout heap = LAY_OUT(USED(64), USED(48), FREE(block_bytes(sizes[0])), USED(48), FREE(block_bytes(sizes[1])),
                                 USED(48), FREE(block_bytes(sizes[2])), USED(48));
    char *moved = payload_of(&heap, A);
    refuse_memory();
    for (size_t i = sizeof sizes / sizeof *sizes; i-- > 0;)
        moved = resize_by_moving(moved, sizes[i], KEPT);
}

START_TEST(full_heap_still_has_holes)
{

    struct layout heap = LAY_OUT(FREE(208), USED(208), USED(48), FREE(256), USED(48), USED(64));
    char *pb = payload_of(&heap, B), *pf = payload_of(&heap, F);
    refuse_memory();
    resize_by_moving(pf, 200, 40);
    char *slid = mm_realloc(pb, 232); /* A and B together are large enough: a design may use that */
    expect_pattern(slid ? slid : pb, 208 - OVERHEAD, MARK, "the payload should keep its bytes, wherever it is now");
    expect_payload(&heap, C);
    expect_payload(&heap, E);
    tell("/* the system takes back the whole heap; then there is memory again */");
    break_reset();
    break_limit(MIB);
    move_into_holes();
}
END_TEST

START_TEST(huge_sizes_are_refused)
{
    static const size_t refused[] = {
        SIZE_MAX,        SIZE_MAX - 23,          SIZE_MAX - 47,           SIZE_MAX / 2,          INTPTR_MAX,
        INTPTR_MAX - 24, ((size_t)1 << 32) + 40, ((size_t)1 << 32) + 300, ((size_t)1 << 62) + 40};
    struct layout heap = LAY_OUT(USED(64), USED(96));
    char *pa = payload_of(&heap, A), *pb = payload_of(&heap, B);
    for (size_t i = 0; i < sizeof refused / sizeof *refused; i++) {
        resize_in_vain(pa, refused[i]);
        resize_in_vain(pb, refused[i]);
    }
    resize_in_place(pa, 40, 40, "the block of pA has room for that: it should stay in place");
}
END_TEST

/*** reallocarray ***/

START_TEST(reallocarray_multiplies)
{
    errno_begins(ENOMEM);
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
    expect_place(mm_reallocarray(fresh, 5, 40), fresh, "the block has room for 200 bytes: it should stay in place");
    expect_used(fresh - HEADER, block_bytes(200), "the block should be cut, as mm_realloc(fresh, 200) would do");
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
    for (size_t i = 0; i < BEYOND_MEMORY; i++) {
        expect_null(mm_reallocarray(pa, beyond_memory[i].nmemb, beyond_memory[i].size),
                    "the heap has no room for such an array, so mm_reallocarray should return NULL");
        expect_errno(ENOMEM, "errno should give the reason");
        expect_unchanged(&before, "the old block is still in use: a failed mm_reallocarray");
    }
    expect_null(mm_reallocarray(NULL, SIZE_MAX, 2), "such an array should be refused when there is no old block, too");
    expect_errno(ENOMEM, "errno should give the reason");
    expect_unchanged(&before, "a failed mm_reallocarray");
}
END_TEST

void lab_suite(struct suite *suite)
{
    suite_after_call(suite, walker_inspect);
    suite_draw(suite, walker_draw);
    suite_payloads(suite, walker_payloads);
    add_arrays(suite);
    suite_add(suite, realloc_of_null_allocates);
    suite_add(suite, realloc_to_zero_frees);
    suite_add(suite, realloc_within_block_changes_nothing);
    suite_add(suite, realloc_shrinks_in_place);
    suite_add(suite, realloc_cuts_off_every_block);
    suite_add(suite, extend_absorbs_free_block);
    suite_add(suite, extend_respects_neighbours);
    suite_add(suite, extend_grows_the_heap);
    suite_add(suite, extend_grows_by_what_is_missing);
    suite_add(suite, extend_survives_no_memory);
    suite_add(suite, realloc_grows_into_neighbour);
    suite_add(suite, realloc_grows_again_after_free);
    suite_add(suite, realloc_grows_at_heap_end);
    suite_add(suite, realloc_moves_if_it_must);
    suite_add(suite, move_copies_whole_payload);
    suite_add(suite, move_reads_only_old_payload);
    suite_add(suite, large_payloads_move);
    suite_add(suite, resizing_keeps_rover_and_policy);
    suite_add(suite, failure_keeps_old_block);
    suite_add(suite, full_heap_still_has_holes);
    suite_add(suite, huge_sizes_are_refused);
    suite_add(suite, reallocarray_multiplies);
    suite_add(suite, reallocarray_overflow_is_refused);
    add_long_run(suite);
}
