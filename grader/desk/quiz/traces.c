// SPDX-License-Identifier: MIT
/*
 * traces.c - short traces of allocations for questions (quiz.h): few blocks, some of them freed in between, so that an
 * allocator has something to choose from.
 */
#include "desk/quiz/quiz.h"

enum { OPERATIONS = 13, FIRST_BLOCKS = 4 };

static guint size_by_chance(struct draw *draw, bool large)
{
    enum { SMALL = 14, SMALL_STEP = 12, SMALL_LEAST = 8, LARGE = 9, LARGE_STEP = 220, LARGE_LEAST = 300 };
    bool is_large = large && draw_below(draw, 2) == 0;
    return is_large ? LARGE_LEAST + LARGE_STEP * draw_below(draw, LARGE)
                    : SMALL_LEAST + SMALL_STEP * draw_below(draw, SMALL);
}

/* What comes next: 'a', 'f' or 'r'. */
static char kind_by_chance(struct draw *draw, guint done, guint live, bool resizes)
{
    const guint tenths = 10;
    const guint resized = 3;
    const guint freed = 6;
    if (done < FIRST_BLOCKS || live < 2)
        return 'a';
    guint chance = draw_below(draw, tenths);
    if (resizes && chance < resized)
        return 'r';
    return chance < freed ? 'f' : 'a';
}

char *traces_make(struct draw *draw, bool large, bool resizes)
{
    GString *lines = g_string_new(NULL);
    g_autoptr(GArray) live = g_array_new(FALSE, FALSE, sizeof(guint));
    guint next = 0;
    for (guint done = 0; done < OPERATIONS; done++) {
        char kind = kind_by_chance(draw, done, live->len, resizes);
        guint at = live->len > 0 ? draw_below(draw, live->len) : 0;
        if (kind == 'a') {
            g_string_append_printf(lines, "a %u %u\n", next, size_by_chance(draw, large));
            g_array_append_val(live, next);
            next++;
        } else if (kind == 'r') {
            g_string_append_printf(lines, "r %u %u\n", g_array_index(live, guint, at), size_by_chance(draw, large));
        } else {
            g_string_append_printf(lines, "f %u\n", g_array_index(live, guint, at));
            g_array_remove_index(live, at);
        }
    }
    char *trace = g_strdup_printf("20000\n%u\n%d\n1\n%s", next, OPERATIONS, lines->str);
    g_string_free(lines, TRUE);
    return trace;
}
