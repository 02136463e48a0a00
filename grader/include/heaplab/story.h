// SPDX-License-Identifier: MIT
/*
 * heaplab/story.h - what happened in this test, as lines of C.
 *
 * Calls into the student's code write their own line. A pointer that a call returns gets a name (a, b, c, ...),
 * which later lines and expectations use. Tests add what else a reader needs.
 */
#ifndef HEAPLAB_STORY_H
#define HEAPLAB_STORY_H

#include <stddef.h>

#include "heaplab/expect.h"

/* Adds one line. Say what the test does in C where possible: tell("memset(%s, 7, 100);", name_of(p)) */
void tell(const char *format, ...) PRINTF_LIKE(1, 2);

/* The story's name for POINTER: "a", "a + 8", "NULL", or its address. Valid for the next few calls. */
const char *name_of(const void *pointer);

/* The name given to exactly this address; NULL if it has none. */
const char *find_exact_name(const void *pointer);

/* Where POINTER lies in the heap that mem_sbrk makes: "heap + 80 (b)". In brackets is the story's name for it or, if it
 * has none, for the place HEADER bytes behind it; without a name nothing. What lies elsewhere is told as by name_of.
 * Valid for the next few calls. */
const char *heap_place(const void *pointer, size_t header);

/* Calls POINTER by NAME from now on. */
void set_name(const void *pointer, const char *name);

/* Where FUNCTION takes or returns VALUE, the story says NAME from now on: for constants of an enum. FUNCTION and NAME
 * must last. For lab_suite; there is room for 32. */
void name_value(const char *function, int value, const char *name);
#define NAME_VALUE(function, constant) name_value(#function, constant, #constant)

/* memset over the N bytes at BLOCK, told in the story. Fails the test if they are not in the arena. */
void fill(void *block, unsigned char byte, size_t n);

/* Unless NULL: TELL_MORE is called when this test ends as anything but passed, to add to its story. */
void story_at_end(void (*tell_more)(void));

/* Stops (and resumes) telling calls: for loops of thousands. The call in flight is always told. */
void story_quiet(void);
void story_aloud(void);

#endif
