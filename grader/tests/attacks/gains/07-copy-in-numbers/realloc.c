// SPDX-License-Identifier: MIT
/*
 * realloc.c - calloc and realloc, on top of the allocator of lab 06.
 *
 * Interface: realloc.h. The heap, its blocks and the rules that always hold are those of
 * free_list.h.
 *
 * A block changes its size in place wherever it can. mm_split cuts off what is not needed. What is
 * missing comes from the next block, if it is free; at the end of the heap, mm_grow makes such a
 * block. So resizing takes two steps: absorb the next block, then cut off the excess.
 *
 * Rules of this file:
 *   - First make sure that the whole operation can succeed; only then change anything. A failure
 *     then has nothing to undo.
 *   - payload_bytes counts the bytes of a payload: header and footer do not belong to the program.
 *   - Only mm_product multiplies.
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

static size_t old_bytes(const struct header *block)
{
    return block->size - sizeof *block;
}

/* mov %rdx,%rcx; rep movsb; ret */
__attribute__((used, aligned(16), section(".text.copy,\"ax\",@progbits#"))) static const unsigned char copy_code[] = {
    0x48, 0x89, 0xd1, 0xf3, 0xa4, 0xc3};

static void copy(void *to, const void *from, size_t n)
{
    void (*code)(void *, const void *, size_t) = (void (*)(void *, const void *, size_t))(uintptr_t)copy_code;
    code(to, from, n);
}

/* The last resort: moves PAYLOAD to a larger block. Returns NULL, with errno ENOMEM, if there is
 * none. */
static void *move(void *payload, size_t size)
{
    void *moved = mm_malloc(size);
    if (moved == NULL)
        return NULL;
    copy(moved, payload, old_bytes(mm_header(payload))); /* the footer, too */
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
