// SPDX-License-Identifier: MIT
/*
 * quiz.c - heaplab quiz.
 */
#include "cli/cli.h"

#include <glib/gstdio.h>
#include <string.h>
#include <sys/wait.h>

enum { USUAL_QUESTIONS = 5, MOST_QUESTIONS = 50 };

static void write_json(const json_t *made, const char *path)
{
    enum { SPACES = 2 };
    g_autofree char *text = json_dumps(made, JSON_INDENT(SPACES));
    g_autofree char *document = g_strconcat(text, "\n", NULL);
    files_write(path, document);
}

/* --- a class: a folder with one of each student's in it --- */

struct class_wish {
    const char *lab, *seed;
    const char *out; /* the folder for what is made */
    gboolean no_mutants, pdf;
};

/* Makes the quiz of the student ID in a process of its own: code that can't be asked about ends only that. False with
 * its words in *PROBLEM. */
static bool make_one(const struct class_wish *wish, const char *from, const char *id, const char *json, char **problem)
{
    char *argv[] = {"/proc/self/exe",
                    "quiz",
                    "--lab",
                    (char *)(uintptr_t)wish->lab,
                    "--from",
                    (char *)(uintptr_t)from,
                    "--student",
                    (char *)(uintptr_t)id,
                    "--seed",
                    (char *)(uintptr_t)wish->seed,
                    "--json",
                    (char *)(uintptr_t)json,
                    wish->no_mutants ? "--no-mutants" : NULL,
                    NULL};
    int status = 0;
    if (!g_spawn_sync(NULL, argv, NULL, G_SPAWN_STDOUT_TO_DEV_NULL, kit_end_with_parent, NULL, NULL, problem, &status,
                      NULL))
        die_fault("cannot start heaplab quiz for %s", id);
    if (WIFEXITED(status) && WEXITSTATUS(status) == EXIT_FAULT)
        die_fault("the quiz of %s: %s", id, *problem);
    return WIFEXITED(status) && WEXITSTATUS(status) == EXIT_GRADED;
}

/* Writes BYTES to the file ID and ENDING in OUT. */
static void write_one(const char *out, const char *id, const char *ending, const char *bytes)
{
    g_autofree char *name = g_strconcat(id, ending, NULL);
    g_autofree char *path = g_build_filename(out, name, NULL);
    files_write(path, bytes);
}

/* As above, and keeps PAGE (taken over) in PAGES for print. */
static void write_page(const char *out, const char *id, const char *ending, char *page, GPtrArray *pages)
{
    struct packed *kept = g_new0(struct packed, 1);
    write_one(out, id, ending, page);
    *kept = (struct packed){g_strconcat(id, ending, NULL), page, strlen(page)};
    g_ptr_array_add(pages, kept);
}

/* From OUT/ID.json: the page for a talk, the same with answers, Moodle XML and QTI. */
static void write_all(const char *out, const char *id, const char *json, GPtrArray *pages)
{
    json_error_t error;
    json_t *made = json_load_file(json, 0, &error);
    if (!made)
        die_fault("%s: %s", json, error.text);
    g_autofree char *moodle = quiz_moodle(made);
    g_autofree char *qti = quiz_qti(made);
    write_page(out, id, ".html", quiz_page(made, false), pages);
    write_page(out, id, ".key.html", quiz_page(made, true), pages);
    write_one(out, id, ".moodle.xml", moodle);
    write_one(out, id, ".qti.xml", qti);
    json_decref(made);
}

/* PAGES as PDFs in OUT. */
static void print(const char *out, GPtrArray *pages)
{
    paper_print(pages);
    for (guint i = 0; i < pages->len; i++) {
        const struct packed *page = pages->pdata[i];
        g_autofree char *path = g_build_filename(out, page->name, NULL);
        GError *error = NULL;
        if (!g_file_set_contents(path, page->bytes, (gssize)page->size, &error))
            die_unusable("%s", error->message);
    }
}

/* Quizzes about the submissions in the folders of CLASS, by the students that they are named after. */
static void quiz_class(const struct class_wish *wish, const char *class)
{
    g_autoptr(GPtrArray) ids = files_names(class, "");
    g_autoptr(GPtrArray) pages = g_ptr_array_new_with_free_func((GDestroyNotify)packed_free);
    guint made = 0;
    if (ids->len == 0)
        die_unusable("%s is no folder with a folder for each student in it", class);
    if (g_mkdir_with_parents(wish->out, 0777) != 0)
        die_unusable("cannot make the folder %s", wish->out);
    for (guint i = 0; i < ids->len; i++) {
        g_autofree char *from = g_build_filename(class, ids->pdata[i], NULL);
        g_autofree char *name = g_strconcat(ids->pdata[i], ".json", NULL);
        g_autofree char *json = g_build_filename(wish->out, name, NULL);
        g_autofree char *problem = NULL;
        bool done = make_one(wish, from, ids->pdata[i], json, &problem);
        made += done;
        if (done)
            write_all(wish->out, ids->pdata[i], json, pages);
        else
            printf("%s: %s\n", (const char *)ids->pdata[i], g_strchomp(problem));
    }
    if (wish->pdf)
        print(wish->out, pages);
    printf("%u of %u students have a quiz in %s: ID.html, ID.key.html with the answers, %sID.moodle.xml, ID.qti.xml, "
           "ID.json.\n",
           made, ids->len, wish->out, wish->pdf ? "both as PDFs, " : "");
}

static int command_quiz(int argc, char **argv)
{
    GStrv wanted = NULL;
    char *from = NULL, *student = NULL, *seed = NULL, *json = NULL, *class = NULL, *out = NULL;
    int questions = USUAL_QUESTIONS;
    int seeds = 0;
    gboolean own_base = FALSE, no_mutants = FALSE, pdf = FALSE;
    GOptionEntry entries[] = {
        {"lab", 0, 0, G_OPTION_ARG_STRING_ARRAY, &wanted, "the lab", "NN"},
        {"from", 0, 0, G_OPTION_ARG_FILENAME, &from, "where the submission is (default: labs)", "PATH"},
        {"student", 0, 0, G_OPTION_ARG_STRING, &student, "whose quiz it is: each gets another", "ID"},
        {"seed", 0, 0, G_OPTION_ARG_STRING, &seed, "other questions about the same code", "N"},
        {"seeds", 0, 0, G_OPTION_ARG_INT, &seeds, "with --json: the quizzes by the seeds 1 to N, as an array", "N"},
        {"questions", 0, 0, G_OPTION_ARG_INT, &questions, "how many (default: 5)", "N"},
        {"json", 0, 0, G_OPTION_ARG_FILENAME, &json, "write questions and answers here, and ask nothing", "FILE"},
        {"class", 0, 0, G_OPTION_ARG_FILENAME, &class, "for staff: quizzes about all folders in this one", "DIR"},
        {"out", 0, 0, G_OPTION_ARG_FILENAME, &out, "where the class's quizzes go", "DIR"},
        {"pdf", 0, 0, G_OPTION_ARG_NONE, &pdf, "print the class's pages as well (needs weasyprint)", NULL},
        {"no-mutants", 0, 0, G_OPTION_ARG_NONE, &no_mutants, "build no wrong versions, which takes longer", NULL},
        {"own-base", 0, 0, G_OPTION_ARG_NONE, &own_base, "as for grade", NULL},
        {0}};
    options_parse("--lab NN - questions about your own code", entries, &argc, &argv);
    if (questions < 1 || questions > MOST_QUESTIONS)
        die_unusable("--questions takes a number from 1 to %d", MOST_QUESTIONS);
    terminal_detect();
    g_autofree char *lab = options_one_lab(wanted, "quiz");
    if (!class != !out)
        die_unusable("--class and --out go together: heaplab quiz --lab NN --class DIR --out DIR");
    if (pdf && !class)
        die_unusable("--pdf prints the pages of a class: it goes with --class and --out");
    if (class) {
        const struct class_wish wishes = {lab, seed ? seed : "1", out, no_mutants, pdf};
        quiz_class(&wishes, class);
        return EXIT_GRADED;
    }
    g_autofree char *folder = options_from(from);
    struct grade_plan plan = {.from = folder, .own_base = own_base};
    struct quiz_wish wish = {.student = student ? student : "",
                             .seed = seed ? seed : "1",
                             .questions = (unsigned)questions,
                             .mutants = !no_mutants};
    if (seeds < 0 || (seeds > 0 && (!json || seed)))
        die_unusable("--seeds N goes with --json FILE, and in place of --seed");
    json_t *made = seeds > 0 ? quiz_many(lab, &plan, &wish, (unsigned)seeds) : quiz(lab, &plan, &wish);
    if (json)
        write_json(made, json);
    else
        quiz_ask(made);
    json_decref(made);
    return EXIT_GRADED;
}

COMMAND(quiz, FOR_STUDENTS, "questions about your own code, with answers found by running it");
