// SPDX-License-Identifier: MIT
/*
 * tests.c - what lab 06 demands of free_list.c. The checker's tests are in checks.c, the long run is in long_run.c.
 *
 * After every call walker.c checks the rules that free_list.h states for the whole heap. The tests add what each
 * function promises. The inner functions are tested on heaps that layout.c lays out, so none of them has to wait for
 * another. No test depends on the order of the list, unless it has made the list itself.
 */
#include "heaplab/test.h"

#include "free_list.h"
#include "memlib.h"

#include "layout.h"
#include "suites.h"
#include "support.h"
#include "walker.h"

#include <stdio.h>

static enum mm_policy policy_now = MM_FIRST_FIT; /* as set_policy has set it in this test */

/*** Both ends of a block ***/

enum { ROOM = 256, FILL_BYTE = 0x0A, VALUE_TEXT = 24 };

/* Gives H a size, and junk everywhere else. */
static void set_size(struct header *h, size_t size)
{
    fill(h, FILL_BYTE, ROOM);
    h->size = size;
    tell("((struct header *)h)->size = %zu;", size);
}

static struct header *put_block(size_t size)
{
    struct header *h = put(NULL, ROOM, "h", "char h[256]; /* room for a block */");
    set_size(h, size);
    return h;
}

START_TEST(footer_ends_block)
{
    static const size_t large[] = {65536 + 64, 16777216 + 16, ((size_t)1 << 32) + 96};
    struct header *h = put_block(96);
    expect_from(h, "h", mm_footer(h), (char *)h + 96 - FOOTER, "the footer should be the last 8 bytes of the block");
    set_size(h, ROOM);
    expect_from(h, "h", mm_footer(h), (char *)h + ROOM - FOOTER, "the footer should be the last 8 bytes of the block");
    for (size_t i = 0; i < sizeof large / sizeof *large; i++) {
        set_size(h, large[i]);
        expect_from(h, "h", mm_footer(h), (char *)h + large[i] - FOOTER,
                    "the footer of a large block, too, should be its last 8 bytes, whatever they hold");
    }
}
END_TEST

/* The block at H has SIZE in its footer. */
static void expect_footer(const struct header *h, size_t size)
{
    size_t footer, untouched;
    char expected[VALUE_TEXT];
    memcpy(&footer, (const char *)h + size - FOOTER, sizeof footer);
    memset(&untouched, FILL_BYTE, sizeof untouched);
    snprintf(expected, sizeof expected, "%zu", size);
    if (footer == untouched)
        fail_compare(expected, "nothing was written there",
                     "the last 8 bytes of the block should hold the same size as its header");
    expect_size(footer, size, "the last 8 bytes of the block should hold the same size as its header");
}

/* mm_tag(H, SIZE, STATE), where H comes from put_block. */
static void expect_tag(struct header *h, size_t size, enum mm_state state)
{
    mm_tag(h, size, state);
    expect_size(h->size, size, "the header should hold the size of the whole block");
    expect_int((int)h->state, (int)state, "the header should have the state passed to mm_tag");
    expect(h->magic == MM_MAGIC, "every header should hold the magic number");
    expect_footer(h, size);
    expect_fill(h + 1, FILL_BYTE, size - HEADER - FOOTER, "mm_tag should leave the payload as it was");
    expect_fill((char *)h + size, FILL_BYTE, ROOM - size, "mm_tag should not write beyond the block");
}

START_TEST(tag_writes_both_ends)
{
    struct header *h = put_block(160);
    expect_tag(h, 96, MM_FREE);
    set_size(h, 160);
    expect_tag(h, 48, MM_USED);
}
END_TEST

/* mm_prev(BLOCK), which must return WANTED. */
static void step_back(const struct layout *heap, struct header *block, struct header *wanted, const char *sentence)
{
    struct header *found = mm_prev(block);
    restore_names(heap);
    expect_place(found, wanted, sentence);
}

START_TEST(prev_is_found_by_footer)
{
    struct layout heap = LAY_OUT(USED(64), FREE(96), USED(48), USED(160));
    step_back(&heap, heap.block[D], heap.block[C], "the block before D is C, and C's footer holds its size");
    step_back(&heap, heap.block[C], heap.block[B], "the block before C is B, and B's footer holds its size");
    step_back(&heap, heap.block[B], heap.block[A], "the block before B is A, and A's footer holds its size");
    step_back(&heap, heap.block[A], NULL,
              "A is the first block: before it there is only the list, which is not a block");
    tell("/* A's header is damaged */");
    walker_pause();
    heap.block[A]->size = ROOM / 2;
    step_back(&heap, heap.block[D], heap.block[C],
              "C's footer alone leads from D to C: the header of A does not matter");
}
END_TEST

START_TEST(block_size_counts_all)
{
    static const size_t four_gib = (size_t)1 << 32;
    static const size_t sizes[] = {24,   40, 56,    104,   1,        25,           32,           100,
                                   4000, 0,  65536, 65537, 16777217, four_gib - 8, four_gib + 40};
    static const size_t largest = (size_t)INTPTR_MAX - 15 - HEADER - FOOTER;
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++)
        expect_size(
            mm_block_size(sizes[i]), block_bytes(sizes[i]),
            "the size of a block for %zu byte%s should include %d bytes of header and %d of footer, be rounded up to a "
            "multiple of %d, and be at least %d",
            sizes[i], sizes[i] == 1 ? "" : "s", HEADER, FOOTER, MM_ALIGNMENT, MM_MIN_BLOCK);
    expect_size(mm_block_size(largest), (size_t)INTPTR_MAX - 15,
                "the largest block there can be has INTPTR_MAX - 15 bytes, a multiple of %d", MM_ALIGNMENT);
    expect_size(mm_block_size(largest + 1), 0, "a block for one byte more would be larger than INTPTR_MAX");
    expect_size(mm_block_size(INTPTR_MAX), 0, "a block for INTPTR_MAX bytes would be larger than INTPTR_MAX");
    expect_size(mm_block_size(SIZE_MAX), 0, "a block for SIZE_MAX bytes would be larger than INTPTR_MAX");
    expect_size(mm_block_size(SIZE_MAX - 23), 0, "a block for SIZE_MAX - 23 bytes would be larger than INTPTR_MAX");
}
END_TEST

/*** The list ***/

START_TEST(init_makes_the_list)
{
    tell("/* mem_sbrk refuses to grow the heap */");
    break_limit(0);
    expect(!mm_init(), "there is no memory: mm_init should return false");
    tell("/* mem_sbrk can add 16 bytes, no more */");
    break_limit(16);
    expect(!mm_init(), "there is not enough memory for the list: mm_init should return false");
    expect_size(mem_heapsize(), 0, "an mm_init that fails should leave the heap empty");
    tell("/* from now on there is memory */");
    break_limit(4 * mem_pagesize());
    make_heap();
    struct free_list list;
    memcpy(&list, mem_heap_lo(), sizeof list);
    expect_null(list.first, "the list should be empty at first");
    expect_int((int)list.policy, MM_FIRST_FIT, "the policy should be MM_FIRST_FIT (%d) at first", MM_FIRST_FIT);
}
END_TEST

static struct header *rover(void)
{
    struct free_list list;
    memcpy(&list, mem_heap_lo(), sizeof list);
    return list.rover;
}

static struct header *front_of_list(void)
{
    struct free_list list;
    memcpy(&list, mem_heap_lo(), sizeof list);
    return list.first;
}

/* mm_insert of BLOCK, which was used and becomes loose first. */
static void insert(struct header *block)
{
    make_loose(block);
    walker_loose(NULL);
    mm_insert(block);
}

START_TEST(insert_puts_on_list)
{
    struct layout heap =
        LAY_OUT(USED(64), USED(96), USED(48), USED(64), USED(48), USED(80), USED(48), USED(64), USED(48));
    tell("/* the policy is MM_NEXT_FIT */");
    ((struct free_list *)mem_heap_lo())->policy = MM_NEXT_FIT;
    insert(heap.block[D]);
    expect_null(rover(), "mm_insert should leave the rover as it is: NULL, even if the list was empty");
    insert(heap.block[B]);
    expect_null(rover(), "mm_insert should leave the rover as it is: NULL");
    set_rover(heap.block[D]);
    insert(heap.block[F]);
    expect_place(rover(), heap.block[D], "mm_insert should leave the rover as it is");
    struct header *front = front_of_list();
    set_rover(front);
    insert(heap.block[H]);
    expect_place(rover(), front, "mm_insert should leave the rover as it is, at the first block, too");
    expect_payloads(&heap);
}
END_TEST

/* mm_remove of BLOCK, which then becomes used. */
static void take_off(struct header *block)
{
    walker_loose(block);
    mm_remove(block);
    make_used(block);
}

START_TEST(remove_takes_off_list)
{
    struct layout heap = LAY_OUT(FREE(64), USED(48), FREE(96), USED(48), FREE(64), USED(48), FREE(80), USED(48));
    relink(&heap, "EAGC");
    take_off(heap.block[A]);
    take_off(heap.block[E]);
    take_off(heap.block[C]);
    take_off(heap.block[G]);
    expect_payloads(&heap);
}
END_TEST

START_TEST(remove_moves_rover)
{
    struct layout heap = LAY_OUT(FREE(64), USED(48), FREE(96), USED(48), FREE(64), USED(48), FREE(80), USED(48));
    relink(&heap, "EAGC");
    set_rover(heap.block[A]);
    take_off(heap.block[A]);
    expect_place(rover(), heap.block[G], "A was the rover: now it should be G, the next block on the list");
    take_off(heap.block[E]);
    expect_place(rover(), heap.block[G], "E was not the rover: the rover should stay at G");
    set_rover(heap.block[C]);
    take_off(heap.block[C]);
    expect_null(rover(), "C was the rover and the last block on the list: now the rover should be NULL");
}
END_TEST

/*** Merging: four cases ***/

/* mm_coalesce(BLOCK), which must return one free block of SIZE bytes at PLACE. */
static void coalesce(const struct layout *heap, struct header *block, struct header *place, size_t size,
                     const char *sentence)
{
    walker_loose(NULL);
    struct header *merged = mm_coalesce(block);
    restore_names(heap);
    expect_free(place, size, sentence);
    expect_place(merged, place, "mm_coalesce should return the merged block");
    expect_payloads(heap);
}

START_TEST(coalesce_alone)
{
    struct layout heap = LAY_OUT(USED(64), LOOSE(96), USED(48), FREE(80), USED(48));
    coalesce(&heap, heap.block[B], heap.block[B], 96,
             "A and C are in use: B should keep its place and its size, and go on the list");
    expect_free(heap.block[D], 80, "D is free but does not touch B: it should stay as it is");
}
END_TEST

START_TEST(coalesce_with_next)
{
    struct layout heap = LAY_OUT(USED(64), LOOSE(96), FREE(80), USED(48), FREE(64), USED(48));
    coalesce(&heap, heap.block[B], heap.block[B], 176,
             "C, the next block, is free: B and C should become one block at B");
    expect_free(heap.block[E], 64, "E is free but does not touch B or C: it should stay as it is");
}
END_TEST

/* Makes BLOCK, which is used, loose, behind mm_coalesce's back. */
static void let_loose(struct header *block)
{
    block->state = MM_FREE;
    walker_loose(block);
}

START_TEST(coalesce_with_prev)
{
    struct layout heap = LAY_OUT(FREE(64), USED(48), FREE(80), LOOSE(96), USED(48), FREE(80), USED(96), USED(48));
    coalesce(&heap, heap.block[D], heap.block[C], 176,
             "C, the previous block, is free: C and D should become one block at C");
    expect_free(heap.block[A], 64, "A is free but does not touch C or D: it should stay as it is");
    tell("/* G is loose now, and B's header is damaged */");
    let_loose(heap.block[G]);
    walker_pause();
    heap.block[B]->size = mem_heapsize();
    struct header *merged = mm_coalesce(heap.block[G]);
    restore_names(&heap);
    expect_place(merged, heap.block[F], "F's footer leads from G to F in constant time: B, far away, does not matter");
    expect_size(merged->size, 176, "F and G should become one block at F");
}
END_TEST

START_TEST(coalesce_with_both)
{
    struct layout heap = LAY_OUT(USED(48), FREE(64), LOOSE(96), FREE(80), USED(48), FREE(64), USED(48));
    coalesce(&heap, heap.block[C], heap.block[B], 240,
             "B and D, the previous and the next block, are free: all three should become one block at B");
    expect_free(heap.block[F], 64, "F is free but does not touch the others: it should stay as it is");
}
END_TEST

/* The memory after the break may hold anything: here, bytes that look like a free block. */
static void plant_after_break(void)
{
    enum { PLANTED = 96 };
    struct header *planted = (struct header *)(void *)(heap_start() + mem_heapsize());
    memset(planted, 0, PLANTED);
    tag(planted, PLANTED, MM_FREE);
    tell("/* just after the break there are bytes that look like a free block but are not in the heap */");
}

START_TEST(coalesce_stops_at_ends)
{
    struct layout heap = LAY_OUT(LOOSE(96), USED(64), USED(80));
    coalesce(&heap, heap.block[A], heap.block[A], 96,
             "A is the first block and B is in use: A should keep its size and go on the list");
    make_loose(heap.block[C]);
    plant_after_break();
    coalesce(&heap, heap.block[C], heap.block[C], 80,
             "C is the last block and B is in use: C should keep its size and go on the list");
    make_loose(heap.block[B]);
    plant_after_break();
    coalesce(&heap, heap.block[B], heap.block[A], 96 + 64 + 80,
             "A and C are free: all three should become one block, which is all of the heap");
}
END_TEST

/*** Splitting ***/

/* mm_split(BLOCK, SIZE), which must return a free block of REMAINDER bytes after it. */
static void split(const struct layout *heap, struct header *block, size_t size, size_t remainder, const char *sentence)
{
    struct header *place = (struct header *)(void *)((char *)block + size);
    struct header *cut_off = mm_split(block, size);
    restore_names(heap);
    expect_used(block, size, "the first part should be a used block of exactly the size passed to mm_split");
    expect_free(place, remainder, sentence);
    expect_place(cut_off, place, "mm_split should return the free block");
    expect_payloads(heap);
}

START_TEST(split_cuts_block)
{
    struct layout heap = LAY_OUT(USED(256), USED(64), USED(96), USED(144));
    split(&heap, heap.block[A], 96, 160, "the remainder of A should be a free block");
    split(&heap, heap.block[C], 48, 48, "the remainder of C should be a free block: 48 bytes are enough");
    plant_after_break();
    split(&heap, heap.block[D], 80, 64, "D is the last block: its remainder should be a free block, and end the heap");
}
END_TEST

/* mm_split(BLOCK, SIZE), which must leave everything as it is. */
static void split_nothing(struct header *block, size_t size, const char *sentence)
{
    struct snapshot before = take_snapshot();
    expect_null(mm_split(block, size), "%s", sentence);
    expect_unchanged(&before, "an mm_split that returns NULL");
}

START_TEST(small_remainder_stays)
{
    struct layout heap = LAY_OUT(USED(80), USED(64), USED(96), USED(80), FREE(64), USED(48));
    split_nothing(heap.block[A], 48,
                  "the remainder of A would have 32 bytes, too few for a block: A should stay whole");
    split_nothing(heap.block[B], 48,
                  "the remainder of B would have 16 bytes, too few for a block: B should stay whole");
    split_nothing(heap.block[C], 96, "there is no remainder: C should stay as it is");
    split_nothing(heap.block[D], 48, "the remainder of D would have 32 bytes: D should stay whole, even if E is free");
    split_nothing(heap.block[D], 64, "the remainder of D would have 16 bytes: D should stay whole, even if E is free");
}
END_TEST

START_TEST(split_remainder_merges)
{
    struct layout heap = LAY_OUT(USED(160), FREE(96), USED(48));
    split(&heap, heap.block[A], 64, 192, "B is free: it should become one free block with the remainder of A");
}
END_TEST

START_TEST(coalesce_keeps_rover_valid)
{
    struct layout heap =
        LAY_OUT(FREE(64), LOOSE(96), FREE(80), USED(48), FREE(64), USED(96), USED(48), USED(160), FREE(80));
    set_rover(heap.block[C]);
    coalesce(&heap, heap.block[B], heap.block[A], 240, "A and C are free: all three should become one block at A");
    make_loose(heap.block[F]);
    set_rover(heap.block[E]);
    coalesce(&heap, heap.block[F], heap.block[E], 160, "E is free: E and F should become one block at E");
    set_rover(heap.block[I]);
    split(&heap, heap.block[H], 64, 96 + 80, "I is free: it should become one free block with the remainder of H");
    struct header *last = mm_next(heap.block[H]);
    set_rover(last);
    mm_grow(64);
    expect_free(last, 96 + 80 + MM_CHUNK, "the last block was free: it should become one block with the new memory");
}
END_TEST

/*** Choosing ***/

static void set_policy(enum mm_policy policy)
{
    mm_set_policy(policy);
    policy_now = policy;
    struct free_list list;
    memcpy(&list, mem_heap_lo(), sizeof list);
    expect_int((int)list.policy, (int)policy, "list->policy should be the policy passed to mm_set_policy");
}

/* mm_find(SIZE), which must return BLOCK (or NULL) and change nothing but the rover. */
static void find(const struct layout *heap, size_t size, struct header *block, const char *sentence)
{
    struct free_list *list = mem_heap_lo();
    struct header *old_rover = list->rover;
    struct snapshot before = take_snapshot();
    struct header *found = mm_find(size);
    restore_names(heap);
    expect_place(found, block, sentence);
    struct header *new_rover = list->rover;
    if (policy_now == MM_NEXT_FIT && block != NULL)
        expect_place(new_rover, block, "under next fit the block found should become the rover");
    else
        expect_place(new_rover, old_rover, "mm_find should leave the rover as it is, unless next fit finds a block");
    list->rover = old_rover;
    expect_unchanged(&before, "mm_find should only search: it");
    list->rover = new_rover;
}

static const size_t four_gib = (size_t)1 << 32;

/* Four free blocks, B 64, D 128, F 96 and H 160, on a list in the order B, H, F, D. */
static struct layout lay_out_choice(void)
{
    struct layout heap =
        LAY_OUT(USED(48), FREE(64), USED(48), FREE(128), USED(48), FREE(96), USED(48), FREE(160), USED(48));
    relink(&heap, "BHFD");
    return heap;
}

/* Sizes that no block has; HIT is to be found for those from 129 to 160. */
static void find_odd_sizes(const struct layout *heap, struct header *hit, const char *sentence)
{
    find(heap, 129, hit, sentence);
    find(heap, 143, hit, sentence);
    find(heap, 161, NULL, "no block is large enough");
    find(heap, 176, NULL, "no block is large enough");
    find(heap, four_gib + 64, NULL, "no block is as large as 4 GiB");
    find(heap, SIZE_MAX / 2 + 65, NULL, "no block is as large as half of the address space");
    find(heap, SIZE_MAX, NULL, "no block is as large as the address space");
}

START_TEST(first_fit_takes_first)
{
    struct layout heap = lay_out_choice();
    set_policy(MM_FIRST_FIT);
    find(&heap, 96, heap.block[H], "B is too small: H is the first block on the list that is large enough");
    find(&heap, 64, heap.block[B], "B is the first block on the list, and fits exactly");
    find(&heap, 128, heap.block[H], "H is the first block on the list that is large enough");
    set_rover(heap.block[F]);
    find(&heap, 80, heap.block[H], "first fit starts at the start of the list, wherever the rover is");
    find(&heap, 160, heap.block[H], "only H is large enough, and fits exactly");
    find_odd_sizes(&heap, heap.block[H], "H is the first block on the list that is large enough");
}
END_TEST

START_TEST(best_fit_takes_smallest)
{
    struct layout heap = lay_out_choice();
    set_policy(MM_BEST_FIT);
    find(&heap, 96, heap.block[F], "of the blocks that are large enough, F is the smallest: it fits exactly");
    find(&heap, 80, heap.block[F], "of the blocks that are large enough, F is the smallest");
    find(&heap, 112, heap.block[D], "of the blocks that are large enough, D is the smallest");
    find(&heap, 48, heap.block[B], "B is the smallest of all, and large enough");
    set_rover(heap.block[D]);
    find(&heap, 80, heap.block[F], "best fit looks at the whole list, wherever the rover is");
    find(&heap, 144, heap.block[H], "only H is large enough");
    find_odd_sizes(&heap, heap.block[H], "H is the first block on the list that is large enough");
}
END_TEST

START_TEST(next_fit_goes_on)
{
    struct layout heap = lay_out_choice();
    set_rover(heap.block[D]);
    set_policy(MM_NEXT_FIT);
    expect_null(rover(), "mm_set_policy should set the rover to NULL");
    find(&heap, 96, heap.block[H], "there is no rover: H is the first block on the list that is large enough");
    expect_place(rover(), heap.block[H], "under next fit the block that was found should become the rover");
    set_rover(heap.block[F]);
    find(&heap, 80, heap.block[F], "the search starts at the rover F, which is large enough");
    find(&heap, 112, heap.block[D], "F is the rover, but too small: D is the next on the list that is large enough");
    expect_place(rover(), heap.block[D], "under next fit the block that was found should become the rover");
    find(&heap, 144, heap.block[H],
         "D, the rover, is too small and the last on the list: the search should go on from the start of the list, and "
         "find H");
    find(&heap, 176, NULL, "no block is large enough: the search should end after going round once");
    find_odd_sizes(&heap, heap.block[H], "only H is large enough");
    set_rover(heap.block[F]);
    find(&heap, 144, heap.block[H], "only H is large enough: going round, it is the last block before the rover F");
}
END_TEST

START_TEST(policy_change_clears_rover)
{
    static const enum mm_policy policies[] = {MM_FIRST_FIT, MM_BEST_FIT,  MM_BEST_FIT, MM_NEXT_FIT,
                                              MM_NEXT_FIT,  MM_FIRST_FIT, MM_NEXT_FIT, MM_BEST_FIT};
    struct layout heap = lay_out_choice();
    for (size_t i = 0; i < sizeof policies / sizeof *policies; i++) {
        set_rover(heap.block[D]);
        struct snapshot before = take_snapshot();
        set_policy(policies[i]);
        expect_null(rover(), "mm_set_policy should set the rover to NULL, whatever the policies are");
        struct free_list changed;
        memcpy(&changed, before.image, sizeof changed);
        changed.rover = NULL;
        changed.policy = policies[i];
        memcpy(before.image, &changed, sizeof changed);
        expect_unchanged(&before, "mm_set_policy should change nothing but the policy and the rover: it");
    }
}
END_TEST

START_TEST(empty_list_has_no_fit)
{
    struct layout heap = LAY_OUT(USED(64), USED(96));
    for (enum mm_policy policy = MM_FIRST_FIT; policy <= MM_NEXT_FIT; policy++) {
        set_policy(policy);
        find(&heap, 48, NULL, "no block is free: mm_find should return NULL");
    }
}
END_TEST

/*** Growing ***/

START_TEST(grow_adds_free_block)
{
    struct layout heap = LAY_OUT(FREE(80), USED(64));
    size_t end = mem_heapsize();
    struct header *grown = mm_grow(96);
    expect_size(mem_heapsize() - end, MM_CHUNK, "96 bytes are less than MM_CHUNK: the heap should grow by MM_CHUNK");
    expect_free(heap_start() + end, MM_CHUNK, "the new memory should be a free block");
    expect_place(grown, heap_start() + end, "mm_grow should return the new block");
    expect_size(break_calls(), 2, "mm_grow should call mem_sbrk once (the grader itself has called it once)");
    grown = mm_grow(8192);
    expect_size(mem_heapsize() - end, MM_CHUNK + 8192,
                "8192 bytes are more than MM_CHUNK: the heap should grow by 8192");
    expect_free(heap_start() + end, MM_CHUNK + 8192,
                "the last block was free: it should become one block with the new memory");
    expect_place(grown, heap_start() + end, "mm_grow should return the free block at the end of the heap");
    expect_size(break_calls(), 3, "mm_grow should call mem_sbrk once more, however much it asks for");
    expect_payloads(&heap);
}
END_TEST

/*** Allocating and freeing ***/

START_TEST(malloc_cuts_blocks)
{
    errno_begins(ENOMEM);
    make_heap();
    char *first = heap_start() + LIST;
    char *a = allocate(104);
    expect_place(a, first + HEADER, "the first payload should follow the list and one header");
    expect_used(first, 128, "the first block should be no larger than needed: the remainder stays free");
    expect_free(first + 128, MM_CHUNK - 128, "the remainder of the new memory should be a free block");
    char *b = allocate(24);
    expect_place(b, first + 128 + HEADER, "the second block should be split off the free one");
    char *c = allocate(MM_CHUNK - 128 - 48 - 32 - HEADER - FOOTER);
    expect_place(c, first + 128 + 48 + HEADER, "the third block should be split off the free one");
    expect_used(first + 176, MM_CHUNK - 176,
                "the remainder of this block would have 32 bytes, too few for a block: it should stay whole");
    expect_size(mem_heapsize(), LIST + MM_CHUNK, "the heap should not grow while a free block fits");
    char *d = allocate(1000);
    expect_place(d, first + MM_CHUNK + HEADER,
                 "no block is free: the heap should grow, and the new memory should be used");
}
END_TEST

START_TEST(malloc_follows_policy)
{
    errno_begins(ENOMEM);
    static const enum mm_policy policies[] = {MM_FIRST_FIT, MM_BEST_FIT, MM_NEXT_FIT, MM_NEXT_FIT};
    struct layout heap = lay_out_choice();
    for (size_t i = 0; i < sizeof policies / sizeof *policies; i++) {
        if (i == 0 || policies[i] != policies[i - 1])
            set_policy(policies[i]);
        const struct survey *survey = walker_survey();
        struct block wanted = survey->blocks[choose(survey, policies[i], block_bytes(56))];
        char sentence[128];
        snprintf(sentence, sizeof sentence, "mm_malloc should take the block that %s chooses",
                 policy_name(policies[i]));
        char *payload = mm_malloc(56);
        expect_place(payload, heap_start() + wanted.offset + HEADER, sentence);
        block_of(payload, 56);
    }
    expect_payloads(&heap);
}
END_TEST

START_TEST(freed_neighbours_merge)
{
    make_heap();
    char *first = heap_start() + LIST;
    char *a = allocate(40), *b = allocate(40), *c = allocate(40), *d = allocate(40);
    fill(b, 0x0B, 40);
    fill(d, 0x0D, 40);
    release(a);
    expect_free(first, 64, "a is free now and its neighbour b is in use: the block should keep its place and its size");
    release(c);
    expect_fill(b, 0x0B, 40, "b is in use: its bytes should not change when its neighbours are freed");
    expect_fill(d, 0x0D, 40, "d is in use: its bytes should not change when its neighbour is freed");
    release(b);
    expect_free(first, 192, "a, b and c are free now: they should have become one block");
    char *e = allocate(160);
    expect(e == a || e == d + 40 + FOOTER + HEADER, "mm_malloc should return a free block that is large enough");
    release(e);
    release(d);
    expect_free(first, MM_CHUNK, "everything is free now: it should be one block, as large as all of them together");
}
END_TEST

START_TEST(zero_and_null)
{
    make_heap();
    char *a = allocate(40);
    fill(a, 0x0A, 40);
    struct snapshot before = take_snapshot();
    expect_null(mm_malloc(0), "no bytes were requested: there is no block to return");
    expect_unchanged(&before, "mm_malloc(0)");
    mm_free(NULL);
    expect(reports() == 0, "freeing NULL is allowed: nothing should be reported");
    expect_unchanged(&before, "mm_free(NULL)");
}
END_TEST

static void name_constants(void)
{
    NAME_VALUE(mm_tag, MM_FREE);
    NAME_VALUE(mm_tag, MM_USED);
    NAME_VALUE(mm_set_policy, MM_FIRST_FIT);
    NAME_VALUE(mm_set_policy, MM_BEST_FIT);
    NAME_VALUE(mm_set_policy, MM_NEXT_FIT);
    NAME_VALUE(mm_check, MM_SOUND);
    NAME_VALUE(mm_check, MM_BAD_MAGIC);
    NAME_VALUE(mm_check, MM_BAD_STATE);
    NAME_VALUE(mm_check, MM_BAD_SIZE);
    NAME_VALUE(mm_check, MM_BAD_FOOTER);
    NAME_VALUE(mm_check, MM_NOT_MERGED);
    NAME_VALUE(mm_check, MM_BAD_LINK);
    NAME_VALUE(mm_check, MM_BAD_COUNT);
    NAME_VALUE(mm_check, MM_BAD_ROVER);
}

void lab_suite(struct suite *suite)
{
    name_constants();
    suite_after_call(suite, walker_inspect);
    suite_draw(suite, walker_draw);
    suite_payloads(suite, walker_payloads);
    suite_arithmetic_only(suite, "mm_header");
    suite_arithmetic_only(suite, "mm_payload");
    suite_arithmetic_only(suite, "mm_links");
    suite_arithmetic_only(suite, "mm_block_size");
    suite_reads_argument_only(suite, "mm_footer", sizeof(struct header));
    suite_reads_only(suite, "mm_check");
    suite_add(suite, footer_ends_block);
    suite_add(suite, tag_writes_both_ends);
    suite_add(suite, prev_is_found_by_footer);
    suite_add(suite, block_size_counts_all);
    suite_add(suite, init_makes_the_list);
    suite_add(suite, insert_puts_on_list);
    suite_add(suite, remove_takes_off_list);
    suite_add(suite, remove_moves_rover);
    suite_add(suite, coalesce_alone);
    suite_add(suite, coalesce_with_next);
    suite_add(suite, coalesce_with_prev);
    suite_add(suite, coalesce_with_both);
    suite_add(suite, coalesce_stops_at_ends);
    suite_add(suite, coalesce_keeps_rover_valid);
    suite_add(suite, split_cuts_block);
    suite_add(suite, small_remainder_stays);
    suite_add(suite, split_remainder_merges);
    suite_add(suite, first_fit_takes_first);
    suite_add(suite, best_fit_takes_smallest);
    suite_add(suite, next_fit_goes_on);
    suite_add(suite, policy_change_clears_rover);
    suite_add(suite, empty_list_has_no_fit);
    suite_add(suite, grow_adds_free_block);
    suite_add(suite, malloc_cuts_blocks);
    suite_add(suite, malloc_follows_policy);
    suite_add(suite, freed_neighbours_merge);
    suite_add(suite, zero_and_null);
    add_limits(suite);
    add_bad_frees(suite);
    add_checks(suite);
    add_long_run(suite);
}
