// SPDX-License-Identifier: MIT
/*
 * program.c - kits, submissions and results made up for one test (program.h).
 */
#include "tests/unit/support/program.h"

#include <stdlib.h>
#include <sys/stat.h>

char *unit_folder(void)
{
    return files_make_temporary();
}

char *unit_bytes(const char *folder, const char *name, const char *bytes, size_t n)
{
    char *path = g_build_filename(folder, name, NULL);
    g_autofree char *parent = g_path_get_dirname(path);
    ck_assert_int_eq(g_mkdir_with_parents(parent, 0755), 0);
    ck_assert(g_file_set_contents(path, bytes, (gssize)n, NULL));
    return path;
}

char *unit_file(const char *folder, const char *name, const char *text)
{
    return unit_bytes(folder, name, text, strlen(text));
}

char *unit_kit(const char *ini)
{
    static char *root; /* kit/kit.c finds its root only once, so there is only one */
    if (!root)
        root = unit_folder();
    unit_file(root, "grader/labs/" UNIT_LAB "/rubric.ini", ini);
    unit_file(root, "labs/" UNIT_LAB "/contract.h", "int f(void);\n");
    g_setenv("HEAPLAB_ROOT", root, TRUE);
    return root;
}

struct rubric *unit_rubric(const char *ini)
{
    char *mistake = NULL;
    unit_kit(ini);
    struct rubric *rubric = rubric_read(UNIT_LAB, &mistake);
    ck_assert_msg(rubric != NULL, "%s", mistake);
    return rubric;
}

struct submission *unit_submission(const struct rubric *rubric)
{
    struct submission *submission = g_new0(struct submission, 1);
    submission->rubric = rubric;
    submission->work = unit_folder();
    submission->notes = g_ptr_array_new_with_free_func(g_free);
    g_autofree char *sources = submission_path(submission, "src");
    ck_assert_int_eq(mkdir(sources, 0755), 0);
    return submission;
}

json_t *unit_score(const struct submission *submission, json_t *verdicts)
{
    struct findings findings = {.built =
                                    json_pack("{s:b, s:n, s:s}", "ok", verdicts != NULL, "problem", "diagnostics", ""),
                                .verdicts = verdicts,
                                .covered = json_null(),
                                .own = json_null(),
                                .answers = answers(submission)};
    json_t *result = score(submission, &findings);
    g_hash_table_destroy(findings.answers);
    ck_assert_ptr_nonnull(result);
    return result;
}

json_t *unit_verdict(const char *name, const char *status)
{
    return json_pack("{s:s, s:s, s:n, s:n, s:n, s:[], s:{s:[], s:i}, s:{s:[], s:i}, s:[], s:s, s:i}", "name", name,
                     "status", status, "message", "expected", "found", "story", "before", "cells", "left_out", 0,
                     "after", "cells", "left_out", 0, "frames", "output", "", "duration_ms", 1);
}

json_t *unit_test(const json_t *result, const char *name)
{
    size_t i;
    json_t *test;
    json_array_foreach(json_object_get(result, "tests"), i,
                       test) if (strcmp(unit_text(test, "name"), name) == 0) return test;
    ck_abort_msg("there is no test %s in the result", name);
}

const char *unit_text(const json_t *object, const char *key)
{
    const char *text = json_string_value(json_object_get(object, key));
    return text ? text : "";
}

json_t *unit_document(json_t *result)
{
    json_t *document = grade_document("unit", json_pack("[o]", result));
    ck_assert_ptr_nonnull(document);
    return document;
}
