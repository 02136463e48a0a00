// SPDX-License-Identifier: MIT
/*
 * common.c - what several files of lab 01's tests share (common.h).
 */
#include "common.h"
#include "storage.h"

#include <stdio.h>

const int *copied;
const int copied_image[COPIED_INTS] = {3, 1, 4};

const char *counted(intmax_t n, const char *thing)
{
    static char text[64];
    snprintf(text, sizeof text, "%jd %s%s", n, thing, n == 1 ? "" : "s");
    return text;
}

void expect_little_stack(const char *function)
{
    enum { MOST = 16 * 1024 }; /* room for any helpers, and for printf's own variables */
    size_t used = stack_used();
    if (used > MOST)
        fail_compare("little of the stack, as for a short one", counted((intmax_t)used, "byte"),
                     "%s should not need more of the stack because its argument is long", function);
}

void expect_no_more_stack(const char *function, size_t *least)
{
    enum { MOST_MORE = 512 }; /* two ways through the function may differ a little */
    size_t used = stack_used();
    if (used < *least)
        *least = used;
    if (used - *least > MOST_MORE)
        fail_compare("as much of the stack as for a short one", counted((intmax_t)(used - *least), "more byte"),
                     "%s should not need more of the stack because its argument is long", function);
}

void inspect_result(const char *function, const void *found, intmax_t left)
{
    (void)left;
    expect_null(found, "%s should return NULL when malloc does", function);
}

void inspect_leftovers(const char *function, const void *found, intmax_t left)
{
    (void)found;
    if (left != 0)
        fail_compare("no block left", counted(left, "block"),
                     "when %s fails, it should have freed every block that it allocated in that call", function);
}

void inspect_both(const char *function, const void *found, intmax_t left)
{
    inspect_result(function, found, left);
    inspect_leftovers(function, found, left);
}

/* As heap_refuse and heap_refuse_from. */
typedef void refusal(size_t k);

/* Calls MAKE again and again, with REFUSE for its first request for memory, then for its second, and so on. If no
 * request is refused, it makes USUAL ones: whoever makes more has asked again, and may have got what it needs. */
static void refuse_with(refusal *refuse, const char *announcement, maker *make, size_t usual, const char *function,
                        inspector *inspect)
{
    for (size_t k = 1;; k++) {
        size_t requests = heap_requests();
        intmax_t live = (intmax_t)heap_live_blocks();
        tell("/* %s number %zu from here will fail */", announcement, k);
        refuse(k);
        const void *found = make();
        heap_refuse(0);
        if (heap_requests() - requests < k) { /* MAKE asks for fewer than K blocks: each has been refused once */
            expect_pointer_set(found, "%s should succeed again when no request is refused", function);
            return;
        }
        bool asked_again = refuse == heap_refuse && found != NULL && heap_requests() - requests > usual;
        if (!asked_again)
            inspect(function, found, (intmax_t)heap_live_blocks() - live);
    }
}

void *make_counter(void)
{
    return counter_new(5);
}

void *make_greeting(void)
{
    return greeting(put_string("Ada"));
}

void *make_copy(void)
{
    if (!copied)
        copied = put(copied_image, sizeof copied_image, "values", "int values[] = {3, 1, 4};");
    return copy_ints(copied, COPIED_INTS);
}

void refuse_each(maker *make, const char *function, inspector *inspect)
{
    size_t requests = heap_requests();
    expect_pointer_set(make(), "%s should succeed while there is enough memory", function);
    size_t usual = heap_requests() - requests;
    refuse_with(heap_refuse, "malloc", make, usual, function, inspect);
    refuse_with(heap_refuse_from, "every malloc from", make, usual, function, inspect);
}
