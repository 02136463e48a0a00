// SPDX-License-Identifier: MIT
/*
 * pages.c - asks for the break whenever it matters instead of remembering it, and clears only memory that was in use
 * before.
 */
#include "pages.h"

#include <errno.h>
#include <stdint.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

static const uintptr_t failed = UINTPTR_MAX; /* (void *)-1, as a number */

size_t round_up_to_pages(size_t bytes)
{
    size_t page = (size_t)sysconf(_SC_PAGESIZE), rounded = bytes - bytes % page;
    if (rounded == bytes)
        return bytes;
    return __builtin_add_overflow(rounded, page, &rounded) ? 0 : rounded;
}

size_t silent_overrun(const void *block, size_t size)
{
    size_t end = (uintptr_t)block + size;
    return round_up_to_pages(end) - end;
}

static uintptr_t program_break(void)
{
    return (uintptr_t)sbrk(0);
}

void *grow_break(size_t bytes)
{
    uintptr_t old = bytes > INTPTR_MAX ? failed : (uintptr_t)sbrk((intptr_t)bytes);
    if (old == failed)
        errno = ENOMEM;
    return old == failed ? NULL : (void *)old;
}

/* Addresses, as numbers. All are 0 while the allocator is empty. */
static uintptr_t bottom; /* the break before the first block */
static uintptr_t top;    /* the end of the last block */
static uintptr_t fresh;  /* from here to the break nothing has been written yet: all 0 */

/* The start of a block of SIZE bytes, below the break; 0 if there is no memory. */
static uintptr_t place(size_t size)
{
    uintptr_t old_break = program_break();
    uintptr_t from = bottom == 0 ? old_break : top;
    uintptr_t block = from + (0 - from) % BUMP_ALIGNMENT;
    if (size > INTPTR_MAX - block)
        return 0;
    if (block + size <= old_break)
        return block;
    size_t missing = block + size - old_break;
    if (grow_break(missing + BUMP_CHUNK) == NULL)
        return 0;
    if (bottom == 0) {
        bottom = old_break;
        fresh = old_break + silent_overrun((void *)old_break, 0);
    }
    return block;
}

void *bump_alloc(size_t size)
{
    if (size == 0)
        return NULL;
    uintptr_t block = place(size);
    if (block == 0) {
        errno = ENOMEM;
        return NULL;
    }
    top = block + size;
    if (fresh < top)
        fresh = top;
    return (void *)block;
}

void *bump_alloc_zeroed(size_t size)
{
    uintptr_t clean_from = fresh;
    bool first = bottom == 0;
    void *block = bump_alloc(size);
    if (block == NULL)
        return NULL;
    if (first)
        clean_from = (uintptr_t)block + silent_overrun(block, 0);
    size_t dirty = clean_from > (uintptr_t)block ? clean_from - (uintptr_t)block : 0;
    memset(block, 0, dirty < size ? dirty : size);
    return block;
}

void bump_release(void *block)
{
    if (bottom == 0)
        return;
    uintptr_t keep = block != NULL ? (uintptr_t)block : bottom;
    sbrk((intptr_t)(keep - program_break()));
    uintptr_t page_end = keep + silent_overrun((void *)keep, 0);
    if (fresh > page_end)
        fresh = page_end;
    top = keep;
    if (block == NULL)
        bottom = top = fresh = 0;
}

void *large_alloc(size_t size)
{
    if (size > INTPTR_MAX) {
        errno = ENOMEM;
        return NULL;
    }
    void *start = mmap(NULL, size, PROT_WRITE | PROT_READ, MAP_ANONYMOUS | MAP_PRIVATE, 0, 0);
    return (uintptr_t)start == failed ? NULL : start;
}

int large_free(void *start, size_t size)
{
    return munmap(start, round_up_to_pages(size));
}

struct stage {
    int *private_cell;
    struct {
        int cell;
        struct sighting seen[2];
    } * shared;
};

static struct sighting see(const struct stage *stage)
{
    return (struct sighting){*stage->private_cell, stage->shared->cell};
}

static void child_main(const struct stage *stage, int value)
{
    for (int i = 0; i < 2; i++) {
        stage->shared->seen[i] = see(stage);
        *stage->private_cell = stage->shared->cell = value;
    }
}

static bool play(const struct stage *stage, int parents_value, int childs_value, struct isolation *evidence)
{
    *stage->private_cell = stage->shared->cell = parents_value;
    evidence->private_cell = stage->private_cell;
    evidence->shared_cell = &stage->shared->cell;
    evidence->parent_before = see(stage);
    switch (fork()) {
    case -1:
        return false;
    case 0:
        child_main(stage, childs_value);
        _exit(0);
    default:
        wait(NULL);
    }
    evidence->parent_after = see(stage);
    evidence->child_before = stage->shared->seen[0];
    evidence->child_after = stage->shared->seen[1];
    return true;
}

bool show_isolation(int parents_value, int childs_value, struct isolation *evidence)
{
    size_t page = (size_t)sysconf(_SC_PAGESIZE);
    struct stage stage;
    stage.shared = mmap(NULL, page, PROT_WRITE | PROT_READ, MAP_ANONYMOUS | MAP_SHARED, -1, 0);
    if (stage.shared == MAP_FAILED)
        return false;
    stage.private_cell = large_alloc(page);
    if (stage.private_cell != NULL) {
        if (play(&stage, parents_value, childs_value, evidence))
            return true;
        large_free(stage.private_cell, page);
    }
    munmap(stage.shared, page);
    return false;
}
