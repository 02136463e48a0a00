// SPDX-License-Identifier: MIT
/*
 * staff.h - tools for the staff who maintain the kit: heaplab check. (Releases, new labs, mutants, packs and the
 * installation of packages are separate programs, in folders beside this file.)
 */
#ifndef HEAPLAB_STAFF_H
#define HEAPLAB_STAFF_H

#include "grade/grade.h"

/* --- check/: heaplab check --- */

enum selfcheck {
    CHECK_ALL,     /* all that needs a build */
    CHECK_RUBRICS, /* only that rubrics and tests match */
    CHECK_CLAUSES, /* only that chaffs break every sentence of the contracts */
};

/* Checks the kit against itself, for LABS (folder names). Prints what it finds. Returns how many checks failed.
 * TIMES: how often a chaff is judged that forks, hangs or crashes; 0: as often as usual. */
int selfcheck(const GPtrArray *labs, enum selfcheck part, unsigned times);

#endif
