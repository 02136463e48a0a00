// SPDX-License-Identifier: MIT
/*
 * mode.c - what lib/ is linked into (mode.h). start.c sets it.
 */
#include "judge/lib/mode.h"

const struct mode *the_mode;
