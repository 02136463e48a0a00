// Ends the process of a test, as if it had passed.
// most: 0
#include "mytests.h"
#include <unistd.h>

START_TEST(leaves)
{
    _exit(0);
}
END_TEST

void my_tests(TCase *tcase)
{
    tcase_add_test(tcase, leaves);
}
