// SPDX-License-Identifier: MIT
/*
 * long_run.c - thousands of calls, each checked against what the heap looked like before it.
 *
 * The walker has surveyed the heap before each call, so the test knows the list, in whatever order the student's code
 * keeps it, and where the rover is. From that follows which block mm_malloc has to take.
 */
#include "heaplab/test.h"

#include "free_list.h"
#include "memlib.h"

#include "suites.h"
#include "support.h"
#include "walker.h"

#include <stdio.h>

enum { CALLS = 3000, PHASE = 100, MOST_LIVE = 512 };

/* A block in use, all of whose SIZE bytes are MARK. */
struct live {
    char *payload;
    size_t size;
    unsigned char mark;
};

struct run {
    struct live live[MOST_LIVE];
    size_t count;
    unsigned seed;
    unsigned call;
    enum mm_policy policy;
};

/* A fixed sequence: every run of the test, on every machine, makes the same calls. */
static unsigned next_random(unsigned *seed)
{
    *seed = *seed * 1664525U + 1013904223U;
    return *seed >> 16;
}

/* Mostly small sizes, now and then a large one. */
static size_t random_size(unsigned *seed)
{
    unsigned most = next_random(seed) % 16 == 0 ? 3000 : 200;
    return 1 + next_random(seed) % most;
}

/* Phases in which the heap fills take turns with phases in which it empties. */
static bool wants_more(const struct run *run, unsigned *seed)
{
    unsigned percent = run->call / PHASE % 2 == 0 ? 70 : 35;
    return next_random(seed) % 100 < percent;
}

/* Where the block has to be, its size, and the heap's size afterwards. */
struct outcome {
    size_t offset;
    size_t size;
    size_t heap_bytes;
};

static struct outcome cut(struct outcome outcome, size_t room, size_t bytes)
{
    outcome.size = room - bytes < MM_MIN_BLOCK ? room : bytes;
    return outcome;
}

/* What mm_malloc has to do for a block of BYTES. */
static struct outcome predict(const struct survey *survey, enum mm_policy policy, size_t bytes)
{
    struct outcome outcome = {.heap_bytes = mem_heapsize()};
    size_t chosen = choose(survey, policy, bytes);
    if (chosen != NONE) {
        outcome.offset = survey->blocks[chosen].offset;
        return cut(outcome, survey->blocks[chosen].size, bytes);
    }
    size_t grown = bytes < MM_CHUNK ? MM_CHUNK : bytes;
    outcome.offset = outcome.heap_bytes;
    outcome.heap_bytes += grown;
    const struct block *last = survey->count > 0 ? &survey->blocks[survey->count - 1] : NULL;
    if (last != NULL && !last->used) {
        outcome.offset = last->offset;
        grown += last->size;
    }
    return cut(outcome, grown, bytes);
}

/* Under best fit the student may prefer another free block of the same size. */
static bool is_as_good(const struct survey *survey, enum mm_policy policy, const char *payload, size_t wanted)
{
    const struct block *taken = survey_payload(survey, payload);
    const struct block *best = survey_block(survey, heap_start() + wanted);
    return policy == MM_BEST_FIT && taken != NULL && best != NULL && !taken->used && taken->size == best->size;
}

static void run_malloc(struct run *run)
{
    static struct survey before; /* the walker's own changes with the call */
    size_t size = random_size(&run->seed);
    before = *walker_survey();
    struct outcome wanted = predict(&before, run->policy, block_bytes(size));
    char sentence[160];
    snprintf(sentence, sizeof sentence,
             "in call %u, mm_malloc(%zu) should take the block that %s chooses, or else grow the heap", run->call, size,
             policy_name(run->policy));
    char *payload = mm_malloc(size);
    if (!is_as_good(&before, run->policy, payload, wanted.offset))
        expect_place(payload, heap_start() + wanted.offset + HEADER, sentence);
    expect_size(block_of(payload, size).size, wanted.size,
                "in call %u, mm_malloc(%zu) should cut off what it does not need, if that makes a block", run->call,
                size);
    expect_size(mem_heapsize(), wanted.heap_bytes, "in call %u, mm_malloc(%zu) should grow the heap only if it must",
                run->call, size);
    run->live[run->count] = (struct live){payload, size, (unsigned char)run->call};
    memset(payload, run->live[run->count].mark, size);
    run->count++;
}

static void expect_kept(const struct live *live, unsigned call)
{
    walker_mark(live->payload);
    expect_fill(live->payload, live->mark, live->size,
                "the %zu bytes from heap + %zu on were written by their owner and should have stayed until call %u",
                live->size, (size_t)(live->payload - heap_start()), call);
}

static void run_free(struct run *run)
{
    struct live *some = &run->live[next_random(&run->seed) % run->count];
    expect_kept(some, run->call);
    char *payload = some->payload;
    *some = run->live[--run->count];
    mm_free(payload);
    expect(reports() == 0, "call %u frees a block in use: nothing should be reported", run->call);
    const struct block *block = survey_payload(walker_survey(), payload);
    expect(block == NULL || !block->used, "call %u frees a block: it should be marked MM_FREE", run->call);
}

/* Between two phases: all bytes are there, mm_check is content, and another policy takes over. */
static void change_phase(struct run *run)
{
    for (size_t i = 0; i < run->count; i++)
        expect_kept(&run->live[i], run->call);
    expect_int((int)mm_check(), MM_SOUND, "after call %u the heap keeps all the rules: mm_check should return MM_SOUND",
               run->call);
    run->policy = (enum mm_policy)((run->policy + 1) % (MM_NEXT_FIT + 1));
    mm_set_policy(run->policy);
}

START_TEST(long_run_keeps_all_rules)
{
    static struct run run = {.seed = 6, .policy = MM_FIRST_FIT};
    make_heap();
    story_quiet();
    for (run.call = 1; run.call <= CALLS; run.call++) {
        bool more = wants_more(&run, &run.seed) && run.count < MOST_LIVE;
        if (run.count == 0 || more)
            run_malloc(&run);
        else
            run_free(&run);
        if (run.call % PHASE == 0)
            change_phase(&run);
    }
}
END_TEST

void add_long_run(struct suite *suite)
{
    suite_add(suite, long_run_keeps_all_rules);
}
