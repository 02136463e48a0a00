// SPDX-License-Identifier: MIT
/*
 * blocks.c - tests of what dbg_malloc, dbg_calloc and dbg_free do for a program without mistakes, and of the
 * statistics.
 */
#include "support.h"

/*** Blocks ***/

static void expect_apart(const struct block *a, const struct block *b)
{
    bool apart = a->payload + a->size + DBG_GUARD_BYTES <= b->payload - DBG_GUARD_BYTES ||
                 b->payload + b->size + DBG_GUARD_BYTES <= a->payload - DBG_GUARD_BYTES;
    expect(apart, "two blocks and their guards should share no byte");
}

START_TEST(blocks_are_aligned_and_apart)
{
    struct block a = allocate_simply(100, 10), b = allocate_simply(100, 11), c = allocate_simply(24, 12);
    const struct block *all[] = {&a, &b, &c};
    for (size_t i = 0; i < 3; i++) {
        expect_aligned(all[i]->payload, DBG_ALIGNMENT, "dbg_malloc should return an aligned payload");
        expect_readable(all[i]->payload, all[i]->size, "the payload should be memory that lib_malloc has lent");
        fill(all[i]->payload, (unsigned char)(i + 1), all[i]->size);
    }
    for (size_t i = 0; i < 3; i++)
        expect_fill(all[i]->payload, (unsigned char)(i + 1), all[i]->size, "each block should keep its own bytes");
    expect_no_report("the program has made no mistake");
}
END_TEST

START_TEST(guards_surround_each_block)
{
    static const size_t sizes[] = {100, 16, 1, 13, 17, 4096};
    struct block blocks[sizeof sizes / sizeof *sizes];
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        blocks[i] = allocate(sizes[i], 20 + (int)i);
        for (size_t k = 0; k < i; k++)
            expect_apart(&blocks[k], &blocks[i]);
    }
}
END_TEST

static void expect_given_back(const struct block *block)
{
    struct heap_block memory;
    expect(heap_find(block->payload, &memory) && !memory.live,
           "dbg_free should give the payload of %s, %zu bytes, back with lib_free", name_of(block->payload),
           block->size);
}

START_TEST(free_gives_memory_back)
{
    static const size_t sizes[] = {0, 1, 16, 64, 512, 4096, 65536, 1 << 20, 2 << 20, 17 << 20};
    struct block a = allocate_simply(100, 10), b = allocate_simply(50, 11);
    struct heap_block block;
    release(&a, 30);
    expect_given_back(&a);
    expect(heap_find(b.payload, &block) && block.live, "b is still in use: its memory should not be given back");
    release(&b, 31);
    expect_given_back(&b);
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        struct block c = allocate_simply(sizes[i], 12 + (int)i);
        release(&c, 32 + (int)i);
        expect_given_back(&c);
    }
}
END_TEST

START_TEST(payloads_are_left_alone)
{
    struct block a = allocate_simply(48, 10), b = allocate_simply(48, 11), c = allocate_simply(48, 12);
    fill(a.payload, 0x0A, 48);
    fill(c.payload, 0x0C, 48);
    release(&b, 30);
    b = allocate_simply(200, 13);
    dbg_check(tree_c, 31);
    dbg_leaks(tree_c, 32);
    stats_now();
    free_at(a.payload + 8, 33);
    expect_fill(a.payload, 0x0A, 48, "the payload of a belongs to the program: the layer should not change it");
    expect_fill(c.payload, 0x0C, 48, "the payload of c belongs to the program: the layer should not change it");
}
END_TEST

START_TEST(zero_is_a_size)
{
    struct block a = allocate(0, 10), b = allocate(0, 11);
    expect(a.payload != b.payload, "two blocks of 0 bytes should have different addresses");
    expect_apart(&a, &b);
    struct dbg_stats stats = stats_now();
    expect_size(stats.blocks, 2, "a block of 0 bytes counts as a block");
    expect_size(stats.bytes, 0, "two blocks of 0 bytes have no bytes");
    release(&a, 30);
    expect_size(stats_now().blocks, 1, "one of the two blocks has been freed");
    release(&b, 31);
    expect_size(stats_now().blocks, 0, "both blocks have been freed");
}
END_TEST

START_TEST(free_of_null_does_nothing)
{
    dbg_free(NULL, tree_c, 30);
    expect_no_report("dbg_free(NULL) is allowed");
    struct block a = allocate_simply(16, 10);
    struct dbg_stats before = stats_now();
    dbg_free(NULL, tree_c, 31);
    expect_no_report("dbg_free(NULL) is allowed");
    expect_same_stats(&before, "dbg_free(NULL)");
    release(&a, 32);
}
END_TEST

/*** No memory ***/

static void expect_refusal(const void *found)
{
    expect_null(found, "there is no memory: the call should return NULL");
    expect_errno(ENOMEM, "errno should give the reason");
}

enum way { BY_MALLOC, BY_CALLOC, BY_REALLOC, WAYS };

/* Allocates SIZE bytes at list.c and LINE. */
static void *request_by(enum way way, size_t size, int line)
{
    if (way == BY_MALLOC)
        return dbg_malloc(size, list_c, line);
    return way == BY_CALLOC ? dbg_calloc(size / 8, 8, list_c, line) : dbg_realloc(NULL, size, list_c, line);
}

/* A request by WAY while the Kth call of lib_malloc fails, if there are so many. Returns whether there were. */
static bool request_refused(enum way way, size_t k)
{
    size_t requests = heap_requests(), live = heap_live_blocks();
    struct dbg_stats before = stats_now();
    tell("/* call number %zu of lib_malloc from here will fail */", k);
    heap_refuse(k);
    const void *found = request_by(way, 64, 10 + (int)k);
    heap_refuse(0);
    if (found == NULL) {
        expect_refusal(found);
        expect_size(heap_live_blocks(), live, "a call that fails should give back what lib_malloc has lent it");
        expect_same_stats(&before, "a request that fails");
        leaks_at(40, before.blocks);
        report_at(0);
    }
    return heap_requests() - requests >= k;
}

/* A request while all but the first K - 1 calls of lib_malloc fail. Returns whether it needed more. */
static bool is_short_of_calls(size_t k, int line)
{
    size_t live = heap_live_blocks();
    heap_refuse_from(k);
    const void *found = dbg_malloc(24, list_c, line);
    heap_refuse(0);
    if (found == NULL)
        expect_size(heap_live_blocks(), live, "a call that fails should give back what lib_malloc has lent it");
    return found == NULL;
}

/* Whenever the layer needs memory for more records, it gets that, but none for the block. */
static void grow_while_refused(void)
{
    static const size_t rows[][2] = {{0, 280}, {210, 30}, {480, 30}, {990, 30}}; /* up to 256, 512, 1,024, 2,048 */
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        size_t got = allocate_many(rows[i][0], 24, list_c, 100);
        expect_size(got, rows[i][0], "there is memory for these blocks");
        tell("/* %zu times dbg_malloc(24), for which the second call of lib_malloc fails, if there is one */",
             rows[i][1]);
        story_quiet();
        for (size_t n = 0; n < rows[i][1]; n++)
            for (size_t k = 2; k < 10 && is_short_of_calls(k, 100 + (int)n); k++)
                continue;
        story_aloud();
    }
}

START_TEST(refusal_leaves_nothing_behind)
{
    enum { ROUNDS = 5 };
    struct block a = allocate_simply(64, 10);
    expect(heap_requests() > 0, "dbg_malloc should get its memory from lib_malloc");
    for (unsigned i = 0; i < ROUNDS * WAYS; i++)
        for (size_t k = 1; request_refused((enum way)(i % WAYS), k); k++)
            expect(k < 100, "dbg_malloc should not ask lib_malloc again and again");
    tell("/* from here on every call of lib_malloc will fail */");
    heap_refuse_from(1);
    expect_refusal(dbg_malloc(64, list_c, 50));
    expect_refusal(dbg_calloc(2, 32, list_c, 51));
    expect_refusal(dbg_realloc(NULL, 64, list_c, 52));
    heap_refuse(0);
    grow_while_refused();
    expect_no_report("lack of memory is not an error of the program");
    release(&a, 60);
}
END_TEST

START_TEST(huge_sizes_are_refused)
{
    static const size_t below[] = {0, 1, 8, 15, 16, 17, 31, 32, 33, 47, 48, 63, 64, 96, 128, 160, 256, 4096};
    allocate_simply(16, 10);
    for (size_t i = 0; i < sizeof below / sizeof *below; i++) {
        expect_refusal(dbg_malloc(SIZE_MAX - below[i], list_c, 20));
        expect_refusal(dbg_calloc(1, SIZE_MAX - below[i], list_c, 24));
        expect_refusal(dbg_realloc(NULL, SIZE_MAX - below[i], list_c, 25));
    }
    expect_refusal(dbg_malloc(SIZE_MAX / 2, list_c, 21));
    expect_refusal(dbg_malloc((size_t)1 << 40, list_c, 22));
    expect_refusal(dbg_malloc(((size_t)1 << 32) + 16, list_c, 23));
}
END_TEST

/*** Statistics ***/

START_TEST(stats_count_blocks_in_use)
{
    struct dbg_stats stats = stats_now();
    expect_size(stats.blocks, 0, "before the first call no block is in use");
    expect_size(stats.bytes, 0, "before the first call no byte is in use");
    struct block a = allocate_simply(100, 10), b = allocate_simply(7, 11);
    stats = stats_now();
    expect_size(stats.blocks, 2, "a and b are in use");
    expect_size(stats.bytes, 107, "bytes counts what was requested: 100 and 7");
    release(&a, 30);
    stats = stats_now();
    expect_size(stats.blocks, 1, "only b is in use");
    expect_size(stats.bytes, 7, "only the 7 bytes of b are in use");
    release(&b, 31);
    stats = stats_now();
    expect_size(stats.blocks, 0, "all blocks have been freed");
    expect_size(stats.bytes, 0, "all blocks have been freed");
}
END_TEST

START_TEST(totals_never_fall)
{
    errno_begins(ENOMEM);
    struct dbg_stats stats = stats_now();
    expect_size(stats.total_blocks, 0, "before the first call there has been no block");
    expect_size(stats.total_bytes, 0, "before the first call there has been no byte");
    struct block a = allocate_simply(100, 10);
    release(&a, 30);
    a = allocate_simply(50, 11);
    release(&a, 31);
    stats = stats_now();
    expect_size(stats.total_blocks, 2, "total_blocks should count freed blocks, too");
    expect_size(stats.total_bytes, 150, "total_bytes should count the bytes of freed blocks, too");
}
END_TEST

START_TEST(failures_are_counted_apart)
{
    allocate_simply(100, 10);
    struct dbg_stats before = stats_now();
    expect_size(before.failed, 0, "no request has failed so far");
    tell("/* from here on every call of lib_malloc will fail */");
    heap_refuse_from(1);
    dbg_malloc(64, list_c, 11);
    dbg_calloc(4, 4, list_c, 12);
    heap_refuse(0);
    expect_same_stats(&before, "a request that fails");
    expect_size(stats_now().failed, 2, "two requests have failed");
    dbg_malloc(SIZE_MAX - 8, list_c, 13);
    expect_same_stats(&before, "a request for too much");
    expect_size(stats_now().failed, 3, "a request for too much has failed as well");
    dbg_calloc(SIZE_MAX / 4, 8, list_c, 14);
    expect_same_stats(&before, "a request for too large an array");
    expect_size(stats_now().failed, 4, "a request for too large an array has failed as well");
    enum { MANY = 66000 };
    refuse_many(MANY, list_c, 15);
    expect_same_stats(&before, "66000 requests for too much");
    expect_size(stats_now().failed, 4 + MANY, "66000 more requests have failed");
}
END_TEST

START_TEST(lowest_and_highest_are_kept)
{
    struct dbg_stats stats = stats_now();
    expect_null(stats.lowest, "before the first block there is no lowest address");
    expect_null(stats.highest, "before the first block there is no highest address");
    tell("/* from here on lib_malloc takes the first place that fits */");
    lib_reuse();
    struct block a = allocate_simply(300, 10), b = allocate_simply(40, 11);
    const char *end = a.payload + 300 > b.payload + 40 ? a.payload + 300 : b.payload + 40;
    const char *start = a.payload < b.payload ? a.payload : b.payload;
    expect_pointer(stats_now().lowest, start, "lowest should be the start of the lowest payload");
    expect_pointer(stats_now().highest, end, "highest should be the end of the highest payload, guards not included");
    release(&b, 30);
    release(&a, 31);
    struct block c = allocate_simply(8, 12);
    start = c.payload < start ? c.payload : start;
    end = c.payload + 8 > end ? c.payload + 8 : end;
    expect_pointer(stats_now().lowest, start, "lowest should take freed blocks into account");
    expect_pointer(stats_now().highest, end, "highest should take freed blocks into account");
}
END_TEST

/* Block b takes the place of others, among them a, and ends above it. */
START_TEST(one_block_is_lowest_and_highest)
{
    tell("/* from here on lib_malloc takes the first place that fits */");
    lib_reuse();
    char *low = lib_block(200), *middle = lib_block(16 + 2 * DBG_GUARD_BYTES), *high = lib_block(200);
    lib_free(middle);
    struct block a = allocate_simply(16, 10);
    lib_free(low);
    lib_free(high);
    release(&a, 30);
    struct block b = allocate_simply(400, 11);
    const char *start = a.payload < b.payload ? a.payload : b.payload;
    const char *end = a.payload + 16 > b.payload + 400 ? a.payload + 16 : b.payload + 400;
    expect_pointer(stats_now().lowest, start, "lowest should be the start of the lowest payload");
    expect_pointer(stats_now().highest, end, "highest should be the end of the highest payload");
}
END_TEST

/*** calloc ***/

START_TEST(calloc_gives_zeros)
{
    errno_begins(ENOMEM);
    tell("/* from here on lib_malloc takes the first place that fits */");
    lib_reuse();
    struct block a = allocate_simply(120, 10);
    fill(a.payload, 0xEE, 120);
    release(&a, 30);
    char *b = dbg_calloc(12, 10, list_c, 11);
    expect_pointer_set(b, "dbg_calloc should return a block while there is memory");
    expect_aligned(b, DBG_ALIGNMENT, "dbg_calloc should return an aligned payload");
    expect_fill(b, 0, 120, "all bytes of the array should be 0");
    expect_size(stats_now().bytes, 120, "the array has 12 members of 10 bytes");
    char *c = dbg_calloc(0, 10, list_c, 12);
    expect_pointer_set(c, "an array without members is a block of 0 bytes");
    char *d = dbg_calloc(10, 0, list_c, 13);
    expect_pointer_set(d, "an array of members without bytes is a block of 0 bytes");
    expect_size(stats_now().blocks, 3, "the three arrays are in use");
    expect_pointer_set(dbg_calloc(0, SIZE_MAX, list_c, 14), "an array without members has 0 bytes, whatever they are");
    expect_pointer_set(dbg_calloc(SIZE_MAX, 0, list_c, 15), "any number of members without bytes has 0 bytes");
    expect_size(stats_now().failed, 0, "no request has failed");
    check_at(31, 0);
    expect_no_report("the program has made no mistake");
}
END_TEST

START_TEST(calloc_refuses_overflow)
{
    static const size_t factors[][2] = {
        {SIZE_MAX / 2 + 1, 2}, {2, SIZE_MAX / 2 + 1}, {SIZE_MAX / 16 + 2, 16},     {(size_t)1 << 32, (size_t)1 << 32},
        {SIZE_MAX, SIZE_MAX},  {SIZE_MAX / 3 + 1, 3}, {((size_t)1 << 61) + 1, 24},
    };
    allocate_simply(16, 10);
    for (size_t i = 0; i < sizeof factors / sizeof *factors; i++)
        expect_refusal(dbg_calloc(factors[i][0], factors[i][1], list_c, 20 + (int)i));
}
END_TEST

void add_blocks(struct suite *suite)
{
    suite_add(suite, blocks_are_aligned_and_apart);
    suite_add(suite, guards_surround_each_block);
    suite_add(suite, free_gives_memory_back);
    suite_add(suite, payloads_are_left_alone);
    suite_add(suite, zero_is_a_size);
    suite_add(suite, free_of_null_does_nothing);
    suite_add(suite, refusal_leaves_nothing_behind);
    suite_add(suite, huge_sizes_are_refused);
    suite_add(suite, stats_count_blocks_in_use);
    suite_add(suite, totals_never_fall);
    suite_add(suite, failures_are_counted_apart);
    suite_add(suite, lowest_and_highest_are_kept);
    suite_add(suite, one_block_is_lowest_and_highest);
    suite_add(suite, calloc_gives_zeros);
    suite_add(suite, calloc_refuses_overflow);
}
