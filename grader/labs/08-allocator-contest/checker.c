// SPDX-License-Identifier: MIT
/*
 * checker.c - tests of mm_checkheap, whatever the design.
 *
 * The judge does not know what the student's bookkeeping looks like. But what a call has written outside the blocks in
 * use is bookkeeping. So the judge damages those words, one at a time, and sees whether the checker notices.
 */
#include "checker.h"
#include "heaplab/test.h"
#include "memlib.h"
#include "mm.h"

#include <stdio.h>

enum { SLOTS = 24, CALLS = 120, MOST_SIZE = 600, SEEN_BYTES = 1 << 20, ENOUGH_DAMAGE = 12, WORDS_A_CALL = 6 };

typedef uint32_t word; /* the smallest unit that allocators keep */

static struct slot {
    unsigned char *payload; /* NULL: free */
    size_t size;
} slots[SLOTS];

static word seen[SEEN_BYTES / sizeof(word)]; /* the heap before the call */
static size_t seen_bytes;

/* A fixed sequence of numbers, the same for everybody. */
static size_t number(size_t call, size_t sides)
{
    enum { FACTOR = 7919, SHIFT = 5, PRIME = 10007 };
    return ((call + SHIFT) * FACTOR % PRIME) % sides;
}

static void change(size_t call)
{
    struct slot *slot = &slots[number(call, SLOTS)];
    if (slot->payload) {
        mm_free(slot->payload);
        slot->payload = NULL;
        return;
    }
    slot->size = 1 + number(call * call, MOST_SIZE);
    slot->payload = mm_malloc(slot->size);
    fill(slot->payload, (unsigned char)call, slot->size);
}

/* The free block at the end of the heap is too small for the request, and the heap cannot grow. */
static void accepts_after_refusal(void)
{
    enum { LAST = 5000 };
    mm_free(mm_malloc(LAST));
    tell("/* from here on there is no more memory */");
    break_limit(mem_heapsize());
    expect_null(mm_malloc(mem_heapsize()), "there is no memory for that, so mm_malloc should return NULL");
    expect(mm_checkheap(__LINE__), "mm_checkheap should accept the heap after mm_malloc has returned NULL: all "
                                   "blocks, including the free ones, should be where they were");
}

void checker_accepts(void)
{
    memset(slots, 0, sizeof slots);
    expect(mm_checkheap(__LINE__), "mm_checkheap should accept a heap that mm_init has just made");
    for (size_t call = 0; call < CALLS; call++) {
        change(call);
        expect(mm_checkheap(__LINE__), "mm_checkheap should accept a sound heap: no call was wrong so far");
    }
    accepts_after_refusal();
}

/* --- damage --- */

static word *word_at(size_t index)
{
    return (word *)mem_heap_lo() + index;
}

static bool in_use(const word *place)
{
    for (size_t i = 0; i < SLOTS; i++) {
        uintptr_t start = (uintptr_t)slots[i].payload;
        if (slots[i].payload && (uintptr_t)(place + 1) > start && (uintptr_t)place < start + slots[i].size)
            return true;
    }
    return false;
}

static void look(void)
{
    seen_bytes = mem_heapsize() < SEEN_BYTES ? mem_heapsize() : SEEN_BYTES;
    memcpy(seen, mem_heap_lo(), seen_bytes);
}

struct damage {
    size_t done;    /* words that were damaged, one at a time */
    size_t noticed; /* of these, how many the checker answered false to */
};

/* The word that was damaged last, and the first one whose damage went unnoticed. */
static struct damaged_word {
    size_t index, calls;
    word was, is;
} damaged, unnoticed;

static void tell_damage(const struct damaged_word *of)
{
    size_t offset = of->index * sizeof(word);
    tell("/* after call %zu of mm_malloc and mm_free: */", of->calls);
    tell("*(unsigned *)((char *)mem_heap_lo() + %zu) = %#x;  /* was %#x */", offset, of->is, of->was);
    tell("mm_checkheap(__LINE__);");
}

static void tell_damage_in_flight(void)
{
    story_aloud();
    tell_damage(&damaged);
}

/* Replaces a word by WRONG, calls the checker, and restores the word. */
static void damage_word(word wrong, struct damage *damage)
{
    word *place = word_at(damaged.index);
    damaged.was = *place;
    damaged.is = wrong;
    if (damaged.is == damaged.was)
        return;
    *place = wrong;
    bool noticed = !mm_checkheap(__LINE__);
    *place = damaged.was;
    damage->done++;
    damage->noticed += noticed;
    if (!noticed && damage->done - damage->noticed == 1)
        unnoticed = damaged;
}

static void invert(word was, struct damage *damage)
{
    damage_word(~was, damage);
}

/* Inverted bits lead far away. 8 more stays close, and looks like a size or an address. If only the low bits remain,
 * where flags are kept, lists end too early and walks get stuck. */
static void damage_in_three_ways(word was, struct damage *damage)
{
    enum { SMALL_STEP = 8, LOW_BITS = 7 };
    damage_word(~was, damage);
    damage_word(was + SMALL_STEP, damage);
    damage_word(was & LOW_BITS, damage);
}

/* Damages up to MOST of the words that each call writes, each in all WAYS, and restores them. */
static struct damage try_damage(size_t most, void (*ways)(word was, struct damage *damage))
{
    struct damage damage = {0};
    memset(slots, 0, sizeof slots);
    tell("/* mm_checkheap should return false, whatever it meets */");
    story_quiet();
    story_at_end(tell_damage_in_flight); /* says which word it was if a call does not return */
    for (size_t call = 0; call < CALLS; call++) {
        look();
        change(call);
        damaged.calls = call + 1;
        size_t words = 0;
        for (size_t i = 0; i < seen_bytes / sizeof(word) && words < most; i++) {
            if (seen[i] == *word_at(i) || in_use(word_at(i)))
                continue;
            words++;
            damaged.index = i;
            ways(*word_at(i), &damage);
        }
    }
    story_at_end(NULL);
    story_aloud();
    return damage;
}

static void expect_noticed(struct damage damage, size_t percent)
{
    enum { WHOLE = 100 };
    char expected[64];
    char found[64];
    snprintf(expected, sizeof expected, "false for at least %zu %% of them", percent);
    snprintf(found, sizeof found, "false for %zu of %zu", damage.noticed, damage.done);
    if (damage.done < ENOUGH_DAMAGE || damage.noticed * WHOLE >= damage.done * percent)
        return;
    tell("/* this was done %zu times; the first case that went unnoticed: */", damage.done);
    tell_damage(&unnoticed);
    fail_compare(expected, found, "mm_checkheap should notice when the heap's bookkeeping is damaged");
}

void checker_notices(size_t percent)
{
    tell("/* one after the other, words that a call has written are damaged */");
    expect_noticed(try_damage(WORDS_A_CALL, invert), percent);
}

void checker_notices_any_way(size_t percent)
{
    tell("/* one after the other, all words that a call has written */");
    tell("/* are damaged, each in three ways: all its bits inverted, */");
    tell("/* 8 added, all but its last three bits cleared */");
    expect_noticed(try_damage(SIZE_MAX, damage_in_three_ways), percent);
}
