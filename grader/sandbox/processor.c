// SPDX-License-Identifier: MIT
/*
 * processor.c - keeping processes that take turns on one processor (sandbox.h).
 */
#include "sandbox/sandbox.h"

#include <sched.h>

bool stay_on_processor(unsigned number)
{
    cpu_set_t all;
    if (sched_getaffinity(0, sizeof all, &all) != 0 || CPU_COUNT(&all) == 0)
        return false;
    unsigned skip = number % (unsigned)CPU_COUNT(&all);
    for (size_t processor = 0; processor < CPU_SETSIZE; processor++) {
        cpu_set_t one;
        CPU_ZERO(&one);
        CPU_SET(processor, &one);
        if (CPU_ISSET(processor, &all) && skip-- == 0)
            return sched_setaffinity(0, sizeof one, &one) == 0;
    }
    return false;
}
