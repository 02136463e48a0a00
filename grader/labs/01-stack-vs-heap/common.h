// SPDX-License-Identifier: MIT
/*
 * common.h - what several files of lab 01's tests share (common.c).
 */
#ifndef COMMON_H
#define COMMON_H

#include "heaplab/test.h"

enum { LONGEST_NAME = 70000 }; /* more than 16 bits can count */

/* "1 block", "2 blocks"; valid until the next call. */
const char *counted(intmax_t n, const char *thing);

/* One call that asks for memory and returns what it made. */
typedef void *maker(void);
maker make_counter, make_greeting, make_copy;

/* The argument of make_copy, which puts it (and adds that to the story) once for all calls of a test. NULL before. */
enum { COPIED_INTS = 3 };
extern const int *copied;
extern const int copied_image[COPIED_INTS];

/* MAKE returned FOUND although a request was refused, and LEFT more blocks are live than before. */
typedef void inspector(const char *function, const void *found, intmax_t left);
inspector inspect_result, inspect_leftovers, inspect_both;

/* Calls MAKE, of FUNCTION, again and again: its first request for memory is refused, then its second, and so on; then
 * all from the first on, from the second on, and so on. */
void refuse_each(maker *make, const char *function, inspector *inspect);

/* The call since the last stack_watch, made by FUNCTION with much data, took little of the stack. */
void expect_little_stack(const char *function);

/* The call used little more of the stack than *LEAST, the minimum of the earlier calls. Set *LEAST to SIZE_MAX before
 * the first. */
void expect_no_more_stack(const char *function, size_t *least);

/* Each adds the tests of its file. */
void add_region_tests(struct suite *suite);
void add_shape_tests(struct suite *suite);

#endif
