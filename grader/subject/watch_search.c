// SPDX-License-Identifier: MIT
/*
 * watch_search.c - what graded code calls to search, to sort, and to read numbers (watch_library.c says how).
 *
 * bsearch and qsort call graded code back: only where a function begins. qsort is the kit's own, a heapsort (Williams,
 * Communications of the ACM 7 (1964), 347): the C library's may ask malloc for memory, which the judge would take for
 * the student's request.
 */
#include "subject/watch.h"

#include <stdlib.h>

typedef int comparison(const void *a, const void *b);

void *watched_bsearch(const void *key, const void *base, size_t count, size_t size, comparison *compare);
void watched_qsort(void *base, size_t count, size_t size, comparison *compare);
int watched_atoi(const char *text);
long watched_atol(const char *text);
long watched_strtol(const char *text, char **end, int base);
long long watched_strtoll(const char *text, char **end, int base);
unsigned long watched_strtoul(const char *text, char **end, int base);
unsigned long long watched_strtoull(const char *text, char **end, int base);

void *watched_bsearch(const void *key, const void *base, size_t count, size_t size, comparison *compare)
{
    struct caller by = CALLER;
    if (count > 0)
        look_at_branch((uintptr_t)compare, by.code, by.frame);
    return bsearch(key, base, count, size, compare);
}

/* --- sorting --- */

struct sort {
    unsigned char *base;
    size_t size; /* of an element */
    comparison *compare;
};

static bool is_less(const struct sort *sort, size_t a, size_t b)
{
    return sort->compare(sort->base + a * sort->size, sort->base + b * sort->size) < 0;
}

static void swap(const struct sort *sort, size_t a, size_t b)
{
    unsigned char *left = sort->base + a * sort->size, *right = sort->base + b * sort->size;
    for (size_t i = 0; i < sort->size; i++) {
        unsigned char byte = left[i];
        left[i] = right[i];
        right[i] = byte;
    }
}

/* Makes a heap of the elements from ROOT to COUNT - 1, of which all but ROOT are in order: no parent is less than a
 * child. */
static void sift_down(const struct sort *sort, size_t root, size_t count)
{
    for (size_t child; (child = 2 * root + 1) < count; root = child) {
        if (child + 1 < count && is_less(sort, child, child + 1))
            child++;
        if (!is_less(sort, root, child))
            return;
        swap(sort, root, child);
    }
}

void watched_qsort(void *base, size_t count, size_t size, comparison *compare)
{
    struct caller by = CALLER;
    struct sort sort = {.base = base, .size = size, .compare = compare};
    if (count == 0)
        return;
    look_at_branch((uintptr_t)compare, by.code, by.frame);
    look(base, count * size, MAY_READ, by);
    look(base, count * size, MAY_WRITE, by);
    for (size_t root = count / 2; root-- > 0;)
        sift_down(&sort, root, count);
    for (size_t last = count - 1; last > 0; last--) {
        swap(&sort, 0, last);
        sift_down(&sort, 0, last);
    }
}

/* --- numbers --- */

/* The number at TEXT was read up to END, and with it the character that ended it. STORED: where the caller wants END,
 * or NULL. */
static void look_number(const char *text, const char *end, char **stored, struct caller by)
{
    look(text, (size_t)(end - text) + 1, MAY_READ, by);
    if (!stored)
        return;
    look(stored, sizeof *stored, MAY_WRITE, by);
    *stored = (char *)(uintptr_t)end;
}

#define READ_NUMBER(type, name)                                                                                        \
    type watched_##name(const char *text, char **end, int base)                                                        \
    {                                                                                                                  \
        struct caller by = CALLER;                                                                                     \
        char *stop;                                                                                                    \
        type number = name(text, &stop, base);                                                                         \
        look_number(text, stop, end, by);                                                                              \
        return number;                                                                                                 \
    }

READ_NUMBER(long, strtol)
READ_NUMBER(long long, strtoll)
READ_NUMBER(unsigned long, strtoul)
READ_NUMBER(unsigned long long, strtoull)

enum { DECIMAL = 10 };

int watched_atoi(const char *text)
{
    struct caller by = CALLER;
    char *stop;
    long number = strtol(text, &stop, DECIMAL);
    look_number(text, stop, NULL, by);
    return (int)number;
}

long watched_atol(const char *text)
{
    struct caller by = CALLER;
    char *stop;
    long number = strtol(text, &stop, DECIMAL);
    look_number(text, stop, NULL, by);
    return number;
}
