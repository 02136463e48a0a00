// SPDX-License-Identifier: MIT
/*
 * gradescope.c - results.json of a Gradescope autograder (report.h).
 *
 * All text is declared as plain text, because some of it comes from the student. A test that Gradescope hides makes it
 * hide the total, too; so our hidden tests are visible there, but say only how they ended (audience.c). Tests with
 * after_due_date are left to Gradescope, which knows the date. Gradescope measures execution_time itself.
 */
#include "report/report.h"

#include <string.h>

static json_t *test_of(const json_t *item, size_t number)
{
    bool waits = strcmp(text_at(item, "visibility"), "after_due_date") == 0;
    g_autofree char *shown = g_strdup_printf("%zu", number);
    json_t *test =
        json_pack("{s:O, s:O, s:O, s:s, s:s, s:O, s:s, s:[s], s:s}", "score", json_object_get(item, "points"),
                  "max_score", json_object_get(item, "max_points"), "name", json_object_get(item, "title"),
                  "name_format", "text", "number", shown, "output", json_object_get(item, "text"), "output_format",
                  "text", "tags", text_at(item, "name"), "visibility", waits ? "after_due_date" : "visible");
    if (strcmp(text_at(item, "status"), "partial") != 0) /* Gradescope colours these by their points */
        json_object_set_new(test, "status",
                            json_string(strcmp(text_at(item, "status"), "passed") == 0 ? "passed" : "failed"));
    return test;
}

/* Adds the entries of a lab with a contest. Gradescope itself asks students for their aliases. */
static void add_leaders(json_t *leaders, const json_t *lab)
{
    const json_t *cost = json_object_get(lab, "cost");
    json_t *utilization = json_object_get(cost, "utilization");
    json_t *instructions = json_object_get(cost, "instructions");
    if (!json_is_number(utilization) || !json_is_number(instructions))
        return;
    json_array_append_new(leaders, json_pack("{s:s, s:i}", "name", "points", "value", (int)number_at(lab, "score")));
    json_array_append_new(leaders, json_pack("{s:s, s:O}", "name", "utilization", "value", utilization));
    json_array_append_new(leaders, json_pack("{s:s, s:O, s:s}", "name", "instructions per operation", "value",
                                             instructions, "order", "asc"));
}

char *report_gradescope(const json_t *document)
{
    g_autofree char *text = document_text(document);
    json_t *tests = json_array();
    json_t *leaders = json_array();
    json_t *items = document_items(document);
    size_t i;
    json_t *each;
    json_array_foreach(items, i, each) json_array_append_new(tests, test_of(each, i + 1));
    json_array_foreach(json_object_get(document, "labs"), i, each) add_leaders(leaders, each);
    json_decref(items);
    json_t *made =
        json_pack("{s:O, s:s, s:s, s:s, s:s, s:s, s:{s:O}, s:o}", "score", json_object_get(document, "score"), "output",
                  text, "output_format", "text", "test_output_format", "text", "test_name_format", "text",
                  "stdout_visibility", "hidden", "extra_data", "kit", json_object_get(document, "kit"), "tests", tests);
    if (json_array_size(leaders) > 0)
        json_object_set(made, "leaderboard", leaders);
    json_decref(leaders);
    return report_dump_lines(made);
}
