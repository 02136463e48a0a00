// SPDX-License-Identifier: MIT
/*
 * sizes.h - tests of sizes from 0 to SIZE_MAX (sizes.c).
 */
#ifndef SIZES_H
#define SIZES_H

struct suite;

void add_sizes(struct suite *suite);

#endif
