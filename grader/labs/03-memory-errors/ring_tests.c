// SPDX-License-Identifier: MIT
/*
 * ring_tests.c - what lab 03 requires of patient 4, ring.c: a ring buffer.
 */
#include "common.h"

#include "clinic.h"
#include "subject/many.h"

static struct ring *new_ring(size_t capacity)
{
    struct ring *ring = ring_new(capacity);
    expect_pointer_set(ring, "ring_new should succeed: there is enough memory");
    return ring;
}

/* Puts in COUNT items: FIRST, FIRST + 1 and so on. */
static void push_items(struct ring *ring, int first, int count)
{
    for (int i = 0; i < count; i++)
        expect(ring_push(ring, first + i), "the ring should take item %d: it has room for it", first + i);
}

static void pop_items(struct ring *ring, int first, int count)
{
    int *item = put(NULL, sizeof *item, "&item", NULL);
    for (int i = 0; i < count; i++) {
        expect(ring_pop(ring, item), "item %d was put in and not yet taken out", first + i);
        expect_int(*item, first + i, "items should come out in the order in which they were put in");
    }
}

START_TEST(ring_is_well)
{
    enum { CAPACITY = 6 };
    struct ring *ring = new_ring(CAPACITY);
    push_items(ring, 1, CAPACITY);
    pop_items(ring, 1, CAPACITY);
    push_items(ring, 11, CAPACITY);
    pop_items(ring, 11, CAPACITY);
    ring_free(ring);
    expect_no_leak("ring_free should free everything");
}
END_TEST

START_TEST(ring_refuses_when_full)
{
    enum { CAPACITY = 4 };
    static const int odd[] = {INT32_MIN, 0, -1, INT32_MAX};
    int *item = put(NULL, sizeof *item, "&item", NULL);
    struct ring *ring = new_ring(CAPACITY);
    *item = -77;
    expect(!ring_pop(ring, item), "a new ring is empty");
    expect_int(*item, -77, "where there is no item, ring_pop should store nothing");
    push_items(ring, 1, CAPACITY);
    expect(!ring_push(ring, 99), "a ring for %d items should not take one more", CAPACITY);
    pop_items(ring, 1, 1);
    push_items(ring, CAPACITY + 1, 1);
    expect(!ring_push(ring, 99), "a ring for %d items should not take one more", CAPACITY);
    pop_items(ring, 2, CAPACITY);
    *item = -77;
    expect(!ring_pop(ring, item), "all items have been taken out");
    expect_int(*item, -77, "where there is no item, ring_pop should store nothing");
    for (size_t i = 0; i < sizeof odd / sizeof *odd; i++)
        push_items(ring, odd[i], 1);
    for (size_t i = 0; i < sizeof odd / sizeof *odd; i++)
        pop_items(ring, odd[i], 1);
    ring_free(ring);

    ring = new_ring(1);
    push_items(ring, 7, 1);
    expect(!ring_push(ring, 99), "a ring for 1 item should not take one more");
    pop_items(ring, 7, 1);
    ring_free(ring);
    ring_free(NULL);
}
END_TEST

/* Many rings at a time, of different capacities. */
static void go_in_crowd(void)
{
    struct ring *crowd[CROWD];
    tell("/* %d rings at a time, for 1 item, 2 items and so on */", CROWD);
    story_quiet();
    for (int i = 0; i < CROWD; i++)
        crowd[i] = new_ring((size_t)i + 1);
    for (int i = 0; i < CROWD; i++) {
        push_items(crowd[i], 100 * i, i + 1);
        expect(!ring_push(crowd[i], 99), "a ring for %d items should not take one more", i + 1);
    }
    for (int i = 0; i < CROWD; i++) {
        pop_items(crowd[i], 100 * i, i + 1);
        ring_free(crowd[i]);
    }
    story_aloud();
}

START_TEST(ring_goes_round)
{
    enum { CAPACITY = 3, ROUNDS = 10, MANY = 70000 };
    struct ring *ring = new_ring(CAPACITY);
    struct ring *other = new_ring(CAPACITY);
    push_items(other, 500, CAPACITY);
    for (int round = 0; round < ROUNDS; round++) {
        push_items(ring, 10 * round, 2);
        pop_items(ring, 10 * round, 2);
    }
    pop_items(other, 500, CAPACITY);
    expect_size(pass_many_items(ring, MANY), MANY, "each of %d items should come out as it was put in", MANY);
    ring_free(ring);
    ring_free(other);
    go_in_crowd();
    expect_no_leak("ring_free should free everything");
    reuse_blocks();
    ring = new_ring(CAPACITY);
    push_items(ring, 1, 2);
    ring_free(ring);
    ring = new_ring(CAPACITY);
    push_items(ring, 70, CAPACITY);
    expect(!ring_push(ring, 99), "a new ring for %d items should not take one more", CAPACITY);
    pop_items(ring, 70, CAPACITY);
}
END_TEST

START_TEST(ring_asks_by_need)
{
    ring_free(new_ring(6));
    expect_by_need(6 * sizeof(int), "6 items");
    struct ring *ring = new_ring(MOST_ITEMS);
    expect_by_need(MOST_ITEMS * sizeof(int), "1000 items");
    story_quiet();
    push_items(ring, 0, MOST_ITEMS);
    expect(!ring_push(ring, 99), "a ring for %d items should not take one more", MOST_ITEMS);
    pop_items(ring, 0, MOST_ITEMS);
    story_aloud();
    ring_free(ring);
    unsigned blocks = heap_blocks();
    ring_free(new_ring(6));
    expect_later_by_need(blocks, 6 * sizeof(int), "a new ring for 6 items");
}
END_TEST

enum { TRIED_CAPACITY = 3 };

static void *make_ring(void)
{
    return ring_new(TRIED_CAPACITY);
}

START_TEST(ring_bears_refusal)
{
    struct ring *ring = refuse_each(make_ring, "ring_new", "NULL");
    push_items(ring, 1, TRIED_CAPACITY);
    pop_items(ring, 1, TRIED_CAPACITY);
    ring_free(ring);
    expect_no_leak("ring_free should free everything");
}
END_TEST

START_TEST(ring_memcheck)
{
    enum { CAPACITY = 5 };
    struct ring *ring = new_ring(CAPACITY);
    push_items(ring, 1, CAPACITY);
    pop_items(ring, 1, 2);
    push_items(ring, CAPACITY + 1, 2);
    pop_items(ring, 3, CAPACITY);
    ring_free(ring);
}
END_TEST

void add_ring_tests(struct suite *suite)
{
    suite_add(suite, ring_is_well);
    suite_add(suite, ring_refuses_when_full);
    suite_add(suite, ring_goes_round);
    suite_add(suite, ring_asks_by_need);
    suite_add(suite, ring_bears_refusal);
    suite_add_memcheck(suite, ring_memcheck);
}
