// SPDX-License-Identifier: MIT
/*
 * heaplab/chance.h - numbers that no submission can foresee, for what must make no difference to correct code: the
 * order of some calls, or values that it only passes on. They belong in no message, as results are the same in every
 * run. What a test tries is never drawn like this (heaplab/random.h draws from a seed).
 */
#ifndef HEAPLAB_CHANCE_H
#define HEAPLAB_CHANCE_H

#include <stdbool.h>
#include <stdint.h>

uint64_t chance_draw(void);
bool chance_toss(void);

#endif
