// SPDX-License-Identifier: MIT
/*
 * library.h - what lies under the layer of lab 09, and where its reports go. The kit provides these
 * functions.
 *
 * lib_malloc and lib_free are the library's malloc and free under other names, because the layer is
 * meant to take the usual names away from them. As with malloc, nothing but a block's own bytes may
 * be touched, and a block that was given back may be lent again at once, whole or in part.
 */
#ifndef LIBRARY_H
#define LIBRARY_H

#include <stdbool.h>
#include <stddef.h>

struct dbg_report; /* debug_alloc.h */

/*
 * Lends SIZE bytes, aligned to 16. They hold junk. For 0 bytes it returns an address that nobody
 * else has. If there is no memory, returns NULL with errno ENOMEM.
 */
void *lib_malloc(size_t size);

/* Takes BLOCK back, which must come from lib_malloc. Does nothing if BLOCK is NULL. */
void lib_free(void *block);

/* Tells the kit what the layer has found. It copies *REPORT and returns. A real layer would print
 * a message. */
void dbg_report(const struct dbg_report *report);

/* --- for tests only --- */

/* Returns how often dbg_report has been called since the test began. */
size_t lib_reports(void);

/* Stores report number INDEX (from 0) in *REPORT. Returns false if there is none, or if it is older
 * than the last 256. */
bool lib_report_at(size_t index, struct dbg_report *report);

/* Returns what lib_malloc(SIZE) returns: a block that the layer has never seen. */
void *lib_block(size_t size);

#endif
