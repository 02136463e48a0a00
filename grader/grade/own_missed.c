// SPDX-License-Identifier: MIT
/*
 * own_missed.c - which kinds of wrong versions a student's own tests did not catch (grade.h).
 *
 * A version's kind is the title of the first test that it fails, which says what is broken without saying where. A
 * release holds no patches, only numbered objects; there the kinds are not told.
 */
#include "grade/grade.h"

#include <string.h>

static const char chaff_prefix[] = "chaff-";

/* The test that the version called NAME fails first; NULL if that is not known, or if students don't see it. */
static const struct item *failed_by(const struct rubric *rubric, const char *name)
{
    enum { HEAD_BYTES = 4096 };
    static const char key[] = "\nFails: ";
    g_autofree char *file = g_strconcat(name, ".patch", NULL);
    g_autofree char *path = kit_path("grader", "labs", rubric->lab, "chaffs", file, NULL);
    g_autofree char *head = files_read_text(path, HEAD_BYTES);
    const char *fails = strstr(head, key);
    if (!fails)
        return NULL;
    fails += strlen(key);
    g_autofree char *test = g_strndup(fails, strcspn(fails, " \n"));
    const struct item *item = rubric_item(rubric, test);
    return item && item_is_shown(item) ? item : NULL;
}

/* How many versions among RUNS were not caught that fail ITEM first; NULL stands for those of no known kind. */
static int missed_of(const struct rubric *rubric, const json_t *runs, const struct item *item)
{
    int n = 0;
    size_t i;
    json_t *run;
    json_array_foreach(runs, i, run)
    {
        const char *name = text_at(run, "name");
        if (g_str_has_prefix(name, chaff_prefix) && json_is_true(json_object_get(run, "passed")))
            n += failed_by(rubric, name + strlen(chaff_prefix)) == item;
    }
    return n;
}

json_t *own_tests_missed(const struct rubric *rubric, const json_t *runs)
{
    json_t *missed = json_array();
    for (guint i = 0; i < rubric->items->len; i++) {
        const struct item *item = rubric->items->pdata[i];
        int n = item->kind == ITEM_TEST ? missed_of(rubric, runs, item) : 0;
        if (n > 0)
            json_array_append_new(missed, json_pack("{s:s, s:i}", "title", item->title, "versions", n));
    }
    return missed;
}
