// SPDX-License-Identifier: MIT
/*
 * chance.c - numbers that no submission can foresee (heaplab/chance.h).
 */
#include "heaplab/chance.h"
#include "judge/judge.h"

#include <sys/random.h>

uint64_t chance_draw(void)
{
    uint64_t number;
    if (getrandom(&number, sizeof number, 0) != (ssize_t)sizeof number)
        fault("cannot draw a number: %s", strerror(errno));
    return number;
}

bool chance_toss(void)
{
    return chance_draw() % 2 != 0;
}
