// SPDX-License-Identifier: MIT
/*
 * judge_input.c - unit tests of judge/lib/input.c: memory handed to the student's code.
 */
#include "tests/unit/support/judged.h"

START_TEST(inputs_are_copies_in_the_arena)
{
    char text[] = "hello";
    char *copy = put(text, sizeof text, "text", "char text[] = \"hello\";");
    text[0] = 'j';
    ck_assert_str_eq(copy, "hello");
    ck_assert(arena_holds(copy, sizeof text));
    ck_assert_uint_lt((uintptr_t)copy, HEAP_ADDRESS);
    ck_assert_str_eq(record->line[0], "char text[] = \"hello\";");
    ck_assert_str_eq(name_of(copy), "text");
}
END_TEST

START_TEST(inputs_without_bytes_are_zero)
{
    unsigned char *zeros = put(NULL, 100, NULL, NULL);
    for (int i = 0; i < 100; i++)
        ck_assert_uint_eq(zeros[i], 0);
    ck_assert_uint_eq(record->lines, 0);
}
END_TEST

START_TEST(inputs_are_aligned_and_apart)
{
    unsigned char *last = put("a", 1, NULL, NULL);
    for (size_t n = 1; n < 50; n++) {
        unsigned char *next = put(NULL, n, NULL, NULL);
        ck_assert_uint_eq((uintptr_t)next % 16, 0);
        ck_assert_int_ge(next - last, 32);
        last = next + n;
    }
    input_verify();
}
END_TEST

START_TEST(arrays_are_declared_and_told)
{
    PUT_ARRAY(int, v, 3, 1, 4);
    ck_assert_int_eq(v[2], 4);
    ck_assert_str_eq(record->line[0], "int v[] = {3, 1, 4};");
}
END_TEST

START_TEST(one_byte_after_an_input_is_seen)
{
    char *text = put("hello", 5, "text", NULL);
    text[4] = 'O';
    input_verify();
    text[5] = 0;
    ck_assert_ends(STATUS_MISUSED, input_verify());
    ck_assert_str_eq(record->message, "your code wrote past the end of text, which is 5 bytes long, at offset 5");
}
END_TEST

START_TEST(the_last_byte_of_the_zone_is_seen)
{
    char *text = put("hello", 5, NULL, NULL);
    text[5 + 11 + 31] = 0;
    ck_assert_ends(STATUS_MISUSED, input_verify());
    ck_assert_has(record->message, "wrote past the end of its argument");
}
END_TEST

START_TEST(an_input_holds_its_bytes_and_its_end)
{
    char *a = put("hello", 6, NULL, NULL);
    char *b = put("hello", 6, NULL, NULL);
    ck_assert(input_holds(a, a + 6));
    ck_assert(input_holds(a + 6, a));
    ck_assert(!input_holds(a, a + 7));
    ck_assert(!input_holds(a, b));
    ck_assert(!input_holds(a, NULL));
}
END_TEST

START_TEST(too_much_input_is_a_fault)
{
    ck_assert_int_eq(OUTCOME(put(NULL, INPUT_BYTES - 64, NULL, NULL)), CAME_BACK);
    ck_assert_int_eq(OUTCOME(put(NULL, INPUT_BYTES - 63, NULL, NULL)), FAULTED);
    ck_assert_int_eq(OUTCOME(put(NULL, SIZE_MAX, NULL, NULL)), FAULTED);
    ck_assert_int_eq(OUTCOME(put(NULL, SIZE_MAX - 15, NULL, NULL)), FAULTED);
}
END_TEST

void unit_tests(TCase *tcase)
{
    tcase_add_checked_fixture(tcase, judged_start, NULL);
    tcase_add_test(tcase, inputs_are_copies_in_the_arena);
    tcase_add_test(tcase, inputs_without_bytes_are_zero);
    tcase_add_test(tcase, inputs_are_aligned_and_apart);
    tcase_add_test(tcase, arrays_are_declared_and_told);
    tcase_add_test(tcase, one_byte_after_an_input_is_seen);
    tcase_add_test(tcase, the_last_byte_of_the_zone_is_seen);
    tcase_add_test(tcase, an_input_holds_its_bytes_and_its_end);
    tcase_add_test(tcase, too_much_input_is_a_fault);
}
