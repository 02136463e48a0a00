// SPDX-License-Identifier: MIT
/*
 * lending.c - lending a test's variables to the implementation (lending.h).
 *
 * A pointer does not say how large its variable is. So a fixed number of bytes is lent, or fewer if the test's stack,
 * data or heap ends earlier. Only bytes that the call changed are written back, so neighbours stay as they are.
 */
#include "owntests/lending.h"
#include "heaplab/calls.h"
#include "owntests/tester.h"

#include <string.h>
#include <unistd.h>

enum { LENT_BYTES = 1024, SPACING = 4 * LENT_BYTES };

static struct {
    unsigned char *own; /* NULL: nothing was lent for this argument */
    size_t size;
    bool out; /* in the call that is being made; later ones must not write to what may be gone by then */
    unsigned char before[LENT_BYTES];
} loans[MOST_ARGUMENTS];

extern char **environ; /* lies above all frames */
extern char end[];     /* of the program's data */
extern char data_start[];

/* The end of the region of the test's memory that holds ADDRESS; 0 if none does. */
static uintptr_t region_end(uintptr_t address)
{
    int here = 0;
    uintptr_t stack_top = (uintptr_t)environ;
    uintptr_t heap_top = (uintptr_t)sbrk(0);
    if (address >= (uintptr_t)&here && address < stack_top)
        return stack_top;
    if (address >= (uintptr_t)data_start && address < (uintptr_t)end)
        return (uintptr_t)end;
    if (address >= (uintptr_t)end && address < heap_top)
        return heap_top;
    return 0;
}

static unsigned char *place(unsigned index)
{
    return (unsigned char *)ARENA_ADDRESS + (size_t)index * SPACING + LENT_BYTES;
}

uint64_t lend(unsigned index, uint64_t pointer)
{
    uintptr_t top = region_end((uintptr_t)pointer);
    loans[index].own = NULL;
    loans[index].out = false;
    if (top == 0)
        return pointer;
    size_t room = top - (uintptr_t)pointer;
    loans[index].own = (unsigned char *)(uintptr_t)pointer;
    loans[index].size = room < LENT_BYTES ? room : LENT_BYTES;
    loans[index].out = true;
    memcpy(loans[index].before, loans[index].own, loans[index].size);
    memcpy(place(index), loans[index].own, loans[index].size);
    return (uint64_t)(uintptr_t)place(index);
}

void take_back(void)
{
    for (unsigned i = 0; i < MOST_ARGUMENTS; i++) {
        const unsigned char *now = place(i);
        for (size_t k = 0; loans[i].out && k < loans[i].size; k++)
            if (now[k] != loans[i].before[k])
                loans[i].own[k] = now[k];
        loans[i].out = false;
    }
}

uint64_t lent_from(uint64_t address)
{
    for (unsigned i = 0; i < MOST_ARGUMENTS; i++) {
        uint64_t start = (uint64_t)(uintptr_t)place(i);
        bool near = address >= start - LENT_BYTES && address <= start + loans[i].size; /* just before it as well */
        if (loans[i].own && near)
            return (uint64_t)(uintptr_t)loans[i].own + address - start;
    }
    return address;
}
