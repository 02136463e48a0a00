// SPDX-License-Identifier: MIT
/*
 * answer_form.c - whether predictions.txt and diagnosis.txt are filled in as they should be (grade.h). It tells what is
 * blank, and what stands where no answer is looked for; never what is right.
 */
#include "grade/grade.h"

#include <stdlib.h>
#include <string.h>

bool answer_is_accepted(const char *answer, const char *accept)
{
    g_auto(GStrv) choices = g_strsplit(accept, "|", -1);
    for (guint i = 0; choices[i]; i++) {
        g_autofree char *choice = text_plain(choices[i]);
        if (strcmp(choice, answer) == 0)
            return true;
    }
    return false;
}

static void note_form(const struct submission *submission, char *sentence)
{
    g_ptr_array_add(submission->notes, sentence);
}

static const char *given_for(GHashTable *given, const char *item)
{
    const char *answer = g_hash_table_lookup(given, item);
    return answer ? answer : "";
}

/* "2, 4 and 5" */
static char *listed(const GPtrArray *names)
{
    g_autoptr(GString) list = g_string_new(NULL);
    for (guint i = 0; i < names->len; i++)
        g_string_append_printf(list, "%s%s",
                               i == 0               ? ""
                               : i + 1 < names->len ? ", "
                                                    : " and ",
                               (const char *)names->pdata[i]);
    return g_strdup(list->str);
}

/* --- predictions.txt --- */

static bool is_letter_alone(const char *line)
{
    return g_regex_match_simple("^\\W*[a-h]\\W*$", line, G_REGEX_CASELESS, 0);
}

/* Is the answer to question NUMBER in a line below its own? */
static bool stands_below(const char *text, const char *number)
{
    g_autofree char *pattern = g_strdup_printf("^[ \\t]*answer[ \\t]+%s[ \\t]*[:=]?[ \\t\\r]*\\n\\s*([^\\n]*)", number);
    g_autoptr(GRegex) regex = g_regex_new(pattern, G_REGEX_CASELESS | G_REGEX_MULTILINE, 0, NULL);
    g_autoptr(GMatchInfo) info = NULL;
    if (!g_regex_match(regex, text, 0, &info))
        return false;
    g_autofree char *next = g_match_info_fetch(info, 1);
    return is_letter_alone(next);
}

/* Is a letter all that counts as an answer to ITEM? Where staff hold the answers, it is. */
static bool is_letter_wanted(const struct item *item)
{
    g_auto(GStrv) choices = g_strsplit(item->answer ? item->answer : "a", "|", -1);
    for (guint i = 0; choices[i]; i++) {
        g_autofree char *choice = text_plain(choices[i]);
        if (strlen(choice) == 1)
            return true;
    }
    return false;
}

/* "c because it is static": a letter, and more. */
static bool is_letter_and_more(const char *answer)
{
    return g_ascii_isalpha(answer[0]) && answer[1] == ' ';
}

/* Notes what is odd about the answer to ITEM, question NUMBER; if there is none, adds NUMBER to BLANK. */
static void check_prediction(const struct submission *submission, const struct item *item, const char *number,
                             const char *text, const char *answer, GPtrArray *blank)
{
    if (!answer[0] && stands_below(text, number))
        note_form(submission,
                  g_strdup_printf("predictions.txt: the answer to question %s stands below the line \"Answer "
                                  "%s:\", where it does not count; write it after the colon",
                                  number, number));
    else if (!answer[0])
        g_ptr_array_add(blank, (gpointer)number);
    else if (is_letter_and_more(answer) && is_letter_wanted(item) &&
             !answer_is_accepted(answer, item->answer ? item->answer : ""))
        note_form(submission,
                  g_strdup_printf("predictions.txt: write only the letter after \"Answer %s:\"; \"%.40s\" does "
                                  "not count as an answer",
                                  number, answer));
}

static void check_predictions(const struct submission *submission, GHashTable *given, const char *text)
{
    static const char prefix[] = "prediction-";
    g_autoptr(GPtrArray) blank = g_ptr_array_new();
    guint questions = 0;
    for (guint i = 0; text[0] && i < submission->rubric->items->len; i++) {
        const struct item *item = submission->rubric->items->pdata[i];
        if (!g_str_has_prefix(item->name, prefix))
            continue;
        questions++;
        check_prediction(submission, item, item->name + strlen(prefix), text, given_for(given, item->name), blank);
    }
    g_autofree char *list = listed(blank);
    if (questions > 0 && blank->len == questions)
        note_form(submission, g_strdup("predictions.txt has no answers yet"));
    else if (blank->len > 0)
        note_form(submission, g_strdup_printf("predictions.txt has no answer yet to question%s %s",
                                              blank->len > 1 ? "s" : "", list));
}

/* --- diagnosis.txt --- */

/* One patient's lines. */
struct diagnosis {
    char *patient;      /* its number */
    GPtrArray *missing; /* keys without an answer */
    guint keys;
};

static void close_diagnosis(const struct submission *submission, struct diagnosis *of, GPtrArray *blank)
{
    g_autofree char *list = listed(of->missing);
    if (of->keys > 0 && of->missing->len == of->keys)
        g_ptr_array_add(blank, g_strdup(of->patient));
    else if (of->missing->len > 0)
        note_form(submission,
                  g_strdup_printf("diagnosis.txt: patient %s is only half filled in: no %s yet", of->patient, list));
    g_free(of->patient);
    g_ptr_array_set_size(of->missing, 0);
    of->patient = NULL;
    of->keys = 0;
}

static void check_key(const struct submission *submission, struct diagnosis *of, const char *key, const char *answer)
{
    of->keys++;
    if (!answer[0])
        g_ptr_array_add(of->missing, (gpointer)key);
    else if (strcmp(key, "line") == 0 && strspn(answer, "0123456789") != strlen(answer))
        note_form(submission, g_strdup_printf("diagnosis.txt: the line of patient %s is \"%.40s\"; write its number",
                                              of->patient, answer));
}

static void check_diagnoses(const struct submission *submission, GHashTable *given, const char *text)
{
    static const char prefix[] = "patient-";
    g_autoptr(GPtrArray) missing = g_ptr_array_new(), blank = g_ptr_array_new_with_free_func(g_free);
    struct diagnosis of = {.missing = missing};
    for (guint i = 0; text[0] && i < submission->rubric->items->len; i++) {
        const struct item *item = submission->rubric->items->pdata[i];
        const char *key = g_str_has_prefix(item->name, prefix) ? strrchr(item->name, '-') + 1 : NULL;
        if (!key)
            continue;
        g_autofree char *patient =
            g_strndup(item->name + strlen(prefix), (gsize)(key - 1 - item->name) - strlen(prefix));
        if (of.patient && strcmp(of.patient, patient) != 0)
            close_diagnosis(submission, &of, blank);
        if (!of.patient)
            of.patient = g_strdup(patient);
        check_key(submission, &of, key, given_for(given, item->name));
    }
    if (of.patient)
        close_diagnosis(submission, &of, blank);
    g_autofree char *list = listed(blank);
    if (blank->len > 0)
        note_form(submission, g_strdup_printf("diagnosis.txt says nothing yet about patient%s %s",
                                              blank->len > 1 ? "s" : "", list));
}

void answers_check_form(const struct submission *submission, GHashTable *given, const char *predictions,
                        const char *diagnosis)
{
    check_predictions(submission, given, predictions);
    check_diagnoses(submission, given, diagnosis);
}
