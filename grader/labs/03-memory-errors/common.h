// SPDX-License-Identifier: MIT
/*
 * common.h - what the tests of lab 03 share (common.c): texts, what a patient keeps, memory by need, refused memory.
 */
#ifndef COMMON_H
#define COMMON_H

#include "heaplab/test.h"

enum { LONG_TEXT = 70000 }; /* letters: more than 16 bits can count, or a generous array can hold */

enum { CROWD = 300 }; /* objects at a time: more than 8 bits can count */

/* No request of this test so far was for more than KEPT + SPARE_BYTES bytes. */
void expect_by_need(size_t kept, const char *what);

/* No block that was handed out after the first BLOCKS of this test is larger than KEPT + SPARE_BYTES. */
void expect_later_by_need(unsigned blocks, size_t kept, const char *what);

/* From here on malloc gives freed blocks out again, so that a new object lies where an old one was. */
void reuse_blocks(void);

/* An input string of LENGTH times LETTER. */
char *put_letters(char letter, size_t length);

/* Overwrites the string TEXT, an input. */
void overwrite(char *text, const char *name);

/* A string that the test may overwrite later; NAME is what the story calls it. */
#define PUT_TEXT(name, text) char *name = put(text, sizeof text, #name, "char " #name "[] = \"" text "\";")

/* The input TEXT must still be what it was: EXPECTED. */
void expect_input(const char *text, const char *expected);

/* FOUND, a string that a patient keeps, must be EXPECTED. WHAT names it: "the text of b". */
void expect_kept(const char *found, const char *expected, const char *what);

/*
 * Calls MAKE once for each request it makes, and refuses that request: the result must be NULL, and no block may be
 * live afterwards that was not live before. Stops when MAKE makes fewer than K requests, and returns that result.
 * CALL and FAILURE are the story's names for the function and its result: "words_split", "NULL".
 */
void *refuse_each(void *(*make)(void), const char *call, const char *failure);

/* Each adds the tests of one patient, from NAME_tests.c. */
void add_tokenizer_tests(struct suite *suite);
void add_playlist_tests(struct suite *suite);
void add_palindrome_tests(struct suite *suite);
void add_ring_tests(struct suite *suite);
void add_message_tests(struct suite *suite);
void add_scores_tests(struct suite *suite);
void add_note_tests(struct suite *suite);
void add_readings_tests(struct suite *suite);

#endif
