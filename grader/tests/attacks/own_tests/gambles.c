// Fails at random, now and then, in the hope that it happens with wrong versions only.
// most: 3
#include "header_alloc.h"
#include "mytests.h"
#include <sys/random.h>

START_TEST(now_and_then)
{
    unsigned char dice = 0;
    ck_assert_int_eq(getrandom(&dice, 1, 0), 1);
    ck_assert_int_ge(dice, 64);
}
END_TEST

void my_tests(TCase *tcase)
{
    tcase_add_test(tcase, now_and_then);
}
