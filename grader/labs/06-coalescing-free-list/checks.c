// SPDX-License-Identifier: MIT
/*
 * checks.c - tests of mm_check on heaps that are laid out here, then damaged in one place.
 *
 * Each damage breaks one rule of free_list.h, or a few. mm_check may name any rule that is broken. After each damage
 * the heap is restored. Links may lead anywhere: a checker that follows them blindly crashes or never returns.
 */
#include "heaplab/test.h"

#include "free_list.h"
#include "memlib.h"

#include "layout.h"
#include "suites.h"
#include "support.h"
#include "walker.h"

#include <stdio.h>

enum { LINE_BYTES = 160 };

static const size_t four_gib = (size_t)1 << 32;

static struct snapshot sound; /* the test's sound heap, to be restored after each damage */

static const char *problem_name(int problem)
{
    static const char *const names[] = {"MM_SOUND",      "MM_BAD_MAGIC", "MM_BAD_STATE", "MM_BAD_SIZE", "MM_BAD_FOOTER",
                                        "MM_NOT_MERGED", "MM_BAD_LINK",  "MM_BAD_COUNT", "MM_BAD_ROVER"};
    bool known = problem >= 0 && problem < (int)(sizeof names / sizeof *names);
    return known ? names[problem] : "something that is no enum mm_problem";
}

/* Sets of problems. */
static unsigned set_of(enum mm_problem problem)
{
    return 1U << (unsigned)problem;
}

static void write_set(char room[LINE_BYTES], unsigned set)
{
    room[0] = '\0';
    for (int problem = 0; problem <= MM_BAD_ROVER; problem++)
        if (set & 1U << (unsigned)problem)
            snprintf(room + strlen(room), LINE_BYTES - strlen(room), "%s%s", room[0] == '\0' ? "" : " or ",
                     problem_name(problem));
}

static struct layout lay_out_heap(void)
{
    struct layout heap =
        LAY_OUT(USED(64), FREE(96), USED(48), FREE(80), USED(112), FREE(48), USED(64), FREE(128), USED(48));
    relink(&heap, "FBHD");
    sound = take_snapshot();
    walker_pause();
    return heap;
}

/* mm_check found another PROBLEM than the one it should have. If it finds one in the sound heap, too, that comes first.
 */
static void expect_accepts_sound(enum mm_problem problem)
{
    if (problem == MM_SOUND || mem_heapsize() != sound.heap_bytes)
        return;
    memcpy(mem_heap_lo(), sound.image, sound.image_bytes);
    tell("/* the damage is undone: the heap keeps all the rules */");
    problem = mm_check();
    if (problem != MM_SOUND)
        fail_compare("MM_SOUND", problem_name((int)problem),
                     "mm_check says that something is wrong with a heap that keeps all the rules: before it can find "
                     "damage, it has to accept sound heaps");
}

/* The heap is damaged so that it breaks the rules of SET. WHAT says how. Demands that mm_check finds it, then restores
 * the heap. */
static void expect_found(unsigned set, const char *what)
{
    tell("/* %s */", what);
    struct snapshot damaged = take_snapshot();
    enum mm_problem problem = mm_check();
    expect_unchanged(&damaged, "mm_check should only look: it");
    char wanted[LINE_BYTES];
    write_set(wanted, set);
    unsigned found = (unsigned)problem <= MM_BAD_ROVER ? set_of(problem) : 0;
    if ((found & set) == 0) {
        expect_accepts_sound(problem);
        memcpy(mem_heap_lo(), damaged.image, damaged.image_bytes);
        fail_compare(wanted, problem_name((int)problem), "%s: mm_check should find this", what);
    }
    memcpy(mem_heap_lo(), sound.image, sound.image_bytes);
}

static struct free_list *list(void)
{
    return mem_heap_lo();
}

static struct links *links(struct header *block)
{
    void *payload = block + 1;
    return payload;
}

static void set_footer(struct header *block, size_t size)
{
    memcpy((char *)block + block->size - FOOTER, &size, sizeof size);
}

static void set_state(struct header *block, unsigned state)
{
    memcpy(&block->state, &state, sizeof block->state);
}

/*** Blocks ***/

START_TEST(check_finds_bad_headers)
{
    struct layout heap = lay_out_heap();
    heap.block[C]->magic = 0;
    expect_found(set_of(MM_BAD_MAGIC), "the magic number of C is 0");
    heap.block[B]->magic = 0xCBCBCBCB;
    expect_found(set_of(MM_BAD_MAGIC), "the magic number of B is overwritten");
    heap.block[A]->magic = MM_MAGIC + 1;
    expect_found(set_of(MM_BAD_MAGIC), "the magic number of A, the first block, is off by one");
    heap.block[I]->magic = 0;
    expect_found(set_of(MM_BAD_MAGIC), "the magic number of I, the last block, is 0");
    set_state(heap.block[E], 0);
    expect_found(set_of(MM_BAD_STATE), "the state of E is 0, neither used nor free");
    set_state(heap.block[A], 1);
    expect_found(set_of(MM_BAD_STATE), "the state of A, the first block, is 1, neither used nor free");
    set_state(heap.block[B], 0);
    expect_found(set_of(MM_BAD_STATE) | set_of(MM_BAD_LINK) | set_of(MM_BAD_COUNT),
                 "the state of B, which is on the list, is 0, neither used nor free");
    set_state(heap.block[I], (unsigned)MM_USED + 1);
    expect_found(set_of(MM_BAD_STATE), "the state of I, the last block, is MM_USED + 1, neither used nor free");
}
END_TEST

START_TEST(check_finds_bad_sizes)
{
    /* A wrong size also leads to a wrong footer, and perhaps to a place without a header. */
    unsigned size = set_of(MM_BAD_SIZE), footer = set_of(MM_BAD_FOOTER), magic = set_of(MM_BAD_MAGIC);
    struct layout heap = lay_out_heap();
    heap.block[C]->size = 0;
    expect_found(size | footer, "the size of C is 0, so C would be its own next block");
    heap.block[E]->size += 8;
    expect_found(size | footer | magic, "the size of E is 120, which is not a multiple of 16");
    tag(heap.block[I], 80, MM_USED);
    expect_found(size, "the size of I, the last block, is 80 and reaches past the break");
    heap.block[A]->size = SIZE_MAX - 15;
    expect_found(size | footer, "the size of A is SIZE_MAX - 15");
    heap.block[C]->size = 16;
    expect_found(size | footer | magic, "the size of C is 16, less than the smallest block");
    heap.block[E]->size += four_gib;
    expect_found(size | footer, "the size of E is 4 GiB too large");
    heap.block[E]->size = SIZE_MAX - 112 + 1;
    expect_found(size | footer, "the size of E is -112, which leads back into D");
    tag(heap.block[I], 64, MM_USED);
    expect_found(size, "the size of I, the last block, reaches 16 bytes past the break");
    tag(heap.block[E], 32, MM_USED);
    tag((struct header *)(void *)((char *)heap.block[E] + 32), 80, MM_USED);
    expect_found(size, "E is split into blocks of 32 and 80 bytes, and 32 is less than the smallest block");
    tag(heap.block[E], 56, MM_USED);
    tag((struct header *)(void *)((char *)heap.block[E] + 56), 56, MM_USED);
    expect_found(size | magic, "E is split into two blocks of 56 bytes, which is not a multiple of 16");
    heap.block[B]->size += MM_ALIGNMENT;
    expect_found(size | footer | magic, "the size of B, a free block, is 16 too large");
    heap.block[D]->size = 0;
    expect_found(size | footer, "the size of D, a free block, is 0");
    heap.block[E]->size = (size_t)0 - 256;
    set_footer(heap.block[E], heap.block[E]->size);
    expect_found(size, "the size of E is -256, which leads back into A, and what A holds there looks like its footer");
    mem_sbrk(MM_ALIGNMENT);
    expect_found(magic | size, "the last 16 bytes of the heap, which hold junk, belong to no block");
    struct header *stray = (struct header *)(void *)(heap_start() + mem_heapsize() - MM_ALIGNMENT);
    *stray = (struct header){.size = MM_MIN_BLOCK, .state = MM_USED, .magic = MM_MAGIC};
    expect_found(magic | size, "the last 16 bytes of the heap are a header, whose block reaches past the break");
}
END_TEST

START_TEST(check_finds_bad_footers)
{
    struct layout heap = lay_out_heap();
    set_footer(heap.block[B], 48);
    expect_found(set_of(MM_BAD_FOOTER), "the footer of B says 48, its header 96");
    set_footer(heap.block[E], 0);
    expect_found(set_of(MM_BAD_FOOTER), "the footer of E, a used block, is 0");
    set_footer(heap.block[I], 64);
    expect_found(set_of(MM_BAD_FOOTER), "the footer of I, the last block, says 64, its header 48");
    set_footer(heap.block[A], 0);
    expect_found(set_of(MM_BAD_FOOTER), "the footer of A, the first block, is 0");
    set_footer(heap.block[E], 112 + four_gib);
    expect_found(set_of(MM_BAD_FOOTER), "the footer of E is 4 GiB too large");
    set_footer(heap.block[H], 128 + 65536);
    expect_found(set_of(MM_BAD_FOOTER), "the footer of H is 65536 too large");
}
END_TEST

/* Makes BLOCK, which is used, free and the first one on the list, without merging it. */
static void free_alone(struct header *block)
{
    tag(block, block->size, MM_FREE);
    struct header *second = list()->first;
    *links(block) = (struct links){.prev = NULL, .next = second};
    links(second)->prev = block;
    list()->first = block;
    list()->count++;
}

START_TEST(check_finds_free_neighbours)
{
    struct layout heap = lay_out_heap();
    free_alone(heap.block[I]);
    expect_found(set_of(MM_NOT_MERGED), "H and I, the last two blocks, touch, are both free, and are both on the list");
    free_alone(heap.block[A]);
    expect_found(set_of(MM_NOT_MERGED),
                 "A and B, the first two blocks, touch, are both free, and are both on the list");
    free_alone(heap.block[E]);
    expect_found(set_of(MM_NOT_MERGED), "D, E and F touch, are all free, and are all on the list");
    free_alone(heap.block[C]);
    expect_found(set_of(MM_NOT_MERGED), "B, C and D touch, are all free, and are all on the list");
}
END_TEST

/*** The list ***/

START_TEST(check_finds_bad_links)
{
    struct layout heap = lay_out_heap();
    /* If next leads astray, the blocks after it are no longer on the list. */
    unsigned link = set_of(MM_BAD_LINK), either = link | set_of(MM_BAD_COUNT);
    links(heap.block[H])->next = heap.block[E];
    expect_found(either, "next of H leads to E, which is in use");
    links(heap.block[B])->next = put(NULL, 64, "stray", NULL);
    expect_found(either, "next of B leads out of the heap");
    memset(&links(heap.block[F])->next, 0xCB, sizeof(struct header *));
    expect_found(either, "next of F was never written");
    links(heap.block[B])->next = (struct header *)(void *)((char *)heap.block[E] + 32);
    expect_found(either, "next of B leads into the middle of E");
    links(heap.block[B])->next = (struct header *)(void *)((char *)heap.block[H] + 1);
    expect_found(either, "next of B leads one byte past the start of H");
    links(heap.block[B])->prev = heap.block[D];
    expect_found(link, "prev of B leads to D, but F comes before B on the list");
    links(heap.block[F])->prev = heap.block[D];
    expect_found(link, "prev of F is not NULL, but F is the first on the list");
    list()->first = heap.block[A];
    expect_found(either, "list->first leads to A, which is in use");
    list()->first = mem_heap_lo();
    expect_found(either, "list->first leads to the list itself");
    links(heap.block[H])->prev = NULL;
    expect_found(link, "prev of H is NULL, but B comes before H on the list");
    links(heap.block[D])->prev = heap.block[D];
    expect_found(link, "prev of D, the last block on the list, leads to D itself");
    links(heap.block[D])->next = (struct header *)(void *)(heap_start() + mem_heapsize());
    expect_found(either, "next of D leads to the break");
    links(heap.block[B])->next = (struct header *)(void *)((char *)heap.block[H] + four_gib);
    expect_found(either, "next of B leads 4 GiB past the start of H");
    links(heap.block[B])->next = heap.block[F];
    expect_found(either, "next of B leads back to F: the list goes in a circle");
    links(heap.block[D])->next = heap.block[B];
    expect_found(either, "next of D leads back to B: the list goes in a circle");
    links(heap.block[D])->next = heap.block[D];
    expect_found(either, "next of D leads to D itself: the list goes in a circle");
    links(heap.block[D])->next = heap.block[F];
    links(heap.block[F])->prev = heap.block[D];
    expect_found(either, "the list is closed to a circle, from D back to F, forwards and backwards");
    links(heap.block[D])->next = heap.block[F];
    links(heap.block[F])->prev = heap.block[D];
    list()->count = SIZE_MAX;
    expect_found(either, "the list is closed to a circle, and list->count is SIZE_MAX");
}
END_TEST

/* Writes a free block that no walk along the heap meets at INSIDE, between PREV and NEXT on the list. */
static void list_fake(struct header *inside, struct header *prev, struct header *next)
{
    tag(inside, MM_MIN_BLOCK, MM_FREE);
    *links(inside) = (struct links){.next = next, .prev = prev};
    links(prev)->next = inside;
    if (next != NULL)
        links(next)->prev = inside;
}

START_TEST(check_finds_merged_block)
{
    struct layout heap = lay_out_heap();
    list_fake(heap.block[E] + 2, heap.block[B], heap.block[D]);
    expect_found(
        set_of(MM_BAD_LINK) | set_of(MM_BAD_COUNT),
        "in place of H the list holds what looks like a free block, but lies in the payload of E, which is in use");
    list_fake(heap.block[H] + 3, heap.block[H], NULL);
    expect_found(set_of(MM_BAD_LINK) | set_of(MM_BAD_COUNT),
                 "in place of D the list holds what looks like a free block, but lies inside H");
    tag(heap.block[C], 48, MM_FREE);
    tag(heap.block[B], 96 + 48 + 80, MM_FREE);
    expect_found(set_of(MM_BAD_LINK) | set_of(MM_BAD_COUNT), "B, C and D have been merged, but D is still on the list");
}
END_TEST

/* All blocks of HEAP, from lay_out_heap, are in use, and the list is empty. */
static void leave_no_free_block(const struct layout *heap)
{
    static const unsigned are_free[] = {B, D, F, H};
    for (size_t i = 0; i < sizeof are_free / sizeof *are_free; i++) {
        struct header *block = heap->block[are_free[i]];
        tag(block, block->size, MM_USED);
    }
    list()->first = list()->rover = NULL;
    list()->count = 0;
}

START_TEST(check_finds_lost_blocks)
{
    struct layout heap = lay_out_heap();
    links(heap.block[B])->next = heap.block[D];
    links(heap.block[D])->prev = heap.block[B];
    list()->count--;
    expect_found(set_of(MM_BAD_COUNT), "H is free but neither on the list nor counted");
    list()->count += four_gib;
    expect_found(set_of(MM_BAD_COUNT), "list->count is 4 GiB too large");
    list()->count += 65536;
    expect_found(set_of(MM_BAD_COUNT), "list->count is 65536 too large");
    list()->count--;
    expect_found(set_of(MM_BAD_COUNT), "list->count is 3, but four blocks are on the list");
    list()->count = 0;
    expect_found(set_of(MM_BAD_COUNT), "list->count is 0, but four blocks are on the list");
    list()->first = NULL;
    list()->count = 0;
    expect_found(set_of(MM_BAD_COUNT), "four blocks are free, but the list is empty");
    list()->count++;
    expect_found(set_of(MM_BAD_COUNT), "list->count is 5, but four blocks are on the list");
    links(heap.block[H])->next = NULL;
    expect_found(set_of(MM_BAD_COUNT), "the list ends with H, but D is free, too");
    leave_no_free_block(&heap);
    list()->count = 1;
    expect_found(set_of(MM_BAD_COUNT), "list->count is 1, but no block is free");
}
END_TEST

static void set_rover_to(void *rover, const char *what)
{
    list()->rover = rover;
    expect_found(set_of(MM_BAD_ROVER), what);
}

START_TEST(check_finds_bad_rover)
{
    struct layout heap = lay_out_heap();
    list()->rover = heap.block[C];
    expect_found(set_of(MM_BAD_ROVER), "list->rover leads to C, which is in use and not on the list");
    list()->rover = (struct header *)(void *)((char *)heap.block[H] + 48);
    expect_found(set_of(MM_BAD_ROVER), "list->rover leads into the middle of H");
    set_rover_to((char *)heap.block[H] + four_gib, "list->rover leads 4 GiB past the start of H");
    set_rover_to(mem_heap_lo(), "list->rover leads to the list itself");
    set_rover_to(heap_start() + mem_heapsize(), "list->rover leads to the break");
    set_rover_to(heap.block[B] + 1, "list->rover leads to the payload of B, not to its header");
    struct header *merged = heap.block[H] + 3;
    *merged = (struct header){.size = 64, .state = MM_FREE, .magic = MM_MAGIC};
    set_rover_to(merged, "list->rover leads to an old header inside H, which is no longer a block");
    merged = heap.block[A] + 1;
    *merged = (struct header){.size = 64, .state = MM_FREE, .magic = MM_MAGIC};
    set_rover_to(merged, "list->rover leads into A, where the program keeps what looks like a free block");
    leave_no_free_block(&heap);
    set_rover_to(heap.block[A], "list->rover leads to A, which is in use, and the list is empty");
}
END_TEST

/*** Sound heaps ***/

static void expect_sound(const char *what)
{
    struct snapshot before = take_snapshot();
    enum mm_problem problem = mm_check();
    if (problem != MM_SOUND)
        fail_compare("MM_SOUND", problem_name((int)problem), "%s", what);
    expect_unchanged(&before, "mm_check should only look: it");
}

/* Adds a block at the break. */
static void add_last(size_t bytes)
{
    struct header *block = (struct header *)(void *)(heap_start() + mem_heapsize());
    mem_sbrk((intptr_t)bytes);
    tag(block, bytes, MM_USED);
}

START_TEST(check_accepts_plain_heaps)
{
    lay_out(NULL, 0);
    expect_sound("this heap holds the list and no blocks: it keeps all the rules");
    add_last(64);
    expect_sound("this heap keeps all the rules: one block, which is in use, and an empty list");
    add_last(96);
    expect_sound("this heap keeps all the rules: two blocks, which are in use, and an empty list");
    struct header *last = (struct header *)(void *)(heap_start() + LIST + 64);
    tag(last, 96, MM_FREE);
    *links(last) = (struct links){NULL, NULL};
    *list() = (struct free_list){.first = last, .count = 1};
    expect_sound("this heap keeps all the rules: the last block is free, and the only one on the list");
    list()->rover = last;
    list()->policy = MM_NEXT_FIT;
    expect_sound("this heap keeps all the rules: the rover is the one free block");
}
END_TEST

START_TEST(check_accepts_sound_heaps)
{
    struct layout heap = LAY_OUT(USED(64), FREE(96), USED(48), FREE(80), USED(112), FREE(48));
    expect_sound("this heap keeps all the rules");
    relink(&heap, "DBF");
    expect_sound("this heap keeps all the rules: the list may have any order");
    set_rover(heap.block[B]);
    expect_sound("this heap keeps all the rules: its rover is on the list");
    add_last(64);
    expect_sound("this heap keeps all the rules: its last block is in use");
    add_last(MM_MIN_BLOCK);
    expect_sound(
        "this heap keeps all the rules: blocks in use may touch, and the last one has the smallest size allowed");
    memcpy(heap.block[E] + 1, heap.block[B], sizeof(struct header));
    expect_sound("this heap keeps all the rules: E is in use, and its payload may hold anything");
    memset(links(heap.block[A]), 0xCB, sizeof(struct links));
    expect_sound("this heap keeps all the rules: A is in use and has no links");
}
END_TEST

/*** Many blocks ***/

enum { MANY = 1200 };

/* The heap: MANY free blocks, each followed by a used one, all of the least size. Returns the last free one. */
static struct header *lay_out_many(void)
{
    lay_out(NULL, 0);
    struct header *block = (struct header *)(void *)(heap_start() + LIST);
    struct header *last = NULL;
    mem_sbrk(2 * MANY * MM_MIN_BLOCK);
    for (size_t i = 0; i < 2 * MANY; i++) {
        tag(block, MM_MIN_BLOCK, i % 2 == 0 ? MM_FREE : MM_USED);
        if (i % 2 == 0) {
            *links(block) = (struct links){.next = NULL, .prev = last};
            *(last == NULL ? &list()->first : &links(last)->next) = block;
            last = block;
        }
        block = (struct header *)(void *)((char *)block + MM_MIN_BLOCK);
    }
    list()->count = MANY;
    tell("/* %d free blocks of %d bytes, each followed by a used one, on a list in address order */", MANY,
         MM_MIN_BLOCK);
    walker_survey();
    return last;
}

START_TEST(check_copes_with_many_blocks)
{
    struct header *last = lay_out_many();
    expect_sound("this heap keeps all the rules: there may be any number of free blocks");
    list()->rover = last;
    expect_sound("this heap keeps all the rules: the rover is the last block on the list");
    walker_pause();
    set_footer(last, 0);
    enum mm_problem problem = mm_check();
    expect_int((int)problem, MM_BAD_FOOTER, "the footer of the last free block is 0: mm_check should find this");
}
END_TEST

void add_checks(struct suite *suite)
{
    suite_add(suite, check_finds_bad_headers);
    suite_add(suite, check_accepts_plain_heaps);
    suite_add(suite, check_accepts_sound_heaps);
    suite_add(suite, check_finds_bad_sizes);
    suite_add(suite, check_finds_bad_footers);
    suite_add(suite, check_finds_free_neighbours);
    suite_add(suite, check_finds_bad_links);
    suite_add(suite, check_finds_merged_block);
    suite_add(suite, check_finds_lost_blocks);
    suite_add(suite, check_finds_bad_rover);
    suite_add(suite, check_copes_with_many_blocks);
}
