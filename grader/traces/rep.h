// SPDX-License-Identifier: MIT
/*
 * rep.h - traces of allocations in the published CS:APP text format (rep.c).
 *
 * Four numbers, one a line: a suggested heap size, the number of ids, the number of operations, a weight; then a line
 * an operation, "a ID SIZE" (allocate), "r ID SIZE" (reallocate) or "f ID" (free). Ids count from 0.
 */
#ifndef HEAPLAB_REP_H
#define HEAPLAB_REP_H

#include <stddef.h>
#include <stdint.h>

enum rep_kind { REP_ALLOCATE, REP_REALLOCATE, REP_FREE };

struct rep_operation {
    enum rep_kind kind;
    uint32_t id;
    size_t size; /* 0 for REP_FREE */
};

struct rep_trace {
    uint32_t ids;
    uint32_t operations;
    uint32_t weight;
    struct rep_operation *operation; /* owned */
};

/* Reads PATH. Returns NULL if all is well, or a sentence with file and line of what is wrong, for the caller to free;
 * the trace is then empty. Checked: the counts, that an id is allocated once and before it is used, and not used after
 * its free. */
char *rep_read(const char *path, struct rep_trace *trace);

void rep_clear(struct rep_trace *trace);

#endif
