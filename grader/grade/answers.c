// SPDX-License-Identifier: MIT
/*
 * answers.c - reading what a student wrote in predictions.txt, quiz.txt and diagnosis.txt (grade.h).
 *
 * Lenient on form: "Answer 3: b", "answer 3 = (B)" and "  ANSWER 3 : b)" all answer prediction 3 with "b". Answers to a
 * quiz are left as they are: quiz_answer.c reads them. In a diagnosis, "Patient 2" heads the lines "class: ...",
 * "function: ...", "line: ..." below it; "line: line 26" and "line: note.c:26" name line 26. The last line for a
 * question wins; an empty one answers nothing.
 */
#include "grade/grade.h"

#include <string.h>

enum { FILE_BYTES = 65536, ANSWER_BYTES = 80 };

/* The parts of LINE that PATTERN captures; NULL if it does not match. Free with g_strfreev. */
static GStrv match(const char *pattern, const char *line)
{
    g_autoptr(GRegex) regex = g_regex_new(pattern, G_REGEX_CASELESS | G_REGEX_MULTILINE, 0, NULL);
    g_autoptr(GMatchInfo) info = NULL;
    return g_regex_match(regex, line, 0, &info) ? g_match_info_fetch_all(info) : NULL;
}

/* Free with g_free. */
static char *read_answers(const struct submission *submission, const char *file)
{
    g_autofree char *name = g_build_filename("src", file, NULL);
    g_autofree char *path = submission_path(submission, name);
    return files_read_text(path, FILE_BYTES);
}

/* PREFIX: what items of this file are called before their numbers. PLAIN: answers are letters or words, and their
 * punctuation does not count. */
static void read_numbered(const char *text, const char *prefix, bool plain, GHashTable *table)
{
    g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
    for (guint i = 0; lines[i]; i++) {
        g_auto(GStrv) part = match("^\\s*answer\\s+(\\w+)\\s*[:=]\\s*(.*)$", lines[i]);
        if (part)
            g_hash_table_replace(table, g_strdup_printf("%s-%s", prefix, part[1]),
                                 plain ? text_plain(part[2]) : text_clean(g_strstrip(part[2]), ANSWER_BYTES));
    }
}

/* The number in "26", "line 26", "file.c:26" or "file.c, line 26", which all name a line; NULL for anything else. */
static char *line_number(const char *answer)
{
    g_auto(GStrv) part = match("^\\W*(?:[\\w./-]+\\.c\\W*)?(?:line\\W*)?(\\d+)(?::\\d+)?\\W*$", answer);
    return part ? g_strdup(part[1]) : NULL;
}

static void read_diagnosis(const char *text, GHashTable *table)
{
    g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
    g_autofree char *patient = NULL;
    for (guint i = 0; lines[i]; i++) {
        g_auto(GStrv) head = match("^\\W*(?:patient|case)\\W*(\\d+)\\b", lines[i]);
        g_auto(GStrv) part = match("^\\s*(\\w+)\\s*[:=]\\s*(.*)$", lines[i]);
        if (head) {
            g_free(patient);
            patient = g_strdup(head[1]);
        } else if (part && patient) {
            g_autofree char *key = g_ascii_strdown(part[1], -1);
            g_autofree char *number = strcmp(key, "line") == 0 ? line_number(part[2]) : NULL;
            g_hash_table_replace(table, g_strdup_printf("patient-%s-%s", patient, key),
                                 number ? g_steal_pointer(&number) : text_plain(part[2]));
        }
    }
}

GHashTable *answers(const struct submission *submission)
{
    GHashTable *table = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    g_autofree char *predictions = read_answers(submission, "predictions.txt");
    g_autofree char *diagnosis = read_answers(submission, "diagnosis.txt");
    g_autofree char *quiz =
        submission->rubric && submission->rubric->quiz.points > 0 ? read_answers(submission, "quiz.txt") : NULL;
    g_auto(GStrv) about = quiz ? match("^About: *(\\w+)", quiz) : NULL;
    read_numbered(predictions, "prediction", true, table);
    if (quiz)
        read_numbered(quiz, "quiz", false, table);
    if (about)
        g_hash_table_replace(table, g_strdup("quiz-about"), g_strdup(about[1]));
    read_diagnosis(diagnosis, table);
    answers_check_form(submission, table, predictions, diagnosis);
    return table;
}
