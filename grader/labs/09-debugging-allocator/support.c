// SPDX-License-Identifier: MIT
/*
 * support.c - what the tests of lab 09 share (support.h).
 */
#include "support.h"

#include <stdio.h>

const char *list_c, *tree_c;

/* Of the running test. Each test runs in a process of its own. */
static struct report_log *report_log;
static struct dbg_stats *room_for_stats;
static size_t seen;                /* reports that were looked at */
static struct dbg_place call_made; /* by free_at and the like */

void set_up(void)
{
    list_c = put_string("list.c");
    tree_c = put_string("tree.c");
    report_log = put(NULL, sizeof *report_log, "log", NULL);
    room_for_stats = put(NULL, sizeof *room_for_stats, "stats", NULL);
    seen = 0;
    reports_go_to(report_log);
}

/*** Calls that must succeed ***/

void expect_guarded(const char *found, size_t size, const char *function)
{
    struct heap_block first, last;
    expect_pointer_set(found, "%s should return a block while there is memory", function);
    expect_aligned(found, DBG_ALIGNMENT, "%s should return an aligned payload", function);
    bool before = heap_find(found - DBG_GUARD_BYTES, &first) && first.live;
    bool after = heap_find(found + size + DBG_GUARD_BYTES - 1, &last) && last.live;
    bool payload = size == 0 || (heap_find(found, &last) && last.live);
    expect(payload, "the payload that %s returns should lie in memory that lib_malloc has lent", function);
    expect(before, "the %d bytes before the payload are its guard: they should be memory that lib_malloc has lent",
           DBG_GUARD_BYTES);
    expect(after && last.start == first.start,
           "the payload and the %d bytes after it, its guard, should lie in the same memory as the guard before it",
           DBG_GUARD_BYTES);
}

struct block allocate_simply(size_t size, int line)
{
    struct block block = {.size = size, .allocated = {list_c, line}};
    block.payload = dbg_malloc(size, list_c, line);
    expect_pointer_set(block.payload, "dbg_malloc should return a block while there is memory");
    return block;
}

struct block allocate(size_t size, int line)
{
    struct block block = allocate_simply(size, line);
    expect_guarded(block.payload, size, "dbg_malloc");
    return block;
}

void release(struct block *block, int line)
{
    free_at(block->payload, line);
    block->freed = call_made;
    expect_no_report("the block is in use and its guards are intact");
}

/*** Calls that report ***/

void at_line(int line)
{
    call_made = (struct dbg_place){tree_c, line};
}

void free_at(void *pointer, int line)
{
    at_line(line);
    dbg_free(pointer, tree_c, line);
}

void check_at(int line, size_t count)
{
    at_line(line);
    size_t found = dbg_check(tree_c, line);
    expect_size(report_log->count - seen, count, "dbg_check should report each changed guard, and each once");
    expect_size(found, count, "dbg_check should return the number of its reports");
}

void leaks_at(int line, size_t count)
{
    at_line(line);
    size_t found = dbg_leaks(tree_c, line);
    expect_size(report_log->count - seen, count, "dbg_leaks should report each block in use, and each once");
    expect_size(found, count, "dbg_leaks should return the number of its reports");
}

static const char *kind_name(enum dbg_kind kind)
{
    static const char *const names[] = {"no known kind",   "DBG_WILD_FREE", "DBG_FOREIGN_FREE", "DBG_INTERIOR_FREE",
                                        "DBG_DOUBLE_FREE", "DBG_UNDERRUN",  "DBG_OVERRUN",      "DBG_LEAK"};
    return names[(unsigned)kind <= DBG_LEAK ? kind : 0];
}

static bool is_place(struct dbg_place found, struct dbg_place expected)
{
    return found.file == expected.file && found.line == expected.line;
}

/* In static memory; the last two results stay. Reads no file name but the test's own. */
static const char *place_text(struct dbg_place place)
{
    static char text[2][64];
    static unsigned next;
    char *room = text[next++ % 2];
    const char *file = place.file == list_c || place.file == tree_c ? place.file
                       : place.file == NULL                         ? "NULL"
                                                                    : "another pointer";
    snprintf(room, sizeof text[0], "%s:%d", file, place.line);
    return room;
}

static void compare_places(struct dbg_place found, struct dbg_place expected, const char *what, const char *field)
{
    if (!is_place(found, expected))
        fail_compare(place_text(expected), place_text(found), "%s: the report's field `%s` should name the line", what,
                     field);
}

static void compare_block(const struct dbg_report *found, const struct block *block, const char *what)
{
    expect_pointer(found->block, block ? block->payload : NULL,
                   block ? "%s: the report should name the block concerned" : "%s: the report concerns no block", what);
    expect_size(found->size, block ? block->size : 0, "%s: the report should give the size of the block concerned",
                what);
}

/* The next report; fails the test if there is none. */
static const struct dbg_report *next_report(const char *what)
{
    expect(report_log->count > seen, "%s: this should be reported with dbg_report", what);
    return &report_log->reports[seen++ % REPORTS_KEPT];
}

void expect_report(enum dbg_kind kind, const void *pointer, const struct block *block, unsigned fields,
                   const char *what)
{
    const struct dbg_report *found = next_report(what);
    if (found->kind != kind)
        fail_compare(kind_name(kind), kind_name(found->kind), "%s: the report should be of the right kind", what);
    if (fields & POINTER) {
        ptrdiff_t offset = block ? (const char *)pointer - block->payload : 0;
        expect_pointer(found->pointer, pointer, "%s: the report should give the right pointer", what);
        expect_int(found->offset, offset, "%s: the report's offset should be POINTER - BLOCK, or 0 without a block",
                   what);
    }
    if (fields & AT)
        compare_places(found->at, call_made, what, "at");
    if (fields & BLOCK)
        compare_block(found, block, what);
    struct block none = {0};
    if (fields & ALLOCATED)
        compare_places(found->allocated, (block ? block : &none)->allocated, what, "allocated");
    if (fields & FREED)
        compare_places(found->freed, (block ? block : &none)->freed, what, "freed");
}

const struct dbg_report *report_at(size_t index)
{
    expect(index < report_log->count, "there should be more than %zu reports", index);
    seen = report_log->count;
    return &report_log->reports[index % REPORTS_KEPT];
}

void expect_no_report(const char *what)
{
    if (report_log->count == seen)
        return;
    const struct dbg_report *found = next_report(what);
    fail_compare("no report", kind_name(found->kind), "%s: nothing should be reported", what);
}

/*** Statistics ***/

struct dbg_stats stats_now(void)
{
    memset(room_for_stats, 0xCC, sizeof *room_for_stats);
    dbg_get_stats(room_for_stats);
    return *room_for_stats;
}

void expect_same_stats(const struct dbg_stats *before, const char *what)
{
    struct dbg_stats now = stats_now();
    expect_size(now.blocks, before->blocks, "%s should not change the count of blocks in use", what);
    expect_size(now.bytes, before->bytes, "%s should not change the count of bytes in use", what);
    expect_size(now.total_blocks, before->total_blocks, "%s should not change total_blocks", what);
    expect_size(now.total_bytes, before->total_bytes, "%s should not change total_bytes", what);
    expect_pointer(now.lowest, before->lowest, "%s should not change the lowest address", what);
    expect_pointer(now.highest, before->highest, "%s should not change the highest address", what);
}

/*** Changes to guards ***/

void damage(char *pointer, ptrdiff_t offset)
{
    tell("%s[%td] ^= 1;", name_of(pointer), offset);
    pointer[offset] = (char)(pointer[offset] ^ 1);
}

void mend(char *pointer, char byte)
{
    tell("/* now that byte is again what it was */");
    *pointer = byte;
}
