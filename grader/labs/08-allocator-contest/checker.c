// SPDX-License-Identifier: MIT
/*
 * checker.c - tests of mm_checkheap, whatever the design.
 *
 * The judge does not know what the student's bookkeeping looks like. But what a call has written outside the blocks in
 * use is bookkeeping. So the judge damages those words, one at a time, and sees whether the checker notices.
 */
#include "checker.h"
#include "heaplab/chance.h"
#include "heaplab/test.h"
#include "memlib.h"
#include "mm.h"

#include <stdio.h>

enum {
    SLOTS = 24,
    CALLS = 120,
    MOST_SIZE = 600,
    LARGE_SIZE = 3000,
    SEEN_BYTES = 1 << 20,
    ENOUGH_DAMAGE = 12,
    WORDS_A_CALL = 6,
    PERIOD = 2
};

typedef uint32_t word; /* the smallest unit that allocators keep */

/* The words of bookkeeping between two payloads that lie next to each other: what mm_free of the second one can see of
 * the first. */
enum { BETWEEN = 16 };

struct slot {
    unsigned char *payload; /* NULL: free */
    size_t size;
};

struct damaged_word {
    size_t index, calls;
    word was, is;
    bool wide; /* the word after it was all ones at that time */
};

/* Of the running test. Each test runs in a process of its own. */
static struct slot slots[SLOTS];
static word seen[SEEN_BYTES / sizeof(word)]; /* the heap before the call */
static size_t seen_bytes;
static word as_damaged[SEEN_BYTES / sizeof(word)]; /* the heap before the checker meets a damaged word */
static word pattern[PERIOD];                       /* what free blocks are filled with; zeros: nothing so far */
static struct damaged_word damaged;                /* the word that was damaged last */
static struct damaged_word unnoticed;              /* the first one whose damage went unnoticed */
static word before_free[BETWEEN], after_free[BETWEEN];

/* A fixed sequence of numbers, the same for everybody. */
static size_t number(size_t call, size_t sides)
{
    enum { FACTOR = 7919, SHIFT = 5, PRIME = 10007 };
    return ((call + SHIFT) * FACTOR % PRIME) % sides;
}

/* Call number CALL: mm_free, or mm_malloc of up to MOST bytes. */
static void change(size_t call, size_t most)
{
    struct slot *slot = &slots[number(call, SLOTS)];
    if (slot->payload) {
        mm_free(slot->payload);
        slot->payload = NULL;
        return;
    }
    slot->size = 1 + number(call * call, most);
    slot->payload = mm_malloc(slot->size);
    fill(slot->payload, (unsigned char)call, slot->size);
}

static void look(void)
{
    seen_bytes = mem_heapsize() < SEEN_BYTES ? mem_heapsize() : SEEN_BYTES;
    memcpy(seen, mem_heap_lo(), seen_bytes);
}

/* The checker should accept the heap, and change nothing in it. */
static void expect_accepted(const char *sentence)
{
    look();
    expect(mm_checkheap(__LINE__), "%s", sentence);
    expect_bytes(mem_heap_lo(), seen, seen_bytes, "mm_checkheap should leave the heap as it was");
}

static void fresh_heap(void)
{
    tell("/* the system takes back the whole heap */");
    break_reset();
    expect(mm_init(), "mm_init should make the allocator ready and return true");
}

/* The free block at the end of the heap is too small for the requests, and the heap cannot grow. */
static void accepts_after_refusal(void)
{
    enum { FIRST = 1000, LAST = 5000 };
    fresh_heap();
    void *first = mm_malloc(FIRST);
    mm_free(mm_malloc(LAST));
    tell("/* from here on there is no more memory */");
    break_limit(mem_heapsize());
    expect_null(mm_realloc(first, mem_heapsize()), "there is no memory for that, so mm_realloc should return NULL");
    expect_accepted("mm_checkheap should accept the heap after mm_realloc has returned NULL: all "
                    "blocks, including the free ones, should be where they were");
    expect_null(mm_malloc(mem_heapsize()), "there is no memory for that, so mm_malloc should return NULL");
    expect_accepted("mm_checkheap should accept the heap after mm_malloc has returned NULL: all "
                    "blocks, including the free ones, should be where they were");
}

void checker_accepts(void)
{
    memset(slots, 0, sizeof slots);
    expect_accepted("mm_checkheap should accept a heap that mm_init has just made");
    for (size_t call = 0; call < 2 * CALLS; call++) {
        change(call, call < CALLS ? MOST_SIZE : LARGE_SIZE);
        expect_accepted("mm_checkheap says no after this call: either the call has broken a rule of your heap, or the "
                        "checker refuses a heap that is sound");
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

/* --- nonsense in free blocks --- */

/* Some allocators fill free blocks with a pattern of 4 or 8 bytes, so that a use after free shows. The pattern is no
 * bookkeeping: nothing has to agree with it. What a call has written many times in a row is such a pattern. */
enum { LEAST_REPEATED = 8 };

/* Has the last call written the word at INDEX, outside the blocks in use? */
static bool is_written(size_t index)
{
    return index < seen_bytes / sizeof(word) && seen[index] != *word_at(index) && !in_use(word_at(index));
}

/* Notes the pattern of a run of written words that are as those PERIOD words before. */
static void learn_pattern(void)
{
    size_t run = 0;
    for (size_t i = PERIOD; i < seen_bytes / sizeof(word); i++) {
        bool repeated = is_written(i) && is_written(i - PERIOD) && *word_at(i) == *word_at(i - PERIOD);
        run = repeated ? run + 1 : 0;
        if (run == LEAST_REPEATED)
            memcpy(pattern, word_at(i - 1), sizeof pattern);
    }
}

static bool is_pattern(word value)
{
    return value != 0 && (value == pattern[0] || value == pattern[1]);
}

struct damage {
    size_t done;    /* words that were damaged, one at a time */
    size_t noticed; /* of these, how many the checker answered false to */
};

static void tell_damage(const struct damaged_word *of)
{
    size_t offset = of->index * sizeof(word);
    tell("/* after call %zu of mm_malloc and mm_free: */", of->calls);
    tell("*(unsigned *)((char *)mem_heap_lo() + %zu) = %#x;  /* was %#x */", offset, of->is, of->was);
    if (of->wide)
        tell("/* and each bit of the next four bytes is 1 */");
    tell("mm_checkheap(__LINE__);");
}

static _Noreturn void fail_repaired(void)
{
    story_at_end(NULL);
    story_aloud();
    tell_damage(&damaged);
    fail("mm_checkheap should leave the heap as it was, damaged or not: a checker only reports");
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
    memcpy(as_damaged, mem_heap_lo(), seen_bytes);
    bool noticed = !mm_checkheap(__LINE__);
    if (memcmp(as_damaged, mem_heap_lo(), seen_bytes) != 0)
        fail_repaired();
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

/* Makes a number of two words, of which WAS is the lower one, so large that the end of a block of that size wraps
 * around to before its start. A checker has to survive any damage, but need not notice all of it: what it says does not
 * count.
 */
static void survive_wrapping(word was)
{
    enum { LOW_BITS = 7 };
    static const word back[] = {16, 32, 64, 4096, 65536};
    const struct damaged_word before = unnoticed;
    struct damage uncounted = {0};
    if (damaged.index % 2 != 0 || (damaged.index + 2) * sizeof(word) > seen_bytes)
        return;
    word *upper = word_at(damaged.index + 1), kept = *upper;
    damaged.wide = true;
    *upper = ~(word)0;
    for (size_t i = 0; i < sizeof back / sizeof *back; i++)
        damage_word((0 - back[i]) | (was & LOW_BITS), &uncounted);
    *upper = kept;
    damaged.wide = false;
    unnoticed = before;
}

/* Inverted bits lead far away. 8 more stays close, and looks like a size or an address. If only the low bits remain,
 * where flags are kept, lists end too early and walks get stuck. */
static void damage_in_three_ways(word was, struct damage *damage)
{
    enum { SMALL_STEP = 8, LOW_BITS = 7 };
    damage_word(~was, damage);
    damage_word(was + SMALL_STEP, damage);
    damage_word(was & LOW_BITS, damage);
    survive_wrapping(was);
}

/* Between two cases of damage the heap is sound; whether the checker is asked then is a matter of chance. So it can't
 * tell sound heaps from damaged ones by counting its calls, or by what the heap was in the call before. */
static void expect_undone(void)
{
    if (chance_toss() && !mm_checkheap(__LINE__)) {
        story_at_end(NULL);
        story_aloud();
        tell("/* after call %zu of mm_malloc and mm_free: some words were damaged, and restored */", damaged.calls);
        fail("mm_checkheap should accept a sound heap, whatever the heap was when it was called before");
    }
}

/* Damages up to MOST of the words that each call writes, each in all WAYS, and restores them. */
static struct damage try_damage(size_t most, void (*ways)(word was, struct damage *damage))
{
    struct damage damage = {0};
    memset(slots, 0, sizeof slots);
    memset(pattern, 0, sizeof pattern);
    tell("/* mm_checkheap should return false, whatever it meets */");
    story_quiet();
    story_at_end(tell_damage_in_flight); /* says which word it was if a call does not return */
    for (size_t call = 0; call < CALLS; call++) {
        look();
        change(call, MOST_SIZE);
        damaged.calls = call + 1;
        learn_pattern();
        size_t words = 0;
        for (size_t i = 0; i < seen_bytes / sizeof(word) && words < most; i++) {
            if (!is_written(i) || is_pattern(*word_at(i)))
                continue;
            if (words > 0)
                expect_undone();
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

/*** Free blocks that touch ***/

static bool are_neighbours(const struct slot *first, const struct slot *second)
{
    uintptr_t end = (uintptr_t)first->payload + first->size, start = (uintptr_t)second->payload;
    return start >= end && start - end <= sizeof before_free - 2 * sizeof(word);
}

/* The heap as it is when SECOND is freed after FIRST. */
static void free_both(struct slot *first, struct slot *second)
{
    mm_free(first->payload);
    mm_free(second->payload);
}

/* The same, but when SECOND is freed, FIRST still looks used: so SECOND is not merged with it. */
static void free_unmerged(struct slot *first, struct slot *second)
{
    word *between = (word *)second->payload - BETWEEN;
    memcpy(before_free, between, sizeof before_free);
    mm_free(first->payload);
    memcpy(after_free, between, sizeof after_free);
    memcpy(between, before_free, sizeof before_free);
    mm_free(second->payload);
    for (size_t i = 0; i < BETWEEN; i++)
        between[i] ^= before_free[i] ^ after_free[i];
}

/* A fresh heap with two blocks next to each other, FIRST below SECOND, and one on each side. Returns false if they lie
 * elsewhere. */
static bool make_pair(struct slot *first, struct slot *second)
{
    enum { GUARD = 24, SIZE = 472, MADE = 4 };
    struct slot *made[MADE] = {&slots[0], first, second, &slots[1]};
    fresh_heap();
    for (size_t i = 0; i < MADE; i++) {
        made[i]->size = i == 0 || i == MADE - 1 ? GUARD : SIZE;
        made[i]->payload = mm_malloc(made[i]->size);
        fill(made[i]->payload, (unsigned char)(i + 1), made[i]->size);
    }
    if (first->payload > second->payload) {
        struct slot higher = *first;
        *first = *second;
        *second = higher;
    }
    return are_neighbours(first, second);
}

/* If the trick makes no difference, the design does not use what lies between the payloads, or does not merge. */
void checker_notices_unmerged(void)
{
    struct slot first = {0}, second = {0};
    if (!make_pair(&first, &second))
        return;
    free_both(&first, &second);
    look();
    make_pair(&first, &second);
    tell("/* %s is freed; then %s, while the words between */", name_of(first.payload), name_of(second.payload));
    tell("/* them are as if %s were still in use */", name_of(first.payload));
    free_unmerged(&first, &second);
    if (mem_heapsize() == seen_bytes && memcmp(seen, mem_heap_lo(), seen_bytes) == 0)
        return;
    expect(!mm_checkheap(__LINE__), "mm_checkheap should notice two free blocks that touch and were not merged, as "
                                    "mm_free merges such blocks");
}

/*** Thousands of blocks ***/

enum { PAIRS = 3000, MOST_WORDS = 64 };

/* Words that one call has changed. */
struct changed {
    size_t index[MOST_WORDS], count;
};

static void free_and_note(void *payload, struct changed *changed)
{
    look();
    mm_free(payload);
    learn_pattern();
    changed->count = 0;
    for (size_t i = 0; i < seen_bytes / sizeof(word) && changed->count < MOST_WORDS; i++)
        if (seen[i] != *word_at(i) && !is_pattern(*word_at(i)))
            changed->index[changed->count++] = i;
}

/* At least one in five cases of damage to these words should be noticed. Few words: the design writes next to nothing.
 */
static void expect_changed_noticed(const struct changed *changed, const char *which)
{
    enum { FEW = 6, ONE_IN = 5 };
    struct damage damage = {0};
    for (size_t i = 0; i < changed->count; i++) {
        damaged.index = changed->index[i];
        damage_in_three_ways(*word_at(damaged.index), &damage);
    }
    story_aloud();
    if (damage.done >= FEW && damage.noticed * ONE_IN < damage.done)
        fail("mm_checkheap should notice damage near the block that was freed %s of %d: it said no to %zu of %zu cases",
             which, PAIRS, damage.noticed, damage.done);
    story_quiet();
}

void checker_handles_thousands(void)
{
    enum { SIZE = 64, BETWEEN_BYTES = 40 };
    static void *blocks[PAIRS];
    static struct changed first, last;
    tell("/* %d blocks of %d bytes are allocated, each followed by one of %d, */", PAIRS, SIZE, BETWEEN_BYTES);
    tell("/* and freed from last to first */");
    story_quiet();
    for (size_t i = 0; i < PAIRS; i++) {
        blocks[i] = mm_malloc(SIZE);
        mm_malloc(BETWEEN_BYTES);
    }
    free_and_note(blocks[PAIRS - 1], &first);
    for (size_t i = PAIRS - 2; i > 0; i--)
        mm_free(blocks[i]);
    free_and_note(blocks[0], &last);
    story_aloud();
    expect(mm_checkheap(__LINE__), "mm_checkheap should accept a sound heap with %d free blocks", PAIRS);
    tell("/* then the words that were written by mm_free are damaged, one after the other */");
    story_quiet();
    expect_changed_noticed(&first, "first");
    expect_changed_noticed(&last, "last");
    story_aloud();
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
