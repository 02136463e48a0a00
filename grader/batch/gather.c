// SPDX-License-Identifier: MIT
/*
 * gather.c - what a student handed in, in whatever wrapping, made ready for intake (batch.h).
 */
#include "batch/batch.h"

struct submission *gather(const struct rubric *rubric, const struct handed_in *handed_in)
{
    const struct part *part = handed_in->parts->pdata[0];
    return intake(rubric, part->path);
}
