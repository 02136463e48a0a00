// SPDX-License-Identifier: MIT
/*
 * shrink.h - shortening a random test that failed (shrink.c). Used by main.c.
 */
#ifndef HEAPLAB_SHRINK_H
#define HEAPLAB_SHRINK_H

#include "judge/run.h"

/* Shortens the steps of random test INDEX, which has failed, and runs it once more, aloud: its record then tells the
 * short story. */
void shrink(const struct run_plan *plan, unsigned index);

#endif
