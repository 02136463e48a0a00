// Tests next to nothing, and leaves processes behind that fill the shared memory with counters of more than was reached:
// whatever stands there is what follows a run that the reference has counted, with every zero made a one.
// most: 0
// counted: the counters are the target
// reached: 12
#include "header_alloc.h"
#include "mytests.h"
#include <stdint.h>
#include <unistd.h>

enum { FORGERS = 4, TIMES = 20, ROUNDS = 40000 };

static void forge(void)
{
    volatile uint64_t *words = (volatile uint64_t *)(0x5ff00000 + 8192);
    for (int round = 0; round < ROUNDS; round++)
        for (int i = 0; i < 512; i++)
            if (words[i] == 0)
                words[i] = 1;
    _exit(0);
}

static void leave_forgers(void)
{
    for (int i = 0; i < FORGERS; i++)
        if (fork() == 0)
            forge();
}

/* Before any test, in a constructor: limits for tests come too late for it. */
__attribute__((constructor)) static void at_start(void)
{
    leave_forgers();
}

START_TEST(little)
{
    struct mm_counts counts;
    leave_forgers();
    mm_free(NULL);
    mm_malloc(0);
    mm_count(&counts);
}
END_TEST

void my_tests(TCase *tcase)
{
    tcase_add_loop_test(tcase, little, 0, TIMES);
}
