// SPDX-License-Identifier: MIT
/*
 * terminal.c - asks the questions of a quiz one by one (quiz.h).
 */
#include "desk/quiz/quiz.h"

#include <string.h>

enum { INDENT = 2, DEEPER = 4, LINE_ROOM = 256 };

static void add_lines(GString *out, const json_t *lines, bool numbered)
{
    size_t i;
    json_t *line;
    json_array_foreach(lines, i, line)
    {
        if (numbered)
            g_string_append_printf(out, "%*s%2zu  %s\n", DEEPER, "", i + 1, json_string_value(line));
        else
            g_string_append_printf(out, "%*s%s\n", DEEPER, "", json_string_value(line));
    }
}

static void add_options(GString *out, const json_t *options)
{
    size_t i;
    json_t *option;
    json_array_foreach(options, i, option)
        g_string_append_printf(out, "%*s%c)  %s\n", INDENT, "", (char)('a' + (int)i), json_string_value(option));
}

const char *quiz_calls_heading(const json_t *question)
{
    const json_t *calls = json_object_get(question, "calls");
    const char *first = json_string_value(json_array_get(calls, 0));
    if (json_array_size(calls) < 2)
        return "The call:";
    return g_str_has_prefix(first, "thread ") ? "The threads' calls, in this order; each ends before the next begins:"
                                              : "The calls, in this order:";
}

char *quiz_question_text(const json_t *question, guint number)
{
    GString *out = g_string_new(NULL);
    const json_t *options = json_object_get(question, "options");
    const json_t *calls = json_object_get(question, "calls");
    const json_t *picture = json_object_get(question, "picture");
    bool after = json_is_true(json_object_get(question, "picture_after"));
    g_string_append_printf(out, "Question %u\n\n", number);
    if (json_array_size(picture) > 0 && !after) {
        wrap(out, json_array_size(calls) == 0 ? "The heap:" : "The heap before the first call:", INDENT);
        add_lines(out, picture, false);
    }
    if (json_array_size(calls) > 0)
        wrap(out, quiz_calls_heading(question), INDENT);
    add_lines(out, calls, true);
    if (json_array_size(picture) > 0 && after) {
        wrap(out, "The heap after them:", INDENT);
        add_lines(out, picture, false);
    }
    g_string_append_c(out, '\n');
    wrap(out, text_at(question, "text"), INDENT);
    if (json_array_size(options) > 0)
        g_string_append_c(out, '\n');
    add_options(out, options);
    return g_string_free(out, FALSE);
}

/* What is typed, in a form that can be read; false at the end of the input. */
static bool read_answer(const json_t *question, char given[LINE_ROOM])
{
    g_autofree char *wanted = quiz_answer_wanted(question);
    for (;;) {
        printf("\n  Your answer (%s): ", wanted);
        fflush(stdout);
        if (!fgets(given, LINE_ROOM, stdin))
            return false;
        if (quiz_answer_can_be_read(question, g_strstrip(given)))
            return true;
        printf("  That can't be read. Type %s.\n", wanted);
    }
}

/* Prints whether GIVEN is right and why. */
static bool tell(const json_t *question, const char *given)
{
    bool right = quiz_answer_is_right(question, given);
    GString *out = g_string_new(NULL);
    g_autofree char *answer = quiz_answer_text(question);
    g_autofree char *verdict = right ? g_strdup_printf("Right. %s", text_at(question, "reason"))
                                     : g_strdup_printf("No: %s. %s", answer, text_at(question, "reason"));
    wrap(out, verdict, INDENT);
    printf("\n%s\n", out->str);
    g_string_free(out, TRUE);
    return right;
}

void quiz_ask(const json_t *quiz)
{
    const json_t *questions = json_object_get(quiz, "questions");
    guint right = 0;
    size_t i;
    json_t *question;
    printf("%s: questions about your own code. The files of the lab are all you need; no need to run anything.\n\n",
           text_at(quiz, "title"));
    json_array_foreach(questions, i, question)
    {
        char given[LINE_ROOM];
        g_autofree char *text = quiz_question_text(question, (guint)i + 1);
        printf("%s", text);
        if (!read_answer(question, given)) {
            printf("\n\n  No answer: the quiz ends here.\n");
            break;
        }
        right += tell(question, given);
    }
    printf("%u of %zu right. Others: SEED=n, or --seed N.\n", right, json_array_size(questions));
}

char *quiz_sheet(const json_t *quiz)
{
    GString *out = g_string_new(NULL);
    const json_t *questions = json_object_get(quiz, "questions");
    size_t i;
    json_t *question;
    g_string_append_printf(out,
                           "%s: questions about your own code\nAbout: %s (your files as they are: when you change "
                           "them, there are other questions)\n\nWrite after each \"Answer\" what the brackets say: a "
                           "letter, a number, or a line, like this:  Answer 1: 115\n\n",
                           text_at(quiz, "title"), text_at(quiz, "about"));
    json_array_foreach(questions, i, question)
    {
        g_autofree char *text = quiz_question_text(question, (guint)i + 1);
        g_autofree char *wanted = quiz_answer_wanted(question);
        g_string_append_printf(out, "%s\n(%s)\nAnswer %zu:\n\n\n", text, wanted, i + 1);
    }
    return g_string_free(out, FALSE);
}
