// SPDX-License-Identifier: MIT
/*
 * quiz_key.c - the key to quiz.txt (grade.h). The files handed in determine it, so nothing has to be kept: heaplab quiz
 * makes the same questions again. Its seed is another than the one that make quiz has.
 */
#include "grade/grade.h"

#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>

/* The last line that heaplab quiz printed, without the program's name. */
static json_t *problem_of(char *printed)
{
    const char *start = strstr(printed, "heaplab: ");
    g_autofree char *clean = text_clean(g_strchomp(start ? printed + strlen("heaplab: ") : printed), SIZE_MAX);
    return json_pack("{s:s}", "problem", clean);
}

json_t *quiz_key(const struct submission *submission)
{
    const struct rubric *rubric = submission->rubric;
    if (rubric->quiz.points == 0)
        return NULL;
    g_autofree char *heaplab = kit_path("build", "heaplab", NULL);
    g_autofree char *from = submission_path(submission, "src");
    g_autofree char *file = submission_path(submission, "quiz.json");
    g_autofree char *questions = g_strdup_printf("%d", rubric->quiz.questions);
    g_autofree char *printed = NULL;
    char *argv[] = {heaplab,   "quiz",   "--lab",     rubric->number, "--from", from, "--questions",
                    questions, "--seed", "handed in", "--no-mutants", "--json", file, NULL};
    int status = 0;
    if (!g_spawn_sync(NULL, argv, NULL, G_SPAWN_STDOUT_TO_DEV_NULL, kit_end_with_parent, NULL, NULL, &printed, &status,
                      NULL))
        die_fault("cannot start heaplab quiz");
    if (WIFEXITED(status) && WEXITSTATUS(status) == EXIT_FAULT)
        die_fault("the quiz about lab %s: %s", rubric->number, printed);
    if (!WIFEXITED(status) || WEXITSTATUS(status) != EXIT_SUCCESS)
        return problem_of(printed);
    json_t *key = json_load_file(file, 0, NULL);
    if (!key)
        die_fault("heaplab quiz left no %s", file);
    return key;
}

const json_t *quiz_key_question(const json_t *key, const char *name)
{
    const guint decimal = 10;
    guint64 number = g_ascii_strtoull(name + strlen("quiz-"), NULL, decimal);
    return json_array_get(json_object_get(key, "questions"), (size_t)number - 1);
}
