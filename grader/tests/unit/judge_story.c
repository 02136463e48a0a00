// SPDX-License-Identifier: MIT
/*
 * judge_story.c - unit tests of judge/lib/story.c: calls as lines of C, and the names of pointers.
 */
#include "tests/unit/support/judged.h"

static const char *line(unsigned i)
{
    return record->line[i % STORY_LINES];
}

static void *heap(size_t offset)
{
    return (unsigned char *)HEAP_ADDRESS + offset;
}

static uint64_t word(const void *pointer)
{
    return (uint64_t)(uintptr_t)pointer;
}

/* --- names --- */

START_TEST(results_are_named_in_order)
{
    judged_call("make", "void *", word(heap(0)));
    judged_call("make", "struct node *", word(heap(64)));
    ck_assert_str_eq(line(0), "void *a = make();");
    ck_assert_str_eq(line(1), "struct node *b = make();");
    ck_assert_str_eq(name_of(heap(64)), "b");
}
END_TEST

START_TEST(after_z_come_numbers)
{
    for (size_t i = 0; i < 28; i++)
        judged_call("make", "void *", word(heap(64 * i)));
    ck_assert_str_eq(name_of(heap(64 * 25)), "z");
    ck_assert_str_eq(name_of(heap(64 * 26)), "p26");
    ck_assert_str_eq(name_of(heap(64 * 27)), "p27");
}
END_TEST

START_TEST(an_address_used_again_says_whose_it_was)
{
    judged_call("make", "void *", word(heap(0)));
    judged_call("make", "void *", word(heap(0)));
    ck_assert_str_eq(line(1), "void *b = make();  /* where a was */");
    ck_assert_str_eq(name_of(heap(0)), "b");
}
END_TEST

START_TEST(near_addresses_are_named_by_their_distance)
{
    set_name(heap(0), "a");
    set_name(heap(64), "b");
    ck_assert_str_eq(name_of(heap(8)), "a + 8");
    ck_assert_str_eq(name_of(heap(63)), "a + 63");
    ck_assert_str_eq(name_of(heap(80)), "b + 16");
    ck_assert_str_eq(name_of(heap(64 + 4096)), "(void *)0x60401040");
}
END_TEST

START_TEST(with_books_a_name_ends_where_its_block_ends)
{
    unsigned char *p = heap_malloc(10);
    set_name(p, "p");
    ck_assert_str_eq(name_of(p + 9), "p + 9");
    ck_assert_ptr_null(strstr(name_of(p + 10), "p +"));
    ck_assert_ptr_null(strstr(name_of(p - 1), "p"));
}
END_TEST

START_TEST(inputs_keep_their_names_up_to_their_end)
{
    char *text = put("hello", 6, "text", NULL);
    ck_assert_str_eq(name_of(text + 6), "text + 6");
    ck_assert_ptr_null(strstr(name_of(text + 7), "text"));
}
END_TEST

START_TEST(pointers_without_a_name)
{
    ck_assert_str_eq(name_of(NULL), "NULL");
    ck_assert_str_eq(name_of((void *)0x1234), "(void *)0x1234");
    ck_assert_ptr_null(find_exact_name(heap(0)));
}
END_TEST

START_TEST(a_new_name_replaces_the_old)
{
    set_name(heap(0), "old");
    set_name(heap(0), "new");
    ck_assert_str_eq(find_exact_name(heap(0)), "new");
    set_name(heap(16), "a name that is far too long to be kept");
    ck_assert_uint_eq(strlen(find_exact_name(heap(16))), 23);
}
END_TEST

START_TEST(several_names_can_be_used_in_one_sentence)
{
    set_name(heap(0), "a");
    const char *first = name_of(heap(0));
    const char *second = name_of(heap(16));
    ck_assert_str_eq(first, "a");
    ck_assert_str_eq(second, "a + 16");
}
END_TEST

/* --- lines --- */

START_TEST(a_call_that_does_not_return_is_told)
{
    const struct call call = {.name = "mm_free", .arguments = 1, .kinds = {WORD_POINTER}};
    set_name(heap(0), "b");
    story_call(&call, (const uint64_t[]){word(heap(0))});
    ck_assert_str_eq(line(0), "mm_free(b);  /* did not return */");
    ck_assert_str_eq(story_last_call(), "mm_free(b)");
    story_return(&call, 0);
    ck_assert_str_eq(line(0), "mm_free(b);");
    ck_assert_uint_eq(record->lines, 1);
}
END_TEST

static void told(enum word_kind kind, uint64_t value, const char *expected)
{
    const struct call call = {.name = "f", .arguments = 1, .kinds = {kind}};
    story_call(&call, &value);
    ck_assert_str_eq(story_last_call(), expected);
}

START_TEST(constants_have_names_where_a_function_uses_them)
{
    enum { EMPTY, FULL };
    NAME_VALUE(f, FULL);
    NAME_VALUE(g, EMPTY);
    told(WORD_SIZE, FULL, "f(FULL)");
    told(WORD_INT, FULL, "f(FULL)");
    told(WORD_INT, EMPTY, "f(0)");
}
END_TEST

START_TEST(a_place_in_the_heap_has_the_name_of_its_block)
{
    set_name(heap(16), "a");
    ck_assert_str_eq(heap_place(heap(0), 16), "heap + 0 (a)");
    ck_assert_str_eq(heap_place(heap(16), 16), "heap + 16 (a)");
    ck_assert_str_eq(heap_place(heap(48), 16), "heap + 48");
    ck_assert_str_eq(heap_place(NULL, 16), "NULL");
}
END_TEST

START_TEST(words_are_written_as_a_student_would)
{
    told(WORD_INT, (uint64_t)-3, "f(-3)");
    told(WORD_BOOL, 1, "f(true)");
    told(WORD_BOOL, 0, "f(false)");
    told(WORD_SIZE, 4096, "f(4096)");
    told(WORD_SIZE, SIZE_MAX, "f(SIZE_MAX)");
    told(WORD_SIZE, SIZE_MAX - 15, "f(SIZE_MAX - 15)");
    told(WORD_SIZE, SIZE_MAX / 2, "f(0x7fffffffffffffff)");
    told(WORD_POINTER, 0, "f(NULL)");
    told(WORD_STRING, word(put_string("hello")), "f(\"hello\")");
    told(WORD_STRING, word(put_string("")), "f(\"\")");
    told(WORD_STRING, word(put_string("a \"b\"\n\t")), "f(\"a \\\"b\\\"\\n\\t\")");
    told(WORD_STRING, word(put_string("123456789 123456789 123456789 123456789 1")),
         "f(\"123456789 123456789 123456789 123456789 ...\")");
}
END_TEST

START_TEST(values_are_shown_after_the_call)
{
    const struct call call = {.name = "count", .result_type = "int", .result_kind = WORD_INT};
    story_call(&call, NULL);
    story_return(&call, (uint64_t)-1);
    ck_assert_str_eq(line(0), "count();  /* returned -1 */");
    judged_call("find", "void *", 0);
    ck_assert_str_eq(line(1), "find();  /* returned NULL */");
}
END_TEST

START_TEST(quiet_stories_tell_the_call_in_flight_only)
{
    tell("one");
    story_quiet();
    judged_call("f", NULL, 0);
    tell("not told");
    ck_assert(story_is_quiet());
    ck_assert_str_eq(story_last_call(), "f()");
    story_aloud();
    tell("two");
    ck_assert_uint_eq(record->lines, 3);
    ck_assert_has(line(1), "many calls that are not shown");
    ck_assert_str_eq(line(2), "two");
}
END_TEST

START_TEST(the_last_lines_are_kept)
{
    for (unsigned i = 0; i < STORY_LINES + 5; i++)
        tell("line %u", i);
    ck_assert_uint_eq(record->lines, STORY_LINES + 5);
    ck_assert_str_eq(line(STORY_LINES + 4), "line 44");
    ck_assert_str_eq(line(5), "line 5");
}
END_TEST

START_TEST(long_lines_are_cut)
{
    char text[2 * LINE_BYTES];
    memset(text, 'x', sizeof text - 1);
    text[sizeof text - 1] = '\0';
    tell("%s", text);
    ck_assert_uint_eq(strlen(line(0)), LINE_BYTES - 1);
}
END_TEST

START_TEST(before_the_first_call_there_is_a_phrase)
{
    ck_assert_has(story_last_call(), "before any function was called");
}
END_TEST

START_TEST(fill_writes_and_tells)
{
    set_name(heap(0), "a");
    fill(heap(0), 7, 100);
    ck_assert_uint_eq(((unsigned char *)heap(0))[99], 7);
    ck_assert_str_eq(line(0), "memset(a, 7, 100);");
    ck_assert_ends(STATUS_FAILED, fill(heap(HEAP_BYTES - 10), 7, 11));
    ck_assert_ends(STATUS_FAILED, fill(NULL, 7, 1));
}
END_TEST

void unit_tests(TCase *tcase)
{
    tcase_add_checked_fixture(tcase, judged_start, NULL);
    tcase_add_test(tcase, results_are_named_in_order);
    tcase_add_test(tcase, after_z_come_numbers);
    tcase_add_test(tcase, an_address_used_again_says_whose_it_was);
    tcase_add_test(tcase, near_addresses_are_named_by_their_distance);
    tcase_add_test(tcase, with_books_a_name_ends_where_its_block_ends);
    tcase_add_test(tcase, inputs_keep_their_names_up_to_their_end);
    tcase_add_test(tcase, pointers_without_a_name);
    tcase_add_test(tcase, a_new_name_replaces_the_old);
    tcase_add_test(tcase, several_names_can_be_used_in_one_sentence);
    tcase_add_test(tcase, a_call_that_does_not_return_is_told);
    tcase_add_test(tcase, constants_have_names_where_a_function_uses_them);
    tcase_add_test(tcase, a_place_in_the_heap_has_the_name_of_its_block);
    tcase_add_test(tcase, words_are_written_as_a_student_would);
    tcase_add_test(tcase, values_are_shown_after_the_call);
    tcase_add_test(tcase, quiet_stories_tell_the_call_in_flight_only);
    tcase_add_test(tcase, the_last_lines_are_kept);
    tcase_add_test(tcase, long_lines_are_cut);
    tcase_add_test(tcase, before_the_first_call_there_is_a_phrase);
    tcase_add_test(tcase, fill_writes_and_tells);
}
