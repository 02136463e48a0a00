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

enum { JUNK = 0x5a };

/* --- 3. structs --- */

enum { SUM_OF_RUNNER = sizeof(char) + sizeof(size_t) + sizeof(float) };

START_TEST(runners_room)
{
    static const size_t counts[] = {5, 1, 100};
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

START_TEST(runners_ready)
{
    enum { COUNT = 5 };
    const struct runner *runners = make_runners(COUNT);
    expect_readable(runners, COUNT * sizeof *runners, "make_runners should return %d runners", COUNT);
    for (size_t i = 0; i < COUNT; i++) {
        expect_int(runners[i].category, '?', "runners[%zu].category should be '?' (%d)", i, '?');
        expect_size(runners[i].bib, i + 1, "runners[%zu].bib should be %zu", i, i + 1);
        char found[TEXT_BYTES];
        snprintf(found, sizeof found, "%g", (double)runners[i].seconds);
        if (strcmp(found, "0") != 0)
            fail_compare("0", found, "runners[%zu].seconds should be 0; what you do not write stays junk", i);
    }
}
END_TEST

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
}
END_TEST

/* --- 4. a flexible array member --- */

START_TEST(recording_room)
{
    static const size_t counts[] = {10, 3, 500};
    for (size_t i = 0; i < LENGTH_OF(counts); i++)
        expect_recording_room(make_recording(counts[i], RATE), counts[i], "make_recording");
}
END_TEST

START_TEST(recording_silent)
{
    enum { COUNT = 10 };
    const struct recording *recording = make_recording(COUNT, RATE);
    expect_readable(recording, offsetof(struct recording, samples) + COUNT * sizeof(short),
                    "make_recording should return a recording of %d samples", COUNT);
    expect_size(recording->count, COUNT, "the recording should store how many samples it has");
    expect_size(recording->rate, RATE, "the recording should store its rate");
    for (size_t i = 0; i < COUNT; i++)
        expect_int(recording->samples[i], 0, "samples[%zu] of %d should be silent; what you do not write stays junk", i,
                   COUNT);
}
END_TEST

START_TEST(recording_cloned)
{
    enum { COUNT = 10 };
    const struct recording *copy = clone_recording(put_recording(COUNT));
    expect_recording_room(copy, COUNT, "clone_recording");
    expect_size(copy->count, COUNT, "the copy should have as many samples as the original");
    expect_size(copy->rate, RATE, "the copy should have the rate of the original");
    for (size_t i = 0; i < COUNT; i++)
        expect_int(copy->samples[i], sample(i), "samples[%zu] of the copy should equal that of the original", i);
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
