// SPDX-License-Identifier: MIT
/*
 * pick.c - moments by chance (quiz.h).
 */
#include "desk/quiz/quiz.h"

bool pick_step(const struct material *material, struct draw *draw, struct moment *moment)
{
    enum { TRIES = 40 };
    for (guint i = 0; i < TRIES; i++) {
        const struct quiz_run *run = material->runs->pdata[draw_below(draw, material->runs->len)];
        guint at = draw_below(draw, run->steps->len);
        struct step step = g_array_index(run->steps, struct step, at);
        *moment = (struct moment){run, at, step, material->sites->pdata[step.site]};
        if (moment->site->own && moment->site->simple && step.operation >= run->first)
            return true;
    }
    return false;
}
