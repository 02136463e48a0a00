// SPDX-License-Identifier: MIT
/*
 * common.c - what the tests of lab 04 share (common.h).
 */
#include "common.h"

#include "pages.h"

#include <stdio.h>
#include <unistd.h>

/*** Pages and places ***/

void *break_at_test_start;

size_t machine_page(void)
{
    return (size_t)sysconf(_SC_PAGESIZE);
}

void expect_place(const void *found, const void *expected, const void *base, const char *sentence)
{
    char wanted[TEXT_BYTES], got[TEXT_BYTES];
    if (found == expected)
        return;
    const void *places[] = {expected, found};
    char *texts[] = {wanted, got};
    for (size_t i = 0; i < 2; i++) {
        intptr_t distance = (intptr_t)((uintptr_t)places[i] - (uintptr_t)base);
        if (distance == 0 || distance < -MIB || distance > MIB)
            snprintf(texts[i], TEXT_BYTES, "%s", name_of(places[i]));
        else
            snprintf(texts[i], TEXT_BYTES, "%s %c %jd", name_of(base), distance < 0 ? '-' : '+',
                     (intmax_t)(distance < 0 ? -distance : distance));
    }
    fail_compare(wanted, got, "%s", sentence);
}

intptr_t below_break(const void *place)
{
    return (intptr_t)((uintptr_t)subject_break() - (uintptr_t)place);
}

void expect_break(const void *before, const char *sentence)
{
    char moved[TEXT_BYTES];
    intptr_t distance = below_break(before);
    snprintf(moved, sizeof moved, "it is %jd bytes %s", (intmax_t)(distance < 0 ? -distance : distance),
             distance < 0 ? "lower" : "higher");
    if (distance != 0)
        fail_compare("the break is where it was", moved, "%s", sentence);
}

size_t pages_needed(size_t size)
{
    return (size + machine_page() - 1) / machine_page();
}

/*** Calls ***/

char *expect_growth(size_t bytes)
{
    char *before = subject_break();
    set_name(before, "break");
    char *start = grow_break(bytes);
    expect_pointer_set(start,
                       bytes == 0 ? "grow_break(%zu) asks for nothing, which always succeeds: it returns the break"
                                  : "grow_break(%zu) should succeed: there is enough memory",
                       bytes);
    set_name(before, "break");
    expect_place(start, before, before, "the new memory starts where the break was before");
    expect_size((size_t)below_break(before), bytes, "the break should have moved up by exactly the bytes asked for");
    return start;
}

void refuse_break(void)
{
    tell("/* the system will refuse the next call that moves the break */");
    system_refuse(SYSTEM_SBRK, 1);
    system_refuse(SYSTEM_BRK, 1);
}

void refuse_break_no_more(void)
{
    system_refuse(SYSTEM_SBRK, 0);
    system_refuse(SYSTEM_BRK, 0);
}

void expect_no_memory(const void *result, const char *sentence)
{
    expect_null(result, "%s", sentence);
    expect_errno(ENOMEM, "errno should say that there is not enough memory");
}

/*** Bytes and sizes ***/

enum { END = 4 * KIB };

void fill_ends(void *block, unsigned char byte, size_t size)
{
    size_t length = size < END ? size : END;
    fill_subject(block, byte, length);
    if (size > END) {
        char name[TEXT_BYTES];
        snprintf(name, sizeof name, "%s + %zu", name_of(block), size - length);
        set_name((char *)block + size - length, name);
        fill_subject((char *)block + size - length, byte, length);
    }
}

void expect_ends(const void *block, unsigned char byte, size_t size, const char *sentence)
{
    size_t length = size < END ? size : END;
    expect_subject_fill(block, byte, length, "%s", sentence);
    expect_subject_fill((const char *)block + size - length, byte, length, "%s", sentence);
}

const struct huge_size huge_sizes[HUGE_SIZES] = {
    {SIZE_MAX, "SIZE_MAX", false},
    {SIZE_MAX - 14, "SIZE_MAX - 14", false},
    {SIZE_MAX - 15, "SIZE_MAX - 15", false},
    {SIZE_MAX - 63, "SIZE_MAX - 63", false},
    {SIZE_MAX - 5000, "SIZE_MAX - 5000", false},
    {SIZE_MAX - 65535, "SIZE_MAX - 65535", false},
    {(size_t)INTPTR_MAX + 1, "INTPTR_MAX + 1", false},
    {INTPTR_MAX, "INTPTR_MAX", false},
    {INTPTR_MAX - 15, "INTPTR_MAX - 15", false},
    {INTPTR_MAX / 2, "INTPTR_MAX / 2", false},
    {((size_t)1 << 48) + 100, "2^48 + 100", false},
    {((size_t)1 << 40) + 100, "2^40 + 100", true},
    {((size_t)1 << 33) + 100, "2^33 + 100", true},
    {((size_t)1 << 32) + 100, "2^32 + 100", true},
};
