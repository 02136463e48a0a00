// SPDX-License-Identifier: MIT
/*
 * palindrome_tests.c - what lab 03 requires of patient 3, palindrome.c: texts that read the same from both ends.
 */
#include "common.h"

#include "clinic.h"

static void expect_answer(const char *text, int answer)
{
    char *input = put_string(text);
    expect_int(palindrome(input), answer, "\"%s\" %s", text,
               answer ? "reads the same from both ends" : "does not read the same from both ends");
    expect_input(input, text);
}

START_TEST(palindrome_is_well)
{
    expect_answer("Anna", 1);
    expect_answer("level", 1);
    expect_answer("lemon", 0);
    expect_answer("anybody", 0);
    expect_answer("Andrea", 0);
}
END_TEST

START_TEST(palindrome_leaves_nothing)
{
    expect_answer("Anna", 1);
    expect_no_leak("palindrome needs its block only until it returns");
    expect_answer("lemon", 0);
    expect_no_leak("palindrome needs its block only until it returns, whatever the answer");
    expect_answer("", 1);
    expect_no_leak("palindrome needs its block only until it returns, even for an empty text");
    expect_answer("x", 1);
    expect_no_leak("palindrome needs its block only until it returns, even for a single letter");
    expect_answer("?!", 1);
    expect_no_leak("palindrome needs its block only until it returns, even for a text without letters");
}
END_TEST

START_TEST(palindrome_reads_any_text)
{
    expect_answer("", 1);
    expect_answer("a", 1);
    expect_answer("ab", 0);
    expect_answer("Step on no pets!", 1);
    expect_answer("Step on no cats!", 0);
    expect_answer("No lemon, no melon", 1);
    expect_answer(" - 1 - ", 1);
    expect_answer("a1b2a", 1);
    expect_by_need(sizeof "Step on no pets!", "the text");
    expect_answer("abca", 0);
    expect_answer("abcda", 0);
    expect_answer("@a[b`{c", 0);
    expect_answer("@a[b`{bA", 1);
    expect_answer("zyxYZ", 1);
    expect_answer("_a 1\x7f", 1);
    expect_answer("a\xe4", 1);
    expect_answer("\xc1 a", 1);
    char *text = put_letters('a', LONG_TEXT);
    expect_int(palindrome(text), 1, "a long text of the same letter reads the same from both ends");
    tell("/* the last letter but one is changed to b */");
    text[LONG_TEXT - 2] = 'b';
    expect_int(palindrome(text), 0,
               "in a long text, too, palindrome should compare the last letter but one with the second");
    tell("/* that is undone, and a letter near the middle is changed to b */");
    text[LONG_TEXT - 2] = 'a';
    text[LONG_TEXT / 2 + 1] = 'b';
    expect_int(palindrome(text), 0, "in a long text, too, palindrome should compare the letters near the middle");
    expect_by_need(LONG_TEXT, "the text");
}
END_TEST

START_TEST(palindrome_bears_refusal)
{
    PUT_TEXT(text, "level");
    size_t requests = heap_requests();
    tell("/* the next request is refused */");
    heap_refuse(1);
    int answer = palindrome(text);
    bool refused = heap_requests() > requests; /* a cure without any heap is fine */
    heap_refuse(0);
    expect_int(answer, refused ? -1 : 1, "palindrome should %s",
               refused ? "return -1 when its request is refused" : "find that \"level\" is one");
    expect_int(palindrome(text), 1, "once there is memory again, palindrome should find that \"level\" is one");
    expect_no_leak("palindrome should leave nothing allocated");
}
END_TEST

START_TEST(palindrome_memcheck)
{
    expect_answer("No lemon, no melon", 1);
    expect_answer("Step on no cats!", 0);
    expect_answer("", 1);
}
END_TEST

void add_palindrome_tests(struct suite *suite)
{
    suite_add(suite, palindrome_is_well);
    suite_add(suite, palindrome_leaves_nothing);
    suite_add(suite, palindrome_reads_any_text);
    suite_add(suite, palindrome_bears_refusal);
    suite_add_memcheck(suite, palindrome_memcheck);
}
