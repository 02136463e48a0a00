// SPDX-License-Identifier: MIT
/*
 * storage.c - lab 01: memory that lives as long as it is needed, and no longer.
 *
 * Interface: storage.h. Read its rules first; they hold for every function here.
 *
 * For each value ask two questions before you write a line:
 *   - Who needs it last? A value that nobody needs after the function returns is a local variable: the compiler
 *     creates and ends it. One that outlives the function goes on the heap: you create it with malloc, and its owner
 *     ends it with free.
 *   - Who owns it now? Every block has one owner at a time, and only the owner frees it, once.
 */
#include "storage.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

/* ---- 1. Regions of a process's memory ---- */

static bool holds(const struct range *range, uintptr_t address)
{
    return range->start <= address && address < range->end;
}

enum region region_of(const struct memory_map *map, const void *address)
{
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
}

/* ---- 2. A counter that outlives the function that made it ---- */

struct counter {
    int next; /* what counter_next returns next */
};

struct counter *counter_new(int start)
{
    struct counter *counter = malloc(sizeof *counter);
    if (counter == NULL)
        return NULL;
    counter->next = start;
    return counter;
}

int counter_next(struct counter *counter)
{
    return counter->next++;
}

void counter_free(struct counter *counter)
{
    free(counter); /* free(NULL) does nothing, so NULL needs no test of its own */
}

/* ---- 3. A greeting ---- */

char *greeting(const char *name)
{
    size_t length = strlen("Hello, ") + strlen(name) + strlen("!");
    char *text = malloc(length + 1); /* + 1 for the '\0' behind the last character, which strlen does not count */
    if (text == NULL)
        return NULL;
    strcpy(text, "Hello, ");
    strcat(text, name);
    strcat(text, "!");
    return text;
}

/* ---- 4. A copy of an array ---- */

int *copy_ints(const int *values, size_t count)
{
    if (count == 0)
        return NULL;
    size_t bytes = count * sizeof *values; /* cannot be too large for a size_t: the array at values is that large */
    int *copy = malloc(bytes);
    if (copy == NULL)
        return NULL;
    memcpy(copy, values, bytes);
    return copy;
}

/* ---- 5. A sum ---- */

long sum_of_squares(int n)
{
    long sum = 0;
    for (long i = 1; i <= n; i++) /* i is a long so that i * i is one, too */
        sum += i * i;
    return sum;
}

/* ---- 6. A shape: several pieces, built and destroyed as a whole ---- */

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

struct shape *shape_new(const char *name, const struct point *points, size_t count)
{
    struct shape *shape = malloc(sizeof *shape);
    if (shape == NULL)
        return NULL;
    shape->name = copy_string(name);
    shape->points = copy_points(points, count);
    shape->count = count;

    /* Each field is now a block or NULL, never junk: shape_free can end a half-built shape as well as a whole one. */
    if (shape->name == NULL || shape->points == NULL) {
        shape_free(shape);
        return NULL;
    }
    return shape;
}

void shape_free(struct shape *shape)
{
    if (shape == NULL)
        return;
    free(shape->points);
    free(shape->name);
    free(shape); /* last: its fields cannot be read after this */
}
