// SPDX-License-Identifier: MIT
// output of all sorts
#include "memlib.h"
#include "mm.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

team_t team = {"ours", "Ada", "ada@example.org", "", ""};

#include <stdarg.h>
static void debug(const char *format, ...)
{
    char text[100];
    va_list list;
    va_start(list, format);
    vfprintf(stderr, format, list);
    va_end(list);
    va_start(list, format);
    vsprintf(text, format, list);
    va_end(list);
    write(1, text, strlen(text));
    putchar(10);
    puts(text);
    fflush(stdout);
}

int mm_init(void)
{
    perror("first");
    debug("%s", strerror(0));
    debug("init %d\n", 1);
    return 0;
}

void *mm_malloc(size_t size)
{
    size_t *header = mem_sbrk((int)((size + 31) & ~(size_t)15));
    if (header == (void *)-1)
        return NULL;
    *header = size;
    return header + 16 / sizeof *header;
}

void mm_free(void *ptr)
{
    (void)ptr;
}

void *mm_realloc(void *ptr, size_t size)
{
    if (size == 0 || ptr == NULL)
        return size == 0 ? NULL : mm_malloc(size);
    size_t old = ((size_t *)ptr)[-(int)(16 / sizeof(size_t))];
    char *moved = mm_malloc(size);
    if (moved)
        memcpy(moved, ptr, old < size ? old : size);
    return moved;
}
