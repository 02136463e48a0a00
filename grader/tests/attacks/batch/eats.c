// Takes all there is: memory, processes, room for output. Its tests fail if they get much.
// as: my_tests.c
// points: 80
// tells: accepted
#include "mytests.h"
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

START_TEST(memory)
{
    size_t taken = 0;
    for (size_t n = (size_t)1 << 30; n >= 4096 && taken < (size_t)1 << 30;) {
        void *got = mmap(NULL, n, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
        if (got == MAP_FAILED) {
            n /= 2;
            continue;
        }
        memset(got, 1, n);
        taken += n;
    }
    ck_assert_uint_lt(taken, (size_t)1 << 29);
}
END_TEST

START_TEST(processes)
{
    int started = 0;
    for (int i = 0; i < 200; i++) {
        pid_t child = fork();
        if (child == 0)
            for (;;)
                pause();
        started += child > 0;
    }
    ck_assert_int_lt(started, 100);
}
END_TEST

START_TEST(output)
{
    char block[4096] = {0};
    size_t written = 0;
    for (int i = 0; i < 10000 && write(1, block, sizeof block) > 0; i++)
        written += sizeof block;
    ck_assert_uint_lt(written, (size_t)1 << 20);
}
END_TEST

void my_tests(TCase *tcase)
{
    tcase_add_test(tcase, memory);
    tcase_add_test(tcase, processes);
    tcase_add_test(tcase, output);
}
