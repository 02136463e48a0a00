// SPDX-License-Identifier: MIT
/*
 * pages.c - memory straight from the system: the program break, mappings, and what fork shares.
 *
 * Interface: pages.h, which also states the rules that always hold.
 *
 * Rules of this file:
 *   - The system may refuse any call, and each call reports that in its own way: see its manual
 *     page. Check each result before you use it. Change no variable until the call has succeeded.
 *   - Compare sizes before you add to them, never after: a sum that wrapped around looks harmless.
 *   - Count memory in bytes, with char * and size_t.
 */
#include "pages.h"

#include <errno.h>
#include <stdint.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

/*** Pages ***/

size_t round_up_to_pages(size_t bytes)
{
    (void)bytes;
    return 0;
}

size_t silent_overrun(const void *block, size_t size)
{
    (void)block;
    (void)size;
    return 0;
}

/*** The program break ***/

void *grow_break(size_t bytes)
{
    (void)bytes;
    return NULL;
}

/*** The bump allocator ***/

void *bump_alloc(size_t size)
{
    (void)size;
    return NULL;
}

void *bump_alloc_zeroed(size_t size)
{
    (void)size;
    return NULL;
}

void bump_release(void *block)
{
    (void)block;
}

/*** Mappings ***/

void *large_alloc(size_t size)
{
    (void)size;
    return NULL;
}

int large_free(void *start, size_t size)
{
    (void)start;
    (void)size;
    return 0;
}

/*** Isolation ***/

bool show_isolation(int parents_value, int childs_value, struct isolation *evidence)
{
    (void)parents_value;
    (void)childs_value;
    (void)evidence;
    return false;
}
