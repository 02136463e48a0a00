// SPDX-License-Identifier: MIT
/*
 * submit.h - what a student hands in, and starting over.
 *
 *   archive.c   files into a .tar.gz, through libarchive
 *   submit.c    heaplab submit: the files that the rubric names, graded and packed with the score card
 *   reset.c     heaplab reset: the stubs put back, and the student's files kept
 */
#ifndef HEAPLAB_SUBMIT_H
#define HEAPLAB_SUBMIT_H

#include "desk/desk.h"

struct packed {
    char *name;  /* in the archive */
    char *bytes; /* owned */
    gsize size;
};

void packed_free(struct packed *file);

/* Writes FILES (struct packed) as a .tar.gz to PATH, through a temporary name. The same files give the same bytes. Dies
 * if that fails. */
void archive_write(const char *path, const GPtrArray *files);

#endif
