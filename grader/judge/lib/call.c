// SPDX-License-Identifier: MIT
/*
 * call.c - what surrounds every call of a student's function, judged or direct: its line in the story, the picture
 * of the heap before it, the lab's inspection after it (judge.h).
 */
#include "judge/judge.h"
#include "judge/lib/lent.h"
#include "judge/lib/timeline.h"
#include "judge/lib/watch.h"

static int first_errno = ERRNO_BEFORE; /* what it is when a call begins */

void errno_begins(int error)
{
    first_errno = error;
    tell("errno = %s; /* from something that failed earlier */", strerrorname_np(error));
}

int errno_before(void)
{
    return first_errno;
}

void before_call(const struct call *call, const uint64_t *arguments)
{
    story_call(call, arguments);
    lent_call(call, arguments);
    if (story_is_quiet())
        record->before.cells = 0; /* the picture before an earlier call would not show what this one did */
    else
        draw_heap(&record->before);
    timeline_call(call, arguments);
    watch_call(call, arguments);
    errno = first_errno;
}

void after_call(const struct call *call, uint64_t result, int error)
{
    record_errno(error == first_errno ? 0 : error);
    story_return(call, result);
    watch_call_ends();
    lent_return(result);
    timeline_return(result);
    if (!story_is_quiet())
        heap_verify(); /* so that an overrun is reported with the call that made it */
    if (the_suite.after_call)
        the_suite.after_call();
    errno = call_errno();
}
