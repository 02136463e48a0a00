// SPDX-License-Identifier: MIT
/*
 * storage.h - lab 01: where does a variable live, who creates it, and who ends it?
 *
 * This is a contract between you, who write storage.c, and whoever calls your functions. A caller may rely on every
 * sentence here and on nothing else, and the tests look at nothing else.
 *
 * Rules for every function that gives out memory (counter_new, greeting, copy_ints, shape_new):
 *
 *   - Each call gives fresh memory on the heap. It stays valid, and other calls leave it alone, until its owner frees
 * it.
 *   - The caller is its owner as soon as the function returns. Beside it, nothing stays allocated.
 *   - When there is not enough memory, the function frees whatever it had already allocated and returns NULL. It prints
 *     nothing and does not end the program.
 *   - Arguments still belong to the caller. The functions read them, but never change, keep or free them: after the
 *     call the caller may do with its own array as it likes.
 *
 * Allocate with malloc, calloc or realloc, and give back with free. (Not with strdup and the like, which hide just the
 * step that you are here to practise.)
 */
#ifndef STORAGE_H
#define STORAGE_H

#include <stddef.h>
#include <stdint.h>

/* ---- 1. Regions of a process's memory ---- */

enum region {
    REGION_NONE,      /* none of the regions below */
    REGION_CODE,      /* the program's instructions */
    REGION_CONSTANTS, /* string literals and other data that never change */
    REGION_GLOBALS,   /* global and static variables */
    REGION_HEAP,      /* what malloc gives out */
    REGION_STACK,     /* local variables and arguments of the functions that are running */
};

/*
 * The addresses from start up to end: start belongs to the range, end is the first address behind it. A range whose
 * start equals its end is empty.
 *
 * Addresses are kept as numbers because C defines p < q only for pointers into one and the same array or struct. As
 * numbers, any two addresses can be compared: convert a pointer with (uintptr_t)pointer.
 */
struct range {
    uintptr_t start;
    uintptr_t end;
};

/* Where the regions of one process lie. Ranges never overlap. They may lie in any order, with or without gaps. */
struct memory_map {
    struct range code;
    struct range constants;
    struct range globals;
    struct range heap;
    struct range stack;
};

/*
 * Returns the region of MAP that ADDRESS lies in, or REGION_NONE if it lies in none of them.
 * ADDRESS may be any pointer, NULL and dangling pointers included: it is looked at, never followed.
 */
enum region region_of(const struct memory_map *map, const void *address);

/* ---- 2. A counter that outlives the function that made it ---- */

/* What is in a counter is the business of storage.c alone. */
struct counter;

/*
 * Makes a counter whose first count will be START. Any number of counters can exist at a time; each counts on its own.
 * Returns the start of a heap block, or NULL when there is not enough memory. To be ended with counter_free.
 */
struct counter *counter_new(int start);

/*
 * Returns the next count: START in the first call, then START + 1, START + 2 and so on.
 * COUNTER is not NULL, and is never counted up to INT_MAX.
 */
int counter_next(struct counter *counter);

/* Ends COUNTER and gives all its memory back. Does nothing if COUNTER is NULL. */
void counter_free(struct counter *counter);

/* ---- 3. A greeting ---- */

/*
 * Returns "Hello, NAME!" as a string on the heap: greeting("Ada") gives "Hello, Ada!". NAME is a string of any length,
 * 0 included. The caller frees the result with a single free. Returns NULL when there is not enough memory.
 */
char *greeting(const char *name);

/* ---- 4. A copy of an array ---- */

/*
 * Returns an array on the heap that holds the COUNT ints at VALUES in the same order. Its block has room for them, and
 * for 64 bytes more at most. The caller frees it with a single free. Returns NULL when there is not enough memory.
 * A copy of nothing is nothing: if COUNT is 0, it returns NULL without allocating. VALUES may then be NULL.
 */
int *copy_ints(const int *values, size_t count);

/* ---- 5. A sum ---- */

/* The largest N that sum_of_squares is asked for. */
#define LARGEST_N 1500000

/*
 * Returns 1*1 + 2*2 + ... + N*N, or 0 if N is 0. N is from 0 to LARGEST_N.
 * Needs automatic memory only, and not more of it for a large N than for a small one: no heap, no array of N squares,
 * no N calls within each other. A long has room for the sum, an int has not.
 */
long sum_of_squares(int n);

/* ---- 6. A shape: several pieces, built and destroyed as a whole ---- */

struct point {
    int x;
    int y;
};

/* A shape owns its name and its points. How many heap blocks all of it takes is up to storage.c. */
struct shape {
    char *name;
    struct point *points; /* points[0] to points[count - 1] */
    size_t count;
};

/*
 * Makes a shape with a copy of NAME, which has any length, and of the COUNT points at POINTS. COUNT is at least 1.
 * Returns NULL when there is not enough memory for all of it: a shape is whole, or it is not there at all.
 * To be ended with shape_free.
 */
struct shape *shape_new(const char *name, const struct point *points, size_t count);

/* Ends SHAPE, its name and its points. Does nothing if SHAPE is NULL. */
void shape_free(struct shape *shape);

#endif
