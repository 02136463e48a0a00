// SPDX-License-Identifier: MIT
/*
 * tester.c - the program that holds a student's tests (wire/control.h). Nothing in it is trusted.
 */
#include "owntests/tester.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <unistd.h>

enum { TEST_SECONDS = 2, KILLED_SECONDS = 3 }; /* of CPU time; the second for tests that catch SIGXCPU */

static struct control *control;

static void map_channel(void)
{
    void *wanted = (void *)CHANNEL_ADDRESS;
    void *got = mmap(wanted, SHARED_BYTES, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_FIXED_NOREPLACE, CHANNEL_FD, 0);
    if (got != wanted)
        _exit(EXIT_FAILURE);
    close(CHANNEL_FD);
    channel = got;
    control = control_of(channel);
}

/* In a child: the test itself. */
static _Noreturn void run_test(uint32_t index)
{
    const struct rlimit limit = {.rlim_cur = TEST_SECONDS, .rlim_max = KILLED_SECONDS};
    setrlimit(RLIMIT_CPU, &limit);
    bool passed = tester_run(index, control->message);
    control->outcome = passed ? OUTCOME_PASSED : OUTCOME_FAILED;
    _exit(EXIT_SUCCESS);
}

static bool ran_out_of_time(int status)
{
    return WIFSIGNALED(status) && (WTERMSIG(status) == SIGXCPU || WTERMSIG(status) == SIGKILL);
}

static uint32_t milliseconds(struct timeval time)
{
    return (uint32_t)(time.tv_sec * 1000 + time.tv_usec / 1000);
}

/* The kernel's share is for the most part that of fresh pages, whose price differs tenfold between machines. */
static uint32_t milliseconds_used(const struct rusage *used)
{
    enum { KERNEL_COUNTS_ONE_IN = 4 };
    return milliseconds(used->ru_utime) + milliseconds(used->ru_stime) / KERNEL_COUNTS_ONE_IN;
}

static void run_in_child(uint32_t index)
{
    control->outcome = OUTCOME_NONE;
    control->message[0] = '\0';
    snprintf(control->name, sizeof control->name, "%s", tester_test(index)->name);
    pid_t child = fork();
    if (child == 0)
        run_test(index);
    int status = 0;
    struct rusage used = {0};
    bool ended = child > 0 && wait4(child, &status, 0, &used) == child;
    control->processor_ms = milliseconds_used(&used);
    if (!ended || control->outcome == OUTCOME_NONE) {
        bool endless = ran_out_of_time(status);
        control->outcome = endless ? OUTCOME_ENDLESS : OUTCOME_FAILED;
        snprintf(control->message, sizeof control->message, "%s",
                 endless ? "the test did not end" : "the test crashed");
    }
}

static void pass_to_referee(void)
{
    futex_pass(&control->turn, CONTROL_REFEREE);
    while (futex_wait(channel, &control->turn, CONTROL_REFEREE, 0) != CONTROL_TESTER)
        continue;
}

int main(void)
{
    map_channel();
    setvbuf(stdout, NULL, _IONBF, 0);
    tester_collect();
    control->tests = tester_tests();
    for (;;) {
        pass_to_referee();
        uint32_t test = control->test;
        if (test >= tester_tests())
            return EXIT_SUCCESS;
        run_in_child(test);
    }
}
