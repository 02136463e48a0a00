// SPDX-License-Identifier: MIT
/*
 * storage.h - lab 01: where does a variable live, who creates it, and who ends it?
 *
 * This header is a contract between you, who write storage.c, and the callers of your functions.
 * Callers may rely on every sentence in it and on nothing else, and the tests check nothing else.
 *
 * Rules for every function that allocates memory (counter_new, greeting, copy_ints, shape_new):
 *
 *   - Each call returns fresh memory on the heap. It stays valid, and no other call changes it,
 *     until its owner frees it.
 *   - When the function returns, the caller owns that memory. Nothing else that the call has
 *     allocated is still allocated.
 *   - If there is not enough memory, the function frees whatever it has already allocated and
 *     returns NULL. It prints nothing and does not end the program.
 *   - The stack is small, so a long name or a large array takes no more of it than a short one.
 *   - Arguments still belong to the caller. The functions read them, but never change, keep or
 *     free them: after the call, the caller may change or free its own arrays.
 *
 * Allocate with malloc, calloc or realloc, and free with free. (Don't use strdup and the like: they
 * hide the very step that you are here to practise.)
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
    REGION_HEAP,      /* blocks from malloc */
    REGION_STACK,     /* local variables and arguments of the functions that are running */
};

/*
 * The addresses from start up to end: start belongs to the range, end is the first address after
 * it. A range whose start equals its end is empty.
 *
 * Addresses are kept as numbers because C defines p < q only if both pointers point into the same
 * array or struct. As numbers, any two addresses can be compared: (uintptr_t)pointer converts a
 * pointer to a number.
 */
struct range {
    uintptr_t start;
    uintptr_t end;
};

/*
 * Where the regions of one process lie. The ranges never overlap. They may lie in any order, with
 * or without gaps.
 */
struct memory_map {
    struct range code;
    struct range constants;
    struct range globals;
    struct range heap;
    struct range stack;
};

/*
 * Returns the region of MAP that contains ADDRESS, or REGION_NONE if no region does.
 * ADDRESS may be any pointer, including NULL and dangling pointers: it is compared, never followed.
 */
enum region region_of(const struct memory_map *map, const void *address);

/* ---- 2. A counter that outlives the function that made it ---- */

/* Only storage.c knows what a counter contains. */
struct counter;

/*
 * Makes a counter whose first count will be START. Any number of counters can exist at the same
 * time; each counts independently. Returns the start of a heap block, or NULL if there is not
 * enough memory. The caller ends the counter with counter_free.
 */
struct counter *counter_new(int start);

/*
 * Returns the next count: START in the first call, then START + 1, START + 2 and so on.
 * COUNTER is not NULL, and never has to count up to INT_MAX.
 */
int counter_next(struct counter *counter);

/* Ends COUNTER and frees all its memory. Does nothing if COUNTER is NULL. */
void counter_free(struct counter *counter);

/* ---- 3. A greeting ---- */

/*
 * Returns "Hello, NAME!" as a string on the heap: greeting("Ada") returns "Hello, Ada!". NAME is a
 * string of any length, including 0. The caller frees the result with a single free. Returns NULL
 * if there is not enough memory.
 */
char *greeting(const char *name);

/* ---- 4. A copy of an array ---- */

/*
 * Returns an array on the heap that holds the COUNT ints at VALUES, in the same order. Its block
 * has room for them and for at most 64 more bytes. The caller frees it with a single free. Returns
 * NULL if there is not enough memory.
 * A copy of nothing is nothing: if COUNT is 0, it returns NULL and allocates nothing. VALUES may
 * then be NULL.
 */
int *copy_ints(const int *values, size_t count);

/* ---- 5. A sum ---- */

/* The largest N that sum_of_squares is called with. */
#define LARGEST_N 1500000

/*
 * Returns 1*1 + 2*2 + ... + N*N, or 0 if N is 0. N is from 0 to LARGEST_N.
 * It uses automatic memory only, and no more of it for a large N than for a small one: no heap, no
 * array of N squares, no N nested calls. The sum fits into a long, but not into an int.
 */
long sum_of_squares(int n);

/* ---- 6. A shape: several pieces, built and destroyed as a whole ---- */

struct point {
    int x;
    int y;
};

/* A shape owns its name and its points. How many heap blocks it consists of is up to storage.c. */
struct shape {
    char *name;
    struct point *points; /* points[0] to points[count - 1] */
    size_t count;
};

/*
 * Makes a shape with a copy of NAME, a string of any length, and a copy of the COUNT points at
 * POINTS. COUNT is at least 1. Returns NULL if there is not enough memory for all of it: a shape is
 * complete or it does not exist. The caller ends the shape with shape_free.
 */
struct shape *shape_new(const char *name, const struct point *points, size_t count);

/* Ends SHAPE and frees all its memory. Does nothing if SHAPE is NULL. */
void shape_free(struct shape *shape);

#endif
