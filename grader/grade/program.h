// SPDX-License-Identifier: MIT
/*
 * program.h - where things lie in a program that was linked (program.c).
 */
#ifndef HEAPLAB_PROGRAM_H
#define HEAPLAB_PROGRAM_H

#include <stdbool.h>
#include <stdint.h>

/* Looks up the section NAME of the program at PATH, a 64-bit one: [*START, *END) in memory. False if it has none. */
bool program_section(const char *path, const char *name, uint64_t *start, uint64_t *end);

#endif
