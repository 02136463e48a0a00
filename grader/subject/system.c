// SPDX-License-Identifier: MIT
/*
 * system.c - system calls that the judge watches (heaplab/system.h). The build renames the student's sbrk to
 * watched_sbrk, and so on for every name under `watch` in the rubric; the functions here finally call the C library's.
 * Linked into both the subject and direct mode.
 */
#include "heaplab/system.h"
#include "subject/subject.h"

#include <errno.h>
#include <signal.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>
#include <valgrind/valgrind.h>

void *watched_sbrk(intptr_t increment);
int watched_brk(void *address);
void *watched_mmap(void *address, size_t length, int protection, int flags, int descriptor, off_t offset);
int watched_munmap(void *address, size_t length);
pid_t watched_fork(void);
pid_t watched_wait(int *status);
pid_t watched_waitpid(pid_t process, int *status, int options);
_Noreturn void watched_exit(int status);
_Noreturn void watched__exit(int status);
long watched_sysconf(int name);
int watched_getpagesize(void);

/* Of the parent's latest child (see Children). */
static pid_t held;  /* stopped until the parent waits; 0: none */
static bool looked; /* the parent has asked for it without waiting */

/* The two cells that the judge changes, if `played` says so (see Cells); NULL: not known. */
static volatile int32_t *cell[CELLS];

/* May the call be made? If not, errno says why. */
static bool may(enum system_kind kind, const uint64_t *arguments, unsigned n)
{
    uint64_t words[MOST_WORDS] = {kind};
    if (in_child)
        return true;
    for (unsigned i = 0; i < n; i++)
        words[i + 1] = arguments[i];
    return request_words(REQUEST_SYSTEM, words, n + 1) == 0;
}

/* Reports the result to the judge. Keeps errno. */
static void told(int64_t result)
{
    int error = errno;
    const uint64_t words[] = {(uint64_t)result, (uint64_t)(result == -1 ? error : 0)};
    if (!in_child)
        request_words(REQUEST_SYSTEM_END, words, 2);
    errno = error;
}

void *watched_sbrk(intptr_t increment)
{
    if (!may(SYSTEM_SBRK, (const uint64_t[]){(uint64_t)increment}, 1))
        return (void *)-1;
    void *old = sbrk(increment);
    told((int64_t)(intptr_t)old);
    return old;
}

int watched_brk(void *address)
{
    if (!may(SYSTEM_BRK, (const uint64_t[]){(uint64_t)(uintptr_t)address}, 1))
        return -1;
    int result = brk(address);
    told(result);
    return result;
}

void *watched_mmap(void *address, size_t length, int protection, int flags, int descriptor, off_t offset)
{
    const uint64_t arguments[] = {(uint64_t)(uintptr_t)address, length,          (uint64_t)protection, (uint64_t)flags,
                                  (uint64_t)descriptor,         (uint64_t)offset};
    if (!may(SYSTEM_MMAP, arguments, sizeof arguments / sizeof *arguments))
        return MAP_FAILED;
    void *result = mmap(address, length, protection, flags, descriptor, offset);
    if (result == MAP_FAILED && length != 0 && errno == EINVAL && RUNNING_ON_VALGRIND)
        errno = ENOMEM; /* what Linux itself says to a request for more than the address space */
    told((int64_t)(intptr_t)result);
    return result;
}

int watched_munmap(void *address, size_t length)
{
    if (!may(SYSTEM_MUNMAP, (const uint64_t[]){(uint64_t)(uintptr_t)address, length}, 2))
        return -1;
    int result = munmap(address, length);
    told(result);
    return result;
}

/*** Cells ***/

/* The judge's values come just before the fork, and are gone from the channel after it: only code that reads the cells
 * can know them. */

enum { HALF = 32 };

static uint64_t ask_cells(enum cells_word which)
{
    const uint64_t words[] = {which};
    return request_words(REQUEST_CELLS, words, 1);
}

static void find_cells(void)
{
    for (int i = 0; i < CELLS; i++)
        cell[i] = (volatile int32_t *)(uintptr_t)ask_cells(i == 0 ? CELLS_FIRST : CELLS_SECOND);
}

static void change_cells(uint64_t values)
{
    for (int i = 0; i < CELLS; i++)
        if (cell[i])
            *cell[i] = (int32_t)(uint32_t)(values >> (HALF * i));
}

static uint64_t read_cells(void)
{
    uint64_t values = 0;
    for (int i = 0; i < CELLS; i++)
        if (cell[i])
            values |= (uint64_t)(uint32_t)*cell[i] << (HALF * i);
    return values;
}

static void tell_cells(void)
{
    const uint64_t words[] = {read_cells()};
    request_words(REQUEST_CELLS_LEFT, words, 1);
}

/*** Children ***/

/*
 * Whether a child runs before or after its parent continues is a matter of chance. Here the judge chooses (enum
 * system_children), so that a parent that does not wait is caught every time. A held child has stopped itself; the
 * parent lets it continue when it waits for a child, or when it has computed for so long that it must be waiting in
 * some other way.
 */
static void let_go(void)
{
    if (held != 0)
        syscall(SYS_tgkill, held, held, SIGCONT);
    held = 0;
}

/* In a child that has just been made. */
static void begin_as_child(void)
{
    in_child = true;
    watch_child();
    if (played.children == CHILDREN_LATE || played.children == CHILDREN_AMONG_OTHERS)
        syscall(SYS_tgkill, getpid(), getpid(), SIGSTOP);
}

static void arrange(pid_t child)
{
    siginfo_t info;
    looked = false;
    if (played.children == CHILDREN_EARLY) {
        waitid(P_PID, (id_t)child, &info, WEXITED | WNOWAIT);
        if (played.cells)
            tell_cells();
    } else if (played.children != CHILDREN_AS_THEY_COME) {
        waitid(P_PID, (id_t)child, &info, WSTOPPED);
        held = child;
        watch_parent(let_go);
    }
}

/* A child that the caller had before this one, and that has already ended. */
static void make_other_child(void)
{
    siginfo_t info;
    pid_t other = fork();
    if (other == 0)
        _exit(EXIT_SUCCESS);
    waitid(P_PID, (id_t)other, &info, WEXITED | WNOWAIT);
}

pid_t watched_fork(void)
{
    if (in_child)
        return fork();
    if (!may(SYSTEM_FORK, NULL, 0))
        return -1;
    if (played.children == CHILDREN_AMONG_OTHERS)
        make_other_child();
    uint64_t childs_cells = 0;
    if (played.cells) {
        find_cells();
        childs_cells = ask_cells(CELLS_FOR_CHILD);
    }
    pid_t child = fork();
    if (child == 0) {
        if (played.cells)
            change_cells(childs_cells);
        begin_as_child();
        return 0;
    }
    told(child);
    if (child > 0)
        arrange(child);
    return child;
}

/* A child may always take longer than its parent expects: a parent that only checks (WNOHANG) finds it still running
 * the first time. */
pid_t watched_waitpid(pid_t process, int *status, int options)
{
    if ((options & WNOHANG) != 0 && !looked) {
        looked = true;
        return 0;
    }
    let_go();
    if (!may(SYSTEM_WAIT, (const uint64_t[]){(uint64_t)process}, 1))
        return -1;
    pid_t result = waitpid(process, status, options);
    told(result);
    if (played.cells && result > 0)
        change_cells(ask_cells(CELLS_FOR_PARENT));
    return result;
}

pid_t watched_wait(int *status)
{
    return watched_waitpid(-1, status, 0);
}

void watched__exit(int status)
{
    if (in_child) {
        if (played.cells)
            note_cells_of_child(read_cells());
        note_counters_of_child();
    }
    _exit(status);
}

void watched_exit(int status)
{
    if (in_child)
        end_child_wrongly(CHILD_EXITED);
    exit(status);
}

/*** The page size ***/

long watched_sysconf(int name)
{
    return name == _SC_PAGESIZE && played.page != 0 ? (long)played.page : sysconf(name);
}

int watched_getpagesize(void)
{
    return (int)watched_sysconf(_SC_PAGESIZE);
}
