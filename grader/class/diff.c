// SPDX-License-Identifier: MIT
/*
 * diff.c - whose score changed between two gradings of a class, and which tests changed it (class.h).
 */
#include "class/class.h"

#include <string.h>

static int whole_at(const json_t *object, const char *key)
{
    return (int)number_at(object, key);
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
        if (strcmp(text_at(test, "name"), name) == 0)
            return test;
    }
    return NULL;
}

/* Prints why a test's points changed: it ended differently, or the rubric gives it other points. */
static void print_test(const json_t *old, const json_t *new)
{
    const json_t *test = new ? new : old;
    int before = whole_at(old, "points");
    int after = whole_at(new, "points");
    if (before == after)
        return;
    printf("    %+d  %s: ", after - before, text_at(test, "name"));
    if (!old || !new)
        printf("%s", old ? "no longer in the rubric" : "new in the rubric");
    else if (strcmp(text_at(old, "status"), text_at(new, "status")) != 0)
        printf("%s before, %s now", text_at(old, "status"), text_at(new, "status"));
    else
        printf("worth %d points before, %d now", whole_at(old, "max_points"), whole_at(new, "max_points"));
    const char *message = text_at(new, "message");
    printf("%s%s\n", message[0] ? ": " : "", message);
}

static void print_own_tests(const json_t *old, const json_t *new)
{
    const json_t *before = json_object_get(old, "own_tests");
    const json_t *after = json_object_get(new, "own_tests");
    int gain = whole_at(after, "points") - whole_at(before, "points");
    if (gain != 0)
        printf("    %+d  own tests: caught %d of %d wrong versions before, %d of %d now\n", gain,
               whole_at(before, "caught"), whole_at(before, "chaffs"), whole_at(after, "caught"),
               whole_at(after, "chaffs"));
}

static void print_build(const json_t *old, const json_t *new)
{
    const char *before = text_at(json_object_get(old, "build"), "problem");
    const char *after = text_at(json_object_get(new, "build"), "problem");
    if (strcmp(before, after) != 0)
        printf("         built: %s before; %s now\n", before[0] ? before : "yes", after[0] ? after : "yes");
}

static void print_tests(const json_t *old, const json_t *new)
{
    size_t i;
    json_t *test;
    json_array_foreach(json_object_get(new, "tests"), i, test)
        print_test(test_called(old, text_at(test, "name")), test);
    json_array_foreach(json_object_get(old, "tests"), i, test)
    {
        if (!test_called(new, text_at(test, "name")))
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
        if (strcmp(text_at(json_object_get(old, "grading"), parts[i].key),
                   text_at(json_object_get(new, "grading"), parts[i].key)) != 0)
            return parts[i].words;
    return "nothing changed that a score depends on: a fault in the grader";
}

bool diff_print(const json_t *old, const json_t *new)
{
    if (whole_at(old, "score") == whole_at(new, "score") && whole_at(old, "max_score") == whole_at(new, "max_score"))
        return false;
    printf("%s: %d/%d before, %d/%d now (%s)\n", text_at(new, "submission"), whole_at(old, "score"),
           whole_at(old, "max_score"), whole_at(new, "score"), whole_at(new, "max_score"), what_changed(old, new));
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
        die_unusable("%s is not a batch's folder: it has no results", folder);
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
    printf("%u of %u scores changed.\n", moved, compared);
}
