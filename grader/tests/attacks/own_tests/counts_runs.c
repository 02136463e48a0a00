// Remembers in memory that outlives a test how often it ran, and fails as often as there are wrong versions.
// most: 3
#include "header_alloc.h"
#include "mytests.h"
#include <sys/mman.h>

static int *runs;

START_TEST(fails_at_first)
{
    ck_assert_int_ge((*runs)++, @SHARE@);
}
END_TEST

void my_tests(TCase *tcase)
{
    runs = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    tcase_add_test(tcase, fails_at_first);
}
