// SPDX-License-Identifier: MIT
// a hobby: a list of all blocks, a lock, memory that goes back at the end of the heap
#include <pthread.h>
#include <string.h>
#include <unistd.h>

struct header_t {
    size_t size;
    unsigned is_free;
    struct header_t *next;
} __attribute__((aligned(16)));

static struct header_t *head, *tail;
static pthread_mutex_t global_lock;

void *malloc(size_t size)
{
    struct header_t *header = head;
    if (!size)
        return NULL;
    size = (size + 15) & ~(size_t)15;
    pthread_mutex_lock(&global_lock);
    while (header && !(header->is_free && header->size >= size))
        header = header->next;
    if (header)
        header->is_free = 0;
    else if ((header = sbrk((intptr_t)(sizeof *header + size))) == (void *)-1)
        header = NULL;
    else {
        *header = (struct header_t){.size = size};
        if (tail)
            tail->next = header;
        else
            head = header;
        tail = header;
    }
    pthread_mutex_unlock(&global_lock);
    return header ? header + 1 : NULL;
}

void free(void *block)
{
    if (!block)
        return;
    pthread_mutex_lock(&global_lock);
    struct header_t *header = (struct header_t *)block - 1;
    if ((char *)block + header->size == sbrk(0)) {
        struct header_t *before = head;
        while (before != header && before->next != header)
            before = before->next;
        if (before == header)
            head = tail = NULL;
        else {
            before->next = NULL;
            tail = before;
        }
        sbrk(0 - (intptr_t)(header->size + sizeof *header));
    } else
        header->is_free = 1;
    pthread_mutex_unlock(&global_lock);
}

void *calloc(size_t num, size_t nsize)
{
    void *block = malloc(num * nsize);
    return block ? memset(block, 0, num * nsize) : NULL;
}

void *realloc(void *block, size_t size)
{
    if (!block || !size)
        return malloc(size);
    struct header_t *header = (struct header_t *)block - 1;
    if (header->size >= size)
        return block;
    void *moved = malloc(size);
    if (moved) {
        memcpy(moved, block, header->size);
        free(block);
    }
    return moved;
}
