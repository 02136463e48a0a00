// SPDX-License-Identifier: MIT
/*
 * explore.h - what the files of explore/ share: from a timeline (judge/lib/timeline.h) to a page, or to the history of
 * one word.
 *
 *   explore.c         heaplab explore: makes the page
 *   who.c             heaplab who: prints who wrote a word
 *   recording.c       runs one test, or one trace, and collects the data
 *   read_timeline.c   reads a timeline file
 *   page.c            puts data, page.html, page.css, stores.js, page.js, strip.js and inside.js together
 *
 * The data (JSON, one object):
 *
 *   lab, title, name, what        the lab; the test's or trace's name; what it demands, or null
 *   status, message, expected, found, where, written, hint    the verdict; null where there is none
 *   kinds                         a string, one letter per operation, as in the timeline
 *   ids, sizes, offsets, heaps    arrays of numbers, one per operation
 *   texts                         array of strings: the call as a line of C; may be empty
 *   cells                         array: what changed in the drawing, [operation, offset, bytes, kind, note, header,
 *                                 footer] for a cell that appeared, [operation, offset] for one that disappeared
 *   failing                       the operation that failed, from 0, or null
 *   stores                        array: what was written, in order, [operation, place, offset, bytes, data]. place:
 *                                 which of `places` is the code that did it, -1 if no store of graded code did.
 *                                 data: as in the timeline. An operation past the end: after the last call
 *   steps                         array: where graded code came by, [operation, place]; only of code that was compiled
 *                                 for it (quiz/)
 *   locks                         array: [operation, place, lock, taken, steps] for a lock that was taken (1) or given
 *                                 back (0) when so many steps had come; only of threads whose calls are made in turn
 *                                 (quiz/)
 *   places                        array: [function, file, line]; the file is null if it is not the student's
 *   names                         array: [offset, name], the story's names
 *   sources                       object: the text of each of the student's files
 *   lost                          how many stores were left out
 *   refused                       how many requests for memory were refused
 *   watched                       whether there could be any
 *   heap_start                    the address of offset 0
 *   trace                         whether a trace is replayed; then the program's own writes are not in `stores`
 */
#ifndef HEAPLAB_EXPLORE_H
#define HEAPLAB_EXPLORE_H

#include "desk/desk.h"

/* Runs TEST of LAB as PLAN says, or replays the trace in the file TRACE; the other one is NULL. Returns the data. Dies
 * if nothing can be run or shown. */
json_t *recording(const char *lab, const struct grade_plan *plan, const char *test, const char *trace);

/* {NAME: TEXT}: the student's files as they were compiled, made safe to print. */
json_t *sources_of(const struct submission *submission);

/* Is FUNCTION among those that the students of RUBRIC's lab write? */
bool code_has(const struct rubric *rubric, const char *function);

/* Adds the contents of the timeline at PATH to PAGE. False if the file cannot be read or is not a timeline. "codes", an
 * array of addresses as text, is what `places` is made from. */
bool timeline_read(const char *path, json_t *page);

/* The complete page, with DATA in it. No text from a student can end the script. */
char *page_make(const json_t *data);

#endif
