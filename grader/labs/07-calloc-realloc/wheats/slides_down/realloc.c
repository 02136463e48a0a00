// SPDX-License-Identifier: MIT
/*
 * Another design: a payload that has to move slides down into the free block before it, if there is room. It needs no
 * other block for that, so it can move even where mm_malloc would fail.
 */
#include "realloc.h"

#include "free_list.h"

#include <errno.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

/*** Arrays ***/

bool mm_product(size_t nmemb, size_t size, size_t *product)
{
    if (size != 0 && nmemb > SIZE_MAX / size)
        return false;
    *product = nmemb * size;
    return true;
}

/* As mm_product, but sets errno on failure, as allocating functions do. */
static bool array_bytes(size_t nmemb, size_t size, size_t *bytes)
{
    bool fits = mm_product(nmemb, size, bytes);
    if (!fits)
        errno = ENOMEM;
    return fits;
}

void *mm_calloc(size_t nmemb, size_t size)
{
    size_t bytes;
    if (!array_bytes(nmemb, size, &bytes))
        return NULL;
    void *payload = mm_malloc(bytes);
    if (payload != NULL)
        memset(payload, 0, bytes);
    return payload;
}

/*** Staying in place ***/

static bool is_free(const struct header *block)
{
    return block != NULL && block->state == MM_FREE;
}

/* Merges NEXT, the free block that follows BLOCK, into BLOCK, which stays used. */
static void absorb(struct header *block, struct header *next)
{
    mm_remove(next);
    mm_tag(block, block->size + next->size, MM_USED);
}

bool mm_extend(struct header *block, size_t size)
{
    struct header *next = mm_next(block);
    size_t reach = block->size + (is_free(next) ? next->size : 0);
    bool ends_heap = next == NULL || (is_free(next) && mm_next(next) == NULL);
    if (reach < size) {
        next = ends_heap ? mm_grow(size - reach) : NULL;
        if (next == NULL)
            return false;
    }
    absorb(block, next);
    mm_split(block, size);
    return true;
}

/*** Resizing ***/

static size_t payload_bytes(const struct header *block)
{
    return block->size - sizeof *block - sizeof(size_t);
}

/* Moves the payload of BLOCK into the free block before it, if BLOCK and its free neighbours have BYTES together. */
static void *slide(struct header *block, size_t bytes)
{
    struct header *prev = mm_prev(block);
    struct header *next = mm_next(block);
    if (!is_free(prev) || prev->size + block->size + (is_free(next) ? next->size : 0) < bytes)
        return NULL;
    size_t kept = payload_bytes(block);
    if (is_free(next))
        absorb(block, next);
    size_t size = block->size;
    mm_remove(prev);
    memmove(mm_payload(prev), mm_payload(block), kept);
    mm_tag(prev, prev->size + size, MM_USED);
    mm_split(prev, bytes);
    return mm_payload(prev);
}

/* The last resort: moves PAYLOAD to a larger block. Returns NULL, with errno ENOMEM, if there is none. */
static void *move(void *payload, size_t size)
{
    void *moved = mm_malloc(size);
    if (moved == NULL)
        return NULL;
    memcpy(moved, payload, payload_bytes(mm_header(payload)));
    mm_free(payload);
    return moved;
}

/* PAYLOAD is not NULL and SIZE is not 0. */
static void *resize(void *payload, size_t size)
{
    struct header *block = mm_header(payload);
    size_t bytes = mm_block_size(size);
    if (bytes == 0) {
        errno = ENOMEM;
        return NULL;
    }
    if (bytes <= block->size) {
        mm_split(block, bytes);
        return payload;
    }
    if (mm_extend(block, bytes))
        return payload;
    void *slid = slide(block, bytes);
    return slid != NULL ? slid : move(payload, size);
}

void *mm_realloc(void *payload, size_t size)
{
    if (payload == NULL)
        return mm_malloc(size);
    if (size == 0) {
        mm_free(payload);
        return NULL;
    }
    return resize(payload, size);
}

void *mm_reallocarray(void *payload, size_t nmemb, size_t size)
{
    size_t bytes;
    return array_bytes(nmemb, size, &bytes) ? mm_realloc(payload, bytes) : NULL;
}
