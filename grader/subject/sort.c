// SPDX-License-Identifier: MIT
/*
 * sort.c - qsort where code is not watched (subject.h): a heap sort, which needs no memory. The C library's asks malloc
 * for memory, and the system how much it has.
 */
#include "subject/subject.h"

struct sort {
    unsigned char *base;
    size_t size;
    int (*compare)(const void *a, const void *b);
};

static void swap(const struct sort *sort, size_t i, size_t k)
{
    unsigned char *a = sort->base + i * sort->size;
    unsigned char *b = sort->base + k * sort->size;
    for (size_t n = 0; n < sort->size; n++) {
        unsigned char byte = a[n];
        a[n] = b[n];
        b[n] = byte;
    }
}

static int less(const struct sort *sort, size_t i, size_t k)
{
    return sort->compare(sort->base + i * sort->size, sort->base + k * sort->size) < 0;
}

/* Of the N members, all but member I lie above their children: moves that one down. */
static void sift(const struct sort *sort, size_t i, size_t n)
{
    for (size_t child = 2 * i + 1; child < n; child = 2 * i + 1) {
        if (child + 1 < n && less(sort, child, child + 1))
            child++;
        if (!less(sort, i, child))
            return;
        swap(sort, i, child);
        i = child;
    }
}

void heaplab_qsort(void *base, size_t count, size_t size, int (*compare)(const void *a, const void *b))
{
    const struct sort sort = {base, size, compare};
    for (size_t i = count / 2; i > 0; i--)
        sift(&sort, i - 1, count);
    for (size_t n = count; n > 1; n--) {
        swap(&sort, 0, n - 1);
        sift(&sort, 0, n - 1);
    }
}
