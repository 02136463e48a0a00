// SPDX-License-Identifier: MIT
/*
 * programs.h - real programs on an allocator: recorded as traces, or run on the student's own.
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

/* Replays PLAN's traces, or those of the lab's tests, on the allocator that lies in PLAN's folder, built for words of
 * 32 bits if BITS32. Returns what grade_traces does. */
json_t *replay(const struct rubric *rubric, const struct grade_plan *plan, bool bits32);

#endif
