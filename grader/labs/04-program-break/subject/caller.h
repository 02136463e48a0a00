// SPDX-License-Identifier: MIT
/*
 * caller.h - what the rest of a program may do beside the code under test (caller.c).
 */
#ifndef CALLER_H
#define CALLER_H

#include <stddef.h>

/* Moves the break up by BYTES, as any other part of a program may between two calls. Returns where it was. */
void *others_move_break(size_t bytes);

#endif
