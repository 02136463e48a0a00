// SPDX-License-Identifier: MIT
/*
 * heaplab/watch.h - what a lab says about the memory that graded code may use.
 *
 * Every load and store of graded code is checked. Unless the lab says otherwise, these rules hold in the arena:
 *
 *   - Labs with the judge's malloc (heap.h): a call uses live blocks and inputs (input.h), every byte of them and none
 *     outside. What a parameter to const points to is not written in that call.
 *   - Labs with mem_sbrk (break.h): a call uses the heap up to the break, and inputs.
 *
 * The functions here whose names start with suite_ add rules. They are for lab_suite.
 */
#ifndef HEAPLAB_WATCH_H
#define HEAPLAB_WATCH_H

#include <stddef.h>

struct suite;

/* FUNCTION only computes: it neither reads nor writes the test's memory. FUNCTION must last. */
void suite_arithmetic_only(struct suite *suite, const char *function);

/* FUNCTION reads BYTES bytes at its first argument, and uses no other part of the test's memory. */
void suite_reads_argument_only(struct suite *suite, const char *function, size_t bytes);

/* FUNCTION only reads: it never writes to the test's memory, not even for a moment. It may read the whole heap,
 * including payloads. */
void suite_reads_only(struct suite *suite, const char *function);

/* EACH calls IN_USE for each payload in use, according to the heap's own bookkeeping at that moment; it must cope with
 * any damage. A function may touch only the payload that one of its arguments points to (or to whose header it points),
 * and may not copy past its end. */
void suite_payloads(struct suite *suite, void (*each)(void (*in_use)(const void *payload, size_t n)));

/* The test is about to fail because of what is at ADDRESS: reports who wrote it. */
void tell_author(const void *address);

#endif
