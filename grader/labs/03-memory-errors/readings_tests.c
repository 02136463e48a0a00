// SPDX-License-Identifier: MIT
/*
 * readings_tests.c - what lab 03 requires of patient 8, readings.c: an array that grows.
 */
#include "common.h"

#include "clinic.h"

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

START_TEST(readings_take_many)
{
    enum { COUNT = 300, MORE = 600 };
    struct readings *readings = new_readings();
    struct readings *other = new_readings();
    story_quiet();
    add_readings(readings, 0, COUNT);
    add_readings(other, 0, FIRST_ROOM + 1);
    add_readings(readings, COUNT, MORE);
    expect_readings(readings, MORE);
    expect_readings(other, FIRST_ROOM + 1);
    story_aloud();
    readings_free(other);
    readings_free(readings);
    readings_free(NULL);
}
END_TEST

START_TEST(readings_given_back)
{
    struct readings *readings = new_readings();
    add_readings(readings, 0, 3 * FIRST_ROOM);
    readings_free(readings);
    expect_no_leak("readings_free should leave nothing allocated, including blocks that became too small");
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

START_TEST(readings_ask_by_need)
{
    enum { COUNT = 2 * FIRST_ROOM + 1, MORE = 10 * FIRST_ROOM };
    struct readings *readings = new_readings();
    expect_by_need(FIRST_ROOM * sizeof(int), "the first 4 readings");
    add_by_need(readings, 0, COUNT);
    story_quiet();
    add_by_need(readings, COUNT, MORE);
    expect_readings(readings, MORE);
    story_aloud();
}
END_TEST

static void *make_readings(void)
{
    return readings_new();
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
