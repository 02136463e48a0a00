// SPDX-License-Identifier: MIT
/*
 * input.c - memory handed to the student's code, in the arena below the heap (heaplab/input.h).
 */
#include "judge/judge.h"
#include "judge/lib/rights.h"

enum { MOST_INPUTS = 4096, ZONE_BYTES = 32, ZONE_BYTE = 0xfa };

/* Of the running test. Each test runs in a process of its own, so nothing has to be reset. */
static struct input inputs[MOST_INPUTS];
static unsigned input_count;
static size_t used = ZONE_BYTES;

void *put(const void *bytes, size_t n, const char *name, const char *declaration)
{
    if (input_count == MOST_INPUTS || n > INPUT_BYTES || heap_round_up(n) + ZONE_BYTES > INPUT_BYTES - used)
        fault("the test puts more into the arena than there is room for (%zu bytes)", INPUT_BYTES);
    unsigned char *start = (unsigned char *)ARENA_ADDRESS + used;
    used += heap_round_up(n) + ZONE_BYTES;
    memset(start, 0, n);
    if (bytes)
        memcpy(start, bytes, n);
    memset(start + n, ZONE_BYTE, heap_round_up(n) - n + ZONE_BYTES);
    inputs[input_count].start = start;
    inputs[input_count].size = n;
    inputs[input_count++].name = name;
    watch_give(start, n, MAY_USE);
    if (name)
        set_name(start, name);
    if (declaration)
        tell("%s", declaration);
    return start;
}

size_t input_bytes(void)
{
    return used;
}

char *put_string(const char *text)
{
    return put(text, strlen(text) + 1, NULL, NULL);
}

/* How far ADDRESS lies before INPUT or after it; 0 if it lies in it. */
static size_t distance(uintptr_t address, const struct input *input)
{
    uintptr_t start = (uintptr_t)input->start;
    return address < start ? start - address : address - start < input->size ? 0 : address - start - input->size + 1;
}

bool input_about(const void *address, struct input *input)
{
    const struct input *nearest = NULL;
    for (unsigned i = 0; i < input_count; i++)
        if (!nearest || distance((uintptr_t)address, &inputs[i]) < distance((uintptr_t)address, nearest))
            nearest = &inputs[i];
    if (!nearest || (uintptr_t)address - ARENA_ADDRESS >= used)
        return false;
    *input = *nearest;
    return true;
}

bool input_holds(const void *a, const void *b)
{
    for (unsigned i = 0; i < input_count; i++) {
        uintptr_t start = (uintptr_t)inputs[i].start;
        if ((uintptr_t)a - start <= inputs[i].size && (uintptr_t)b - start <= inputs[i].size)
            return true;
    }
    return false;
}

void input_verify(void)
{
    for (unsigned i = 0; i < input_count; i++) {
        const unsigned char *zone = inputs[i].start + inputs[i].size;
        for (size_t k = 0; k < heap_round_up(inputs[i].size) - inputs[i].size + ZONE_BYTES; k++)
            if (zone[k] != ZONE_BYTE)
                end_test(STATUS_MISUSED, NULL, NULL,
                         "your code wrote past the end of %s, which is %zu bytes long, at offset %zu",
                         inputs[i].name ? inputs[i].name : "its argument", inputs[i].size, inputs[i].size + k);
    }
}
