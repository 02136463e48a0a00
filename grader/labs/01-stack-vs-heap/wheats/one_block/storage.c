// SPDX-License-Identifier: MIT
/* A correct version: a shape is one block with everything inside; regions by table; snprintf measures the greeting. */
#include "storage.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct counter {
    int start;
    int calls;
};

enum region region_of(const struct memory_map *map, const void *address)
{
    const struct {
        enum region region;
        struct range range;
    } table[] = {{REGION_STACK, map->stack},
                 {REGION_HEAP, map->heap},
                 {REGION_GLOBALS, map->globals},
                 {REGION_CONSTANTS, map->constants},
                 {REGION_CODE, map->code}};

    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
        uintptr_t length = table[i].range.end - table[i].range.start;
        if ((uintptr_t)address - table[i].range.start < length)
            return table[i].region;
    }
    return REGION_NONE;
}

struct counter *counter_new(int start)
{
    struct counter *counter = malloc(sizeof *counter);
    if (counter != NULL)
        *counter = (struct counter){.start = start, .calls = 0};
    return counter;
}

int counter_next(struct counter *counter)
{
    return counter->start + counter->calls++;
}

void counter_free(struct counter *counter)
{
    free(counter);
}

char *greeting(const char *name)
{
    int length = snprintf(NULL, 0, "Hello, %s!", name);
    if (length < 0)
        return NULL;
    size_t size = (size_t)length + 1;
    char *text = malloc(size);
    if (text != NULL)
        snprintf(text, size, "Hello, %s!", name);
    return text;
}

int *copy_ints(const int *values, size_t count)
{
    int *copy = count > 0 ? malloc(count * sizeof *copy) : NULL;
    for (size_t i = 0; copy != NULL && i < count; i++)
        copy[i] = values[i];
    return copy;
}

long sum_of_squares(int n)
{
    long m = n;
    return m * (m + 1) * (2 * m + 1) / 6;
}

/* | struct shape | points | name | */
struct shape *shape_new(const char *name, const struct point *points, size_t count)
{
    size_t name_size = strlen(name) + 1;
    struct shape *shape = malloc(sizeof *shape + count * sizeof *points + name_size);
    if (shape == NULL)
        return NULL;
    shape->points = (struct point *)(shape + 1);
    shape->name = (char *)(shape->points + count);
    shape->count = count;
    memcpy(shape->points, points, count * sizeof *points);
    memcpy(shape->name, name, name_size);
    return shape;
}

void shape_free(struct shape *shape)
{
    free(shape);
}
