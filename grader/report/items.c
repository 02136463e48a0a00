// SPDX-License-Identifier: MIT
/*
 * items.c - everything that earns points, as one list for the formats of other systems (report.h): for each lab its
 * tests and answers in order, then its own tests and its cost.
 */
#include "report/report.h"

#include <string.h>

/* PREFIX tells the labs apart if the document holds several; otherwise it is empty. */
static json_t *item(const char *prefix, const char *name, const char *title, const char *text)
{
    g_autofree char *full_name = g_strconcat(prefix, name, NULL);
    g_autofree char *full_title = g_strconcat(prefix, title, NULL);
    return json_pack("{s:s, s:s, s:s, s:s}", "name", full_name, "title", full_title, "text", text, "visibility",
                     "visible");
}

static void set_points(json_t *made, json_int_t points, json_int_t most, const char *status)
{
    json_object_set_new(made, "points", json_integer(points));
    json_object_set_new(made, "max_points", json_integer(most));
    json_object_set_new(made, "status", json_string(status));
}

static void add_test(json_t *items, const char *prefix, json_t *test)
{
    g_autofree char *text = test_text(test);
    json_t *made = item(prefix, text_at(test, "name"), text_at(test, "title"), text);
    set_points(made, number_at(test, "points"), number_at(test, "max_points"), text_at(test, "status"));
    json_object_set_new(made, "visibility", json_string(text_at(test, "visibility")));
    json_object_set(made, "test", test);
    json_array_append_new(items, made);
}

/* Adds an item that earns points in steps instead of passing or failing. */
static void add_measured(json_t *items, json_t *made, json_int_t points, json_int_t most)
{
    set_points(made, points, most, points == most ? "passed" : points > 0 ? "partial" : "failed");
    json_array_append_new(items, made);
}

static void add_own_tests(json_t *items, const char *prefix, const json_t *lab)
{
    const json_t *own = json_object_get(lab, "own_tests");
    if (!json_is_object(own) || number_at(own, "max_points") == 0)
        return;
    g_autofree char *text = own_tests_sentence(lab);
    add_measured(items, item(prefix, "own_tests", "your own tests", text), number_at(own, "points"),
                 number_at(own, "max_points"));
}

/* Lab 08: points for utilization and cost. */
static void add_cost(json_t *items, const char *prefix, const json_t *lab)
{
    const json_t *cost = json_object_get(lab, "cost");
    const json_t *points = json_object_get(cost, "points");
    const char *key;
    json_t *most;
    json_object_foreach(json_object_get(cost, "max_points"), key, most)
    {
        g_autofree char *text = cost_sentence(cost);
        add_measured(items, item(prefix, key, key, text), number_at(points, key), json_integer_value(most));
    }
}

json_t *document_items(const json_t *document)
{
    json_t *items = json_array();
    const json_t *labs = json_object_get(document, "labs");
    size_t i, k;
    json_t *lab, *test;
    json_array_foreach(labs, i, lab)
    {
        g_autofree char *prefix =
            json_array_size(labs) > 1 ? g_strdup_printf("%.2s ", text_at(lab, "lab")) : g_strdup("");
        json_array_foreach(json_object_get(lab, "tests"), k, test) add_test(items, prefix, test);
        add_own_tests(items, prefix, lab);
        add_cost(items, prefix, lab);
    }
    return items;
}

char *document_text(const json_t *document)
{
    GString *out = g_string_new(NULL);
    const json_t *labs = json_object_get(document, "labs");
    size_t i;
    json_t *lab;
    json_array_foreach(labs, i, lab)
    {
        g_autofree char *text = lab_text(lab);
        g_string_append_printf(out, "%s%s: %d of %d points\n%s", i > 0 ? "\n" : "", text_at(lab, "lab"),
                               (int)number_at(lab, "score"), (int)number_at(lab, "max_score"), text);
    }
    return g_string_free(out, FALSE);
}
