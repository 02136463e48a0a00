// SPDX-License-Identifier: MIT
/*
 * compare.c - make compare: the student's allocator of lab 06 on recorded traces, under each fit policy.
 *
 *     compare FOLDER TRACE.rep...
 *
 * Prints a table, and writes FOLDER/TRACE.POLICY.tsv for plot.gp: for each of some hundred windows of the trace the
 * operation, the utilization (live payload bytes per byte of heap) and the nanoseconds an operation took. Times are
 * this machine's, for information; nothing is graded here. Every run is a separate process, so that it starts with an
 * empty heap.
 */
#include "free_list.h"
#include "memlib.h"
#include "wire/channel.h"
#include "wire/rep.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { WINDOWS = 200, PATH_BYTES = 4096 };

static const struct {
    enum mm_policy policy;
    const char *name;
} policies[] = {{MM_FIRST_FIT, "first"}, {MM_BEST_FIT, "best"}, {MM_NEXT_FIT, "next"}};

enum { POLICIES = sizeof policies / sizeof *policies };

/* The result of one run. */
struct outcome {
    double utilization; /* peak live payload bytes / peak heap bytes */
    double nanoseconds; /* per operation, on average */
    size_t heap;        /* peak heap bytes */
};

/* The blocks of a trace, by id. */
struct blocks {
    void **payload;
    size_t *size;
    size_t live; /* bytes */
    size_t peak;
};

_Noreturn void fault(const char *format, ...); /* libmemlib calls it */

void fault(const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    vfprintf(stderr, format, arguments);
    fputc('\n', stderr);
    va_end(arguments);
    exit(EXIT_FAILURE);
}

static double now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
    return (double)time.tv_sec * 1e9 + (double)time.tv_nsec;
}

static void open_heap(void)
{
    void *wanted = (void *)HEAP_ADDRESS;
    if (mmap(wanted, HEAP_BYTES, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED_NOREPLACE, -1, 0) !=
        wanted)
        fault("cannot map the heap");
}

/* --- one operation --- */

static void take(struct blocks *blocks, uint32_t id, size_t size)
{
    blocks->payload[id] = mm_malloc(size);
    if (!blocks->payload[id])
        fault("mm_malloc(%zu) returned NULL; is every test of mm_malloc passed? (make shows)", size);
    blocks->size[id] = size;
    blocks->live += size;
    blocks->peak = blocks->live > blocks->peak ? blocks->live : blocks->peak;
}

static void give(struct blocks *blocks, uint32_t id)
{
    mm_free(blocks->payload[id]);
    blocks->live -= blocks->size[id];
    blocks->payload[id] = NULL;
    blocks->size[id] = 0;
}

/* This lab has no realloc yet: a new block, a copy, a free. */
static void resize(struct blocks *blocks, uint32_t id, size_t size)
{
    void *old = blocks->payload[id];
    size_t old_size = blocks->size[id];
    take(blocks, id, size);
    if (!old)
        return;
    memcpy(blocks->payload[id], old, size < old_size ? size : old_size);
    mm_free(old);
    blocks->live -= old_size;
}

static void perform(struct blocks *blocks, const struct rep_operation *operation)
{
    if (operation->kind == REP_ALLOCATE)
        take(blocks, operation->id, operation->size);
    else if (operation->kind == REP_REALLOCATE)
        resize(blocks, operation->id, operation->size);
    else
        give(blocks, operation->id);
}

/* --- one run --- */

static struct outcome replay(const struct rep_trace *trace, enum mm_policy policy, FILE *table)
{
    struct blocks blocks = {.payload = calloc(trace->ids + 1U, sizeof *blocks.payload),
                            .size = calloc(trace->ids + 1U, sizeof *blocks.size)};
    open_heap();
    if (!blocks.payload || !blocks.size || !mm_init())
        fault("mm_init failed");
    mm_set_policy(policy);
    uint32_t window = trace->operations / WINDOWS + 1;
    double start = now();
    double last = start;
    for (uint32_t i = 0; i < trace->operations; i++) {
        perform(&blocks, &trace->operation[i]);
        if ((i + 1) % window != 0)
            continue;
        double time = now();
        fprintf(table, "%u\t%.4f\t%.1f\n", i + 1, (double)blocks.live / (double)mem_heapsize(), (time - last) / window);
        last = now();
    }
    size_t heap = mem_heapsize();
    struct outcome outcome = {.utilization = heap ? (double)blocks.peak / (double)heap : 0,
                              .nanoseconds = (now() - start) / (trace->operations ? trace->operations : 1),
                              .heap = heap};
    free(blocks.payload);
    free(blocks.size);
    return outcome;
}

static const char *base_name(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash ? slash + 1 : path;
}

/* In a child: one run, its outcome into shared memory. */
static _Noreturn void run(const struct rep_trace *trace, int policy, const char *folder, const char *name,
                          struct outcome *outcome)
{
    char path[PATH_BYTES];
    snprintf(path, sizeof path, "%s/%s.%s.tsv", folder, name, policies[policy].name);
    FILE *table = fopen(path, "w");
    if (!table)
        fault("cannot write %s", path);
    *outcome = replay(trace, policies[policy].policy, table);
    exit(fclose(table) == 0 ? EXIT_SUCCESS : EXIT_FAILURE);
}

static bool run_in_child(const struct rep_trace *trace, int policy, const char *folder, const char *name,
                         struct outcome *outcome)
{
    fflush(stdout); /* the child must not print the table again */
    pid_t child = fork();
    if (child == 0)
        run(trace, policy, folder, name, outcome);
    int status = 0;
    return child > 0 && waitpid(child, &status, 0) == child && WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

/* Prints a line of the table; false if the student's code failed. */
static bool compare(const char *path, const char *folder, struct outcome *outcome)
{
    struct rep_trace trace;
    char *problem = rep_read(path, &trace);
    if (problem)
        fault("%s", problem);
    char name[64];
    snprintf(name, sizeof name, "%.*s", (int)strcspn(base_name(path), "."), base_name(path));
    printf("%-12s %8u", name, trace.operations);
    bool ok = true;
    for (int i = 0; i < POLICIES && ok; i++) {
        ok = run_in_child(&trace, i, folder, name, outcome);
        if (ok)
            printf("   %5.1f %% %6.0f ns", 100 * outcome->utilization, outcome->nanoseconds);
        else
            printf("   crashed or refused under %s fit", policies[i].name);
    }
    putchar('\n');
    rep_clear(&trace);
    return ok;
}

int main(int argc, char **argv)
{
    struct outcome *outcome = mmap(NULL, sizeof *outcome, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (argc < 3 || outcome == MAP_FAILED)
        fault("usage: compare FOLDER TRACE.rep...");
    setvbuf(stdout, NULL, _IOLBF, 0);
    printf("Utilization (peak payload bytes per byte of heap) and time an operation on this machine:\n\n");
    printf("%-12s %8s   %17s   %17s   %17s\n", "trace", "calls", "first fit", "best fit", "next fit");
    bool ok = true;
    for (int i = 2; i < argc; i++)
        ok = compare(argv[i], argv[1], outcome) && ok;
    return ok ? EXIT_SUCCESS : EXIT_FAILURE;
}
