// SPDX-License-Identifier: MIT
/*
 * cost.c - a cost run: a trace in one piece, in a subject under callgrind (cost.h, subject/batch.h).
 */
#include "judge/cost.h"
#include "judge/judge.h"
#include "judge/link.h"
#include "judge/replay.h"
#include "subject/batch.h"

#include <stdio.h>
#include <stdlib.h>

enum { JUNK_BYTE = 0xcb, LOG_BYTES = 65536 };

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
    batch->operations = cost_operations(trace->operations);
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

uint32_t cost_operations(uint32_t operations)
{
    return operations < BATCH_MOST ? operations : BATCH_MOST;
}

/* --- two faces --- */

/* The first operation whose reply was another in the judged run; -1 if there is none. */
static int64_t first_difference(const char *replies_path, uint32_t operations)
{
    FILE *file = fopen(replies_path, "rb");
    if (!file)
        fault("cannot read %s", replies_path);
    const struct batch *batch = batch_at();
    int64_t found = -1;
    for (uint32_t i = 0; i < operations && found < 0; i++) {
        uint32_t judged;
        if (fread(&judged, sizeof judged, 1, file) != 1 || judged != batch->reply[i])
            found = i;
    }
    fclose(file);
    return found;
}

/* --- what callgrind counted --- */

/* The last line of that kind is callgrind's own: the subject has ended when it is written. */
static void read_counts(struct cost_numbers *cost)
{
    static char log[LOG_BYTES];
    static const char key[] = "Collected :";
    size_t n = link_tool_log(log, sizeof log - 1);
    log[n] = '\0';
    const char *last = NULL;
    for (const char *line = strstr(log, key); line; line = strstr(line + 1, key))
        last = line;
    uintmax_t ir, dr, dw, i1mr, d1mr, d1mw;
    if (!last || sscanf(last + strlen(key), "%ju %ju %ju %ju %ju %ju", &ir, &dr, &dw, &i1mr, &d1mr, &d1mw) != 6)
        fault("callgrind did not tell what it counted: %s", log);
    cost->instructions = ir;
    cost->misses = i1mr + d1mr + d1mw;
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

void cost_run(const struct suite_test *test, const char *replies_path)
{
    struct rep_trace trace;
    replay_load(test, &trace);
    memset((void *)HEAP_ADDRESS, JUNK_BYTE, HEAP_BYTES);
    if (mm_init)
        expect(mm_init(), "mm_init should make the allocator ready and return true");
    write_batch(&trace);
    uint32_t operations = batch_at()->operations;
    rep_clear(&trace);
    story_quiet();
    if (!link_run_batch())
        fault("the subject does not know how to run a batch");
    story_aloud();
    int64_t different = first_difference(replies_path, operations);
    if (different >= 0)
        fail("when its cost was counted, the allocator gave another block than when it was judged, at operation %jd of "
             "%s: is there memory that it reads before it writes it?",
             (intmax_t)different + 1, test->trace);
    read_alias();
    record->cost.operations = operations;
}

void cost_collect(void)
{
    if (record->cost.operations > 0)
        read_counts(&record->cost);
}
