// SPDX-License-Identifier: MIT
/*
 * program.h - names and places in an object or a program (program.c).
 */
#ifndef HEAPLAB_PROGRAM_H
#define HEAPLAB_PROGRAM_H

#include <stdbool.h>
#include <stdint.h>

/* Looks up the section NAME of the program at PATH, a 64-bit one: [*START, *END) in memory. False if it has none. */
bool program_section(const char *path, const char *name, uint64_t *start, uint64_t *end);

struct program_name {
    const char *text;
    bool defined;
    bool local; /* no other object can see it */
};

/* Calls SEE for each symbol of the object at PATH. */
void program_names(const char *path, void (*see)(const struct program_name *name, void *data), void *data);

#endif
