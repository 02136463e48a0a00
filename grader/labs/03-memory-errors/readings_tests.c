// SPDX-License-Identifier: MIT
/*
 * readings_tests.c - what lab 03 requires of patient 8, readings.c: an array that grows.
 */
#include "common.h"

#include "clinic.h"
#include "subject/many.h"

#include <stdio.h>

enum { STEP = 3 }; /* the reading at INDEX is INDEX * STEP + 1 */

static struct readings *new_readings(void)
{
    struct readings *readings = readings_new();
    expect_pointer_set(readings, "readings_new should succeed: there is enough memory");
    return readings;
}

/* Adds the readings at START to END - 1. */
static void add_readings(struct readings *readings, size_t start, size_t end)
{
    for (size_t i = start; i < end; i++)
        expect(readings_add(readings, (int)i * STEP + 1), "readings_add should take reading number %zu", i + 1);
}

static void expect_readings(const struct readings *readings, size_t count)
{
    expect_size(readings_count(readings), count, "every reading should be counted");
    for (size_t i = 0; i < count; i++)
        expect_int(readings_at(readings, i), (int)i * STEP + 1,
                   "the reading at index %zu should be the one that was added", i);
}

START_TEST(readings_is_well)
{
    enum { COUNT = FIRST_ROOM + 2 };
    struct readings *readings = new_readings();
    add_readings(readings, 0, COUNT);
    expect_readings(readings, COUNT);
    readings_free(readings);
}
END_TEST

/* Values that need all bits of an int, after the FIRST_ROOM + 1 that READINGS holds. */
static void take_odd(struct readings *readings)
{
    static const int odd[] = {INT32_MIN, -1, 0, INT32_MAX};
    for (size_t i = 0; i < sizeof odd / sizeof *odd; i++)
        expect(readings_add(readings, odd[i]), "readings_add should take the value %d", odd[i]);
    for (size_t i = 0; i < sizeof odd / sizeof *odd; i++)
        expect_int(readings_at(readings, FIRST_ROOM + 1 + i), odd[i], "any int is a value");
}

/* Many arrays at a time. */
static void take_crowd(void)
{
    struct readings *crowd[CROWD];
    tell("/* %d arrays at a time */", CROWD);
    story_quiet();
    for (size_t i = 0; i < CROWD; i++)
        crowd[i] = new_readings();
    for (size_t i = 0; i < CROWD; i++)
        add_readings(crowd[i], 0, i % 10 + 1);
    for (size_t i = 0; i < CROWD; i++)
        expect_readings(crowd[i], i % 10 + 1);
    story_aloud();
}

START_TEST(readings_take_many)
{
    enum { COUNT = 300, MORE = 600, MOST = 70000 };
    struct readings *readings = new_readings();
    struct readings *other = new_readings();
    story_quiet();
    add_readings(readings, 0, COUNT);
    add_readings(other, 0, FIRST_ROOM + 1);
    add_readings(readings, COUNT, MORE);
    expect_readings(readings, MORE);
    expect_readings(other, FIRST_ROOM + 1);
    story_aloud();
    expect_size(add_many_readings(readings, MORE, MOST), MOST - MORE, "readings_add should take %d readings", MOST);
    expect_size(readings_count(readings), MOST, "every reading should be counted");
    expect_size(find_wrong_reading(readings, MOST), MOST,
                "each of %d readings should be the one that was added; the %s", MOST,
                "first that is not has this index");
    expect_size(readings_count(other), FIRST_ROOM + 1, "the other array should not change");
    take_odd(other);
    readings_free(other);
    readings_free(readings);
    readings_free(NULL);
    take_crowd();
}
END_TEST

/* New readings lie where old ones have been, and others have taken over the memory of those. */
static void use_old_places(void)
{
    for (size_t count = FIRST_ROOM + 1; count <= 4 * FIRST_ROOM + 1; count += FIRST_ROOM) {
        struct readings *old = new_readings(), *other = new_readings();
        add_readings(old, 0, count);
        add_readings(other, 0, count - 1);
        expect_readings(old, count);
        readings_free(old);
        expect(readings_add(other, -1), "there is memory, so readings_add should return true");
        struct readings *new = new_readings();
        add_readings(new, 0, count);
        expect_int(readings_at(new, count - 1), (int)(count - 1) * STEP + 1,
                   "the reading at index %zu should be its own, whatever was at this address before", count - 1);
        expect_readings(new, count);
        readings_free(new);
        readings_free(other);
    }
}

START_TEST(readings_given_back)
{
    struct readings *readings = new_readings();
    add_readings(readings, 0, 3 * FIRST_ROOM);
    readings_free(readings);
    expect_no_leak("readings_free should leave nothing allocated, including blocks that became too small");
    reuse_blocks();
    readings = new_readings();
    add_readings(readings, 0, FIRST_ROOM + 1);
    expect_readings(readings, FIRST_ROOM + 1);
    readings_free(readings);
    use_old_places();
    expect_no_leak("readings_free should leave nothing allocated");
}
END_TEST

/* Adds the readings at START to END - 1, and after each checks how much memory was asked for. */
static void add_by_need(struct readings *readings, size_t start, size_t end)
{
    for (size_t count = start + 1; count <= end; count++) {
        char what[64];
        size_t room = 2 * count > FIRST_ROOM ? 2 * count : FIRST_ROOM;
        snprintf(what, sizeof what, "%zu of them (there are %zu)", room, count);
        add_readings(readings, count - 1, count);
        expect_by_need(room * sizeof(int), what);
    }
}

/* Adds readings up to END, a quarter more in each row, and after each row checks how much memory was asked for. */
static void add_rows_by_need(struct readings *readings, size_t start, size_t end)
{
    for (size_t count = start, next; count < end; count = next) {
        char what[64];
        next = count + count / 4;
        expect_size(add_many_readings(readings, count, next), next - count, "readings_add should take %zu readings",
                    next);
        snprintf(what, sizeof what, "%zu of them (there are %zu)", 2 * next, next);
        expect_by_need(2 * next * sizeof(int), what);
    }
}

START_TEST(readings_ask_by_need)
{
    enum { COUNT = 2 * FIRST_ROOM + 1, MORE = 10 * FIRST_ROOM, MOST = 70000 };
    struct readings *readings = new_readings();
    expect_by_need(FIRST_ROOM * sizeof(int), "the first 4 readings");
    add_by_need(readings, 0, COUNT);
    story_quiet();
    add_by_need(readings, COUNT, MORE);
    expect_readings(readings, MORE);
    story_aloud();
    add_rows_by_need(readings, MORE, MOST);
    readings_free(readings);
    unsigned blocks = heap_blocks();
    add_readings(new_readings(), 0, 1);
    expect_later_by_need(blocks, FIRST_ROOM * sizeof(int), "the first 4 readings of a new array");
}
END_TEST

static void *make_readings(void)
{
    return readings_new();
}

/* READINGS holds COUNT. Adds more until a request is refused, twice, as memory may stay short. Returns how many there
 * are then. */
static size_t add_until_refused(struct readings *readings, size_t count)
{
    enum { MOST = 1000 };
    size_t start = count;
    tell("/* the next two requests are refused, whenever they come */");
    story_quiet();
    heap_refuse(1);
    while (count < start + MOST && readings_add(readings, (int)count * STEP + 1))
        count++;
    size_t requests = heap_requests();
    heap_refuse(1);
    bool again = readings_add(readings, (int)count * STEP + 1);
    heap_refuse(0);
    expect(again || heap_requests() > requests, "no request was refused, so readings_add should take the reading");
    count += again;
    expect_readings(readings, count);
    add_readings(readings, count, count + 1);
    count++;
    expect_readings(readings, count);
    expect_by_need(2 * count * sizeof(int), "twice as many ints as there are readings");
    story_aloud();
    return count;
}

START_TEST(readings_bear_refusal)
{
    enum { MOST = 1000 };
    struct readings *readings = refuse_each(make_readings, "readings_new", "NULL");
    size_t count = 0, requests = heap_requests();
    tell("/* the next request is refused, whenever it comes */");
    heap_refuse(1);
    for (bool added = true; added && heap_requests() == requests && count < MOST; count += added)
        added = readings_add(readings, (int)count * STEP + 1);
    expect(heap_requests() > requests, "readings_add should ask for more memory before it has added %d", MOST);
    tell("/* it came: the last call got no memory */");
    expect_readings(readings, count);
    add_readings(readings, count, count + 2);
    expect_readings(readings, count + 2);
    count += 2;
    for (int round = 0; round < 5; round++)
        count = add_until_refused(readings, count);
    readings_free(readings);
    expect_no_leak("readings_free should free everything");
}
END_TEST

START_TEST(readings_memcheck)
{
    enum { COUNT = 2 * FIRST_ROOM + 1 };
    struct readings *readings = new_readings();
    add_readings(readings, 0, COUNT);
    expect_readings(readings, COUNT);
    readings_free(readings);
}
END_TEST

void add_readings_tests(struct suite *suite)
{
    suite_add(suite, readings_is_well);
    suite_add(suite, readings_take_many);
    suite_add(suite, readings_given_back);
    suite_add(suite, readings_ask_by_need);
    suite_add(suite, readings_bear_refusal);
    suite_add_memcheck(suite, readings_memcheck);
}
