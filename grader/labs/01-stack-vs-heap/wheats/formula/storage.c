// SPDX-License-Identifier: MIT
/* A correct version: the sum by formula, regions by unsigned distances, a shape at the end of a block that its points
 * begin, a copy with all the spare bytes that storage.h allows, a counter that counts in another type. */
#include "storage.h"

#include <stdlib.h>
#include <string.h>

enum { SPARE_BYTES = 64 };

struct counter {
    unsigned char unused[1000];
    long long offset; /* from the smallest count that there is */
};

enum region region_of(const struct memory_map *map, const void *address)
{
    static const enum region kinds[] = {REGION_CODE, REGION_CONSTANTS, REGION_GLOBALS, REGION_HEAP, REGION_STACK};
    const struct range ranges[] = {map->code, map->constants, map->globals, map->heap, map->stack};
    size_t i = 0;
    while (i < 5 && (uintptr_t)address - ranges[i].start >= ranges[i].end - ranges[i].start)
        i++;
    return i < 5 ? kinds[i] : REGION_NONE;
}

struct counter *counter_new(int start)
{
    struct counter *counter = malloc(sizeof *counter);
    if (counter)
        counter->offset = (long long)start + 2147483648LL;
    return counter;
}

int counter_next(struct counter *counter)
{
    return (int)(counter->offset++ - 2147483648LL);
}

void counter_free(struct counter *counter)
{
    free(counter);
}

/* From its end to its start. */
char *greeting(const char *name)
{
    static const char before[] = "Hello, ", after[] = "!";
    size_t length = strlen(name);
    char *text = malloc(sizeof before - 1 + length + sizeof after);
    if (!text)
        return text;
    memcpy(text + sizeof before - 1 + length, after, sizeof after);
    while (length-- > 0)
        text[sizeof before - 1 + length] = name[length];
    memcpy(text, before, sizeof before - 1);
    return text;
}

int *copy_ints(const int *values, size_t count)
{
    int *copy = count > 0 ? malloc(count * sizeof(int) + SPARE_BYTES) : NULL;
    for (size_t i = count; copy && i-- > 0;)
        copy[i] = values[i];
    return copy;
}

long sum_of_squares(int n)
{
    long m = n;
    return m * (m + 1) * (2 * m + 1) / 6;
}

/* | points | struct shape | in one block, and the name in another. */
struct shape *shape_new(const char *name, const struct point *points, size_t count)
{
    size_t before = (count * sizeof *points + 15) / 16 * 16;
    char *block = malloc(before + sizeof(struct shape));
    char *text = malloc(strlen(name) + 1);
    if (!block || !text) {
        free(text);
        free(block);
        return NULL;
    }
    struct shape *shape = (struct shape *)(void *)(block + before);
    memcpy(block, points, count * sizeof *points);
    *shape = (struct shape){strcpy(text, name), (struct point *)(void *)block, count};
    return shape;
}

void shape_free(struct shape *shape)
{
    if (shape) {
        free(shape->name);
        free(shape->points); /* the shape is in the same block */
    }
}
