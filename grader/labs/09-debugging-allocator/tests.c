// SPDX-License-Identifier: MIT
/*
 * tests.c - what lab 09 demands of debug_alloc.c. The tests are in the files that lab_suite names; points and hints are
 * in rubric.ini.
 *
 * A test plays a program that makes one mistake, and looks at what was reported. Most tests run on the judge's malloc,
 * which knows each byte that the layer may use, so a layer that reads where it should not is caught there. It never
 * lends an address twice; tests in which that matters call lib_reuse first (subject/library.c).
 */
#include "support.h"

void lab_suite(struct suite *suite)
{
    suite_fixture(suite, set_up, NULL);
    add_blocks(suite);
    add_frees(suite);
    add_guards(suite);
    add_resizing(suite);
    add_hitters(suite);
    add_crowds(suite);
}
