// SPDX-License-Identifier: MIT
/*
 * record.c - how a test ends: its message, its status, its last picture (judge.h).
 */
#include "judge/judge.h"
#include "judge/timeline.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

struct record *record;
void (*before_end)(void);

static void keep(char *room, size_t size, const char *text)
{
    if (text)
        snprintf(room, size, "%s", text);
}

/* The block in question was there before the last call, too. */
static void mark_alike(struct picture *before, const struct picture *after)
{
    for (unsigned i = 0; i < after->cells && i < MOST_CELLS; i++)
        if (after->cell[i].marked)
            picture_mark(before, (const void *)after->cell[i].address);
}

void end_test_va(enum status status, const char *expected, const char *found, const char *format, va_list arguments)
{
    if (record->status == STATUS_NOT_RUN) { /* the first reason is the reason */
        record->status = status;
        vsnprintf(record->message, sizeof record->message, format, arguments);
        keep(record->expected, sizeof record->expected, expected);
        keep(record->found, sizeof record->found, found);
        if (before_end)
            before_end();
        timeline_problem(record->message);
        draw_heap(&record->after);
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

void fault(const char *format, ...)
{
    enum { EXIT_FAULT = 2 };
    va_list arguments;
    va_start(arguments, format);
    fprintf(stderr, "heaplab: fault in the grader: ");
    vfprintf(stderr, format, arguments);
    fprintf(stderr, "\n");
    va_end(arguments);
    _Exit(EXIT_FAULT);
}
