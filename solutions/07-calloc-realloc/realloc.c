// SPDX-License-Identifier: MIT
/*
 * realloc.c - calloc and realloc, on top of the allocator of lab 06.
 *
 * Interface: realloc.h. The heap, its blocks and the rules that always hold are those of free_list.h.
 *
 * A block changes its size in place wherever it can. Whatever is too much is cut off by mm_split; whatever is missing
 * comes from the free block behind, and at the end of the heap mm_grow makes one. So there are only two movements: take
 * in the free block behind, and cut off what is not needed.
 *
 * Rules of this file:
 *   - Nothing is changed before it is known that the whole can be done. Then a failure has nothing to put back.
 *   - A payload's bytes are counted by payload_bytes: neither header nor footer belongs to the program.
 *   - Products are worked out by mm_product alone.
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
#ifdef SOLUTION
    if (size != 0 && nmemb > SIZE_MAX / size)
        return false;
    *product = nmemb * size;
    return true;
#else
    (void)nmemb;
    (void)size;
    (void)product;
    return false;
#endif
}

#ifdef SOLUTION
/* As mm_product, but says why in errno, as allocating functions do. */
static bool array_bytes(size_t nmemb, size_t size, size_t *bytes)
{
    bool fits = mm_product(nmemb, size, bytes);
    if (!fits)
        errno = ENOMEM;
    return fits;
}

#endif
void *mm_calloc(size_t nmemb, size_t size)
{
#ifdef SOLUTION
    size_t bytes;
    if (!array_bytes(nmemb, size, &bytes))
        return NULL;
    void *payload = mm_malloc(bytes);
    if (payload != NULL)
        memset(payload, 0, bytes);
    return payload;
#else
    (void)nmemb;
    (void)size;
    return NULL;
#endif
}

/*** Staying in place ***/

#ifdef SOLUTION
static bool is_free(const struct header *block)
{
    return block != NULL && block->state == MM_FREE;
}

/* Makes one used block of BLOCK and BEHIND, the free block that follows it. */
static void take_in(struct header *block, struct header *behind)
{
    mm_remove(behind);
    mm_tag(block, block->size + behind->size, MM_USED);
}

#endif
bool mm_extend(struct header *block, size_t size)
{
#ifdef SOLUTION
    struct header *behind = mm_next(block);
    size_t reach = block->size + (is_free(behind) ? behind->size : 0);
    bool ends_heap = behind == NULL || (is_free(behind) && mm_next(behind) == NULL);
    if (reach < size) {
        behind = ends_heap ? mm_grow(size - reach) : NULL;
        if (behind == NULL)
            return false;
    }
    take_in(block, behind);
    mm_split(block, size);
    return true;
#else
    (void)block;
    (void)size;
    return false;
#endif
}

/*** Resizing ***/

#ifdef SOLUTION
static size_t payload_bytes(const struct header *block)
{
    return block->size - sizeof *block - sizeof(size_t);
}

/* The last resort: another block, which is larger than that of PAYLOAD. NULL, with errno ENOMEM, if there is none. */
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

#endif
void *mm_realloc(void *payload, size_t size)
{
#ifdef SOLUTION
    if (payload == NULL)
        return mm_malloc(size);
    if (size == 0) {
        mm_free(payload);
        return NULL;
    }
    return resize(payload, size);
#else
    (void)payload;
    (void)size;
    return NULL;
#endif
}

void *mm_reallocarray(void *payload, size_t nmemb, size_t size)
{
#ifdef SOLUTION
    size_t bytes;
    return array_bytes(nmemb, size, &bytes) ? mm_realloc(payload, bytes) : NULL;
#else
    (void)payload;
    (void)nmemb;
    (void)size;
    return NULL;
#endif
}
