// SPDX-License-Identifier: MIT
/*
 * heaplab/system.h - real system calls for memory and processes, watched by the judge (lab 04).
 *
 * Where a lab's rubric lists calls under `watch` (sbrk brk mmap munmap fork wait waitpid), the student's code makes
 * them for real, inside its sandbox, but asks the judge first: the judge logs each one, and may refuse it as the kernel
 * would. Calls in a forked child are neither reported to the judge nor logged.
 *
 * The subject's memory outside the arena (its break, its mappings) is not visible to the judge; read_subject and
 * write_subject copy from and to it. A lab that forks calls suite_allow_processes.
 */
#ifndef HEAPLAB_SYSTEM_H
#define HEAPLAB_SYSTEM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "heaplab/expect.h"

enum system_kind { SYSTEM_SBRK, SYSTEM_BRK, SYSTEM_MMAP, SYSTEM_MUNMAP, SYSTEM_FORK, SYSTEM_WAIT };

/* One watched call. Arguments in order, as words; sbrk's increment is arguments[0] as an intptr_t; mmap's are
 * address, length, protection, flags, descriptor, offset. */
struct system_call {
    enum system_kind kind;
    uint64_t arguments[6];
    bool refused; /* the judge refused it */
    int64_t
        result; /* what the call returned: -1 on failure, otherwise the address, break, or process id; 0 for munmap */
    int error;  /* errno if it failed */
};

size_t system_calls(void);    /* logged in this test */
size_t system_refusals(void); /* how many of these were refused */
bool system_call_at(size_t index, struct system_call *call);

/* How many of the pages that hold the N bytes at START, all mapped, take up physical memory. N is at most 64 MiB. */
size_t pages_in_memory(const void *start, size_t n);

/* The bytes of all static variables in the subject's program, its surroundings' among them (less than 512 KiB). */
size_t static_bytes(void);

/* From now on stack_used tells how many bytes of the stack the student's code has used, and never less than a few
 * hundred, which the kit itself uses. */
void stack_watch(void);
size_t stack_used(void);

/* How often the student's code has read or written watched memory since the test began: the difference over a call says
 * how far it went, where a contract promises constant time. 0 where nothing is watched. */
uint64_t accesses_made(void);

/* Forgets the log (counts start at 0 again). */
void system_forget(void);

/* Refuse the K-th call of KIND from now on, counted from 1, and only that one: -1 or MAP_FAILED, errno ENOMEM (EAGAIN
 * for fork). 0: none. */
void system_refuse(enum system_kind kind, size_t k);

/*
 * In which order a child that the student's code forks, and its parent, run from now on. Without a choice it is chance.
 * CHILDREN_LATE holds a child until its parent waits for it; CHILDREN_EARLY lets it end before fork returns to the
 * parent; CHILDREN_AMONG_OTHERS is like CHILDREN_LATE, except that the caller has another child, which has already
 * ended. PAGE is the page size that sysconf and getpagesize report to the student's code, for functions that only
 * compute; 0: the machine's. A rubric lists these two, and exit, under `watch` for this.
 */
enum system_children { CHILDREN_AS_THEY_COME, CHILDREN_LATE, CHILDREN_EARLY, CHILDREN_AMONG_OTHERS };
void system_play(enum system_children children, size_t page);

/*
 * Code that knows all values can make up what it should have read. So the judge writes values that it draws to the
 * first int of two mappings: in a child before it runs, and in its parent after it has waited. And it looks there
 * itself when the child ends: in the child, and in its parent, which has not run since.
 */
enum { CELLS = 2 };
struct system_cells {
    size_t mapping[CELLS]; /* which: 1 is the first that mmap has made, or will make, since the log starts */
    int32_t in_child[CELLS];
    int32_t in_parent[CELLS];
};
struct system_cells_left {
    bool by_child; /* the child has ended with _exit, and IN_CHILD is known */
    bool by_parent;
    int32_t in_child[CELLS];
    int32_t in_parent[CELLS];
};

/* Does that from now on, as CHILDREN_EARLY, until the next system_play. CELLS says which mappings, and gets the values.
 * False in direct mode, where nothing happens. */
bool system_change_cells(struct system_cells *cells);

/* What the latest child left there. */
void system_cells_left(struct system_cells_left *left);

/* Copies N bytes from FROM, an address in the subject. False if they cannot be read (nothing is mapped there); the test
 * can go on. N is at most 64 KiB. */
bool read_subject(void *to, const void *from, size_t n);

/* Copies N bytes to TO, an address in the subject. False if it cannot be written. N is at most 64 KiB. */
bool write_subject(void *to, const void *from, size_t n);

/* The N bytes at ADDRESS in the subject can be read / all equal BYTE / can be written (BYTE is written; the story shows
 * a memset). */
void expect_subject_readable(const void *address, size_t n, const char *format, ...) PRINTF_LIKE(3, 4);
void expect_subject_fill(const void *address, unsigned char byte, size_t n, const char *format, ...) PRINTF_LIKE(4, 5);
void fill_subject(void *address, unsigned char byte, size_t n);

/* The subject's program break as it is now (a real sbrk(0), not logged). */
void *subject_break(void);

#endif
