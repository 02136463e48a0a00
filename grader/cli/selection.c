// SPDX-License-Identifier: MIT
/*
 * selection.c - some of a lab's tests: by their names, or by the function that they are about (cli.h).
 */
#include "cli/cli.h"

#include <string.h>

/* Does TEXT hold NAME as a word of its own? */
static bool has_word(const char *text, const char *name)
{
    g_autofree char *escaped = g_regex_escape_string(name, -1);
    g_autofree char *pattern = g_strdup_printf("(?<![A-Za-z0-9_])%s(?![A-Za-z0-9_])", escaped);
    return text && g_regex_match_simple(pattern, text, 0, 0);
}

/* Tests are about the functions that their titles and hints name. */
static bool is_about(const struct item *item, const char *function)
{
    return has_word(item->title, function) || has_word(item->question, function) || has_word(item->hint, function);
}

static void add_about(const struct rubric *rubric, const char *function, GStrvBuilder *names)
{
    guint n = 0;
    for (guint i = 0; i < rubric->items->len; i++) {
        const struct item *item = rubric->items->pdata[i];
        if (item->kind != ITEM_TEST || !item_is_shown(item) || !is_about(item, function))
            continue;
        g_strv_builder_add(names, item->name);
        n++;
    }
    if (n == 0)
        die_unusable("no test of lab %s names the function %s in its title or its hint; make tests lists them all",
                     rubric->number, function);
}

GStrv selection(const char *lab, GStrv tests, const char *function)
{
    g_autoptr(GStrvBuilder) names = g_strv_builder_new();
    struct rubric *rubric = rubric_load(lab);
    for (guint i = 0; tests && tests[i]; i++)
        g_strv_builder_add(names, shown_test(rubric, tests[i])->name);
    if (function)
        add_about(rubric, function, names);
    rubric_free(rubric);
    return g_strv_builder_end(names);
}

/* One that is selected, or that the selected ones wait for. */
static bool is_kept(const json_t *test, GStrv names)
{
    return test_went_wrong(test) || g_strv_contains((const char *const *)names, text_at(test, "name"));
}

void selection_keep(json_t *result, GStrv names)
{
    json_int_t score = 0, most = 0;
    json_t *kept = json_array();
    size_t i;
    json_t *test;
    json_array_foreach(json_object_get(result, "tests"), i, test)
    {
        if (strcmp(text_at(test, "kind"), "test") != 0 || !is_kept(test, names))
            continue;
        json_array_append(kept, test);
        score += number_at(test, "points");
        most += number_at(test, "max_points");
    }
    json_object_set_new(result, "tests", kept);
    json_object_set_new(result, "score", json_integer(score));
    json_object_set_new(result, "max_score", json_integer(most));
    json_object_set_new(result, "notes", json_pack("[s]", "only some tests were run; make alone grades the whole lab"));
}
