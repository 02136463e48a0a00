// SPDX-License-Identifier: MIT
/*
 * talk.c - the words of the process to the judge (subject.h).
 */
#include "subject/subject.h"

#include <stdlib.h>
#include <unistd.h>

static _Noreturn void stop(void)
{
    write_counters();
    channel->say = SAY_STOPPED;
    channel_pass(channel, TURN_JUDGE);
    _exit(EXIT_SUCCESS);
}

void say_and_wait(enum say say)
{
    channel->say = say;
    channel_pass(channel, TURN_JUDGE);
    while (channel_wait(channel, TURN_JUDGE, 0) != TURN_SUBJECT)
        continue;
    if (channel->ask == ASK_STOP)
        stop();
}

void end_child_wrongly(uint32_t how)
{
    write_counters();
    channel->child_returned = how;
    _exit(EXIT_FAILURE);
}

void note_cells_of_child(uint64_t cells)
{
    channel->child_cells = cells;
    atomic_store(&channel->child_ended, 1);
}

void note_counters_of_child(void)
{
    write_counters();
}
