// SPDX-License-Identifier: MIT
/*
 * rubric.c - heaplab rubric: a lab's rubric.ini as JSON, for handouts and scripts.
 */
#include "cli/cli.h"

static json_t *words_json(GStrv words)
{
    json_t *array = json_array();
    for (guint i = 0; words && words[i]; i++)
        json_array_append_new(array, json_string(words[i]));
    return array;
}

static json_t *item_json(const struct item *item)
{
    return json_pack("{s:s, s:s, s:s?, s:i, s:o, s:s?, s:s?, s:s?}", "name", item->name, "kind",
                     item->kind == ITEM_TEST ? "test" : "answer", "title", item->title, "points", item->points, "needs",
                     words_json(item->needs), "handout", item->handout, "visibility", item->visibility, "answer",
                     item->answer);
}

/* Null in a lab without a contest. */
static json_t *cost_json(const struct cost_scale *cost)
{
    if (cost->points == 0)
        return json_null();
    return json_pack("{s:{s:i, s:i, s:i}, s:{s:i, s:i, s:i}}", "utilization", "points", cost->utilization_points,
                     "from", cost->utilization_from, "to", cost->utilization_to, "cost", "points", cost->cost_points,
                     "from", cost->cost_from, "to", cost->cost_to);
}

static json_t *rubric_json(const struct rubric *rubric)
{
    json_t *items = json_array();
    for (guint i = 0; i < rubric->items->len; i++)
        json_array_append_new(items, item_json(rubric->items->pdata[i]));
    return json_pack("{s:s, s:s, s:s, s:o, s:s?, s:i, s:i, s:o, s:o}", "lab", rubric->lab, "number", rubric->number,
                     "title", rubric->title, "files", words_json(rubric->files), "base", rubric->base, "total",
                     rubric_total(rubric), "own_tests", rubric->own.points, "contest", cost_json(&rubric->cost),
                     "items", items);
}

static int command_rubric(int argc, char **argv)
{
    g_auto(GStrv) wanted = NULL;
    GOptionEntry entries[] = {
        {"lab", 0, 0, G_OPTION_ARG_STRING_ARRAY, &wanted, "this lab only (repeat for more)", "NN"}, {0}};
    options_parse("- print rubrics as JSON: an array, one entry a lab", entries, &argc, &argv);
    g_autoptr(GPtrArray) labs = options_labs(wanted);
    json_t *rubrics = json_array();
    for (guint i = 0; i < labs->len; i++) {
        struct rubric *rubric = rubric_load(labs->pdata[i]);
        json_array_append_new(rubrics, rubric_json(rubric));
        rubric_free(rubric);
    }
    g_autofree char *text = json_dumps(rubrics, JSON_INDENT(2));
    printf("%s\n", text);
    json_decref(rubrics);
    return EXIT_GRADED;
}

COMMAND(rubric, ON_THE_KIT, "print rubrics as JSON, for handouts and scripts");
