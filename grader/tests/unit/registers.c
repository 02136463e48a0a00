// SPDX-License-Identifier: MIT
/*
 * registers.c - unit tests of wire/registers.c: which functions of arm64 have made a frame. They run on any processor.
 */
#include "wire/registers.h"
#include "tests/unit/support/program.h"

/* Two functions as gcc 12 makes them: one with a frame, one without. */
static const uint32_t code[] = {
    0xa9b97bfd, /*  0  stp x29, x30, [sp, #-112]! */
    0x910003fd, /*  1  mov x29, sp */
    0xb9400fe0, /*  2  ldr w0, [sp, #12] */
    0xa8c77bfd, /*  3  ldp x29, x30, [sp], #112 */
    0xd65f03c0, /*  4  ret */
    0xf9000001, /*  5  str x1, [x0] */
    0xb4000040, /*  6  cbz x0, 8 */
    0xd65f03c0, /*  7  ret */
    0xf9400000, /*  8  ldr x0, [x0] */
    0xd65f03c0, /*  9  ret */
    0xd10103ff, /* 10  sub sp, sp, #64 */
    0xa9037bfd, /* 11  stp x29, x30, [sp, #48] */
    0x9100c3fd, /* 12  add x29, sp, #48 */
    0xf9400000, /* 13  ldr x0, [x0] */
};

static bool framed_at(size_t i)
{
    return arm64_has_frame(code, code + i);
}

START_TEST(a_function_has_a_frame_once_it_has_set_it)
{
    ck_assert(!framed_at(0));
    ck_assert(!framed_at(1));
    ck_assert(framed_at(2));
    ck_assert(framed_at(4));
}
END_TEST

START_TEST(the_frame_of_the_function_before_is_not_its_own)
{
    ck_assert(!framed_at(5));
    ck_assert(!framed_at(8));
}
END_TEST

START_TEST(a_frame_may_lie_above_the_stack_pointer)
{
    ck_assert(!framed_at(12));
    ck_assert(framed_at(13));
}
END_TEST

void unit_tests(TCase *tcase)
{
    tcase_add_test(tcase, a_function_has_a_frame_once_it_has_set_it);
    tcase_add_test(tcase, the_frame_of_the_function_before_is_not_its_own);
    tcase_add_test(tcase, a_frame_may_lie_above_the_stack_pointer);
}
