// SPDX-License-Identifier: MIT
/*
 * record.c - how a test ends: its message, its status, its last picture (judge.h).
 */
#include "judge/judge.h"
#include "judge/lib/timeline.h"
#include "judge/lib/watch.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

struct record *record;
static void (*before_end)(void);

void story_at_end(void (*tell_more)(void))
{
    before_end = tell_more;
}

static void keep_text(char *room, size_t size, const char *text)
{
    if (text)
        snprintf(room, size, "%s", text);
}

static bool has_mark(const struct picture *picture)
{
    for (unsigned i = 0; i < picture->cells && i < MOST_CELLS; i++)
        if (picture->cell[i].marked)
            return true;
    return false;
}

/* The block in question was there before the last call, too. */
static void mark_alike(struct picture *before, const struct picture *after)
{
    if (has_mark(before))
        return;
    for (unsigned i = 0; i < after->cells && i < MOST_CELLS; i++)
        if (after->cell[i].marked)
            picture_mark(before, (const void *)after->cell[i].address);
    bool is_part = before->left_out_before + before->left_out_behind > 0;
    if (is_part && has_mark(after) && !has_mark(before))
        before->cells = 0; /* it shows another part of the heap */
}

void end_test_va(enum status status, const char *expected, const char *found, const char *format, va_list arguments)
{
    if (record->status == STATUS_NOT_RUN) { /* the first reason is the reason */
        record->status = status;
        vsnprintf(record->message, sizeof record->message, format, arguments);
        keep_text(record->expected, sizeof record->expected, expected);
        keep_text(record->found, sizeof record->found, found);
        watch_call_ends();
        if (before_end) {
            story_aloud();
            before_end();
        }
        timeline_problem(record->message);
        draw_heap(&record->after);
        watch_question();
        mark_alike(&record->before, &record->after);
        close_subject();
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

void end_disturbed(void)
{
    end_test(STATUS_MISUSED, "the call returns", "it wrote over the grader's messages instead",
             "%s disturbed the way results are returned", story_last_call());
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
