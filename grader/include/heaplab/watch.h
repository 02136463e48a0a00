// SPDX-License-Identifier: MIT
/*
 * heaplab/watch.h - what a lab says about the memory that graded code may use.
 *
 * Every load and store of graded code is looked at. Without a word from the lab these rules hold in the arena:
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

/* FUNCTION is arithmetic: no memory of the test's is read or written in it. FUNCTION must last. */
void suite_arithmetic_only(struct suite *suite, const char *function);

/* FUNCTION reads BYTES bytes at its first argument, and uses no other memory of the test's. */
void suite_reads_argument_only(struct suite *suite, const char *function, size_t bytes);

/* FUNCTION looks and changes nothing: no memory of the test's is written in it, not even for a moment. It may read the
 * whole heap, payloads, too. */
void suite_reads_only(struct suite *suite, const char *function);

/* EACH calls IN_USE for each payload that the program has, as the heap's own bookkeeping tells it now; it copes with
 * any damage. No function touches these, but for the one that an argument is the address of, or of its header. From
 * that one nothing is copied past its end. */
void suite_payloads(struct suite *suite, void (*each)(void (*in_use)(const void *payload, size_t n)));

/* The test is about to fail for what stands at ADDRESS: who wrote it is told. */
void tell_author(const void *address);

#endif
