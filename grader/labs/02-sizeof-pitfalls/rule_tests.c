// SPDX-License-Identifier: MIT
/*
 * rule_tests.c - what the rules at the top of sizes.h demand of every function that allocates memory: refused requests,
 * one new block a call, arguments that are only read.
 */
#include "common.h"
#include "inputs.h"

#include "sizes.h"

#include <stdio.h>

/* Inputs of the makers below. */
static short *the_samples;
static const char *the_text;
static struct ticket *the_ticket;
static struct recording *the_recording;

static void *make_clone_of_samples(void)
{
    return clone_samples(the_samples, 5);
}

static void *make_clone_of_text(void)
{
    return clone_text(the_text);
}

static void *make_prefix(void)
{
    return clone_prefix(the_text, 4);
}

static void *make_five_runners(void)
{
    return make_runners(5);
}

static void *make_packed(void)
{
    return pack_tickets(the_ticket, 1);
}

static void *make_silence(void)
{
    return make_recording(10, RATE);
}

static void *make_clone_of_recording(void)
{
    return clone_recording(the_recording);
}

static void *make_small_grid(void)
{
    return make_grid(3, 5, 7);
}

static void *make_small_rows(void)
{
    return make_rows(3, 5, 7);
}

/* Each row may have a block here, with nothing in it. */
static void *make_rows_of_nothing(void)
{
    return make_rows(3, 0, 7);
}

static void *make_array(void)
{
    return allocate_array(5, 4);
}

/* make_rows is not among them: it may take several blocks. */
static const struct {
    void *(*make)(void);
    const char *name;
} one_block_makers[] = {
    {make_clone_of_samples, "clone_samples"},     {make_clone_of_text, "clone_text"}, {make_prefix, "clone_prefix"},
    {make_five_runners, "make_runners"},          {make_packed, "pack_tickets"},      {make_silence, "make_recording"},
    {make_clone_of_recording, "clone_recording"}, {make_small_grid, "make_grid"},     {make_array, "allocate_array"}};

static const struct ticket a_ticket = {'A', 1990, 'S', 571, 42};

static void put_inputs(void)
{
    the_samples = put_samples(5);
    the_text = put_string("heaplab");
    the_ticket = put_ticket(&a_ticket, 0, "&ticket");
    the_recording = put_recording(10, RATE);
}

/* As heap_refuse and heap_refuse_from. */
typedef void refusal(size_t k);

/* Calls MAKE with REFUSE for each of its REQUESTS for memory in turn. */
static void expect_refusals_survived(refusal *refuse, const char *announcement, size_t requests, void *(*make)(void),
                                     const char *name)
{
    size_t live = heap_live_blocks();
    for (size_t k = 1; k <= requests; k++) {
        tell("/* %s number %zu of %zu from here will fail */", announcement, k, requests);
        size_t before = heap_requests();
        refuse(k);
        const void *made = make();
        heap_refuse(0);
        if (refuse == heap_refuse && made != NULL && heap_requests() - before > requests) {
            live = heap_live_blocks(); /* it asked again, and got what it needs: the other refusal shows the rest */
            continue;
        }
        expect_null(made, "%s should return NULL if it cannot get all the memory that it needs", name);
        expect_reason(ENOMEM, "there is not enough memory, which is ENOMEM");
        char found[TEXT_BYTES];
        snprintf(found, sizeof found, "%zu more", heap_live_blocks() - live);
        if (heap_live_blocks() != live)
            fail_compare("as many live blocks as before the call", found,
                         "%s should free what it had allocated before the refusal", name);
    }
}

/* Calls MAKE once undisturbed, to count its requests, then with refusals, and then undisturbed again. */
static void expect_all_refusals_survived(void *(*make)(void), const char *name)
{
    size_t requests = heap_requests();
    expect_pointer_set(make(), "%s should succeed while there is enough memory", name);
    requests = heap_requests() - requests;
    expect_refusals_survived(heap_refuse, "malloc", requests, make, name);
    expect_refusals_survived(heap_refuse_from, "every malloc from", requests, make, name);
    expect_pointer_set(make(), "%s should succeed again when no request is refused", name);
}

START_TEST(refusals)
{
    put_inputs();
    for (size_t i = 0; i < LENGTH_OF(one_block_makers); i++)
        expect_all_refusals_survived(one_block_makers[i].make, one_block_makers[i].name);
    expect_all_refusals_survived(make_small_rows, "make_rows");
    expect_all_refusals_survived(make_rows_of_nothing, "make_rows");
}
END_TEST

START_TEST(one_block_each)
{
    errno_begins(ENOMEM);
    enum { MOST_BYTES = 1024 };
    unsigned char image[MOST_BYTES];
    put_inputs();
    for (size_t i = 0; i < LENGTH_OF(one_block_makers); i++) {
        const char *name = one_block_makers[i].name;
        size_t live = heap_live_blocks();
        const void *first = one_block_makers[i].make();
        struct heap_block block;
        expect(heap_find(first, &block) && block.start == first && block.live && block.size <= MOST_BYTES,
               "%s should return the start of a block on the heap", name);
        memcpy(image, first, block.size);
        const void *second = one_block_makers[i].make();
        expect(first != second, "each call of %s should return a block of its own: the first one is still in use",
               name);
        expect_bytes(first, image, block.size, "a second call of %s should not change what the first one returned",
                     name);
        char found[TEXT_BYTES];
        snprintf(found, sizeof found, "%zu blocks", heap_live_blocks() - live);
        if (heap_live_blocks() != live + 2)
            fail_compare("2 blocks", found, "two calls of %s should leave only the two blocks that they return", name);
    }
}
END_TEST

START_TEST(arguments_only_read)
{
    static const struct ticket other = {'B', 2990, 'R', 572, 43};
    put_inputs();
    struct ticket *b = put_ticket(&other, 0, "&b"), *back = put(NULL, sizeof *back, "&back", "struct ticket back;");
    expect_pointer_set(clone_samples(the_samples, 5), "clone_samples should return a copy");
    for (size_t i = 0; i < 5; i++)
        expect_int(the_samples[i], sample(i), "clone_samples should not change samples[%zu]", i);
    expect_pointer_set(clone_text(the_text), "clone_text should return a copy");
    expect_pointer_set(clone_prefix(the_text, 4), "clone_prefix should return a copy");
    expect_string(the_text, "heaplab", "clone_text and clone_prefix should not change the string that they get");

    expect(!same_ticket(the_ticket, b), "these two tickets differ");
    const struct tight_ticket *tight = pack_tickets(the_ticket, 1);
    unsigned char image[sizeof(struct ticket)];
    expect_block_between(tight, 1, sizeof image, "pack_tickets should return one packed ticket");
    memcpy(image, tight, tight_ticket_size());
    unpack_ticket(tight, 0, back);
    expect_bytes(tight, image, tight_ticket_size(), "unpack_ticket should not change the tight ticket");
    expect_int(the_ticket->price, a_ticket.price, "pack_tickets should not change the tickets that it gets");
    expect_int(the_ticket->seat, a_ticket.seat, "pack_tickets should not change the tickets that it gets");
    expect_int(b->price, other.price, "same_ticket should not change a ticket");

    expect_pointer_set(clone_recording(the_recording), "clone_recording should return a copy");
    expect_size(the_recording->count, 10, "clone_recording should not change the original");
    for (size_t i = 0; i < 10; i++)
        expect_int(the_recording->samples[i], sample(i), "clone_recording should not change the original");
}
END_TEST

void add_rule_tests(struct suite *suite)
{
    suite_add(suite, refusals);
    suite_add(suite, one_block_each);
    suite_add(suite, arguments_only_read);
}
