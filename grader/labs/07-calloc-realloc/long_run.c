// SPDX-License-Identifier: MIT
/*
 * long_run.c - thousands of calls of mm_calloc, mm_realloc and mm_free, some of them while mem_sbrk refuses.
 *
 * The walker surveys the heap before each call, so the test knows whether a block can stay in place. The steps are
 * random, but the same in every run (heaplab/random.h).
 *
 * First come steps in one heap with many blocks. Then come many short phases, each of which begins when all blocks have
 * been freed: there the sizes are chosen to be awkward. A block grows to what it has room for, with the free block
 * after it or without, or to a few bytes more; and memory runs out just below or above that.
 */
#include "heaplab/test.h"

#include "free_list.h"
#include "memlib.h"
#include "realloc.h"

#include "long_run.h"
#include "pattern.h"
#include "support.h"
#include "walker.h"

#include <stdio.h>

enum { MANY = 2500, PHASE = 100, SHORT = 3000, SHORT_PHASE = 30, CALLS = MANY + SHORT, MOST_LIVE = 128 };
enum { MEMORY = 16 << 20 };

/* A block in use. Its SIZE bytes hold the pattern of MARK. */
struct live {
    char *payload;
    size_t size;
    unsigned char mark;
};

/* The state after the steps so far. One test runs in a process, and it starts with an empty heap. */
static struct live live[MOST_LIVE];
static size_t live_count;
static size_t memory; /* the limit of the heap */

/*** Making the steps ***/

/* STEP_FIT resizes a block to nearly what it has room for, in place. STEP_SCARCE limits the memory to a little more
 * than there is. */
enum step_kind { STEP_CALLOC, STEP_REALLOC, STEP_FREE, STEP_MEMORY, STEP_FIT, STEP_SCARCE, STEP_FREE_ALL };

/* A step holds a size, the index of a live block, and whether there is memory. */
enum { SIZES = 4096, WHICH = 1 << 16, FITS = 128, FEWEST = -80 };

static size_t random_size(struct dice *dice)
{
    return 1 + roll(dice, roll(dice, 12) == 0 ? SIZES - 1 : 300);
}

static enum step_kind random_kind(size_t index, struct dice *dice)
{
    size_t allocations = index / PHASE % 2 == 0 ? 40 : 25;
    uint64_t rolled = roll(dice, 100);
    if (rolled < allocations)
        return STEP_CALLOC;
    return rolled < allocations + 35 ? STEP_REALLOC : STEP_FREE;
}

static enum step_kind short_kind(size_t index, struct dice *dice)
{
    static const unsigned char often[] = {STEP_CALLOC, STEP_CALLOC, STEP_CALLOC, STEP_REALLOC, STEP_FIT,
                                          STEP_FIT,    STEP_FIT,    STEP_FREE,   STEP_FREE,    STEP_SCARCE};
    return index % SHORT_PHASE == 0 ? STEP_FREE_ALL : often[roll(dice, sizeof often)];
}

static void make_step(struct step *step, size_t index, struct dice *dice)
{
    bool begins = index % 10 == 0;
    if (index >= MANY)
        step->kind = short_kind(index - MANY, dice);
    else
        step->kind = begins ? STEP_MEMORY : random_kind(index, dice);
    step->number = roll(dice, WHICH) * SIZES + random_size(dice);
}

static size_t step_size(const struct step *step)
{
    return step->number % SIZES;
}

static struct live *step_block(const struct step *step)
{
    return live_count == 0 ? NULL : &live[step->number / SIZES % live_count];
}

/*** Doing the steps ***/

static unsigned call(void)
{
    return (unsigned)step_number();
}

/* The heap may have LIMIT bytes, or as many as it has. */
static void set_memory(size_t limit)
{
    memory = limit > mem_heapsize() ? limit : mem_heapsize();
    break_limit(memory);
}

/* Can the heap grow by BYTES, as mm_grow does it? */
static bool can_grow(size_t bytes)
{
    return (bytes < MM_CHUNK ? MM_CHUNK : bytes) <= memory - mem_heapsize();
}

/* Is there a block of BYTES for a payload that is new or moves? */
static bool has_block(const struct survey *survey, size_t bytes)
{
    for (size_t i = 0; i < survey->listed; i++)
        if (survey->blocks[survey->list[i]].size >= bytes)
            return true;
    return can_grow(bytes);
}

static void expect_kept(const struct live *block, const char *payload, size_t n)
{
    walker_mark(payload);
    expect_pattern(payload, n, block->mark,
                   "the bytes at heap + %zu, written by the program, should be unchanged after call %u",
                   (size_t)(payload - heap_start()), call());
}

static void write_all(struct live *block)
{
    block->mark = (unsigned char)call();
    write_pattern(block->payload, block->size, block->mark);
}

static void run_calloc(size_t size)
{
    if (live_count == MOST_LIVE)
        return;
    bool possible = has_block(walker_survey(), block_bytes(size));
    struct snapshot before = take_snapshot();
    char *payload = mm_calloc(size, 1);
    if (payload == NULL) {
        expect(!possible, "in call %u, mm_calloc(%zu, 1) should return a block: there is enough memory", call(), size);
        expect_errno(ENOMEM, "when mm_calloc fails, in call %u, errno should give the reason", call());
        expect_unchanged(&before, "a failed mm_calloc");
        return;
    }
    block_of(payload, size);
    expect_fill(payload, 0, size, "in call %u, all bytes from mm_calloc(%zu, 1) should be zero", call(), size);
    live[live_count] = (struct live){.payload = payload, .size = size};
    write_all(&live[live_count++]);
}

/* The bytes of BLOCK with the free block after it, if there is one. */
static size_t room_in_place(const struct survey *survey, const struct block *block)
{
    bool is_last = block == &survey->blocks[survey->count - 1];
    return block->size + (is_last || block[1].used ? 0 : block[1].size);
}

/* Whether BLOCK can become a block of SIZE bytes in place, according to the walker's survey. */
static bool can_stay(const struct survey *survey, const struct block *block, size_t size)
{
    size_t room = room_in_place(survey, block);
    bool ends_heap = block->offset + room == mem_heapsize();
    return room >= size || (ends_heap && can_grow(size - room));
}

static void run_realloc(struct live *block, size_t size)
{
    const struct survey *survey = walker_survey();
    bool stays = can_stay(survey, survey_payload(survey, block->payload), block_bytes(size));
    bool possible = stays || has_block(survey, block_bytes(size));
    size_t kept = size < block->size ? size : block->size;
    struct snapshot before = take_snapshot();
    char *payload = mm_realloc(block->payload, size);
    expect(reports() == 0, "call %u, mm_realloc to %zu bytes, reported a bad mm_free: no block should be freed twice",
           call(), size);
    if (payload == NULL) {
        expect(!possible, "in call %u, mm_realloc to %zu bytes should succeed: there is enough room", call(), size);
        expect_errno(ENOMEM, "when mm_realloc fails, in call %u, errno should give the reason", call());
        expect_unchanged(&before, "a failed mm_realloc");
        expect_kept(block, block->payload, block->size);
        return;
    }
    expect((payload == block->payload) == stays,
           stays ? "in call %u, the block could have grown to %zu bytes in place: it should not have moved"
                 : "in call %u, there was no room for %zu bytes in place: the block should have moved",
           call(), size);
    block_of(payload, size);
    expect_kept(block, payload, kept);
    const struct block *old = survey_payload(walker_survey(), block->payload);
    expect(stays || old == NULL || !old->used, "call %u moved the block: the old one should be free", call());
    block->payload = payload;
    block->size = size;
    write_all(block);
}

static void run_free(struct live *block)
{
    struct live gone = *block;
    *block = live[--live_count];
    expect_kept(&gone, gone.payload, gone.size);
    mm_free(gone.payload);
    expect(reports() == 0, "call %u freed a block in use, and no earlier call was reported: nothing should be", call());
}

static void run_fit(struct live *block, size_t number)
{
    const struct survey *survey = walker_survey();
    const struct block *now = survey_payload(survey, block->payload);
    size_t room = number % 3 == 0 ? now->size : room_in_place(survey, now);
    size_t size = room - HEADER - FOOTER + number % FITS;
    if (size > (size_t)-FEWEST)
        run_realloc(block, size - (size_t)-FEWEST);
}

/* As much memory as before, or that which the heap has, and up to two chunks more. */
static void run_scarce(size_t number)
{
    set_memory(number % 4 == 0 ? MEMORY
                               : mem_heapsize() + number % 3 * MM_CHUNK + number / MM_ALIGNMENT * MM_ALIGNMENT);
}

static void run_free_all(void)
{
    while (live_count > 0)
        run_free(&live[live_count - 1]);
    set_memory(MEMORY);
}

static void perform_step(const struct step *step)
{
    struct live *block = step_block(step);
    if (step->kind == STEP_CALLOC)
        run_calloc(step_size(step));
    else if (step->kind == STEP_MEMORY)
        set_memory(step->number / SIZES % 3 != 0 ? MEMORY : mem_heapsize());
    else if (step->kind == STEP_SCARCE)
        run_scarce(step->number % SIZES);
    else if (step->kind == STEP_FREE_ALL)
        run_free_all();
    else if (step->kind == STEP_FIT && block != NULL)
        run_fit(block, step->number % SIZES);
    else if (step->kind == STEP_REALLOC && block != NULL)
        run_realloc(block, step_size(step));
    else if (block != NULL)
        run_free(block);
}

START_TEST(long_run_keeps_all_bytes)
{
    make_heap();
    set_memory(MEMORY);
    random_run(CALLS, make_step, perform_step);
}
END_TEST

void add_long_run(struct suite *suite)
{
    suite_add_random(suite, long_run_keeps_all_bytes);
}
