// SPDX-License-Identifier: MIT
/*
 * tokenizer_tests.c - what lab 03 requires of patient 1, tokenizer.c: the words of a text.
 */
#include "common.h"

#include "clinic.h"

#include <stdio.h>

static void expect_words(const struct words *words, const char *const *expected, size_t count)
{
    expect_pointer_set(words, "words_split should succeed: there is enough memory");
    expect_size(words_count(words), count, "words_split should find every word of the text, and no others");
    for (size_t i = 0; i < count; i++) {
        char what[64];
        snprintf(what, sizeof what, "the word at index %zu", i);
        expect_kept(words_at(words, i), expected[i], what);
    }
    const size_t none[] = {count, MOST_WORDS, SIZE_MAX};
    for (size_t i = 0; i < sizeof none / sizeof *none; i++)
        expect_null(words_at(words, none[i]), "there are %zu words, so there is none at index %zu", count, none[i]);
    for (size_t i = 2 * MOST_WORDS; i != 0; i *= 2)
        expect_null(words_at(words, i), "there are %zu words, so there is none at index %zu", count, i);
}

#define EXPECT_WORDS(words, ...)                                                                                       \
    do {                                                                                                               \
        static const char *const expected[] = {__VA_ARGS__};                                                           \
        expect_words(words, expected, sizeof expected / sizeof *expected);                                             \
    } while (0)

START_TEST(tokenizer_is_well)
{
    EXPECT_WORDS(words_split(put_string("to be or not")), "to", "be", "or", "not");
}
END_TEST

START_TEST(tokenizer_copies_words)
{
    PUT_TEXT(first_text, "stack and heap");
    PUT_TEXT(second_text, "sun and moon");
    struct words *first = words_split(first_text);
    struct words *second = words_split(second_text);
    expect_input(first_text, "stack and heap");
    overwrite(first_text, "first_text");
    EXPECT_WORDS(first, "stack", "and", "heap");
    EXPECT_WORDS(second, "sun", "and", "moon");
    words_free(second);
    EXPECT_WORDS(first, "stack", "and", "heap");

    struct words *crowd[CROWD];
    story_quiet();
    for (size_t i = 0; i < CROWD; i++)
        crowd[i] = words_split(put_string(i % 2 == 0 ? "sun and moon" : "night"));
    story_aloud();
    EXPECT_WORDS(crowd[0], "sun", "and", "moon");
    EXPECT_WORDS(crowd[1], "night");
    EXPECT_WORDS(crowd[CROWD - 1], "night");
}
END_TEST

/* Words that start far into the text. */
static void split_far_words(void)
{
    static const char end[] = " the end";
    static char text[LONG_TEXT + sizeof end];
    static const char letters[] = {'x', ' '};
    for (size_t i = 0; i < sizeof letters; i++) {
        bool is_word = letters[i] != ' ';
        memset(text, letters[i], LONG_TEXT);
        memcpy(text + LONG_TEXT, end, sizeof end);
        tell("/* a text of %d times '%c', then \"%s\" */", LONG_TEXT, letters[i], end);
        struct words *words = words_split(put(text, sizeof text, NULL, NULL));
        expect_size(words_count(words), is_word ? 3 : 2, "words_split should find every word of the text");
        expect_kept(words_at(words, is_word), "the", "a word far from the start of the text");
        expect_kept(words_at(words, (size_t)is_word + 1), "end", "a word far from the start of the text");
        words_free(words);
    }
}

START_TEST(tokenizer_splits_any_text)
{
    EXPECT_WORDS(words_split(put_string("  to\tbe\n\n or ")), "to", "be", "or");
    expect_words(words_split(put_string(" \n")), NULL, 0);
    expect_words(words_split(put_string("")), NULL, 0);
    EXPECT_WORDS(words_split(put_string("a\vb\fc\rd e-f,g\x7f \x01 \xe4\xa0\x85\xff h")), "a\vb\fc\rd", "e-f,g\x7f",
                 "\x01", "\xe4\xa0\x85\xff", "h");
    EXPECT_WORDS(words_split(put_string("a b c d e f g h i j k l m n o p q r s t u v w x y z A B C D E F")), "a", "b",
                 "c", "d", "e", "f", "g", "h", "i", "j", "k", "l", "m", "n", "o", "p", "q", "r", "s", "t", "u", "v",
                 "w", "x", "y", "z", "A", "B", "C", "D", "E", "F");
    EXPECT_WORDS(words_split(put_string("a b c d e f g h i j k l m n o p q r s t u v w x y z A B C D E F left out")),
                 "a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k", "l", "m", "n", "o", "p", "q", "r", "s", "t",
                 "u", "v", "w", "x", "y", "z", "A", "B", "C", "D", "E", "F");
    struct words *words = words_split(put_letters('x', LONG_TEXT));
    expect_size(words_count(words), 1, "a text without a space is one word, however long");
    const char *word = words_at(words, 0);
    expect_fill(word, 'x', LONG_TEXT, "a long word should be complete");
    expect_string(word + LONG_TEXT, "", "a long word should end with a zero byte");

    char many[4 * MOST_WORDS + 1] = "";
    for (size_t i = 0; i < 2 * MOST_WORDS; i++)
        memcpy(many + 2 * i, "w ", 2);
    struct words *most = words_split(put_string(many));
    expect_size(words_count(most), MOST_WORDS, "of a text with %d words, words_split should keep the first %d",
                2 * MOST_WORDS, MOST_WORDS);
    expect_null(words_at(most, MOST_WORDS), "there are %d words, so there is none at index %d", MOST_WORDS, MOST_WORDS);
    words_free(most);
    split_far_words();
}
END_TEST

START_TEST(tokenizer_asks_by_need)
{
    static const char text[] = "to be or not";
    struct words *words = words_split(put_string(text));
    expect_by_need(MOST_WORDS * sizeof(char *) + sizeof text, "all pointers and the text");
    words_free(words);
    words_free(NULL);
    expect_no_leak("words_free should free everything");
    reuse_blocks();
    EXPECT_WORDS(words_split(put_string("or not")), "or", "not");
    EXPECT_WORDS(words_split(put_string("so be it")), "so", "be", "it");
}
END_TEST

static void *split_three(void)
{
    return words_split(put_string("stack and heap"));
}

START_TEST(tokenizer_bears_refusal)
{
    EXPECT_WORDS(refuse_each(split_three, "words_split", "NULL"), "stack", "and", "heap");
}
END_TEST

START_TEST(tokenizer_memcheck)
{
    struct words *words = words_split(put_string("to be or not to be"));
    EXPECT_WORDS(words, "to", "be", "or", "not", "to", "be");
    struct words *none = words_split(put_string(""));
    words_free(words);
    words_free(none);
}
END_TEST

void add_tokenizer_tests(struct suite *suite)
{
    suite_add(suite, tokenizer_is_well);
    suite_add(suite, tokenizer_copies_words);
    suite_add(suite, tokenizer_splits_any_text);
    suite_add(suite, tokenizer_asks_by_need);
    suite_add(suite, tokenizer_bears_refusal);
    suite_add_memcheck(suite, tokenizer_memcheck);
}
