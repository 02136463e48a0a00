// SPDX-License-Identifier: MIT
/*
 * sandbox.h - running what students sent, shut away from everything else.
 *
 * Two sandboxes, both made by bubblewrap with new namespaces of every kind (no network, no other processes), no
 * capabilities, no new privileges and a clean environment:
 *
 *   subject  runs student code. Its root holds one file, read-only: the keeper, one of the kit's programs, which starts
 *            subjects one after the other (keeper.h). A seccomp filter, in force before the first instruction of a
 *            subject, lets through only what a static program needs to start (filter.c); the subject narrows it
 *            once more before the first call. See subject.c.
 *   tool     runs compilers and the like over student files. Its root holds the system's programs, read-only, the
 *            folders it is given, and one work folder it may write. See tool.c.
 *
 * Where namespaces are unavailable, `namespaces = false` keeps the seccomp filter and the limits, and Landlock
 * confines tools, where the kernel has it (shut.c).
 */
#ifndef HEAPLAB_SANDBOX_H
#define HEAPLAB_SANDBOX_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

/* sandbox.c */

/* Can bubblewrap make its namespaces here? Tries it once; the answer is kept. */
bool sandbox_has_namespaces(void);

/* Why it can't, in words; *COMMAND is what allows it. Both static. */
const char *sandbox_lesser_because(const char **command);

/* limits.c */

struct limits {
    unsigned cpu_seconds;
    size_t memory_bytes; /* address space */
    size_t file_bytes;   /* the largest file it may write */
    size_t stack_bytes;
};

/* Raises this process's own limits, which its children inherit, to what a grade needs. Returns NULL; or, if the one
 * who set them does not allow it, the shell's command for the first that is too low ("ulimit -f"). */
const char *limits_raise(void);

/* In a child before exec: lowers the process's limits, for good. False (errno set) if the system refuses. */
bool limits_apply(const struct limits *limits);

/* processor.c */

/* Keeps this process and all that it starts on one of the processors it may use: NUMBER modulo how many there are. Two
 * that take turns hand over by a mere switch there. False if the system refuses, which does no harm. */
bool stay_on_processor(unsigned number);

/* filter.c */

/* What is let through; the parts add up. */
enum filter_part {
    FILTER_CALLS = 0,         /* what a graded function needs */
    FILTER_START = 1 << 0,    /* and what a static program needs to start, its constructors included */
    FILTER_FORKS = 1 << 1,    /* and processes (not threads), and waiting for them */
    FILTER_VALGRIND = 1 << 2, /* and what valgrind needs to run a program */
    FILTER_TESTER = 1 << 3,   /* and waiting on the control words of owntests/ */
    FILTER_32 = 1 << 4,       /* all that by the calls of 32-bit x86, and no other; the keeper's exec stays possible */
};

/* Writes the filter of PARTS to WORDS as BPF instructions, one 64-bit word each: code << 48 | jt << 40 | jf << 32 | k.
 * Returns how many there are; 0 if they do not fit in ROOM or libseccomp fails. */
size_t filter_words(unsigned parts, uint64_t *words, size_t room);

/* A new descriptor holding the filter in the kernel's format, for bwrap --seccomp; -1 on failure. */
int filter_descriptor(unsigned parts);

/* The name of system call NUMBER ("openat") where a filter of PARTS is in force, or "an unknown system call". Points to
 * static memory. */
const char *filter_call_name(uint64_t number, unsigned parts);

/* shut.c */

/* Does the kernel have Landlock? */
bool shut_is_possible(void);

/* In a child before exec: from here on its signals reach only itself and what it starts, where the kernel can do that
 * (Linux 6.12). False on failure. */
bool shut_signals(void);

/* In a child before exec: from here on it can open what lies below the system's programs and libraries, READABLE and
 * WRITABLE (paths, ended by NULL; may be NULL), and nothing else. False on failure. */
bool shut_in(const char *const *readable, const char *const *writable);

/* subject.c */

struct keeper_plan {
    const char *keeper; /* path of build/subject/keeper */
    bool namespaces;
    bool forks;           /* subjects may start a few processes */
    bool tester;          /* they are a student's own tests, which also take turns with the referee */
    bool bits32;          /* they are 32-bit programs */
    bool callgrind;       /* and callgrind instead of memcheck: its words go where memcheck's XML goes */
    const char *memcheck; /* the program to run under memcheck, in place of those that subject_start names; NULL */
};

struct keeper;

/* Makes a sandbox with a keeper in it (keeper.h), which dies with the caller. Returns at once; a sandbox that does not
 * start shows as subjects that end. NULL with errno set on failure. It is never freed: a worker keeps it to its end,
 * and the tests that it forks use it in turn. */
struct keeper *keeper_start(const struct keeper_plan *plan);

/* --- nobody.c --- */

enum { NOBODY = 65534 };

/* Student code never has the identity of the system's root, not even inside a user namespace: the kernel exempts that
 * identity from the limit on processes. A compiler reads what its input names, and a library that unpacks may have
 * mistakes. False with errno set on failure; true at once for anybody but root. */
bool become_nobody(void);

/* --- subject.c --- */

struct subject_plan {
    const char *program;  /* path of the subject; others need not be able to reach it, but to execute it */
    int channel;          /* becomes CHANNEL_FD */
    int output;           /* becomes its stdout and stderr */
    int report;           /* where valgrind's words go to; -1 without it */
    int talk;             /* becomes COST_FD (wire/cost.h); -1 without a cost run */
    unsigned cpu_seconds; /* more or less than the usual limit; 0 for that */
    size_t stack_bytes;   /* the same */
};

/* Starts a subject; one before it is ended. SIGIO tells this process when to look at subject_ended. False with errno
 * set on failure. */
bool subject_start(struct keeper *keeper, const struct subject_plan *plan);

/* From now on this process, a child of the one that started the subject, gets SIGIO. */
void subject_hear(const struct keeper *keeper);

enum { SUBJECT_UNSTARTED = -1 }; /* the sandbox is gone, or could not execute the program */

/* Is the subject gone, with all that it started? *STATUS then is as wait(2) tells it, or SUBJECT_UNSTARTED. Does not
 * wait; may be called in a signal handler. */
bool subject_ended(struct keeper *keeper, int *status);

/* Ends the subject and waits until it is gone. Returns its status. */
int subject_end(struct keeper *keeper);

/* What the sandbox itself said on stderr, cut to SIZE bytes with their '\0'; empty if it said nothing. */
void keeper_words(const struct keeper *keeper, char *room, size_t size);

/* tool.c */

struct tool_plan {
    const char *work;         /* writable, becomes /work, the current folder */
    const char *const *parts; /* the parts of it that are visible: one read-only, others writable, then NULL; or NULL */
    const char *const *readable;    /* path here, path there, and so on in pairs, ended by NULL; may be NULL */
    const char *const *command;     /* NULL-terminated argv; found on PATH=/usr/bin */
    const char *const *environment; /* NULL-terminated NAME, VALUE pairs; NULL for none */
    int output;                     /* becomes its stdout and stderr; -1: /dev/null */
    bool namespaces;
};

/* Runs a tool to its end. Returns its exit status, 128 + n for a signal; -1 if the tool or its sandbox did not start.
 */
int tool_run(const struct tool_plan *plan);

#endif
