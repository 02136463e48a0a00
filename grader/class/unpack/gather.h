// SPDX-License-Identifier: MIT
/*
 * gather.h - what a student handed in, in whatever wrapping, made ready for a grade.
 */
#ifndef HEAPLAB_GATHER_H
#define HEAPLAB_GATHER_H

#include "grade/grade.h"

/* One file or folder of a submission. */
struct part {
    char *path; /* where it is */
    char *as;   /* the file's own name, without what a learning management system put before it */
};

/* Intake of what lies in PARTS (struct part, at least one), unpacked where it is packed. PROBLEM (may be NULL) is what
 * went wrong with it before: a sentence for the student. Links, devices, and all that leads out of an archive are left
 * out and told of in the notes; so are archives that are too large. */
struct submission *gather(const struct rubric *rubric, const GPtrArray *parts, const char *problem);

#endif
