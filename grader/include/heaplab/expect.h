// SPDX-License-Identifier: MIT
/*
 * heaplab/expect.h - expectations. Each returns quietly if it is met, and otherwise ends the test as failed.
 *
 * FORMAT (printf) is one plain sentence for the student, saying what the code should do and why it matters: "the second
 * counter should count on its own". It has no full stop. If an expectation compares two values, expected and found are
 * shown below the sentence, so it need not repeat them.
 */
#ifndef HEAPLAB_EXPECT_H
#define HEAPLAB_EXPECT_H

#include <check.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#undef fail /* Check's, deprecated since 0.9.8 */

#define PRINTF_LIKE(sentence, first) __attribute__((__format__(__printf__, sentence, first)))

/* Ends the test as failed. */
_Noreturn void fail(const char *format, ...) PRINTF_LIKE(1, 2);

/* Ends the test as failed, with an expected and a found line. */
_Noreturn void fail_compare(const char *expected, const char *found, const char *format, ...) PRINTF_LIKE(3, 4);

void expect(bool condition, const char *format, ...) PRINTF_LIKE(2, 3);
void expect_int(intmax_t found, intmax_t expected, const char *format, ...) PRINTF_LIKE(3, 4);
void expect_size(size_t found, size_t expected, const char *format, ...) PRINTF_LIKE(3, 4);

/* call_errno() is EXPECTED; shown by name ("ENOMEM"). */
void expect_errno(int expected, const char *format, ...) PRINTF_LIKE(2, 3);

/* Pointers are shown by their names in the story ("b", "b + 16"). */
void expect_pointer(const void *found, const void *expected, const char *format, ...) PRINTF_LIKE(3, 4);
void expect_pointer_set(const void *found, const char *format, ...) PRINTF_LIKE(2, 3);
void expect_null(const void *found, const char *format, ...) PRINTF_LIKE(2, 3);
void expect_aligned(const void *found, size_t alignment, const char *format, ...) PRINTF_LIKE(3, 4);

/* FOUND must lie in shared memory (the arena) for all N bytes. Every expectation that reads memory checks this
 * first and says so in words when it does not hold, so a wild pointer never faults the judge. */
void expect_readable(const void *found, size_t n, const char *format, ...) PRINTF_LIKE(3, 4);

/* Names the first byte that differs, and its offset. */
void expect_bytes(const void *found, const void *expected, size_t n, const char *format, ...) PRINTF_LIKE(4, 5);

/* All N bytes equal BYTE. Names the first that does not. */
void expect_fill(const void *found, unsigned char byte, size_t n, const char *format, ...) PRINTF_LIKE(4, 5);

/* FOUND is a terminated string equal to EXPECTED. Never reads past the arena; in labs with books (heap.h)
 * never past the end of the block that holds it, and says so when the terminator is missing. */
void expect_string(const char *found, const char *expected, const char *format, ...) PRINTF_LIKE(3, 4);

#endif
