// SPDX-License-Identifier: MIT
/*
 * counts.c - this process's counts (shim.h).
 */
#include "shim.h"

static struct run_counts own;
struct run_counts *counts = &own;

void counts_share(struct run_counts *shared)
{
    *shared = own;
    counts = shared;
}

void counts_leave(void)
{
    own = *counts;
    counts = &own;
}
