// SPDX-License-Identifier: MIT
/*
 * cost.c - a cost run: a trace call by call, in a subject under callgrind (cost.h, wire/cost.h).
 *
 * Callgrind counts everything that the subject does, and prints its counts three times: before some calls that do
 * nothing, after them, and at the end. The first two give the kit's own cost of a call. The trace's cost is the
 * difference of the last two, less the kit's own. What an up-call costs (mem_sbrk) is the student's, as the price of a
 * system call is.
 */
#include "judge/lib/cost.h"
#include "judge/judge.h"
#include "judge/lib/live.h"
#include "judge/lib/mode.h"
#include "judge/lib/replay.h"
#include "wire/cost.h"

#include <stdio.h>
#include <stdlib.h>

enum { MOST_LINE = 256, MOST_PATH = 4096, IDLE_CALLS = 16, FIRST_LOOK_MS = 2000, COUNTED_A_MS = 20000 };

/* Instructions that making a call takes; they count as part of it. */
enum { A_CALL = 8 };

/* Where nothing says how far to count: a few seconds' work. */
#define USUAL_MOST 200000000U

bool mm_init(void) __attribute__((weak));

static unsigned patience = 1;
static uint32_t calls;         /* of the student's functions, so far */
static long started;           /* when the first of them was made, in milliseconds */
static uint32_t operation_now; /* of the trace */

void cost_patience(unsigned factor)
{
    patience = factor;
}

static uint64_t cost_in(const struct cost_numbers *cost)
{
    return cost->instructions + MISS_COST * cost->misses;
}

/* --- what callgrind counted --- */

/* Callgrind leaves out zeros at the end of a line. */
static struct cost_numbers read_numbers(const char *line)
{
    uintmax_t ir = 0, dr = 0, dw = 0, i1mr = 0, d1mr = 0, d1mw = 0;
    sscanf(line, "%ju %ju %ju %ju %ju %ju", &ir, &dr, &dw, &i1mr, &d1mr, &d1mw);
    return (struct cost_numbers){.instructions = ir, .misses = i1mr + d1mr + d1mw};
}

enum { AT_START, AT_SEAL, AT_END, PRINTS };

/* One of callgrind's lines. FOUND counts the prints that were there before. */
static unsigned take_line(const char *line, struct cost_numbers *prints, unsigned found)
{
    static const char before_end[] = "events-1: ";
    static const char at_end[] = "Collected : ";
    const char *end = strstr(line, at_end);
    if (found < AT_END && strncmp(line, before_end, strlen(before_end)) == 0)
        prints[found++] = read_numbers(line + strlen(before_end));
    else if (found == AT_END && end)
        prints[found++] = read_numbers(end + strlen(at_end));
    return found;
}

/* False if a print is missing. */
static bool take_report(struct cost_numbers *prints)
{
    const char *bytes;
    size_t n = the_mode->report(&bytes);
    unsigned found = 0;
    for (size_t i = 0; i < n;) {
        char line[MOST_LINE];
        size_t length = 0;
        for (; i < n && bytes[i] != '\n'; i++)
            if (length < sizeof line - 1)
                line[length++] = bytes[i];
        line[length] = '\0';
        found = take_line(line, prints, found);
        i++;
    }
    return found == PRINTS;
}

static uint64_t less(uint64_t all, uint64_t part)
{
    return all > part ? all - part : 0;
}

static void keep_counts(const struct cost_numbers *prints)
{
    struct cost_numbers *cost = &record->cost;
    uint64_t idle = less(prints[AT_SEAL].instructions, prints[AT_START].instructions) / IDLE_CALLS;
    uint64_t not_theirs = less(idle, A_CALL) * calls;
    cost->instructions = less(less(prints[AT_END].instructions, prints[AT_SEAL].instructions), not_theirs);
    cost->misses = less(prints[AT_END].misses, prints[AT_SEAL].misses);
}

/* --- evidence of the judged run --- */

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

/* The replies of the judged run, one an operation. */
static struct replay_reply *replies_for(const char *folder, const struct suite_test *test, uint32_t operations)
{
    FILE *file = open_evidence(folder, test, "replies");
    struct replay_reply *replies = calloc((size_t)operations + 1, sizeof *replies);
    if (!file || !replies || fread(replies, sizeof *replies, operations, file) != operations)
        fault("cannot read the replies of %s", test->test->name);
    fclose(file);
    return replies;
}

/* --- calls --- */

static uint64_t call(const char *function, uint64_t first, uint64_t second)
{
    const struct call *known = find_call(function);
    if (!known)
        fault("this lab has no %s", function);
    calls++;
    return the_mode->cost_call(
        &(struct cost_order){.kind = ORDER_CALL, .function = known->function, .argument = {first, second}});
}

/* The address that the student's code gives for OPERATION, on the block at OLD. */
static uint64_t call_for(const struct rep_operation *operation, uint64_t old)
{
    if (operation->kind == REP_ALLOCATE)
        return call("mm_malloc", operation->size, 0);
    if (operation->kind == REP_REALLOCATE && replay_can_resize())
        return call("mm_realloc", old, operation->size);
    uint64_t moved = operation->kind == REP_REALLOCATE ? call("mm_malloc", operation->size, 0) : 0;
    if (operation->kind == REP_FREE || old != 0)
        call("mm_free", old, 0);
    return moved;
}

/* --- the same work as in the judged run --- */

/*
 * Code can find out that valgrind runs it. So the blocks hold the same bytes as in the judged run, and must keep them;
 * and the heap must have the same size. The judge writes and reads those bytes itself, where nothing is counted.
 */
static void expect_same_work(bool same, const char *what)
{
    if (!same)
        fail("under callgrind, the allocator %s than when it was judged, at operation %u of the trace: does it read "
             "memory that it has not written, or find out that it is being counted?",
             what, operation_now + 1);
}

static void expect_same_bytes(bool same)
{
    if (!same)
        fail(
            "under callgrind, a block in use lost bytes that it kept when the allocator was judged, by operation %u of "
            "the trace: does the allocator find out that it is being counted?",
            operation_now + 1);
}

static bool keeps_pattern(uint32_t id, size_t bytes, uint64_t address)
{
    size_t offset;
    return live_pattern_holds(id, (const void *)(uintptr_t)address, bytes, &offset);
}

static void release(uint32_t id)
{
    const struct live_block *block = live_block(id);
    if (!block->payload)
        return;
    expect_same_bytes(keeps_pattern(id, block->size, (uint64_t)(uintptr_t)block->payload));
    live_remove(id);
}

static void expect_same_reply(uint64_t address, const struct replay_reply *reply, bool heap_is_known)
{
    uint64_t expected = reply->block == REPLY_NONE ? 0 : HEAP_ADDRESS + reply->block;
    expect_same_work(address == expected, "returned another block");
    expect_same_work(!heap_is_known || break_bytes() == reply->heap, "has a heap of another size");
}

/* The bytes of block ID that OPERATION must keep. */
static size_t kept_by(const struct rep_operation *operation, uint32_t id)
{
    const struct live_block *block = live_block(id);
    if (operation->kind != REP_REALLOCATE || !block->payload || !find_call("mm_realloc"))
        return 0;
    return block->size < operation->size ? block->size : operation->size;
}

static void perform(const struct rep_operation *operation, const struct replay_reply *reply, bool last)
{
    uint32_t id = operation->id;
    size_t offset;
    uint64_t old = id == REP_NO_ID ? 0 : (uint64_t)(uintptr_t)live_block(id)->payload;
    size_t kept = id == REP_NO_ID ? 0 : kept_by(operation, id);
    if (id != REP_NO_ID)
        release(id);
    uint64_t now = call_for(operation, old);
    expect_same_reply(now, reply, operation->kind != REP_FREE || last);
    if (now != 0) {
        expect_same_bytes(keeps_pattern(id, kept, now));
        live_add(id, (void *)(uintptr_t)now, operation->size, kept, operation_now);
    }
    expect_same_bytes((last ? live_find_damage(&offset)
                            : live_find_some_damage((const void *)(uintptr_t)(now ? now : old), &offset)) < 0);
}

/* Is it time to check what the run has cost so far? Only the order of work depends on this clock: if the run has not
 * reached the most that counts, all of it runs again, with a longer limit. */
static bool time_to_look(void)
{
    long expected = (long)(record->cost.most / COUNTED_A_MS);
    return milliseconds_now() - started > (FIRST_LOOK_MS + expected) * (long)patience;
}

/* Returns how many of the operations were made. */
static uint32_t perform_all(const struct rep_trace *trace, const struct replay_reply *replies)
{
    live_open(trace->ids);
    for (operation_now = 0; operation_now < trace->operations && !time_to_look(); operation_now++)
        perform(&trace->operation[operation_now], &replies[operation_now], operation_now + 1 == trace->operations);
    return operation_now;
}

/* --- two faces --- */

static void start_counting(void)
{
    the_mode->cost_start();
    for (int i = 0; i < IDLE_CALLS; i++)
        the_mode->cost_call(&(struct cost_order){.kind = ORDER_IDLE});
    the_mode->cost_seal();
    started = milliseconds_now();
}

void cost_run(const struct suite_test *test, const char *folder)
{
    struct rep_trace trace;
    replay_load(test, &trace);
    struct replay_reply *replies = replies_for(folder, test, trace.operations);
    record->cost.most = most_for(folder, test);
    story_many("under callgrind, one of the trace's calls");
    start_counting();
    replay_limit();
    if (mm_init)
        expect(call("mm_init", 0, 0) & 0xff, "mm_init should make the allocator ready and return true");
    uint32_t made = perform_all(&trace, replies);
    the_mode->cost_end();
    record->cost.again = made < trace.operations;
    record->cost.operations = trace.operations;
    rep_clear(&trace);
    free(replies);
}

/* A run that was cut off after it passed the most that counts is as good as a whole one. */
void cost_collect(void)
{
    struct cost_numbers *cost = &record->cost;
    struct cost_numbers prints[PRINTS] = {{0}};
    if (cost->operations == 0)
        return;
    if (!take_report(prints)) {
        cost->operations = 0; /* nothing was printed at the end: the trace has no cost, and no points */
        cost->again = false;
        return;
    }
    keep_counts(prints);
    cost->stopped = cost_in(cost) > cost->most;
    if (!cost->stopped)
        return;
    cost->again = false;
    cost->instructions = cost->most + 1;
    cost->misses = 0;
}
