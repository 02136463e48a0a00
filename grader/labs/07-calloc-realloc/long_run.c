// SPDX-License-Identifier: MIT
/*
 * long_run.c - thousands of calls of mm_calloc, mm_realloc and mm_free, some of them while mem_sbrk refuses.
 *
 * The walker surveys the heap before each call, so the test knows whether a block can stay in place. The steps are
 * random, but the same in every run (heaplab/random.h).
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

enum { CALLS = 2500, PHASE = 100, MOST_LIVE = 128, MEMORY = 16 << 20 };

/* A block in use. Its SIZE bytes hold the pattern of MARK. */
struct live {
    char *payload;
    size_t size;
    unsigned char mark;
};

/* The state after the steps so far. One test runs in a process, and it starts with an empty heap. */
static struct live live[MOST_LIVE];
static size_t live_count;
static bool has_memory = true;

/*** Making the steps ***/

enum step_kind { STEP_CALLOC, STEP_REALLOC, STEP_FREE, STEP_MEMORY };

/* A step holds a size, the index of a live block, and whether there is memory. */
enum { SIZES = 4096, WHICH = 1 << 16 };

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

static void make_step(struct step *step, size_t index, struct dice *dice)
{
    bool memory = index % 10 == 0;
    step->kind = memory ? STEP_MEMORY : random_kind(index, dice);
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

static void set_memory(bool memory)
{
    has_memory = memory;
    break_limit(memory ? MEMORY : mem_heapsize());
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
    struct snapshot before = take_snapshot();
    char *payload = mm_calloc(size, 1);
    if (payload == NULL) {
        expect(!has_memory, "in call %u, mm_calloc(%zu, 1) should return a block: there is enough memory", call(),
               size);
        expect_errno(ENOMEM, "when mm_calloc fails, in call %u, errno should give the reason", call());
        expect_unchanged(&before, "a failed mm_calloc");
        return;
    }
    block_of(payload, size);
    expect_fill(payload, 0, size, "in call %u, all bytes from mm_calloc(%zu, 1) should be zero", call(), size);
    live[live_count] = (struct live){.payload = payload, .size = size};
    write_all(&live[live_count++]);
}

/* Whether BLOCK can become a block of SIZE bytes in place, according to the walker's survey. */
static bool can_stay(const struct survey *survey, const struct block *block, size_t size)
{
    const struct block *last = &survey->blocks[survey->count - 1];
    const struct block *next = block < last ? block + 1 : NULL;
    bool is_free = next != NULL && !next->used;
    bool ends_heap = next == NULL || (is_free && next == last);
    return block->size + (is_free ? next->size : 0) >= size || (ends_heap && has_memory);
}

static void run_realloc(struct live *block, size_t size)
{
    const struct survey *survey = walker_survey();
    bool stays = can_stay(survey, survey_payload(survey, block->payload), block_bytes(size));
    size_t kept = size < block->size ? size : block->size;
    struct snapshot before = take_snapshot();
    char *payload = mm_realloc(block->payload, size);
    expect(reports() == 0, "call %u, mm_realloc to %zu bytes, reported a bad mm_free: no block should be freed twice",
           call(), size);
    if (payload == NULL) {
        expect(!stays && !has_memory, "in call %u, mm_realloc to %zu bytes should succeed: there is enough room",
               call(), size);
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

static void perform_step(const struct step *step)
{
    struct live *block = step_block(step);
    if (step->kind == STEP_CALLOC)
        run_calloc(step_size(step));
    else if (step->kind == STEP_MEMORY)
        set_memory(step->number / SIZES % 3 != 0);
    else if (step->kind == STEP_REALLOC && block != NULL)
        run_realloc(block, step_size(step));
    else if (block != NULL)
        run_free(block);
}

START_TEST(long_run_keeps_all_bytes)
{
    make_heap();
    random_run(CALLS, make_step, perform_step);
}
END_TEST

void add_long_run(struct suite *suite)
{
    suite_add_random(suite, long_run_keeps_all_bytes);
}
