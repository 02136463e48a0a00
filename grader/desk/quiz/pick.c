// SPDX-License-Identifier: MIT
/*
 * pick.c - moments by chance (quiz.h).
 */
#include "desk/quiz/quiz.h"

bool pick_step(const struct material *material, struct draw *draw, const struct quiz_run **run, guint *step)
{
    enum { TRIES = 40 };
    for (guint i = 0; i < TRIES; i++) {
        *run = material->runs->pdata[draw_below(draw, material->runs->len)];
        if ((*run)->steps->len == 0)
            continue;
        *step = draw_below(draw, (*run)->steps->len);
        const struct step *found = &g_array_index((*run)->steps, struct step, *step);
        const struct site *site = material->sites->pdata[found->site];
        if (site->own && site->simple && found->operation >= (*run)->first)
            return true;
    }
    return false;
}
