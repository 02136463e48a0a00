// SPDX-License-Identifier: MIT
/*
 * cost.c - a cost run: a trace in one piece, in a subject under callgrind (cost.h, wire/batch.h).
 */
#include "judge/lib/cost.h"
#include "judge/judge.h"
#include "judge/lib/replay.h"
#include "judge/link.h"
#include "wire/batch.h"

#include <stdio.h>

enum { MOST_LINE = 256, MOST_PATH = 4096 };

/* Where nothing says how far to count: a few seconds' work. */
#define USUAL_MOST 200000000U

bool mm_init(void) __attribute__((weak));

/* --- the batch --- */

static uint32_t size_of(const struct rep_operation *operation)
{
    return operation->size < UINT32_MAX ? (uint32_t)operation->size : UINT32_MAX;
}

static uint32_t index_of(const char *function)
{
    const struct call *call = find_call(function);
    return call ? call->function : BATCH_NONE;
}

static void write_batch(const struct rep_trace *trace)
{
    struct batch *batch = batch_at();
    batch->operations = trace->operations < BATCH_MOST ? trace->operations : BATCH_MOST;
    batch->allocate = index_of("mm_malloc");
    batch->release = index_of("mm_free");
    batch->reallocate = index_of("mm_realloc");
    for (uint32_t i = 0; i < batch->operations; i++) {
        const struct rep_operation *operation = &trace->operation[i];
        if (operation->id != BATCH_NONE && operation->id >= BATCH_MOST) {
            batch->operations = i; /* there is no room for more ids */
            return;
        }
        batch->operation[i] =
            (struct batch_operation){.kind = operation->kind, .id = operation->id, .size = size_of(operation)};
        batch->reply[i] = BATCH_NONE;
        if (operation->id != BATCH_NONE)
            batch->block[operation->id] = BATCH_NONE;
    }
}

/* --- what callgrind counted --- */

static uint32_t operations; /* in the batch */
static uint32_t parts;      /* of the batch, that callgrind has printed numbers of */
static bool collected;      /* it has printed those of the end */

static uint64_t cost_in(const struct cost_numbers *cost)
{
    return cost->instructions + MISS_COST * cost->misses;
}

/* Callgrind leaves out zeros at the end of a line. */
static void read_numbers(const char *line)
{
    uintmax_t ir = 0, dr = 0, dw = 0, i1mr = 0, d1mr = 0, d1mw = 0;
    sscanf(line, "%ju %ju %ju %ju %ju %ju", &ir, &dr, &dw, &i1mr, &d1mr, &d1mw);
    record->cost.instructions = ir;
    record->cost.misses = i1mr + d1mr + d1mw;
}

/* The numbers after a part of the batch: counting ends with those that come to more than the most. So it does if the
 * student's code prints such a line; the trace counts for the worst then, and there is nothing in that for anybody. */
static void take_part(const char *numbers)
{
    struct cost_numbers *cost = &record->cost;
    read_numbers(numbers);
    parts++;
    cost->stopped = cost_in(cost) > cost->most;
}

/* Forged lines can make it more than there are. */
static uint32_t stopped_after(void)
{
    return parts < operations / BATCH_PART ? parts * BATCH_PART : operations;
}

/* The line at the end is callgrind's own: it prints that when the subject has ended. */
static void take_line(const char *line)
{
    static const char of_part[] = "events-1: ";
    static const char at_end[] = "Collected : ";
    const char *end = strstr(line, at_end);
    if (strncmp(line, of_part, strlen(of_part)) == 0 && !record->cost.stopped)
        take_part(line + strlen(of_part));
    if (!end || record->cost.stopped)
        return;
    read_numbers(end + strlen(at_end));
    collected = true;
}

/* Takes what callgrind has printed since the last look. True if it has counted enough. */
static bool take_log(void)
{
    static char line[MOST_LINE];
    static size_t length;
    char bytes[MOST_LINE];
    for (size_t n; (n = link_tool_log(bytes, sizeof bytes)) > 0;) {
        for (size_t i = 0; i < n; i++) {
            if (bytes[i] == '\n') {
                line[length] = '\0';
                take_line(line);
                length = 0;
            } else if (length < sizeof line - 1) {
                line[length++] = bytes[i];
            }
        }
    }
    return record->cost.stopped;
}

static FILE *open_evidence(const char *folder, const struct suite_test *test, const char *suffix)
{
    static char path[MOST_PATH];
    snprintf(path, sizeof path, "%s/%s.%s", folder, test->test->name, suffix);
    return fopen(path, "rb");
}

static uint64_t most_for(const char *folder, const struct suite_test *test)
{
    uintmax_t most = USUAL_MOST;
    FILE *file = open_evidence(folder, test, "most");
    if (file && fscanf(file, "%ju", &most) != 1)
        fault("cannot read how far to count %s", test->test->name);
    if (file)
        fclose(file);
    return most;
}

/* --- two faces --- */

/* Ends the test if the reply to one of the operations that were counted was another in the judged run. */
static void expect_judged_replies(const char *folder, const struct suite_test *test)
{
    FILE *file = open_evidence(folder, test, "replies");
    if (!file)
        fault("cannot read the replies of %s", test->test->name);
    for (uint32_t i = 0; i < record->cost.operations; i++) {
        uint32_t judged;
        if (fread(&judged, sizeof judged, 1, file) != 1 || judged != batch_at()->reply[i])
            fail("under callgrind, the allocator gave another block than when it was judged, at operation %u of %s: is "
                 "there memory that it reads before it writes it?",
                 i + 1, test->trace);
    }
    fclose(file);
}

/* What the student's code calls its team. The name may lie anywhere in the subject, and may not be there at all. */
static void read_alias(void)
{
    const struct call *call = find_call("contest_alias");
    const char *at = call ? (const char *)(uintptr_t)make_call(call, NULL) : NULL;
    size_t n = 0;
    while (at && n < sizeof record->cost.alias - 1 && read_subject(record->cost.alias + n, at + n, 1) &&
           record->cost.alias[n] != '\0')
        n++;
    record->cost.alias[n] = '\0';
}

void cost_run(const struct suite_test *test, const char *folder)
{
    struct rep_trace trace;
    replay_load(test, &trace);
    memset((void *)HEAP_ADDRESS, HEAP_JUNK_BYTE, HEAP_BYTES);
    read_alias();
    if (mm_init)
        expect(mm_init(), "mm_init should make the allocator ready and return true");
    write_batch(&trace);
    rep_clear(&trace);
    operations = batch_at()->operations;
    record->cost.most = most_for(folder, test);
    story_many("under callgrind, one of the trace's calls");
    record->cost.operations = link_run_batch(take_log) ? operations : stopped_after();
    expect_judged_replies(folder, test);
}

void cost_collect(void)
{
    if (record->cost.operations == 0 || record->cost.stopped)
        return;
    take_log();
    if (!collected)
        fault("callgrind did not tell what it counted");
}
