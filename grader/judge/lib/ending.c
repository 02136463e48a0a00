// SPDX-License-Identifier: MIT
/*
 * ending.c - what is kept of a test that has failed, besides the verdict (ending.h).
 */
#include "judge/lib/ending.h"
#include "judge/judge.h"
#include "judge/lib/mode.h"
#include "judge/lib/timeline.h"
#include "judge/lib/watch.h"

static void (*before_end)(void); /* NULL: the test has nothing to add */

void story_at_end(void (*tell_more)(void))
{
    before_end = tell_more;
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

void conclude_test(void)
{
    watch_call_ends();
    if (before_end) {
        story_aloud();
        before_end();
    }
    timeline_problem(record->message);
    draw_heap(&record->after);
    watch_question();
    mark_alike(&record->before, &record->after);
    the_mode->close_subject();
}
