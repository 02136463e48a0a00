// SPDX-License-Identifier: MIT
/*
 * frees.c - tests of dbg_free with pointers that it must report: which kind of error it is, and which lines have to do
 * with it.
 */
#include "support.h"

#include <limits.h>

/* Frees POINTER at LINE, which must be reported as KIND, once, and change nothing. */
static void free_badly(void *pointer, int line, enum dbg_kind kind, const char *what)
{
    struct dbg_stats before = stats_now();
    free_at(pointer, line);
    expect_report(kind, pointer, NULL, ONLY_KIND, what);
    expect_no_report("one bad call of dbg_free is reported once");
    expect_same_stats(&before, "a bad dbg_free");
}

/*** Freed twice ***/

START_TEST(double_free_is_reported)
{
    struct block a = allocate_simply(100, 10), b = allocate_simply(20, 11);
    release(&a, 30);
    free_badly(a.payload, 31, DBG_DOUBLE_FREE, "a was freed before");
    free_badly(a.payload, 32, DBG_DOUBLE_FREE, "a was freed before, and is freed a third time");
    release(&b, 33);
    free_badly(b.payload, 34, DBG_DOUBLE_FREE, "b was freed before");
    struct block c = allocate_simply(0, 12);
    release(&c, 35);
    free_badly(c.payload, 36, DBG_DOUBLE_FREE, "c, a block of 0 bytes, was freed before");
}
END_TEST

START_TEST(double_free_names_both_places)
{
    unsigned all = POINTER | AT | BLOCK | ALLOCATED | FREED;
    struct block a = allocate_simply(100, 10), b = allocate_simply(20, 11);
    release(&b, 30);
    release(&a, 31);
    free_at(b.payload, 32);
    expect_report(DBG_DOUBLE_FREE, b.payload, &b, all, "b was freed in line 30, and again in line 32");
    free_at(a.payload, 33);
    expect_report(DBG_DOUBLE_FREE, a.payload, &a, all, "a was freed in line 31, and again in line 33");
    free_at(b.payload, 34);
    expect_report(DBG_DOUBLE_FREE, b.payload, &b, all, "b was freed in line 30; line 32 did not free it");
    struct block c = allocate_simply(30, 70000);
    release(&c, 80000);
    free_at(c.payload, 90000);
    expect_report(DBG_DOUBLE_FREE, c.payload, &c, all, "c comes from line 70000, and was freed in 80000 and 90000");
    struct block d = allocate_simply(30, 16777226);
    release(&d, 33554443);
    free_at(d.payload, 50331660);
    expect_report(DBG_DOUBLE_FREE, d.payload, &d, all, "lines of a file that a program has written are large numbers");
    struct block e = allocate_simply(30, INT_MAX - 2);
    release(&e, INT_MAX - 1);
    free_at(e.payload, INT_MAX);
    expect_report(DBG_DOUBLE_FREE, e.payload, &e, all, "a line may be any int that is 1 or more");
}
END_TEST

START_TEST(freed_blocks_are_remembered)
{
    enum { OTHERS = 300 };
    struct block first = allocate_simply(100, 10), last = first;
    release(&first, 30);
    story_quiet();
    for (int i = 0; i < OTHERS; i++) {
        last = allocate_simply(100, 11);
        if (i % 3 != 0)
            release(&last, 31);
    }
    story_aloud();
    allocate_simply(100, 12);
    tell("/* %d other blocks are allocated, and two thirds of them freed */", OTHERS);
    free_at(first.payload, 32);
    expect_report(DBG_DOUBLE_FREE, first.payload, &first, BLOCK | ALLOCATED | FREED,
                  "a was freed long ago, but its address is not in use again");
    free_at(last.payload, 33);
    expect_report(DBG_DOUBLE_FREE, last.payload, &last, BLOCK | ALLOCATED | FREED, "the last of the others was freed");
}
END_TEST

START_TEST(address_lent_again_is_new)
{
    tell("/* from here on lib_malloc takes the first place that fits */");
    lib_reuse();
    struct block a = allocate_simply(100, 10);
    for (int round = 0; round < 3; round++) {
        struct block b = a;
        release(&a, 30 + round);
        a = allocate_simply(60 + (size_t)round, 11 + round);
        if (a.payload != b.payload)
            continue; /* that layer puts its blocks elsewhere */
        leaks_at(40, 1);
        expect_report(DBG_LEAK, a.payload, &a, BLOCK | ALLOCATED | FREED,
                      "this address is in use again, for another block");
    }
    release(&a, 50);
    free_at(a.payload, 51);
    expect_report(DBG_DOUBLE_FREE, a.payload, &a, BLOCK | ALLOCATED | FREED,
                  "the youngest block at this address was freed in line 50");
    const char *same = put_string("list.c");
    struct block c = {.size = a.size, .allocated = {same, a.allocated.line}};
    c.payload = dbg_malloc(c.size, same, a.allocated.line);
    tell("/* that file name is equal to the one before, but not the same pointer */");
    leaks_at(52, 1);
    expect_report(DBG_LEAK, c.payload, &c, BLOCK | ALLOCATED | FREED,
                  "the layer passes on the pointer that came with this block");
    release(&c, 53);
    expect_no_report("each block was freed once but for the last one");
}
END_TEST

/*** Inside ***/

START_TEST(interior_free_is_reported)
{
    struct block a = allocate_simply(100, 10), b = allocate_simply(40, 11);
    fill(a.payload, 0, 100);
    free_badly(a.payload + 16, 30, DBG_INTERIOR_FREE, "this pointer is 16 bytes into a");
    free_badly(a.payload + 1, 31, DBG_INTERIOR_FREE, "this pointer is one byte into a");
    free_badly(a.payload + 99, 32, DBG_INTERIOR_FREE, "this is the last byte of a");
    free_badly(b.payload + 39, 33, DBG_INTERIOR_FREE, "this is the last byte of b");
    release(&a, 34);
    free_badly(b.payload + 8, 35, DBG_INTERIOR_FREE, "this pointer is 8 bytes into b");
    release(&b, 36);
}
END_TEST

/* Everywhere in a block of 17 MiB. */
static void free_inside_large(unsigned fields)
{
    enum { LARGE = 17 << 20, LINE = 50 };
    struct block large = allocate_simply(LARGE, 20), after = allocate_simply(40, 21);
    for (ptrdiff_t far = 16; far < LARGE; far *= 2) {
        free_at(large.payload + far, LINE);
        expect_report(DBG_INTERIOR_FREE, large.payload + far, &large, fields, "the pointer is inside of a large block");
        free_at(large.payload + LARGE - far + 1, LINE);
        expect_report(DBG_INTERIOR_FREE, large.payload + LARGE - far + 1, &large, fields,
                      "the pointer is inside of a large block");
    }
    free_at(after.payload + 1, LINE);
    expect_report(DBG_INTERIOR_FREE, after.payload + 1, &after, fields, "the pointer is one byte into the last block");
}

START_TEST(interior_free_names_block)
{
    unsigned all = POINTER | AT | BLOCK | ALLOCATED | FREED;
    struct block a = allocate_simply(100, 10), b = allocate_simply(70000, 11), c = allocate_simply(40, 12);
    free_at(b.payload + 69999, 30);
    expect_report(DBG_INTERIOR_FREE, b.payload + 69999, &b, all, "the pointer is the last byte of b");
    free_at(c.payload + 1, 31);
    expect_report(DBG_INTERIOR_FREE, c.payload + 1, &c, all, "the pointer is one byte into c");
    free_at(a.payload + 48, 32);
    expect_report(DBG_INTERIOR_FREE, a.payload + 48, &a, all, "the pointer is 48 bytes into a");
    free_inside_large(all);
}
END_TEST

/* A large block lies where two small ones were: the second one's address is inside it. */
START_TEST(interior_comes_before_double)
{
    tell("/* from here on lib_malloc takes the first place that fits */");
    lib_reuse();
    struct block a = allocate_simply(400, 10);
    release(&a, 30);
    struct block b = allocate_simply(100, 11), c = allocate_simply(100, 12);
    release(&c, 31);
    release(&b, 32);
    struct block d = allocate_simply(260, 13);
    if (d.payload == c.payload)
        return; /* that layer needs so much room that the large block starts here: this is a free of d */
    bool inside = c.payload > d.payload && c.payload < d.payload + d.size;
    free_at(c.payload, 40);
    if (inside)
        expect_report(DBG_INTERIOR_FREE, c.payload, &d, POINTER | BLOCK | ALLOCATED,
                      "a block was freed here once, but now this is inside of a larger one");
    else
        expect_report(DBG_DOUBLE_FREE, c.payload, &c, POINTER | BLOCK | ALLOCATED, "this block was freed before");
    release(&d, 41);
    free_at(c.payload, 42);
    expect_report(DBG_DOUBLE_FREE, c.payload, &c, POINTER | BLOCK | ALLOCATED | FREED,
                  "no block is in use here any more, and the one that began here was freed");
}
END_TEST

/*** Neither ***/

/* Addresses that differ from that of BLOCK, which is in use or was freed, in one bit; and others that are as far away.
 * From bit 26 on, none is among the blocks. */
static void free_far_away(const struct block *block, int line)
{
    enum { LOWEST_BIT = 26, BITS = 64 };
    uintptr_t start = (uintptr_t)block->payload;
    for (unsigned bit = LOWEST_BIT; bit < BITS; bit++) {
        uintptr_t far = (uintptr_t)1 << bit;
        free_badly((void *)(start ^ far), line, DBG_WILD_FREE, "this address differs from a block's in one bit");
        free_badly((void *)(start + far + 3), line, DBG_WILD_FREE, "this address is far above a block");
        free_badly((void *)(start - far + 3), line, DBG_WILD_FREE, "this address is far from a block");
    }
}

START_TEST(wild_free_is_reported)
{
    char *stray = put(NULL, 64, "stray", "char stray[64]; /* not from dbg_malloc */");
    char *end = put(NULL, 16, "end", "char end[16];");
    free_badly(stray, 30, DBG_WILD_FREE, "there has been no block yet");
    free_badly((void *)(uintptr_t)8, 31, DBG_WILD_FREE, "there has been no block yet");
    struct block a = allocate_simply(100, 10);
    free_badly(stray, 32, DBG_WILD_FREE, "stray does not come from dbg_malloc");
    free_badly(stray + 32, 33, DBG_WILD_FREE, "stray does not come from dbg_malloc");
    free_badly(end + 16, 34, DBG_WILD_FREE, "this is just after an array that does not come from dbg_malloc");
    free_badly((void *)(uintptr_t)16, 35, DBG_WILD_FREE, "there is no memory at this address");
    free_badly((void *)(UINTPTR_MAX - 15), 36, DBG_WILD_FREE, "there is no memory at this address");
    free_badly((void *)((uintptr_t)a.payload + ((uintptr_t)1 << 32)), 37, DBG_WILD_FREE,
               "this address is 4 GiB above a");
    free_badly(a.payload - 1, 38, DBG_WILD_FREE, "this is just below the lowest payload");
    free_badly(a.payload + 100, 39, DBG_WILD_FREE, "this is the end of the highest payload");
    free_far_away(&a, 42);
    release(&a, 40);
    free_badly(a.payload - 16, 41, DBG_WILD_FREE, "this is below the lowest payload");
    free_far_away(&a, 43);
}
END_TEST

START_TEST(wild_free_names_the_call)
{
    unsigned all = POINTER | AT | BLOCK | ALLOCATED | FREED;
    char *stray = put(NULL, 64, "stray", "char stray[64]; /* not from dbg_malloc */");
    struct block a = allocate_simply(100, 10);
    free_at(stray + 16, 30);
    expect_report(DBG_WILD_FREE, stray + 16, NULL, all, "stray + 16 was freed in line 30");
    release(&a, 31);
    free_at(stray, 32);
    expect_report(DBG_WILD_FREE, stray, NULL, all, "stray was freed in line 32");
}
END_TEST

START_TEST(foreign_free_is_reported)
{
    struct block a = allocate_simply(100, 10);
    char *foreign = lib_block(64);
    expect_pointer_set(foreign, "this call is the test's own");
    set_name(foreign, "foreign");
    struct block b = allocate_simply(100, 11);
    free_badly(foreign, 30, DBG_FOREIGN_FREE, "this block comes straight from lib_malloc");
    free_badly(foreign + 32, 31, DBG_FOREIGN_FREE, "this is inside a block that comes straight from lib_malloc");
    free_badly(foreign - 16, 32, DBG_FOREIGN_FREE, "no block is here, but there are blocks below and above");
    free_badly(a.payload + 100, 33, DBG_FOREIGN_FREE, "this is the guard after a, not its payload");
    free_badly(b.payload - 1, 34, DBG_FOREIGN_FREE, "this is the guard before b, not its payload");
    free_badly(b.payload - 16, 35, DBG_FOREIGN_FREE, "this is where the guard before b starts");
    release(&a, 36);
    free_badly(a.payload + 16, 37, DBG_FOREIGN_FREE, "this is inside of a freed block, not its start");
    free_badly(a.payload + 1, 37, DBG_FOREIGN_FREE, "this is inside of a freed block, not its start");
    free_badly(a.payload + 15, 37, DBG_FOREIGN_FREE, "this is inside of a freed block, not its start");
    release(&b, 38);
}
END_TEST

/* The bytes around a pointer prove nothing: here they are those of a real block. */
START_TEST(copy_of_block_is_foreign)
{
    enum { AROUND = 256 };
    tell("/* from here on lib_malloc takes the first place that fits */");
    lib_reuse();
    char *start = lib_block(AROUND);
    struct block a = allocate_simply(64, 10);
    char *copy = lib_block(3 * AROUND);
    struct block b = allocate_simply(64, 11);
    expect(start && copy, "these calls are the test's own");
    copy += AROUND;
    set_name(copy, "copy");
    memcpy(copy - AROUND, a.payload - AROUND, 2 * AROUND);
    tell("/* copy is an exact copy of a, with %d bytes before and after it */", AROUND);
    bool among = (a.payload < copy) == (copy < b.payload);
    free_badly(copy, 30, among ? DBG_FOREIGN_FREE : DBG_WILD_FREE,
               "this is a copy of a and of everything around it, but not a block");
    release(&a, 31);
    release(&b, 32);
}
END_TEST

void add_frees(struct suite *suite)
{
    suite_add(suite, double_free_is_reported);
    suite_add(suite, double_free_names_both_places);
    suite_add(suite, freed_blocks_are_remembered);
    suite_add(suite, address_lent_again_is_new);
    suite_add(suite, interior_free_is_reported);
    suite_add(suite, interior_free_names_block);
    suite_add(suite, interior_comes_before_double);
    suite_add(suite, wild_free_is_reported);
    suite_add(suite, wild_free_names_the_call);
    suite_add(suite, foreign_free_is_reported);
    suite_add(suite, copy_of_block_is_foreign);
}
