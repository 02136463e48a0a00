// SPDX-License-Identifier: MIT
/*
 * mapping_tests.c - what lab 04 requires of large_alloc and large_free in pages.c.
 */
#include "common.h"
#include "ledger.h"

#include "pages.h"

#include <stdio.h>
#include <sys/mman.h>

/*** Mappings ***/

/* large_alloc(SIZE), which must succeed. Requires nothing of the mapping except that it is there. */
static char *map_large(size_t size)
{
    char *start = large_alloc(size);
    expect_pointer_set(start, "large_alloc(%zu) should succeed: there is enough memory", size);
    expect_subject_readable(start, size, "all %zu bytes should be there", size);
    return start;
}

/* START is a mapping of its own, for SIZE bytes. */
static void expect_mapping(const char *start, size_t size)
{
    struct ledger ledger;
    ledger_read(&ledger);
    const struct mapping *mapping = ledger_find(&ledger, start);
    expect(mapping != NULL, "the memory should come from mmap");
    expect(mapping->start == (uintptr_t)start, "the memory should start where its mapping starts");
    expect_kind(mapping, MAP_PRIVATE, "memory for one process alone should be mapped as private");
    expect_size((mapping->end - mapping->start) / machine_page(), pages_needed(size),
                "%zu bytes should get only as many pages as they need: a page has %zu bytes here", size,
                machine_page());
}

START_TEST(large_maps)
{
    errno_begins(ENOMEM);
    size_t page = machine_page();
    const size_t sizes[] = {3 * page - 100, 1, page, 2 * page, MIB, 2 * MIB, 2 * MIB + 1, 5 * MIB};
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        struct ledger ledger;
        ledger_open();
        char *start = map_large(sizes[i]);
        ledger_read(&ledger);
        expect_mapping(start, sizes[i]);
        expect_size(ledger.mmaps, 1, "one call of mmap should be enough");
        expect_size(system_calls(), 1, "no other call of the system is needed, for instance to end what is too much");
        fill_ends(start, 0x0A, sizes[i]);
        expect_ends(start, 0x0A, sizes[i], "what is written to the memory should stay there");
    }
}
END_TEST

START_TEST(large_untouched)
{
    enum { PAGES = 64 };
    const size_t sizes[] = {PAGES * machine_page(), 1, 300 * KIB, 5 * MIB, 40 * MIB};
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        char *start = large_alloc(sizes[i]);
        expect_pointer_set(start, "large_alloc(%zu) should succeed: there is enough memory", sizes[i]);
        expect_size(pages_in_memory(start, sizes[i]), 0,
                    "no page should be in memory before the caller uses it: the system provides the zeros by itself");
        if (sizes[i] <= MIB)
            expect_subject_fill(start, 0, sizes[i], "each byte should be 0");
    }
}
END_TEST

/* Can the first byte of each of the COUNT pages from START on be read? */
static void expect_pages_left(const char *start, size_t count)
{
    for (size_t i = 0; i < count; i++)
        expect_subject_readable(start + i * machine_page(), 1,
                                "page %zu of %s should still be there: nobody asked to end it", i + 1, name_of(start));
}

static void expect_pages_gone(const char *start, size_t count)
{
    char byte;
    for (size_t i = 0; i < count; i++)
        expect(!read_subject(&byte, start + i * machine_page(), 1),
               "large_free should end the whole mapping, but page %zu of %zu is still there", i + 1, count);
}

/* No munmap since ledger_open may go past the COUNT pages at START. */
static void expect_munmap_within(const char *start, size_t count)
{
    char wanted[TEXT_BYTES], found[TEXT_BYTES];
    struct system_call call;
    for (size_t i = 0; i < system_calls() && system_call_at(i, &call); i++) {
        if (call.kind != SYSTEM_MUNMAP || call.result == -1)
            continue;
        uintptr_t end = (uintptr_t)call.arguments[0] + pages_needed(call.arguments[1]) * machine_page();
        snprintf(wanted, sizeof wanted, "the %zu page%s of %s, and no others", count, count == 1 ? "" : "s",
                 name_of(start));
        snprintf(found, sizeof found, "munmap(%s, %ju), which is %zu page%s", name_of(start),
                 (uintmax_t)call.arguments[1], pages_needed(call.arguments[1]),
                 pages_needed(call.arguments[1]) == 1 ? "" : "s");
        if (call.arguments[0] < (uintptr_t)start || end > (uintptr_t)start + count * machine_page())
            fail_compare(wanted, found, "pages were ended that may belong to somebody else");
    }
}

/* Nobody has so much memory, so it is not really ended: the system refuses, and what it was asked for is looked at. */
static void expect_whole_length(char *start, size_t size)
{
    struct system_call call;
    ledger_open();
    tell("/* suppose %s had so many bytes; the system will refuse the next call of munmap */", name_of(start));
    system_refuse(SYSTEM_MUNMAP, 1);
    large_free(start, size);
    system_refuse(SYSTEM_MUNMAP, 0);
    for (size_t i = 0; i < system_calls() && system_call_at(i, &call); i++)
        if (call.kind == SYSTEM_MUNMAP)
            expect_size(pages_needed(call.arguments[1]), pages_needed(size),
                        "large_free should end all pages of the mapping, however long it is");
}

START_TEST(large_free_ends)
{
    size_t page = machine_page();
    const size_t sizes[] = {3 * page, 3 * page - 100, page, 1, 2 * page + 1};
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        size_t size = sizes[i], count = pages_needed(size);
        char *above = map_large(size), *middle = map_large(size), *below = map_large(size);
        fill_ends(middle, 0x0B, size);
        ledger_open();
        int result = large_free(middle, size);
        expect_munmap_within(middle, count);
        expect_int(result, 0, "this mapping exists, so large_free should end it and return 0");
        expect_pages_gone(middle, count);
        expect_pages_left(above, count);
        expect_pages_left(below, count);
    }
    char *start = map_large(page);
    for (unsigned bits = 16; bits <= 40; bits += 8)
        expect_whole_length(start, ((size_t)1 << bits) + 1);
}
END_TEST

static void expect_no_mapping(const char *sentence)
{
    struct ledger ledger;
    ledger_read(&ledger);
    expect_size(ledger.mapping_count, 0, "%s", sentence);
}

START_TEST(large_refused)
{
    map_large(machine_page());
    tell("/* the system will refuse the next call of mmap */");
    system_refuse(SYSTEM_MMAP, 1);
    void *result = large_alloc(machine_page());
    system_refuse(SYSTEM_MMAP, 0);
    expect_no_memory(result, "the system has refused the mapping: NULL should say so");
    for (size_t i = 0; i < HUGE_SIZES; i++) {
        struct ledger ledger;
        ledger_open();
        result = large_alloc(huge_sizes[i].size);
        if (huge_sizes[i].may_be_granted && result != NULL) {
            expect_mapping(result, huge_sizes[i].size);
            expect_int(large_free(result, huge_sizes[i].size), 0, "this mapping exists, so large_free should end it");
        } else {
            expect_no_memory(result, "the system cannot map so many bytes: NULL should say so");
        }
        ledger_read(&ledger);
        expect_size(ledger.mapping_count, 0, "no mapping should be left");
    }
    ledger_open();
    expect_null(large_alloc(0), "nothing was asked for, so there is nothing to return");
    expect_no_mapping("nothing was asked for, so there should be no mapping");
    map_large(machine_page());
}
END_TEST

/* large_free(START, SIZE) must fail. */
static void free_badly(char *start, size_t size, const char *what)
{
    int result = large_free(start, size);
    expect_int(result, -1, "%s: large_free should return -1", what);
    expect_errno(EINVAL, "%s: errno should say so", what);
}

START_TEST(large_free_refused)
{
    char *a = map_large(2 * machine_page());
    free_badly(a + BUMP_ALIGNMENT, machine_page(), "no mapping starts in the middle of a page");
    free_badly(a + 1, machine_page(), "no mapping starts in the middle of a page");
    free_badly(a + machine_page() / 2, 1, "no mapping starts in the middle of a page");
    free_badly(a, 0, "a mapping has at least one byte");
    free_badly(a, SIZE_MAX, "so many bytes cannot be rounded up to pages in a size_t");
    free_badly(a, SIZE_MAX - machine_page() + 2, "so many bytes cannot be rounded up to pages in a size_t");
    expect_pages_left(a, 2);
    expect_int(large_free(a, 2 * machine_page()), 0, "this mapping exists, so large_free should end it and return 0");
}
END_TEST

void add_mapping_tests(struct suite *suite)
{
    suite_add(suite, large_maps);
    suite_add(suite, large_untouched);
    suite_add(suite, large_free_ends);
    suite_add(suite, large_refused);
    suite_add(suite, large_free_refused);
}
