// SPDX-License-Identifier: MIT
/*
 * uncounted.c - clears shared memory that is not counted (uncounted.h).
 */
#include "judge/uncounted.h"
#include "judge/judge.h"

#include <fcntl.h>
#include <linux/falloc.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

enum { PAGE = 4096 };

/* How much of the arena was in memory when it had been wiped last: no more now means that there is nothing to wipe. */
static blkcnt_t blocks_after_wipe;

static void punch(int arena, uintptr_t from, uintptr_t to)
{
    if (from < to && fallocate(arena, FALLOC_FL_PUNCH_HOLE | FALLOC_FL_KEEP_SIZE, (off_t)(from - CHANNEL_ADDRESS),
                               (off_t)(to - from)) != 0)
        fault("cannot wipe the arena: %s", strerror(errno));
}

static _Noreturn void judge_table(uintptr_t place)
{
    char found[VALUE_BYTES];
    uintptr_t end = HEAP_ADDRESS + break_bytes();
    if (place >= end)
        snprintf(found, sizeof found, "a write to the byte %ju bytes above the break", (uintmax_t)(place - end));
    else
        snprintf(found, sizeof found, "a write below the heap");
    end_test(STATUS_MISUSED, "all that is kept from call to call lies in the heap, or in variables", found,
             "%s wrote to memory that is neither in the heap nor a variable's", story_last_call());
}

static void expect_zeros(uintptr_t from, uintptr_t to)
{
    for (const unsigned char *at = (const unsigned char *)from; at < (const unsigned char *)to; at++)
        if (*at != 0)
            judge_table((uintptr_t)at);
}

/* Expects zeros in all pages from FROM to TO that have been touched. */
static void expect_unused(int arena, uintptr_t from, uintptr_t to)
{
    off_t end = (off_t)(to - CHANNEL_ADDRESS);
    off_t start = lseek(arena, (off_t)(from - CHANNEL_ADDRESS), SEEK_DATA);
    while (start >= 0 && start < end) {
        off_t stop = lseek(arena, start, SEEK_HOLE);
        expect_zeros(CHANNEL_ADDRESS + (uintptr_t)start, CHANNEL_ADDRESS + (uintptr_t)(stop < end ? stop : end));
        start = lseek(arena, stop, SEEK_DATA);
    }
    punch(arena, from, to);
}

void uncounted_wipe(int arena)
{
    struct channel *channel = (struct channel *)CHANNEL_ADDRESS;
    struct stat now;
    uintptr_t end = HEAP_ADDRESS + break_bytes();
    uintptr_t page = (end + PAGE - 1) / PAGE * PAGE;
    uintptr_t inputs = (ARENA_ADDRESS + input_bytes() + PAGE - 1) / PAGE * PAGE;
    expect_zeros(end, page);
    memset(channel->filter, 0, sizeof channel->filter);
    memset((unsigned char *)channel + sizeof *channel, 0, COVERAGE_OFFSET - sizeof *channel);
    if (fstat(arena, &now) != 0)
        fault("cannot look at the arena: %s", strerror(errno));
    if (now.st_blocks == blocks_after_wipe)
        return; /* no new page */
    punch(arena, CHANNEL_ADDRESS + COVERAGE_OFFSET, ARENA_ADDRESS);
    expect_unused(arena, inputs, HEAP_ADDRESS);
    expect_unused(arena, page, HEAP_ADDRESS + HEAP_BYTES);
    if (fstat(arena, &now) == 0)
        blocks_after_wipe = now.st_blocks;
}

void uncounted_clear(int arena)
{
    punch(arena, ARENA_ADDRESS, HEAP_ADDRESS + HEAP_BYTES);
}
