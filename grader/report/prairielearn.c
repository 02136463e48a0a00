// SPDX-License-Identifier: MIT
/*
 * prairielearn.c - results.json of a PrairieLearn external grader (report.h): points as a fraction, at most 1 MB in
 * all.
 *
 * It shows a test's name and folds its description, so the title is the name. A score above 1 would make a submission
 * ungradable.
 *
 * A submission that does not build and earns nothing is "not gradable": PrairieLearn then shows why and does not count
 * the attempt.
 */
#include "report/report.h"

#include <string.h>

enum { MOST_BYTES = 1000 * 1000 };

static json_t *test_of(const json_t *item, size_t most)
{
    const json_t *test = json_object_get(item, "test");
    g_autofree char *output = report_cut(text_at(item, "text"), most);
    return json_pack("{s:O, s:O, s:O, s:O, s:s, s:s}", "name", json_object_get(item, "title"), "description",
                     json_object_get(item, "name"), "points", json_object_get(item, "points"), "max_points",
                     json_object_get(item, "max_points"), "message", text_at(test, "message"), "output", output);
}

/* Why labs could not be built: one sentence per lab. */
static json_t *format_errors(const json_t *document)
{
    json_t *errors = json_array();
    size_t i;
    json_t *lab;
    json_array_foreach(json_object_get(document, "labs"), i, lab)
    {
        json_t *problem = json_object_get(json_object_get(lab, "build"), "problem");
        if (json_is_string(problem))
            json_array_append(errors, problem);
    }
    return errors;
}

/* The results, with no text longer than MOST bytes. */
static char *results(const json_t *document, size_t most)
{
    json_int_t max_score = number_at(document, "max_score");
    double share = max_score > 0 ? (double)number_at(document, "score") / (double)max_score : 0;
    double score = CLAMP(share, 0, 1);
    g_autofree char *whole = document_text(document);
    g_autofree char *output = report_cut(whole, most);
    g_autofree char *message = g_strdup_printf("%d of %d points", (int)number_at(document, "score"), (int)max_score);
    json_t *errors = format_errors(document);
    bool gradable = score > 0 || json_array_size(errors) == 0;
    json_t *tests = json_array();
    json_t *items = document_items(document);
    size_t i;
    json_t *each;
    json_array_foreach(items, i, each) json_array_append_new(tests, test_of(each, most));
    json_decref(items);
    return report_dump_lines(json_pack("{s:b, s:f, s:s, s:s, s:o, s:[], s:o}", "gradable", gradable, "score", score,
                                       "message", message, "output", output, "format_errors", errors, "images", "tests",
                                       tests));
}

char *report_prairielearn(const json_t *document)
{
    enum { FIRST_TRY = 16 * 1024, STEP = 4 };
    return report_within(MOST_BYTES, results, document, FIRST_TRY, STEP);
}
