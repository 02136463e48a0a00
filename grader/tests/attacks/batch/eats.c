// Takes all there is: memory, processes, output.
// as: my_tests.c
// points: 80
#include "mytests.h"
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

START_TEST(memory)
{
    for (size_t n = (size_t)1 << 30; n >= 4096;) {
        void *got = mmap(NULL, n, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
        if (got == MAP_FAILED)
            n /= 2;
        else
            memset(got, 1, n);
    }
}
END_TEST

START_TEST(processes)
{
    for (int i = 0; i < 5000; i++)
        fork();
}
END_TEST

START_TEST(output)
{
    char block[4096] = {0};
    for (int i = 0; i < 100000; i++)
        if (write(1, block, sizeof block) < 0)
            break;
}
END_TEST

void my_tests(TCase *tcase)
{
    tcase_add_test(tcase, memory);
    tcase_add_test(tcase, processes);
    tcase_add_test(tcase, output);
}
