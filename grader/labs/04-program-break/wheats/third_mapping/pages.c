// SPDX-License-Identifier: MIT
/*
 * pages.c - brings the break to the start of a page first and keeps it there; asks for less when the system refuses
 * much; lets the child report through a mapping of its own.
 */
#include "pages.h"

#include <errno.h>
#include <stdint.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

static size_t page(void)
{
    return (size_t)sysconf(_SC_PAGESIZE);
}

size_t round_up_to_pages(size_t bytes)
{
    size_t pages = bytes / page() + (bytes % page() != 0);
    return pages > SIZE_MAX / page() ? 0 : pages * page();
}

size_t silent_overrun(const void *block, size_t size)
{
    size_t into_page = ((uintptr_t)block + size) % page();
    return into_page == 0 ? 0 : page() - into_page;
}

void *grow_break(size_t bytes)
{
    void *old = (void *)-1;
    if (bytes <= INTPTR_MAX)
        old = sbrk((intptr_t)bytes);
    if (old != (void *)-1)
        return old;
    errno = ENOMEM;
    return NULL;
}

static char *origin;   /* the break before the first block */
static char *first;    /* where the first block may start: a page */
static char *position; /* where the next block may start, aligned */
static char *limit;    /* the break */

/* Makes the heap: an empty one, at the start of a page. */
static bool open_heap(void)
{
    origin = grow_break(0);
    size_t gap = silent_overrun(origin, 0);
    if (gap > 0 && grow_break(gap) == NULL)
        return false;
    first = position = limit = origin + gap;
    return true;
}

static void close_heap(void)
{
    sbrk(origin - limit);
    origin = first = position = limit = NULL;
}

/* Much at once if possible, and as little as will do if not. */
static bool extend(size_t needed)
{
    size_t wanted[] = {round_up_to_pages(needed > 2 * BUMP_CHUNK ? needed : 2 * BUMP_CHUNK), round_up_to_pages(needed)};
    for (int i = 0; i < 2; i++)
        if (wanted[i] != 0 && grow_break(wanted[i]) != NULL) {
            limit += wanted[i];
            return true;
        }
    errno = ENOMEM;
    return false;
}

void *bump_alloc(size_t size)
{
    if (size == 0 || (origin == NULL && !open_heap()))
        return NULL;
    size_t room = (size_t)(limit - position);
    if (size > room && !extend(size - room)) {
        if (position == first)
            close_heap();
        errno = ENOMEM;
        return NULL;
    }
    char *block = position;
    size_t over = size % BUMP_ALIGNMENT;
    position += size;
    if (over != 0)
        position += BUMP_ALIGNMENT - over; /* the break is at a page, so this cannot pass it */
    return block;
}

void *bump_alloc_zeroed(size_t size)
{
    void *block = bump_alloc(size);
    return block == NULL ? NULL : memset(block, 0, size);
}

void bump_release(void *block)
{
    if (origin == NULL)
        return;
    if (block == NULL) {
        close_heap();
        return;
    }
    char *keep = (char *)block + silent_overrun(block, 0);
    if (keep < limit) {
        sbrk(-(intptr_t)(limit - keep));
        limit = keep;
    }
    position = block;
}

void *large_alloc(size_t size)
{
    size_t length = round_up_to_pages(size);
    if (length == 0) {
        errno = ENOMEM;
        return NULL;
    }
    void *start = mmap(NULL, length, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    if (start != MAP_FAILED)
        return start;
    errno = ENOMEM;
    return NULL;
}

int large_free(void *start, size_t size)
{
    size_t length = round_up_to_pages(size);
    if (length == 0 || (uintptr_t)start % page() != 0) {
        errno = EINVAL;
        return -1;
    }
    return munmap(start, length);
}

static void *shared_page(void)
{
    void *start = mmap(NULL, page(), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    return start == MAP_FAILED ? NULL : start;
}

static void look(const struct isolation *where, struct sighting *seen)
{
    seen->private_value = *where->private_cell;
    seen->shared_value = *where->shared_cell;
}

static void give_back(void *start)
{
    if (start != NULL)
        munmap(start, page());
}

bool show_isolation(int parents_value, int childs_value, struct isolation *evidence)
{
    struct isolation all = {.private_cell = large_alloc(sizeof(int)), .shared_cell = NULL};
    struct isolation *report = NULL;
    if (all.private_cell != NULL && (all.shared_cell = shared_page()) != NULL)
        report = shared_page();
    if (report == NULL)
        goto refused;
    *all.private_cell = *all.shared_cell = parents_value;
    look(&all, &all.parent_before);
    pid_t child = fork();
    if (child < 0)
        goto refused;
    if (child == 0) {
        look(&all, &report->child_before);
        *all.shared_cell = *all.private_cell = childs_value;
        look(&all, &report->child_after);
        _exit(0);
    }
    int status;
    while (waitpid(child, &status, 0) < 0 && errno == EINTR)
        continue;
    look(&all, &all.parent_after);
    all.child_before = report->child_before;
    all.child_after = report->child_after;
    munmap(report, page());
    *evidence = all;
    return true;
refused:;
    int error = errno;
    give_back(report);
    give_back(all.shared_cell);
    give_back(all.private_cell);
    errno = error;
    return false;
}
