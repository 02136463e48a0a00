// SPDX-License-Identifier: MIT
/*
 * source.h - the graded files on a feedback page, for student.c. report.h has lab_add_sources.
 */
#ifndef HEAPLAB_SOURCE_H
#define HEAPLAB_SOURCE_H

#include "report/report.h"

/* LAB is a lab of a page's view, whose tests are completed. Adds "files", the lines of its "sources" with what is known
 * of them, and to each test that ended at one of these lines "where_place": the line's id. */
void source_complete(json_t *lab);

/* Puts a comment of staff's, TEXT, at the line that its ENTRY names. Returns the line's id (borrowed from LAB); NULL if
 * LAB shows no such line. */
const char *source_comment(const json_t *lab, const json_t *entry, const char *text);

#endif
