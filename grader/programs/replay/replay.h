// SPDX-License-Identifier: MIT
/*
 * replay.h - how an allocator that was written for another course becomes one that the judge of lab 08 can call:
 *
 *     beside.c      the source, and what of the files beside it belongs to it
 *     prototypes.c  which functions it defines, with their types, as gcc lists them
 *     adapt.c       which of them allocates, frees and so on; what stands between them and the judge
 *     replay.c      all of it in order, for heaplab replay
 *
 *     headers/      stand in for headers of other courses;  adapter/  is compiled with the allocator
 */
#ifndef HEAPLAB_REPLAY_PROGRAM_H
#define HEAPLAB_REPLAY_PROGRAM_H

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

/* C source TEXT with spaces in place of comments. Free with g_free. */
char *without_comments(const char *text);

/* --- prototypes.c --- */

struct prototype {
    char *name;
    char *result;     /* the type as C has it: "void *" */
    GStrv parameters; /* their types; empty for none */
    bool defined;     /* not just declared */
    bool is_static;
    char *file; /* where it stands: below src/, or a header of the system's */
};

/* Adds to FOUND the functions that SOURCE (below src/) of SUBMISSION defines or declares. */
void prototypes_add(const struct submission *submission, const char *source, GPtrArray *found);

/* A list of struct prototype, empty. */
GPtrArray *prototypes_new(void);

/* --- adapt.c --- */

/* What there is to know about the allocator's interface before its prototypes are known: writes heaplab_mm.h. */
void adapt_headers(struct submission *submission, const struct grade_plan *plan, const char *text);

/* Chooses the functions that the judge calls among FUNCTIONS, and adds to SUBMISSION and PLAN what stands between; if
 * there is none that allocates, nothing. TEXT is the allocator's without comments. */
void adapt(struct submission *submission, struct grade_plan *plan, const GPtrArray *functions, const char *text);

/* Adds SOURCE, below src/, to those that SUBMISSION is compiled from. */
void add_source(struct submission *submission, const char *source);

/* Adds a file to SUBMISSION that defines the functions NAMES, which end the program when they are called. */
void adapt_unknown(struct submission *submission, GStrv names);

#endif
