// SPDX-License-Identifier: MIT
// small blocks from sbrk, which must go on where it stopped, and large ones from mmap
#include <stdint.h>
#include <stddef.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#define LARGE 256
#define HEADER 16

typedef int (*walker)(void *block, size_t size);

static char *end_of_small;

int walk(walker visit, int (*other)(void *block));

void *mix_malloc(size_t size)
{
    size_t needed = ((size + 15) & ~(size_t)15) + HEADER;
    size_t *header;
    if (size >= LARGE)
        header = mmap(NULL, needed, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    else
        header = sbrk((intptr_t)needed);
    if (header == (void *)-1 || (size < LARGE && end_of_small && (char *)header != end_of_small))
        return NULL;
    if (size < LARGE)
        end_of_small = (char *)header + needed;
    header[0] = size;
    return (char *)header + HEADER;
}

void mix_free(void *payload)
{
    size_t *header = payload ? (size_t *)(void *)((char *)payload - HEADER) : NULL;
    if (header && header[0] >= LARGE)
        munmap(header, ((header[0] + 15) & ~(size_t)15) + HEADER);
}

void *mix_realloc(void *payload, size_t size)
{
    void *moved = size > 0 ? mix_malloc(size) : NULL;
    size_t old = payload ? *(size_t *)(void *)((char *)payload - HEADER) : 0;
    if (moved && payload)
        memcpy(moved, payload, old < size ? old : size);
    if (moved || size == 0)
        mix_free(payload);
    return moved;
}
