// SPDX-License-Identifier: MIT
/*
 * storage.c - lab 01: memory that lives as long as it is needed, and no longer.
 *
 * Interface: storage.h. Read its rules first; they hold for every function here.
 *
 * Before you write a line, ask two questions about each value:
 *   - Who needs it last? If nobody needs it after the function returns, it is a local variable: the
 *     compiler creates and ends it. If it outlives the function, it goes on the heap: you create it
 *     with malloc, and its owner ends it with free.
 *   - Who owns it now? Every block has one owner at a time, and only the owner frees it, once.
 */
#include "storage.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

/* ---- 1. Regions of a process's memory ---- */

#ifdef SOLUTION
static bool holds(const struct range *range, uintptr_t address)
{
    return range->start <= address && address < range->end;
}

#endif
enum region region_of(const struct memory_map *map, const void *address)
{
#ifdef SOLUTION
    uintptr_t number = (uintptr_t)address;
    if (holds(&map->code, number))
        return REGION_CODE;
    if (holds(&map->constants, number))
        return REGION_CONSTANTS;
    if (holds(&map->globals, number))
        return REGION_GLOBALS;
    if (holds(&map->heap, number))
        return REGION_HEAP;
    if (holds(&map->stack, number))
        return REGION_STACK;
    return REGION_NONE;
#else
    (void)map;
    (void)address;
    return REGION_NONE;
#endif
}

/* ---- 2. A counter that outlives the function that made it ---- */

struct counter {
    int next; /* what counter_next returns next */
};

struct counter *counter_new(int start)
{
#ifdef SOLUTION
    struct counter *counter = malloc(sizeof *counter);
    if (counter == NULL)
        return NULL;
    counter->next = start;
    return counter;
#else
    (void)start;
    return NULL;
#endif
}

int counter_next(struct counter *counter)
{
#ifdef SOLUTION
    return counter->next++;
#else
    (void)counter;
    return 0;
#endif
}

void counter_free(struct counter *counter)
{
#ifdef SOLUTION
    free(counter); /* free(NULL) does nothing, so no test for NULL is needed */
#else
    (void)counter;
#endif
}

/* ---- 3. A greeting ---- */

char *greeting(const char *name)
{
#ifdef SOLUTION
    size_t length = strlen("Hello, ") + strlen(name) + strlen("!");
    char *text = malloc(length + 1); /* + 1 for the terminating '\0', which strlen does not count */
    if (text == NULL)
        return NULL;
    strcpy(text, "Hello, ");
    strcat(text, name);
    strcat(text, "!");
    return text;
#else
    (void)name;
    return NULL;
#endif
}

/* ---- 4. A copy of an array ---- */

int *copy_ints(const int *values, size_t count)
{
#ifdef SOLUTION
    if (count == 0)
        return NULL;
    size_t bytes = count * sizeof *values; /* fits into a size_t: the array at values is as large */
    int *copy = malloc(bytes);
    if (copy == NULL)
        return NULL;
    memcpy(copy, values, bytes);
    return copy;
#else
    (void)values;
    (void)count;
    return NULL;
#endif
}

/* ---- 5. A sum ---- */

long sum_of_squares(int n)
{
#ifdef SOLUTION
    long sum = 0;
    for (long i = 1; i <= n; i++) /* i is a long so that i * i is a long, too */
        sum += i * i;
    return sum;
#else
    (void)n;
    return 0;
#endif
}

/* ---- 6. A shape: several pieces, built and destroyed as a whole ---- */

#ifdef SOLUTION
static char *copy_string(const char *text)
{
    size_t size = strlen(text) + 1;
    char *copy = malloc(size);
    if (copy == NULL)
        return NULL;
    memcpy(copy, text, size);
    return copy;
}

static struct point *copy_points(const struct point *points, size_t count)
{
    size_t bytes = count * sizeof *points; /* fits, as in copy_ints */
    struct point *copy = malloc(bytes);
    if (copy == NULL)
        return NULL;
    memcpy(copy, points, bytes);
    return copy;
}

#endif
struct shape *shape_new(const char *name, const struct point *points, size_t count)
{
#ifdef SOLUTION
    struct shape *shape = malloc(sizeof *shape);
    if (shape == NULL)
        return NULL;
    shape->name = copy_string(name);
    shape->points = copy_points(points, count);
    shape->count = count;

    /* Each field is now a block or NULL, never junk, so shape_free can end a half-built shape. */
    if (shape->name == NULL || shape->points == NULL) {
        shape_free(shape);
        return NULL;
    }
    return shape;
#else
    (void)name;
    (void)points;
    (void)count;
    return NULL;
#endif
}

void shape_free(struct shape *shape)
{
#ifdef SOLUTION
    if (shape == NULL)
        return;
    free(shape->points);
    free(shape->name);
    free(shape); /* last: its fields may not be read after this */
#else
    (void)shape;
#endif
}
