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
    struct header *h = put_block(96);
    expect_from(h, "h", mm_footer(h), (char *)h + 96 - FOOTER, "the footer should be the last 8 bytes of the block");
    set_size(h, ROOM);
    expect_from(h, "h", mm_footer(h), (char *)h + ROOM - FOOTER, "the footer should be the last 8 bytes of the block");
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
}
END_TEST

START_TEST(block_size_counts_all)
{
    static const size_t sizes[] = {24, 40, 56, 104, 1, 25, 32, 100, 4000};
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++)
        expect_size(
            mm_block_size(sizes[i]), block_bytes(sizes[i]),
            "the size of a block for %zu byte%s should include %d bytes of header and %d of footer, be rounded up to a "
            "multiple of %d, and be at least %d",
            sizes[i], sizes[i] == 1 ? "" : "s", HEADER, FOOTER, MM_ALIGNMENT, MM_MIN_BLOCK);
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
    tell("/* from now on there is memory */");
    break_limit(4 * mem_pagesize());
    make_heap();
    struct free_list list;
    memcpy(&list, mem_heap_lo(), sizeof list);
    expect_null(list.first, "the list should be empty at first");
    expect_int((int)list.policy, MM_FIRST_FIT, "the policy should be MM_FIRST_FIT (%d) at first", MM_FIRST_FIT);
}
END_TEST

/* mm_insert of BLOCK, which was used and becomes loose first. */
static void insert(struct header *block)
{
    make_loose(block);
    walker_loose(NULL);
    mm_insert(block);
}

START_TEST(insert_puts_on_list)
{
    struct layout heap = LAY_OUT(USED(64), USED(96), USED(48), USED(64), USED(48), USED(80), USED(48));
    insert(heap.block[D]);
    insert(heap.block[B]);
    insert(heap.block[F]);
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

static struct header *rover(void)
{
    struct free_list list;
    memcpy(&list, mem_heap_lo(), sizeof list);
    return list.rover;
}

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

START_TEST(coalesce_with_prev)
{
    struct layout heap = LAY_OUT(FREE(64), USED(48), FREE(80), LOOSE(96), USED(48));
    coalesce(&heap, heap.block[D], heap.block[C], 176,
             "C, the previous block, is free: C and D should become one block at C");
    expect_free(heap.block[A], 64, "A is free but does not touch C or D: it should stay as it is");
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
    struct layout heap = LAY_OUT(USED(256), USED(64), USED(96), USED(48));
    split(&heap, heap.block[A], 96, 160, "the remainder of A should be a free block");
    split(&heap, heap.block[C], 48, 48, "the remainder of C should be a free block: 48 bytes are enough");
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
    struct layout heap = LAY_OUT(USED(80), USED(64), USED(96), USED(48));
    split_nothing(heap.block[A], 48,
                  "the remainder of A would have 32 bytes, too few for a block: A should stay whole");
    split_nothing(heap.block[B], 48,
                  "the remainder of B would have 16 bytes, too few for a block: B should stay whole");
    split_nothing(heap.block[C], 96, "there is no remainder: C should stay as it is");
}
END_TEST

START_TEST(split_remainder_merges)
{
    struct layout heap = LAY_OUT(USED(160), FREE(96), USED(48));
    split(&heap, heap.block[A], 64, 192, "B is free: it should become one free block with the remainder of A");
}
END_TEST

/*** Choosing ***/

static void set_policy(enum mm_policy policy)
{
    mm_set_policy(policy);
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
    list->rover = old_rover;
    expect_unchanged(&before, "mm_find should only search: it");
    list->rover = new_rover;
}

/* Four free blocks, B 64, D 128, F 96 and H 160, on a list in the order B, H, F, D. */
static struct layout lay_out_choice(void)
{
    struct layout heap =
        LAY_OUT(USED(48), FREE(64), USED(48), FREE(128), USED(48), FREE(96), USED(48), FREE(160), USED(48));
    relink(&heap, "BHFD");
    return heap;
}

START_TEST(first_fit_takes_first)
{
    struct layout heap = lay_out_choice();
    set_policy(MM_FIRST_FIT);
    find(&heap, 96, heap.block[H], "B is too small: H is the first block on the list that is large enough");
    find(&heap, 64, heap.block[B], "B is the first block on the list, and fits exactly");
    find(&heap, 128, heap.block[H], "H is the first block on the list that is large enough");
    find(&heap, 160, heap.block[H], "only H is large enough, and fits exactly");
    find(&heap, 176, NULL, "no block is large enough");
    expect_null(rover(), "under first fit the rover should stay as it is");
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
    find(&heap, 144, heap.block[H], "only H is large enough");
    find(&heap, 176, NULL, "no block is large enough");
    expect_null(rover(), "under best fit the rover should stay as it is");
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
    expect_payloads(&heap);
}
END_TEST

/*** Allocating and freeing ***/

START_TEST(malloc_cuts_blocks)
{
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

START_TEST(no_memory_is_survived)
{
    make_heap();
    char *a = allocate(40);
    fill(a, 0x0A, 40);
    struct snapshot before = take_snapshot();
    tell("/* from now on mem_sbrk refuses to grow the heap */");
    break_limit(mem_heapsize());
    void *b = mm_malloc(MM_CHUNK);
    expect_null(b, "no free block is large enough and there is no more memory: mm_malloc should return NULL");
    expect_errno(ENOMEM, "errno should give the reason");
    expect_unchanged(&before, "a failed mm_malloc");
    expect_null(mm_grow(64), "there is no more memory: mm_grow should return NULL");
    expect_unchanged(&before, "a failed mm_grow");
    allocate(104);
    tell("/* from now on there is memory again */");
    break_limit(before.heap_bytes + 8 * mem_pagesize());
    allocate(MM_CHUNK);
}
END_TEST

START_TEST(huge_size_is_refused)
{
    static const struct {
        size_t size;
        const char *name;
    } huge[] = {
        {SIZE_MAX, "SIZE_MAX"},           {SIZE_MAX - 15, "SIZE_MAX - 15"}, {SIZE_MAX - 23, "SIZE_MAX - 23"},
        {SIZE_MAX - 24, "SIZE_MAX - 24"}, {SIZE_MAX - 39, "SIZE_MAX - 39"}, {SIZE_MAX - 47, "SIZE_MAX - 47"},
        {SIZE_MAX / 2, "SIZE_MAX / 2"},   {INTPTR_MAX, "INTPTR_MAX"},       {INTPTR_MAX - 24, "INTPTR_MAX - 24"},
    };
    make_heap();
    allocate(40);
    size_t before = mem_heapsize();
    for (size_t i = 0; i < sizeof huge / sizeof *huge; i++) {
        expect_null(mm_malloc(huge[i].size), "no heap has room for %s bytes: mm_malloc should return NULL",
                    huge[i].name);
        expect_errno(ENOMEM, "errno should give the reason");
        expect_size(mem_heapsize(), before, "a request that is refused should not grow the heap");
    }
}
END_TEST

/*** Bad frees ***/

static const char *kind_name(int kind)
{
    switch (kind) {
    case MM_WILD_POINTER:
        return "MM_WILD_POINTER";
    case MM_INTERIOR_POINTER:
        return "MM_INTERIOR_POINTER";
    case MM_DOUBLE_FREE:
        return "MM_DOUBLE_FREE";
    default:
        return "another kind";
    }
}

/* Calls mm_free(BAD) and demands one report and an unchanged heap. WHAT says what BAD is. Returns the report's kind. */
static int free_badly(void *bad, const char *what)
{
    struct snapshot before = take_snapshot();
    unsigned reported = reports();
    walker_pause();
    mm_free(bad);
    walker_resume();
    expect(reports() > reported, "%s: mm_free should report it with mm_report", what);
    expect(reports() == reported + 1, "%s: mm_free should report it only once", what);
    const void *where = NULL;
    int kind = last_report(&where);
    expect_pointer(where, bad, "mm_report should get the same pointer as mm_free");
    expect_unchanged(&before, "a bad mm_free should do nothing but report: it");
    return kind;
}

static void expect_kind(int found, int kind, const char *what)
{
    if (found != kind)
        fail_compare(kind_name(kind), kind_name(found), "%s: the report should have the right kind", what);
}

START_TEST(bad_free_is_reported)
{
    static const char wild[] = "this pointer does not come from mm_malloc and is not in the heap";
    static const char at_break[] = "the break is the first address after the heap";
    static const char interior[] = "this pointer is 16 bytes into a payload, where no other payload starts";
    static const char odd[] = "this pointer is one byte into a payload, where no other payload starts";
    static const char header[] = "this is the address of a header: no payload starts there";
    static const char list[] = "this is the address of the list: no payload starts there";
    make_heap();
    char *a = allocate(104);
    fill(a, 0x0A, 104);
    char *stray = put(NULL, 128, "stray", "char stray[128]; /* not from mm_malloc */");
    expect_kind(free_badly(stray + 64, wild), MM_WILD_POINTER, wild);
    expect_kind(free_badly(heap_start() + mem_heapsize(), at_break), MM_WILD_POINTER, at_break);
    expect_kind(free_badly(a + 16, interior), MM_INTERIOR_POINTER, interior);
    expect_kind(free_badly(a + 1, odd), MM_INTERIOR_POINTER, odd);
    expect_kind(free_badly(a - HEADER, header), MM_INTERIOR_POINTER, header);
    expect_kind(free_badly(heap_start(), list), MM_INTERIOR_POINTER, list);
    release(a);
}
END_TEST

START_TEST(double_free_is_reported)
{
    static const char freed[] = "this block is already free";
    static const char merged[] = "this block was freed and became part of another";
    make_heap();
    char *a = allocate(40), *b = allocate(40), *c = allocate(40), *d = allocate(40);
    release(a);
    expect_kind(free_badly(a, freed), MM_DOUBLE_FREE, freed);
    release(b);
    expect_kind(free_badly(a, freed), MM_DOUBLE_FREE, freed);
    int kind = free_badly(b, merged);
    expect(kind != MM_WILD_POINTER, "%s: it still lies in the heap", merged);
    release(d);
    kind = free_badly(d, freed);
    release(c);
    kind = free_badly(c, merged);
    expect(kind != MM_WILD_POINTER, "%s: it still lies in the heap", merged);
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
    suite_add(suite, split_cuts_block);
    suite_add(suite, small_remainder_stays);
    suite_add(suite, split_remainder_merges);
    suite_add(suite, first_fit_takes_first);
    suite_add(suite, best_fit_takes_smallest);
    suite_add(suite, next_fit_goes_on);
    suite_add(suite, grow_adds_free_block);
    suite_add(suite, malloc_cuts_blocks);
    suite_add(suite, malloc_follows_policy);
    suite_add(suite, freed_neighbours_merge);
    suite_add(suite, zero_and_null);
    suite_add(suite, no_memory_is_survived);
    suite_add(suite, huge_size_is_refused);
    suite_add(suite, bad_free_is_reported);
    suite_add(suite, double_free_is_reported);
    add_checks(suite);
    add_long_run(suite);
}
