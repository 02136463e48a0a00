// SPDX-License-Identifier: MIT
/*
 * staff.h - for those who keep the kit: the kit against itself. (Releases, new labs, mutants, packs and the
 * installation of packages are programs of their own, in folders beside this file.)
 */
#ifndef HEAPLAB_STAFF_H
#define HEAPLAB_STAFF_H

#include "grade/grade.h"

/* --- check/: heaplab check --- */

/* The kit against itself, for LABS (folder names); their rubrics alone, if so asked. Prints what it finds; returns how
 * many things were wrong. */
int selfcheck(const GPtrArray *labs, bool rubrics_alone);

#endif
