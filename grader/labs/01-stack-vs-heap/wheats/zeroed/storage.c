// SPDX-License-Identifier: MIT
/* A correct version: calloc throughout, one exit by goto, blocks larger than needed, a private struct for the shape. */
#include "storage.h"

#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define SPARE 16

struct counter {
    long history[4];
    int next;
};

/* The caller sees the first member only. */
struct full_shape {
    struct shape seen;
    char *parts[2];
};

enum region region_of(const struct memory_map *map, const void *address)
{
    const struct range *const ranges[] = {NULL, &map->code, &map->constants, &map->globals, &map->heap, &map->stack};
    enum region found = REGION_NONE;
    for (unsigned i = REGION_CODE; i <= REGION_STACK; i++) {
        const char *where = address;
        if ((uintptr_t)where >= ranges[i]->start && (uintptr_t)where < ranges[i]->end)
            found = (enum region)i;
    }
    return found;
}

struct counter *counter_new(int start)
{
    struct counter *counter = calloc(1, sizeof *counter);
    if (counter == NULL)
        goto done;
    counter->next = start;
done:
    return counter;
}

int counter_next(struct counter *counter)
{
    int now = counter->next;
    counter->history[now & 3] = now;
    counter->next = now + 1;
    return now;
}

void counter_free(struct counter *counter)
{
    free(counter);
}

char *greeting(const char *name)
{
    char *text = calloc(strlen(name) + SPARE, 1);
    if (text != NULL)
        sprintf(text, "Hello, %s!", name);
    return text;
}

int *copy_ints(const int *values, size_t count)
{
    int *copy = NULL;
    if (count > 0)
        copy = calloc(count + 1, sizeof *copy);
    if (copy != NULL)
        memmove(copy, values, count * sizeof *copy);
    return copy;
}

long sum_of_squares(int n)
{
    long sum = 0;
    while (n > 0) {
        sum += (long)n * n;
        n--;
    }
    return sum;
}

struct shape *shape_new(const char *name, const struct point *points, size_t count)
{
    struct full_shape *shape = calloc(1, sizeof *shape);
    if (shape == NULL)
        goto no_shape;
    shape->parts[0] = calloc(count, sizeof *points);
    if (shape->parts[0] == NULL)
        goto no_points;
    shape->parts[1] = calloc(strlen(name) + SPARE, 1);
    if (shape->parts[1] == NULL)
        goto no_name;

    /* The name does not begin at the start of its block. */
    shape->seen = (struct shape){shape->parts[1] + 1, (struct point *)(void *)shape->parts[0], count};
    strcpy(shape->seen.name, name);
    for (size_t i = 0; i < count; i++)
        shape->seen.points[i] = points[i];
    return &shape->seen;

no_name:
    free(shape->parts[0]);
no_points:
    free(shape);
no_shape:
    return NULL;
}

void shape_free(struct shape *shape)
{
    if (shape == NULL)
        return;
    struct full_shape *full = (struct full_shape *)shape;
    free(full->parts[1]);
    free(full->parts[0]);
    free(full);
}
