// SPDX-License-Identifier: MIT
/*
 * branch.c - which of several lines runs in a call: which of the cases it is.
 */
#include "desk/quiz/quiz.h"

/* Lines of the same file that ran in some run, but not in this call; those of the same function first. False if there
 * are none of these: in which function a call ends up is easily told, and in which file even more so. */
static bool add_wrong(struct quiz_question *question, const struct material *material, const struct site *right,
                      struct draw *draw)
{
    g_autoptr(GPtrArray) near = g_ptr_array_new();
    g_autoptr(GPtrArray) far = g_ptr_array_new();
    for (guint i = 0; i < material->sites->len; i++) {
        const struct site *site = material->sites->pdata[i];
        if (!site->own || !site->simple || site->file != right->file ||
            run_times(material, question->run, i, question->operation) > 0)
            continue;
        g_ptr_array_add(g_str_equal(site->function, right->function) ? near : far, (gpointer)(uintptr_t)site);
    }
    question_lines(question, near, far, draw);
    return near->len > 0;
}

static struct quiz_question *ask_branch(const struct quiz_kind *kind, const struct material *material,
                                        struct draw *draw)
{
    struct moment moment;
    if (!pick_step(material, draw, &moment))
        return NULL;
    const struct quiz_run *run = moment.run;
    const struct site *site = moment.site;
    struct quiz_question *question = question_new(kind, run, moment.step.operation);
    g_autofree char *call = question_call_text(run, moment.step.operation);
    question->function = g_strdup(site->function);
    question->text = g_strdup_printf("Which one of these lines runs during %s?", call);
    question_option(question, site_option(site));
    if (!add_wrong(question, material, site, draw)) {
        question_free(question);
        return NULL;
    }
    question->reason =
        g_strdup_printf("%s:%u, in %s, ran in this call; the others did not.", site->file, site->line, site->function);
    json_object_update_new(question->proof, json_pack("{s:s}", "how", "only"));
    return question;
}

QUIZ_KIND(branch, "which of several lines runs during a call", false, false, true);
