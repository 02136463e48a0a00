// Tests that never end, many of them.
// most: 0
#include "mytests.h"

START_TEST(forever)
{
    for (volatile int i = 0;; i++)
        continue;
}
END_TEST

void my_tests(TCase *tcase)
{
    for (int i = 0; i < 100; i++)
        tcase_add_test(tcase, forever);
}
