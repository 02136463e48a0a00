// SPDX-License-Identifier: MIT
/*
 * many.c - thousands of calls in one (many.h).
 */
#include "many.h"

#include <stdint.h>
#include <string.h>

/* In direct mode a call by name goes through the linker's --wrap and to the judge: far too slow for so many. These
 * names bypass it; they are NULL where nothing is wrapped. */
#pragma weak __real_dbg_malloc
#pragma weak __real_dbg_free
void *__real_dbg_malloc(size_t size, const char *file, int line);
void __real_dbg_free(void *payload, const char *file, int line);

static void *kept[MOST_KEPT];
static size_t kept_count;

static void *allocate(size_t size, const char *file, int line)
{
    return __real_dbg_malloc ? __real_dbg_malloc(size, file, line) : dbg_malloc(size, file, line);
}

static void give_back(void *payload, const char *file, int line)
{
    if (__real_dbg_free)
        __real_dbg_free(payload, file, line);
    else
        dbg_free(payload, file, line);
}

size_t allocate_many(size_t count, size_t size, const char *file, int line)
{
    for (size_t i = 0; i < count && kept_count < MOST_KEPT; i++) {
        void *payload = allocate(size, file, line + (int)i);
        if (!payload)
            return i;
        kept[kept_count++] = payload;
    }
    return count;
}

size_t free_many(const char *file, int line)
{
    return free_some(kept_count, file, line);
}

size_t free_some(size_t count, const char *file, int line)
{
    if (count > kept_count)
        count = kept_count;
    for (size_t i = 0; i < count; i++)
        give_back(kept[i], file, line);
    kept_count -= count;
    memmove(kept, kept + count, kept_count * sizeof *kept);
    return count;
}

/* Is PAYLOAD new in this table of addresses? */
static bool is_new(void *payload)
{
    enum { SLOTS = 4 * MOST_KEPT };
    static void *slots[SLOTS];
    size_t i = (uintptr_t)payload / DBG_ALIGNMENT % SLOTS;
    while (slots[i] && slots[i] != payload)
        i = (i + 1) % SLOTS;
    bool was_empty = !slots[i];
    slots[i] = payload;
    return was_empty;
}

/* Allocates and frees COUNT blocks of SIZE to SIZE + SIZES - 1 bytes; see come_and_go. */
static size_t come_and_go_in(size_t sizes, size_t count, size_t size, const char *file, int line)
{
    size_t addresses = 0;
    for (size_t i = 0; i < count; i++) {
        void *payload = allocate(size + i % sizes, file, line + (int)i);
        if (!payload)
            return 0;
        addresses += is_new(payload);
        give_back(payload, file, line + (int)i);
    }
    return addresses;
}

size_t come_and_go(size_t count, size_t size, const char *file, int line)
{
    return come_and_go_in(1, count, size, file, line);
}

size_t come_and_go_in_sizes(size_t count, size_t size, const char *file, int line)
{
    enum { SIZES = 7 };
    return come_and_go_in(SIZES, count, size, file, line);
}

size_t come_and_go_at(size_t count, size_t size, const char *file, int line)
{
    for (size_t i = 0; i < count; i++) {
        void *payload = allocate(size, file, line);
        if (!payload)
            return i;
        give_back(payload, file, line);
    }
    return count;
}

void refuse_many(size_t count, const char *file, int line)
{
    for (size_t i = 0; i < count; i++)
        allocate(SIZE_MAX, file, line);
}
