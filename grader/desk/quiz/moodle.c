// SPDX-License-Identifier: MIT
/*
 * moodle.c - a quiz as Moodle XML, to be imported into a question bank (desk.h). Each student's questions are a
 * category of their own. A number is a numerical question; a line or an address is a short answer with all spellings
 * that are right.
 */
#include "desk/quiz/quiz.h"

#include <string.h>

static void add_text(GString *out, const char *tag, const char *attributes, const char *text)
{
    g_autofree char *escaped = g_markup_escape_text(text, -1);
    g_string_append_printf(out, "<%s%s><text>%s</text></%s>\n", tag, attributes, escaped, tag);
}

static void add_category(GString *out, const json_t *quiz)
{
    g_autofree char *path = g_strdup_printf("$course$/%s/%s", text_at(quiz, "lab"), text_at(quiz, "student"));
    g_string_append(out, "<question type=\"category\">\n");
    add_text(out, "category", "", path);
    g_string_append(out, "</question>\n");
}

static void add_options(GString *out, const json_t *question)
{
    size_t i;
    json_t *option;
    json_array_foreach(json_object_get(question, "options"), i, option)
    {
        bool right = (json_int_t)i == number_at(question, "answer");
        add_text(out, "answer",
                 right ? " fraction=\"100\" format=\"plain_text\"" : " fraction=\"0\" format=\"plain_text\"",
                 json_string_value(option));
    }
}

static void add_spellings(GString *out, const json_t *question)
{
    g_auto(GStrv) spellings = quiz_answer_spellings(question);
    for (guint i = 0; spellings[i]; i++) {
        g_autofree char *escaped = g_markup_escape_text(spellings[i], -1);
        g_string_append_printf(out,
                               "<answer fraction=\"100\" format=\"moodle_auto_format\"><text>%s</text>%s</answer>\n",
                               escaped, quiz_answer_is_number(question) ? "<tolerance>0</tolerance>" : "");
    }
}

static void add_choice(GString *out, const json_t *question)
{
    g_string_append(out, "<single>true</single>\n<shuffleanswers>false</shuffleanswers>\n"
                         "<answernumbering>abc</answernumbering>\n");
    add_options(out, question);
}

static void add_question(GString *out, const json_t *question, size_t number)
{
    GString *body = g_string_new(NULL);
    g_autofree char *name = g_strdup_printf("Question %zu", number);
    bool is_choice = quiz_answer_is_choice(question);
    quiz_add_body(body, question);
    g_string_append_printf(out, "<question type=\"%s\">\n",
                           is_choice                         ? "multichoice"
                           : quiz_answer_is_number(question) ? "numerical"
                                                             : "shortanswer");
    add_text(out, "name", "", name);
    add_text(out, "questiontext", " format=\"html\"", body->str);
    add_text(out, "generalfeedback", " format=\"plain_text\"", text_at(question, "reason"));
    g_string_append(out, "<defaultgrade>1</defaultgrade>\n");
    if (!is_choice && !quiz_answer_is_number(question))
        g_string_append(out, "<usecase>0</usecase>\n");
    if (is_choice)
        add_choice(out, question);
    else
        add_spellings(out, question);
    g_string_append(out, "</question>\n");
    g_string_free(body, TRUE);
}

char *quiz_moodle(const json_t *quiz)
{
    GString *out = g_string_new("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<quiz>\n");
    size_t i;
    json_t *question;
    add_category(out, quiz);
    json_array_foreach(json_object_get(quiz, "questions"), i, question) add_question(out, question, i + 1);
    g_string_append(out, "</quiz>\n");
    return g_string_free(out, FALSE);
}
