// SPDX-License-Identifier: MIT
/*
 * resizing.c - tests of dbg_realloc: the bytes, the two blocks, their places, and everything that can go wrong.
 */
#include "support.h"

/* dbg_realloc of BLOCK to SIZE bytes at list.c and LINE, which must succeed. */
static struct block resize(const struct block *block, size_t size, int line)
{
    struct block moved = {.size = size, .allocated = {list_c, line}};
    moved.payload = dbg_realloc(block->payload, size, list_c, line);
    expect_guarded(moved.payload, size, "dbg_realloc");
    return moved;
}

static void count_up(const struct block *block)
{
    tell("/* byte i of %s becomes i */", name_of(block->payload));
    for (size_t i = 0; i < block->size; i++)
        block->payload[i] = (char)i;
}

static void expect_counting(const char *payload, size_t n, const char *sentence)
{
    char expected[4096];
    for (size_t i = 0; i < n; i++)
        expected[i] = (char)i;
    expect_bytes(payload, expected, n, "%s", sentence);
}

START_TEST(realloc_keeps_bytes)
{
    struct block a = allocate(100, 10);
    count_up(&a);
    struct block b = resize(&a, 300, 11);
    expect_counting(b.payload, 100, "a larger block should keep all 100 bytes of the old one");
    count_up(&b);
    struct block c = resize(&b, 37, 12);
    expect_counting(c.payload, 37, "a smaller block should keep as many bytes as it has");
    struct block d = resize(&c, 37, 13);
    expect_counting(d.payload, 37, "a block of the same size should keep all bytes");
    release(&d, 30);
    expect_no_report("the program has made no mistake");
}
END_TEST

START_TEST(realloc_of_null_allocates)
{
    errno_begins(ENOMEM);
    struct block none = {0};
    struct block a = resize(&none, 64, 10);
    expect_no_report("dbg_realloc(NULL, 64) is allowed");
    fill(a.payload, 0x0A, 64);
    struct dbg_stats stats = stats_now();
    expect_size(stats.blocks, 1, "the new block is in use");
    expect_size(stats.total_bytes, 64, "the new block has 64 bytes");
    leaks_at(30, 1);
    expect_report(DBG_LEAK, a.payload, &a, BLOCK | ALLOCATED | FREED,
                  "the new block comes from dbg_realloc in line 10");
    struct block b = resize(&none, 0, 11);
    expect_size(stats_now().blocks, 2, "dbg_realloc(NULL, 0) allocates a block of 0 bytes, as dbg_malloc(0) does");
    release(&b, 31);
}
END_TEST

START_TEST(realloc_to_zero_moves)
{
    struct block a = allocate(64, 10);
    struct block b = resize(&a, 0, 11);
    expect_size(stats_now().blocks, 1, "a block of 0 bytes is a block: it is in use");
    expect_size(stats_now().bytes, 0, "a block of 0 bytes has no bytes");
    struct block c = resize(&b, 16, 12);
    expect_size(stats_now().bytes, 16, "the block has 16 bytes again");
    release(&c, 30);
}
END_TEST

START_TEST(realloc_counts_two_blocks)
{
    struct block a = allocate(100, 10);
    allocate(5, 11);
    struct block b = resize(&a, 300, 12);
    struct dbg_stats stats = stats_now();
    expect_size(stats.blocks, 2, "the old block is freed, and the new one is in use");
    expect_size(stats.bytes, 305, "in use are the 300 bytes of the new block, and 5");
    expect_size(stats.total_blocks, 3, "the new block is one more than before");
    expect_size(stats.total_bytes, 405, "the totals count 100, 5, and 300 bytes");
    b = resize(&b, 20, 13);
    stats = stats_now();
    expect_size(stats.bytes, 25, "in use are the 20 bytes of the new block, and 5");
    expect_size(stats.total_bytes, 425, "the totals count 100, 5, 300, and 20 bytes");
    expect_size(stats.failed, 0, "no request has failed");
    expect(stats.highest >= b.payload + 20, "highest should take the new block into account");
}
END_TEST

static void expect_moved(const struct block *from, const struct block *to)
{
    expect(to->payload != from->payload, "the new block is allocated before the old one is freed: it lies elsewhere");
}

START_TEST(realloc_frees_the_old_block)
{
    enum { MOVES = 300 };
    struct heap_block memory;
    struct block a = allocate(100, 10);
    struct block b = resize(&a, 200, 11);
    expect_moved(&a, &b);
    expect(heap_find(a.payload, &memory) && !memory.live, "the memory of the old block should be given back");
    a.freed = (struct dbg_place){list_c, 11};
    free_at(a.payload, 30);
    expect_report(DBG_DOUBLE_FREE, a.payload, &a, BLOCK | ALLOCATED | FREED,
                  "the old block was freed by dbg_realloc in line 11");
    struct block c = resize(&b, 50, 12);
    expect_moved(&b, &c);
    struct block d = resize(&c, 50, 16777229);
    expect_moved(&c, &d);
    c.freed = (struct dbg_place){list_c, 16777229};
    free_at(c.payload, 32);
    expect_report(DBG_DOUBLE_FREE, c.payload, &c, BLOCK | ALLOCATED | FREED, "that line is a large number");
    static const size_t sizes[] = {4096, 16, 0, 1 << 20, 3 << 20, 100, 65536, 65536, 2 << 20, 1};
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        struct block old = d;
        d = resize(&old, sizes[i], 14 + (int)i);
        expect_moved(&old, &d);
        expect(heap_find(old.payload, &memory) && !memory.live,
               "the memory of the old block, %zu bytes, should be given back", old.size);
    }
    tell("/* %d times, the block moves on: each time to an address that is new */", MOVES);
    for (int i = 0; i < MOVES; i++) {
        struct block old = d;
        d = resize(&old, 24, 40 + i);
    }
    release(&d, 31);
    expect_size(stats_now().blocks, 0, "each dbg_realloc frees one block, and the last one was freed");
}
END_TEST

START_TEST(realloc_takes_its_own_place)
{
    struct block a = allocate(10, 10), b = allocate(20, 11), c = allocate(30, 12);
    a = resize(&a, 15, 13);
    leaks_at(30, 3);
    expect_report(DBG_LEAK, b.payload, &b, BLOCK | ALLOCATED, "b is now the oldest block");
    expect_report(DBG_LEAK, c.payload, &c, BLOCK | ALLOCATED, "c comes after b");
    expect_report(DBG_LEAK, a.payload, &a, BLOCK | ALLOCATED | FREED,
                  "the block from dbg_realloc in line 13 is the youngest");
    b = resize(&b, 5, 14);
    free_at(b.payload + 1, 31);
    expect_report(DBG_INTERIOR_FREE, b.payload + 1, &b, BLOCK | ALLOCATED, "the block comes from line 14 now");
}
END_TEST

/* dbg_realloc of BLOCK to SIZE bytes while the Kth call of lib_malloc fails. If it returns NULL, nothing has changed;
 * otherwise BLOCK moves. Returns whether there were so many calls. */
static bool resize_refused(struct block *block, size_t size, size_t k)
{
    size_t requests = heap_requests(), live = heap_live_blocks();
    struct dbg_stats before = stats_now();
    tell("/* call number %zu of lib_malloc from here will fail */", k);
    heap_refuse(k);
    char *found = dbg_realloc(block->payload, size, list_c, 40);
    heap_refuse(0);
    bool refused = heap_requests() - requests >= k;
    expect(!refused || k > 1 || !found, "there is no memory: dbg_realloc should return NULL, whatever the new size is");
    if (!found) {
        expect_errno(ENOMEM, "errno should give the reason");
        expect_same_stats(&before, "a dbg_realloc that fails");
        expect_size(stats_now().failed, before.failed + 1, "one more request has failed");
        expect_size(heap_live_blocks(), live, "a call that fails should give back what lib_malloc has lent it");
        leaks_at(41, 1);
        expect_report(DBG_LEAK, block->payload, block, BLOCK | ALLOCATED | FREED, "the old block stays as it was");
    } else
        *block = (struct block){.payload = found, .size = size, .allocated = {list_c, 40}};
    expect_counting(block->payload, block->size < 20 ? block->size : 20, "the block should keep its bytes");
    count_up(block);
    return refused;
}

START_TEST(realloc_failure_keeps_the_block)
{
    struct block a = allocate(100, 10), b = allocate(20, 11);
    count_up(&a);
    struct dbg_stats before = stats_now();
    tell("/* from here on every call of lib_malloc will fail */");
    heap_refuse_from(1);
    expect_null(dbg_realloc(a.payload, 200, list_c, 11), "there is no memory: dbg_realloc should return NULL");
    expect_errno(ENOMEM, "errno should give the reason");
    heap_refuse(0);
    tell("/* from here on there is memory again */");
    expect_same_stats(&before, "a dbg_realloc that fails");
    expect_size(stats_now().failed, before.failed + 1, "one request has failed");
    expect_null(dbg_realloc(a.payload, SIZE_MAX - 8, list_c, 12), "no block can be so large");
    expect_errno(ENOMEM, "errno should give the reason");
    expect_size(stats_now().failed, before.failed + 2, "two requests have failed");
    expect_no_report("lack of memory is not an error of the program");
    expect_counting(a.payload, 100, "the old block should keep its bytes");
    leaks_at(30, 2);
    expect_report(DBG_LEAK, a.payload, &a, BLOCK | ALLOCATED | FREED, "the old block is in use, as it was");
    expect_report(DBG_LEAK, b.payload, &b, BLOCK, "b is still the youngest block");
    release(&b, 31);
    static const size_t sizes[] = {20, 100, 99, 99, 300, 64, 2000, 20};
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++)
        for (size_t k = 1; resize_refused(&a, sizes[i], k); k++)
            expect(k < 100, "dbg_realloc should not ask lib_malloc again and again");
    heap_refuse(1);
    expect_null(dbg_realloc(a.payload, 0, list_c, 42), "there is no memory for a block of 0 bytes either");
    heap_refuse(0);
    release(&a, 32);
}
END_TEST

static void resize_badly_to(size_t size, void *pointer, int line, enum dbg_kind kind, const struct block *block,
                            const char *what)
{
    struct dbg_stats before = stats_now();
    size_t live = heap_live_blocks();
    at_line(line);
    expect_null(dbg_realloc(pointer, size, tree_c, line),
                "no block starts at this pointer: there is nothing to resize");
    expect_report(kind, pointer, block, POINTER | AT | BLOCK | ALLOCATED | FREED, what);
    expect_no_report("one bad call of dbg_realloc is reported once");
    expect_same_stats(&before, "a bad dbg_realloc");
    expect_size(stats_now().failed, before.failed, "a bad dbg_realloc is not a request that failed");
    expect_size(heap_live_blocks(), live, "a bad dbg_realloc should allocate nothing");
}

/* dbg_realloc(POINTER, ...) at LINE, to several sizes: the same report as from dbg_free, and nothing else. */
static void resize_badly(void *pointer, int line, enum dbg_kind kind, const struct block *block, const char *what)
{
    static const size_t sizes[] = {50, 0, SIZE_MAX};
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++)
        resize_badly_to(sizes[i], pointer, line, kind, block, what);
}

START_TEST(realloc_reports_bad_pointers)
{
    char *stray = put(NULL, 64, "stray", "char stray[64]; /* not from dbg_malloc */");
    struct block a = allocate(100, 10), b = allocate(100, 11);
    resize_badly(stray, 30, DBG_WILD_FREE, NULL, "stray does not come from dbg_malloc");
    resize_badly(a.payload + 10, 31, DBG_INTERIOR_FREE, &a, "the pointer is 10 bytes into a");
    release(&a, 32);
    resize_badly(a.payload, 33, DBG_DOUBLE_FREE, &a, "a was freed before");
    resize_badly(a.payload + 16, 34, DBG_FOREIGN_FREE, NULL, "this is inside of a freed block");
    for (unsigned bit = 32; bit < 64; bit += 4)
        resize_badly((void *)((uintptr_t)b.payload + ((uintptr_t)1 << bit)), 36, DBG_WILD_FREE, NULL,
                     "this address is far above b");
    release(&b, 35);
}
END_TEST

/* dbg_realloc of a block whose last guard has changed: the new block has a guard of its own. */
static void resize_damaged(size_t from, size_t to)
{
    struct block a = allocate(from, 20);
    damage(a.payload, (ptrdiff_t)from);
    at_line(40);
    struct block b = {dbg_realloc(a.payload, to, tree_c, 40), to, {tree_c, 40}, {NULL, 0}};
    expect_pointer_set(b.payload, "dbg_realloc should return a block while there is memory");
    expect_report(DBG_OVERRUN, a.payload + from, &a, POINTER, "the guard after the old block has changed");
    check_at(41, 0);
    expect_no_report("the guards of the new block are intact: nobody wrote there");
    release(&b, 42);
}

START_TEST(realloc_checks_guards)
{
    struct block a = allocate(96, 10);
    damage(a.payload, 97);
    damage(a.payload, -3);
    expect_null(dbg_realloc(a.payload, SIZE_MAX - 8, tree_c, 29), "no block can be so large");
    expect_no_report("a dbg_realloc that fails frees nothing, so it checks no guards");
    at_line(30);
    char *b = dbg_realloc(a.payload, 200, tree_c, 30);
    expect_pointer_set(b, "dbg_realloc should return a block while there is memory");
    unsigned all = POINTER | AT | BLOCK | ALLOCATED | FREED;
    expect_report(DBG_UNDERRUN, a.payload - 3, &a, all, "the guard before the old block has changed");
    expect_report(DBG_OVERRUN, a.payload + 97, &a, all, "the guard after the old block has changed");
    check_at(31, 0);
    expect_no_report("the guards of the new block are intact");
    for (size_t from = 9; from <= 16; from += 2) {
        resize_damaged(from, from);
        resize_damaged(from, from + 1);
        resize_damaged(from, from - 1);
    }
}
END_TEST

void add_resizing(struct suite *suite)
{
    suite_add(suite, realloc_keeps_bytes);
    suite_add(suite, realloc_of_null_allocates);
    suite_add(suite, realloc_to_zero_moves);
    suite_add(suite, realloc_counts_two_blocks);
    suite_add(suite, realloc_frees_the_old_block);
    suite_add(suite, realloc_takes_its_own_place);
    suite_add(suite, realloc_failure_keeps_the_block);
    suite_add(suite, realloc_reports_bad_pointers);
    suite_add(suite, realloc_checks_guards);
}
