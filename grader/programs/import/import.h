// SPDX-License-Identifier: MIT
/*
 * import.h - heaplab import: from the folder that a course handed out for its malloc lab to a lab of this kit, which
 * consists of data alone: lab 08's judge tries what is handed in (judged_as in rubric.ini).
 *
 *     constants.c   what the handout's C files say in #define lines: alignment, heap size, weights
 *     driver.c      the list of traces that its driver runs by itself
 *     handout.c     all that there is to know about such a folder
 *     write.c       the lab's files
 *     import.c      the whole, in order
 */
#ifndef HEAPLAB_IMPORT_H
#define HEAPLAB_IMPORT_H

#include "programs/programs.h"

/* --- constants.c --- */

/* The value of the constant NAME that TEXT (C without comments) defines, its first definition counting. Arithmetic and
 * other constants are worked out. False if it has none, or none that is a number. */
bool constant_value(const char *text, const char *name, double *value);

/* --- driver.c --- */

/* The names of the traces in TEXT's list of default traces, without folders; NULL if it has no such list. Free with
 * g_strfreev. */
GStrv driver_traces(const char *text);

/* --- handout.c --- */

struct trace {
    char *name; /* "binary.rep" */
    char *path;
    int weight; /* enum trace_weight */
    guint operations;
};

struct handout {
    char *folder;
    char *stub, *header; /* mm.c and mm.h */
    GPtrArray *headers;  /* the paths of other headers that these include */
    GPtrArray *traces;   /* struct trace, in the driver's order */
    GPtrArray *notes;    /* sentences about what was left out or taken for granted */
    int alignment;
    int bits;
    size_t heap;
    int utilization_weight; /* percent */
    char *speed;            /* what the driver takes for full speed, as it stands there; NULL if it says nothing */
};

/* What the course's FOLDER holds. Dies where no lab can be made of it. */
struct handout *handout_read(const char *folder);

void handout_free(struct handout *handout);

/* --- write.c --- */

/* Writes all files of LAB into folders below TOP that are called like the kit's: labs/LAB and so on. */
void write_lab(const struct handout *handout, const char *lab, const char *top);

#endif
