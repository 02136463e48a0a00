// SPDX-License-Identifier: MIT
// 09-guards.c - a block of the layer as lib_malloc lent it, and which writes its guards notice.
//
// draw: memory
// run: lab=09
#include "debug_alloc.h"
#include "library.h"

#include <stdio.h>
#include <stdlib.h>

enum { SIZE = 20 };

static char *lent; /* the memory with the payload in it */
static size_t lent_bytes;
static size_t found;

void *lib_malloc(size_t size)
{
    char *memory = malloc(size);
    if (lent == NULL) {
        lent = memory;
        lent_bytes = size;
    }
    return memory;
}

void lib_free(void *block)
{
    free(block);
}

void dbg_report(const struct dbg_report *report)
{
    found = report->kind;
}

/* Writes N bytes from OFFSET of the payload on and draws the result. */
static void draw_write(char *payload, ptrdiff_t offset, ptrdiff_t n, const char *what)
{
    size_t start = (size_t)(payload + offset - lent);
    found = 0;
    for (ptrdiff_t i = 0; i < n; i++)
        payload[offset + i] ^= 1;
    dbg_check("figure", 1);
    printf("row %s: %s\n", what, found ? "noticed" : "not noticed");
    printf("part wrong %zu %td\n", start, n);
    for (ptrdiff_t i = 0; i < n; i++)
        payload[offset + i] ^= 1;
}

int main(void)
{
    char *payload = dbg_malloc(SIZE, "figure", 1);
    size_t before = (size_t)(payload - lent);
    printf("row what lib_malloc lent: %zu bytes, of which %d are the payload\n", lent_bytes, SIZE);
    printf("part books 0 %zu guard\n", before);
    printf("part used %zu %d payload\n", before, SIZE);
    printf("part books %zu %zu guard\n", before + SIZE, lent_bytes - before - SIZE);
    draw_write(payload, 0, SIZE + 1, "20 letters and a terminating zero");
    draw_write(payload, -1, 1, "a write to the byte before the payload");
    draw_write(payload, 0, SIZE, "all bytes of the payload");
    return 0;
}
