// SPDX-License-Identifier: MIT
/*
 * reports.c - reports to heaplab run (shim.h, programs/run/page.h).
 */
#include "memlib.h"
#include "shim.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

static struct run_page *page; /* NULL: nobody reads it */
static bool child = true;

static struct run_page *map(const char *path)
{
    int file = open(path, O_RDWR | O_CLOEXEC);
    if (file < 0)
        return NULL;
    void *start = mmap(NULL, sizeof *page, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
    close(file);
    return start == MAP_FAILED ? NULL : start;
}

void page_open(void)
{
    const char *path = getenv(RUN_PAGE_VARIABLE);
    const char *process = getenv(RUN_PROCESS_VARIABLE);
    page = path ? map(path) : NULL;
    child = !page || !process || strtol(process, NULL, 10) != getpid();
    if (child)
        return;
    counts_share(&page->counts);
}

void page_leave(void)
{
    counts_leave();
    child = true;
}

void page_tell(struct run_trouble trouble)
{
    if (!page || atomic_exchange(&page->troubled, 1) != 0)
        return;
    trouble.child = child;
    trouble.call = counts->now;
    trouble.number = counts->calls[counts->now.function];
    trouble.heap = memory_bytes();
    strncpy(trouble.program, program_invocation_short_name, RUN_NAME_BYTES - 1);
    page->trouble = trouble;
    atomic_store(&page->told, 1);
}

/* Ends the process with the signal that no program can handle: its own handlers would print nothing about the
 * allocator. */
void page_tell_and_end(struct run_trouble trouble)
{
    page_tell(trouble);
    kill(getpid(), SIGKILL);
    _exit(EXIT_FAILURE);
}

/* The shim passes no wrong pointer on to mm_free, so every report is about a live block. */
void mm_report(enum mm_misuse kind, const void *pointer)
{
    (void)kind;
    page_tell_and_end((struct run_trouble){.kind = TROUBLE_REPORT, .result = memory_offset(pointer)});
}
