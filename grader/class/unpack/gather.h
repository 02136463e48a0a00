// SPDX-License-Identifier: MIT
/*
 * gather.h - prepares what a student handed in, however it is packed, for a grade.
 */
#ifndef HEAPLAB_GATHER_H
#define HEAPLAB_GATHER_H

#include "grade/grade.h"

/* One file or folder of a submission. */
struct part {
    char *path;      /* where it is */
    char *as;        /* the file's own name, without the prefix that a learning management system added */
    guint64 version; /* only the parts with the highest one count */
    char *when;      /* of the attempt that it belongs to, "2026-11-10 21:05:33"; "" if its name does not tell */
    bool about;      /* the system wrote it about the submission */
};

/* Intake of PARTS (struct part, at least one); unpacks archives first. PROBLEM (may be NULL) is an earlier problem with
 * them: a sentence for the student. Leaves out links, devices, paths that lead out of an archive, and archives that are
 * too large, and lists them in the notes. */
struct submission *gather(const struct rubric *rubric, const GPtrArray *parts, const char *problem);

/* The same of FROM: a file, a folder or an archive. */
struct submission *gather_from(const struct rubric *rubric, const char *from);

#endif
