// SPDX-License-Identifier: MIT
/*
 * names.c - the names of pointers (heaplab/story.h, names.h).
 */
#include "judge/lib/names.h"
#include "judge/judge.h"

#include <stdio.h>

enum { MOST_NAMES = 4096, TEXTS = 8, TEXT_BYTES = 64 };

static const struct places *places;               /* set at the start */
static const char *(*namer)(const void *pointer); /* set by a test; NULL: none */

/* Of the running test. Each test runs in a process of its own, so nothing has to be reset. */
static struct {
    uintptr_t address;
    char name[NAME_BYTES];
} names[MOST_NAMES];
static unsigned name_count;
static unsigned letters; /* names given to results so far */

void names_ask(const struct places *whom)
{
    places = whom;
}

bool may_be_block(uintptr_t address)
{
    return places->may_be_block(address);
}

/* The entry for ADDRESS itself, the newest first; or -1. */
static int find_name(uintptr_t address)
{
    for (unsigned i = name_count; i > 0; i--)
        if (names[i - 1].address == address)
            return (int)i - 1;
    return -1;
}

/* The entry with the highest address at or below ADDRESS in the same block; or -1. */
static int find_near(uintptr_t address)
{
    int best = -1;
    for (unsigned i = 0; i < name_count; i++)
        if (names[i].address <= address && (best < 0 || names[i].address >= names[best].address) &&
            places->are_together(names[i].address, address))
            best = (int)i;
    return best;
}

void story_names(const char *(*name)(const void *pointer))
{
    namer = name;
}

const char *find_exact_name(const void *pointer)
{
    int found = find_name((uintptr_t)pointer);
    return found >= 0 ? names[found].name : NULL;
}

void set_name(const void *pointer, const char *name)
{
    int found = find_name((uintptr_t)pointer);
    if (found < 0 && name_count == MOST_NAMES)
        return;
    unsigned entry = found >= 0 ? (unsigned)found : name_count++;
    names[entry].address = (uintptr_t)pointer;
    snprintf(names[entry].name, NAME_BYTES, "%s", name);
}

void story_each_name(void (*show)(uintptr_t address, const char *name))
{
    for (unsigned i = 0; i < name_count; i++)
        show(names[i].address, names[i].name);
}

/* In static memory; the last TEXTS results stay. So do those of heap_place. */
const char *name_of(const void *pointer)
{
    static char texts[TEXTS][TEXT_BYTES];
    static unsigned next;
    char *text = texts[next++ % TEXTS];
    uintptr_t address = (uintptr_t)pointer;
    int entry = find_near(address);
    const char *name = namer ? namer(pointer) : NULL;
    if (!pointer)
        snprintf(text, TEXT_BYTES, "NULL");
    else if (name)
        snprintf(text, TEXT_BYTES, "%s", name);
    else if (entry < 0)
        snprintf(text, TEXT_BYTES, "(void *)%#jx", (uintmax_t)address);
    else if (names[entry].address == address)
        snprintf(text, TEXT_BYTES, "%s", names[entry].name);
    else
        snprintf(text, TEXT_BYTES, "%s + %zu", names[entry].name, (size_t)(address - names[entry].address));
    return text;
}

const char *heap_place(const void *pointer, size_t header)
{
    static char texts[TEXTS][TEXT_BYTES];
    static unsigned next;
    char *text = texts[next++ % TEXTS];
    uintptr_t address = (uintptr_t)pointer;
    if (address - HEAP_ADDRESS >= HEAP_BYTES)
        return name_of(pointer);
    int entry = find_name(address);
    if (entry < 0)
        entry = find_name(address + header);
    int length = snprintf(text, TEXT_BYTES, "heap + %zu", (size_t)(address - HEAP_ADDRESS));
    if (entry >= 0)
        snprintf(text + length, TEXT_BYTES - (size_t)length, " (%s)", names[entry].name);
    return text;
}

const char *name_next(const void *pointer)
{
    enum { ALPHABET = 26 };
    static char name[NAME_BYTES];
    unsigned n = letters++;
    if (n < ALPHABET)
        snprintf(name, sizeof name, "%c", 'a' + (int)n);
    else
        snprintf(name, sizeof name, "p%u", n);
    set_name(pointer, name);
    return name;
}
