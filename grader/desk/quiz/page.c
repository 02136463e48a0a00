// SPDX-License-Identifier: MIT
/*
 * page.c - a quiz as a page to print: for a talk with its student, or with the answers, for staff (desk.h).
 */
#include "desk/quiz/quiz.h"

static const char style[] =
    "body{font:16px/1.45 sans-serif;max-width:46em;margin:2em auto;padding:0 1em}"
    "pre{background:#f4f4f4;padding:.6em 1em;white-space:pre-wrap;font-size:.9em}"
    "section{break-inside:avoid;border-top:1px solid #999;padding-top:.6em;margin-top:1.4em}"
    "ol.options{list-style:lower-alpha}ol.options li{font-family:monospace;font-size:.9em;margin:.3em 0}"
    "@media print {body{max-width:none;margin:0}}" /* class/paper.c wants it */
    ".blank{margin:1.2em 0}.blank span{display:inline-block;width:14em;border-bottom:1px solid #333}"
    ".right{font-weight:bold}.key{background:#e6f2e6;padding:.5em 1em}";

static void add_escaped(GString *out, const char *before, const char *text, const char *after)
{
    g_autofree char *escaped = g_markup_escape_text(text, -1);
    g_string_append_printf(out, "%s%s%s", before, escaped, after);
}

static void add_lines(GString *out, const char *heading, const json_t *lines, bool numbered)
{
    size_t i;
    json_t *line;
    if (json_array_size(lines) == 0)
        return;
    g_string_append_printf(out, "<p>%s</p>\n<pre>", heading);
    json_array_foreach(lines, i, line)
    {
        if (numbered)
            g_string_append_printf(out, "%2zu  ", i + 1);
        add_escaped(out, "", json_string_value(line), "\n");
    }
    g_string_append(out, "</pre>\n");
}

void quiz_add_body(GString *out, const json_t *question)
{
    bool after = json_is_true(json_object_get(question, "picture_after"));
    bool is_alone = json_array_size(json_object_get(question, "calls")) == 0;
    if (!after)
        add_lines(out, is_alone ? "The heap:" : "The heap before the first call:", json_object_get(question, "picture"),
                  false);
    add_lines(out, quiz_calls_heading(question), json_object_get(question, "calls"), true);
    if (after)
        add_lines(out, "The heap after them:", json_object_get(question, "picture"), false);
    add_escaped(out, "<p>", text_at(question, "text"), "</p>\n");
}

static void add_options(GString *out, const json_t *question, bool key)
{
    size_t i;
    json_t *option;
    g_string_append(out, "<ol class=\"options\">\n");
    json_array_foreach(json_object_get(question, "options"), i, option)
    {
        bool right = key && (json_int_t)i == number_at(question, "answer");
        add_escaped(out, right ? "<li class=\"right\">" : "<li>", json_string_value(option), "</li>\n");
    }
    g_string_append(out, "</ol>\n");
}

/* A line to write on. */
static void add_blank(GString *out, const json_t *question)
{
    g_autofree char *wanted = quiz_answer_wanted(question);
    g_string_append_printf(out, "<p class=\"blank\">Your answer (%s): <span>&nbsp;</span></p>\n", wanted);
}

static void add_question(GString *out, const json_t *question, size_t number, bool key)
{
    g_string_append_printf(out, "<section>\n<h2>Question %zu</h2>\n", number);
    quiz_add_body(out, question);
    if (quiz_answer_is_choice(question))
        add_options(out, question, key);
    else if (!key)
        add_blank(out, question);
    if (key) {
        g_autofree char *answer = quiz_answer_text(question);
        add_escaped(out, "<p class=\"key\"><b>", answer, ".</b> ");
        add_escaped(out, "", text_at(question, "reason"), "</p>\n");
    }
    g_string_append(out, "</section>\n");
}

char *quiz_page(const json_t *quiz, bool key)
{
    GString *out = g_string_new("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n");
    g_string_append_printf(out, "<title>Questions%s</title>\n<style>%s</style>\n</head>\n<body>\n",
                           key ? ", with answers" : "", style);
    add_escaped(out, "<h1>", text_at(quiz, "title"), key ? ": questions and answers</h1>\n" : ": questions</h1>\n");
    add_escaped(out, "<p>About the code that ", text_at(quiz, "student"),
                " handed in. The files are all that is needed to answer them.</p>\n");
    size_t i;
    json_t *question;
    json_array_foreach(json_object_get(quiz, "questions"), i, question) add_question(out, question, i + 1, key);
    g_string_append(out, "</body>\n</html>\n");
    return g_string_free(out, FALSE);
}
