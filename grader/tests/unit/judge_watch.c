// SPDX-License-Identifier: MIT
/*
 * judge_watch.c - unit tests of judge/lib/watch.c and watch_story.c: whose each byte of the arena is, and what is said
 * about an access that was not allowed.
 */
#include "judge/lib/watch.h"
#include "memlib.h"
#include "tests/unit/support/judged.h"

#include <sys/mman.h>
#include <unistd.h>

enum { HEAP = 4096 };

static struct watch_page *const page = (struct watch_page *)WATCH_ADDRESS;
static struct author *const authors = (struct author *)AUTHORS_ADDRESS;
static unsigned char *heap; /* that of mem_sbrk, once a test has made it */

static void start(void)
{
    judged_start();
    int file = memfd_create("watch", 0);
    ck_assert_int_eq(ftruncate(file, (off_t)SHARED_FILE_BYTES), 0);
    watch_open(file);
    close(file);
}

static unsigned rights_to(const void *address)
{
    size_t offset = (uintptr_t)address - ARENA_ADDRESS;
    unsigned char rights = ((const unsigned char *)RIGHTS_ADDRESS)[offset / GRANULE];
    unsigned at = (unsigned)(offset % GRANULE);
    return (rights_allow(rights, at, at + 1, MAY_READ) ? MAY_READ : 0U) |
           (rights_allow(rights, at, at + 1, MAY_WRITE) ? MAY_WRITE : 0U);
}

/* The N bytes at START have these rights, and no byte beside them has any. */
static void only_those(const unsigned char *start, size_t n, unsigned rights)
{
    ck_assert_uint_eq(rights_to(start - 1), 0);
    for (size_t i = 0; i < n; i++)
        ck_assert_uint_eq(rights_to(start + i), rights);
    ck_assert_uint_eq(rights_to(start + n), 0);
}

/* A call of NAME starts, with these PARAMETERS and one argument. */
static void call_is(const char *name, const char *parameters, const void *argument)
{
    const struct call call = {
        .name = name, .arguments = 1, .kinds = {WORD_POINTER}, .parameters = parameters, .result_type = NULL};
    const uint64_t arguments[MOST_ARGUMENTS] = {(uintptr_t)argument};
    static struct call kept;
    kept = call;
    story_call(&kept, arguments);
    watch_call(&kept, arguments);
}

/* What the judge says of an access of N bytes. */
static void says(const void *address, size_t n, bool writes, const char *message, const char *found)
{
    const struct look look = {.address = (uintptr_t)address, .bytes = n, .writes = writes};
    ck_assert_ends(STATUS_MISUSED, watch_judge(&look));
    ck_assert_str_eq(record->message, message);
    ck_assert_str_eq(record->found, found);
}

/* --- blocks and inputs --- */

START_TEST(every_byte_of_a_block_is_its_own_and_none_beside_it)
{
    for (size_t size = 1; size < 40; size++)
        only_those(heap_malloc(size), size, MAY_USE);
}
END_TEST

START_TEST(a_freed_block_is_nobodys)
{
    unsigned char *p = heap_malloc(20);
    heap_free(p);
    for (size_t i = 0; i < 20; i++)
        ck_assert_uint_eq(rights_to(p + i), 0);
}
END_TEST

START_TEST(inputs_are_lent)
{
    for (size_t size = 1; size < 40; size++)
        only_those(put(NULL, size, NULL, NULL), size, MAY_USE);
}
END_TEST

START_TEST(what_a_pointer_to_const_leads_to_is_read_in_that_call_only)
{
    unsigned char *text = put("abc", 4, "text", NULL);
    call_is("f", "(const char *text)", text);
    only_those(text, 4, MAY_READ);
    call_is("f", "(char *text)", text);
    only_those(text, 4, MAY_USE);
    call_is("f", "(const char *text)", text);
    call_is("f", "(const char *text)", put("d", 2, NULL, NULL));
    only_those(text, 4, MAY_USE);
}
END_TEST

START_TEST(places_are_told_by_blocks_and_inputs)
{
    unsigned char *text = put("abc", 4, "text", NULL);
    call_is("f", "(const char *text)", text);
    says(text + 2, 4, false, "f(text) read past the end of text, which is 4 bytes long", "2 bytes read at offset 4");
    says(text - 1, 1, false, "f(text) read in front of text, which is 4 bytes long", "1 byte read 1 before its start");
    says(text + 1, 1, true, "f(text) wrote to text, which belongs to the caller and was given to it to be read",
         "1 byte written at text + 1");
    unsigned char *p = heap_malloc(12);
    says(p + 8, 8, true, "f(text) wrote past the end of the block of 12 bytes that it asked for",
         "4 bytes written at offset 12");
    says(p - 4, 4, false, "f(text) read in front of the block of 12 bytes that it asked for",
         "4 bytes read 4 before its start");
    set_name(p, "p");
    call_is("g", "(char *p)", p);
    says(p + 12, 1, false, "g(p) read past the end of the block of 12 bytes from f(text)", "1 byte read at offset 12");
}
END_TEST

START_TEST(use_after_free_is_told)
{
    unsigned char *p = heap_malloc(12);
    set_name(p, "p");
    call_is("f", "(char *p)", p);
    heap_free(p);
    says(p + 4, 4, false,
         "f(p) read the block of 12 bytes from your program, before any function was called, after that had been "
         "freed, in f(p)",
         "4 bytes read at p + 4");
}
END_TEST

/* --- a heap of mem_sbrk --- */

/* Two payloads of 40 bytes, with a header of 16 before each. */
static void two_payloads(void (*in_use)(const void *payload, size_t n))
{
    in_use(heap + 16, 40);
    in_use(heap + 80, 40);
}

static void make_heap(void)
{
    heap = mem_sbrk(HEAP);
    suite_payloads(&the_suite, two_payloads);
    set_name(heap + 16, "a");
    set_name(heap + 80, "b");
}

START_TEST(payloads_in_use_are_nobodys_but_the_argument)
{
    make_heap();
    call_is("mm_free", "(void *payload)", heap + 80);
    ck_assert_uint_eq(rights_to(heap), MAY_USE);
    for (size_t i = 56; i < 120; i++) /* a's rest, b's header, b */
        ck_assert_uint_eq(rights_to(heap + i), MAY_USE);
    for (size_t i = 0; i < 40; i++)
        ck_assert_uint_eq(rights_to(heap + 16 + i), 0);
    says(heap + 24, 8, true,
         "mm_free(b) wrote to a payload that is in use: it belongs to the program until it is freed",
         "8 bytes written at heap + 24");
}
END_TEST

START_TEST(a_pointer_inside_is_looked_at)
{
    make_heap();
    call_is("mm_free", "(void *payload)", heap + 32);
    ck_assert_uint_eq(rights_to(heap + 16), MAY_READ);
    ck_assert_uint_eq(rights_to(heap + 80), 0);
    call_is("mm_free", "(void *payload)", heap + 64); /* b's header */
    ck_assert_uint_eq(rights_to(heap + 48), MAY_READ);
    ck_assert_uint_eq(rights_to(heap + 80), MAY_USE);
}
END_TEST

START_TEST(the_heap_ends_at_the_break)
{
    make_heap();
    set_name(heap, "x");
    call_is("mm_next", "(struct header *block)", heap);
    says(heap + HEAP - 4, 8, false, "mm_next(x) read beyond the end of the heap", "4 bytes read at heap + 4096");
}
END_TEST

START_TEST(new_memory_is_the_allocators)
{
    make_heap();
    call_is("mm_malloc", "(void *x)", NULL);
    const uint64_t words[MOST_WORDS] = {20};
    answer_request(REQUEST_SBRK, words);
    answer_request(REQUEST_SBRK, words);
    ck_assert_uint_eq(rights_to(heap + HEAP + 19), MAY_USE);
    ck_assert_uint_eq(rights_to(heap + HEAP + 20), MAY_USE);
    ck_assert_uint_eq(rights_to(heap + HEAP + 39), MAY_USE);
    ck_assert_uint_eq(rights_to(heap + HEAP + 40), 0);
}
END_TEST

START_TEST(a_heap_that_is_taken_back_is_nobodys)
{
    make_heap();
    suite_payloads(&the_suite, NULL);
    call_is("mm_malloc", "(void *x)", NULL);
    break_reset();
    call_is("mm_init", "(void *x)", NULL);
    ck_assert_uint_eq(rights_to(heap), 0);
    ck_assert_uint_eq(rights_to(heap + HEAP - 1), 0);
}
END_TEST

START_TEST(a_copy_ends_with_the_payload)
{
    make_heap();
    call_is("mm_realloc", "(void *payload)", heap + 16);
    ck_assert_uint_eq(page->start, HEAP_ADDRESS + 16);
    ck_assert_uint_eq(page->end, HEAP_ADDRESS + 56);
    const struct look look = {.address = HEAP_ADDRESS + 16, .bytes = 48, .flaw = LOOK_COPY};
    ck_assert_ends(STATUS_MISUSED, watch_judge(&look));
    ck_assert_str_eq(record->message, "mm_realloc(a) copied past the end of the payload that it was given");
    ck_assert_str_eq(record->found, "8 bytes read at heap + 56");
}
END_TEST

/* --- what a lab adds --- */

START_TEST(rules_hold_for_their_functions)
{
    make_heap();
    suite_arithmetic_only(&the_suite, "mm_header");
    suite_reads_only(&the_suite, "mm_check");
    suite_reads_argument_only(&the_suite, "mm_footer", 16);
    call_is("mm_header", "(void *payload)", heap + 16);
    says(heap, 4, false, "mm_header(a) read memory, but its contract says that it is arithmetic only",
         "4 bytes read at heap + 0 (a)");
    call_is("mm_check", "(void *x)", NULL);
    ck_assert_uint_eq(rights_to(heap + 16), MAY_USE); /* it may look everywhere */
    says(heap, 4, true, "mm_check(NULL) wrote to memory, but it may only read, and change nothing even for a moment",
         "4 bytes written at heap + 0 (a)");
    set_name(heap + 64, "y");
    call_is("mm_footer", "(struct header *block)", heap + 64);
    only_those(heap + 64, 16, MAY_READ);
    says(heap + 72, 16, false, "mm_footer(y) read memory that its contract does not let it read",
         "8 bytes read at heap + 80 (b)");
    call_is("mm_free", "(void *payload)", heap + 80);
    ck_assert_uint_eq(page->may, MAY_USE);
}
END_TEST

START_TEST(other_flaws_are_told)
{
    make_heap();
    call_is("mm_free", "(void *payload)", heap + 80);
    struct look look = {.address = HEAP_ADDRESS + 2, .bytes = 4, .flaw = LOOK_ODD};
    ck_assert_ends(STATUS_MISUSED, watch_judge(&look));
    ck_assert_str_eq(record->message,
                     "mm_free(b) read 4 bytes at an address that is no multiple of what their type asks for");
    look.flaw = LOOK_OVERLAP;
    ck_assert_ends(STATUS_MISUSED, watch_judge(&look));
    ck_assert_str_eq(record->message, "mm_free(b) had memory copied onto a part of itself");
}
END_TEST

START_TEST(flaws_of_variables_are_told)
{
    int local = 0;
    make_heap();
    call_is("mm_free", "(void *payload)", heap + 80);
    struct look look = {.address = (uint64_t)-3, .bytes = 4, .flaw = LOOK_INDEX};
    ck_assert_ends(STATUS_MISUSED, watch_judge(&look));
    ck_assert_str_eq(record->message, "mm_free(b) used the index -3 of an array of 4");
    ck_assert_str_eq(record->expected, "an index from 0 on");
    look = (struct look){.address = 7, .flaw = LOOK_INDEX};
    ck_assert_ends(STATUS_MISUSED, watch_judge(&look));
    ck_assert_str_eq(record->message, "mm_free(b) used the index 7 of an array that is not that long");
    look = (struct look){.address = (uintptr_t)&local, .bytes = 4, .writes = 1, .flaw = LOOK_GONE};
    ck_assert_ends(STATUS_MISUSED, watch_judge(&look));
    ck_assert_str_eq(record->message, "mm_free(b) wrote to a local variable of a function that had returned already");
    look.flaw = LOOK_ABOVE;
    ck_assert_ends(STATUS_MISUSED, watch_judge(&look));
    ck_assert_str_eq(record->message, "mm_free(b) wrote past the end of its local variables");
    look.address = HEAP_ADDRESS; /* no variable lies there */
    ck_assert_ends(STATUS_MISUSED, watch_judge(&look));
    ck_assert_str_eq(record->message, "mm_free(b) disturbed the way results are returned");
}
END_TEST

/* The subject can say anything. */
START_TEST(an_access_that_was_allowed_is_no_finding)
{
    static const char disturbed[] = "mm_free(b) disturbed the way results are returned";
    make_heap();
    call_is("mm_free", "(void *payload)", heap + 80);
    says(heap, 16, true, disturbed, "it wrote over the grader's messages instead");
    says(NULL, 4, true, disturbed, "it wrote over the grader's messages instead");
    says(heap + 16, 0, true, disturbed, "it wrote over the grader's messages instead");
    const struct look copy = {.address = HEAP_ADDRESS, .bytes = 4, .flaw = LOOK_COPY};
    ck_assert_ends(STATUS_MISUSED, watch_judge(&copy));
    ck_assert_str_eq(record->message, disturbed);
    says(heap + HEAP, SIZE_MAX, true, "mm_free(b) wrote beyond the end of the heap", record->found);
}
END_TEST

/* --- authors --- */

START_TEST(an_author_is_known_by_its_granule)
{
    struct author author;
    make_heap();
    call_is("mm_free", "(void *payload)", heap + 80);
    ck_assert(!watch_author(heap + 16, &author));
    authors[(INPUT_BYTES + 16) / GRANULE] = (struct author){.code = 0x401234, .call = page->call};
    ck_assert(watch_author(heap + 23, &author));
    ck_assert_uint_eq(author.code, 0x401234);
    ck_assert_uint_eq(author.call, 1);
    ck_assert(!watch_author(heap + 24, &author));
    ck_assert(!watch_author(NULL, &author));
}
END_TEST

void unit_tests(TCase *tcase)
{
    tcase_add_checked_fixture(tcase, start, NULL);
    tcase_add_test(tcase, every_byte_of_a_block_is_its_own_and_none_beside_it);
    tcase_add_test(tcase, a_freed_block_is_nobodys);
    tcase_add_test(tcase, inputs_are_lent);
    tcase_add_test(tcase, what_a_pointer_to_const_leads_to_is_read_in_that_call_only);
    tcase_add_test(tcase, places_are_told_by_blocks_and_inputs);
    tcase_add_test(tcase, use_after_free_is_told);
    tcase_add_test(tcase, payloads_in_use_are_nobodys_but_the_argument);
    tcase_add_test(tcase, a_pointer_inside_is_looked_at);
    tcase_add_test(tcase, the_heap_ends_at_the_break);
    tcase_add_test(tcase, new_memory_is_the_allocators);
    tcase_add_test(tcase, a_heap_that_is_taken_back_is_nobodys);
    tcase_add_test(tcase, a_copy_ends_with_the_payload);
    tcase_add_test(tcase, rules_hold_for_their_functions);
    tcase_add_test(tcase, other_flaws_are_told);
    tcase_add_test(tcase, flaws_of_variables_are_told);
    tcase_add_test(tcase, an_access_that_was_allowed_is_no_finding);
    tcase_add_test(tcase, an_author_is_known_by_its_granule);
}
