// SPDX-License-Identifier: MIT
/*
 * tests.c - what lab 10 demands of its three allocators. The tests are in the files that lab_suite names; points and
 * hints are in rubric.ini.
 *
 * A test is a program for each of some threads, which the kit runs by many schedules (heaplab/threads.h). Pages are
 * limited or counted where something has to come back; lock calls and waits are counted where few would do.
 */
#include "support.h"

void lab_suite(struct suite *suite)
{
    add_one_lock(suite);
    add_class_locks(suite);
    add_thread_caches(suite);
}
