// SPDX-License-Identifier: MIT
/*
 * winnow.c - fingerprints of a row of tokens (similar.h). A set of them is a sorted array, so that two sets are
 * compared in one walk: a class of thousands has millions of pairs.
 */
#include "class/similar/similar.h"

guint64 shingle_hash(const GArray *tokens, guint start)
{
    guint64 hash = 14695981039346656037U; /* FNV-1a, a token at a time */
    for (guint i = start; i < start + SHINGLE; i++)
        hash = (hash ^ g_array_index(tokens, struct token, i).kind) * 1099511628211U;
    return hash;
}

/* Of the WINDOW hashes from START on, the least. */
static guint64 least_of(const guint64 *hashes, guint start)
{
    guint64 least = hashes[start];
    for (guint i = start + 1; i < start + WINDOW; i++)
        least = MIN(least, hashes[i]);
    return least;
}

static gint by_value(gconstpointer left, gconstpointer right)
{
    const guint64 *a = left;
    const guint64 *b = right;
    return (*a > *b) - (*a < *b);
}

static guint64 print_at(const GArray *prints, guint i)
{
    return g_array_index(prints, guint64, i);
}

/* Sorts PRINTS and takes out those that are there already, or in WITHOUT. */
static void make_set(GArray *prints, const GArray *without)
{
    guint kept = 0;
    g_array_sort(prints, by_value);
    for (guint i = 0; i < prints->len; i++) {
        guint64 print = print_at(prints, i);
        if (kept > 0 && print_at(prints, kept - 1) == print)
            continue;
        if (!without || !g_array_binary_search((GArray *)(guintptr)without, &print, by_value, NULL))
            g_array_index(prints, guint64, kept++) = print;
    }
    g_array_set_size(prints, kept);
}

GArray *fingerprints_of(const GArray *tokens, const GArray *without)
{
    GArray *prints = g_array_new(FALSE, FALSE, sizeof(guint64));
    if (tokens->len < SHARED_FOR_SURE)
        return prints;
    guint n = tokens->len - SHINGLE + 1;
    g_autofree guint64 *hashes = g_new(guint64, n);
    for (guint i = 0; i < n; i++)
        hashes[i] = shingle_hash(tokens, i);
    for (guint i = 0; i + WINDOW <= n; i++) {
        guint64 print = least_of(hashes, i);
        if (prints->len == 0 || print_at(prints, prints->len - 1) != print)
            g_array_append_val(prints, print);
    }
    make_set(prints, without);
    return prints;
}

guint fingerprints_shared(const GArray *a, const GArray *b)
{
    enum { HUNDRED = 100 };
    guint shared = 0;
    for (guint i = 0, j = 0; i < a->len && j < b->len;) {
        guint64 x = print_at(a, i);
        guint64 y = print_at(b, j);
        shared += x == y ? 1 : 0;
        i += x <= y ? 1 : 0;
        j += y <= x ? 1 : 0;
    }
    return shared == 0 ? 0 : shared * HUNDRED / MIN(a->len, b->len);
}
