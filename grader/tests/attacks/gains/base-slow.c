/* What attacks on lab 08 stand on: an honest allocator (an explicit free list, first fit, boundary tags) with a great deal
 * of work of no use in every call, so that its cost earns nothing. */
#include "mm.h"
#include "memlib.h"
#include <stdint.h>
#include <string.h>

team_t team = {.teamname = "slow fit"};

struct block { size_t tag; size_t pad; struct block *next, *prev; };
static struct block *first;
static char *start;

static void slow(void) { for (volatile int i = 0; i < 1500; i++) continue; }
static size_t size_of(struct block *b) { return b->tag & ~(size_t)15; }
static int used(struct block *b) { return b->tag & 1; }
static struct block *behind(struct block *b, size_t n) { return (struct block *)(void *)((char *)b + n); }
static void set(struct block *b, size_t n, int u)
{
    b->tag = n | (size_t)u;
    *(size_t *)(void *)((char *)b + n - 8) = n | (size_t)u;
}
static void list(struct block *b)
{
    b->next = first; b->prev = NULL;
    if (first) first->prev = b;
    first = b;
}
static void unlist(struct block *b)
{
    if (b->next) b->next->prev = b->prev;
    if (b->prev) b->prev->next = b->next; else first = b->next;
}
/* block: tag(8) pad.. payload at +16? payload is 16-aligned: block starts at 16k, payload at +16, footer in last 8. */
bool mm_init(void)
{
    first = NULL; start = NULL;
    char *p = mem_sbrk(32);
    if (p == MEM_SBRK_FAILED) return false;
    start = p;
    struct block *b = (struct block *)(void *)p;
    set(b, 32, 1);
    return true;
}
static struct block *grow(size_t n)
{
    char *p = mem_sbrk((intptr_t)n);
    if (p == MEM_SBRK_FAILED) return NULL;
    struct block *b = (struct block *)(void *)p;
    set(b, n, 0);
    size_t before = *(size_t *)(void *)(p - 8);
    if (!(before & 1)) {
        struct block *q = (struct block *)(void *)(p - (before & ~(size_t)15));
        unlist(q);
        n += size_of(q);
        b = q;
        set(b, n, 0);
    }
    list(b);
    return b;
}
void *mm_malloc(size_t size)
{
    slow();
    if (size == 0 || size > 60u << 20) return NULL;
    size_t n = (size + 24 + 15) & ~(size_t)15;
    if (n < 48) n = 48;
    struct block *b = first;
    while (b && size_of(b) < n) b = b->next;
    if (!b) {
        size_t have = 0;
        char *end = (char *)mem_heap_hi() + 1;
        size_t last = *(size_t *)(void *)(end - 8);
        if (!(last & 1)) have = last & ~(size_t)15;
        b = grow(n - have);
        if (!b) return NULL;
    }
    unlist(b);
    size_t all = size_of(b);
    if (all - n >= 48) {
        set(b, n, 1);
        struct block *r = behind(b, n);
        set(r, all - n, 0);
        list(r);
    } else
        set(b, all, 1);
    return (char *)b + 16;
}
void mm_free(void *payload)
{
    slow();
    if (!payload) return;
    struct block *b = (struct block *)(void *)((char *)payload - 16);
    size_t n = size_of(b);
    size_t before = *(size_t *)(void *)((char *)b - 8);
    if (!(before & 1)) {
        b = (struct block *)(void *)((char *)b - (before & ~(size_t)15));
        unlist(b);
        n += size_of(b);
    }
    struct block *next = behind(b, n);
    if ((char *)next <= (char *)mem_heap_hi() && !used(next)) {
        unlist(next);
        n += size_of(next);
    }
    set(b, n, 0);
    list(b);
}
void *mm_realloc(void *payload, size_t size)
{
    if (!payload) return mm_malloc(size);
    if (size == 0) { mm_free(payload); return NULL; }
    struct block *b = (struct block *)(void *)((char *)payload - 16);
    size_t have = size_of(b) - 24;
    if (size <= have) return payload;
    void *moved = mm_malloc(size);
    if (!moved) return NULL;
    memcpy(moved, payload, have);
    mm_free(payload);
    return moved;
}
bool mm_checkheap(int line) { (void)line; return true; }
