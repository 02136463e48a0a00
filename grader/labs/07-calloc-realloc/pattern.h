// SPDX-License-Identifier: MIT
/*
 * pattern.h - byte patterns that show whether bytes are in the right place: no two neighbouring bytes are equal, and
 * each block has a pattern of its own, chosen by MARK.
 */
#ifndef PATTERN_H
#define PATTERN_H

#include "heaplab/expect.h"

#include <stddef.h>

/* Fills the N bytes at PAYLOAD with the pattern of MARK. */
void write_pattern(char *payload, size_t n, unsigned char mark);

/* Fails unless the N bytes at PAYLOAD are the first N of the pattern of MARK. */
void expect_pattern(const char *payload, size_t n, unsigned char mark, const char *format, ...) PRINTF_LIKE(4, 5);

#endif
