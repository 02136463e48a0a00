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

/* Where POINTER lies in the heap that mem_sbrk makes, such as "heap + 80 (b)". In brackets is the story's name for it
 * or, if it has none, for the place HEADER bytes after it; without a name there are no brackets. A pointer outside the
 * heap is described as by name_of. Valid for the next few calls. */
const char *heap_place(const void *pointer, size_t header);

/* Gives POINTER the name NAME from now on. */
void set_name(const void *pointer, const char *name);

/* From now on, the story shows NAME where FUNCTION takes or returns VALUE: for constants of an enum. FUNCTION and NAME
 * must last. To be called in lab_suite; there is room for 32. */
void name_value(const char *function, int value, const char *name);
#define NAME_VALUE(function, constant) name_value(#function, constant, #constant)

/* memset over the N bytes at BLOCK, with a line in the story. Fails the test if they are not in the arena. */
void fill(void *block, unsigned char byte, size_t n);

/* Unless TELL_MORE is NULL, calls it if this test ends without passing, to add to its story. */
void story_at_end(void (*tell_more)(void));

/* Stops (and resumes) adding calls to the story, for loops of thousands. The call in flight is always added. */
void story_quiet(void);
void story_aloud(void);

#endif
