// SPDX-License-Identifier: MIT
/*
 * driver.c - a plain driver of a malloc lab, for bench_replay: it does the work that the drivers of such courses do, so
 * that heaplab replay can be compared with it. It is linked with the allocator.
 *
 *     driver TRACE.rep...
 *
 * Three rounds for each trace: is every block aligned, in the heap and clear of all others, and does it keep its bytes;
 * how much of the heap is payload; how long does it take. The blocks in use are a linked list, and the time is taken
 * until the three shortest of at most MOST_RUNS runs agree within a hundredth. Prints a line for each trace. Exit
 * status: 0; 1 if a trace failed.
 */
#include "memlib.h"
#include "mm.h"
#include "wire/rep.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { ALIGNED_TO = 16, LEAST_RUNS = 3, MOST_RUNS = 20, BYTES = 256 };

void plain_reset(void);

struct range {
    const char *low, *high; /* the first and the last byte */
    struct range *next;
};

static struct range *ranges; /* of the blocks in use */
static char **payloads;      /* by id; NULL: not in use */
static size_t *sizes;

/* --- is it right? --- */

static const char *add_range(const char *low, size_t size)
{
    const char *high = low + (size > 0 ? size - 1 : 0);
    if ((uintptr_t)low % ALIGNED_TO != 0)
        return "a payload is not aligned";
    if (low < (char *)mem_heap_lo() || high > (char *)mem_heap_hi())
        return "a payload lies outside the heap";
    for (const struct range *range = ranges; range; range = range->next)
        if (low <= range->high && range->low <= high)
            return "a payload overlaps another";
    struct range *range = malloc(sizeof *range);
    if (!range)
        return "the driver has no memory";
    *range = (struct range){low, high, ranges};
    ranges = range;
    return NULL;
}

static void remove_range(const char *low)
{
    for (struct range **at = &ranges; *at; at = &(*at)->next)
        if ((*at)->low == low) {
            struct range *gone = *at;
            *at = gone->next;
            free(gone);
            return;
        }
}

static bool keeps(const char *payload, size_t size, uint32_t id)
{
    for (size_t i = 0; i < size; i++)
        if (payload[i] != (char)(id % BYTES))
            return false;
    return true;
}

static const char *check_new(const struct rep_operation *operation, char *payload, size_t kept)
{
    if (!payload)
        return "there was no memory";
    const char *wrong = add_range(payload, operation->size);
    if (!wrong && !keeps(payload, kept, operation->id))
        wrong = "mm_realloc did not keep the bytes";
    memset(payload, (int)(operation->id % BYTES), operation->size);
    payloads[operation->id] = payload;
    sizes[operation->id] = operation->size;
    return wrong;
}

static const char *check_one(const struct rep_operation *operation)
{
    uint32_t id = operation->id;
    if (id == REP_NO_ID)
        return NULL;
    char *old = payloads[id];
    if (old)
        remove_range(old);
    if (operation->kind == REP_FREE) {
        bool kept = keeps(old, sizes[id], id);
        mm_free(old);
        payloads[id] = NULL;
        return kept ? NULL : "a block did not keep its bytes";
    }
    if (operation->kind == REP_ALLOCATE)
        return check_new(operation, mm_malloc(operation->size), 0);
    size_t kept = sizes[id] < operation->size ? sizes[id] : operation->size;
    return check_new(operation, mm_realloc(old, operation->size), kept);
}

static const char *start(const struct rep_trace *trace)
{
    plain_reset();
    memset(payloads, 0, trace->ids * sizeof *payloads);
    memset(sizes, 0, trace->ids * sizeof *sizes);
    return mm_init() ? NULL : "mm_init failed";
}

static const char *check(const struct rep_trace *trace)
{
    const char *wrong = start(trace);
    for (uint32_t i = 0; i < trace->operations && !wrong; i++)
        wrong = check_one(&trace->operation[i]);
    while (ranges)
        remove_range(ranges->low);
    return wrong;
}

/* --- how good is it? --- */

static void perform(const struct rep_operation *operation)
{
    uint32_t id = operation->id;
    if (id == REP_NO_ID)
        return;
    if (operation->kind == REP_ALLOCATE)
        payloads[id] = mm_malloc(operation->size);
    else if (operation->kind == REP_REALLOCATE)
        payloads[id] = mm_realloc(payloads[id], operation->size);
    else
        mm_free(payloads[id]);
}

static double utilization(const struct rep_trace *trace)
{
    size_t now = 0;
    size_t peak = 0;
    start(trace);
    for (uint32_t i = 0; i < trace->operations; i++) {
        const struct rep_operation *operation = &trace->operation[i];
        perform(operation);
        if (operation->id == REP_NO_ID)
            continue;
        now += operation->size - sizes[operation->id];
        sizes[operation->id] = operation->size;
        peak = now > peak ? now : peak;
    }
    return (double)peak / (double)mem_heapsize();
}

static double seconds_of_one(const struct rep_trace *trace)
{
    const double nano = 1e-9;
    struct timespec before, after;
    start(trace);
    clock_gettime(CLOCK_MONOTONIC, &before);
    for (uint32_t i = 0; i < trace->operations; i++)
        perform(&trace->operation[i]);
    clock_gettime(CLOCK_MONOTONIC, &after);
    return (double)(after.tv_sec - before.tv_sec) + nano * (double)(after.tv_nsec - before.tv_nsec);
}

static double seconds(const struct rep_trace *trace)
{
    const double near = 1.01;
    double best[LEAST_RUNS] = {0};
    for (int runs = 0; runs < MOST_RUNS && (runs < LEAST_RUNS || best[LEAST_RUNS - 1] > near * best[0]); runs++) {
        double next = seconds_of_one(trace);
        for (int i = 0; i < LEAST_RUNS && i <= runs; i++) {
            double held = best[i];
            if (i < runs && held <= next)
                continue;
            best[i] = next;
            next = held;
        }
    }
    return best[0];
}

static bool drive(const char *path)
{
    struct rep_trace trace;
    char *problem = rep_read(path, &trace);
    payloads = calloc(trace.ids + 1, sizeof *payloads);
    sizes = calloc(trace.ids + 1, sizeof *sizes);
    const char *wrong = problem ? problem : payloads && sizes ? check(&trace) : "there is no memory";
    if (wrong)
        printf("%s: %s\n", path, wrong);
    else
        printf("%s: %.1f %%, %.6f s\n", path, 100 * utilization(&trace), seconds(&trace));
    free(payloads);
    free(sizes);
    rep_clear(&trace);
    free(problem);
    return !wrong;
}

int main(int argc, char **argv)
{
    bool right = true;
    for (int i = 1; i < argc; i++)
        right = drive(argv[i]) && right;
    return right ? EXIT_SUCCESS : EXIT_FAILURE;
}
