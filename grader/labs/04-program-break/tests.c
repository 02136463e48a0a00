// SPDX-License-Identifier: MIT
/*
 * tests.c - what lab 04 requires of pages.c.
 *
 * The student's code makes real system calls. The tests look at their effects from three sides: the judge's log of
 * the calls, summed up by ledger.c; the break afterwards; and the student's memory, which read_subject copies.
 *
 * No test depends on how a design asks for memory, only on what pages.h says about it. In particular, sbrk and brk are
 * both fine, sbrk(0) may be called at any time, and a refused call may be repeated for less.
 */
#include "common.h"
#include "ledger.h"

#include "pages.h"
#include "subject/caller.h"

#include <stdio.h>

/*** Pages ***/

START_TEST(pages_rounded_up)
{
    size_t page = machine_page();
    const size_t cases[][2] = {
        {1, page}, {page - 1, page}, {page + 1, 2 * page}, {3 * page - 5, 3 * page}, {1000 * page + 1, 1001 * page}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        expect_size(round_up_to_pages(cases[i][0]), cases[i][1],
                    "%zu byte%s need%s %zu whole page%s: a page has %zu bytes here", cases[i][0],
                    cases[i][0] == 1 ? "" : "s", cases[i][0] == 1 ? "s" : "", cases[i][1] / page,
                    cases[i][1] == page ? "" : "s", page);
}
END_TEST

START_TEST(pages_exact)
{
    size_t page = machine_page();
    expect_size(round_up_to_pages(page), page, "%zu bytes fill one page exactly: no second one is needed", page);
    expect_size(round_up_to_pages(2 * page), 2 * page, "%zu bytes fill two pages exactly: no third one is needed",
                2 * page);
    expect_size(round_up_to_pages(64 * page), 64 * page, "%zu bytes fill 64 pages exactly: no further one is needed",
                64 * page);
    expect_size(round_up_to_pages(0), 0, "0 bytes need no page");
}
END_TEST

START_TEST(pages_huge)
{
    size_t page = machine_page();
    size_t top = SIZE_MAX - page + 1; /* the last multiple of the page size that a size_t can hold */
    size_t tera = (size_t)1 << 40;
    for (unsigned bits = 16; bits < 62; bits += 5) {
        size_t size = (size_t)1 << bits;
        expect_size(round_up_to_pages(size + 1), (size / page + 1) * page, "2^%u + 1 bytes need one page more than %zu",
                    bits, size / page);
    }
    expect_size(round_up_to_pages(tera + 1), tera + page, "a size can be far larger than any int");
    expect_size(round_up_to_pages(top - page + 1), top, "a huge size should be rounded up exactly, like any other");
    expect_size(round_up_to_pages(top), top, "this is already a multiple of the page size, and the last one there is");
    expect_size(round_up_to_pages(top + 1), 0, "no multiple above this size fits into a size_t: 0 should say so");
    expect_size(round_up_to_pages(SIZE_MAX), 0, "no multiple above this size fits into a size_t: 0 should say so");
}
END_TEST

/* Pages of another machine: the code under test learns their size, 64 KiB, from sysconf. */
START_TEST(pages_of_any_size)
{
    enum { PAGE = 64 * KIB };
    tell("/* on a machine where sysconf(_SC_PAGESIZE) is %d */", PAGE);
    system_play(CHILDREN_AS_THEY_COME, PAGE);
    expect_size(round_up_to_pages(1), PAGE, "a single byte needs one page, and a page has %d bytes here", PAGE);
    expect_size(round_up_to_pages(PAGE), PAGE, "%d bytes fill one page of this machine exactly", PAGE);
    expect_size(round_up_to_pages(PAGE + 1), 2 * PAGE, "one byte more than a page of this machine needs two pages");
    char *block = (char *)(uintptr_t)(16 * PAGE);
    set_name(block, "page");
    tell("char *page = (char *)%#zx;  /* where a page starts */", (size_t)(uintptr_t)block);
    expect_size(silent_overrun(block, 5000), PAGE - 5000, "the page of this block goes on for %d bytes", PAGE - 5000);
}
END_TEST

/* The start of some page. Nothing has to be mapped there: silent_overrun only computes. */
static char *some_page(void)
{
    char *page = (char *)(256 * machine_page());
    set_name(page, "page");
    tell("char *page = (char *)%#zx;  /* where a page starts; each has %zu bytes */", (size_t)(uintptr_t)page,
         machine_page());
    return page;
}

/* silent_overrun for a block of SIZE bytes that starts OFFSET bytes after PAGE. */
static void expect_overrun(char *page, size_t offset, size_t size, size_t expected, const char *sentence)
{
    char name[TEXT_BYTES];
    snprintf(name, sizeof name, "page + %zu", offset);
    if (offset > 0)
        set_name(page + offset, name);
    expect_size(silent_overrun(page + offset, size), expected, "%s", sentence);
}

START_TEST(overrun_to_page_end)
{
    char *page = some_page();
    size_t size = machine_page();
    expect_overrun(page, 0, 100, size - 100, "the block takes the first 100 bytes of its page: the others can be read");
    expect_overrun(page, 100, 50, size - 150, "the block ends 150 bytes into the page");
    expect_overrun(page, 100, 1, size - 101, "the block ends 101 bytes into the page");
    expect_overrun(page, size - 10, 30, size - 20, "the block ends 20 bytes into the second page");
    expect_overrun(page, 1, 3 * size, size - 1, "the block ends one byte into the fourth page");
}
END_TEST

START_TEST(overrun_none)
{
    static const char sentence[] = "the block ends where its page ends: the next byte may be the one that faults";
    char *page = some_page();
    size_t size = machine_page();
    expect_overrun(page, 0, size - 1, 1, "the block covers its page except for the last byte");
    expect_overrun(page, 0, size, 0, sentence);
    expect_overrun(page, 100, size - 100, 0, sentence);
    expect_overrun(page, 0, 3 * size, 0, sentence);
}
END_TEST

/* Addresses of pages in all parts of the address space. Each has one bit set, so its name tells it. */
START_TEST(overrun_anywhere)
{
    size_t page = machine_page();
    for (unsigned bits = 31; bits < 64; bits += 4) {
        char *block = (char *)((uintptr_t)1 << bits);
        char name[TEXT_BYTES];
        snprintf(name, sizeof name, "(char *)((uintptr_t)1 << %u)", bits);
        set_name(block, name);
        expect_size(silent_overrun(block, 100), page - 100, "a page starts at address 2^%u, and the block there has %s",
                    bits, "100 bytes");
    }
    char *low = some_page();
    for (unsigned bits = 32; bits < 62; bits += 7)
        expect_size(silent_overrun(low, ((size_t)1 << bits) + 1), page - 1,
                    "a block of 2^%u + 1 bytes ends one byte into its last page", bits);
    char *across = (char *)((uintptr_t)1 << 32) - 10;
    set_name(across, "(char *)((uintptr_t)1 << 32) - 10");
    expect_size(silent_overrun(across, 20), page - 10, "the block ends 10 bytes after address 2^32");
}
END_TEST

/*** The program break ***/

START_TEST(grow_moves_break)
{
    errno_begins(ENOMEM);
    char *first = expect_growth(1000);
    fill_subject(first, 0x0A, 1000);
    char *second = expect_growth(24);
    fill_subject(second, 0x0B, 24);
    expect_subject_fill(first, 0x0A, 1000, "the bytes below the old break should not change");
    expect_growth(5 * machine_page());
    expect_growth(0);
    others_move_break(5000);
    expect_growth(100);
    others_move_break(0);
    expect_growth(24);
}
END_TEST

START_TEST(grow_refused)
{
    expect_growth(64);
    void *before = subject_break();
    void *result = grow_break(INTPTR_MAX / 2);
    expect_no_memory(result, "no computer has so much memory: the system refuses, and NULL should say so");
    expect_break(before, "a refused call should not move the break");
    refuse_break();
    result = grow_break(64);
    refuse_break_no_more();
    bool asked_again = result == before && subject_break() == (char *)before + 64; /* which the contract allows */
    if (!asked_again) {
        expect_no_memory(result, "the system has refused to move the break: NULL should say so");
        expect_break(before, "a refused call should not move the break");
    }
    expect_growth(64);
}
END_TEST

START_TEST(grow_huge)
{
    expect_growth(128 * KIB);
    void *before = subject_break();
    for (size_t i = 0; i < HUGE_SIZES; i++) {
        char sentence[TEXT_BYTES];
        snprintf(sentence, sizeof sentence,
                 "there is no room for %s bytes: NULL should say so (is the number negative for sbrk?)",
                 huge_sizes[i].name);
        void *result = grow_break(huge_sizes[i].size);
        if (huge_sizes[i].may_be_granted && result != NULL) {
            expect_size((size_t)below_break(before), huge_sizes[i].size,
                        "the break should have moved up by exactly the bytes asked for, or not at all");
            return; /* some machines have that much memory; the sizes that follow are larger */
        }
        expect_no_memory(result, sentence);
        expect_break(before, "a size that is too large should not move the break, up or down");
    }
}
END_TEST

/*** The suite ***/

static void set_up(void)
{
    break_at_test_start = subject_break();
    set_name(break_at_test_start, "break at start");
    ledger_open();
}

void lab_suite(struct suite *suite)
{
    suite_allow_processes(suite);
    suite_fixture(suite, set_up, NULL);
    suite_add(suite, pages_rounded_up);
    suite_add(suite, pages_exact);
    suite_add(suite, pages_huge);
    suite_add(suite, pages_of_any_size);
    suite_add(suite, overrun_to_page_end);
    suite_add(suite, overrun_none);
    suite_add(suite, overrun_anywhere);
    suite_add(suite, grow_moves_break);
    suite_add(suite, grow_refused);
    suite_add(suite, grow_huge);
    add_bump_tests(suite);
    add_mapping_tests(suite);
    add_isolation_tests(suite);
}
