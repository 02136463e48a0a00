// SPDX-License-Identifier: MIT
/*
 * pattern.h - bytes that tell whether they are in their places: no two neighbours are alike, and MARK tells whose they
 * are.
 */
#ifndef PATTERN_H
#define PATTERN_H

#include "heaplab/expect.h"

#include <stddef.h>

/* Fills the N bytes at PAYLOAD with the pattern of MARK. */
void write_pattern(char *payload, size_t n, unsigned char mark);

/* The N bytes at PAYLOAD are the first ones of the pattern of MARK. */
void expect_pattern(const char *payload, size_t n, unsigned char mark, const char *format, ...) PRINTF_LIKE(4, 5);

#endif
