// SPDX-License-Identifier: MIT
/*
 * pages.c - as brk_and_offsets, but asks for the page size only once, and waits for the child by looking again and
 * again.
 */
#include "pages.h"

#include <errno.h>
#include <stdint.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

static size_t mask(void)
{
    static size_t known;
    if (known == 0)
        known = (size_t)sysconf(_SC_PAGE_SIZE) - 1;
    return known;
}

size_t round_up_to_pages(size_t bytes)
{
    return (bytes + mask()) & ~mask(); /* what wraps around becomes 0 */
}

size_t silent_overrun(const void *block, size_t size)
{
    const char *last = (const char *)block + size - 1;
    return mask() - ((uintptr_t)last & mask());
}

void *grow_break(size_t bytes)
{
    uintptr_t now = (uintptr_t)sbrk(0);
    if (bytes > INTPTR_MAX || bytes > UINTPTR_MAX - now) {
        errno = ENOMEM;
        return NULL;
    }
    if (bytes > 0 && brk((void *)(now + bytes)) != 0)
        return NULL;
    return (void *)now;
}

static uintptr_t origin;     /* the break before the first block; 0 while there is none */
static size_t used;          /* bytes from origin to the end of the last block */
static size_t size_of_chunk; /* bytes from origin to the break */

static size_t to_alignment(size_t bytes)
{
    size_t over = (origin + bytes) % BUMP_ALIGNMENT;
    return over == 0 ? bytes : bytes + BUMP_ALIGNMENT - over;
}

/* Moves the break to the start of the first page that is BYTES or more above origin. */
static bool set_chunk(size_t bytes)
{
    uintptr_t end = round_up_to_pages(origin + bytes);
    if (end < origin + bytes || brk((void *)end) != 0) {
        errno = ENOMEM;
        return false;
    }
    size_of_chunk = end - origin;
    return true;
}

void *bump_alloc(size_t size)
{
    if (size == 0)
        return NULL;
    bool empty = origin == 0;
    if (empty)
        origin = (uintptr_t)sbrk(0);
    size_t start = to_alignment(used);
    bool ok = size < (size_t)INTPTR_MAX;
    if (!ok)
        errno = ENOMEM;
    if (ok && start + size > size_of_chunk)
        ok = set_chunk(start + size + BUMP_CHUNK);
    if (!ok) {
        if (empty)
            origin = 0;
        return NULL;
    }
    used = start + size;
    return (void *)(origin + start);
}

void *bump_alloc_zeroed(size_t size)
{
    char *block = bump_alloc(size);
    for (size_t i = 0; block != NULL && i < size; i++)
        block[i] = 0;
    return block;
}

void bump_release(void *block)
{
    if (origin == 0)
        return;
    if (block != NULL) {
        used = (uintptr_t)block - origin;
        set_chunk(used);
        return;
    }
    brk((void *)origin);
    origin = 0;
    used = size_of_chunk = 0;
}

void *large_alloc(size_t size)
{
    void *start = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    return start == MAP_FAILED ? NULL : start;
}

int large_free(void *start, size_t size)
{
    return munmap(start, size);
}

bool show_isolation(int parents_value, int childs_value, struct isolation *evidence)
{
    size_t page = mask() + 1;
    volatile int *cells[2] = {NULL, NULL};
    static const int sharing[2] = {MAP_PRIVATE, MAP_SHARED};
    for (int i = 0; i < 2; i++) {
        void *start = mmap(NULL, page, PROT_READ | PROT_WRITE, sharing[i] | MAP_ANONYMOUS, -1, 0);
        if (start == MAP_FAILED) {
            if (i == 1)
                munmap((void *)cells[0], page);
            return false;
        }
        cells[i] = start;
        *cells[i] = parents_value;
    }
    volatile struct sighting *report = (volatile struct sighting *)(cells[1] + 1);
    evidence->parent_before = (struct sighting){*cells[0], *cells[1]};
    pid_t child = fork();
    if (child < 0) {
        munmap((void *)cells[0], page);
        munmap((void *)cells[1], page);
        errno = EAGAIN;
        return false;
    }
    if (child == 0) {
        report[0] = (struct sighting){*cells[0], *cells[1]};
        *cells[0] = *cells[1] = childs_value;
        report[1] = (struct sighting){*cells[0], *cells[1]};
        _exit(0);
    }
    while (waitpid(child, NULL, WNOHANG) == 0)
        continue;
    *evidence = (struct isolation){.private_cell = (int *)cells[0],
                                   .shared_cell = (int *)cells[1],
                                   .parent_before = evidence->parent_before,
                                   .child_before = report[0],
                                   .child_after = report[1],
                                   .parent_after = {*cells[0], *cells[1]}};
    return true;
}
