// SPDX-License-Identifier: MIT
/*
 * judge_expect.c - unit tests of judge/lib/expect.c and judge/lib/record.c: expectations, and what a student reads when
 * one fails.
 */
#include "tests/unit/support/judged.h"

#include <stdio.h>

static unsigned char *heap(size_t offset)
{
    return (unsigned char *)HEAP_ADDRESS + offset;
}

/* CALL fails with these expected and found lines. */
#define ck_assert_tells(wanted, was, call)                                                                             \
    do {                                                                                                               \
        ck_assert_ends(STATUS_FAILED, call);                                                                           \
        ck_assert_str_eq(record->expected, wanted);                                                                    \
        ck_assert_str_eq(record->found, was);                                                                          \
    } while (0)

START_TEST(met_demands_are_quiet)
{
    memset(heap(0), 7, 16);
    strcpy((char *)heap(32), "text");
    expect(true, "x");
    expect_int(-1, -1, "x");
    expect_size(SIZE_MAX, SIZE_MAX, "x");
    expect_pointer(NULL, NULL, "x");
    expect_pointer_set(heap(0), "x");
    expect_null(NULL, "x");
    expect_aligned(heap(16), 16, "x");
    expect_readable(heap(0), HEAP_BYTES, "x");
    expect_bytes(heap(0), "\7\7", 2, "x");
    expect_fill(heap(0), 7, 16, "x");
    expect_string((char *)heap(32), "text", "x");
    ck_assert_int_eq(record->status, STATUS_NOT_RUN);
}
END_TEST

START_TEST(sentences_are_formatted)
{
    ck_assert_ends(STATUS_FAILED, expect(false, "%d of %s", 3, "them"));
    ck_assert_str_eq(record->message, "3 of them");
    ck_assert_str_eq(record->expected, "");
    ck_assert_str_eq(record->found, "");
    ck_assert_ends(STATUS_FAILED, fail("because of %c", 'x'));
    ck_assert_str_eq(record->message, "because of x");
    ck_assert_tells("this", "that", fail_compare("this", "that", "x"));
}
END_TEST

START_TEST(numbers_are_told)
{
    ck_assert_tells("5", "-3", expect_int(-3, 5, "x"));
    ck_assert_tells("0", "18446744073709551615", expect_size(SIZE_MAX, 0, "x"));
    static const char junk[] = ", which is what new memory holds until something is written there";
    char found[VALUE_BYTES];
    snprintf(found, sizeof found, "-13365%s", junk);
    ck_assert_tells("0", found, expect_int((int16_t)0xcbcb, 0, "x"));
    snprintf(found, sizeof found, "-875836469%s", junk);
    ck_assert_tells("0", found, expect_int((int32_t)0xcbcbcbcb, 0, "x"));
    ck_assert_tells("0", "203", expect_int(0xcb, 0, "x"));
    ck_assert_tells("0", "117165", expect_int(0x1c9ad, 0, "x"));
}
END_TEST

START_TEST(pointers_are_told_by_name)
{
    set_name(heap(0), "a");
    ck_assert_tells("a", "a + 16", expect_pointer(heap(16), heap(0), "x"));
    ck_assert_tells("a", "NULL", expect_pointer(NULL, heap(0), "x"));
    ck_assert_tells("a pointer", "NULL", expect_pointer_set(NULL, "x"));
    ck_assert_tells("NULL", "a", expect_null(heap(0), "x"));
    ck_assert_tells("an address that is a multiple of 16", "a + 24, which is 8 past such a multiple",
                    expect_aligned(heap(24), 16, "x"));
}
END_TEST

START_TEST(errno_is_told_by_name)
{
    const struct call call = {.name = "f"};
    after_call(&call, 0, ENOMEM);
    expect_errno(ENOMEM, "x");
    ck_assert_tells("EINVAL (Invalid argument)", "ENOMEM (Cannot allocate memory)", expect_errno(EINVAL, "x"));
    after_call(&call, 0, 0);
    ck_assert_tells("ENOMEM (Cannot allocate memory)", "0: errno was not set", expect_errno(ENOMEM, "x"));
}
END_TEST

START_TEST(wild_pointers_are_never_followed)
{
    int local = 0;
    ck_assert_tells("memory that can be read", "NULL", expect_readable(NULL, 1, "x"));
    ck_assert_ends(STATUS_FAILED, expect_bytes(&local, "a", 1, "x"));
    ck_assert_has(record->found, "an address that is not on the heap");
    ck_assert_ends(STATUS_FAILED, expect_fill((void *)16, 0, 1, "x"));
    ck_assert_ends(STATUS_FAILED, expect_string((char *)16, "a", "x"));
    ck_assert_ends(STATUS_FAILED, expect_fill((void *)UINTPTR_MAX, 0, 1, "x"));
    set_name(heap(HEAP_BYTES - 8), "end");
    ck_assert_tells("memory that can be read", "end, with fewer than 9 bytes before the heap ends",
                    expect_readable(heap(HEAP_BYTES - 8), 9, "x"));
    ck_assert_ends(STATUS_FAILED, expect_readable(heap(0), SIZE_MAX, "x"));
}
END_TEST

START_TEST(the_first_byte_that_differs_is_told)
{
    memcpy(heap(0), "abXd\001f", 6);
    ck_assert_tells("'c' (99) at offset 2", "'X' (88) at offset 2", expect_bytes(heap(0), "abcdef", 6, "x"));
    ck_assert_tells("the byte 0x02 (2) at offset 4", "the byte 0x01 (1) at offset 4",
                    expect_bytes(heap(0), "abXd\002f", 6, "x"));
    ck_assert_tells("'x' (120) at offset 0", "'a' (97) at offset 0", expect_fill(heap(0), 'x', 1, "x"));
    ck_assert_tells("'a' (97) at offset 1", "'b' (98) at offset 1", expect_fill(heap(0), 'a', 6, "x"));
}
END_TEST

START_TEST(strings_are_told_as_literals)
{
    strcpy((char *)heap(0), "world");
    ck_assert_tells("\"hello\"", "\"world\"", expect_string((char *)heap(0), "hello", "x"));
}
END_TEST

START_TEST(a_string_must_end_in_its_block)
{
    char *text = heap_malloc(5);
    memcpy(text, "hello", 5);
    ck_assert_ends(STATUS_FAILED, expect_string(text, "hello", "x"));
    ck_assert_str_eq(record->expected, "\"hello\", ended by a zero byte");
    ck_assert_has(record->found, "no zero byte in the 5 bytes of the block");
}
END_TEST

static void fail_after_a_crash(void)
{
    record->status = STATUS_CRASHED;
    strcpy(record->message, "the first reason");
    fail("the second");
}

START_TEST(the_first_reason_is_the_reason)
{
    ck_assert_int_eq(OUTCOME(fail_after_a_crash()), BROKE); /* ended by Check itself, not by end_test */
    ck_assert_int_eq(record->status, STATUS_CRASHED);
    ck_assert_str_eq(record->message, "the first reason");
}
END_TEST

START_TEST(long_texts_are_cut_to_their_room)
{
    static char text[4 * MESSAGE_BYTES];
    memset(text, 'x', sizeof text - 1);
    ck_assert_ends(STATUS_FAILED, fail_compare(text, text, "%s", text));
    ck_assert_uint_eq(strlen(record->message), MESSAGE_BYTES - 1);
    ck_assert_uint_eq(strlen(record->expected), VALUE_BYTES - 1);
    ck_assert_uint_eq(strlen(record->found), VALUE_BYTES - 1);
}
END_TEST

START_TEST(the_heap_is_drawn_when_a_test_ends)
{
    heap_malloc(10);
    ck_assert_ends(STATUS_FAILED, fail("x"));
    ck_assert_uint_eq(record->after.cells, 1);
    ck_assert_uint_eq(record->after.cell[0].bytes, 10);
}
END_TEST

void unit_tests(TCase *tcase)
{
    tcase_add_checked_fixture(tcase, judged_start, NULL);
    tcase_add_test(tcase, met_demands_are_quiet);
    tcase_add_test(tcase, sentences_are_formatted);
    tcase_add_test(tcase, numbers_are_told);
    tcase_add_test(tcase, pointers_are_told_by_name);
    tcase_add_test(tcase, errno_is_told_by_name);
    tcase_add_test(tcase, wild_pointers_are_never_followed);
    tcase_add_test(tcase, the_first_byte_that_differs_is_told);
    tcase_add_test(tcase, strings_are_told_as_literals);
    tcase_add_test(tcase, a_string_must_end_in_its_block);
    tcase_add_test(tcase, the_first_reason_is_the_reason);
    tcase_add_test(tcase, long_texts_are_cut_to_their_room);
    tcase_add_test(tcase, the_heap_is_drawn_when_a_test_ends);
}
