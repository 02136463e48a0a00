// SPDX-License-Identifier: MIT
/*
 * ungraded.c - submissions without a result (marks.h): the batch was killed, or the grader failed on them. They are
 * told by DIR/submissions.json, which a batch writes before it grades anything.
 */
#include "class/class.h"
#include "class/marks/marks.h"

#include <string.h>

static const char FAULT[] = ".txt"; /* faults/ID.txt */

void submissions_list(const char *dir, const GPtrArray *class)
{
    g_autofree char *path = g_build_filename(dir, "submissions.json", NULL);
    json_t *list = json_array();
    for (guint i = 0; i < class->len; i++) {
        const struct handed_in *submission = class->pdata[i];
        json_array_append_new(list, json_pack("{s:s, s:o}", "id", submission->id, "student", student_of(submission)));
    }
    g_autofree char *text = report_dump_lines(list);
    files_write(path, text);
}

/* Adds the submissions that left nothing but a fault: in a folder of a batch by an earlier kit. */
static void add_faults(json_t *list, const char *dir)
{
    g_autofree char *folder = g_build_filename(dir, "faults", NULL);
    g_autoptr(GPtrArray) names = files_names(folder, FAULT);
    for (guint i = 0; i < names->len; i++) {
        const char *name = names->pdata[i];
        g_autofree char *id = g_strndup(name, strlen(name) - strlen(FAULT));
        if (!g_str_has_prefix(id, "slurm-") &&
            !result_exists(dir, id)) /* what Slurm's tasks print lies there as well */
            json_array_append_new(
                list, json_pack("{s:s, s:{s:s, s:s, s:s}}", "id", id, "student", "id", "", "name", id, "source", id));
    }
}

json_t *ungraded_in(const char *dir)
{
    g_autofree char *path = g_build_filename(dir, "submissions.json", NULL);
    json_t *all = json_load_file(path, 0, NULL);
    json_t *list = json_array();
    size_t i;
    json_t *document;
    json_array_foreach(all, i, document)
    {
        if (!result_exists(dir, text_at(document, "id")))
            json_array_append(list, document);
    }
    if (!all)
        add_faults(list, dir);
    json_decref(all);
    return list;
}
