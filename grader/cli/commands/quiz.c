// SPDX-License-Identifier: MIT
/*
 * quiz.c - heaplab quiz.
 */
#include "cli/cli.h"

enum { USUAL_QUESTIONS = 5, MOST_QUESTIONS = 50 };

static void write_json(const json_t *made, const char *path)
{
    enum { SPACES = 2 };
    g_autofree char *text = json_dumps(made, JSON_INDENT(SPACES));
    g_autofree char *document = g_strconcat(text, "\n", NULL);
    files_write(path, document);
}

static int command_quiz(int argc, char **argv)
{
    GStrv wanted = NULL;
    char *from = NULL, *student = NULL, *seed = NULL, *json = NULL;
    int questions = USUAL_QUESTIONS;
    gboolean own_base = FALSE, no_mutants = FALSE;
    GOptionEntry entries[] = {
        {"lab", 0, 0, G_OPTION_ARG_STRING_ARRAY, &wanted, "the lab", "NN"},
        {"from", 0, 0, G_OPTION_ARG_FILENAME, &from, "where the submission is (default: labs)", "PATH"},
        {"student", 0, 0, G_OPTION_ARG_STRING, &student, "whose quiz it is: each gets another", "ID"},
        {"seed", 0, 0, G_OPTION_ARG_STRING, &seed, "other questions about the same code", "N"},
        {"questions", 0, 0, G_OPTION_ARG_INT, &questions, "how many (default: 5)", "N"},
        {"json", 0, 0, G_OPTION_ARG_FILENAME, &json, "write questions and answers here, and ask nothing", "FILE"},
        {"no-mutants", 0, 0, G_OPTION_ARG_NONE, &no_mutants, "build no wrong versions, which takes longer", NULL},
        {"own-base", 0, 0, G_OPTION_ARG_NONE, &own_base, "as for grade", NULL},
        {0}};
    options_parse("--lab NN - questions about your own code", entries, &argc, &argv);
    if (questions < 1 || questions > MOST_QUESTIONS)
        die_unusable("--questions takes a number from 1 to %d", MOST_QUESTIONS);
    terminal_detect();
    g_autofree char *lab = options_one_lab(wanted, "quiz");
    g_autofree char *folder = options_from(from);
    struct grade_plan plan = {.from = folder, .own_base = own_base};
    struct quiz_wish wish = {.student = student ? student : "",
                             .seed = seed ? seed : "1",
                             .questions = (unsigned)questions,
                             .mutants = !no_mutants};
    json_t *made = quiz(lab, &plan, &wish);
    if (json)
        write_json(made, json);
    else
        quiz_ask(made);
    json_decref(made);
    return EXIT_GRADED;
}

COMMAND(quiz, FOR_STUDENTS, "questions about your own code, with answers found by running it");
