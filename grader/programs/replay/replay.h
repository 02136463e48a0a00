// SPDX-License-Identifier: MIT
/*
 * replay.h - heaplab replay: an allocator that was written for another course, or for none, on traces. What makes it
 * one that the judge can call is in grade/foreign/.
 *
 *     beside.c      the source, and what of the files beside it belongs to it
 *     replay.c      all of it in order
 */
#ifndef HEAPLAB_REPLAY_PROGRAM_H
#define HEAPLAB_REPLAY_PROGRAM_H

#include "grade/foreign/foreign.h"
#include "programs/programs.h"

/* --- beside.c --- */

struct beside {
    char *folder;     /* where the submission lies */
    char *main;       /* the allocator's source, below FOLDER */
    char *source;     /* and as it is called below src/ */
    GPtrArray *files; /* the other C files and headers there, by their paths below FOLDER */
    GPtrArray *taken; /* those that were copied, MAIN first */
};

/* Looks at FROM, a file or a folder; FIRST is the name that the source has if there are several. Dies if there is no
 * source, or if it is not clear which one it is. */
struct beside beside_find(const char *from, const char *first);

/* Copies FILE of BESIDE into SUBMISSION, and all that it includes, from there or from headers/. */
void beside_take(struct beside *beside, struct submission *submission, const char *file);

/* Was FILE, below BESIDE's folder, copied? */
bool beside_took(const struct beside *beside, const char *file);

/* The next source of BESIDE that was not taken and has the word NAME in it, after number *FROM. NULL if there is none.
 */
const char *beside_mentions(const struct beside *beside, const char *name, guint *from);

/* The text of all that was taken, without comments. Free with g_free. */
char *beside_text(const struct beside *beside);

void beside_clear(struct beside *beside);

#endif
