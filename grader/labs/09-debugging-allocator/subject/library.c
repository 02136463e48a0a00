// SPDX-License-Identifier: MIT
/*
 * library.c - lib_malloc, lib_free and dbg_report (labs/09-debugging-allocator/library.h), as part of the subject.
 *
 * Two allocators can be behind lib_malloc:
 *
 *   the judge's malloc   In a judged test, and in direct mode. It knows who may use each byte, and never lends an
 * address twice. a pool               Where students' own tests run, since there memory comes from mem_sbrk; and in a
 * judged test after lib_reuse. It takes the first place that fits, and splits and merges, so it lends addresses again.
 */
#include "library.h"
#include "debug_alloc.h"
#include "many.h"
#include "memlib.h"

#include <errno.h>
#include <stdint.h>
#include <stdlib.h>

enum { ALIGNMENT = 16, POOL_BYTES = 4 << 20, LARGEST = 1 << 30 };

/* Before each part of the pool's memory. */
struct part {
    _Alignas(ALIGNMENT) size_t bytes; /* with this header */
    size_t lent;                      /* bytes, as requested, plus one; 0: it is free */
};

/* Names that exist only in some programs: direct mode has direct_malloc, and a subject or an implementation has
 * asked_by_tests (subject/subject.h). */
#pragma weak direct_malloc
#pragma weak direct_free
#pragma weak asked_by_tests
void *direct_malloc(size_t size);
void direct_free(void *block);
extern const bool asked_by_tests;

static struct report_log own_log;
static struct report_log *report_log = &own_log;

static bool reuses;
static char *pool, *pool_end;

/*** The pool ***/

static bool has_judge(void)
{
    return direct_malloc || (&asked_by_tests && !asked_by_tests);
}

static void *judges_malloc(size_t size)
{
    return direct_malloc ? direct_malloc(size) : malloc(size);
}

static struct part *part_at(char *address)
{
    return (struct part *)(void *)address;
}

/* Merges the part at AT with the free ones after it. */
static void merge(struct part *part)
{
    char *next = (char *)part + part->bytes;
    while (next < pool_end && part_at(next)->lent == 0) {
        part->bytes += part_at(next)->bytes;
        next = (char *)part + part->bytes;
    }
}

static struct part *first_fit(size_t bytes)
{
    for (char *at = pool; at < pool_end; at += part_at(at)->bytes) {
        struct part *part = part_at(at);
        if (part->lent != 0)
            continue;
        merge(part);
        if (part->bytes >= bytes)
            return part;
    }
    return NULL;
}

/* Adds a free part of BYTES bytes at the pool's end. */
static struct part *grow(size_t bytes)
{
    struct part *part = mem_sbrk((intptr_t)bytes);
    if (part == MEM_SBRK_FAILED)
        return NULL;
    if (!pool)
        pool = (char *)part;
    pool_end = (char *)part + bytes;
    *part = (struct part){.bytes = bytes};
    return part;
}

static void split(struct part *part, size_t bytes)
{
    if (part->bytes - bytes <= sizeof *part)
        return;
    *part_at((char *)part + bytes) = (struct part){.bytes = part->bytes - bytes};
    part->bytes = bytes;
}

static void *pool_malloc(size_t size)
{
    struct part *part = NULL;
    if (size <= LARGEST) {
        size_t bytes = sizeof *part + (size + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
        bytes += size == 0 ? ALIGNMENT : 0;
        part = first_fit(bytes);
        if (!part && !has_judge())
            part = grow(bytes);
        if (part)
            split(part, bytes);
    }
    if (!part) {
        errno = ENOMEM;
        return NULL;
    }
    part->lent = size + 1;
    return part + 1;
}

/*** library.h ***/

void *lib_malloc(size_t size)
{
    return has_judge() && !reuses ? judges_malloc(size) : pool_malloc(size);
}

void lib_free(void *block)
{
    if (!block)
        return;
    if (!has_judge() || reuses)
        ((struct part *)block - 1)->lent = 0;
    else if (direct_free)
        direct_free(block);
    else
        free(block);
}

void dbg_report(const struct dbg_report *report)
{
    report_log->reports[report_log->count++ % REPORTS_KEPT] = *report;
}

size_t lib_reports(void)
{
    return report_log->count;
}

bool lib_report_at(size_t index, struct dbg_report *report)
{
    if (index >= report_log->count || report_log->count - index > REPORTS_KEPT)
        return false;
    *report = report_log->reports[index % REPORTS_KEPT];
    return true;
}

void *lib_block(size_t size)
{
    return lib_malloc(size);
}

/*** many.h ***/

void reports_go_to(struct report_log *log)
{
    report_log = log;
}

void lib_reuse(void)
{
    pool = judges_malloc(POOL_BYTES);
    if (!pool)
        abort();
    pool_end = pool + POOL_BYTES;
    *part_at(pool) = (struct part){.bytes = POOL_BYTES};
    reuses = true;
}

size_t lib_bytes(void)
{
    size_t bytes = 0;
    for (char *at = pool; at < pool_end; at += part_at(at)->bytes)
        bytes += part_at(at)->lent != 0 ? part_at(at)->lent - 1 : 0;
    return bytes;
}
