// SPDX-License-Identifier: MIT
/*
 * explore.h - what the files of explore/ share: from a timeline (judge/lib/timeline.h) to a page.
 *
 *   explore.c         heaplab explore: runs one test, or one trace, and makes the page
 *   read_timeline.c   reads a timeline file
 *   page.c            puts data, page.html, page.css and page.js together
 *
 * The page's data (JSON, one object):
 *
 *   lab, title, name, what        the lab; the test's or trace's name; what it demands, or null
 *   status, message, expected, found, where, hint       the verdict; null where there is none
 *   kinds                         a string, one letter per operation, as in the timeline
 *   ids, sizes, offsets, heaps    arrays of numbers, one per operation
 *   texts                         array of strings: the call as a line of C; may be empty
 *   cells                         array: what changed in the drawing, [operation, offset, bytes, kind, note] for a
 *                                 cell that appeared, [operation, offset] for one that disappeared
 *   failing                       the operation that failed, from 0, or null
 */
#ifndef HEAPLAB_EXPLORE_H
#define HEAPLAB_EXPLORE_H

#include "desk/desk.h"

/* Adds the contents of the timeline at PATH to PAGE. False if the file cannot be read or is not a timeline. */
bool timeline_read(const char *path, json_t *page);

/* The complete page, with DATA in it. No text from a student can end the script. */
char *page_make(const json_t *data);

#endif
