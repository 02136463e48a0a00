// SPDX-License-Identifier: MIT
/*
 * support.h - what the tests of lab 09 share (support.c): blocks and the lines that made them, and what was reported.
 */
#ifndef SUPPORT_H
#define SUPPORT_H

#include "heaplab/test.h"

#include "debug_alloc.h"
#include "library.h"
#include "subject/many.h"

/* A block as the test knows it. Blocks are allocated in list.c; everything else happens in tree.c. */
struct block {
    char *payload;
    size_t size;
    struct dbg_place allocated;
    struct dbg_place freed;
};

extern const char *list_c, *tree_c;

/* Runs before each test: puts the file names, and room for results, where both sides can see them. */
void set_up(void);

/*** Calls that must succeed, and must report nothing ***/

/* dbg_malloc(SIZE, "list.c", LINE): aligned, and its guards lie in memory from lib_malloc. */
struct block allocate(size_t size, int line);

/* The same, but of its result only whether it is NULL is looked at. */
struct block allocate_simply(size_t size, int line);

/* dbg_free of BLOCK at tree.c and LINE, which is written down as the place where it was freed. */
void release(struct block *block, int line);

/* FOUND is aligned, and it and the guards around it lie in one block from lib_malloc. */
void expect_guarded(const char *found, size_t size, const char *function);

/*** Calls that report ***/

/* dbg_free(POINTER) at tree.c and LINE. */
void free_at(void *pointer, int line);

/* What of a report is looked at, besides its kind. */
enum field {
    ONLY_KIND = 0,
    POINTER = 1,   /* and the offset */
    AT = 2,        /* where the last call of free_at, check_at or leaks_at was */
    BLOCK = 4,     /* the block concerned, and its size */
    ALLOCATED = 8, /* where it was allocated */
    FREED = 16,    /* and freed */
};

/* The next report, of those that were not looked at yet, is of KIND; FIELDS of it are as POINTER and BLOCK say. BLOCK
 * may be NULL. WHAT is the first half of a sentence: "a is freed twice". */
void expect_report(enum dbg_kind kind, const void *pointer, const struct block *block, unsigned fields,
                   const char *what);

/* Report number INDEX, from 0, which must be one of the last REPORTS_KEPT; all reports count as looked at. */
const struct dbg_report *report_at(size_t index);

/* There is no report that was not looked at yet. */
void expect_no_report(const char *what);

/* From now on calls are at tree.c and LINE. */
void at_line(int line);

/* dbg_check and dbg_leaks at tree.c and LINE. They must return COUNT. */
void check_at(int line, size_t count);
void leaks_at(int line, size_t count);

/*** Statistics ***/

struct dbg_stats stats_now(void);

/* Nothing counted has changed since BEFORE. WHAT: "a bad dbg_free". */
void expect_same_stats(const struct dbg_stats *before, const char *what);

/*** Changes to guards ***/

/* Changes the byte at POINTER + OFFSET to something else, with a line in the story. */
void damage(char *pointer, ptrdiff_t offset);

/* Changes the byte at POINTER to BYTE, which it was before. */
void mend(char *pointer, char byte);

/* Each adds the tests of one file. */
void add_blocks(struct suite *suite);
void add_frees(struct suite *suite);
void add_guards(struct suite *suite);
void add_resizing(struct suite *suite);
void add_hitters(struct suite *suite);
void add_crowds(struct suite *suite);

#endif
