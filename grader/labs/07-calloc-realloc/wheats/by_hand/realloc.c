// SPDX-License-Identifier: MIT
/*
 * Another design: no function of the C library and no mm_split. The compiler's own check finds overflows, bytes move
 * one by one, and a single function changes the size of a block. It knows how many bytes there are up to the next block
 * in use.
 */
#include "realloc.h"

#include "free_list.h"
#include "memlib.h"

#include <errno.h>

bool mm_product(size_t nmemb, size_t size, size_t *product)
{
    size_t result;
    if (__builtin_mul_overflow(nmemb, size, &result))
        return false;
    *product = result;
    return true;
}

static void *no_memory(void)
{
    errno = ENOMEM;
    return NULL;
}

void *mm_calloc(size_t nmemb, size_t size)
{
    size_t bytes;
    if (!mm_product(nmemb, size, &bytes))
        return no_memory();
    unsigned char *payload = mm_malloc(bytes);
    for (size_t i = 0; payload != NULL && i < bytes; i++)
        payload[i] = 0;
    return payload;
}

/* Bytes from BLOCK to the next used block, or to the break. */
static size_t reach(struct header *block)
{
    struct header *next = mm_next(block);
    return block->size + (next != NULL && next->state == MM_FREE ? next->size : 0);
}

/* Makes BLOCK as large as SIZE, which is within its reach. The remainder of its reach becomes one free block, or part
 * of BLOCK if it is too small for that. */
static void set_size(struct header *block, size_t size)
{
    size_t all = reach(block);
    if (all > block->size)
        mm_remove(mm_next(block));
    size_t remainder = all - size;
    if (remainder < MM_MIN_BLOCK) {
        mm_tag(block, all, MM_USED);
        return;
    }
    mm_tag(block, size, MM_USED);
    mm_tag(mm_next(block), remainder, MM_FREE);
    mm_insert(mm_next(block));
}

bool mm_extend(struct header *block, size_t size)
{
    if (reach(block) < size) {
        const char *end = (char *)block + reach(block);
        if (end <= (char *)mem_heap_hi() || mm_grow(size - reach(block)) == NULL)
            return false;
    }
    set_size(block, size);
    return true;
}

void *mm_realloc(void *payload, size_t size)
{
    if (payload == NULL || size == 0) {
        mm_free(payload);
        return mm_malloc(size);
    }
    size_t bytes = mm_block_size(size);
    struct header *block = mm_header(payload);
    if (bytes == 0)
        return no_memory();
    if (bytes <= block->size) {
        if (block->size - bytes >= MM_MIN_BLOCK)
            set_size(block, bytes);
        return payload;
    }
    if (mm_extend(block, bytes))
        return payload;
    unsigned char *moved = mm_malloc(size);
    const unsigned char *old = payload;
    if (moved == NULL)
        return NULL;
    for (size_t i = 0; i < block->size - 24; i++)
        moved[i] = old[i];
    mm_free(payload);
    return moved;
}

void *mm_reallocarray(void *payload, size_t nmemb, size_t size)
{
    size_t bytes;
    if (!mm_product(nmemb, size, &bytes))
        return no_memory();
    return mm_realloc(payload, bytes);
}
