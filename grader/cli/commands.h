// SPDX-License-Identifier: MIT
/*
 * commands.h - the commands of the command line, one file each in commands/, and what they share.
 *
 * A command gets its own name as argv[0] and returns the program's exit status. A new one is a file in commands/, a
 * prototype here and a line in main.c's table.
 */
#ifndef HEAPLAB_COMMANDS_H
#define HEAPLAB_COMMANDS_H

#include "heaplab.h"

int command_grade(int argc, char **argv);
int command_watch(int argc, char **argv);
int command_explore(int argc, char **argv);
int command_submit(int argc, char **argv);
int command_reset(int argc, char **argv);
int command_progress(int argc, char **argv);
int command_leaderboard(int argc, char **argv);
int command_replay(int argc, char **argv);
int command_record(int argc, char **argv);
int command_course(int argc, char **argv);
int command_rubric(int argc, char **argv);
int command_batch(int argc, char **argv);
int command_regrade(int argc, char **argv);
int command_audit(int argc, char **argv);
int command_tests(int argc, char **argv);
int command_hint(int argc, char **argv);
int command_run(int argc, char **argv);
int command_check(int argc, char **argv);
int command_export(int argc, char **argv);
int command_pages(int argc, char **argv);

/* --- options.c ---------------------------------------------------------------------------------------------------- */

/* What every command's help ends with. */
extern const char exit_status_help[];

/* Parses OPTIONS; what is no option stays in *ARGV, behind the name. Dies on a mistake. */
void options_parse(const char *usage, GOptionEntry *options, int *argc, char ***argv);

/* The labs that the words of WANTED name; all labs if it is NULL. Dies on an unknown one. */
GPtrArray *options_labs(GStrv wanted);

/* The submission that --from names: labs/ if it is NULL, the references if it is "solutions". */
char *options_from(const char *from);

/* --- names.c ------------------------------------------------------------------------------------------------------ */

/* May students see ITEM? */
bool item_is_shown(const struct item *item);

/* The item of RUBRIC called NAME, if students may see it. Dies with names like it if there is none. */
struct item *options_item(const struct rubric *rubric, const char *name);

/* The same, but dies, too, if the item is an answer in words. */
struct item *options_test(const struct rubric *rubric, const char *name);

#endif
