// SPDX-License-Identifier: MIT
/*
 * caller.c - what the rest of a program may do beside the code under test (caller.h).
 */
#include "caller.h"

#include <stdint.h>
#include <unistd.h>

void *others_move_break(size_t bytes)
{
    return sbrk((intptr_t)bytes);
}
