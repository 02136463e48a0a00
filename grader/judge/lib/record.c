// SPDX-License-Identifier: MIT
/*
 * record.c - the verdict on a test: its status and message (judge.h). What else is kept of its end: ending.c.
 */
#include "judge/judge.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

struct record *record;
static void (*conclude)(void);
static int last_errno; /* what the last call set it to; 0 if it did not */

void record_ends_with(void (*conclusion)(void))
{
    conclude = conclusion;
}

int call_errno(void)
{
    return last_errno;
}

void record_errno(int error)
{
    last_errno = error;
}

static void keep_text(char *room, size_t size, const char *text)
{
    if (text)
        snprintf(room, size, "%s", text);
}

void end_test_va(enum status status, const char *expected, const char *found, const char *format, va_list arguments)
{
    if (record->status == STATUS_NOT_RUN) { /* the first reason is the reason */
        record->status = status;
        vsnprintf(record->message, sizeof record->message, format, arguments);
        keep_text(record->expected, sizeof record->expected, expected);
        keep_text(record->found, sizeof record->found, found);
        conclude();
    }
    ck_abort_msg("%s", record->message);
}

void end_test(enum status status, const char *expected, const char *found, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    end_test_va(status, expected, found, format, arguments);
}

long milliseconds_now(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

void fault(const char *format, ...)
{
    enum { EXIT_FAULT = 2 };
    va_list arguments;
    va_start(arguments, format);
    fprintf(stderr, "heaplab: fault in the grader: ");
    vfprintf(stderr, format, arguments);
    fprintf(stderr, "\n");
    va_end(arguments);
    if (record)
        record->at_fault = true;
    _Exit(EXIT_FAULT);
}
