// SPDX-License-Identifier: MIT
/*
 * stores.c - every change of the heap, one by one (stores.h).
 *
 * The list comes from the subject: each entry is copied and checked before anything is done with it. One that makes no
 * sense ends the list.
 */
#include "judge/lib/stores.h"
#include "judge/judge.h"
#include "wire/watched.h"

#include <sys/mman.h>

enum { WORD_BYTES = 8, PAGE_BYTES = 4096 };

/* Set by stores_record. */
static void (*show)(const struct change *change); /* NULL: nothing is recorded */
static unsigned char *copy; /* of the part of the heap that was shown; NULL: only stores are shown */

/* Of the running test. Each test runs in a process of its own, so nothing has to be reset. */
static uint32_t lost;

void stores_record(void (*to)(const struct change *change), bool all)
{
    const int flags = MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE;
    void *room = all ? mmap(NULL, HEAP_BYTES, PROT_READ | PROT_WRITE, flags, -1, 0) : NULL;
    if (room == MAP_FAILED)
        fault("no memory for a copy of the heap");
    copy = room;
    show = to;
}

bool stores_are_recorded(void)
{
    return show != NULL;
}

uint32_t stores_lost(void)
{
    return lost;
}

/* --- the list --- */

/* In the copy, the part of the N bytes at ADDRESS that lies in the heap is as it is now in DATA. */
static void follow(uintptr_t address, size_t n, const unsigned char *data)
{
    if (copy && address >= HEAP_ADDRESS)
        memcpy(copy + (address - HEAP_ADDRESS), data, n);
}

/* The entry at OFFSET of a list that ends at END; false if it makes no sense. */
static bool read_store(const struct store_list *list, size_t offset, size_t end, struct store *store)
{
    if (end - offset < sizeof *store)
        return false;
    memcpy(store, (const unsigned char *)list + offset, sizeof *store);
    return store_is_note(store) ||
           (store->bytes > 0 && arena_holds((const void *)(uintptr_t)store->address, store->bytes) &&
            store_room(store->bytes) <= end - offset);
}

static void take_list(void)
{
    struct store_list *list = (struct store_list *)STORES_ADDRESS;
    struct store store;
    size_t latest = list->latest;
    size_t end = sizeof *list + list->used;
    if (end > STORES_BYTES)
        end_disturbed();
    for (size_t offset = sizeof *list; offset < end && read_store(list, offset, end, &store);
         offset += store_room(store.bytes)) {
        const unsigned char *kept = (const unsigned char *)list + offset + sizeof store;
        const unsigned char *data = offset == latest ? (const unsigned char *)(uintptr_t)store.address : kept;
        const struct change change = {store.code, store.address, store.bytes, data};
        show(&change);
        if (store.bytes > 0)
            follow(store.address, store_kept(store.bytes), data);
    }
    lost += list->lost;
    *list = (struct store_list){0};
}

/* --- what is not in the list --- */

static bool differs(size_t offset)
{
    return memcmp(copy + offset, (const unsigned char *)HEAP_ADDRESS + offset, WORD_BYTES) != 0;
}

/* Reports the N bytes at OFFSET of the heap as changed. */
static void show_run(size_t offset, size_t n)
{
    for (size_t part; n > 0; offset += part, n -= part) {
        part = n < MOST_STORED ? n : MOST_STORED;
        const unsigned char *data = (const unsigned char *)HEAP_ADDRESS + offset;
        const struct change change = {0, HEAP_ADDRESS + offset, (uint32_t)part, data};
        show(&change);
        memcpy(copy + offset, data, part);
    }
}

static void compare_page(size_t page)
{
    size_t from = page;
    for (size_t offset = page; offset < page + PAGE_BYTES; offset += WORD_BYTES) {
        if (differs(offset))
            continue;
        show_run(from, offset - from);
        from = offset + WORD_BYTES;
    }
    show_run(from, page + PAGE_BYTES - from);
}

static void compare(void)
{
    size_t extent = heap_extent() > break_bytes() ? heap_extent() : break_bytes();
    for (size_t page = 0; page < extent; page += PAGE_BYTES)
        if (memcmp(copy + page, (const unsigned char *)HEAP_ADDRESS + page, PAGE_BYTES) != 0)
            compare_page(page);
}

void stores_take(void)
{
    if (!show)
        return;
    take_list();
    if (copy)
        compare();
}
