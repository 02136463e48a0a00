// SPDX-License-Identifier: MIT
/*
 * standing.c - the scores reached in each lab so far (desk.h).
 *
 * One small JSON file at the kit's root, {"schema": 1, "labs": {...}}; HEAPLAB_PROGRESS names another one. Only the
 * student uses it: no grade depends on it. A file that makes no sense is moved aside and a new one started.
 */
#include "desk/desk.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { SCHEMA = 1 };

static char *standing_path(void)
{
    const char *other = g_getenv("HEAPLAB_PROGRESS");
    return other && other[0] ? g_strdup(other) : kit_path(".heaplab-progress.json", NULL);
}

static bool is_sound(const json_t *file)
{
    const char *key;
    json_t *lab;
    json_t *labs = json_object_get(file, "labs");
    if (json_integer_value(json_object_get(file, "schema")) != SCHEMA || !json_is_object(labs))
        return false;
    json_object_foreach(labs, key, lab)
    {
        if (!json_is_integer(json_object_get(lab, "score")) || !json_is_integer(json_object_get(lab, "best")) ||
            !json_is_integer(json_object_get(lab, "max_score")))
            return false;
    }
    return true;
}

static void put_aside(const char *path)
{
    g_autofree char *aside = g_strconcat(path, ".damaged", NULL);
    bool moved = rename(path, aside) == 0;
    fprintf(stderr, "heaplab: the file that remembers your progress was damaged; a new one was started%s%s\n",
            moved ? ", and the old one was kept as " : "", moved ? aside : "");
}

json_t *standing_read(void)
{
    g_autofree char *path = standing_path();
    json_t *file = json_load_file(path, 0, NULL);
    if (!is_sound(file) && g_file_test(path, G_FILE_TEST_EXISTS))
        put_aside(path);
    json_t *labs = is_sound(file) ? json_incref(json_object_get(file, "labs")) : json_object();
    json_decref(file);
    return labs;
}

/* Takes ownership of LABS. */
static void standing_write(json_t *labs)
{
    g_autofree char *path = standing_path();
    json_t *file = json_pack("{s:i, s:o}", "schema", SCHEMA, "labs", labs);
    char *text = json_dumps(file, JSON_INDENT(2) | JSON_SORT_KEYS);
    GError *error = NULL;
    if (!g_file_set_contents(path, text, -1, &error)) {
        fprintf(stderr, "heaplab: your progress could not be saved: %s\n", error->message);
        g_error_free(error);
    }
    free(text);
    json_decref(file);
}

/* The entry of LAB in LABS, created if needed. */
static json_t *entry_of(json_t *labs, const char *lab)
{
    if (!json_object_get(labs, lab))
        json_object_set_new(
            labs, lab,
            json_pack("{s:i, s:i, s:i, s:n, s:n}", "score", 0, "best", 0, "max_score", 0, "submitted", "failing"));
    return json_object_get(labs, lab);
}

/* Notes in ENTRY which test is to be mended first, and the question that belongs to how it failed. */
static void note_failing(json_t *entry, const json_t *test)
{
    json_t *question = json_object_get(json_object_get(test, "hint"), "question");
    json_object_set_new(entry, "failing", test ? json_copy(json_object_get(test, "name")) : json_null());
    json_object_set_new(entry, "question", json_is_string(question) ? json_copy(question) : json_null());
}

/* Is FROM the kit's folder of labs? */
static bool is_students_own(const char *from)
{
    g_autofree char *labs = kit_path("labs", NULL);
    char *real_labs = realpath(labs, NULL);
    char *real_from = realpath(from, NULL);
    bool same = real_labs && real_from && strcmp(real_labs, real_from) == 0;
    free(real_labs);
    free(real_from);
    return same;
}

char *standing_note(const char *from, const json_t *result)
{
    if (!is_students_own(from))
        return g_strdup("");
    json_t *labs = standing_read();
    json_t *entry = entry_of(labs, json_string_value(json_object_get(result, "lab")));
    char *changes = changes_since(entry, result);
    json_int_t score = json_integer_value(json_object_get(result, "score"));
    json_int_t best = json_integer_value(json_object_get(entry, "best"));
    json_object_set_new(entry, "score", json_integer(score));
    json_object_set_new(entry, "best", json_integer(MAX(score, best)));
    json_object_set(entry, "max_score", json_object_get(result, "max_score"));
    note_failing(entry, first_wrong_test(result));
    json_object_set_new(entry, "passed", changes_passed(result));
    json_object_set_new(entry, "traces", changes_traces(result));
    standing_write(labs);
    return changes;
}

void standing_submitted(const char *from, const json_t *result)
{
    if (!is_students_own(from))
        return;
    json_t *labs = standing_read();
    json_t *entry = entry_of(labs, json_string_value(json_object_get(result, "lab")));
    json_object_set(entry, "submitted", json_object_get(result, "score"));
    standing_write(labs);
}
