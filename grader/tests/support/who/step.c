// SPDX-License-Identifier: MIT
/*
 * step.c - runs a test of direct mode instruction by instruction, and notes which one changed each word of the heap
 * last (check.py).
 *
 *     step START END END HEAP BYTES N LOW HIGH ... PROGRAM TEST
 *
 * From the address START on, after each instruction, compares the BYTES bytes at HEAP with what was there before, until
 * the program gets to one of the ENDs. LOW and HIGH: N ranges of the student's code. A change that the C library makes
 * was made by whoever called it. Prints, for each word that changed, its offset and the address of the student's
 * instruction or call, or 0 if it was not the student's. All numbers are hexadecimal but N.
 */
#include <errno.h>
#include <signal.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ptrace.h>
#include <sys/uio.h>
#include <sys/user.h>
#include <sys/wait.h>
#include <unistd.h>

enum { WORD_BYTES = 8, MOST_RANGES = 512, LIBRARY_BITS = 40 };

static struct {
    uintptr_t low, high;
} ranges[MOST_RANGES];
static int range_count;
static unsigned char *before, *now; /* the heap */
static uintptr_t *author;           /* of each word, as printed; meaningless while... */
static bool *changed;               /* ...this is false */
static uintptr_t caller;            /* the latest instruction outside the C library; 0: the kit's */

static _Noreturn void fail(const char *what)
{
    perror(what);
    exit(EXIT_FAILURE);
}

static bool is_students(uintptr_t pc)
{
    for (int i = 0; i < range_count; i++)
        if (pc - ranges[i].low < ranges[i].high - ranges[i].low)
            return true;
    return false;
}

static void compare(size_t bytes)
{
    if (memcmp(before, now, bytes) == 0)
        return;
    for (size_t i = 0; i < bytes / WORD_BYTES; i++)
        if (memcmp(before + i * WORD_BYTES, now + i * WORD_BYTES, WORD_BYTES) != 0) {
            changed[i] = true;
            author[i] = caller;
        }
    memcpy(before, now, bytes);
}

static uintptr_t pc_of(pid_t child)
{
    struct user_regs_struct registers;
    if (ptrace(PTRACE_GETREGS, child, NULL, &registers) != 0)
        fail("registers");
    return registers.rip;
}

static bool step(pid_t child)
{
    int status;
    if (ptrace(PTRACE_SINGLESTEP, child, NULL, NULL) != 0 || waitpid(child, &status, 0) != child)
        fail("step");
    return WIFSTOPPED(status);
}

/* Runs to the address START. */
static void run_to(pid_t child, uintptr_t start)
{
    int status;
    errno = 0;
    long word = ptrace(PTRACE_PEEKTEXT, child, (void *)start, NULL);
    if (errno || ptrace(PTRACE_POKETEXT, child, (void *)start, (void *)((word & ~0xffL) | 0xcc)) != 0)
        fail("breakpoint");
    if (ptrace(PTRACE_CONT, child, NULL, NULL) != 0 || waitpid(child, &status, 0) != child || !WIFSTOPPED(status))
        fail("run");
    ptrace(PTRACE_POKETEXT, child, (void *)start, (void *)word);
    struct user_regs_struct registers;
    ptrace(PTRACE_GETREGS, child, NULL, &registers);
    registers.rip = start;
    ptrace(PTRACE_SETREGS, child, NULL, &registers);
}

static void follow(pid_t child, const uintptr_t ends[2], uintptr_t heap, size_t bytes)
{
    struct iovec here = {now, bytes};
    struct iovec there = {(void *)heap, bytes};
    for (uintptr_t pc = pc_of(child); pc != ends[0] && pc != ends[1]; pc = pc_of(child)) {
        if (pc >> LIBRARY_BITS == 0)
            caller = is_students(pc) ? pc : 0;
        if (!step(child))
            return;
        if (process_vm_readv(child, &here, 1, &there, 1, 0) == (ssize_t)bytes)
            compare(bytes);
    }
}

static pid_t start_program(char **command)
{
    pid_t child = fork();
    int status;
    if (child == 0) {
        ptrace(PTRACE_TRACEME, 0, NULL, NULL);
        if (!freopen("/dev/null", "w", stdout))
            fail("/dev/null");
        execv(command[0], command);
        fail(command[0]);
    }
    waitpid(child, &status, 0);
    return child;
}

int main(int argc, char **argv)
{
    enum { HEXADECIMAL = 16, FIXED = 7 };
    uintptr_t number[FIXED];
    for (int i = 1; i < FIXED && i < argc; i++)
        number[i] = strtoull(argv[i], NULL, i == FIXED - 1 ? 10 : HEXADECIMAL);
    range_count = argc > FIXED ? (int)number[FIXED - 1] : MOST_RANGES + 1;
    if (range_count > MOST_RANGES || argc != FIXED + 2 * range_count + 2)
        return EXIT_FAILURE;
    for (int i = 0; i < range_count; i++) {
        ranges[i].low = strtoull(argv[FIXED + 2 * i], NULL, HEXADECIMAL);
        ranges[i].high = strtoull(argv[FIXED + 2 * i + 1], NULL, HEXADECIMAL);
    }
    size_t bytes = number[5];
    before = calloc(bytes, 1);
    now = calloc(bytes, 1);
    author = calloc(bytes / WORD_BYTES, sizeof *author);
    changed = calloc(bytes / WORD_BYTES, sizeof *changed);
    pid_t child = start_program(argv + FIXED + 2 * range_count);
    run_to(child, number[1]);
    follow(child, number + 2, number[4], bytes);
    for (size_t i = 0; i < bytes / WORD_BYTES; i++)
        if (changed[i])
            printf("%zx %jx\n", i * WORD_BYTES, (uintmax_t)author[i]);
    kill(child, SIGKILL);
    return EXIT_SUCCESS;
}
