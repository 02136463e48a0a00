// SPDX-License-Identifier: MIT
/*
 * switch.c - from one fibre to another (threads.h).
 */
#include "subject/threads/threads.h"

#include <errno.h>
#include <stdlib.h>

/* Direct mode has none. */
#pragma weak fall_other_stack

struct watched_stack switch_stack(unsigned number)
{
    uintptr_t low = (uintptr_t)ROOM->stack[number];
    return (struct watched_stack){low, low + STACK_BYTES, low + STACK_BYTES};
}

static void stand_on(struct watched_stack stack)
{
    watch_other_stack(stack);
    if (fall_other_stack)
        fall_other_stack(stack);
}

/* A jump needs no system call, as setcontext does. */
void switch_for_good(unsigned next)
{
    ROOM->current = next;
    struct fibre *fibre = self();
    fibre->steps_alone = 0;
    stand_on(switch_stack(next));
    if (fibre->has_started)
        _longjmp(fibre->go_on, 1);
    fibre->has_started = true;
    setcontext(&fibre->start);
    abort();
}

void switch_to(unsigned next)
{
    volatile int before = errno;
    if (_setjmp(self()->go_on) == 0)
        switch_for_good(next);
    errno = before;
}
