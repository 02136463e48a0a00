// SPDX-License-Identifier: MIT
/*
 * coming.h - a short sequence of calls whose story can be read from its first line (coming.c).
 */
#ifndef COMING_H
#define COMING_H

struct suite;

void add_coming(struct suite *suite);

#endif
