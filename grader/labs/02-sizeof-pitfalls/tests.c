// SPDX-License-Identifier: MIT
/*
 * tests.c - lab 02: were the bytes counted correctly? Points and hints are in rubric.ini, demands on sizes in room.h,
 * inputs in inputs.h. Parts 1 and 2, arrays and strings, are here; the others are in struct_tests.c, matrix_tests.c and
 * safety_tests.c.
 *
 * Counts are chosen so that no mistake yields the correct number by chance: 4 shorts are as large as a pointer, 5 are
 * not.
 */
#include "common.h"
#include "inputs.h"
#include "room.h"

#include "sizes.h"

#include <limits.h>

/* --- 1. arrays --- */

static const size_t lengths[] = {5, 1, 1000};

START_TEST(samples_room)
{
    for (size_t i = 0; i < LENGTH_OF(lengths); i++) {
        size_t count = lengths[i], bytes = count * sizeof(short);
        const struct guess guesses[] = {{sizeof(short *), "the size of one pointer"},
                                        {sizeof(short), "the size of one sample"},
                                        {count, "one byte for each sample"},
                                        {count * sizeof(short *), "the size of a pointer for each sample"},
                                        {bytes + sizeof(short), "one sample too many"},
                                        {bytes - sizeof(short), "one sample too few"},
                                        NO_GUESS};
        expect_room(clone_samples(put_samples(count), count), bytes, bytes, guesses,
                    "clone_samples should ask for the bytes of all the samples: %zu of them, %zu bytes each", count,
                    sizeof(short));
    }
}
END_TEST

START_TEST(samples_copied)
{
    for (size_t i = 0; i < LENGTH_OF(lengths); i++) {
        size_t count = lengths[i];
        const short *copy = clone_samples(put_samples(count), count);
        expect_readable(copy, count * sizeof *copy, "clone_samples should return a copy of all %zu samples", count);
        for (size_t k = 0; k < count; k++)
            expect_int(copy[k], sample(k),
                       "samples[%zu] of %zu (%zu bytes from the start) should be in the copy, too; what you do not "
                       "copy stays junk",
                       k, count, k * sizeof *copy);
    }
}
END_TEST

/* --- 2. strings --- */

static const char *const texts[] = {"sizeof pitfalls", "heap", "",
                                    "a string that is rather longer than a pointer on any machine that we know"};

START_TEST(text_room)
{
    for (size_t i = 0; i < LENGTH_OF(texts); i++) {
        size_t length = strlen(texts[i]);
        const struct guess guesses[] = {{length, "the characters alone"},
                                        {sizeof(char *), "the size of one pointer"},
                                        {length - 1, "as if the + 1 were inside the parentheses of strlen"},
                                        {length + sizeof(char *), "the characters, and the size of a pointer"},
                                        NO_GUESS};
        expect_room(
            clone_text(put_string(texts[i])), length + 1, length + 1, guesses,
            "clone_text should ask for %zu bytes, one for each character, and for the byte that ends the string",
            length);
    }
}
END_TEST

START_TEST(text_copied)
{
    for (size_t i = 0; i < LENGTH_OF(texts); i++)
        expect_string(clone_text(put_string(texts[i])), texts[i],
                      "the copy should be the same string, from its first character to its end");
}
END_TEST

START_TEST(prefix_cut)
{
    static const struct {
        const char *text;
        int length;
        const char *prefix;
    } cases[] = {{"heap of sand", 4, "heap"}, {"heaplab", 1, "h"}, {"heap", 4, "heap"},      {"heaplab", 0, ""},
                 {"heap", 5, "heap"},         {"", 3, ""},         {"heap", INT_MAX, "heap"}};
    for (size_t i = 0; i < LENGTH_OF(cases); i++) {
        size_t length = strlen(cases[i].prefix);
        const struct guess guesses[] = {{length, "the characters alone"},
                                        {sizeof(char *), "the size of one pointer"},
                                        {strlen(cases[i].text) + 1, "what the whole text needs"},
                                        {(size_t)cases[i].length + 1, "for LENGTH characters, though there are fewer"},
                                        NO_GUESS};
        const char *prefix = clone_prefix(put_string(cases[i].text), cases[i].length);
        expect_room(prefix, length + 1, length + 1, guesses,
                    "clone_prefix should ask for the bytes of the string that it makes, \"%s\"", cases[i].prefix);
        expect_string(prefix, cases[i].prefix, "clone_prefix should return the first characters as a string");
    }
}
END_TEST

START_TEST(prefix_negative)
{
    static const int lengths_from_outside[] = {-1, -4, INT_MIN};
    for (size_t i = 0; i < LENGTH_OF(lengths_from_outside); i++) {
        int length = lengths_from_outside[i];
        const char *prefix = clone_prefix(put_string("heaplab"), length);
        if (prefix)
            fail_compare("NULL", "a string",
                         "a length of %d makes no sense and should be refused; compared with a size_t or converted to "
                         "one, it is a huge number",
                         length);
        expect_size(heap_requests(), 0, "a negative length should be refused before malloc is asked for anything");
        expect_reason(EINVAL, "the length was not valid, which is EINVAL");
    }
}
END_TEST

/* --- the suite --- */

void lab_suite(struct suite *suite)
{
    suite_add(suite, samples_room);
    suite_add(suite, samples_copied);
    suite_add(suite, text_room);
    suite_add(suite, text_copied);
    suite_add(suite, prefix_cut);
    suite_add(suite, prefix_negative);
    add_struct_tests(suite);
    add_matrix_tests(suite);
    add_safety_tests(suite);
}
