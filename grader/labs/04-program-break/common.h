// SPDX-License-Identifier: MIT
/*
 * common.h - what the tests of lab 04 share (common.c): the break, places in the story, sizes that cannot be had.
 */
#ifndef COMMON_H
#define COMMON_H

#include "heaplab/test.h"

enum { KIB = 1024, MIB = 1024 * KIB, TEXT_BYTES = 128 };

size_t machine_page(void);
size_t pages_needed(size_t bytes);

/* The break when this test began. */
extern void *break_at_test_start;

/* Bytes from PLACE up to the current break; negative if PLACE lies above it. */
intptr_t below_break(const void *place);

/* The break should still be at BEFORE. */
void expect_break(const void *before, const char *sentence);

/* FOUND must be EXPECTED; a failure names both by their distance from BASE, "a + 32". */
void expect_place(const void *found, const void *expected, const void *base, const char *sentence);

/* grow_break(BYTES), which must succeed and return the old break. */
char *expect_growth(size_t bytes);

/* Makes the system refuse the next call that moves the break, sbrk or brk; or lifts that again. */
void refuse_break(void);
void refuse_break_no_more(void);

/* RESULT came from a call that had to fail: NULL and ENOMEM. */
void expect_no_memory(const void *result, const char *sentence);

/* The first and the last 4 KiB of a block of any SIZE. */
void fill_ends(void *block, unsigned char byte, size_t size);
void expect_ends(const void *block, unsigned char byte, size_t size, const char *sentence);

/* Sizes that no computer has memory for, or that overflow the arithmetic. */
enum { HUGE_SIZES = 14 };
extern const struct huge_size {
    size_t size;
    const char *name;
    bool may_be_granted; /* a machine may have that much memory */
} huge_sizes[HUGE_SIZES];

/* Each adds the tests of its file. */
void add_bump_tests(struct suite *suite);
void add_mapping_tests(struct suite *suite);
void add_isolation_tests(struct suite *suite);

#endif
