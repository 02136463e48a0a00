// Notices that tests which caught something are tried first with the next wrong version, but not with correct ones.
// most: 3
#include "header_alloc.h"
#include "memlib.h"
#include "mytests.h"
#include <sys/mman.h>

static struct {
    int last;
    int twice;
} *seen;

static void runs(int number)
{
    seen->twice = seen->last == number;
    seen->last = number;
}

START_TEST(nothing)
{
    runs(1);
}
END_TEST

START_TEST(honest)
{
    runs(2);
    ck_assert(!seen->twice);
    char *a = mm_malloc(64);
    mm_malloc(16);
    mm_free(a);
    ck_assert_ptr_eq(mm_malloc(64), a);
}
END_TEST

void my_tests(TCase *tcase)
{
    seen = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    tcase_add_test(tcase, nothing);
    tcase_add_test(tcase, honest);
}
