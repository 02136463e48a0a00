// SPDX-License-Identifier: MIT
/*
 * arena.c - which addresses lie in the arena, which tests can read (judge.h, wire/channel.h).
 */
#include "judge/judge.h"

bool arena_holds(const void *address, size_t n)
{
    uintptr_t start = (uintptr_t)address;
    return start >= ARENA_ADDRESS && start <= HEAP_ADDRESS + HEAP_BYTES && n <= HEAP_ADDRESS + HEAP_BYTES - start;
}
