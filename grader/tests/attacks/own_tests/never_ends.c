// A hundred tests that never end: three are enough to know.
// most: 0
// tells: your tests do not end
#include "mytests.h"

START_TEST(turns)
{
    for (volatile int i = 0;; i++)
        continue;
}
END_TEST

void my_tests(TCase *tcase)
{
    tcase_add_loop_test(tcase, turns, 0, 100);
}
