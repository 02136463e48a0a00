// SPDX-License-Identifier: MIT
/*
 * diff.c - whose score moved between two gradings of a class, and by which tests (batch.h).
 */
#include "class/class.h"

#include <string.h>

static const char *text(const json_t *object, const char *key)
{
    const char *found = json_string_value(json_object_get(object, key));
    return found ? found : "";
}

static int number(const json_t *object, const char *key)
{
    return (int)json_integer_value(json_object_get(object, key));
}

static const json_t *lab_of(const json_t *document)
{
    return json_array_get(json_object_get(document, "labs"), 0);
}

static const json_t *test_called(const json_t *lab, const char *name)
{
    size_t i;
    json_t *test;
    json_array_foreach(json_object_get(lab, "tests"), i, test)
    {
        if (strcmp(text(test, "name"), name) == 0)
            return test;
    }
    return NULL;
}

/* Why a test's points changed: it ended in another way, or the rubric gives it other points. */
static void print_test(const json_t *old, const json_t *new)
{
    const json_t *test = new ? new : old;
    int before = number(old, "points");
    int after = number(new, "points");
    if (before == after)
        return;
    printf("    %+d  %s: ", after - before, text(test, "name"));
    if (!old || !new)
        printf("%s", old ? "the rubric has it no more" : "the rubric has it now");
    else if (strcmp(text(old, "status"), text(new, "status")) != 0)
        printf("%s before, %s now", text(old, "status"), text(new, "status"));
    else
        printf("worth %d points before, %d now", number(old, "max_points"), number(new, "max_points"));
    const char *message = text(new, "message");
    printf("%s%s\n", message[0] ? ": " : "", message);
}

static void print_own_tests(const json_t *old, const json_t *new)
{
    const json_t *before = json_object_get(old, "own_tests");
    const json_t *after = json_object_get(new, "own_tests");
    int gain = number(after, "points") - number(before, "points");
    if (gain != 0)
        printf("    %+d  own tests: caught %d of %d wrong versions before, %d of %d now\n", gain,
               number(before, "caught"), number(before, "chaffs"), number(after, "caught"), number(after, "chaffs"));
}

static void print_build(const json_t *old, const json_t *new)
{
    const char *before = text(json_object_get(old, "build"), "problem");
    const char *after = text(json_object_get(new, "build"), "problem");
    if (strcmp(before, after) != 0)
        printf("         built: %s before; %s now\n", before[0] ? before : "yes", after[0] ? after : "yes");
}

static void print_tests(const json_t *old, const json_t *new)
{
    size_t i;
    json_t *test;
    json_array_foreach(json_object_get(new, "tests"), i, test) print_test(test_called(old, text(test, "name")), test);
    json_array_foreach(json_object_get(old, "tests"), i, test)
    {
        if (!test_called(new, text(test, "name")))
            print_test(test, NULL);
    }
}

static const char *what_changed(const json_t *old, const json_t *new)
{
    static const struct {
        const char *key;
        const char *words;
    } parts[] = {{"files", "the files changed"}, {"rubric", "the rubric changed"}, {"kit", "the kit changed"}};
    for (guint i = 0; i < G_N_ELEMENTS(parts); i++)
        if (strcmp(text(json_object_get(old, "grading"), parts[i].key),
                   text(json_object_get(new, "grading"), parts[i].key)) != 0)
            return parts[i].words;
    return "nothing that a score depends on changed: a fault in the grader";
}

bool diff_print(const json_t *old, const json_t *new)
{
    if (number(old, "score") == number(new, "score") && number(old, "max_score") == number(new, "max_score"))
        return false;
    printf("%s: %d/%d before, %d/%d now (%s)\n", text(new, "submission"), number(old, "score"),
           number(old, "max_score"), number(new, "score"), number(new, "max_score"), what_changed(old, new));
    print_build(lab_of(old), lab_of(new));
    print_tests(lab_of(old), lab_of(new));
    print_own_tests(lab_of(old), lab_of(new));
    return true;
}

/* --- two folders, or the history of one --- */

/* The ids with a result in FOLDER, in order. */
GPtrArray *diff_ids(const char *folder)
{
    static const char ending[] = ".json";
    g_autofree char *results = g_build_filename(folder, "results", NULL);
    GPtrArray *ids = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(GDir) dir = g_dir_open(results, 0, NULL);
    if (!dir)
        die_unusable("%s is no folder of a batch: it has no results", folder);
    for (const char *name; (name = g_dir_read_name(dir)) != NULL;)
        if (g_str_has_suffix(name, ending))
            g_ptr_array_add(ids, g_strndup(name, strlen(name) - strlen(ending)));
    g_ptr_array_sort(ids, compare_names);
    return ids;
}

/* The result of ID before the one in NEW: from the folder OLD, or from NEW's own history. */
static json_t *result_before(const char *old, const char *new, const char *id)
{
    const struct batch before = {.out = old ? old : new};
    if (old)
        return state_result(&before, id);
    json_t *history = state_history(&before, id);
    json_t *last = json_array_get(history, json_array_size(history) - 1);
    json_incref(last);
    json_decref(history);
    return last;
}

void diff_folders(const char *old, const char *new)
{
    g_autoptr(GPtrArray) ids = diff_ids(new);
    guint moved = 0;
    guint compared = 0;
    const struct batch now = {.out = new};
    for (guint i = 0; i < ids->len; i++) {
        json_t *before = result_before(old, new, ids->pdata[i]);
        json_t *after = state_result(&now, ids->pdata[i]);
        if (before && after) {
            compared++;
            moved += diff_print(before, after);
        }
        json_decref(before);
        json_decref(after);
    }
    printf("%u of %u scores moved.\n", moved, compared);
}
