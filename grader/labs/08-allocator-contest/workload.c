// SPDX-License-Identifier: MIT
/*
 * workload.c - a long sequence of calls in which every result and every byte is checked (workload.h).
 *
 * Which call comes next depends on its number alone. So a test can repeat the same sequence under other conditions: in
 * a heap that was used before, or with one call of mem_sbrk refused.
 */
#include "workload.h"

#include "heaplab/test.h"
#include "memlib.h"
#include "mm.h"

#include <stdio.h>

enum { SLOTS = 20, CALLS = 160, STRIDE = 37 };

static struct slot {
    unsigned char *payload; /* NULL: free */
    size_t size;
    unsigned char mark;
} slots[SLOTS];

/*** Blocks ***/

void expect_sound(const void *block, size_t size, const char *call)
{
    size_t heap = mem_heapsize();
    size_t offset =
        (uintptr_t)block - (uintptr_t)mem_heap_lo(); /* below the heap: wraps around, larger than any heap */
    expect_aligned(block, MM_ALIGNMENT, "every payload should be aligned, also that of %s", call);
    expect(offset < heap && size <= heap - offset, "the block of %s should lie in the heap with all its bytes", call);
    expect_alone(block);
}

unsigned char mark_at(size_t i, unsigned char mark)
{
    return (unsigned char)(i * STRIDE + mark);
}

void write_mark(void *block, size_t size, unsigned char mark)
{
    unsigned char *bytes = block;
    for (size_t i = 0; i < size; i++)
        bytes[i] = mark_at(i, mark);
}

void expect_mark(const void *block, size_t n, unsigned char mark, const char *sentence)
{
    char expected[64], found[64];
    const unsigned char *bytes = block;
    size_t i = 0;
    while (i < n && bytes[i] == mark_at(i, mark))
        i++;
    if (i == n)
        return;
    snprintf(expected, sizeof expected, "0x%02x at byte %zu of %s", mark_at(i, mark), i, name_of(block));
    snprintf(found, sizeof found, "0x%02x", bytes[i]);
    fail_compare(expected, found, "%s", sentence);
}

static void expect_all_kept(size_t call)
{
    char sentence[128];
    snprintf(sentence, sizeof sentence, "call %zu should not change the contents of another block in use", call + 1);
    for (size_t i = 0; i < SLOTS; i++)
        if (slots[i].payload)
            expect_mark(slots[i].payload, slots[i].size, slots[i].mark, sentence);
}

/*** Calls ***/

static size_t number(size_t call, size_t sides)
{
    enum { FACTOR = 7919, SHIFT = 11, PRIME = 10007 };
    return ((call + SHIFT) * FACTOR % PRIME) % sides;
}

static size_t size_of_call(size_t call)
{
    static const size_t most[] = {40, 200, 700, 3000, 9000};
    return 1 + number(call * call, most[number(call, sizeof most / sizeof *most)]);
}

/* RETURNED is the result of a call that began when mem_sbrk had been called SBRKS times. It may be NULL only if
 * mem_sbrk refused during the call. */
static bool succeeded(const void *returned, size_t call, size_t refused_at, size_t sbrks)
{
    bool refused = refused_at > sbrks && refused_at <= break_calls();
    expect(returned || refused, "call %zu should not return NULL: there is memory enough, and mem_sbrk did not refuse",
           call + 1);
    return returned != NULL;
}

static void fill_slot(struct slot *slot, void *payload, size_t size, size_t call)
{
    *slot = (struct slot){.payload = payload, .size = size, .mark = (unsigned char)call};
    write_mark(payload, size, slot->mark);
}

static void allocate(struct slot *slot, size_t call, size_t refused_at)
{
    size_t size = size_of_call(call), sbrks = break_calls();
    bool zeroed = number(call, 3) == 0;
    void *payload = zeroed ? mm_calloc(size, 1) : mm_malloc(size);
    if (!succeeded(payload, call, refused_at, sbrks))
        return;
    expect_sound(payload, size, zeroed ? "mm_calloc" : "mm_malloc");
    if (zeroed)
        expect_fill(payload, 0, size, "all bytes from mm_calloc should be zero");
    fill_slot(slot, payload, size, call);
}

static void reallocate(struct slot *slot, size_t call, size_t refused_at)
{
    size_t size = size_of_call(call), sbrks = break_calls();
    void *payload = mm_realloc(slot->payload, size);
    if (!succeeded(payload, call, refused_at, sbrks))
        return;
    expect_sound(payload, size, "mm_realloc");
    expect_mark(payload, size < slot->size ? size : slot->size, slot->mark,
                "mm_realloc should keep as many bytes of the block as fit");
    fill_slot(slot, payload, size, call);
}

static void make_call(size_t call, size_t refused_at)
{
    struct slot *slot = &slots[number(call, SLOTS)];
    if (!slot->payload) {
        allocate(slot, call, refused_at);
    } else if (number(call * 3, 5) < 3) {
        reallocate(slot, call, refused_at);
    } else {
        mm_free(slot->payload);
        slot->payload = NULL;
    }
}

void run_workload(size_t k)
{
    size_t refused_at = k == 0 ? 0 : break_calls() + k;
    memset(slots, 0, sizeof slots);
    break_refuse(k);
    story_quiet();
    for (size_t call = 0; call < CALLS; call++) {
        make_call(call, refused_at);
        expect_all_kept(call);
        expect(mm_checkheap(__LINE__),
               "mm_checkheap says no after call %zu: either that call has broken a rule of your heap, or the "
               "checker refuses a heap that is sound",
               call + 1);
    }
    story_aloud();
    break_refuse(0);
}
