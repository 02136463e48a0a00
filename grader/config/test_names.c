// SPDX-License-Identifier: MIT
/*
 * test_names.c - tests by the names that people type (config.h).
 */
#include "config/config.h"
#include "config/fields.h"

#include <string.h>

enum { MOST_NAMED = 4 };

bool item_is_shown(const struct item *item)
{
    return !item->visibility || strcmp(item->visibility, "visible") == 0;
}

/* The names of all items that students may see, ended by NULL; borrowed. */
static GPtrArray *shown_names(const struct rubric *rubric)
{
    GPtrArray *names = g_ptr_array_new();
    for (guint i = 0; i < rubric->items->len; i++) {
        const struct item *item = rubric->items->pdata[i];
        if (item_is_shown(item))
            g_ptr_array_add(names, item->name);
    }
    g_ptr_array_add(names, NULL);
    return names;
}

/* Does NAME contain a part of WORD that stands between underscores, as double_free contains "free" of free_twice? */
static bool shares_part(const char *name, const char *word)
{
    enum { LEAST = 4 };
    g_auto(GStrv) parts = g_strsplit_set(word, "_- ", -1);
    for (guint i = 0; parts[i]; i++)
        if (strlen(parts[i]) >= LEAST && strstr(name, parts[i]))
            return true;
    return false;
}

static void add_name(GPtrArray *found, const char *name)
{
    if (name && found->len < MOST_NAMED && !g_ptr_array_find_with_equal_func(found, name, g_str_equal, NULL))
        g_ptr_array_add(found, g_strdup(name));
}

/* The one of NAMES whose beginning is closest to WORD; NULL if none is close. Names are long, and people type their
 * first words. */
static const char *nearest_beginning(const GPtrArray *names, const char *word)
{
    g_auto(GStrv) starts = g_new0(char *, names->len);
    for (guint i = 0; i + 1 < names->len; i++)
        starts[i] = g_strndup(names->pdata[i], strlen(word));
    const char *found = nearest(word, (const char *const *)starts);
    for (guint i = 0; found && i + 1 < names->len; i++)
        if (starts[i] == found)
            return names->pdata[i];
    return NULL;
}

/* Names close to WORD, as in ". Did you mean a, b?"; empty if there are none. */
static char *suggestion(const GPtrArray *names, const char *word)
{
    g_autoptr(GPtrArray) found = g_ptr_array_new_with_free_func(g_free);
    add_name(found, nearest(word, (const char *const *)names->pdata));
    for (guint i = 0; i + 1 < names->len; i++)
        if (word[0] && strstr(names->pdata[i], word))
            add_name(found, names->pdata[i]);
    add_name(found, nearest_beginning(names, word));
    bool any = found->len > 0;
    for (guint i = 0; i + 1 < names->len && !any; i++)
        if (shares_part(names->pdata[i], word))
            add_name(found, names->pdata[i]);
    if (found->len == 0)
        return g_strdup("");
    g_ptr_array_add(found, NULL);
    g_autofree char *list = g_strjoinv(", ", (char **)found->pdata);
    return g_strdup_printf(". Did you mean %s?", list);
}

struct item *shown_item(const struct rubric *rubric, const char *name)
{
    struct item *item = rubric_item(rubric, name);
    if (item && item_is_shown(item))
        return item;
    g_autoptr(GPtrArray) names = shown_names(rubric);
    g_autofree char *near = suggestion(names, name);
    g_autofree char *typed = text_clean(name, strlen(name));
    die_unusable("lab %s has no test '%s'%s (heaplab tests --lab %s, or make tests, lists them all)", rubric->number,
                 typed, near, rubric->number);
}

struct item *shown_test(const struct rubric *rubric, const char *name)
{
    struct item *item = shown_item(rubric, name);
    if (item->kind != ITEM_TEST)
        die_unusable("%s is an answer that you give in words; there is no code to run", name);
    return item;
}
