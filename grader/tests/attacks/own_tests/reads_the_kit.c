// Tries to open what lies around: sources, rubric, other versions.
// most: 0
#include "mytests.h"
#include <fcntl.h>

START_TEST(opens)
{
    ck_assert_int_ge(open("@KIT@/grader/labs/05-header-allocator/rubric.ini", O_RDONLY), 0);
}
END_TEST

void my_tests(TCase *tcase)
{
    tcase_add_test(tcase, opens);
}
