// SPDX-License-Identifier: MIT
/*
 * judged.c - replaces link.c and run.c in the judge's unit tests (judged.h).
 */
#include "tests/unit/support/judged.h"
#include "judge/lib/mode.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

enum { STATUS_CAME_BACK = 0, STATUS_FAULT = 2, STATUS_ENDED = 100 };

static bool in_trial; /* this process is a child of judged_fork */

void arena_open(void)
{
    void *wanted = (void *)ARENA_ADDRESS;
    void *got = mmap(wanted, INPUT_BYTES + HEAP_BYTES, PROT_READ | PROT_WRITE,
                     MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED_NOREPLACE, -1, 0);
    ck_assert_ptr_eq(got, wanted);
}

/* The last step of end_test before it returns to Check. */
static void close_subject(void)
{
    if (in_trial)
        _exit(STATUS_ENDED);
}

bool read_subject(void *to, const void *from, size_t n)
{
    memcpy(to, from, n);
    return true;
}

bool write_subject(void *to, const void *from, size_t n)
{
    memcpy(to, from, n);
    return true;
}

static const struct mode mode = {
    .read_subject = read_subject,
    .write_subject = write_subject,
    .close_subject = close_subject,
};

void judged_start(void)
{
    judge_start(&mode);
    record = mmap(NULL, sizeof *record, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    ck_assert_ptr_ne(record, MAP_FAILED);
    arena_open();
}

bool judged_fork(void)
{
    memset(record, 0, sizeof *record);
    pid_t child = fork();
    ck_assert_int_ge(child, 0);
    in_trial = child == 0;
    if (in_trial && !freopen("/dev/null", "w", stderr)) /* the message of an intended fault */
        _exit(EXIT_FAILURE);
    return in_trial;
}

enum outcome judged_came_back(void)
{
    _exit(STATUS_CAME_BACK);
}

enum outcome judged_wait(void)
{
    int status = 0;
    if (wait(&status) < 0 || !WIFEXITED(status))
        return BROKE;
    switch (WEXITSTATUS(status)) {
    case STATUS_CAME_BACK:
        return CAME_BACK;
    case STATUS_ENDED:
        return ENDED_TEST;
    case STATUS_FAULT:
        return FAULTED;
    default:
        return BROKE;
    }
}

void judged_call(const char *name, const char *type, uint64_t result)
{
    const struct call call = {.name = name, .result_type = type, .result_kind = type ? WORD_POINTER : WORD_NONE};
    const uint64_t none[] = {0};
    story_call(&call, none);
    story_return(&call, result);
}
