// SPDX-License-Identifier: MIT
/* A correct version: makes the parts before the whole, then checks all of them at once; strings grow by realloc. */
#include "storage.h"

#include <stdlib.h>
#include <string.h>

struct counter {
    int last;
};

static int is_in(struct range range, uintptr_t address)
{
    return !(address < range.start) && !(address >= range.end);
}

enum region region_of(const struct memory_map *map, const void *address)
{
    uintptr_t a = (uintptr_t)address;
    return is_in(map->stack, a)       ? REGION_STACK
           : is_in(map->heap, a)      ? REGION_HEAP
           : is_in(map->globals, a)   ? REGION_GLOBALS
           : is_in(map->constants, a) ? REGION_CONSTANTS
           : is_in(map->code, a)      ? REGION_CODE
                                      : REGION_NONE;
}

struct counter *counter_new(int start)
{
    struct counter *counter = realloc(NULL, sizeof *counter);
    if (!counter)
        return NULL;
    counter->last = start - 1;
    return counter;
}

int counter_next(struct counter *counter)
{
    return ++counter->last;
}

void counter_free(struct counter *counter)
{
    if (counter)
        free(counter);
}

/* Returns TEXT, a heap string, with TAIL appended; on failure frees TEXT and returns NULL. */
static char *append(char *text, const char *tail)
{
    size_t length = text ? strlen(text) : 0;
    char *longer = realloc(text, length + strlen(tail) + 1);
    if (!longer) {
        free(text);
        return NULL;
    }
    strcpy(longer + length, tail);
    return longer;
}

char *greeting(const char *name)
{
    char *text = append(NULL, "Hello, ");
    if (text)
        text = append(text, name);
    if (text)
        text = append(text, "!");
    return text;
}

static void *clone(const void *bytes, size_t size)
{
    void *copy = malloc(size);
    return copy ? memcpy(copy, bytes, size) : NULL;
}

int *copy_ints(const int *values, size_t count)
{
    return count ? clone(values, count * sizeof *values) : NULL;
}

long sum_of_squares(int n)
{
    long sum = 0;
    long square = 0;
    for (long odd = 1; n-- > 0; odd += 2) {
        square += odd;
        sum += square;
    }
    return sum;
}

struct shape *shape_new(const char *name, const struct point *points, size_t count)
{
    char *own_name = clone(name, strlen(name) + 1);
    struct point *own_points = clone(points, count * sizeof *points);
    struct shape *shape = malloc(sizeof *shape);
    if (!own_name || !own_points || !shape) {
        free(shape);
        free(own_points);
        free(own_name);
        return NULL;
    }
    *shape = (struct shape){own_name, own_points, count};
    return shape;
}

void shape_free(struct shape *shape)
{
    if (shape) {
        free(shape->name);
        free(shape->points);
        free(shape);
    }
}
