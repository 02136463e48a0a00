// SPDX-License-Identifier: MIT
/*
 * gcda.c - unit tests of grade/gcda.c: sums of coverage counters, and bytes that nobody vouches for.
 */
#include "grade/gcda.h"
#include "tests/unit/support/program.h"

enum { TAG_FUNCTION = 0x01000000, TAG_COUNTERS = 0x01a10000, STAMP = 0x1234, HEADER = 16 };

/* --- images as GCC writes them --- */

static void word(GByteArray *bytes, guint32 value)
{
    g_byte_array_append(bytes, (const guint8 *)&value, sizeof value);
}

static GByteArray *image_start(guint32 stamp)
{
    GByteArray *bytes = g_byte_array_new();
    g_byte_array_append(bytes, (const guint8 *)"adcg", 4);
    word(bytes, 0x4232322a);
    word(bytes, stamp);
    word(bytes, 0);
    return bytes;
}

static void function(GByteArray *bytes)
{
    word(bytes, TAG_FUNCTION);
    word(bytes, 12);
    for (guint32 i = 0; i < 3; i++)
        word(bytes, i);
}

static void counters(GByteArray *bytes, const guint64 *counts, guint n)
{
    word(bytes, TAG_COUNTERS);
    word(bytes, n * 8);
    g_byte_array_append(bytes, (const guint8 *)counts, n * 8);
}

static void zeros(GByteArray *bytes, gint32 n)
{
    word(bytes, TAG_COUNTERS);
    word(bytes, (guint32)(-n * 8));
}

/* A file with one function and N counters (NULL: all zero). */
static GByteArray *image(guint32 stamp, const guint64 *counts, guint n)
{
    GByteArray *bytes = image_start(stamp);
    function(bytes);
    if (counts)
        counters(bytes, counts, n);
    else
        zeros(bytes, (gint32)n);
    word(bytes, 0);
    return bytes;
}

static void add(gcda_sums *sums, const GByteArray *bytes)
{
    gcda_add(sums, bytes->data, bytes->len);
}

static void must_be(gcda_sums *sums, guint32 stamp, const GByteArray *expected)
{
    GByteArray *is = gcda_image(sums, stamp);
    ck_assert_ptr_nonnull(is);
    ck_assert_uint_eq(is->len, expected->len);
    ck_assert_mem_eq(is->data, expected->data, expected->len);
}

/* --- sums --- */

START_TEST(counters_add_up)
{
    gcda_sums *sums = gcda_sums_new();
    add(sums, image(STAMP, (guint64[]){1, 0, 5}, 3));
    add(sums, image(STAMP, (guint64[]){2, 0, 7}, 3));
    must_be(sums, STAMP, image(STAMP, (guint64[]){3, 0, 12}, 3));
}
END_TEST

START_TEST(zero_counters_are_counters)
{
    gcda_sums *sums = gcda_sums_new();
    add(sums, image(STAMP, NULL, 3));
    must_be(sums, STAMP, image(STAMP, (guint64[]){0, 0, 0}, 3));
    add(sums, image(STAMP, (guint64[]){1, 0, 5}, 3));
    add(sums, image(STAMP, NULL, 3));
    must_be(sums, STAMP, image(STAMP, (guint64[]){1, 0, 5}, 3));
}
END_TEST

START_TEST(images_follow_each_other)
{
    gcda_sums *sums = gcda_sums_new();
    GByteArray *both = image(STAMP, (guint64[]){1}, 1);
    GByteArray *second = image(STAMP + 1, (guint64[]){2}, 1);
    g_byte_array_append(both, second->data, second->len);
    add(sums, both);
    add(sums, both);
    must_be(sums, STAMP, image(STAMP, (guint64[]){2}, 1));
    must_be(sums, STAMP + 1, image(STAMP + 1, (guint64[]){4}, 1));
    ck_assert_ptr_null(gcda_image(sums, STAMP + 2));
}
END_TEST

START_TEST(large_counts_do_not_wrap)
{
    gcda_sums *sums = gcda_sums_new();
    add(sums, image(STAMP, (guint64[]){G_MAXUINT64, 1}, 2));
    add(sums, image(STAMP, (guint64[]){G_MAXUINT64, 1}, 2));
    must_be(sums, STAMP, image(STAMP, (guint64[]){G_MAXUINT64, 2}, 2));
}
END_TEST

START_TEST(stamps_are_read)
{
    GByteArray *bytes = image(STAMP, NULL, 1);
    ck_assert_uint_eq(gcda_stamp(bytes->data, bytes->len), STAMP);
    ck_assert_uint_eq(gcda_stamp(bytes->data, 12), STAMP);
    ck_assert_uint_eq(gcda_stamp(bytes->data, 11), 0);
    ck_assert_uint_eq(gcda_stamp(NULL, 0), 0);
}
END_TEST

/* --- what does not fit is left out --- */

START_TEST(nothing_adds_nothing)
{
    gcda_sums *sums = gcda_sums_new();
    gcda_add(sums, NULL, 0);
    gcda_add(sums, (const guint8 *)"junk that is long enough for a header", 37);
    ck_assert_uint_eq(g_hash_table_size(sums), 0);
}
END_TEST

START_TEST(an_image_may_break_off_anywhere)
{
    GByteArray *whole = image(STAMP, (guint64[]){1, 2}, 2);
    for (guint n = 0; n < whole->len; n++) {
        gcda_sums *sums = gcda_sums_new();
        add(sums, image(STAMP, (guint64[]){1, 1}, 2));
        guint8 *part = g_memdup2(whole->data, n); /* of its own, so that a read behind it is seen */
        gcda_add(sums, part, n);
        bool counted = n >= whole->len - 4;
        must_be(sums, STAMP, image(STAMP, counted ? (guint64[]){2, 3} : (guint64[]){1, 1}, 2));
        g_free(part);
    }
}
END_TEST

START_TEST(other_shapes_change_no_shape)
{
    gcda_sums *sums = gcda_sums_new();
    add(sums, image(STAMP, (guint64[]){1, 1}, 2));
    add(sums, image(STAMP, (guint64[]){5}, 1));
    add(sums, image(STAMP, (guint64[]){1, 1, 1}, 3));
    must_be(sums, STAMP, image(STAMP, (guint64[]){7, 2}, 2));
    GByteArray *odd = image_start(STAMP);
    word(odd, TAG_COUNTERS);
    word(odd, 5);
    g_byte_array_append(odd, (const guint8 *)"hello", 5);
    word(odd, 0);
    add(sums, odd);
    must_be(sums, STAMP, image(STAMP, (guint64[]){7, 2}, 2));
}
END_TEST

static void add_record(guint32 tag, guint32 length)
{
    gcda_sums *sums = gcda_sums_new();
    GByteArray *bytes = image_start(STAMP);
    word(bytes, tag);
    word(bytes, length);
    add(sums, bytes);
    GByteArray *empty = image_start(STAMP);
    word(empty, 0);
    must_be(sums, STAMP, empty);
}

START_TEST(forged_lengths_are_refused)
{
    static const guint32 lengths[] = {8, 0x7fffffff, 0xffffffff, 0x80000000, 0x80000001, 0xfff00000 - 8};
    for (size_t i = 0; i < G_N_ELEMENTS(lengths); i++)
        add_record(TAG_FUNCTION, lengths[i]);
    add_record(TAG_COUNTERS, 0x7fffffff);
    add_record(TAG_COUNTERS, 0x80000000);
    add_record(TAG_COUNTERS, 0xffe00000);
}
END_TEST

START_TEST(changed_bytes_never_break_it)
{
    GByteArray *sound = image(STAMP, (guint64[]){1, 2, 3}, 3);
    GRand *random = g_rand_new_with_seed(1);
    for (int round = 0; round < 20000; round++) {
        gcda_sums *sums = gcda_sums_new();
        guint8 *bytes = g_memdup2(sound->data, sound->len);
        for (int i = g_rand_int_range(random, 1, 5); i > 0; i--)
            bytes[g_rand_int_range(random, 0, (gint32)sound->len)] = (guint8)g_rand_int(random);
        add(sums, sound);
        gcda_add(sums, bytes, sound->len);
        GByteArray *sum = gcda_image(sums, STAMP);
        ck_assert_uint_eq(sum->len, sound->len);
        g_byte_array_unref(sum);
        g_hash_table_unref(sums);
        g_free(bytes);
    }
}
END_TEST

void unit_tests(TCase *tcase)
{
    tcase_add_test(tcase, counters_add_up);
    tcase_add_test(tcase, zero_counters_are_counters);
    tcase_add_test(tcase, images_follow_each_other);
    tcase_add_test(tcase, large_counts_do_not_wrap);
    tcase_add_test(tcase, stamps_are_read);
    tcase_add_test(tcase, nothing_adds_nothing);
    tcase_add_test(tcase, an_image_may_break_off_anywhere);
    tcase_add_test(tcase, other_shapes_change_no_shape);
    tcase_add_test(tcase, forged_lengths_are_refused);
    tcase_add_test(tcase, changed_bytes_never_break_it);
}
