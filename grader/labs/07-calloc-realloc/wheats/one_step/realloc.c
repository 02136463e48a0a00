// SPDX-License-Identifier: MIT
/*
 * Another design: mm_reallocarray does the work, and mm_extend first grows the heap if it has to, then checks the next
 * block again.
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
    for (bool grown = false;; grown = true) {
        struct header *next = mm_next(block);
        size_t missing = size - block->size;
        if (is_free(next) && next->size >= missing) {
            absorb(block, next);
            mm_split(block, size);
            return true;
        }
        if (is_free(next))
            missing -= next->size;
        bool last = next == NULL || (is_free(next) && mm_next(next) == NULL);
        if (grown || !last || mm_grow(missing) == NULL)
            return false;
    }
}

/*** Resizing ***/

static size_t payload_bytes(const struct header *block)
{
    return block->size - sizeof *block - sizeof(size_t);
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
    return mm_extend(block, bytes) ? payload : move(payload, size);
}

void *mm_reallocarray(void *payload, size_t nmemb, size_t size)
{
    size_t bytes;
    if (!array_bytes(nmemb, size, &bytes))
        return NULL;
    if (payload != NULL && bytes > 0)
        return resize(payload, bytes);
    mm_free(payload);
    return mm_malloc(bytes);
}

void *mm_realloc(void *payload, size_t size)
{
    return mm_reallocarray(payload, 1, size);
}
