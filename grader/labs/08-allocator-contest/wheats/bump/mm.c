// SPDX-License-Identifier: MIT
/*
 * Bump allocation. The heap only grows: each new block comes after the last one, and mm_free does nothing. Nothing can
 * be cheaper, but a program that frees a lot still needs all the memory it has ever allocated. A word before each
 * payload holds its size, so that mm_realloc knows how much to copy. It grows the last block in place.
 */
#include "mm.h"

#include "memlib.h"

#include <stdint.h>
#include <string.h>

team_t team = {.teamname = "bump"};

/* Before each payload; 8 bytes above a multiple of 16. */
struct header {
    size_t room; /* bytes of payload: 8 more than a multiple of 16 */
};

enum { HEADER = sizeof(struct header), LARGEST = 1 << 30 };

static struct header *last; /* NULL: there is no block yet */

static struct header *header_of(void *payload)
{
    return (struct header *)payload - 1;
}

/* The smallest room for SIZE bytes that leaves the next payload aligned. */
static size_t room_for(size_t size)
{
    return (size + HEADER - 1) / MM_ALIGNMENT * MM_ALIGNMENT + MM_ALIGNMENT - HEADER;
}

bool mm_init(void)
{
    last = NULL;
    return mem_sbrk(MM_ALIGNMENT - HEADER) != MEM_SBRK_FAILED;
}

void *mm_malloc(size_t size)
{
    if (size > LARGEST)
        return NULL;
    size_t room = room_for(size);
    struct header *header = mem_sbrk((intptr_t)(HEADER + room));
    if (header == MEM_SBRK_FAILED)
        return NULL;
    header->room = room;
    last = header;
    return header + 1;
}

void mm_free(void *payload)
{
    (void)payload;
}

static bool grow_last(size_t size)
{
    size_t more = room_for(size) - last->room;
    if (mem_sbrk((intptr_t)more) == MEM_SBRK_FAILED)
        return false;
    last->room += more;
    return true;
}

void *mm_realloc(void *payload, size_t size)
{
    if (payload == NULL)
        return mm_malloc(size);
    if (size == 0 || size > LARGEST)
        return NULL;
    struct header *header = header_of(payload);
    if (size <= header->room || (header == last && grow_last(size)))
        return payload;
    void *copy = mm_malloc(size);
    return copy == NULL ? NULL : memcpy(copy, payload, header->room);
}

bool mm_checkheap(int line)
{
    (void)line;
    size_t offset = MM_ALIGNMENT - HEADER;
    while (offset + HEADER <= mem_heapsize()) {
        struct header *header = (void *)((char *)mem_heap_lo() + offset);
        if (header->room % MM_ALIGNMENT != MM_ALIGNMENT - HEADER || header->room > mem_heapsize())
            return false;
        offset += HEADER + header->room;
    }
    return offset == mem_heapsize();
}
