// SPDX-License-Identifier: MIT
/*
 * submit.c - heaplab submit (desk.h): grades and packs what is handed in.
 *
 * It grades the files in the archive the way staff do: a lab that builds on another one uses the reference for that. So
 * staff will get the same grade.
 */
#include "desk/submit/submit.h"
#include "report/report.h"

#include <string.h>

static struct packed *packed_new(const char *lab, const char *name, char *bytes, gsize size)
{
    struct packed *file = g_new0(struct packed, 1);
    *file = (struct packed){g_strdup_printf("%s/%s", lab, name), bytes, size};
    return file;
}

/* The files that intake accepted; adds the names of those that it did not find to MISSING. */
static GPtrArray *taken_files(const struct submission *submission, GPtrArray *missing)
{
    GPtrArray *files = g_ptr_array_new_with_free_func((GDestroyNotify)packed_free);
    for (guint i = 0; submission->rubric->files[i]; i++) {
        const char *name = submission->rubric->files[i];
        g_autofree char *path = g_build_filename(submission->work, "src", name, NULL);
        char *bytes = NULL;
        gsize size = 0;
        if (g_file_get_contents(path, &bytes, &size, NULL))
            g_ptr_array_add(files, packed_new(submission->rubric->lab, name, bytes, size));
        else
            g_ptr_array_add(missing, g_strdup(name));
    }
    g_auto(GStrv) texts = submission_texts(submission);
    for (guint i = 0; texts[i]; i++) {
        g_autofree char *path = g_build_filename(submission->work, "src", texts[i], NULL);
        char *bytes = NULL;
        gsize size = 0;
        if (!g_strv_contains((const char *const *)submission->rubric->files, texts[i]) &&
            g_file_get_contents(path, &bytes, &size, NULL))
            g_ptr_array_add(files, packed_new(submission->rubric->lab, texts[i], bytes, size));
    }
    return files;
}

/* The report as it looks on paper. */
static char *score_card(const char *from, const json_t *result)
{
    enum { PAPER_WIDTH = 80 };
    struct terminal screen = terminal;
    terminal = (struct terminal){.width = PAPER_WIDTH};
    json_t *document = grade_document(from, json_pack("[O]", result));
    char *text = report("terminal", document);
    json_decref(document);
    terminal = screen;
    return text;
}

static void print_packed(const char *path, const GPtrArray *files, const GPtrArray *missing)
{
    printf("\nPacked into\n  %s\n\n", path);
    for (guint i = 0; i < files->len; i++) {
        const struct packed *file = files->pdata[i];
        printf("  %8" G_GSIZE_FORMAT " bytes  %s\n", file->size, file->name);
    }
    for (guint i = 0; i < missing->len; i++)
        printf("\nWarning: %s is not there, so it was not packed. Any points that depend on it are lost.\n",
               (const char *)missing->pdata[i]);
}

static void print_grade(const json_t *result, int by_staff)
{
    const json_t *built = json_object_get(result, "build");
    int most = (int)number_at(result, "max_score");
    if (by_staff > 0)
        printf(
            "\nGrade: %d of the %d points that this kit scores. Staff score the other %d, and get the same points for "
            "these.\n",
            (int)number_at(result, "score"), most - by_staff, by_staff);
    else
        printf("\nGrade: %d of %d points. The same files get the same grade from staff.\n",
               (int)number_at(result, "score"), most);
    if (!json_is_true(json_object_get(built, "ok")))
        printf("Warning: nothing could be run: %s.\n", text_at(built, "problem"));
    size_t i;
    json_t *note;
    json_array_foreach(json_object_get(result, "notes"), i, note) printf("Note: %s.\n", json_string_value(note));
}

/* Where the rubric has a quiz: writes FROM's quiz.txt, unless it is about the files as they are. A place that can't be
 * written to costs a sentence. */
static void write_quiz(const struct submission *submission, const char *from)
{
    json_t *key = quiz_key(submission);
    GHashTable *given = answers(submission);
    const char *about = g_hash_table_lookup(given, "quiz-about");
    bool is_old = key && !json_object_get(key, "problem") && (!about || strcmp(about, text_at(key, "about")) != 0);
    g_autofree char *folder = g_build_filename(from, submission->rubric->lab, NULL);
    bool has_folder = g_file_test(folder, G_FILE_TEST_IS_DIR);
    g_autofree char *path = g_build_filename(has_folder ? folder : from, "quiz.txt", NULL);
    g_autofree char *sheet = is_old ? quiz_sheet(key) : NULL;
    if (sheet && g_file_set_contents(path, sheet, -1, NULL))
        printf(
            "\nquiz.txt has questions about your code as it is, for %d points. Answer them in that file, then submit "
            "again:\n  %s\n",
            submission->rubric->quiz.points, path);
    else if (sheet)
        printf("\nWarning: cannot write %s, which questions about your code should go to.\n", path);
    g_hash_table_destroy(given);
    json_decref(key);
}

void submit(const char *lab, const char *from, const char *output)
{
    struct rubric *rubric = rubric_load(lab);
    struct submission *submission = intake(rubric, from);
    g_autoptr(GPtrArray) missing = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(GPtrArray) files = taken_files(submission, missing);
    if (submission->changed_header)
        die_unusable(
            "labs/%s/%s differs from the file that was handed out, so your grade from staff may differ: undo the "
            "change, then submit again",
            lab, submission->changed_header);
    if (files->len == 0)
        die_unusable("there is nothing to pack: %s contains none of the files to hand in for lab %s", from, lab);
    const struct grade_plan plan = {.from = from, .coverage = true};
    waiting_begin("grading what is packed");
    json_t *result = grade_submission(submission, &plan);
    waiting_end();
    char *card = score_card(from, result);
    g_ptr_array_add(files, packed_new(lab, "scorecard.txt", card, strlen(card)));
    archive_write(output, files);
    print_packed(output, files, missing);
    print_grade(result, score_by_staff(rubric));
    write_quiz(submission, from);
    g_free(standing_note(from, result));
    standing_submitted(from, result);
    json_decref(result);
    submission_free(submission);
    rubric_free(rubric);
}
