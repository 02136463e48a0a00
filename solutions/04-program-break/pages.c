// SPDX-License-Identifier: MIT
/*
 * pages.c - memory straight from the system: the program break, mappings, and two processes that share one or do not.
 *
 * Interface: pages.h, which also states the rules that always hold.
 *
 * Rules of this file:
 *   - The system may refuse each of its calls, and each has its own way to say so: see its manual page. Each result is
 *     looked at before it is used, and nothing is changed here before the call has succeeded.
 *   - Sizes are compared before they are added to, never after: a sum that wrapped around looks harmless.
 *   - Memory is counted in bytes, by char * and size_t.
 */
#include "pages.h"

#include <errno.h>
#include <stdint.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#ifdef SOLUTION
/* What sbrk returns on failure. It is mmap's MAP_FAILED, too, but sbrk's has no name in the system's headers. */
#define SBRK_FAILED ((void *)-1)

#endif
/*** Pages ***/

#ifdef SOLUTION
static size_t page_size(void)
{
    return (size_t)sysconf(_SC_PAGESIZE);
}

/* How many bytes are missing from VALUE, a size or an address, up to the next multiple of UNIT. 0 if it is one. */
static size_t missing_to_multiple(uintptr_t value, size_t unit)
{
    size_t over = value % unit;
    return over > 0 ? unit - over : 0;
}

#endif
size_t round_up_to_pages(size_t bytes)
{
#ifdef SOLUTION
    size_t missing = missing_to_multiple(bytes, page_size());
    return bytes <= SIZE_MAX - missing ? bytes + missing : 0;
#else
    (void)bytes;
    return 0;
#endif
}

size_t silent_overrun(const void *block, size_t size)
{
#ifdef SOLUTION
    return missing_to_multiple((uintptr_t)block + size, page_size());
#else
    (void)block;
    (void)size;
    return 0;
#endif
}

/*** The program break ***/

void *grow_break(size_t bytes)
{
#ifdef SOLUTION
    if (bytes > INTPTR_MAX) { /* as an intptr_t it would be negative, and move the break down */
        errno = ENOMEM;
        return NULL;
    }
    void *start = sbrk((intptr_t)bytes);
    return start != SBRK_FAILED ? start : NULL;
#else
    (void)bytes;
    return NULL;
#endif
}

/*** The bump allocator ***/

#ifdef SOLUTION
/* While the allocator is empty, all of these are NULL. Otherwise start <= next <= end. */
static struct {
    char *start; /* where the break was when the allocator was empty */
    char *next;  /* where the last block ends */
    char *end;   /* the break; the bytes from next to here are the reserve */
} bump;

static size_t reserve_bytes(void)
{
    return bump.start != NULL ? (size_t)(bump.end - bump.next) : 0;
}

/* Sees to it that the reserve has BYTES at least. If it returns false, nothing has changed. */
static bool make_room(size_t bytes)
{
    size_t reserve = reserve_bytes();
    if (bytes <= reserve)
        return true;
    size_t more = bytes - reserve > BUMP_CHUNK ? bytes - reserve : BUMP_CHUNK;
    more = round_up_to_pages(more);
    char *fresh = more > 0 ? grow_break(more) : NULL;
    if (fresh == NULL) {
        errno = ENOMEM;
        return false;
    }
    if (bump.start == NULL)
        bump.start = bump.next = fresh;
    bump.end = fresh + more;
    return true;
}

#endif
void *bump_alloc(size_t size)
{
#ifdef SOLUTION
    enum { MOST_PADDING = BUMP_ALIGNMENT - 1 }; /* where the first block may start is known only when there is room */
    if (size == 0)
        return NULL;
    if (size > SIZE_MAX - MOST_PADDING) {
        errno = ENOMEM;
        return NULL;
    }
    if (!make_room(size + MOST_PADDING))
        return NULL;
    char *block = bump.next + missing_to_multiple((uintptr_t)bump.next, BUMP_ALIGNMENT);
    bump.next = block + size;
    return block;
#else
    (void)size;
    return NULL;
#endif
}

void *bump_alloc_zeroed(size_t size)
{
#ifdef SOLUTION
    void *block = bump_alloc(size);
    if (block != NULL)
        memset(block, 0, size); /* pages fresh from the system are 0, but some of these may have been in use before */
    return block;
#else
    (void)size;
    return NULL;
#endif
}

void bump_release(void *block)
{
#ifdef SOLUTION
    if (bump.start == NULL)
        return;
    bump.next = block != NULL ? block : bump.start;
    if (sbrk(bump.next - bump.end) != SBRK_FAILED)
        bump.end = bump.next;
    if (block == NULL)
        bump.start = bump.next = bump.end = NULL;
#else
    (void)block;
#endif
}

/*** Mappings ***/

#ifdef SOLUTION
/* A fresh anonymous mapping; SHARING is MAP_PRIVATE or MAP_SHARED. NULL, with errno set, if the system refuses. */
static void *map(size_t length, int sharing)
{
    void *start = mmap(NULL, length, PROT_READ | PROT_WRITE, sharing | MAP_ANONYMOUS, -1, 0);
    return start != MAP_FAILED ? start : NULL;
}

#endif
void *large_alloc(size_t size)
{
#ifdef SOLUTION
    if (size == 0)
        return NULL;
    size_t length = round_up_to_pages(size);
    if (length == 0) {
        errno = ENOMEM;
        return NULL;
    }
    return map(length, MAP_PRIVATE);
#else
    (void)size;
    return NULL;
#endif
}

int large_free(void *start, size_t size)
{
#ifdef SOLUTION
    return munmap(start, round_up_to_pages(size)); /* a length of 0 is refused with EINVAL, just as it has to be */
#else
    (void)start;
    (void)size;
    return 0;
#endif
}

/*** Isolation ***/

#ifdef SOLUTION
/* What lies in the shared mapping: the cell, and behind it what the child has to tell. */
struct shared_page {
    int cell;
    struct sighting child_before;
    struct sighting child_after;
};

static struct sighting look(const int *private_cell, const int *shared_cell)
{
    return (struct sighting){.private_value = *private_cell, .shared_value = *shared_cell};
}

/* The child's whole life. It must not return: there is a parent who returns already. */
static _Noreturn void live_as_child(int *private_cell, struct shared_page *shared, int value)
{
    shared->child_before = look(private_cell, &shared->cell);
    *private_cell = value;
    shared->cell = value;
    shared->child_after = look(private_cell, &shared->cell);
    _exit(0);
}

/* Steps 1 to 4 in mappings that are there already. False, with errno set, if there was no child that came to its end.
 */
static bool run_both(int *private_cell, struct shared_page *shared, int parents_value, int childs_value,
                     struct isolation *evidence)
{
    int status = 0;
    *private_cell = parents_value;
    shared->cell = parents_value;
    evidence->parent_before = look(private_cell, &shared->cell);
    pid_t child = fork();
    if (child == 0)
        live_as_child(private_cell, shared, childs_value);
    if (child < 0 || waitpid(child, &status, 0) != child || status != 0)
        return false;
    evidence->private_cell = private_cell;
    evidence->shared_cell = &shared->cell;
    evidence->child_before = shared->child_before;
    evidence->child_after = shared->child_after;
    evidence->parent_after = look(private_cell, &shared->cell);
    return true;
}

/* Ends a mapping of one page, or does nothing if START is NULL, as after a failed map. Leaves errno as it is. */
static void unmap_page(void *start)
{
    int error = errno;
    if (start != NULL)
        munmap(start, page_size());
    errno = error;
}

#endif
bool show_isolation(int parents_value, int childs_value, struct isolation *evidence)
{
#ifdef SOLUTION
    int *private_cell = map(page_size(), MAP_PRIVATE);
    struct shared_page *shared = private_cell != NULL ? map(page_size(), MAP_SHARED) : NULL;
    if (shared != NULL && run_both(private_cell, shared, parents_value, childs_value, evidence))
        return true;
    unmap_page(shared);
    unmap_page(private_cell);
    return false;
#else
    (void)parents_value;
    (void)childs_value;
    (void)evidence;
    return false;
#endif
}
