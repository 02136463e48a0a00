// SPDX-License-Identifier: MIT
/*
 * heap_line.c - unit tests of report/heap_line.c: the heap in a line or two.
 */
#include "report/report.h"
#include "tests/unit/support/program.h"

static json_t *cell(const char *kind, int bytes, const char *note, bool marked)
{
    return json_pack("{s:s, s:i, s:i, s:b, s:s?}", "kind", kind, "offset", 0, "bytes", bytes, "marked", marked, "note",
                     note);
}

/* A picture of N used cells of 16 bytes; cell number MARKED is marked. */
static json_t *row(int n, int marked)
{
    json_t *cells = json_array();
    for (int i = 0; i < n; i++)
        json_array_append_new(cells, cell("used", 16, NULL, i == marked));
    return json_pack("{s:o, s:i}", "cells", cells, "left_out", 0);
}

static void drawn(const json_t *picture, int width, bool unicode, const char *expected)
{
    g_autofree char *line = picture_lines(picture, width, unicode);
    ck_assert_str_eq(line, expected);
}

START_TEST(nothing_is_drawn_of_nothing)
{
    drawn(row(0, -1), 60, true, "");
    drawn(json_object(), 60, true, "");
    drawn(NULL, 60, true, "");
}
END_TEST

START_TEST(each_block_is_a_box)
{
    json_t *cells = json_pack("[o, o, o]", cell("used", 112, "a", false), cell("free", 48, NULL, false),
                              cell("used", 32, "b", true));
    drawn(json_pack("{s:o}", "cells", cells), 60, true, "[a 112███][free 48░][>b 32█<]");
    drawn(json_pack("{s:o}", "cells", cells), 60, false, "[a 112###][free 48.][>b 32#<]");
}
END_TEST

/* The cell OF, with HEADER and FOOTER bytes of bookkeeping. */
static json_t *with_ends(json_t *of, int header, int footer)
{
    json_object_set_new(of, "header", json_integer(header));
    json_object_set_new(of, "footer", json_integer(footer));
    return of;
}

START_TEST(headers_and_footers_are_drawn_and_explained)
{
    json_t *cells =
        json_pack("[o, o, o]", with_ends(cell("used", 32, "list", false), 32, 0),
                  with_ends(cell("used", 80, "a", true), 16, 0), with_ends(cell("free", 96, NULL, false), 16, 8));
    json_t *heap = json_pack("{s:{s:o}}", "after", "cells", cells);
    drawn(json_object_get(heap, "after"), 60, true, "[▐list 32][>▐a 80██<][▐free 96░░▌]");
    drawn(json_object_get(heap, "after"), 60, false, "[|list 32][>|a 80##<][|free 96..|]");
    ck_assert_str_eq(picture_legend(heap, true), "▐ header, ▌ footer, █ in use, ░ free, > < the block in question");
    ck_assert_str_eq(picture_legend(json_pack("{s:o}", "after", row(2, 0)), true), "");
}
END_TEST

START_TEST(payloads_are_shorter_where_there_is_little_room)
{
    json_t *cells = json_pack("[o, o]", cell("used", 4096, "a", false), cell("free", 256, NULL, true));
    json_t *picture = json_pack("{s:o}", "cells", cells);
    drawn(picture, 36, true, "[a 4096████████][>free 256░░░░░░░░<]");
    drawn(picture, 20, true, "[a 4096████████]\n[>free 256░░░░░░░░<]");
    drawn(picture, 16, true, "[a 4096████]\n[>free 256░░░░<]");
}
END_TEST

START_TEST(bytes_of_no_block_are_numbers_between_boxes)
{
    json_t *cells =
        json_pack("[o, o, o, o, o]", cell("gap", 16, NULL, false), cell("used", 24, "p3", false),
                  cell("gap", 8, NULL, false), cell("used", 112, "p7", true), cell("gap", 4008, NULL, false));
    json_t *picture = json_pack("{s:o, s:i, s:i}", "cells", cells, "left_out_before", 12, "left_out", 1);
    json_t *heap = json_pack("{s:o}", "after", picture);
    drawn(picture, 80, true, "(12 blocks) 16 [p3 24█] 8 [>p7 112███<] 4008 (1 block)");
    drawn(picture, 26, true, "(12 blocks) 16 [p3 24█] 8\n[>p7 112█<] 4008 (1 block)");
    ck_assert_str_eq(picture_legend(heap, false), "# in use, bare numbers: bytes in no block, > < in question");
}
END_TEST

START_TEST(damage_has_a_sign_in_either_alphabet)
{
    json_t *picture = json_pack("{s:[o]}", "cells", cell("damaged", 16, "magic", true));
    drawn(picture, 60, true, "[>✗ magic 16<]");
    drawn(picture, 60, false, "[>!! magic 16<]");
}
END_TEST

START_TEST(blocks_far_from_the_marked_one_are_counted)
{
    drawn(row(9, 4), 24, true, "(2 blocks) [16█][16█]\n[>16█<][16█] (3 blocks)");
    drawn(row(9, 0), 21, true, "[>16█<][16█][16█]\n[16█][16█] (4 blocks)");
    drawn(row(2, 0), 7, true, "[>16█<]\n[16█]");
}
END_TEST

START_TEST(without_a_mark_the_last_block_is_shown)
{
    drawn(row(9, -1), 16, true, "(5 blocks) [16█]\n[16█][16█][16█]");
}
END_TEST

START_TEST(blocks_that_were_not_kept_are_counted)
{
    json_t *picture = row(2, 0);
    json_object_set_new(picture, "left_out", json_integer(100));
    drawn(picture, 60, true, "[>16█<][16█] (100 blocks)");
}
END_TEST

START_TEST(the_lines_keep_to_their_width)
{
    for (int width = 22; width < 130; width++)
        for (int marked = 0; marked < 64; marked += 9) {
            g_autofree char *text = picture_lines(row(64, marked), width, true);
            g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
            ck_assert_uint_le(g_strv_length(lines), PICTURE_LINES);
            for (guint i = 0; lines[i]; i++)
                ck_assert_int_le(g_utf8_strlen(lines[i], -1), width);
            ck_assert_has(text, "[>16█<]");
        }
}
END_TEST

START_TEST(a_box_wider_than_the_line_is_still_drawn)
{
    drawn(json_pack("{s:[o]}", "cells", cell("used", 16, "a_long_name_for_a_block", true)), 10, true,
          "[>a_long_name_for_a_block 16█<]");
}
END_TEST

void unit_tests(TCase *tcase)
{
    tcase_add_test(tcase, nothing_is_drawn_of_nothing);
    tcase_add_test(tcase, each_block_is_a_box);
    tcase_add_test(tcase, headers_and_footers_are_drawn_and_explained);
    tcase_add_test(tcase, payloads_are_shorter_where_there_is_little_room);
    tcase_add_test(tcase, bytes_of_no_block_are_numbers_between_boxes);
    tcase_add_test(tcase, damage_has_a_sign_in_either_alphabet);
    tcase_add_test(tcase, blocks_far_from_the_marked_one_are_counted);
    tcase_add_test(tcase, without_a_mark_the_last_block_is_shown);
    tcase_add_test(tcase, blocks_that_were_not_kept_are_counted);
    tcase_add_test(tcase, the_lines_keep_to_their_width);
    tcase_add_test(tcase, a_box_wider_than_the_line_is_still_drawn);
}
