// SPDX-License-Identifier: MIT
/*
 * common.c - what the tests of lab 03 share (common.h).
 */
#include "common.h"

#include "clinic.h"

#include <stdio.h>

enum {
    MOST_REQUESTS = 100, /* of one call, in any sensible design */
    TEXT_BYTES = LONG_TEXT + 2,
};

static void expect_needed(size_t largest, size_t kept, const char *what)
{
    char most[64], asked[64];
    snprintf(most, sizeof most, "requests of at most %zu bytes", kept + SPARE_BYTES);
    snprintf(asked, sizeof asked, "a request of %zu bytes", largest);
    if (largest > kept + SPARE_BYTES)
        fail_compare(most, asked, "a patient should ask for what it needs: %s takes %zu bytes, and %d more are allowed",
                     what, kept, SPARE_BYTES);
}

void expect_by_need(size_t kept, const char *what)
{
    expect_needed(heap_largest_request(), kept, what);
}

void expect_later_by_need(unsigned blocks, size_t kept, const char *what)
{
    struct heap_block block;
    for (unsigned serial = blocks + 1; heap_block_at(serial, &block); serial++)
        expect_needed(block.size, kept, what);
}

void reuse_blocks(void)
{
    tell("/* from here on, malloc gives freed blocks out again */");
    heap_reuse();
}

char *put_letters(char letter, size_t length)
{
    char image[TEXT_BYTES] = "";
    memset(image, letter, length);
    tell("/* a text of %zu times '%c' */", length, letter);
    return put(image, length + 1, NULL, NULL);
}

void overwrite(char *text, const char *name)
{
    tell("memset(%s, '#', strlen(%s));", name, name);
    memset(text, '#', strlen(text));
}

void expect_input(const char *text, const char *expected)
{
    expect_string(text, expected, "the string belongs to the caller: a patient should never change it");
}

void expect_kept(const char *found, const char *expected, const char *what)
{
    enum { FREED_BYTE = 0xdd }; /* what the judge fills freed blocks with; see heaplab/heap.h */
    char wanted[TEXT_BYTES];
    snprintf(wanted, sizeof wanted, "\"%s\"", expected);
    struct heap_block block;
    bool known = heap_find(found, &block);
    if (known && !block.live)
        fail_compare(wanted, "a block that has already been freed", "%s should still be there", what);
    if (known && block.size > 0 && block.start[0] == FREED_BYTE)
        fail_compare(wanted, "what a block holds after it has been freed",
                     "%s should be copied while it is still there", what);
    if (found)
        expect_readable(found, 1, "%s is used after the call has returned, so it should be in a heap block", what);
    expect_string(found, expected, "%s should be \"%s\"", what, expected);
}

void *refuse_each(void *(*make)(void), const char *call, const char *failure)
{
    for (size_t k = 1; k <= MOST_REQUESTS; k++) {
        size_t live = heap_live_blocks();
        size_t requests = heap_requests();
        tell("/* the next call: request number %zu is refused */", k);
        heap_refuse(k);
        void *made = make();
        heap_refuse(0);
        if (heap_requests() - requests < k)
            return made;
        expect(!made, "%s should return %s when its request number %zu is refused", call, failure, k);
        expect_size(heap_live_blocks(), live, "%s could not finish, so it should free what it had already allocated",
                    call);
    }
    fail("%s should not need more than %d requests", call, MOST_REQUESTS);
}
