// SPDX-License-Identifier: MIT
/*
 * rep.h - traces of allocations in the published CS:APP text format (rep.c).
 *
 * Four numbers (a suggested heap size, the number of ids, the number of operations, a weight), then one line per
 * operation: "a ID SIZE" (allocate), "r ID SIZE" (reallocate) or "f ID" (free). Ids count from 0; one that was freed
 * may be allocated again. "f -1" frees NULL. Some courses put a weight first and something else last, so only the two
 * middle numbers of the header are used. A file that starts with an operation has no header (the .script files of some
 * courses).
 *
 * What counts is words, not lines, as in the driver's scanner: a number that is missing keeps the value it had in the
 * operation before. Comments reach from # to the end of the line.
 */
#ifndef HEAPLAB_REP_H
#define HEAPLAB_REP_H

#include <stddef.h>
#include <stdint.h>

enum rep_kind { REP_ALLOCATE, REP_REALLOCATE, REP_FREE };

struct rep_operation {
    enum rep_kind kind;
    uint32_t id;
    uint32_t line; /* of the file, from 1 */
    size_t size;   /* 0 for REP_FREE */
};

#define REP_NO_ID UINT32_MAX /* of a free of NULL */

struct rep_trace {
    uint32_t ids;
    uint32_t operations;
    uint32_t weight;
    struct rep_operation *operation; /* owned */
};

/* Reads PATH. Returns NULL on success. Otherwise returns a sentence that says what is wrong, with file and line, for
 * the caller to free; the trace is then empty. Checks the counts, and that an id is allocated before it is used, not
 * allocated twice without a free, and not used after its free. */
char *rep_read(const char *path, struct rep_trace *trace);

void rep_clear(struct rep_trace *trace);

#endif
