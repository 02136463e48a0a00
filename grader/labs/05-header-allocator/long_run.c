// SPDX-License-Identifier: MIT
/*
 * long_run.c - thousands of calls, whose results a model of the heap predicts.
 *
 * The steps are random, but the same in every run (heaplab/random.h). The first ones are easy. Then the sizes become
 * awkward: they fit a free block exactly, or miss it by a few bytes; they lie near powers of two; memory runs out; and
 * some blocks are freed again.
 */
#include "heaplab/test.h"

#include "header_alloc.h"
#include "memlib.h"

#include "suites.h"
#include "support.h"
#include "walker.h"

#include <errno.h>
#include <stdio.h>

/* What the heap should look like: the same blocks in the same order. */
enum { MOST_BLOCKS = 1024, EASY = 2000, PHASE = 100, AWKWARD = 1500, CALLS = EASY + AWKWARD };
enum { MEMORY = 16 << 20 };

struct model_block {
    char *payload;
    size_t room;  /* bytes of payload */
    size_t asked; /* bytes that hold MARK while the block is in use */
    unsigned char mark;
    bool used;
};

struct model {
    struct model_block blocks[MOST_BLOCKS];
    size_t count;
    size_t heap_bytes;
};

/* Steps are functions that get no other argument. */
static struct model the_model;
static struct mm_counts *the_counts;
static size_t memory; /* the limit of the heap */

/*** The model ***/

/* The block that mm_malloc(SIZE) must return, created or marked as used. NULL: there is not enough memory for it. */
static struct model_block *model_malloc(struct model *model, size_t size)
{
    size_t i = 0;
    while (i < model->count && (model->blocks[i].used || model->blocks[i].room < size))
        i++;
    struct model_block *block = &model->blocks[i];
    if (i == model->count) {
        size_t left = memory - model->heap_bytes;
        if (size > left || HEADER + rounded_up(size) > left)
            return NULL;
        block->payload = heap_start() + model->heap_bytes + HEADER;
        block->room = rounded_up(size);
        model->heap_bytes += HEADER + block->room;
        model->count++;
    }
    block->used = true;
    block->asked = size;
    return block;
}

static struct mm_counts model_counts(const struct model *model)
{
    struct mm_counts counts = {.overhead_bytes = model->count * HEADER};
    for (size_t i = 0; i < model->count; i++) {
        const struct model_block *block = &model->blocks[i];
        *(block->used ? &counts.used_blocks : &counts.free_blocks) += 1;
        *(block->used ? &counts.used_bytes : &counts.free_bytes) += block->room;
    }
    return counts;
}

/*** Making the steps ***/

/* STEP_FIT allocates nearly as much as a free block holds: its number is WHICH block, times FITS, and how many bytes
 * more or less. STEP_MEMORY limits the memory to a little more than there is. */
enum step_kind { STEP_MALLOC, STEP_FREE, STEP_COUNT, STEP_FIT, STEP_MEMORY, STEP_FREE_AGAIN };
enum { WHICH = 1 << 16, FITS = 80, FEWEST = -40 };

/* Mostly small sizes, and a few large ones. */
static size_t random_size(struct dice *dice)
{
    return 1 + roll(dice, roll(dice, 8) == 0 ? 2000 : 160);
}

/* A size near a power of two, up to four times the memory; some are near the largest size_t. */
static size_t awkward_size(struct dice *dice)
{
    enum { NEAR = 40, POWERS = 26, LARGEST = 12 };
    size_t near = roll(dice, 2 * NEAR);
    if (roll(dice, LARGEST) == 0)
        return SIZE_MAX / (1 + roll(dice, 2)) - near;
    size_t power = (size_t)1 << roll(dice, POWERS);
    return power + near > NEAR ? power + near - NEAR : 1;
}

static void make_awkward_step(struct step *step, struct dice *dice)
{
    static const unsigned char often[] = {STEP_MALLOC, STEP_FIT,  STEP_FIT,    STEP_FIT,        STEP_FREE,
                                          STEP_FREE,   STEP_FREE, STEP_MEMORY, STEP_FREE_AGAIN, STEP_COUNT};
    step->kind = often[roll(dice, sizeof often)];
    step->number = step->kind == STEP_MALLOC ? awkward_size(dice) : roll(dice, WHICH) * FITS + roll(dice, FITS);
}

/* Phases in which the heap fills alternate with phases in which it empties. Each ends with a count. */
static void make_step(struct step *step, size_t index, struct dice *dice)
{
    if (index >= EASY) {
        make_awkward_step(step, dice);
        return;
    }
    bool fills = roll(dice, 100) < (index / PHASE % 2 == 0 ? 75U : 25U);
    if (index % PHASE == PHASE - 1)
        *step = (struct step){.kind = STEP_COUNT};
    else if (fills)
        *step = (struct step){.kind = STEP_MALLOC, .number = random_size(dice)};
    else
        *step = (struct step){.kind = STEP_FREE, .number = roll(dice, WHICH)};
}

/*** Doing the steps ***/

/* The first block from index START on that is USED or free, or NULL. */
static struct model_block *block_from(struct model *model, size_t start, bool used)
{
    for (size_t i = 0; i < model->count; i++) {
        struct model_block *block = &model->blocks[(start + i) % model->count];
        if (block->used == used)
            return block;
    }
    return NULL;
}

static void expect_refused(unsigned call, size_t size)
{
    struct snapshot before = take_snapshot();
    void *payload = mm_malloc(size);
    expect(
        payload == NULL,
        "in call %u, no free block has room for %zu bytes and there is not enough memory: mm_malloc should return NULL",
        call, size);
    expect_errno(ENOMEM, "when mm_malloc fails, in call %u, errno should give the reason", call);
    expect_unchanged(&before, "a failed mm_malloc");
}

static void run_malloc(struct model *model, unsigned call, size_t size)
{
    if (model->count == MOST_BLOCKS || size == 0)
        return;
    struct model_block *wanted = model_malloc(model, size);
    if (wanted == NULL) {
        expect_refused(call, size);
        return;
    }
    char *payload = mm_malloc(size);
    char sentence[160];
    snprintf(sentence, sizeof sentence,
             "in call %u, mm_malloc(%zu) should take the first free block with room, or else grow the heap", call,
             size);
    expect_place(payload, wanted->payload, sentence);
    expect_size(mem_heapsize(), model->heap_bytes, "after call %u the heap should be no larger than its blocks need",
                call);
    wanted->mark = (unsigned char)call;
    memset(payload, wanted->mark, size);
}

static void run_free(struct model_block *block, unsigned call)
{
    walker_mark(block->payload);
    expect_fill(block->payload, block->mark, block->asked,
                "the program wrote the %zu bytes from heap + %zu on, and they should still be the same before call %u",
                block->asked, (size_t)(block->payload - heap_start()), call);
    unsigned reported = reports();
    mm_free(block->payload);
    expect(reports() == reported, "call %u frees a block in use: nothing should be reported", call);
    block->used = false;
}

static void run_count(const struct model *model, struct mm_counts *counts, unsigned call)
{
    struct mm_counts wanted = model_counts(model);
    walker_mark(NULL);
    mm_count(counts);
    expect_size(counts->used_blocks, wanted.used_blocks, "used_blocks should be right after %u calls", call);
    expect_size(counts->free_blocks, wanted.free_blocks, "free_blocks should be right after %u calls", call);
    expect_size(counts->used_bytes, wanted.used_bytes, "used_bytes should be right after %u calls", call);
    expect_size(counts->free_bytes, wanted.free_bytes, "free_bytes should be right after %u calls", call);
    expect_size(counts->overhead_bytes, wanted.overhead_bytes, "overhead_bytes should be right after %u calls", call);
}

static void run_fit(struct model *model, unsigned call, uint64_t number)
{
    const struct model_block *block = block_from(model, number / FITS, false);
    size_t size = (block ? block->room : 0) + number % FITS;
    if (size > (size_t)-FEWEST)
        run_malloc(model, call, size - (size_t)-FEWEST);
}

/* As much memory as before, or a little more than the heap has. */
static void run_memory(const struct model *model, uint64_t number)
{
    enum { PARTS = 3 };
    size_t more = number / FITS % PARTS * (number % FITS) * MM_ALIGNMENT;
    size_t most = number % PARTS == 0 ? MEMORY : 0;
    memory = most > model->heap_bytes ? most : model->heap_bytes + more;
    break_limit(memory);
}

static void run_free_again(const struct model_block *block, unsigned call)
{
    unsigned reported = reports();
    struct snapshot before = take_snapshot();
    mm_free(block->payload);
    expect(reports() == reported + 1 && last_report(NULL) == MM_DOUBLE_FREE,
           "call %u frees a block that is free: mm_free should report MM_DOUBLE_FREE, once", call);
    expect_unchanged(&before, "mm_free of a block that is free");
}

static void perform_step(const struct step *step)
{
    unsigned call = (unsigned)step_number();
    bool again = step->kind == STEP_FREE_AGAIN;
    struct model_block *some = block_from(&the_model, step->number, !again);
    if (step->kind == STEP_MALLOC)
        run_malloc(&the_model, call, step->number);
    else if (step->kind == STEP_FIT)
        run_fit(&the_model, call, step->number);
    else if (step->kind == STEP_MEMORY)
        run_memory(&the_model, step->number);
    else if (step->kind == STEP_COUNT)
        run_count(&the_model, the_counts, call);
    else if (some != NULL && again)
        run_free_again(some, call);
    else if (some != NULL)
        run_free(some, call);
}

START_TEST(long_run_keeps_all_rules)
{
    the_counts = put_counts();
    memory = MEMORY;
    break_limit(memory);
    random_run(CALLS, make_step, perform_step);
}
END_TEST

void add_long_run(struct suite *suite)
{
    suite_add_random(suite, long_run_keeps_all_rules);
}
