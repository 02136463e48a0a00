// SPDX-License-Identifier: MIT
/*
 * run.h - heaplab run: a real program on a student's allocator.
 *
 *   run.c        what is run, and how it ended
 *   assemble.sh  from the student's sources to a library that can be preloaded
 *   shim/        the kit's part of that library
 *   page.h       what the library tells
 *   tell.c       the same in words
 */
#ifndef HEAPLAB_RUN_H
#define HEAPLAB_RUN_H

#include "programs/programs.h"
#include "programs/run/page.h"

/* A program that has ended. */
struct run_end {
    char **command;
    int status;               /* as waitpid gives it */
    guint64 static_bytes;     /* of the student's own variables */
    const char *library;      /* the path of the preloaded library */
    const char *const *files; /* the names of the sources in it, without folders */
    struct run_page page;
};

/* The report, for the terminal. */
char *run_report(const struct run_end *end);

/* Did the allocator come through? False if a trouble was told, or if the program crashed on it. */
bool run_went_well(const struct run_end *end);

#endif
