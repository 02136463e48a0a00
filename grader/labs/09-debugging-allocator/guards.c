// SPDX-License-Identifier: MIT
/*
 * guards.c - tests of the guards: writes past either end of a payload, seen at dbg_free and by dbg_check; and of the
 * report of leaks.
 */
#include "support.h"

#include <limits.h>
#include <stdio.h>

/*** Seen when the block is freed ***/

static void expect_freed(const struct block *block)
{
    struct heap_block memory;
    expect(heap_find(block->payload, &memory) && !memory.live,
           "a block with a damaged guard should be freed all the same");
    expect_size(stats_now().blocks, 0, "a block with a damaged guard should be freed all the same");
}

START_TEST(overrun_is_found_at_free)
{
    struct block a = allocate(96, 10);
    damage(a.payload, 96);
    free_at(a.payload, 30);
    expect_report(DBG_OVERRUN, a.payload + 96, &a, ONLY_KIND, "the first byte after a has changed");
    expect_no_report("one guard has changed");
    expect_freed(&a);
    a = allocate(96, 11);
    release(&a, 31);
    free_at(a.payload, 32);
    expect_report(DBG_DOUBLE_FREE, a.payload, &a, ONLY_KIND, "a was freed before");
    expect_no_report("the block is not in use, so its guards are not looked at");
}
END_TEST

START_TEST(underrun_is_found_at_free)
{
    struct block a = allocate(100, 10);
    damage(a.payload, -1);
    free_at(a.payload, 30);
    expect_report(DBG_UNDERRUN, a.payload - 1, &a, ONLY_KIND, "the last byte before a has changed");
    expect_no_report("one guard has changed");
    expect_freed(&a);
}
END_TEST

/* Changes the byte at OFFSET by XOR with CHANGE, looks at the reports, and changes it back. */
static void try_byte(const struct block *block, ptrdiff_t offset, unsigned char change)
{
    char what[96];
    char *byte = block->payload + offset;
    char original = *byte;
    snprintf(what, sizeof what, "the byte at offset %td was changed from 0x%02x to 0x%02x", offset,
             (unsigned char)*byte, (unsigned char)*byte ^ change);
    tell("/* %s */", what);
    *byte = (char)(*byte ^ change);
    check_at(30, 1);
    expect_report(offset < 0 ? DBG_UNDERRUN : DBG_OVERRUN, byte, block, ONLY_KIND, what);
    *byte = original;
}

START_TEST(every_guard_byte_counts)
{
    struct block a = allocate(64, 10);
    for (int i = 0; i < DBG_GUARD_BYTES; i++) {
        try_byte(&a, 64 + i, 0x10);
        try_byte(&a, -1 - i, 0x10);
    }
    for (unsigned bit = 1; bit < 256; bit *= 2) {
        try_byte(&a, 64 + 3, (unsigned char)bit);
        try_byte(&a, -5, (unsigned char)bit);
    }
    release(&a, 40);
}
END_TEST

/* The guard of BLOCK that starts at OFFSET becomes IMAGE, and then again what it was. */
static void try_image(const struct block *block, ptrdiff_t offset, const char *image)
{
    char original[DBG_GUARD_BYTES];
    char *guard = block->payload + offset;
    ptrdiff_t found = -1;
    memcpy(original, guard, sizeof original);
    for (int i = 0; i < DBG_GUARD_BYTES; i++)
        if (image[i] != original[i] && (found < 0 || offset < 0))
            found = i;
    if (found < 0)
        return; /* nothing has changed */
    memcpy(guard, image, sizeof original);
    check_at(33, 1);
    expect_report(offset < 0 ? DBG_UNDERRUN : DBG_OVERRUN, guard + found, block, POINTER,
                  "several bytes of a guard have changed");
    memcpy(guard, original, sizeof original);
}

/* Byte FIRST becomes higher by BY, and byte SECOND by OTHER. */
static void try_pair(const struct block *block, ptrdiff_t offset, unsigned first, int by, unsigned second, int other)
{
    char image[DBG_GUARD_BYTES];
    memcpy(image, block->payload + offset, sizeof image);
    image[first] = (char)(image[first] + by);
    image[second] = (char)(image[second] + other);
    try_image(block, offset, image);
}

/* Changes that leave sums of bytes or of words, with weights or without, as they were. */
static void try_pairs(const struct block *block, ptrdiff_t offset)
{
    static const int others[][2] = {{1, -1}, {-1, 1}, {1, -31}, {1, -33}, {-2, 1}, {128, 128}};
    for (unsigned distance = 1; distance < DBG_GUARD_BYTES; distance++)
        for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
            unsigned first = (distance * 5 + (unsigned)i * 3) % (DBG_GUARD_BYTES - distance);
            try_pair(block, offset, first, others[i][0], first + distance, others[i][1]);
        }
}

/* Changes to all bytes; and the same bytes in another order, if they are not all alike. */
static void try_whole(const struct block *block, ptrdiff_t offset)
{
    char image[DBG_GUARD_BYTES];
    const char *guard = block->payload + offset;
    for (int by = 1; by < 256; by *= 2) {
        for (int i = 0; i < DBG_GUARD_BYTES; i++)
            image[i] = (char)(guard[i] + by);
        try_image(block, offset, image);
    }
    for (int turn = 1; turn < DBG_GUARD_BYTES; turn++) {
        for (int i = 0; i < DBG_GUARD_BYTES; i++)
            image[i] = guard[(i + turn) % DBG_GUARD_BYTES];
        try_image(block, offset, image);
    }
    for (int i = 0; i < DBG_GUARD_BYTES; i++)
        image[i] = guard[DBG_GUARD_BYTES - 1 - i];
    try_image(block, offset, image);
}

/* The first two and the last byte of a triple, so that also sums with rising weights stay. */
static void try_triples(const struct block *block, ptrdiff_t offset)
{
    char image[DBG_GUARD_BYTES];
    for (unsigned distance = 1; distance * 2 < DBG_GUARD_BYTES; distance++) {
        memcpy(image, block->payload + offset, sizeof image);
        image[1] = (char)(image[1] + 1);
        image[1 + distance] = (char)(image[1 + distance] - 2);
        image[1 + 2 * distance] = (char)(image[1 + 2 * distance] + 1);
        try_image(block, offset, image);
    }
}

START_TEST(changes_do_not_cancel_out)
{
    struct block a = allocate(64, 10);
    tell("/* bytes of a guard change so that their sum stays; then all of them change, or change places */");
    for (unsigned i = 0; i < 2; i++) {
        ptrdiff_t offset = i == 0 ? 64 : -DBG_GUARD_BYTES;
        try_pairs(&a, offset);
        try_triples(&a, offset);
        try_whole(&a, offset);
    }
    tell("/* the same bit changes in both guards */");
    a.payload[68] ^= 1;
    a.payload[-12] ^= 1;
    a.payload[-5] ^= 1;
    a.payload[75] ^= 1;
    check_at(34, 2);
    report_at(0);
    a.payload[68] ^= 1;
    a.payload[-12] ^= 1;
    a.payload[-5] ^= 1;
    a.payload[75] ^= 1;
    tell("/* the same bit changes in two bytes of the guard after a */");
    a.payload[66] ^= 1;
    a.payload[67] ^= 1;
    check_at(30, 1);
    expect_report(DBG_OVERRUN, a.payload + 66, &a, ONLY_KIND, "two bytes after a have changed");
    tell("/* now one of them is one higher than at first, and the other one lower */");
    a.payload[66] = (char)((a.payload[66] ^ 1) + 1);
    a.payload[67] = (char)((a.payload[67] ^ 1) - 1);
    check_at(31, 1);
    expect_report(DBG_OVERRUN, a.payload + 66, &a, ONLY_KIND, "two bytes after a have changed");
    tell("/* all bytes of both guards are zero */");
    memset(a.payload - DBG_GUARD_BYTES, 0, DBG_GUARD_BYTES);
    memset(a.payload + 64, 0, DBG_GUARD_BYTES);
    check_at(32, 2);
}
END_TEST

START_TEST(guards_start_at_the_last_byte)
{
    for (size_t size = 0; size <= 33; size++) {
        struct block a = allocate(size, 10);
        char *first = a.payload + size, *last = first + DBG_GUARD_BYTES - 1;
        char original = *first;
        damage(a.payload, first - a.payload);
        check_at(30, 1);
        expect_report(DBG_OVERRUN, first, &a, POINTER, "the first byte after the payload has changed");
        mend(first, original);
        original = *last;
        damage(a.payload, last - a.payload);
        check_at(31, 1);
        expect_report(DBG_OVERRUN, last, &a, POINTER, "the last byte of the guard after the payload has changed");
        mend(last, original);
        release(&a, 32);
    }
}
END_TEST

START_TEST(nearest_byte_is_reported)
{
    struct block a = allocate(48, 10), b = allocate(48, 11);
    damage(a.payload, 60);
    damage(a.payload, 51);
    damage(a.payload, 63);
    free_at(a.payload, 30);
    expect_report(DBG_OVERRUN, a.payload + 51, &a, POINTER, "of the three changed bytes, the one at 51 is the nearest");
    damage(b.payload, -9);
    damage(b.payload, -4);
    damage(b.payload, -16);
    free_at(b.payload, 31);
    expect_report(DBG_UNDERRUN, b.payload - 4, &b, POINTER, "of the three changed bytes, the one at -4 is the nearest");
}
END_TEST

START_TEST(damage_names_both_places)
{
    unsigned all = AT | BLOCK | ALLOCATED | FREED;
    struct block a = allocate(96, 10), b = allocate(16, INT_MAX - 1);
    damage(a.payload, 96);
    damage(b.payload, -2);
    check_at(30, 2);
    expect_report(DBG_OVERRUN, a.payload + 96, &a, all, "dbg_check in line 30 finds the damage");
    expect_report(DBG_UNDERRUN, b.payload - 2, &b, all, "dbg_check in line 30 finds the damage");
    check_at(INT_MAX, 2);
    expect_report(DBG_OVERRUN, a.payload + 96, &a, all, "dbg_check in a line with a large number finds the damage");
    expect_report(DBG_UNDERRUN, b.payload - 2, &b, all, "dbg_check in a line with a large number finds the damage");
    damage(b.payload, -3);
    free_at(b.payload, 31);
    expect_report(DBG_UNDERRUN, b.payload - 2, &b, all, "dbg_free in line 31 finds the damage, of a block in use");
    expect_no_report("the other guard of b is intact");
}
END_TEST

/*** Seen by dbg_check ***/

START_TEST(check_goes_from_oldest_to_youngest)
{
    check_at(29, 0);
    struct block a = allocate(16, 10), b = allocate(32, 11), c = allocate(48, 12), d = allocate(64, 13);
    check_at(30, 0);
    damage(d.payload, -1);
    damage(b.payload, 32);
    damage(b.payload, -1);
    damage(a.payload, 16);
    check_at(31, 4);
    expect_report(DBG_OVERRUN, a.payload + 16, &a, POINTER, "a is the oldest block");
    expect_report(DBG_UNDERRUN, b.payload - 1, &b, POINTER, "of both guards of b, the one before it comes first");
    expect_report(DBG_OVERRUN, b.payload + 32, &b, POINTER, "of both guards of b, the one after it comes second");
    expect_report(DBG_UNDERRUN, d.payload - 1, &d, POINTER, "d is the youngest block");
    release(&c, 32);
    damage(b.payload, -2);
    damage(b.payload, 33);
    free_at(b.payload, 33);
    expect_report(DBG_UNDERRUN, b.payload, &b, BLOCK, "dbg_free checks both guards");
    expect_report(DBG_OVERRUN, b.payload, &b, BLOCK, "dbg_free checks both guards");
    damage(a.payload, 17);
    damage(d.payload, -2);
    check_at(34, 2);
    expect_report(DBG_OVERRUN, a.payload, &a, BLOCK, "a is the oldest block");
    expect_report(DBG_UNDERRUN, d.payload, &d, BLOCK, "b and c have been freed");
}
END_TEST

/* What counts is the age of the block, not that of its address. */
START_TEST(check_goes_by_age_at_old_addresses)
{
    tell("/* from here on lib_malloc takes the first place that fits */");
    lib_reuse();
    struct block a = allocate_simply(48, 10), b = allocate_simply(48, 11), c = allocate_simply(48, 12);
    release(&a, 30);
    release(&b, 31);
    struct block d = allocate_simply(48, 13), e = allocate_simply(48, 14);
    damage(e.payload, -1);
    damage(d.payload, -1);
    damage(c.payload, -1);
    check_at(32, 3);
    expect_report(DBG_UNDERRUN, c.payload - 1, &c, POINTER, "c is the oldest block in use");
    expect_report(DBG_UNDERRUN, d.payload - 1, &d, POINTER, "d is older than e");
    expect_report(DBG_UNDERRUN, e.payload - 1, &e, POINTER, "e is the youngest block");
}
END_TEST

START_TEST(check_changes_nothing)
{
    struct block a = allocate(48, 10);
    damage(a.payload, 48);
    char image[48 + 2 * DBG_GUARD_BYTES];
    memcpy(image, a.payload - DBG_GUARD_BYTES, sizeof image);
    struct dbg_stats before = stats_now();
    for (int i = 0; i < 3; i++) {
        check_at(30 + i, 1);
        expect_report(DBG_OVERRUN, a.payload + 48, &a, POINTER, "each check should find the same damage");
    }
    expect_same_stats(&before, "dbg_check");
    expect_bytes(a.payload - DBG_GUARD_BYTES, image, sizeof image, "dbg_check should not change a block");
}
END_TEST

/*** Leaks ***/

START_TEST(leaks_come_in_order_of_allocation)
{
    leaks_at(29, 0);
    struct block a = allocate_simply(10, 10), b = allocate_simply(20, 11), c = allocate_simply(30, 12);
    struct block d = allocate_simply(40, 13);
    release(&b, 30);
    struct block e = allocate_simply(20, 14);
    leaks_at(31, 4);
    expect_report(DBG_LEAK, a.payload, &a, POINTER, "a is the oldest block in use");
    expect_report(DBG_LEAK, c.payload, &c, POINTER, "c was allocated after a, and b has been freed");
    expect_report(DBG_LEAK, d.payload, &d, POINTER, "d was allocated after c");
    expect_report(DBG_LEAK, e.payload, &e, POINTER, "e is the youngest block");
}
END_TEST

START_TEST(frees_keep_the_order)
{
    struct block a = allocate_simply(10, 10), b = allocate_simply(20, 11), c = allocate_simply(30, 12);
    release(&b, 30);
    release(&c, 31);
    release(&a, 32);
    struct block d = allocate_simply(40, 13), e = allocate_simply(50, 14), f = allocate_simply(60, 15);
    release(&f, 33);
    struct block g = allocate_simply(70, 16);
    release(&d, 34);
    struct block h = allocate_simply(80, 17);
    leaks_at(35, 3);
    expect_report(DBG_LEAK, e.payload, &e, POINTER, "e is the oldest block in use, now that d has been freed");
    expect_report(DBG_LEAK, g.payload, &g, POINTER, "g was allocated after the youngest block, f, was freed");
    expect_report(DBG_LEAK, h.payload, &h, POINTER, "h is the youngest block");
}
END_TEST

/* Also when addresses do not rise with time. */
START_TEST(leaks_do_not_follow_addresses)
{
    tell("/* from here on lib_malloc takes the first place that fits */");
    lib_reuse();
    struct block a = allocate_simply(200, 10), b = allocate_simply(50, 11), c = allocate_simply(60, 12);
    release(&a, 30);
    struct block d = allocate_simply(20, 13), e = allocate_simply(30, 14);
    release(&b, 31);
    struct block f = allocate_simply(50, 15);
    leaks_at(32, 4);
    expect_report(DBG_LEAK, c.payload, &c, POINTER, "line 12 was first");
    expect_report(DBG_LEAK, d.payload, &d, POINTER, "line 13 was second, although at a low address");
    expect_report(DBG_LEAK, e.payload, &e, POINTER, "line 14 was third");
    expect_report(DBG_LEAK, f.payload, &f, POINTER, "line 15 was last");
}
END_TEST

START_TEST(leaks_name_their_places)
{
    unsigned all = POINTER | AT | BLOCK | ALLOCATED | FREED;
    struct block a = allocate_simply(10, 10), b = allocate_simply(0, 11);
    char *zeros = dbg_calloc(5, 6, tree_c, 16777228);
    expect_pointer_set(zeros, "dbg_calloc should return a block while there is memory");
    struct block c = {zeros, 30, {tree_c, 16777228}, {NULL, 0}};
    leaks_at(30, 3);
    expect_report(DBG_LEAK, a.payload, &a, all, "a comes from line 10 of list.c");
    expect_report(DBG_LEAK, b.payload, &b, all, "b comes from line 11 of list.c");
    expect_report(DBG_LEAK, c.payload, &c, all, "c comes from dbg_calloc in line 16777228 of tree.c");
    damage(a.payload, 10);
    struct dbg_stats before = stats_now();
    leaks_at(INT_MAX, 3);
    expect_report(DBG_LEAK, a.payload, &a, all, "the second call should report the same");
    expect_report(DBG_LEAK, b.payload, &b, all, "the second call should report the same");
    expect_report(DBG_LEAK, c.payload, &c, all, "the second call should report the same");
    expect_same_stats(&before, "dbg_leaks");
}
END_TEST

void add_guards(struct suite *suite)
{
    suite_add(suite, overrun_is_found_at_free);
    suite_add(suite, underrun_is_found_at_free);
    suite_add(suite, every_guard_byte_counts);
    suite_add(suite, changes_do_not_cancel_out);
    suite_add(suite, guards_start_at_the_last_byte);
    suite_add(suite, nearest_byte_is_reported);
    suite_add(suite, damage_names_both_places);
    suite_add(suite, check_goes_from_oldest_to_youngest);
    suite_add(suite, check_goes_by_age_at_old_addresses);
    suite_add(suite, check_changes_nothing);
    suite_add(suite, leaks_come_in_order_of_allocation);
    suite_add(suite, frees_keep_the_order);
    suite_add(suite, leaks_do_not_follow_addresses);
    suite_add(suite, leaks_name_their_places);
}
