// SPDX-License-Identifier: MIT
/*
 * staff.h - tools for the staff who maintain the kit: heaplab check. (Releases, new labs, mutants, packs and the
 * installation of packages are separate programs, in folders beside this file.)
 */
#ifndef HEAPLAB_STAFF_H
#define HEAPLAB_STAFF_H

#include "grade/grade.h"

/* --- check/: heaplab check --- */

/* Checks the kit against itself, for LABS (folder names); only their rubrics if RUBRICS_ALONE. Prints what it finds.
 * Returns how many checks failed. */
int selfcheck(const GPtrArray *labs, bool rubrics_alone);

#endif
