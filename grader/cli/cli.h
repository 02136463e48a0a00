// SPDX-License-Identifier: MIT
/*
 * cli.h - the command line: what the commands, one file each in commands/, share.
 *
 * A command is found by its file: commands/NAME.c defines `int command_NAME(int, char **)` and ends with a line
 * COMMAND(NAME, ...), which the linker collects. A command gets its own name as argv[0] and returns the program's exit
 * status.
 */
#ifndef HEAPLAB_CLI_H
#define HEAPLAB_CLI_H

#include "class/class.h"
#include "desk/desk.h"
#include "programs/programs.h"
#include "report/report.h"
#include "staff/staff.h"

/* The heading under which a command is listed. */
enum command_group { FOR_STUDENTS, FOR_STAFF, ON_TRACES, ON_THE_KIT, COMMAND_GROUPS };

struct command {
    const char *name;
    int (*run)(int argc, char **argv);
    enum command_group group;
    const char *purpose; /* a few words for the list of commands */
};

/* The linker puts these pointers next to each other, from __start_heaplab_commands on. */
#define COMMAND(word, group, purpose)                                                                                  \
    static const struct command the_command = {#word, command_##word, group, purpose};                                 \
    static const struct command *const listed __attribute__((used, section("heaplab_commands"))) = &the_command

extern const struct command *const __start_heaplab_commands[];
extern const struct command *const __stop_heaplab_commands[];

/* --- options.c --- */

/* The end of every command's help. */
extern const char exit_status_help[];

/* Parses OPTIONS. Other arguments stay in *ARGV, after the name. Dies on a mistake. */
void options_parse(const char *usage, GOptionEntry *options, int *argc, char ***argv);

/* The labs that the words of WANTED name; all labs if it is NULL. Dies on an unknown one. */
GPtrArray *options_labs(GStrv wanted);

/* The one lab that WANTED names. Dies with a sentence about COMMAND unless it is exactly one. */
char *options_one_lab(GStrv wanted, const char *command);

/* Says in one line, on stderr, if code will run in the lesser sandbox, why, and what changes that. */
void options_tell_sandbox(void);

/* The submission that --from names: labs/ if it is NULL, the references if it is "solutions". */
char *options_from(const char *from);

/* --- entries.c: what staff enter about one submission of a batch (adjust, comment) --- */

struct entries {
    const char *kind;            /* of an entry: "points" or "comment" (class/marks/marks.h) */
    const char *what;            /* the third argument, after "say which submission, and" */
    const char *usage, *summary; /* an example of the whole command; what --help says */
    const GOptionEntry *options; /* the command's own, besides --by, --list and --undo */
    bool signed_by_account;      /* without --by, the name of the user's account stands for it */
    /* The entry that TEXT, the third argument, makes for the submission ID of DIR. Dies if it makes none. Taken over.
     */
    json_t *(*entry)(const char *dir, const char *id, const char *text);
};

/* The whole command. Returns the program's exit status. */
int entries_command(const struct entries *entries, int argc, char **argv);

/* The id of the submission that WHO names in the batch's folder DIR: an id, an alias, or a student's login, number,
 * address or name. Dies if there is none, or more than one. Owned by the caller. */
char *entries_submission(const char *dir, const char *who);

/* --- selection.c: some of a lab's tests --- */

/* The names of TESTS of LAB (NULL: none) and of those about FUNCTION (NULL: none). Dies if there are none. */
GStrv selection(const char *lab, GStrv tests, const char *function);

/* Leaves in RESULT only the tests called NAMES, and those that they wait for. */
void selection_keep(json_t *result, GStrv names);

#endif
