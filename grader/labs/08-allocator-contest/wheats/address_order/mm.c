// SPDX-License-Identifier: MIT
/*
 * An explicit list in address order. Each block has a header of 16 bytes: its size and, while it is free, the next free
 * block, which always lies at a higher address. mm_free walks the list to the block's place, where it finds the free
 * blocks before and after it, and merges those that touch. No footers, no bits, no back links. First fit on such a list
 * keeps free memory together at the end of the heap, and the list has one entry for each hole.
 */
#include "mm.h"

#include "memlib.h"

#include <stdint.h>
#include <string.h>

team_t team = {.teamname = "address order"};

struct piece {
    size_t bytes; /* this header and what follows it */
    struct piece *next;
};

_Static_assert(sizeof(struct piece) == MM_ALIGNMENT, "payloads are aligned if the pieces are");

/* The next of a piece in use points here. */
static struct piece in_use;

static struct piece *list;

static struct piece *piece_of(void *payload)
{
    return (struct piece *)payload - 1;
}

static struct piece *end_of(struct piece *piece)
{
    return piece + piece->bytes / sizeof *piece;
}

static size_t bytes_for(size_t size)
{
    return (size + sizeof(struct piece) + MM_ALIGNMENT - 1) / MM_ALIGNMENT * MM_ALIGNMENT;
}

bool mm_init(void)
{
    list = NULL;
    return mem_heap_lo() != NULL;
}

/* Merges B into A if they touch. B follows A on the list. */
static void join(struct piece *a, struct piece *b)
{
    if (end_of(a) != b)
        return;
    a->bytes += b->bytes;
    a->next = b->next;
}

/* Puts PIECE in its place on the list. */
static void give_back(struct piece *piece)
{
    struct piece *prev = NULL;
    struct piece *next = list;
    for (; next != NULL && next < piece; next = next->next)
        prev = next;
    piece->next = next;
    if (next != NULL)
        join(piece, next);
    if (prev == NULL) {
        list = piece;
        return;
    }
    prev->next = piece;
    join(prev, piece);
}

/* Takes the first BYTES of *LINK, a piece on the list, off the list. LINK is the pointer that leads to that piece. */
static struct piece *cut(struct piece **link, size_t bytes)
{
    struct piece *piece = *link;
    if (piece->bytes == bytes) {
        *link = piece->next;
    } else {
        struct piece *remainder = piece + bytes / sizeof *piece;
        *remainder = (struct piece){.bytes = piece->bytes - bytes, .next = piece->next};
        *link = remainder;
    }
    *piece = (struct piece){.bytes = bytes, .next = &in_use};
    return piece;
}

static void *extend_heap(size_t bytes)
{
    struct piece *piece = mem_sbrk((intptr_t)bytes);
    if (piece == MEM_SBRK_FAILED)
        return NULL;
    *piece = (struct piece){.bytes = bytes, .next = &in_use};
    return piece + 1;
}

void *mm_malloc(size_t size)
{
    if (size > PTRDIFF_MAX - 2 * MM_ALIGNMENT)
        return NULL;
    size_t bytes = bytes_for(size);
    for (struct piece **link = &list; *link != NULL; link = &(*link)->next)
        if ((*link)->bytes >= bytes)
            return cut(link, bytes) + 1;
    return extend_heap(bytes);
}

void mm_free(void *payload)
{
    if (payload != NULL)
        give_back(piece_of(payload));
}

static void *move(struct piece *from, size_t size)
{
    void *to = mm_malloc(size);
    if (to == NULL)
        return NULL;
    memcpy(to, from + 1, from->bytes - sizeof *from);
    give_back(from);
    return to;
}

void *mm_realloc(void *payload, size_t size)
{
    if (payload == NULL)
        return mm_malloc(size);
    if (size == 0) {
        mm_free(payload);
        return NULL;
    }
    struct piece *piece = piece_of(payload);
    if (size > piece->bytes - sizeof *piece)
        return move(piece, size);
    size_t remainder = piece->bytes - bytes_for(size);
    if (remainder != 0) {
        piece->bytes -= remainder;
        struct piece *tail = end_of(piece);
        tail->bytes = remainder;
        give_back(tail);
    }
    return payload;
}

/* The list must contain all pieces of the heap that are not in use, in the order of their addresses. */
bool mm_checkheap(int line)
{
    (void)line;
    struct piece *piece = mem_heap_lo();
    const struct piece *end = (struct piece *)(void *)((char *)piece + mem_heapsize());
    const struct piece *listed = list;
    while (piece != end) {
        size_t room = (size_t)((const char *)end - (char *)piece);
        if (piece->bytes == 0 || piece->bytes % sizeof *piece != 0 || piece->bytes > room)
            return false;
        if (piece == listed)
            listed = piece->next;
        else if (piece->next != &in_use)
            return false;
        piece = end_of(piece);
    }
    return listed == NULL;
}
