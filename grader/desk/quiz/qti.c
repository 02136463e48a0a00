// SPDX-License-Identifier: MIT
/*
 * qti.c - a quiz as QTI 1.2, as Canvas imports it (desk.h): an assessment. Its items are choices, numbers, or short
 * answers with all spellings that are right.
 */
#include "desk/quiz/quiz.h"

#include <string.h>

static void add_material(GString *out, const char *type, const char *text)
{
    g_autofree char *escaped = g_markup_escape_text(text, -1);
    g_string_append_printf(out, "<material><mattext texttype=\"%s\">%s</mattext></material>\n", type, escaped);
}

static void add_options(GString *out, const json_t *question)
{
    size_t i;
    json_t *option;
    g_string_append(out, "<response_lid ident=\"response\" rcardinality=\"Single\">\n<render_choice>\n");
    json_array_foreach(json_object_get(question, "options"), i, option)
    {
        g_string_append_printf(out, "<response_label ident=\"%c\">\n", (char)('a' + (int)i));
        add_material(out, "text/plain", json_string_value(option));
        g_string_append(out, "</response_label>\n");
    }
    g_string_append(out, "</render_choice>\n</response_lid>\n");
}

/* A field to write in. */
static void add_field(GString *out, const json_t *question)
{
    g_string_append_printf(out,
                           "<response_str ident=\"response\" rcardinality=\"Single\">\n<render_fib fibtype=\"%s\">\n"
                           "<response_label ident=\"answer\"/>\n</render_fib>\n</response_str>\n",
                           quiz_answer_is_number(question) ? "Decimal" : "String");
}

static void add_presentation(GString *out, const json_t *question)
{
    GString *body = g_string_new(NULL);
    quiz_add_body(body, question);
    g_string_append(out, "<presentation>\n");
    add_material(out, "text/html", body->str);
    if (quiz_answer_is_choice(question))
        add_options(out, question);
    else
        add_field(out, question);
    g_string_append(out, "</presentation>\n");
    g_string_free(body, TRUE);
}

/* When an answer is right: if it equals one of the spellings. Canvas takes several in one condition as alternatives,
 * and wants a number also as a range. */
static void add_condition(GString *out, const json_t *question)
{
    g_auto(GStrv) spellings = quiz_answer_spellings(question);
    g_string_append(out, quiz_answer_is_number(question) ? "<conditionvar>\n<or>\n" : "<conditionvar>\n");
    for (guint i = 0; spellings[i]; i++) {
        g_autofree char *escaped = g_markup_escape_text(spellings[i], -1);
        g_string_append_printf(out, "<varequal respident=\"response\">%s</varequal>\n", escaped);
    }
    if (quiz_answer_is_number(question))
        g_string_append_printf(out,
                               "<and>\n<vargte respident=\"response\">%s</vargte>\n"
                               "<varlte respident=\"response\">%s</varlte>\n</and>\n</or>\n",
                               spellings[0], spellings[0]);
    g_string_append(out, "</conditionvar>\n");
}

static void add_scoring(GString *out, const json_t *question)
{
    g_string_append(out, "<resprocessing>\n<outcomes><decvar varname=\"SCORE\" vartype=\"Decimal\" minvalue=\"0\" "
                         "maxvalue=\"100\"/></outcomes>\n<respcondition continue=\"No\">\n");
    add_condition(out, question);
    g_string_append(out, "<setvar action=\"Set\" varname=\"SCORE\">100</setvar>\n"
                         "<displayfeedback feedbacktype=\"Response\" linkrefid=\"reason\"/>\n"
                         "</respcondition>\n</resprocessing>\n<itemfeedback ident=\"reason\">\n<flow_mat>\n");
    add_material(out, "text/plain", text_at(question, "reason"));
    g_string_append(out, "</flow_mat>\n</itemfeedback>\n");
}

static void add_item(GString *out, const json_t *question, size_t number)
{
    const char *type = quiz_answer_is_choice(question)   ? "multiple_choice_question"
                       : quiz_answer_is_number(question) ? "numerical_question"
                                                         : "short_answer_question";
    g_string_append_printf(out,
                           "<item ident=\"question-%zu\" title=\"Question %zu\">\n<itemmetadata><qtimetadata>\n"
                           "<qtimetadatafield><fieldlabel>question_type</fieldlabel>"
                           "<fieldentry>%s</fieldentry></qtimetadatafield>\n"
                           "<qtimetadatafield><fieldlabel>points_possible</fieldlabel><fieldentry>1</fieldentry>"
                           "</qtimetadatafield>\n</qtimetadata></itemmetadata>\n",
                           number, number, type);
    add_presentation(out, question);
    add_scoring(out, question);
    g_string_append(out, "</item>\n");
}

char *quiz_qti(const json_t *quiz)
{
    GString *out = g_string_new("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
                                "<questestinterop xmlns=\"http://www.imsglobal.org/xsd/ims_qtiasiv1p2\">\n");
    g_autofree char *title = g_strdup_printf("%s: %s", text_at(quiz, "title"), text_at(quiz, "student"));
    g_autofree char *escaped = g_markup_escape_text(title, -1);
    g_autofree char *sum = g_compute_checksum_for_string(G_CHECKSUM_SHA256, title, -1);
    size_t i;
    json_t *question;
    g_string_append_printf(out, "<assessment ident=\"heaplab-%.16s\" title=\"%s\">\n<section ident=\"root_section\">\n",
                           sum, escaped);
    json_array_foreach(json_object_get(quiz, "questions"), i, question) add_item(out, question, i + 1);
    g_string_append(out, "</section>\n</assessment>\n</questestinterop>\n");
    return g_string_free(out, FALSE);
}
