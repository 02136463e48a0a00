// SPDX-License-Identifier: MIT
/*
 * draw.c - chance from a key (quiz.h): the same numbers on every machine. Each eight bytes are a checksum of the key
 * and a counter.
 */
#include "desk/quiz/quiz.h"

struct draw {
    char *key;
    guint64 count;
};

struct draw *draw_new(const char *key)
{
    struct draw *draw = g_new0(struct draw, 1);
    draw->key = g_strdup(key);
    return draw;
}

void draw_free(struct draw *draw)
{
    g_free(draw->key);
    g_free(draw);
}

guint draw_below(struct draw *draw, guint n)
{
    enum { DIGITS = 15, HEXADECIMAL = 16 };
    g_autofree char *text = g_strdup_printf("%s %" G_GUINT64_FORMAT, draw->key, draw->count++);
    g_autofree char *sum = g_compute_checksum_for_string(G_CHECKSUM_SHA256, text, -1);
    sum[DIGITS] = '\0';
    return (guint)(g_ascii_strtoull(sum, NULL, HEXADECIMAL) % n);
}

void draw_shuffle(struct draw *draw, GPtrArray *array)
{
    for (guint i = array->len; i > 1; i--) {
        guint k = draw_below(draw, i);
        gpointer last = array->pdata[i - 1];
        array->pdata[i - 1] = array->pdata[k];
        array->pdata[k] = last;
    }
}
