// SPDX-License-Identifier: MIT
/*
 * timeline.h - what happened to the heap, operation by operation, for heaplab explore (timeline.c).
 *
 * Off until timeline_open. From then on every call of the student's functions is recorded as an operation (call.c);
 * code that makes calls in another way, such as a replay, reports them with timeline_operation. If the lab can draw its
 * heap (suite_draw), the blocks are drawn after each operation, and only what changed is written.
 *
 * The file is text, one record on each line, numbers in decimal, offsets in bytes from the heap's start:
 *
 *     heaplab-timeline 1
 *     o KIND ID SIZE OFFSET HEAP TEXT   an operation. KIND: a allocate, r reallocate, f free, c another call.
 *                                       ID: of the block, from 0, or -1. SIZE: bytes asked for. OFFSET: of the payload
 *                                       afterwards, -1 for none. HEAP: bytes of heap. TEXT: a line of C, may be empty
 *     + OFFSET BYTES KIND HEADER FOOTER NOTE
 *                                       in that operation a cell of the drawing came, or changed. KIND: u used, f free,
 *                                       d damaged. HEADER, FOOTER: bytes of bookkeeping at its ends. NOTE may be empty
 *     - OFFSET                          a cell went
 *     s CODE OFFSET BYTES DATA          before the next o: in that operation, or before it, BYTES bytes at OFFSET were
 *                                       written. CODE: an instruction of graded code, in hexadecimal; 0: no store of
 *                                       graded code did it. DATA: the bytes in hexadecimal, or = and one that all are;
 *                                       cut after MOST_SHOWN bytes
 *     p CODE                            the same, among the lines that start with s: graded code came to this
 *                                       instruction, the first of some that it runs one after the other
 *     l CODE LOCK                       the same: a lock was taken there, and which; u CODE LOCK: it was given back
 *     n OFFSET NAME                     at the end: the story's name for what is there
 *     x LOST                            at the end: so many stores were left out
 *     r REFUSED                         at the end: so many requests for memory were refused
 *     ! MESSAGE                         that operation was where the test failed, and why
 */
#ifndef HEAPLAB_TIMELINE_H
#define HEAPLAB_TIMELINE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct call;

enum timeline_kind { TIMELINE_ALLOCATE, TIMELINE_REALLOCATE, TIMELINE_FREE, TIMELINE_OTHER };

/* What a call of a function means: which arguments are sizes, and which one is the block. */
struct known_function {
    const char *name;
    enum timeline_kind kind;
    int block; /* the argument that is a block; -1 for none */
    int sizes; /* the first of the arguments that are multiplied; -1 for none */
};

/* The allocator's function called NAME; one of TIMELINE_OTHER if there is none. */
const struct known_function *known_function(const char *name);

/* How many bytes a call of FUNCTION asks for: the product of its sizes, SIZE_MAX if that wraps, 0 if it has none. */
size_t known_size(const struct known_function *function, const struct call *call, const uint64_t *arguments);

struct timeline_operation {
    enum timeline_kind kind; /* a reallocation that was refused changes nothing: TIMELINE_OTHER */
    int64_t id;              /* of the block, from 0; -1 for none */
    size_t size;             /* bytes asked for; 0 for TIMELINE_FREE */
    const void *payload;     /* where the block is now; NULL if it is nowhere */
    const char *text;        /* the call as a line of C; if NULL or "", the page writes one */
};

/* Starts a timeline at PATH, which is made anew. Ends the process as a fault if that can't be. */
void timeline_open(const char *path);

/* Before a test starts: its timeline holds the first MOST operations and no others. 0: all of them. */
void timeline_limit(unsigned most);

bool timeline_is_on(void);

/* Adds an operation that has happened, with the heap as it is now. Does nothing while off. */
void timeline_operation(const struct timeline_operation *operation);

/* The test failed at the operation reported last, or at the call that did not return. Only the first failure counts. */
void timeline_problem(const char *message);

/* Writes everything reported so far to the file. */
void timeline_flush(void);

/* call.c: a call starts, and has returned RESULT. */
void timeline_call(const struct call *call, const uint64_t *arguments);
void timeline_return(uint64_t result);

/* stores.c: memory has changed, before the operation that is reported next or in it. */
struct change;
void timeline_change(const struct change *change);

#endif
