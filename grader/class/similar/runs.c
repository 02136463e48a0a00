// SPDX-License-Identifier: MIT
/*
 * runs.c - the parts that two rows of tokens share (similar.h).
 *
 * From left to right in A, the longest part of B that goes on like A does there, where neither side is taken yet.
 */
#include "class/similar/similar.h"

/* A text that repeats itself without end must not take time without end. */
enum { MOST_PLACES = 100 };

/* Shingles of B: their first places, and for each place the next one with the same hash. Places count from 1; 0: none.
 */
struct places {
    GHashTable *first;
    guint *next;
};

static struct places places_in(const GArray *tokens)
{
    struct places places = {g_hash_table_new_full(g_int64_hash, g_int64_equal, g_free, NULL),
                            g_new0(guint, tokens->len + 1)};
    for (guint i = tokens->len < SHINGLE ? 0 : tokens->len - SHINGLE + 1; i > 0; i--) {
        guint64 hash = shingle_hash(tokens, i - 1);
        places.next[i] = GPOINTER_TO_UINT(g_hash_table_lookup(places.first, &hash));
        g_hash_table_insert(places.first, g_memdup2(&hash, sizeof hash), GUINT_TO_POINTER(i));
    }
    return places;
}

static guint kind_at(const GArray *tokens, guint i)
{
    return g_array_index(tokens, struct token, i).kind;
}

static guint equal_from(const GArray *a, guint i, const GArray *b, guint j, const guint8 *taken)
{
    guint n = 0;
    while (i + n < a->len && j + n < b->len && !taken[j + n] && kind_at(a, i + n) == kind_at(b, j + n))
        n++;
    return n;
}

/* The longest part of B that is not taken and goes on like A from I on. */
static struct run longest_at(const GArray *a, guint i, const GArray *b, const struct places *places,
                             const guint8 *taken)
{
    struct run longest = {.a = i};
    guint64 hash = shingle_hash(a, i);
    guint place = GPOINTER_TO_UINT(g_hash_table_lookup(places->first, &hash));
    for (guint tried = 0; place != 0 && tried < MOST_PLACES; place = places->next[place], tried++) {
        guint n = equal_from(a, i, b, place - 1, taken);
        if (n > longest.length)
            longest = (struct run){.a = i, .b = place - 1, .length = n};
    }
    return longest;
}

GArray *runs_between(const GArray *a, const GArray *b)
{
    GArray *runs = g_array_new(FALSE, FALSE, sizeof(struct run));
    struct places places = places_in(b);
    g_autofree guint8 *taken = g_new0(guint8, b->len + 1);
    for (guint i = 0; i + SHINGLE <= a->len;) {
        struct run run = longest_at(a, i, b, &places, taken);
        i += run.length < SHARED_FOR_SURE ? 1 : run.length;
        if (run.length < SHARED_FOR_SURE)
            continue;
        for (guint k = 0; k < run.length; k++)
            taken[run.b + k] = 1;
        g_array_append_val(runs, run);
    }
    g_hash_table_unref(places.first);
    g_free(places.next);
    return runs;
}
