// SPDX-License-Identifier: MIT
/*
 * programs.h - many short programs in which every byte is checked (programs.c).
 */
#ifndef PROGRAMS_H
#define PROGRAMS_H

struct suite;

void add_programs(struct suite *suite);

#endif
