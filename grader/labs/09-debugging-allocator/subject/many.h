// SPDX-License-Identifier: MIT
/*
 * many.h - for the judge's tests: thousands of calls in one, and a library that lends addresses again (library.c,
 * many.c).
 */
#ifndef MANY_H
#define MANY_H

#include "debug_alloc.h"
#include "library.h"

enum { MOST_KEPT = 12000, REPORTS_KEPT = 256 };

/* Of the reports so far, the last ones: number i, from 0, is in slot i % REPORTS_KEPT. */
struct report_log {
    size_t count;
    struct dbg_report reports[REPORTS_KEPT];
};

/* From now on reports go to LOG, which a test has put where both sides can see it: so it reads them without a call. */
void reports_go_to(struct report_log *log);

/* From now on lib_malloc takes the first place that fits, also where memory was given back. To be called before any
 * memory is lent. (The judge's malloc, which answers otherwise, never lends an address twice.) */
void lib_reuse(void);

/* The bytes that lib_malloc has lent at the moment, as requested. Only after lib_reuse. */
size_t lib_bytes(void);

/* Allocates COUNT blocks of SIZE bytes, at FILE and the lines from LINE on, and keeps their addresses. Returns how many
 * it got. */
size_t allocate_many(size_t count, size_t size, const char *file, int line);

/* Frees them, the oldest first, at FILE and LINE. Returns how many there were. */
size_t free_many(const char *file, int line);

/* Frees COUNT of them, or all that are left, the oldest first. Returns how many. */
size_t free_some(size_t count, const char *file, int line);

/* Allocates a block of SIZE bytes and frees it at once, COUNT times, at FILE and the lines from
 * LINE on. Returns how many different addresses it got, or 0 if it once got none. */
size_t come_and_go(size_t count, size_t size, const char *file, int line);

/* The same with blocks of SIZE to SIZE + 6 bytes. */
size_t come_and_go_in_sizes(size_t count, size_t size, const char *file, int line);

/* As come_and_go, but all at FILE and LINE; the addresses are not looked at. Returns how many it got. */
size_t come_and_go_at(size_t count, size_t size, const char *file, int line);

/* COUNT requests for more than there can be, at FILE and LINE. */
void refuse_many(size_t count, const char *file, int line);

#endif
