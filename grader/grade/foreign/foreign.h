// SPDX-License-Identifier: MIT
/*
 * foreign.h - how an allocator that was written for another course becomes one that the judge of lab 08 can call: for
 * heaplab replay, and for labs whose rubric says judged_as.
 *
 *     prototypes.c  which functions it defines, with their types, as gcc lists them
 *     adapt.c       which of them allocates, frees and so on; what stands between them and the judge
 *     texts.c       C source without comments; headers that stand in for those of other courses
 *     foreign.c     the whole, for a submission whose files are in place
 *
 *     headers/      stand in for headers of other courses;  adapter/  is compiled with the allocator
 */
#ifndef HEAPLAB_FOREIGN_H
#define HEAPLAB_FOREIGN_H

#include "grade/grade.h"

/* What the allocator is told about its surroundings; 0: the usual. */
struct surroundings {
    int alignment;
    size_t heap; /* bytes */
};

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

/* What there is to know about the allocator's interface before its prototypes are known: writes heaplab_mm.h, and sets
 * SUBMISSION's flags. */
void adapt_headers(struct submission *submission, const struct surroundings *around, const char *text);

/* Chooses the functions that the judge calls among FUNCTIONS, and adds to SUBMISSION what stands between; if there is
 * none that allocates, nothing. TEXT is the allocator's without comments. */
void adapt(struct submission *submission, const struct surroundings *around, const GPtrArray *functions,
           const char *text);

/* Adds SOURCE, below src/, to those that SUBMISSION is compiled from. */
void add_source(struct submission *submission, const char *source);

/* Adds a file to SUBMISSION that defines the functions NAMES, which end the program when they are called. */
void adapt_unknown(struct submission *submission, GStrv names);

/* --- texts.c --- */

/* Does NAME belong to a course's driver or to this kit's labs? Such files are never part of an allocator. */
bool foreign_is_drivers(const char *name);

/* The C source at PATH with spaces in place of comments. Free with g_free. */
char *read_without_comments(const char *path);

/* Calls USE(NAME, IS_SYSTEM, DATA) for each file that TEXT includes; IS_SYSTEM: it says <NAME>. */
void for_each_include(const char *text, void (*use)(const char *name, bool is_system, void *data), void *data);

/* Copies the kit's stand-in for the header NAME, and those that it includes, to SUBMISSION's src/, if there is one and
 * nothing else of that name. */
void stand_in(const struct submission *submission, const char *name);

/* --- foreign.c --- */

/* After a build of SUBMISSION that has failed: if all that speaks against it are functions of the C library that it
 * cannot use, other than those of the heap, adds some that end the program when they are called. True if so: then it
 * can be built once more. */
bool foreign_replaces_unknown(struct submission *submission);

/* Puts between SUBMISSION, whose files are in place, and the judge what has to stand there. */
void foreign_prepare(struct submission *submission);

#endif
