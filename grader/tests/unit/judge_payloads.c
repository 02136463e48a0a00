// SPDX-License-Identifier: MIT
/*
 * judge_payloads.c - unit tests of judge/lib/payloads.c and judge/lib/lent.c: a picture of a heap whose blocks nobody
 * knows but by what calls have returned.
 */
#include "judge/lib/lent.h"
#include "judge/lib/payloads.h"
#include "memlib.h"
#include "tests/unit/support/judged.h"

#include <stdio.h>

enum { HEAP = 1 << 16 };

static struct picture picture;

static void start(void)
{
    judged_start();
    mem_sbrk(HEAP);
    picture = (struct picture){0};
    in_doubt = NULL;
    suite_draw_payloads(&the_suite);
}

static struct payload payload(size_t offset, size_t size, const char *name)
{
    struct payload made = {.address = HEAP_ADDRESS + offset, .size = size};
    snprintf(made.name, sizeof made.name, "%s", name);
    return made;
}

static void is_cell(unsigned i, enum cell_kind kind, size_t offset, size_t bytes, const char *note)
{
    const struct cell *cell = &picture.cell[i];
    ck_assert_uint_lt(i, picture.cells);
    ck_assert_int_eq(cell->kind, kind);
    ck_assert_uint_eq(cell->address, HEAP_ADDRESS + offset);
    ck_assert_uint_eq(cell->bytes, bytes);
    ck_assert_str_eq(cell->note, note);
}

START_TEST(blocks_and_what_lies_between_are_drawn_in_order)
{
    struct payload payloads[] = {payload(96, 24, "b"), payload(16, 64, "a")};
    payloads_draw(&picture, payloads, 2, mem_heap_lo());
    ck_assert_uint_eq(picture.cells, 5);
    is_cell(0, CELL_GAP, 0, 16, "");
    is_cell(1, CELL_USED, 16, 64, "a");
    is_cell(2, CELL_GAP, 80, 16, "");
    is_cell(3, CELL_USED, 96, 24, "b");
    is_cell(4, CELL_GAP, 120, HEAP - 120, "");
}
END_TEST

START_TEST(what_cannot_be_is_told)
{
    struct payload payloads[] = {payload(0, 100, "a"), payload(16, 24, "b"), payload(HEAP - 8, 24, "c")};
    payloads_draw(&picture, payloads, 3, NULL);
    is_cell(0, CELL_USED, 0, 100, "a");
    is_cell(1, CELL_DAMAGED, 16, 24, "b overlaps");
    is_cell(2, CELL_GAP, 100, HEAP - 108, ""); /* what a encloses ends with a */
    is_cell(3, CELL_DAMAGED, HEAP - 8, 24, "c ends outside");
    ck_assert_uint_eq(picture.cells, 4);
}
END_TEST

START_TEST(a_size_that_no_heap_has_is_cut)
{
    struct payload payloads[] = {payload(16, SIZE_MAX, "a"), payload(64, 8, "")};
    payloads_draw(&picture, payloads, 2, NULL);
    is_cell(1, CELL_DAMAGED, 16, HEAP - 16, "a ends outside");
    is_cell(2, CELL_DAMAGED, 64, 8, "overlaps");
    ck_assert_uint_eq(picture.cells, 3);
}
END_TEST

START_TEST(of_many_those_near_the_one_in_question_are_drawn)
{
    enum { MANY = 1000, MIDDLE = 600, APART = 32 };
    static struct payload payloads[MANY];
    for (size_t i = 0; i < MANY; i++)
        payloads[i] = payload(i * APART, APART - 8, i == MIDDLE ? "x" : "");
    payloads_draw(&picture, payloads, MANY, (char *)mem_heap_lo() + MIDDLE * APART);
    ck_assert_uint_le(picture.cells, MOST_CELLS);
    size_t drawn = 0;
    for (unsigned i = 0; i < picture.cells; i++) {
        drawn += picture.cell[i].kind == CELL_USED;
        ck_assert_int_eq(picture.cell[i].marked, strcmp(picture.cell[i].note, "x") == 0);
    }
    ck_assert_uint_eq(picture.left_out_before + drawn + picture.left_out_behind, MANY);
    ck_assert_uint_gt(picture.left_out_before, MANY / 2);
    ck_assert_uint_gt(picture.left_out_behind, 0);
}
END_TEST

/* A call of NAME with these arguments returns the block at OFFSET; -1 for NULL, or nothing. */
static void call_is(const char *name, uint64_t first, uint64_t second, intmax_t offset)
{
    struct call call = {.name = name, .arguments = 2};
    uint64_t arguments[] = {first, second};
    if (strcmp(name, "mm_malloc") == 0 || strcmp(name, "mm_free") == 0)
        call.arguments = 1;
    lent_call(&call, arguments);
    lent_return(offset < 0 ? 0 : HEAP_ADDRESS + (uintptr_t)offset);
}

START_TEST(calls_give_and_take_blocks)
{
    call_is("mm_malloc", 40, 0, 16);
    call_is("mm_calloc", 3, 8, 64);
    call_is("mm_realloc", HEAP_ADDRESS + 16, 80, 96);
    call_is("mm_realloc", HEAP_ADDRESS + 96, 1000, -1); /* refused: the block stays */
    call_is("mm_malloc", 50, 0, 200);
    call_is("mm_free", HEAP_ADDRESS + 200, 0, -1);
    call_is("mm_malloc", 60, 0, 300);
    call_is("mm_realloc", HEAP_ADDRESS + 300, 0, -1); /* freed */
    lent_draw(&picture);
    ck_assert_uint_eq(picture.cells, 5);
    is_cell(1, CELL_USED, 64, 24, "");
    is_cell(3, CELL_USED, 96, 80, "");
}
END_TEST

START_TEST(the_block_of_the_last_call_is_marked_or_the_one_in_doubt)
{
    call_is("mm_malloc", 40, 0, 16);
    call_is("mm_malloc", 40, 0, 64);
    lent_draw(&picture);
    ck_assert(!picture.cell[1].marked && picture.cell[3].marked);
    in_doubt = (const char *)mem_heap_lo() + 16;
    picture = (struct picture){0};
    lent_draw(&picture);
    ck_assert(picture.cell[1].marked && !picture.cell[3].marked);
}
END_TEST

START_TEST(blocks_outside_of_the_heap_are_not_drawn)
{
    call_is("mm_malloc", 40, 0, HEAP + 16);
    lent_draw(&picture);
    ck_assert_uint_eq(picture.cells, 0);
}
END_TEST

void unit_tests(TCase *tcase)
{
    tcase_add_checked_fixture(tcase, start, NULL);
    tcase_add_test(tcase, blocks_and_what_lies_between_are_drawn_in_order);
    tcase_add_test(tcase, what_cannot_be_is_told);
    tcase_add_test(tcase, a_size_that_no_heap_has_is_cut);
    tcase_add_test(tcase, of_many_those_near_the_one_in_question_are_drawn);
    tcase_add_test(tcase, calls_give_and_take_blocks);
    tcase_add_test(tcase, the_block_of_the_last_call_is_marked_or_the_one_in_doubt);
    tcase_add_test(tcase, blocks_outside_of_the_heap_are_not_drawn);
}
