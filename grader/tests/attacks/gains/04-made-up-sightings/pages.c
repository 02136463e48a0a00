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

/* What sbrk returns on failure. The system's headers have no name for it, as they do for mmap. */
#define SBRK_FAILED ((void *)-1)

/*** Pages ***/

static size_t page_size(void)
{
    return (size_t)sysconf(_SC_PAGESIZE);
}

/* The bytes from VALUE, a size or an address, up to the next multiple of UNIT; 0 if it is one. */
static size_t missing_to_multiple(uintptr_t value, size_t unit)
{
    size_t over = value % unit;
    return over > 0 ? unit - over : 0;
}

size_t round_up_to_pages(size_t bytes)
{
    size_t missing = missing_to_multiple(bytes, page_size());
    return bytes <= SIZE_MAX - missing ? bytes + missing : 0;
}

size_t silent_overrun(const void *block, size_t size)
{
    return missing_to_multiple((uintptr_t)block + size, page_size());
}

/*** The program break ***/

void *grow_break(size_t bytes)
{
    if (bytes > INTPTR_MAX) { /* as an intptr_t it would be negative and move the break down */
        errno = ENOMEM;
        return NULL;
    }
    void *start = sbrk((intptr_t)bytes);
    return start != SBRK_FAILED ? start : NULL;
}

/*** The bump allocator ***/

/* All three are NULL while the allocator is empty. Otherwise start <= next <= end. */
static struct {
    char *start; /* where the break was when the allocator was empty */
    char *next;  /* the end of the last block */
    char *end;   /* the break; the bytes from next to here are the reserve */
} bump;

static size_t reserve_bytes(void)
{
    return bump.start != NULL ? (size_t)(bump.end - bump.next) : 0;
}

/* Makes sure that the reserve has at least BYTES. If it returns false, nothing has changed. */
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

void *bump_alloc(size_t size)
{
    /* The most padding: where the first block starts is known only once the break has moved. */
    enum { MOST_PADDING = BUMP_ALIGNMENT - 1 };
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
}

void *bump_alloc_zeroed(size_t size)
{
    void *block = bump_alloc(size);
    if (block != NULL)
        memset(block, 0, size); /* fresh pages are 0, but this memory may have been in use before */
    return block;
}

void bump_release(void *block)
{
    if (bump.start == NULL)
        return;
    bump.next = block != NULL ? block : bump.start;
    if (sbrk(bump.next - bump.end) != SBRK_FAILED)
        bump.end = bump.next;
    if (block == NULL)
        bump.start = bump.next = bump.end = NULL;
}

/*** Mappings ***/

/* Makes an anonymous mapping. SHARING is MAP_PRIVATE or MAP_SHARED. NULL with errno on failure. */
static void *map(size_t length, int sharing)
{
    void *start = mmap(NULL, length, PROT_READ | PROT_WRITE, sharing | MAP_ANONYMOUS, -1, 0);
    return start != MAP_FAILED ? start : NULL;
}

void *large_alloc(size_t size)
{
    if (size == 0)
        return NULL;
    size_t length = round_up_to_pages(size);
    if (length == 0) {
        errno = ENOMEM;
        return NULL;
    }
    return map(length, MAP_PRIVATE);
}

int large_free(void *start, size_t size)
{
    return munmap(start, round_up_to_pages(size)); /* it refuses a length of 0 with EINVAL for us */
}

/*** Isolation ***/

/* The layout of the shared mapping: the cell, then the child's report. */
struct shared_page {
    int cell;
    struct sighting child_before;
    struct sighting child_after;
};

static struct sighting look(const int *private_cell, const int *shared_cell)
{
    return (struct sighting){.private_value = *private_cell, .shared_value = *shared_cell};
}

/* All that the child does. It must not return, because the parent will. */
static _Noreturn void live_as_child(int *private_cell, struct shared_page *shared, int value)
{
    (void)private_cell;
    (void)shared;
    (void)value;
    _exit(0); /* the child does none of its work */
}

/* Steps 2 to 4. VALUE is the child's. False with errno set if there was no child. */
static bool run(int *private_cell, struct shared_page *shared, int value, struct isolation *seen)
{
    int status = 0;
    seen->parent_before = look(private_cell, &shared->cell);
    pid_t child = fork();
    if (child == 0)
        live_as_child(private_cell, shared, value);
    if (child < 0 || waitpid(child, &status, 0) != child || status != 0)
        return false;
    seen->private_cell = private_cell;
    seen->shared_cell = &shared->cell;
    /* The child has ended at once. Its sightings are what they would have been. */
    shared->cell = value;
    seen->child_before = seen->parent_before;
    seen->child_after = (struct sighting){.private_value = value, .shared_value = value};
    seen->parent_after = look(private_cell, &shared->cell);
    return true;
}

/* Ends a mapping of one page. Does nothing if START is NULL, as after a failed map. Keeps errno. */
static void unmap_page(void *start)
{
    int error = errno;
    if (start != NULL)
        munmap(start, page_size());
    errno = error;
}

bool show_isolation(int parents_value, int childs_value, struct isolation *evidence)
{
    int *private_cell = map(page_size(), MAP_PRIVATE);
    struct shared_page *shared = private_cell != NULL ? map(page_size(), MAP_SHARED) : NULL;
    if (shared != NULL) {
        *private_cell = parents_value;
        shared->cell = parents_value;
        if (run(private_cell, shared, childs_value, evidence))
            return true;
    }
    unmap_page(shared);
    unmap_page(private_cell);
    return false;
}
