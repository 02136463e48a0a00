// SPDX-License-Identifier: MIT
/*
 * types.c - fails a test whose assertions about the student's types do not hold (grade.h).
 *
 * A type that only the student's file knows leaves no trace that the judge could look at: a bit-field and an int take
 * the same bytes. So the compiler is asked. The lab's assertions come to the end of the student's own text, in a folder
 * that looks like the one of the build, and with the same options, so that no condition of the preprocessor can tell
 * the two apart.
 */
#include "grade/grade.h"

#include <string.h>

enum { MOST_TEXT = 1 << 20 };

/* The submission's sources, with the lab's FILE at the end of each, in a work folder of their own. */
static struct submission with_assertions(const struct submission *submission, const char *file)
{
    struct submission copy = *submission;
    copy.work = submission_path(submission, "types");
    g_autofree char *path = kit_path("grader", "labs", submission->rubric->lab, file, NULL);
    g_autofree char *assertions = files_read_text(path, MOST_TEXT);
    g_autofree char *src = g_build_filename(copy.work, "src", NULL);
    g_autofree char *obj = g_build_filename(copy.work, "obj", NULL);
    if (!assertions[0] || g_mkdir_with_parents(src, 0755) != 0 || g_mkdir_with_parents(obj, 0755) != 0)
        die_fault("cannot read %s, or write to %s", path, copy.work);
    g_auto(GStrv) sources = submission_sources(submission);
    for (guint i = 0; sources[i]; i++) {
        g_autofree char *from = g_build_filename(submission->work, "src", sources[i], NULL);
        g_autofree char *to = g_build_filename(src, sources[i], NULL);
        g_autofree char *text = files_read_text(from, MOST_TEXT);
        g_autofree char *whole = g_strconcat(text, "\n", assertions, NULL);
        if (!g_file_set_contents(to, whole, -1, NULL))
            die_fault("cannot write %s", to);
    }
    return copy;
}

/* The first thing that the compiler had against SUBMISSION, without file and line. Free with g_free. */
static char *first_objection(const struct submission *submission)
{
    static const char *const marks[] = {"error: static assertion failed: ", "error: "};
    g_autofree char *path = submission_path(submission, "types.txt");
    g_autofree char *text = files_read_text(path, MOST_TEXT);
    char *at = strstr(text, "error: ");
    for (guint i = 0; at && i < G_N_ELEMENTS(marks); i++)
        if (g_str_has_prefix(at, marks[i]))
            return g_strndup(at + strlen(marks[i]), strcspn(at + strlen(marks[i]), "\n"));
    return g_strdup("the compiler gave no reason");
}

static void check_types(const struct submission *submission, const struct item *item, json_t *verdict)
{
    struct submission copy = with_assertions(submission, item->types);
    if (!compile_accepts(&copy, "types.txt")) {
        g_autofree char *objection = first_objection(&copy);
        json_object_set_new(verdict, "status", json_string("failed"));
        json_object_set_new(verdict, "expected", json_string("types and alignment as the contract says"));
        json_object_set_new(verdict, "found", json_string(objection));
        json_object_set_new(
            verdict, "message",
            json_sprintf("the compiler was asked about the members of your types, and says: %s", objection));
    }
    g_free(copy.work);
}

void types(const struct submission *submission, json_t *verdicts)
{
    size_t i;
    json_t *verdict;
    json_array_foreach(verdicts, i, verdict)
    {
        const struct item *item = rubric_item(submission->rubric, text_at(verdict, "name"));
        if (item && item->types && test_passed(verdict))
            check_types(submission, item, verdict);
    }
}
