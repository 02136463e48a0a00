// SPDX-License-Identifier: MIT
// one of the caller's structs, which init fills in
#include <stdint.h>
#include <stdlib.h>

typedef struct Arena {
    unsigned char *buf;
    size_t buf_len, curr_offset;
} Arena;

void arena_init(Arena *a, void *backing_buffer, size_t backing_buffer_length)
{
    a->buf = backing_buffer;
    a->buf_len = backing_buffer_length;
    a->curr_offset = 0;
}

void *arena_alloc(Arena *a, size_t size)
{
    size_t start = (a->curr_offset + 15) & ~(size_t)15;
    if (size > a->buf_len - start)
        return NULL;
    a->curr_offset = start + size;
    return a->buf + start;
}

void arena_free(Arena *a, void *ptr)
{
    (void)a;
    (void)ptr;
}
