// SPDX-License-Identifier: MIT
/*
 * rights.h - the map of who may use each byte of the arena (wire/watched.h), which the judge writes (rights.c).
 */
#ifndef HEAPLAB_JUDGE_RIGHTS_H
#define HEAPLAB_JUDGE_RIGHTS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "wire/watched.h"

/* The map is there, all zero; from now on it follows the break, too. ALL: everything is allowed, for good. */
void rights_open(bool all);

/* Gives RIGHTS to the N bytes at START, a multiple of GRANULE, and none to the remainder of the last granule. Does
 * nothing before rights_open. */
void watch_give(const void *start, size_t n, unsigned rights);

/* The same where the map is open; the remainder of the last granule gets the rights OF_REST. */
void rights_set(const void *start, size_t n, unsigned rights, unsigned of_rest);

/* Does the map allow all that is WANTED at ADDRESS? False outside the arena. */
bool rights_hold(uintptr_t address, unsigned wanted);

/* Which granule of the arena ADDRESS lies in. */
size_t granule_of(uintptr_t address);

#endif
