// Leaves processes behind that only wait, in sessions of their own: at the start of the program and of a test.
// as: my_tests.c
// points: 80
#include "mytests.h"
#include <unistd.h>

static void stay(void)
{
    if (fork() == 0) {
        setsid();
        if (fork() == 0)
            for (;;)
                __asm__ volatile("" ::: "memory");
        _exit(0);
    }
}

__attribute__((constructor)) static void at_start(void)
{
    stay();
}

START_TEST(stays)
{
    stay();
}
END_TEST

void my_tests(TCase *tcase)
{
    tcase_add_test(tcase, stays);
}
