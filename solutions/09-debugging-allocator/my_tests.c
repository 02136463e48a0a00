// SPDX-License-Identifier: MIT
/*
 * my_tests.c - your own tests of the debugging layer of lab 09.
 *
 * They are ordinary Check tests (`make test-mine` runs them on your debug_alloc.c). The grader runs
 * them on correct and on wrong layers: every correct one must pass all of them, and each wrong one
 * should fail at least one. So test what debug_alloc.h promises, and nothing that it leaves open.
 *
 * Rules of this file:
 *   - Every test starts with an empty heap and without reports. No test depends on another.
 *   - Each test checks one promise, and its name says which.
 *   - The layer keeps pointers: to blocks and to file names. So pass it only addresses on the heap,
 *     which your tests and the layer share, and never a string or a variable of your own.
 *     file_named makes a file name that you may use. mem_heap_lo() - 64 is a wild pointer.
 *   - lib_malloc lends memory again as soon as it has been given back. mem_limit(0) makes it
 *     refuse, unless there is such memory.
 */
#include "debug_alloc.h"
#include "library.h"
#include "memlib.h"
#include "mytests.h"

#include <check.h>
#include <errno.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>

/* Returns a copy of NAME on the heap. */
static const char *file_named(const char *name)
{
    char *copy = lib_block(strlen(name) + 1);
    ck_assert_ptr_nonnull(copy);
    return strcpy(copy, name);
}

/* Returns the report made last. */
static struct dbg_report last_report(void)
{
    struct dbg_report report;
    ck_assert_uint_gt(lib_reports(), 0);
    ck_assert(lib_report_at(lib_reports() - 1, &report));
    return report;
}

/* An example: a block that is freed twice is reported, with the block concerned. */
START_TEST(double_free_is_reported)
{
    const char *file = file_named("list.c");
    char *a = dbg_malloc(100, file, 10);
    dbg_free(a, file, 20);
    ck_assert_uint_eq(lib_reports(), 0);
    dbg_free(a, file, 30);
    ck_assert_uint_eq(lib_reports(), 1);
    ck_assert_int_eq(last_report().kind, DBG_DOUBLE_FREE);
    ck_assert_ptr_eq(last_report().block, a);
}
END_TEST

#ifdef SOLUTION
/*** What a test knows of a block, and what a report must say about it ***/

struct block {
    char *payload;
    size_t size;
    struct dbg_place allocated, freed;
};

static const char *in_list, *in_tree;

static void start(void)
{
    in_list = file_named("list.c");
    in_tree = file_named("tree.c");
}

static struct block take(size_t size, int line)
{
    struct block block = {.size = size, .allocated = {in_list, line}};
    block.payload = dbg_malloc(size, in_list, line);
    ck_assert_ptr_nonnull(block.payload);
    ck_assert_uint_eq((uintptr_t)block.payload % DBG_ALIGNMENT, 0);
    return block;
}

/* Frees BLOCK, which must be reported N times. */
static void give_back(struct block *block, int line, size_t n)
{
    size_t before = lib_reports();
    dbg_free(block->payload, in_tree, line);
    block->freed = (struct dbg_place){in_tree, line};
    ck_assert_uint_eq(lib_reports(), before + n);
}

static void assert_place(struct dbg_place found, struct dbg_place expected)
{
    ck_assert_ptr_eq(found.file, expected.file);
    ck_assert_int_eq(found.line, expected.line);
}

/* Report number INDEX is of KIND, about POINTER and BLOCK (or NULL), from tree.c and LINE. */
static void assert_report(size_t index, enum dbg_kind kind, const void *pointer,
                          const struct block *block, int line)
{
    struct dbg_report found;
    struct block none = {0};
    ptrdiff_t offset = block != NULL ? (const char *)pointer - block->payload : 0;
    if (block == NULL)
        block = &none;
    ck_assert(lib_report_at(index, &found));
    ck_assert_int_eq(found.kind, kind);
    ck_assert_ptr_eq(found.pointer, pointer);
    assert_place(found.at, (struct dbg_place){in_tree, line});
    ck_assert_ptr_eq(found.block, block->payload);
    ck_assert_uint_eq(found.size, block->size);
    assert_place(found.allocated, block->allocated);
    assert_place(found.freed, block->freed);
    ck_assert_int_eq(found.offset, offset);
}

static struct dbg_stats stats_now(void)
{
    struct dbg_stats stats;
    memset(&stats, 0xCC, sizeof stats);
    dbg_get_stats(&stats);
    return stats;
}

static void assert_stats(size_t blocks, size_t bytes, size_t total_blocks, size_t total_bytes,
                         size_t failed)
{
    struct dbg_stats stats = stats_now();
    ck_assert_uint_eq(stats.blocks, blocks);
    ck_assert_uint_eq(stats.bytes, bytes);
    ck_assert_uint_eq(stats.total_blocks, total_blocks);
    ck_assert_uint_eq(stats.total_bytes, total_bytes);
    ck_assert_uint_eq(stats.failed, failed);
}

/* Frees POINTER, which must be reported once and change nothing. */
static void misuse(void *pointer, enum dbg_kind kind, const struct block *block, int line)
{
    struct dbg_stats before = stats_now();
    size_t reports = lib_reports();
    dbg_free(pointer, in_tree, line);
    ck_assert_uint_eq(lib_reports(), reports + 1);
    assert_report(reports, kind, pointer, block, line);
    assert_stats(before.blocks, before.bytes, before.total_blocks, before.total_bytes,
                 before.failed);
}

static void assert_fill(const char *payload, char byte, size_t n)
{
    for (size_t i = 0; i < n; i++)
        ck_assert_int_eq(payload[i], byte);
}

/*** Blocks and statistics ***/

START_TEST(statistics_follow_blocks)
{
    start();
    assert_stats(0, 0, 0, 0, 0);
    ck_assert_ptr_null(stats_now().lowest);
    ck_assert_ptr_null(stats_now().highest);
    struct block a = take(100, 10), b = take(0, 11), c = take(33, 12);
    ck_assert_ptr_ne(a.payload, b.payload);
    assert_stats(3, 133, 3, 133, 0);
    give_back(&a, 20, 0);
    assert_stats(2, 33, 3, 133, 0);
    give_back(&b, 21, 0);
    give_back(&c, 22, 0);
    assert_stats(0, 0, 3, 133, 0);
    dbg_free(NULL, in_tree, 23);
    ck_assert_uint_eq(lib_reports(), 0);
}
END_TEST

START_TEST(lowest_and_highest)
{
    start();
    struct block a = take(100, 10);
    ck_assert_ptr_eq(stats_now().lowest, a.payload);
    ck_assert_ptr_eq(stats_now().highest, a.payload + 100);
    struct block b = take(200, 11);
    ck_assert_ptr_eq(stats_now().highest, b.payload + 200);
    give_back(&a, 20, 0);
    a = take(10, 12);
    ck_assert_ptr_eq(stats_now().highest, b.payload + 200);
}
END_TEST

START_TEST(payloads_belong_to_the_program)
{
    start();
    struct block a = take(64, 10), b = take(64, 11);
    memset(a.payload, 1, 64);
    memset(b.payload, 2, 64);
    struct block c = take(64, 12);
    memset(c.payload, 3, 64);
    give_back(&b, 20, 0);
    dbg_check(in_tree, 21);
    dbg_leaks(in_tree, 22);
    assert_fill(a.payload, 1, 64);
    assert_fill(c.payload, 3, 64);
}
END_TEST

/* A heap that may not grow much has room for many blocks, one at a time. */
START_TEST(memory_goes_around)
{
    start();
    struct block a = take(4000, 10);
    mem_limit(mem_heapsize() + 9000);
    for (int i = 0; i < 20; i++) {
        give_back(&a, 20, 0);
        a = take(4000, 12);
    }
}
END_TEST

START_TEST(no_memory)
{
    start();
    struct block a = take(16, 10);
    mem_limit(mem_heapsize());
    errno = 0;
    ck_assert_ptr_null(dbg_malloc(5000, in_list, 11));
    ck_assert_int_eq(errno, ENOMEM);
    ck_assert_ptr_null(dbg_calloc(50, 100, in_list, 12));
    ck_assert_ptr_null(dbg_realloc(a.payload, 5000, in_list, 13));
    assert_stats(1, 16, 1, 16, 3);
    give_back(&a, 20, 0);
}
END_TEST

START_TEST(too_much)
{
    start();
    struct block a = take(16, 10);
    size_t failed = 0;
    for (size_t below = 0; below < 100; below += 9) {
        errno = 0;
        ck_assert_ptr_null(dbg_malloc(SIZE_MAX - below, in_list, 11));
        ck_assert_int_eq(errno, ENOMEM);
        failed++;
    }
    ck_assert_ptr_null(dbg_calloc(SIZE_MAX / 16 + 2, 16, in_list, 12));
    ck_assert_ptr_null(dbg_realloc(a.payload, SIZE_MAX, in_list, 13));
    assert_stats(1, 16, 1, 16, failed + 2);
    give_back(&a, 20, 0);
}
END_TEST

START_TEST(calloc_clears)
{
    start();
    struct block a = take(120, 10);
    memset(a.payload, 0xEE, 120);
    give_back(&a, 20, 0);
    char *b = dbg_calloc(10, 12, in_list, 11);
    ck_assert_ptr_nonnull(b);
    assert_fill(b, 0, 120);
    ck_assert_uint_eq(dbg_check(in_tree, 21), 0);
    ck_assert_ptr_nonnull(dbg_calloc(0, 12, in_list, 13));
    ck_assert_ptr_nonnull(dbg_calloc(12, 0, in_list, 14));
    assert_stats(3, 120, 4, 240, 0);
}
END_TEST

/*** Bad frees ***/

START_TEST(double_frees)
{
    start();
    struct block a = take(100, 10), b = take(50, 11);
    give_back(&a, 20, 0);
    give_back(&b, 21, 0);
    struct block c = take(500, 12);
    misuse(b.payload, DBG_DOUBLE_FREE, &b, 30);
    misuse(a.payload, DBG_DOUBLE_FREE, &a, 31);
    misuse(b.payload, DBG_DOUBLE_FREE, &b, 32);
    give_back(&c, 33, 0);
}
END_TEST

START_TEST(address_starts_anew)
{
    start();
    struct block a = take(100, 10);
    give_back(&a, 20, 0);
    struct block b = take(90, 11);
    ck_assert_uint_eq(dbg_leaks(in_tree, 21), 1);
    assert_report(0, DBG_LEAK, b.payload, &b, 21);
    give_back(&b, 22, 0);
    misuse(b.payload, DBG_DOUBLE_FREE, &b, 23);
}
END_TEST

START_TEST(interior_frees)
{
    start();
    struct block a = take(100, 10), b = take(50, 11), c = take(25, 12);
    misuse(b.payload + 1, DBG_INTERIOR_FREE, &b, 20);
    misuse(a.payload + 99, DBG_INTERIOR_FREE, &a, 21);
    misuse(c.payload + 16, DBG_INTERIOR_FREE, &c, 22);
    give_back(&b, 23, 0);
    misuse(b.payload + 1, DBG_FOREIGN_FREE, NULL, 24);
}
END_TEST

START_TEST(wild_and_foreign_frees)
{
    start();
    char *low = mem_heap_lo();
    misuse(low, DBG_WILD_FREE, NULL, 20);
    struct block a = take(100, 10);
    char *foreign = lib_block(64);
    struct block b = take(100, 11);
    const char *end = stats_now().highest;
    misuse(low - 64, DBG_WILD_FREE, NULL, 21);
    misuse(low + 64 * 1024 * 1024, DBG_WILD_FREE, NULL, 22);
    misuse((char *)low + (end - low), DBG_WILD_FREE, NULL, 23);
    misuse(foreign, DBG_FOREIGN_FREE, NULL, 24);
    misuse(b.payload - 1, DBG_FOREIGN_FREE, NULL, 25);
    misuse(a.payload + 100, DBG_FOREIGN_FREE, NULL, 26);
}
END_TEST

/*** Guards ***/

/* Changes one byte, and expects one report; then changes it back. */
static void assert_guarded(const struct block *block, ptrdiff_t offset)
{
    size_t reports = lib_reports();
    block->payload[offset] ^= 0x41;
    ck_assert_uint_eq(dbg_check(in_tree, 30), 1);
    ck_assert_uint_eq(lib_reports(), reports + 1);
    assert_report(reports, offset < 0 ? DBG_UNDERRUN : DBG_OVERRUN, block->payload + offset, block,
                  30);
    block->payload[offset] ^= 0x41;
    ck_assert_uint_eq(dbg_check(in_tree, 31), 0);
}

START_TEST(every_guard_byte)
{
    start();
    struct block a = take(100, 10), b = take(13, 11), c = take(0, 12);
    for (ptrdiff_t i = 0; i < DBG_GUARD_BYTES; i++) {
        assert_guarded(&a, 100 + i);
        assert_guarded(&a, -1 - i);
        assert_guarded(&b, 13 + i);
        assert_guarded(&c, -1 - i);
    }
}
END_TEST

START_TEST(damage_found_at_free)
{
    start();
    struct block a = take(40, 10), in_use = a;
    a.payload[45] ^= 1;
    a.payload[44] ^= 1;
    a.payload[50] ^= 1;
    a.payload[-7] ^= 1;
    a.payload[-3] ^= 1;
    give_back(&a, 20, 2);
    assert_report(0, DBG_UNDERRUN, in_use.payload - 3, &in_use, 20);
    assert_report(1, DBG_OVERRUN, in_use.payload + 44, &in_use, 20);
    assert_stats(0, 0, 1, 40, 0);
    misuse(a.payload, DBG_DOUBLE_FREE, &a, 21);
}
END_TEST

START_TEST(check_goes_by_age)
{
    start();
    struct block a = take(10, 10), b = take(20, 11), c = take(30, 12);
    c.payload[-1] ^= 1;
    a.payload[10] ^= 1;
    b.payload[-1] ^= 1;
    b.payload[20] ^= 1;
    for (size_t first = 0; first < 8; first += 4) {
        ck_assert_uint_eq(dbg_check(in_tree, 20), 4);
        ck_assert_uint_eq(lib_reports(), first + 4);
        assert_report(first, DBG_OVERRUN, a.payload + 10, &a, 20);
        assert_report(first + 1, DBG_UNDERRUN, b.payload - 1, &b, 20);
        assert_report(first + 2, DBG_OVERRUN, b.payload + 20, &b, 20);
        assert_report(first + 3, DBG_UNDERRUN, c.payload - 1, &c, 20);
    }
}
END_TEST

/* Changes that a sum would not show. */
START_TEST(changes_add_up)
{
    start();
    struct block a = take(32, 10);
    a.payload[33]++;
    a.payload[34]--;
    ck_assert_uint_eq(dbg_check(in_tree, 20), 1);
}
END_TEST

/*** Leaks ***/

START_TEST(leaks_go_by_age)
{
    start();
    struct block a = take(300, 10), b = take(20, 11), c = take(0, 12);
    give_back(&a, 20, 0);
    struct block d = take(30, 13), e = take(40, 14);
    give_back(&e, 21, 0);
    struct block f = take(50, 15);
    for (size_t first = 0; first < 8; first += 4) {
        ck_assert_uint_eq(dbg_leaks(in_tree, 22), 4);
        ck_assert_uint_eq(lib_reports(), first + 4);
        assert_report(first, DBG_LEAK, b.payload, &b, 22);
        assert_report(first + 1, DBG_LEAK, c.payload, &c, 22);
        assert_report(first + 2, DBG_LEAK, d.payload, &d, 22);
        assert_report(first + 3, DBG_LEAK, f.payload, &f, 22);
    }
}
END_TEST

/*** realloc ***/

static struct block move(struct block *old, size_t size, int line)
{
    struct block moved = {.size = size, .allocated = {in_tree, line}};
    moved.payload = dbg_realloc(old->payload, size, in_tree, line);
    ck_assert_ptr_nonnull(moved.payload);
    old->freed = moved.allocated;
    return moved;
}

START_TEST(realloc_moves)
{
    start();
    struct block none = {0}, a = move(&none, 50, 10);
    memset(a.payload, 7, 50);
    struct block other = take(5, 11), b = move(&a, 80, 12);
    assert_fill(b.payload, 7, 50);
    assert_stats(2, 85, 3, 135, 0);
    misuse(a.payload, DBG_DOUBLE_FREE, &a, 20);
    ck_assert_uint_eq(dbg_leaks(in_tree, 21), 2);
    assert_report(1, DBG_LEAK, other.payload, &other, 21);
    assert_report(2, DBG_LEAK, b.payload, &b, 21);
    struct block c = move(&b, 20, 13);
    assert_fill(c.payload, 7, 20);
    assert_stats(2, 25, 4, 155, 0);
    c = move(&c, 0, 14);
    assert_stats(2, 5, 5, 155, 0);
    ck_assert_uint_eq(dbg_check(in_tree, 22), 0);
}
END_TEST

START_TEST(realloc_keeps_block_on_failure)
{
    start();
    struct block a = take(50, 10);
    memset(a.payload, 7, 50);
    mem_limit(mem_heapsize());
    ck_assert_ptr_null(dbg_realloc(a.payload, 9000, in_tree, 11));
    assert_fill(a.payload, 7, 50);
    ck_assert_uint_eq(dbg_leaks(in_tree, 12), 1);
    assert_report(0, DBG_LEAK, a.payload, &a, 12);
}
END_TEST

START_TEST(realloc_reports)
{
    start();
    struct block a = take(50, 10), in_use = a;
    ck_assert_ptr_null(dbg_realloc(a.payload + 3, 60, in_tree, 11));
    assert_report(0, DBG_INTERIOR_FREE, a.payload + 3, &a, 11);
    a.payload[50] ^= 1;
    struct block b = move(&a, 60, 12);
    assert_report(1, DBG_OVERRUN, in_use.payload + 50, &in_use, 12);
    ck_assert_ptr_null(dbg_realloc(a.payload, 70, in_tree, 13));
    assert_report(2, DBG_DOUBLE_FREE, a.payload, &a, 13);
    ck_assert_uint_eq(lib_reports(), 3);
    assert_stats(1, 60, 2, 110, 0);
    give_back(&b, 14, 0);
}
END_TEST

/*** Heavy hitters ***/

static void request(size_t size, const char *file, int line)
{
    char *payload = dbg_malloc(size, file, line);
    ck_assert_ptr_nonnull(payload);
    dbg_free(payload, in_tree, 1);
}

/* Is there one entry for FILE and LINE, with BYTES give or take a twentieth of all? */
static void assert_listed(const struct dbg_hitter *list, size_t count, const char *file, int line,
                          size_t bytes)
{
    size_t times = 0, off = stats_now().total_bytes / 20;
    for (size_t i = 0; i < count; i++)
        if (list[i].place.line == line && strcmp(list[i].place.file, file) == 0) {
            times++;
            ck_assert_uint_le(list[i].bytes, bytes + off);
            ck_assert_uint_ge(list[i].bytes + off, bytes);
        }
    ck_assert_uint_eq(times, 1);
}

START_TEST(heavy_hitters)
{
    struct dbg_hitter list[DBG_COUNTERS];
    start();
    ck_assert_uint_eq(dbg_hitters(list), 0);
    request(100, in_list, 10);
    request(100, file_named("list.c"), 10);
    request(300, in_tree, 10);
    request(600, in_list, 11);
    ck_assert_uint_eq(dbg_hitters(list), 3);
    assert_listed(list, 3, in_list, 10, 200);
    assert_listed(list, 3, in_tree, 10, 300);
    assert_listed(list, 3, in_list, 11, 600);
    ck_assert_int_eq(list[0].place.line, 11);
    ck_assert_ptr_eq(list[1].place.file, in_tree);
}
END_TEST

START_TEST(light_places_then_heavy_ones)
{
    struct dbg_hitter list[DBG_COUNTERS];
    start();
    for (int line = 100; line < 200; line++)
        request(40, in_list, line);
    ck_assert_uint_eq(dbg_hitters(list), 0);
    for (int line = 200; line < 300; line++) {
        request(40, in_list, line);
        request(10, in_list, 10);
    }
    size_t count = dbg_hitters(list);
    assert_listed(list, count, in_list, 10, 1000);
    char *array = dbg_calloc(20, 50, in_list, 11);
    dbg_realloc(array, 1500, in_list, 12);
    mem_limit(mem_heapsize());
    ck_assert_ptr_null(dbg_malloc(90000, in_list, 13));
    count = dbg_hitters(list);
    assert_listed(list, count, in_list, 12, 1500);
    for (size_t i = 0; i < count; i++)
        ck_assert_int_ne(list[i].place.line, 13);
}
END_TEST

#endif
void my_tests(TCase *tcase)
{
    tcase_add_test(tcase, double_free_is_reported);
#ifdef SOLUTION
    tcase_add_test(tcase, statistics_follow_blocks);
    tcase_add_test(tcase, lowest_and_highest);
    tcase_add_test(tcase, payloads_belong_to_the_program);
    tcase_add_test(tcase, memory_goes_around);
    tcase_add_test(tcase, no_memory);
    tcase_add_test(tcase, too_much);
    tcase_add_test(tcase, calloc_clears);
    tcase_add_test(tcase, double_frees);
    tcase_add_test(tcase, address_starts_anew);
    tcase_add_test(tcase, interior_frees);
    tcase_add_test(tcase, wild_and_foreign_frees);
    tcase_add_test(tcase, every_guard_byte);
    tcase_add_test(tcase, damage_found_at_free);
    tcase_add_test(tcase, check_goes_by_age);
    tcase_add_test(tcase, changes_add_up);
    tcase_add_test(tcase, leaks_go_by_age);
    tcase_add_test(tcase, realloc_moves);
    tcase_add_test(tcase, realloc_keeps_block_on_failure);
    tcase_add_test(tcase, realloc_reports);
    tcase_add_test(tcase, heavy_hitters);
    tcase_add_test(tcase, light_places_then_heavy_ones);
#endif
}
