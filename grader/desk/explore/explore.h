// SPDX-License-Identifier: MIT
/*
 * explore.h - what the files of explore/ share: from a timeline (judge/lib/timeline.h) to a page.
 *
 *   explore.c    heaplab explore: runs one test, or one trace, and makes the page
 *   timeline.c   reads a timeline file
 *   page.c       puts data, page.html, page.css and page.js together
 *
 * The page's data (JSON, one object):
 *
 *   lab, title, name, what        the lab; the test's or trace's name; what it demands, or null
 *   status, message, expected, found, where, hint       the verdict; null where there is nothing to say
 *   kinds                         a string, one letter an operation, as in the timeline
 *   ids, sizes, offsets, heaps    arrays of numbers, one an operation
 *   texts                         array of strings: the call as a line of C; may be empty
 *   cells                         array: what changed in the drawing, [operation, offset, bytes, kind, note] for a cell
 *                                 that came, [operation, offset] for one that went
 *   failing                       the operation that failed, from 0, or null
 */
#ifndef HEAPLAB_EXPLORE_H
#define HEAPLAB_EXPLORE_H

#include "desk/desk.h"

/* Adds what the timeline at PATH holds to PAGE. False if it can't be read or is none. */
bool timeline_read(const char *path, json_t *page);

/* The whole page, with DATA in it so that no text of a student's can end the script. */
char *page_make(const json_t *data);

#endif
