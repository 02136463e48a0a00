// SPDX-License-Identifier: MIT
/*
 * hitters.c - tests of dbg_hitters. Each plays a stream of requests whose true sums it knows. What the contract leaves
 * open, the checks leave open: an estimate may be off by a twentieth of all bytes, and between a twentieth and a tenth
 * a place may be listed or not.
 */
#include "support.h"

#include <stdio.h>

enum { MOST_LINES = 4096, GUARANTEED = 10, TOLERATED = 20 };

/* What a test looks at. */
enum check {
    LISTED = 1,    /* every place with a tenth of all bytes */
    ONCE = 2,      /* and no place twice */
    NOT_LIGHT = 4, /* no place with less than a twentieth */
    BOUND = 8,     /* estimates within a twentieth */
    ORDER = 16,
};

/* Of the running test: what was requested in each line of list.c, and in all. Line i is line i * SPREAD of the file. */
static size_t sums[MOST_LINES];
static size_t total;
static int spread = 1;

static struct dbg_hitter *room;

static void request(size_t size, int line)
{
    char *payload = dbg_malloc(size, list_c, line * spread);
    expect_pointer_set(payload, "dbg_malloc should return a block while there is memory");
    dbg_free(payload, tree_c, 1);
    sums[line] += size;
    total += size;
}

/* request of SIZE bytes, COUNT times, in the lines from LINE on. */
static void request_each(size_t count, size_t size, int line)
{
    story_quiet();
    for (size_t i = 0; i < count; i++)
        request(size, line + (int)i);
    story_aloud();
    tell("/* %zu bytes each are requested in lines %d to %d, %d apart */", size, line * spread,
         (line + (int)count - 1) * spread, spread);
}

/* Calls dbg_hitters; all it has stored are places that were told to it. */
static size_t hitters(void)
{
    room = room ? room : put(NULL, DBG_COUNTERS * sizeof *room, "list", "struct dbg_hitter list[DBG_COUNTERS];");
    memset(room, 0xCC, DBG_COUNTERS * sizeof *room);
    size_t count = dbg_hitters(room);
    expect(count <= DBG_COUNTERS, "the list has room for %d places", DBG_COUNTERS);
    for (size_t i = 0; i < count; i++) {
        int line = room[i].place.line;
        expect(room[i].place.file == list_c && line >= 0 && line % spread == 0 && line / spread < MOST_LINES,
               "list[%zu] should be a place where memory was requested, with its file name as it was passed", i);
    }
    return count;
}

static size_t times_listed(size_t count, int line)
{
    size_t times = 0;
    for (size_t i = 0; i < count; i++)
        times += room[i].place.line == line * spread;
    return times;
}

static void look_at_entry(size_t i, unsigned checks)
{
    int line = room[i].place.line;
    size_t sum = sums[line / spread], found = room[i].bytes;
    size_t off = found > sum ? found - sum : sum - found;
    char text[2][64];
    if ((checks & NOT_LIGHT) && sum * TOLERATED < total)
        fail("line %d has %zu of %zu bytes, less than a twentieth: it should not be listed", line, sum, total);
    if ((checks & BOUND) && off * TOLERATED > total) {
        snprintf(text[0], sizeof text[0], "%zu, give or take %zu", sum, total / TOLERATED);
        snprintf(text[1], sizeof text[1], "%zu", found);
        fail_compare(text[0], text[1], "the estimate for line %d should be within a twentieth of all %zu bytes", line,
                     total);
    }
    if ((checks & ORDER) && i > 0 && found > room[i - 1].bytes)
        fail("list[%zu] has a larger estimate than list[%zu]: the largest should come first", i, i - 1);
}

static void look_at_hitters(unsigned checks)
{
    size_t count = hitters();
    for (size_t i = 0; i < count; i++)
        look_at_entry(i, checks);
    for (int line = 0; line < MOST_LINES; line++) {
        size_t times = times_listed(count, line);
        if ((checks & LISTED) && sums[line] > 0 && sums[line] * GUARANTEED >= total)
            expect(times > 0, "line %d has %zu of %zu bytes, a tenth or more: it should be listed", line * spread,
                   sums[line], total);
        if (checks & ONCE)
            expect(times <= 1, "line %d should not be listed twice", line * spread);
    }
}

START_TEST(heavy_places_are_listed)
{
    expect_size(hitters(), 0, "nothing was requested yet: the list should be empty");
    request(0, 9);
    expect_size(hitters(), 0, "no bytes were requested yet: the list should be empty");
    request_each(10, 100, 50);
    look_at_hitters(LISTED | ONCE);
    request(5000, 10);
    look_at_hitters(LISTED | ONCE);
    request(2000, 11);
    request(1000, 10);
    request(1000, 12);
    look_at_hitters(LISTED | ONCE);
    request_each(10, 100, 20);
    look_at_hitters(LISTED | ONCE);
    expect_no_report("the program has made no mistake");
}
END_TEST

START_TEST(late_places_are_listed)
{
    request_each(DBG_COUNTERS, 30, 100);
    request(200, 902);
    look_at_hitters(LISTED | ONCE);
    request_each(400, 5, 100);
    request(300, 900);
    look_at_hitters(LISTED | ONCE);
    request_each(100, 40, 1000);
    for (int i = 0; i < 8; i++)
        request(100, 901);
    look_at_hitters(LISTED | ONCE);
}
END_TEST

/* The heavy place never has the most bytes at a time. And all lines are multiples of many numbers, so whatever is
 * divided by the line's number is one-sided. */
START_TEST(small_requests_add_up)
{
    spread = 960;
    request_each(40, 30, 2000);
    story_quiet();
    for (int i = 0; i < 600; i++) {
        request(20, 1000 + i);
        request(4, 10);
    }
    story_aloud();
    tell("/* 600 times: 20 bytes are requested in a new line, and 4 bytes in line %d */", 10 * spread);
    look_at_hitters(LISTED | ONCE | NOT_LIGHT);
}
END_TEST

/* A tenth and a twentieth of every number of bytes up to 280: nothing may be rounded the wrong way. */
static void look_at_small_sums(void)
{
    enum { PLACES = 10, SMALL = 280 };
    story_quiet();
    for (int i = 1; i <= PLACES; i++) {
        request((size_t)i, i);
        look_at_hitters(LISTED | NOT_LIGHT | BOUND);
    }
    while (total < SMALL) {
        request(1, 11);
        look_at_hitters(LISTED | NOT_LIGHT | BOUND);
    }
    story_aloud();
    tell("/* lines 1 to 10 have requested 1 to 10 bytes, and line 11 byte by byte all others */");
}

/* So few bytes from so many places that all counters are in use, and some have lost what they had. */
static void look_at_single_bytes(void)
{
    enum { FIRST = 100, PLACES = 3 * DBG_COUNTERS };
    story_quiet();
    for (int i = 0; i < PLACES; i++) {
        request(1, FIRST + i);
        look_at_hitters(LISTED | NOT_LIGHT | BOUND);
    }
    story_aloud();
    tell("/* %d lines have requested 1 byte each */", PLACES);
}

START_TEST(light_places_are_left_out)
{
    look_at_single_bytes();
    look_at_small_sums();
    request_each(30, 1, 600);
    look_at_hitters(NOT_LIGHT | LISTED);
    request_each(100, 50, 100);
    look_at_hitters(NOT_LIGHT);
    request(900, 50);
    look_at_hitters(NOT_LIGHT);
    request_each(30, 30, 300);
    look_at_hitters(NOT_LIGHT);
    request_each(40, 150, 400);
    look_at_hitters(NOT_LIGHT);
}
END_TEST

static unsigned next_random(unsigned *state)
{
    *state = *state * 1103515245U + 12345U;
    return *state >> 16 & 0x7fffU;
}

/* Fewer counters than DBG_COUNTERS have to give one of these places the bytes of another. */
static void fill_all_counters_but_one(void)
{
    request_each(DBG_COUNTERS - 1, 1000, 2000);
    request(600, 2100);
    look_at_hitters(BOUND | NOT_LIGHT | LISTED);
}

START_TEST(estimates_keep_their_bound)
{
    unsigned state = 9;
    fill_all_counters_but_one();
    story_quiet();
    for (int i = 0; i < 1500; i++) {
        int heavy = i < 500 ? 10 : i < 1000 ? 20 : 30;
        bool is_heavy = next_random(&state) % 3 == 0;
        request(1 + next_random(&state) % 60, is_heavy ? heavy : 100 + (int)(next_random(&state) % 200));
        if (i % 50 == 49)
            look_at_hitters(BOUND | LISTED);
    }
    story_aloud();
    tell("/* 1500 requests: a third of them in lines 10, 20 and 30, the others in 200 different lines */");
    look_at_hitters(BOUND | LISTED);
    request_each(1, 3000, 40);
    look_at_hitters(BOUND | LISTED);
    request_each(300, 15, 1000);
    look_at_hitters(BOUND | LISTED);
}
END_TEST

START_TEST(list_is_in_order)
{
    request(100, 10);
    request(300, 11);
    request(200, 12);
    look_at_hitters(ORDER);
    request(600, 13);
    request(400, 14);
    look_at_hitters(ORDER);
    request(900, 10);
    look_at_hitters(ORDER | ONCE);
}
END_TEST

static void request_in(const char *file, size_t size, int line)
{
    expect_pointer_set(dbg_malloc(size, file, line), "dbg_malloc should return a block while there is memory");
}

/* NAMES are two places with SIZE bytes each, and that is more than a tenth of all. BEFORE are all bytes so far. */
static void expect_two_places(const char *const names[2], size_t size, size_t before, struct dbg_hitter *list)
{
    const char *files[] = {put_string(names[0]), put_string(names[1])};
    size_t found = 0, slack = (before + 2 * size) / TOLERATED;
    for (size_t i = 0; i < 2; i++)
        request_in(files[i], size, 10);
    size_t count = dbg_hitters(list);
    for (size_t i = 0; i < count && i < DBG_COUNTERS; i++)
        if (list[i].place.file == files[0] || list[i].place.file == files[1]) {
            found++;
            expect(list[i].bytes + slack >= size && list[i].bytes <= size + slack,
                   "line 10 of %s has requested %zu bytes, and not %zu: line 10 of another file is another place",
                   list[i].place.file == files[0] ? names[0] : names[1], size, list[i].bytes);
        }
    expect_size(found, 2, "line 10 of \"%s\" and line 10 of \"%s\" are two places", names[0], names[1]);
}

/* Names that are easily taken for one another: with the same letters, the same beginning or the same end; and with
 * equal hash codes, by the usual ways to compute them. */
static void look_at_similar_names(struct dbg_hitter *list)
{
    static const char *const names[][2] = {
        {"saw.c", "was.c"},
        {"src/list.c", "lib/list.c"},
        {"a/long/way/down/to/the/list.c", "a/long/way/down/to/one/list.c"},
        {"a/long/way/down/to/the/list.c1", "a/long/way/down/to/the/list.c2"},
        {"heap.c", "Heap.c"},
        {"pool.c", "pool.c "},
        {"", "c"},
        {"lab.c", "lbA.c"},
        {"Aa.c", "BB.c"},
        {"imkp.c", "gmhvnk.c"},
        {"costarring", "liquid"},
        {"creamwove", "quists"},
        {"plumless", "buckeroo"},
        {"axjgjz.c", "ziieqj.c"},
        {"ytvh.c", "yhbbas.c"},
        {"djak.c", "yjqgjy.c"},
        {"aqaa.c", "elue.c"},
    };
    size_t all = stats_now().total_bytes, size = all;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++, size += size / 2) {
        expect_two_places(names[i], size, all, list);
        all += 2 * size;
    }
}

START_TEST(file_names_are_compared_as_strings)
{
    const char *same = put_string("list.c");
    expect_pointer_set(dbg_malloc(60, list_c, 10), "dbg_malloc should return a block while there is memory");
    expect_pointer_set(dbg_malloc(60, same, 10), "dbg_malloc should return a block while there is memory");
    expect_pointer_set(dbg_malloc(60, tree_c, 10), "dbg_malloc should return a block while there is memory");
    tell("/* the first two file names are equal, but not the same pointer */");
    static struct dbg_hitter *list;
    list = put(NULL, DBG_COUNTERS * sizeof *list, "list", "struct dbg_hitter list[DBG_COUNTERS];");
    expect_size(dbg_hitters(list), 2, "line 10 of list.c and line 10 of tree.c are two places");
    expect(list[0].place.file == list_c || list[0].place.file == same, "list.c:10 comes first, with 120 bytes");
    expect(list[0].bytes >= 111 && list[0].bytes <= 129, "list.c:10 has 120 of 180 bytes, and not %zu", list[0].bytes);
    expect(list[1].place.file == tree_c && list[1].place.line == 10, "tree.c:10 comes second, with 60 bytes");
    const char *longer = put_string("list.cpp"), *shorter = put_string("list");
    expect_pointer_set(dbg_malloc(90, longer, 10), "dbg_malloc should return a block while there is memory");
    expect_pointer_set(dbg_malloc(80, shorter, 10), "dbg_malloc should return a block while there is memory");
    expect_size(dbg_hitters(list), 4, "line 10 of list.cpp and line 10 of list are two more places");
    expect_pointer_set(dbg_malloc(90, list_c, 65546), "dbg_malloc should return a block while there is memory");
    expect_size(dbg_hitters(list), 5, "line 65546 of list.c is a place of its own");
    expect_pointer_set(dbg_malloc(90, list_c, 16777226), "dbg_malloc should return a block while there is memory");
    expect_size(dbg_hitters(list), 6, "line 16777226 of list.c is a place of its own");
    look_at_similar_names(list);
}
END_TEST

/* Requests in LINE, in three ways, while the Kth call of lib_malloc fails, if there are so many: it counts what
 * was allocated. */
static void request_refused(size_t k, int line)
{
    enum { BYTES = 4000, WAYS = 3 };
    for (int way = 0; way < WAYS; way++) {
        tell("/* call number %zu of lib_malloc from here will fail */", k);
        heap_refuse(k);
        const void *found = way == 0   ? dbg_malloc(BYTES, list_c, line)
                            : way == 1 ? dbg_calloc(BYTES / 8, 8, list_c, line)
                                       : dbg_realloc(NULL, BYTES, list_c, line);
        heap_refuse(0);
        sums[line] += found ? BYTES : 0;
        total += found ? BYTES : 0;
        look_at_hitters(LISTED | BOUND | NOT_LIGHT);
    }
}

START_TEST(every_allocated_block_counts)
{
    char *a = dbg_calloc(10, 20, list_c, 10);
    sums[10] = 200;
    char *b = dbg_malloc(100, list_c, 11);
    sums[11] = 100;
    expect(a && b, "these calls should return blocks while there is memory");
    b = dbg_realloc(b, 300, list_c, 12);
    sums[12] = 300;
    expect_pointer_set(b, "dbg_realloc should return a block while there is memory");
    b = dbg_realloc(b, 50, list_c, 13);
    sums[13] = 50;
    expect_pointer_set(b, "dbg_realloc should return a block while there is memory");
    dbg_free(a, tree_c, 30);
    dbg_free(b, tree_c, 31);
    total = 650;
    look_at_hitters(LISTED | BOUND);
    tell("/* from here on every call of lib_malloc will fail */");
    heap_refuse_from(1);
    for (int i = 0; i < 8; i++)
        dbg_malloc(500, list_c, 14);
    heap_refuse(0);
    dbg_malloc(SIZE_MAX - 40, list_c, 15);
    look_at_hitters(LISTED | BOUND | NOT_LIGHT);
    for (size_t round = 0; round < 12; round++)
        request_refused(2 + round % 2, 20 + (int)round);
    expect_size(stats_now().total_bytes, total, "requests that fail count nowhere but in `failed`");
}
END_TEST

/* More places than any array has room for. */
START_TEST(thousands_of_places_do_no_harm)
{
    enum { PLACES = 5000, TABLES = 5 * MOST_KEPT * 8 /* of many.c */ };
    enum { MOST_VARIABLES = TABLES + (300 << 10) /* 64 KiB, and what else the kit has */ };
    expect(static_bytes() <= MOST_VARIABLES, "the variables of the layer should have at most 64 KiB");
    lib_reuse();
    request(1, 1);
    size_t before = lib_bytes();
    size_t addresses = come_and_go(PLACES, 16, tree_c, 1);
    expect(addresses > 0, "all of these blocks should be allocated");
    total += (size_t)PLACES * 16;
    size_t after = lib_bytes();
    expect(after < before + 65536 + 512 * addresses, "%d places with 16 bytes each should not cost %zu bytes of memory",
           PLACES, after - before);
    request(total / 4, 2);
    look_at_hitters(LISTED | NOT_LIGHT | BOUND);
}
END_TEST

void add_hitters(struct suite *suite)
{
    suite_add(suite, heavy_places_are_listed);
    suite_add(suite, late_places_are_listed);
    suite_add(suite, small_requests_add_up);
    suite_add(suite, light_places_are_left_out);
    suite_add(suite, estimates_keep_their_bound);
    suite_add(suite, list_is_in_order);
    suite_add(suite, file_names_are_compared_as_strings);
    suite_add(suite, every_allocated_block_counts);
    suite_add(suite, thousands_of_places_do_no_harm);
}
