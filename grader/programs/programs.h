// SPDX-License-Identifier: MIT
/*
 * programs.h - real programs: recording their allocations as traces, replaying traces, running them on a student's
 * allocator; other courses' labs made of traces.
 */
#ifndef HEAPLAB_PROGRAMS_H
#define HEAPLAB_PROGRAMS_H

#include "grade/grade.h"

/* --- record/: heaplab record --- */

/* Runs COMMAND (argv) and writes the trace of its allocations, at most MOST operations (0: all), to OUTPUT. Returns the
 * command's exit status. */
int record(char **command, const char *output, guint most);

/* --- run/: heaplab run --- */

/* Runs COMMAND (argv) on the allocator of LAB that lies in FROM, and reports to stderr. Returns the exit status. */
int run_program(const char *lab, const char *from, char **command);

/* --- replay/: heaplab replay --- */

/* Replays PLAN's traces, or those of the lab's tests, on the allocator that lies in PLAN's folder, built with 32-bit
 * words if BITS32. In a lab with a contest, the allocator may be any that was written in C. Returns what grade_traces
 * does. */
json_t *replay(const struct rubric *rubric, const struct grade_plan *plan, bool bits32);

/* --- import/: heaplab import --- */

/* Makes the lab LAB ("11-malloclab") of the folder that another course handed out for its malloc lab, and prints what
 * came of it. Dies, and changes nothing, if there is such a lab or if the folder cannot be used. */
void import_lab(const char *folder, const char *lab);

#endif
