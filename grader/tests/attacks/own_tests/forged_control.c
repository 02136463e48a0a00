// Writes to the words that it takes turns by: another outcome, another number of tests, another turn.
// most: 0
#include "header_alloc.h"
#include "mytests.h"
#include <string.h>

START_TEST(forges)
{
    memset((char *)0x5ff00000 + 4608 + 4, 1, 600);
}
END_TEST

void my_tests(TCase *tcase)
{
    tcase_add_test(tcase, forges);
}
