// SPDX-License-Identifier: MIT
/*
 * arrays.h - the tests of mm_product and mm_calloc (arrays.c), and what they share with the other tests.
 */
#ifndef ARRAYS_H
#define ARRAYS_H

#include "free_list.h"

#include <stddef.h>

/* Payloads of these tests hold the pattern of this mark. */
enum { MARK = 0x51 };

enum { MIB = 1 << 20, LARGE_SIZES = 3, TOO_LARGE = 13, BEYOND_MEMORY = 6 };

/* Sizes that do not fit in a chunk, in 16 bits, or in 24 bits. */
extern const size_t large_sizes[LARGE_SIZES];

/* 4 GiB: sizes that differ from small ones by this look small in 32 bits. */
static const size_t FOUR_GIB = (size_t)1 << 32;

struct factors {
    size_t nmemb, size;
};

/* Products that a size_t cannot hold, and products that it can hold, but no heap has room for. */
extern const struct factors too_large[TOO_LARGE], beyond_memory[BEYOND_MEMORY];

/* From now on mem_sbrk refuses to grow the heap. */
void refuse_memory(void);

struct suite;

void add_arrays(struct suite *suite);

#endif
