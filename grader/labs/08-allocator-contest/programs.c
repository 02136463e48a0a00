// SPDX-License-Identifier: MIT
/*
 * programs.c - many short programs, one after the other, each with a heap of its own.
 *
 * A heap with few blocks has more corners than one with many: the first block, the last one, a hole between two, the
 * end of the heap. So each program is short, and its sizes are awkward: they are those of blocks in use, a few bytes
 * more or less, or near powers of two. After every call all blocks are compared, and the checker is asked. The steps
 * are random, but the same in every run (heaplab/random.h).
 */
#include "programs.h"

#include "heaplab/test.h"
#include "memlib.h"
#include "mm.h"
#include "workload.h"

enum { PROGRAMS = 90, LENGTH = 36, SLOTS = 20, MEMORY = 48 << 20, LARGEST = 256 << 10 };

static struct slot {
    unsigned char *payload; /* NULL: free */
    size_t size;
    unsigned char mark;
} slots[SLOTS];

/*** Making the steps ***/

/* A step works on a slot. Its number is the slot, times SIZES, and the size, or for STEP_LIKE and STEP_RESIZE_LIKE
 * which slot has a size that is nearly wanted, times NEAR, and how many bytes more or less. */
enum step_kind { STEP_START, STEP_NEW, STEP_LIKE, STEP_RESIZE, STEP_RESIZE_LIKE, STEP_FREE, STEP_REFUSE };
enum { SIZES = 1 << 20, NEAR = 80 };

static size_t random_size(size_t program, struct dice *dice)
{
    static const size_t most[] = {64, 160, 700, 4200, 20000};
    enum { KINDS = sizeof most / sizeof *most, SMALLEST = 4, POWERS = 13, AROUND = 34 };
    if (roll(dice, 4) == 0)
        return ((size_t)1 << (SMALLEST + roll(dice, POWERS))) + roll(dice, AROUND) - AROUND / 2 + 1;
    return 1 + roll(dice, most[program % KINDS]);
}

static void make_step(struct step *step, size_t index, struct dice *dice)
{
    static const unsigned char often[] = {STEP_NEW,  STEP_NEW,    STEP_LIKE,        STEP_LIKE,
                                          STEP_LIKE, STEP_RESIZE, STEP_RESIZE_LIKE, STEP_RESIZE_LIKE,
                                          STEP_FREE, STEP_FREE,   STEP_FREE,        STEP_FREE};
    enum { REFUSALS = 24 };
    step->kind = index % LENGTH == 0 ? STEP_START : often[roll(dice, sizeof often)];
    if (step->kind != STEP_START && roll(dice, REFUSALS) == 0)
        step->kind = STEP_REFUSE;
    bool like = step->kind == STEP_LIKE || step->kind == STEP_RESIZE_LIKE;
    size_t size = like ? roll(dice, SLOTS) * NEAR + roll(dice, NEAR) : random_size(index / LENGTH, dice);
    step->number = roll(dice, SLOTS) * SIZES + size;
}

/*** Doing the steps ***/

/* Nearly the size of a slot, one and a half of it, or twice that. */
static size_t size_like(size_t number)
{
    enum { KINDS = 3 };
    size_t like = slots[number / NEAR % SLOTS].size;
    size_t size = number % KINDS == 0 ? 2 * like : number % KINDS == 1 ? like + like / 2 : like;
    size = size % LARGEST + number % NEAR;
    return size > NEAR / 2 ? size - NEAR / 2 : 1;
}

/* Only the ends of large blocks are compared after every call. */
static void expect_ends(const struct slot *slot, const char *sentence)
{
    enum { END = 128 };
    expect_mark(slot->payload, slot->size < END ? slot->size : END, slot->mark, sentence);
    if (slot->size > END && slot->payload[slot->size - 1] != mark_at(slot->size - 1, slot->mark))
        expect_mark(slot->payload, slot->size, slot->mark, sentence);
}

static void expect_all_kept(void)
{
    for (size_t i = 0; i < SLOTS; i++)
        if (slots[i].payload)
            expect_ends(&slots[i], "no call should change the bytes of another block in use");
    expect(mm_checkheap(__LINE__), "mm_checkheap says no: either this call has broken a rule of your heap, or the "
                                   "checker refuses a heap that is sound");
}

static void start_program(void)
{
    memset(slots, 0, sizeof slots);
    break_reset();
    break_refuse(0);
    expect(mm_init(), "mm_init should make the allocator ready and return true: there is memory");
}

/* RETURNED is the result of CALL, which began after REFUSALS. Whether it is a block, sound in all its SIZE bytes. */
static bool is_block(void *returned, size_t size, size_t refusals, const char *call)
{
    expect(returned || break_refusals() > refusals, "%s(%zu) should not return NULL: mem_sbrk did not refuse", call,
           size);
    if (returned)
        expect_sound(returned, size, call);
    return returned != NULL;
}

static void take(struct slot *slot, void *payload, size_t size)
{
    *slot = (struct slot){.payload = payload, .size = size, .mark = (unsigned char)step_number()};
    write_mark(payload, size, slot->mark);
}

static void allocate(struct slot *slot, size_t size)
{
    size_t refusals = break_refusals();
    bool zeroed = size % 3 == 0;
    void *payload = zeroed ? mm_calloc(size, 1) : mm_malloc(size);
    if (!is_block(payload, size, refusals, zeroed ? "mm_calloc" : "mm_malloc"))
        return;
    if (zeroed)
        expect_fill(payload, 0, size, "all bytes from mm_calloc should be zero");
    take(slot, payload, size);
}

static void release(struct slot *slot)
{
    expect_mark(slot->payload, slot->size, slot->mark, "a block should keep its bytes until it is freed");
    mm_free(slot->payload);
    slot->payload = NULL;
}

static void resize(struct slot *slot, size_t size)
{
    size_t refusals = break_refusals();
    void *payload = mm_realloc(slot->payload, size);
    if (!is_block(payload, size, refusals, "mm_realloc")) {
        expect_mark(slot->payload, slot->size, slot->mark, "a failed mm_realloc should keep the bytes of the block");
        return;
    }
    expect_mark(payload, size < slot->size ? size : slot->size, slot->mark,
                "mm_realloc should keep as many bytes of the block as fit");
    take(slot, payload, size);
}

static void perform_step(const struct step *step)
{
    struct slot *slot = &slots[step->number / SIZES % SLOTS];
    size_t size = step->number % SIZES;
    bool resizes = step->kind == STEP_RESIZE || step->kind == STEP_RESIZE_LIKE;
    if (step->kind == STEP_LIKE || step->kind == STEP_RESIZE_LIKE)
        size = size_like(size);
    if (step->kind == STEP_START)
        start_program();
    else if (step->kind == STEP_REFUSE)
        break_refuse(1);
    else if (slot->payload && resizes)
        resize(slot, size);
    else if (slot->payload)
        release(slot);
    else if (step->kind != STEP_FREE)
        allocate(slot, size);
    expect_all_kept();
}

START_TEST(programs_keep_all_bytes)
{
    break_limit(MEMORY);
    start_program();
    random_run(PROGRAMS * LENGTH, make_step, perform_step);
}
END_TEST

void add_programs(struct suite *suite)
{
    suite_add_random(suite, programs_keep_all_bytes);
}
