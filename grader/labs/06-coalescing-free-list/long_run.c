// SPDX-License-Identifier: MIT
/*
 * long_run.c - thousands of calls, each checked against what the heap looked like before it.
 *
 * The walker surveys the heap before each call, so the test knows the rover and the list, in whatever order the
 * student's code keeps it. They determine which block mm_malloc must take. The steps are random, but always the same
 * (heaplab/random.h).
 *
 * First come steps in one heap with many blocks. Then come many short phases, each of which begins when all blocks have
 * been freed: there the sizes are chosen to be awkward. They fit a free block exactly, or miss it by a few bytes; they
 * lie near powers of two; or memory runs out just below or above them.
 */
#include "heaplab/test.h"

#include "free_list.h"
#include "memlib.h"

#include "suites.h"
#include "support.h"
#include "walker.h"

#include <errno.h>
#include <stdio.h>

enum { MANY = 3000, PHASE = 100, SHORT = 3600, SHORT_PHASE = 40, CALLS = MANY + SHORT, MOST_LIVE = 512 };
enum { MEMORY = 16 << 20 };

/* A block in use, all of whose SIZE bytes are MARK. */
struct live {
    char *payload;
    size_t size;
    unsigned char mark;
};

static struct live live[MOST_LIVE];
static size_t live_count;
static enum mm_policy policy;
static size_t memory = MEMORY; /* the limit of the heap */

/*** Making the steps ***/

/* STEP_FIT allocates nearly as much as a free block holds: its number is WHICH block, times FITS, and how many bytes
 * more or less. STEP_MEMORY limits the memory to a little more than there is. */
enum step_kind { STEP_MALLOC, STEP_FREE, STEP_CHANGE, STEP_FIT, STEP_MEMORY, STEP_FREE_ALL };
enum { WHICH = 1 << 16, FITS = 160, FEWEST = -100 };

/* Mostly small sizes, and a few large ones. */
static size_t random_size(struct dice *dice)
{
    return 1 + roll(dice, roll(dice, 16) == 0 ? 3000 : 200);
}

/* A size near a power of two, up to four times the memory; some are near the largest size_t. */
static size_t awkward_size(struct dice *dice)
{
    enum { NEAR = 72, POWERS = 26, LARGEST = 20 };
    size_t near = roll(dice, 2 * NEAR);
    if (roll(dice, LARGEST) == 0)
        return SIZE_MAX / (1 + roll(dice, 2)) - near;
    size_t power = (size_t)1 << roll(dice, POWERS);
    return power + near > NEAR ? power + near - NEAR : 1;
}

static void make_short_step(struct step *step, size_t index, struct dice *dice)
{
    static const unsigned char often[] = {STEP_MALLOC, STEP_MALLOC, STEP_FIT,  STEP_FIT,   STEP_FIT,
                                          STEP_FREE,   STEP_FREE,   STEP_FREE, STEP_MEMORY};
    step->kind = index % SHORT_PHASE == 0 ? STEP_FREE_ALL : often[roll(dice, sizeof often)];
    if (step->kind == STEP_MALLOC)
        step->number = roll(dice, 3) == 0 ? awkward_size(dice) : random_size(dice);
    else
        step->number = roll(dice, WHICH) * FITS + roll(dice, FITS);
}

/* Phases in which the heap fills alternate with phases in which it empties. Each ends with a change of policy. */
static void make_step(struct step *step, size_t index, struct dice *dice)
{
    if (index >= MANY) {
        make_short_step(step, index - MANY, dice);
        return;
    }
    bool fills = roll(dice, 100) < (index / PHASE % 2 == 0 ? 62U : 38U);
    if (index % PHASE == PHASE - 1)
        *step = (struct step){.kind = STEP_CHANGE, .number = roll(dice, MM_NEXT_FIT + 1)};
    else if (fills)
        *step = (struct step){.kind = STEP_MALLOC, .number = random_size(dice)};
    else
        *step = (struct step){.kind = STEP_FREE, .number = roll(dice, WHICH)};
}

/*** What a call must do ***/

/* Where the block must be, its size, and the heap's size afterwards. REFUSED: there must be no block. */
struct outcome {
    size_t offset;
    size_t size;
    size_t heap_bytes;
    bool refused;
};

static struct outcome cut(struct outcome outcome, size_t room, size_t bytes)
{
    outcome.size = room - bytes < MM_MIN_BLOCK ? room : bytes;
    return outcome;
}

/* What mm_malloc must do for a block of BYTES; 0: of more than there can be. */
static struct outcome predict(const struct survey *survey, size_t bytes)
{
    struct outcome outcome = {.heap_bytes = mem_heapsize()};
    if (bytes == 0) {
        outcome.refused = true;
        return outcome;
    }
    size_t chosen = choose(survey, policy, bytes);
    if (chosen != NONE) {
        outcome.offset = survey->blocks[chosen].offset;
        return cut(outcome, survey->blocks[chosen].size, bytes);
    }
    size_t grown = bytes < MM_CHUNK ? MM_CHUNK : bytes;
    outcome.refused = grown > memory - outcome.heap_bytes;
    outcome.offset = outcome.heap_bytes;
    outcome.heap_bytes += grown;
    const struct block *last = survey->count > 0 ? &survey->blocks[survey->count - 1] : NULL;
    if (last != NULL && !last->used) {
        outcome.offset = last->offset;
        grown += last->size;
    }
    return cut(outcome, grown, bytes);
}

/* Under best fit the student's code may take another free block of the same size. */
static bool is_as_good(const struct survey *survey, const char *payload, size_t wanted)
{
    const struct block *taken = survey_payload(survey, payload);
    const struct block *best = survey_block(survey, heap_start() + wanted);
    return policy == MM_BEST_FIT && taken != NULL && best != NULL && !taken->used && taken->size == best->size;
}

/*** Doing the steps ***/

static void expect_refused(unsigned call, size_t size)
{
    struct snapshot before = take_snapshot();
    void *payload = mm_malloc(size);
    expect(payload == NULL,
           "in call %u, no block has room for %zu bytes and there is not enough memory: mm_malloc should return NULL",
           call, size);
    expect_errno(ENOMEM, "when mm_malloc fails, in call %u, errno should give the reason", call);
    expect_unchanged(&before, "a failed mm_malloc");
}

static void run_malloc(unsigned call, size_t size)
{
    static struct survey before; /* the walker's own changes with the call */
    if (live_count == MOST_LIVE || size == 0)
        return;
    survey_copy(&before, walker_survey());
    struct outcome wanted = predict(&before, size > INTPTR_MAX - MM_MIN_BLOCK ? 0 : block_bytes(size));
    if (wanted.refused) {
        expect_refused(call, size);
        return;
    }
    char sentence[160];
    snprintf(sentence, sizeof sentence,
             "in call %u, mm_malloc(%zu) should take the block that %s chooses, or else grow the heap", call, size,
             policy_name(policy));
    char *payload = mm_malloc(size);
    if (!is_as_good(&before, payload, wanted.offset))
        expect_place(payload, heap_start() + wanted.offset + HEADER, sentence);
    expect_size(block_of(payload, size).size, wanted.size,
                "in call %u, mm_malloc(%zu) should split off the remainder, if that can be a block", call, size);
    expect_size(mem_heapsize(), wanted.heap_bytes, "in call %u, mm_malloc(%zu) should grow the heap only if it must",
                call, size);
    unsigned char mark = (unsigned char)call;
    memset(payload, mark, size);
    live[live_count++] = (struct live){payload, size, mark};
}

static void expect_kept(const struct live *block, unsigned call)
{
    walker_mark(block->payload);
    expect_fill(block->payload, block->mark, block->size,
                "the program wrote the %zu bytes from heap + %zu on, and they should still be the same before call %u",
                block->size, (size_t)(block->payload - heap_start()), call);
}

static void run_free(unsigned call, size_t which)
{
    if (live_count == 0)
        return;
    struct live *some = &live[which % live_count];
    expect_kept(some, call);
    char *payload = some->payload;
    *some = live[--live_count];
    mm_free(payload);
    expect(reports() == 0, "call %u frees a block in use: nothing should be reported", call);
    const struct block *block = survey_payload(walker_survey(), payload);
    expect(block == NULL || !block->used, "call %u frees a block: it should be marked MM_FREE", call);
}

/* Checks that no byte is lost and that mm_check finds no problem, then changes the policy. */
static void run_change(unsigned call, enum mm_policy next)
{
    for (size_t i = 0; i < live_count; i++)
        expect_kept(&live[i], call);
    expect_int((int)mm_check(), MM_SOUND, "after call %u the heap keeps all the rules: mm_check should return MM_SOUND",
               call);
    policy = next;
    mm_set_policy(policy);
}

static void run_fit(unsigned call, uint64_t number)
{
    const struct survey *survey = walker_survey();
    if (survey->listed == 0)
        return;
    size_t room = survey->blocks[survey->list[number / FITS % survey->listed]].size;
    size_t more = number % FITS + room - HEADER - FOOTER;
    if (more > (size_t)-FEWEST)
        run_malloc(call, more - (size_t)-FEWEST);
}

/* The heap may have LIMIT bytes, or as many as it has. */
static void set_memory(size_t limit)
{
    memory = limit > mem_heapsize() ? limit : mem_heapsize();
    break_limit(memory);
}

/* There is as much memory as before, some bytes more than the heap has, or a chunk or two more, give or take some. */
static void run_memory(uint64_t number)
{
    size_t more = number / FITS % 4 * MM_CHUNK + number % FITS;
    set_memory(number / FITS % 3 == 0 ? MEMORY : mem_heapsize() + more / MM_ALIGNMENT * MM_ALIGNMENT);
}

static void run_free_all(unsigned call, uint64_t number)
{
    while (live_count > 0)
        run_free(call, number);
    set_memory(MEMORY);
    run_change(call, (enum mm_policy)(number % (MM_NEXT_FIT + 1)));
}

static void perform_step(const struct step *step)
{
    unsigned call = (unsigned)step_number();
    switch (step->kind) {
    case STEP_MALLOC:
        run_malloc(call, step->number);
        return;
    case STEP_FIT:
        run_fit(call, step->number);
        return;
    case STEP_FREE:
        run_free(call, step->number);
        return;
    case STEP_MEMORY:
        run_memory(step->number);
        return;
    case STEP_FREE_ALL:
        run_free_all(call, step->number);
        return;
    default:
        run_change(call, (enum mm_policy)step->number);
    }
}

START_TEST(long_run_keeps_all_rules)
{
    make_heap();
    set_memory(MEMORY);
    random_run(CALLS, make_step, perform_step);
}
END_TEST

void add_long_run(struct suite *suite)
{
    suite_add_random(suite, long_run_keeps_all_rules);
}
