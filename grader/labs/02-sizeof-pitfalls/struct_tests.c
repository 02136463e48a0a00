// SPDX-License-Identifier: MIT
/*
 * struct_tests.c - what lab 02 demands of parts 3 and 4: structs, and a struct with a flexible array member.
 */
#include "common.h"
#include "inputs.h"
#include "room.h"

#include "sizes.h"

#include <limits.h>
#include <stdio.h>

enum { JUNK = 0x5a, MANY = 70000 }; /* more than 16 bits can count */

/* --- 3. structs --- */

enum { SUM_OF_RUNNER = sizeof(char) + sizeof(size_t) + sizeof(float) };

START_TEST(runners_room)
{
    static const size_t counts[] = {5, 1, 100, 256, MANY};
    for (size_t i = 0; i < LENGTH_OF(counts); i++) {
        size_t count = counts[i], bytes = count * sizeof(struct runner);
        const struct guess guesses[] = {{sizeof(struct runner *), "the size of one pointer"},
                                        {count * sizeof(struct runner *), "the size of a pointer for each runner"},
                                        {count * SUM_OF_RUNNER, "the members added up, without the padding"},
                                        {sizeof(struct runner), "the size of one runner"},
                                        {count, "one byte for each runner"},
                                        {bytes + sizeof(struct runner), "one runner too many"},
                                        NO_GUESS};
        expect_room(make_runners(count), bytes, bytes, guesses,
                    "make_runners should ask for the bytes of %zu runners, each a struct runner of %zu bytes", count,
                    sizeof(struct runner));
    }
}
END_TEST

static void expect_ready(const struct runner *runners, size_t count)
{
    expect_readable(runners, count * sizeof *runners, "make_runners should return %zu runners", count);
    for (size_t i = 0; i < count; i++) {
        expect_int(runners[i].category, '?', "runners[%zu].category should be '?' (%d)", i, '?');
        expect_size(runners[i].bib, i + 1, "runners[%zu].bib should be %zu", i, i + 1);
        char found[TEXT_BYTES];
        snprintf(found, sizeof found, "%g", (double)runners[i].seconds);
        if (runners[i].seconds < 0 || runners[i].seconds > 0)
            fail_compare("0", found, "runners[%zu].seconds should be 0; what you do not write stays junk", i);
    }
}

START_TEST(runners_ready)
{
    expect_ready(make_runners(5), 5);
    expect_ready(make_runners(MANY), MANY);
}
END_TEST

/* A and OTHER, as they are now, are not the same, in whichever order. Only a wrong answer is in the story. */
static void expect_different(const struct ticket *a, const struct ticket *other, const char *difference)
{
    story_quiet();
    bool same = same_ticket(a, other) || same_ticket(other, a);
    story_aloud();
    if (!same)
        return;
    tell("struct ticket a = {%d, %ld, %d, %d, %d};", a->coach, a->price, a->kind, a->train, a->seat);
    tell("struct ticket b = {%d, %ld, %d, %d, %d};", other->coach, other->price, other->kind, other->train,
         other->seat);
    tell("same_ticket(&a, &b) || same_ticket(&b, &a);  /* returned true */");
    fail("a and b differ in %s, so they are not the same ticket", difference);
}

/* Where a narrower type, a float or a double would lose the difference. */
static void expect_far_differences_seen(void)
{
    static const struct ticket base = {'C', 1L << 53, 'S', 1 << 24, 256};
    struct ticket *a = put_ticket(&base, 0x00, "&a"), *b = put_ticket(&base, 0x00, "&b");
    b->price = base.price + 1;
    expect_different(a, b, "price, by 1");
    b->price = base.price + (1L << 32);
    expect_different(a, b, "price, by 4294967296");
    b->price = -base.price;
    expect_different(a, b, "the sign of price");
    *b = base;
    b->train = base.train + 1;
    expect_different(a, b, "train, by 1");
    b->train = base.train + 65536;
    expect_different(a, b, "train, by 65536");
    *b = base;
    b->seat = base.seat + 256;
    expect_different(a, b, "seat, by 256");
    *b = base;
    b->coach = 'c';
    expect_different(a, b, "coach: 'C' and 'c'");
}

static void add_to_member(struct ticket *ticket, unsigned member, int change)
{
    switch (member) {
    case 0:
        ticket->coach = (char)(ticket->coach + change);
        break;
    case 1:
        ticket->price += change;
        break;
    case 2:
        ticket->kind = (char)(ticket->kind + change);
        break;
    case 3:
        ticket->train += change;
        break;
    default:
        ticket->seat = (short)(ticket->seat + change);
    }
}

enum { MEMBERS = 5 };

/* One member is -1, all of whose bits are 1: where members are put into one number, it may cover another's. */
static void expect_differences_beside_ones_seen(void)
{
    static const struct ticket zeros = {0};
    struct ticket *a = put_ticket(&zeros, 0x00, "&a"), *b = put_ticket(&zeros, 0x00, "&b");
    for (unsigned ones = 0; ones < MEMBERS; ones++)
        for (unsigned other = 0; other < MEMBERS; other++) {
            if (other == ones)
                continue;
            *a = zeros;
            add_to_member(a, ones, -1);
            *b = *a;
            add_to_member(b, other, 1);
            expect_different(a, b, "one member");
        }
}

/* Two members differ, in such a way that sums, differences or exclusive ors of members may cancel out. */
static void expect_double_differences_seen(void)
{
    static const struct ticket base = {'B', 1990, 'R', 570, 42}; /* all are even: + 1 changes the lowest bit only */
    static const int changes[][2] = {{1, 1}, {1, -1}, {-1, 1}};
    struct ticket *a = put_ticket(&base, 0x00, "&a"), *b = put_ticket(&base, 0x00, "&b");
    for (unsigned first = 0; first < MEMBERS; first++)
        for (unsigned second = first + 1; second < MEMBERS; second++)
            for (size_t i = 0; i < LENGTH_OF(changes); i++) {
                *b = base;
                add_to_member(b, first, changes[i][0]);
                add_to_member(b, second, changes[i][1]);
                expect_different(a, b, "two members");
            }
    *b = base;
    expect(same_ticket(a, b), "a and b are equal now, whatever they were before");
    b->seat++;
    expect_different(a, b, "seat");
}

/* Two members differ, in such a way that a number made of all of them by the usual factors may stay the same. */
static void expect_weighted_differences_seen(void)
{
    static const struct ticket base = {'B', 1990, 'R', 570, 1042};
    static const int factors[] = {10, 17, 31, 33, 37, 131, 257};
    struct ticket *a = put_ticket(&base, 0x00, "&a"), *b = put_ticket(&base, 0x00, "&b");
    for (unsigned first = 0; first < MEMBERS; first++)
        for (unsigned second = 0; second < MEMBERS; second++)
            for (size_t i = 0; first != second && i < LENGTH_OF(factors); i++) {
                *b = base;
                add_to_member(b, first, 1);
                add_to_member(b, second, -factors[i]);
                expect_different(a, b, "two members");
            }
}

START_TEST(tickets_compared)
{
    static const struct ticket values = {'C', 1990, 'S', 571, 42};
    const struct ticket *a = put_ticket(&values, 0x00, "&a");
    const struct ticket *b = put_ticket(&values, 0xff, "&b");
    expect(same_ticket(a, b),
           "a and b are equal in every member; they differ only in the padding, which may hold anything");

    static const struct ticket others[] = {{'D', 1990, 'S', 571, 42},
                                           {'C', 1991, 'S', 571, 42},
                                           {'C', 1990, 'R', 571, 42},
                                           {'C', 1990, 'S', 572, 42},
                                           {'C', 1990, 'S', 571, 43}};
    for (size_t i = 0; i < LENGTH_OF(others); i++)
        expect(!same_ticket(a, put_ticket(&others[i], 0x00, "&other")),
               "a and other differ in one member, so they are not the same ticket");
    expect_far_differences_seen();
    expect_differences_beside_ones_seen();
    expect_double_differences_seen();
    expect_weighted_differences_seen();
}
END_TEST

/*
 * The size of the smallest struct with a ticket's members: ordered by alignment, they leave no gaps, because the size
 * of each is a multiple of the alignment of the next. Only the end is rounded up.
 */
static size_t smallest_ticket(void)
{
    size_t sum = sizeof(long) + sizeof(int) + sizeof(short) + 2 * sizeof(char);
    return (sum + _Alignof(long) - 1) / _Alignof(long) * _Alignof(long);
}

/* The offset of the N BYTES in the block of SIZE bytes at BLOCK; SIZE if they are not there. */
static size_t offset_of(const unsigned char *block, size_t size, const void *bytes, size_t n)
{
    for (size_t offset = 0; offset + n <= size; offset++)
        if (memcmp(block + offset, bytes, n) == 0)
            return offset;
    return size;
}

/* If the BYTES of a member are in the ticket at BLOCK unchanged, they must be aligned. */
static void expect_member_aligned(const void *block, size_t size, const void *bytes, size_t alignment, const char *name)
{
    size_t offset = offset_of(block, size, bytes, alignment);
    expect(offset == size || offset % alignment == 0,
           "member %s is at offset %zu, which is not a multiple of its alignment, %zu: a packed struct saves "
           "bytes, but its accesses are slow and, on some machines, crash",
           name, offset, alignment);
}

START_TEST(ticket_smallest)
{
    size_t size = tight_ticket_size();
    expect(size >= smallest_ticket() || size == 0,
           "%zu bytes are too few for the members of a ticket with their own types (smallest: %zu)", size,
           smallest_ticket());
    expect_size(size, smallest_ticket(),
                "in their best order, the members of a ticket need no more bytes than this (struct ticket: %zu)",
                sizeof(struct ticket));

    struct ticket values = {.coach = 'A', .kind = 'R'};
    memset(&values.price, 0x71, sizeof values.price);
    memset(&values.train, 0x62, sizeof values.train);
    memset(&values.seat, 0x53, sizeof values.seat);
    const void *tight = pack_tickets(put_ticket(&values, 0x00, "&ticket"), 1);
    expect_readable(tight, size, "pack_tickets should return one packed ticket");
    expect_member_aligned(tight, size, &values.price, _Alignof(long), "price");
    expect_member_aligned(tight, size, &values.train, _Alignof(int), "train");
    expect_member_aligned(tight, size, &values.seat, _Alignof(short), "seat");
}
END_TEST

static void expect_ticket(const struct ticket *found, const struct ticket *expected, size_t index)
{
    static const char *const sentence = "member %s of ticket %zu should come back unchanged";
    expect_int(found->coach, expected->coach, sentence, "coach", index);
    expect_int(found->price, expected->price, sentence, "price", index);
    expect_int(found->kind, expected->kind, sentence, "kind", index);
    expect_int(found->train, expected->train, sentence, "train", index);
    expect_int(found->seat, expected->seat, sentence, "seat", index);
}

static struct ticket numbered_ticket(size_t i)
{
    return (struct ticket){'A', (long)(3 * i), 'R', (int)i, (short)(i % 1000)};
}

/* BACK is room for a ticket. */
static void expect_many_tickets_survive(struct ticket *back)
{
    static struct ticket values[MANY];
    static const size_t indices[] = {MANY - 1, 65536, 256, 0};
    for (size_t i = 0; i < MANY; i++)
        values[i] = numbered_ticket(i);
    struct ticket *tickets = put(values, sizeof values, "many", "struct ticket many[70000] = {...};");
    const struct tight_ticket *tight = pack_tickets(tickets, MANY);
    expect_block(tight, MANY * tight_ticket_size(), "pack_tickets should ask for the bytes of %d tight tickets", MANY);
    for (size_t i = 0; i < LENGTH_OF(indices); i++) {
        unpack_ticket(tight, indices[i], back);
        expect_ticket(back, &values[indices[i]], indices[i]);
    }
}

START_TEST(tickets_survive)
{
    static const struct ticket values[] = {{'A', 1990, 'S', 571, 42},
                                           {CHAR_MIN, LONG_MIN, CHAR_MAX, INT_MAX, SHRT_MIN},
                                           {CHAR_MAX, LONG_MAX, CHAR_MIN, INT_MIN, SHRT_MAX}};
    enum { COUNT = LENGTH_OF(values) };
    struct ticket *tickets = put(values, sizeof values, "tickets",
                                 "struct ticket tickets[3] = {...};  /* an ordinary one, and two extremes */");
    const struct tight_ticket *tight = pack_tickets(tickets, COUNT);
    size_t bytes = COUNT * tight_ticket_size();
    const struct guess guesses[] = {
        {sizeof(struct tight_ticket *), "the size of one pointer"},
        {COUNT * sizeof(struct tight_ticket *), "the size of a pointer for each ticket"},
        {COUNT * sizeof(struct ticket), "the size of a struct ticket for each, which is larger"},
        {COUNT, "one byte for each ticket"},
        NO_GUESS};
    expect_room(tight, bytes, bytes, guesses, "pack_tickets should ask for the bytes of %d tight tickets", COUNT);

    fill(tickets, JUNK, sizeof values);
    struct ticket *back = put(NULL, sizeof *back, "&back", "struct ticket back;");
    for (size_t i = COUNT; i-- > 0;) {
        unpack_ticket(tight, i, back);
        expect_ticket(back, &values[i], i);
    }
    expect_many_tickets_survive(back);
}
END_TEST

/* --- 4. a flexible array member --- */

START_TEST(recording_room)
{
    static const size_t counts[] = {10, 3, 500, 0, 1, 2, 256, MANY};
    for (size_t i = 0; i < LENGTH_OF(counts); i++)
        expect_recording_room(make_recording(counts[i], RATE), counts[i], "make_recording");
}
END_TEST

static const unsigned rates[] = {RATE, 0, 192000, 16777217, UINT_MAX};

static void expect_silent(const struct recording *recording, size_t count, unsigned rate)
{
    expect_readable(recording, offsetof(struct recording, samples) + count * sizeof(short),
                    "make_recording should return a recording of %zu samples", count);
    expect_size(recording->count, count, "the recording should store how many samples it has");
    expect_size(recording->rate, rate, "the recording should store its rate");
    for (size_t i = 0; i < count; i++)
        expect_int(recording->samples[i], 0, "samples[%zu] of %zu should be silent; what you do not write stays junk",
                   i, count);
}

START_TEST(recording_silent)
{
    for (size_t i = 0; i < LENGTH_OF(rates); i++)
        expect_silent(make_recording(10, rates[i]), 10, rates[i]);
    expect_silent(make_recording(MANY, RATE), MANY, RATE);
}
END_TEST

static void expect_cloned(size_t count, unsigned rate)
{
    const struct recording *copy = clone_recording(put_recording(count, rate));
    expect_recording_room(copy, count, "clone_recording");
    expect_size(copy->count, count, "the copy should have as many samples as the original");
    expect_size(copy->rate, rate, "the copy should have the rate of the original");
    for (size_t i = 0; i < count; i++)
        expect_int(copy->samples[i], sample(i), "samples[%zu] of the copy should equal that of the original", i);
}

START_TEST(recording_cloned)
{
    for (size_t i = 0; i < LENGTH_OF(rates); i++)
        expect_cloned(10, rates[i]);
    for (size_t count = 0; count < 4; count++) /* few samples fit into the padding of the struct */
        expect_cloned(count, RATE);
    expect_cloned(MANY, RATE);
}
END_TEST

void add_struct_tests(struct suite *suite)
{
    suite_add(suite, runners_room);
    suite_add(suite, runners_ready);
    suite_add(suite, tickets_compared);
    suite_add(suite, ticket_smallest);
    suite_add(suite, tickets_survive);
    suite_add(suite, recording_room);
    suite_add(suite, recording_silent);
    suite_add(suite, recording_cloned);
}
