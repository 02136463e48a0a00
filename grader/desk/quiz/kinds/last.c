// SPDX-License-Identifier: MIT
/*
 * last.c - by which of its returns a function is left. Asked about functions that are left by several.
 */
#include "desk/quiz/quiz.h"

#include <string.h>

static bool is_return(const char *text)
{
    return line_matches("^return\\b", text);
}

/* Were steps seen in two lines or more of FUNCTION that return? */
static bool has_several(const struct material *material, const char *function)
{
    const struct site *first = NULL;
    for (guint i = 0; i < material->sites->len; i++) {
        const struct site *site = material->sites->pdata[i];
        if (!site->file || strcmp(site->function, function) != 0 || !is_return(site->text))
            continue;
        if (first && !sites_same_line(first, site))
            return true;
        first = site;
    }
    return false;
}

/* The line of the return by which SITE's function is left last in OPERATION; 0 if that is not certain. */
static guint line_left_by(const struct material *material, const struct quiz_run *run, guint operation,
                          const struct site *inside, GStrv lines)
{
    const struct site *last = NULL;
    for (guint i = 0; i < run->steps->len; i++) {
        struct step step = g_array_index(run->steps, struct step, i);
        const struct site *site = material->sites->pdata[step.site];
        if (step.operation == operation && site->file == inside->file &&
            strcmp(site->function, inside->function) == 0 && !site->ends)
            last = site;
    }
    if (!last || !last->begins)
        return 0;
    guint line = line_at_end(material, last, lines);
    return is_return(lines[line - 1]) ? line : 0;
}

static struct quiz_question *ask_last(const struct quiz_kind *kind, const struct material *material, struct draw *draw)
{
    struct moment moment;
    if (!pick_step(material, draw, &moment) || !has_several(material, moment.site->function))
        return NULL;
    const struct site *site = moment.site;
    g_auto(GStrv) lines = lines_of_site(material, site);
    guint line = line_left_by(material, moment.run, moment.step.operation, site, lines);
    if (line == 0)
        return NULL;
    struct quiz_question *question = question_new(kind, moment.run, moment.step.operation);
    g_autofree char *call = question_call_text(moment.run, moment.step.operation);
    question->function = g_strdup(site->function);
    question->text = g_strdup_printf("During %s the function %s runs. Which line holds the return by which it is left? "
                                     "(If it runs several times in this call, the last time counts.)",
                                     call, site->function);
    question_answer(question, "line", g_strdup_printf("%s:%u", site->file, line));
    question->reason = g_strdup_printf("It was left in line %u:   %s", line, lines[line - 1]);
    json_object_update_new(question->proof, json_pack("{s:s, s:s, s:s, s:i}", "how", "return", "function",
                                                      site->function, "file", site->file, "line", (int)line));
    return question;
}

QUIZ_KIND(last, "by which of its returns a function is left", false, false, false);
