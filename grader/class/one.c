// SPDX-License-Identifier: MIT
/*
 * one.c - one submission of a class (class.h): from what was handed in to a result file.
 *
 * The result is written last. If the process dies earlier, the submission has no result and is graded again.
 */
#include "class/class.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

/* Keeps the files that intake took, for people to read. */
static void keep_files(const struct batch *batch, const char *id, const struct submission *submission)
{
    g_autofree char *from = submission_path(submission, "src");
    g_autofree char *to = state_files_path(batch, id);
    g_autofree char *fresh = g_strconcat(to, ".new", NULL);
    files_remove_tree(fresh);
    files_copy_folder(from, fresh);
    files_remove_tree(to);
    if (rename(fresh, to) != 0)
        die_fault("cannot rename %s: %s", fresh, g_strerror(errno));
}

/* What the LMS called the first file; "" for a folder. Free with g_free. */
static char *upload_of(const struct handed_in *submission)
{
    const struct part *part = submission->parts->len > 0 ? submission->parts->pdata[0] : NULL;
    const char *slash = part ? strrchr(part->path, '/') : NULL;
    const char *name = slash ? slash + 1 : part ? part->path : "";
    bool is_file = part && g_file_test(part->path, G_FILE_TEST_IS_REGULAR);
    return text_clean(name, is_file ? strlen(name) : 0);
}

json_t *student_of(const struct handed_in *submission)
{
    json_t *student = json_pack("{s:s, s:s, s:b, s:s}", "id", submission->number, "name", submission->name, "late",
                                (int)submission->late, "source", submission->source);
    if (submission->when[0])
        json_object_set_new(student, "handed_in_at", json_string(submission->when));
    g_autofree char *upload = upload_of(submission);
    if (upload[0])
        json_object_set_new(student, "upload", json_string(upload));
    if (submission->partners)
        json_object_set(student, "partners", submission->partners);
    return student;
}

/* Records what the result depends on, and its revision number. */
static json_t *grading_of(const struct batch *batch, const struct handed_in *handed_in,
                          const struct submission *submission)
{
    g_autofree char *sources = submission_path(submission, "src");
    g_autofree char *files = hash_tree(sources);
    return json_pack("{s:i, s:s, s:s, s:s, s:s, s:s}", "revision", state_next_revision(batch, handed_in->id),
                     "handed_in", handed_in->hash, "files", files, "rubric", batch->rubric_hash, "rubric_rest",
                     batch->rubric_rest, "kit", batch->kit_hash);
}

static void write_result(const struct batch *batch, const char *id, const json_t *document)
{
    g_autofree char *text = report("json", document);
    g_autofree char *path = state_result_path(batch, id);
    files_write(path, text);
}

void grade_one(const struct batch *batch, const struct handed_in *handed_in)
{
    struct submission *submission = gather(batch->rubric, handed_in->parts, handed_in->problem);
    keep_files(batch, handed_in->id, submission);
    json_t *grading = grading_of(batch, handed_in, submission);
    json_t *document = grade_document(handed_in->id, json_pack("[o]", cache_grade(batch, submission)));
    json_object_set_new(document, "student", student_of(handed_in));
    json_object_set_new(document, "grading", grading);
    write_result(batch, handed_in->id, document);
    json_decref(document);
    submission_free(submission);
}

void refresh_student(const struct batch *batch, const struct handed_in *handed_in)
{
    json_t *document = state_result(batch, handed_in->id);
    json_t *student = student_of(handed_in);
    if (document && !json_equal(json_object_get(document, "student"), student)) {
        json_object_set(document, "student", student);
        write_result(batch, handed_in->id, document);
    }
    json_decref(student);
    json_decref(document);
}

void score_one_again(const struct batch *batch, const char *id)
{
    json_t *document = state_result(batch, id);
    json_t *lab = json_array_get(json_object_get(document, "labs"), 0);
    json_t *grading = json_object_get(document, "grading");
    score_again(lab, batch->rubric);
    json_object_set(document, "score", json_object_get(lab, "score"));
    json_object_set(document, "max_score", json_object_get(lab, "max_score"));
    json_object_set_new(grading, "rubric", json_string(batch->rubric_hash));
    state_retire(batch, id);
    json_object_set_new(grading, "revision", json_integer(state_next_revision(batch, id)));
    write_result(batch, id, document);
    json_decref(document);
}
