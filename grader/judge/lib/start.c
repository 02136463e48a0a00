// SPDX-License-Identifier: MIT
/*
 * start.c - tells the files of lib/ what they are linked into (mode.h), and those below whom to ask above.
 */
#include "judge/judge.h"
#include "judge/lib/ending.h"
#include "judge/lib/mode.h"
#include "judge/lib/names.h"

/* Below the arena there are blocks only where the student's code moves its own break (lab 04). */
static bool can_hold_block(uintptr_t address)
{
    enum { LOWEST_PAGE = 65536 };
    return address >= HEAP_ADDRESS || (system_used() && address >= LOWEST_PAGE && address < CHANNEL_ADDRESS);
}

/* Are they in the same block or input? Where the judge keeps no books of blocks, addresses near each other count as
 * together. */
static bool are_together(uintptr_t named, uintptr_t address)
{
    enum { NEAR_BYTES = 4096 };
    struct heap_block block;
    const void *pointer = (const void *)named;
    if (named == address || input_holds(pointer, (const void *)address))
        return true;
    if (heap_find(pointer, &block))
        return address - (uintptr_t)block.start < block.size;
    return can_hold_block(named) && heap_blocks() == 0 && address - named < NEAR_BYTES;
}

void judge_start(const struct mode *mode)
{
    static const struct places places = {can_hold_block, are_together};
    the_mode = mode;
    names_ask(&places);
    record_ends_with(conclude_test);
}
