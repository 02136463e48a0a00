// SPDX-License-Identifier: MIT
/*
 * replay.c - a trace, call by call, with a look at everything after each (heaplab/replay.h).
 */
#include "judge/lib/replay.h"
#include "judge/judge.h"
#include "judge/lib/lent.h"
#include "judge/lib/live.h"
#include "judge/lib/mode.h"
#include "judge/lib/names.h"
#include "judge/lib/payloads.h"
#include "judge/lib/timeline.h"
#include "memlib.h"

#include <stdio.h>
#include <stdlib.h>

/* A trace whose blocks in use, added up over all its operations, come to no more than this is looked at wholly after
 * every call: a fraction of a second. */
#define WHOLE_LOOK_BYTES ((size_t)2 << 30)

enum { USUAL_ALIGNMENT = 16, MOST_PATH = 4096 };

/* The lab's functions (stubs.c); NULL where it has none of that name. */
bool mm_init(void) __attribute__((weak));
void *mm_malloc(size_t size) __attribute__((weak));
void mm_free(void *payload) __attribute__((weak));
void *mm_realloc(void *payload, size_t size) __attribute__((weak));

const char *replay_folder = "../../grader/traces"; /* seen from a lab's folder, where direct mode runs */

/* Set before a test starts. */
static size_t alignment = USUAL_ALIGNMENT;
static size_t heap_limit; /* of the heap; 0: what there is */
static bool check_each;   /* the student's checker is asked after every operation */
static bool no_resizing;
static bool in_segment;

/* Of one replay. */
static struct rep_trace trace;
static const char *trace_name;
static const struct call *the_free;
static uint32_t now;                 /* the operation in flight */
static bool look_at_all;             /* after every call */
static bool careful;                 /* every call is made by itself */
static int64_t watched = -1;         /* the block to look at after every call, and no other; -1: none */
static struct replay_reply *replies; /* by operation */
static uint32_t reply_count;         /* in the last replay */

/* The block of the operation in flight: where it was before (no payload: nowhere), and what the call has returned. */
static struct {
    bool returned;
    void *result;
    struct live_block old;
} flight;

void replay_alignment(size_t bytes)
{
    alignment = bytes;
}

void replay_heap(size_t bytes)
{
    heap_limit = bytes;
}

void replay_without_realloc(void)
{
    no_resizing = true;
}

void replay_check_each(void)
{
    check_each = true;
}

void replay_in_segment(void)
{
    in_segment = true;
}

bool replay_can_resize(void)
{
    return mm_realloc && !no_resizing;
}

void replay_limit(void)
{
    if (heap_limit > 0)
        break_limit(heap_limit);
}

bool replay_leaves_doubt(const struct replay_numbers *numbers)
{
    return numbers->damaged != 0 || numbers->put_off;
}

void replay_carefully(const struct replay_numbers *numbers)
{
    careful = numbers != NULL;
    watched = numbers ? numbers->damaged - 1 : -1;
}

const struct replay_reply *replay_replies(uint32_t *count)
{
    *count = reply_count;
    return replies;
}

uint32_t replay_ticks(uint32_t operations)
{
    enum { LEAST = 40, OPERATIONS_A_TICK = 8000 };
    return LEAST + operations / OPERATIONS_A_TICK;
}

unsigned replay_seconds(uint32_t operations)
{
    enum { TICKS_A_SECOND = 4, SPARE = 2 };
    return replay_ticks(operations) / TICKS_A_SECOND + SPARE;
}

/* --- telling --- */

static bool in_heap(const void *payload, size_t size)
{
    uintptr_t start = (uintptr_t)payload;
    return start >= HEAP_ADDRESS && start - HEAP_ADDRESS <= break_bytes() &&
           size <= break_bytes() - (start - HEAP_ADDRESS);
}

/* The name of the block with this id in stories and pictures. */
static const char *id_name(uint32_t id)
{
    static char name[NOTE_BYTES];
    snprintf(name, sizeof name, "p%u", id);
    return name;
}

/* The name of the block that is, or was until now, at POINTER. */
static const char *name_at(const void *pointer)
{
    if (!pointer)
        return NULL;
    if (pointer == flight.old.payload || pointer == flight.result)
        return id_name(trace.operation[now].id);
    int64_t id = in_heap(pointer, 1) ? live_in_the_way(pointer, 1) : -1;
    return id >= 0 && live_block((uint32_t)id)->payload == pointer ? id_name((uint32_t)id) : NULL;
}

/* --- the picture --- */

/* The blocks in use, but for that of the operation in flight, which is where it was or, AFTER that, where it is. */
static size_t gather(struct payload *payloads, bool after)
{
    uint32_t blocks;
    const uint32_t *ids = live_ids(&blocks);
    const struct rep_operation *operation = &trace.operation[now];
    struct live_block of_flight = flight.old;
    size_t n = 0;
    if (after && flight.returned)
        of_flight = (struct live_block){.payload = flight.result, .size = operation->size};
    for (uint32_t i = 0; i < blocks; i++) {
        const struct live_block *block = live_block(ids[i]);
        if (ids[i] == operation->id)
            continue;
        payloads[n] = (struct payload){.address = (uintptr_t)block->payload, .size = block->size};
        snprintf(payloads[n++].name, NOTE_BYTES, "%s", id_name(ids[i]));
    }
    if (!of_flight.payload || !in_heap(of_flight.payload, 0))
        return n;
    payloads[n] = (struct payload){.address = (uintptr_t)of_flight.payload, .size = of_flight.size};
    snprintf(payloads[n++].name, NOTE_BYTES, "%s", id_name(operation->id));
    return n;
}

static void draw_blocks(struct picture *picture, bool after)
{
    struct payload *payloads = calloc((size_t)trace.ids + 1, sizeof *payloads);
    if (!payloads)
        fault("no memory for a picture of %u blocks", trace.ids);
    size_t n = gather(payloads, after);
    const void *own = after && flight.returned ? flight.result : flight.old.payload;
    payloads_draw(picture, payloads, n, in_doubt ? in_doubt : own);
    free(payloads);
}

static void draw_after(struct picture *picture)
{
    draw_blocks(picture, true);
}

/* --- what happened --- */

static void tell_operation(const struct rep_operation *operation)
{
    const char *name = operation->id == REP_NO_ID ? "NULL" : id_name(operation->id);
    if (operation->kind == REP_FREE)
        tell("mm_free(%s);", name);
    else if (operation->kind == REP_ALLOCATE)
        tell("%s = mm_malloc(%zu);", name, operation->size);
    else
        tell("%s = mm_realloc(%s, %zu);", name, name, operation->size);
}

/* In front of the end of a test: where in the trace it was, and the operations up to there. */
static void tell_place(void)
{
    enum { TOLD = 6 };
    const struct rep_operation *operation = &trace.operation[now];
    char letter = "arf"[operation->kind];
    char size[32] = "";
    if (operation->kind != REP_FREE)
        snprintf(size, sizeof size, " %zu", operation->size);
    story_aloud();
    tell("/* trace %s, up to line %u (%c %u%s), which is operation %u of %u: */", trace_name, operation->line, letter,
         operation->id, size, now + 1, trace.operations);
    for (uint32_t i = now < TOLD ? 0 : now + 1 - TOLD; i <= now; i++)
        tell_operation(&trace.operation[i]);
    if (the_suite.draw == lent_draw) {
        record->before = (struct picture){0};
        draw_blocks(&record->before, false);
    }
}

static _Noreturn void wrong(const char *expected, const char *found, const char *format, ...) PRINTF_LIKE(3, 4);

static _Noreturn void wrong(const char *expected, const char *found, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    end_test_va(STATUS_FAILED, expected, found, format, arguments);
}

static const char *offset_text(const void *address)
{
    static char text[64];
    uintptr_t place = (uintptr_t)address;
    if (place >= HEAP_ADDRESS && place <= HEAP_ADDRESS + break_bytes())
        snprintf(text, sizeof text, "byte %zu of the heap", (size_t)(place - HEAP_ADDRESS));
    else
        snprintf(text, sizeof text, "address %#jx", (uintmax_t)place);
    return text;
}

/* "p2, the block of 48 bytes at byte 32 of the heap, in use since operation 3 (line 7)" */
static const char *block_text(uint32_t id)
{
    static char text[192];
    const struct live_block *block = live_block(id);
    snprintf(text, sizeof text, "%s, the block of %zu bytes at %s, in use since operation %u (line %u)", id_name(id),
             block->size, offset_text(block->payload), block->operation + 1, trace.operation[block->operation].line);
    return text;
}

/* --- looking --- */

static void expect_good_reply(const void *payload, size_t size)
{
    char found[VALUE_BYTES];
    size_t most = heap_limit > 0 ? heap_limit : (size_t)HEAP_BYTES;
    if (!payload && heap_limit > 0)
        wrong("a block", "NULL",
              "ran out of memory: %s should give a block, and the heap has %zu of the %zu bytes that it "
              "may have",
              story_last_call(), break_bytes(), most);
    if (!payload)
        wrong("a block", "NULL", "%s should give a block: the heap has %zu bytes, and %zu more bytes are available",
              story_last_call(), break_bytes(), most - break_bytes());
    if ((uintptr_t)payload % alignment != 0) {
        snprintf(found, sizeof found, "%s", offset_text(payload));
        wrong(NULL, found, "the payload that %s returned should be aligned to %zu bytes", story_last_call(), alignment);
    }
    if (!in_heap(payload, size)) {
        snprintf(found, sizeof found, "%s, and the heap has %zu bytes", offset_text(payload), break_bytes());
        wrong("all bytes between mem_heap_lo() and mem_heap_hi()", found,
              "the block that %s returned should lie in the heap", story_last_call());
    }
    int64_t other = live_in_the_way(payload, size);
    snprintf(found, sizeof found, "%zu bytes at %s", size, offset_text(payload));
    size_t n = strlen(found);
    if (other >= 0)
        snprintf(found + n, sizeof found - n, "; there is %s", block_text((uint32_t)other));
    if (other >= 0)
        wrong("bytes that belong to no other block in use", found,
              "the block that %s returned shares bytes with another that is in use", story_last_call());
}

static _Noreturn void blame(uint32_t id, size_t offset, const char *when)
{
    char found[VALUE_BYTES];
    snprintf(found, sizeof found, "another value in byte %zu of %s", offset, block_text(id));
    in_doubt = live_block(id)->payload;
    wrong("blocks in use keep what the program wrote to them", found, "%s%s changed a block in use that is not its own",
          when, story_last_call());
}

/* The call in flight may not be the one that did it: run.c has the trace played again, with an eye on that block. */
static _Noreturn void blame_late(uint32_t id, size_t offset, const char *when)
{
    record->replay.damaged = (int64_t)id + 1;
    blame(id, offset, when);
}

static void expect_all_whole(void)
{
    size_t offset;
    int64_t id = live_find_damage(&offset);
    if (id >= 0 && look_at_all)
        blame((uint32_t)id, offset, "");
    if (id >= 0)
        blame_late((uint32_t)id, offset, "some call before or during ");
}

static bool is_whole(uint32_t id, size_t *offset)
{
    const struct live_block *block = live_block(id);
    return !block->payload || live_pattern_holds(id, block->payload, block->size, offset);
}

static void look_after_call(const void *near)
{
    size_t offset;
    if (watched >= 0) {
        if (!is_whole((uint32_t)watched, &offset))
            blame((uint32_t)watched, offset, "");
        return;
    }
    if (look_at_all) {
        expect_all_whole();
        return;
    }
    int64_t id = live_find_some_damage(near, &offset);
    if (id >= 0)
        blame_late((uint32_t)id, offset, "some call before or during ");
}

/* Where not all blocks are looked at after every call, one that is given back is looked at first. */
static void look_before_release(uint32_t id)
{
    size_t offset;
    if (!look_at_all && !is_whole(id, &offset))
        blame_late(id, offset, "some call before ");
}

/* --- operations --- */

static void *returned(void *result)
{
    flight.returned = true;
    return flight.result = result;
}

static void *take_block(uint32_t id, size_t size)
{
    void *payload = returned(mm_malloc(size));
    if (!payload && size == 0)
        return NULL;
    expect_good_reply(payload, size);
    live_add(id, payload, size, 0, now);
    return payload;
}

/* In a long trace, which is not looked at wholly after every call, nobody waits for mm_free. */
static bool can_wait(void)
{
    return !look_at_all && !careful && !timeline_is_on() && now + 1 < trace.operations;
}

static void give(uint32_t id)
{
    void *payload = live_block(id)->payload;
    if (payload) {
        look_before_release(id);
        live_remove(id);
    }
    if (!can_wait() || !the_mode->put_off_call(the_free, (uintptr_t)payload))
        mm_free(payload);
    else
        record->replay.put_off = true;
    returned(NULL);
    look_after_call(payload);
}

static void expect_kept(uint32_t id, const void *payload, size_t kept)
{
    char found[VALUE_BYTES];
    size_t offset;
    if (live_pattern_holds(id, payload, kept, &offset))
        return;
    snprintf(found, sizeof found, "byte %zu has a different value", offset);
    wrong("the old block's bytes, as many as fit in both", found, "%s should keep the first %zu bytes of the block",
          story_last_call(), kept);
}

static void *resize(uint32_t id, size_t size)
{
    void *old = live_block(id)->payload;
    size_t old_size = live_block(id)->size;
    if (old) {
        look_before_release(id);
        live_remove(id);
    }
    void *payload = returned(mm_realloc(old, size));
    if (!payload && size == 0)
        return NULL;
    expect_good_reply(payload, size);
    size_t kept = !old ? 0 : old_size < size ? old_size : size;
    expect_kept(id, payload, kept);
    live_add(id, payload, size, kept, now);
    return payload;
}

/* In a lab without mm_realloc. */
static void *resize_without(uint32_t id, size_t size)
{
    struct live_block old = *live_block(id);
    void *payload = returned(mm_malloc(size));
    if (payload || size > 0)
        expect_good_reply(payload, size);
    if (old.payload) {
        look_before_release(id);
        live_remove(id);
    }
    if (payload)
        live_add(id, payload, size, 0, now);
    if (old.payload)
        mm_free(old.payload);
    return payload;
}

static void take_off(uint32_t id)
{
    flight.returned = false;
    flight.result = flight.old.payload = NULL;
    if (id != REP_NO_ID)
        flight.old = *live_block(id);
}

/* Asks the student's own checker, which has to accept the heap after every operation. */
static void ask_checker(void)
{
    const struct call *call = find_call("mm_checkheap");
    const uint64_t line[] = {__LINE__};
    if (call && !the_mode->make_call(call, line))
        fail("mm_checkheap says no after this operation: either it has broken a rule of your heap, or the checker "
             "refuses "
             "a heap that is sound");
}

static void perform(const struct rep_operation *operation)
{
    void *payload = NULL;
    take_off(operation->id);
    if (operation->kind == REP_FREE && operation->id == REP_NO_ID)
        mm_free(NULL);
    else if (operation->kind == REP_FREE)
        give(operation->id);
    else if (operation->kind == REP_ALLOCATE)
        payload = take_block(operation->id, operation->size);
    else
        payload = replay_can_resize() ? resize(operation->id, operation->size)
                                      : resize_without(operation->id, operation->size);
    if (operation->kind != REP_FREE)
        look_after_call(payload);
    replies[now] = (struct replay_reply){.block = payload ? (uint32_t)((uintptr_t)payload - HEAP_ADDRESS) : REPLY_NONE,
                                         .heap = (uint32_t)break_bytes()};
    if (check_each)
        ask_checker();
}

/* --- a whole trace --- */

/* What the blocks in use come to, added up over all operations. */
static size_t bytes_to_look_at(void)
{
    size_t *sizes = calloc((size_t)trace.ids + 1, sizeof *sizes);
    size_t live = 0;
    size_t sum = 0;
    if (!sizes)
        fault("no memory for %u sizes", trace.ids);
    for (uint32_t i = 0; i < trace.operations; i++) {
        const struct rep_operation *operation = &trace.operation[i];
        if (operation->id == REP_NO_ID)
            continue;
        live += operation->size - sizes[operation->id];
        sizes[operation->id] = operation->size;
        sum += live;
    }
    free(sizes);
    return sum;
}

static const char *named_path(const char *name)
{
    static char path[MOST_PATH];
    snprintf(path, sizeof path, "%s/%s.rep", replay_folder, name);
    return path;
}

static void load(const char *path, struct rep_trace *loaded)
{
    char *problem = rep_read(path, loaded);
    if (problem)
        fault("%s", problem);
}

void replay_load(const struct suite_test *test, struct rep_trace *loaded)
{
    load(test->trace_path ? test->trace_path : named_path(test->trace), loaded);
}

static void start_replay(void)
{
    if (!mm_malloc || !mm_free)
        fault("this lab has no allocator to replay a trace on");
    the_free = find_call("mm_free");
    look_at_all = bytes_to_look_at() <= WHOLE_LOOK_BYTES;
    live_open(trace.ids);
    free(replies);
    replies = calloc((size_t)trace.operations + 1, sizeof *replies);
    if (!replies)
        fault("no memory for %u replies", trace.operations);
    reply_count = 0;
    record->replay.operations = trace.operations;
    replay_limit();
    if (mm_init)
        expect(mm_init(), "mm_init should make the allocator ready and return true");
}

/* While a trace makes the calls, this file supplies the story, the names and the pictures; NULLs turn that off. */
static void announce(void (*tell_more)(void), const char *(*name)(const void *), void (*draw)(struct picture *))
{
    story_at_end(tell_more);
    story_names(name);
    lent_rest(draw);
}

/* What the student's code calls its team. The name may lie anywhere in the subject, and may not be there at all. */
static void read_alias(void)
{
    char *alias = record->replay.alias;
    const struct call *call = find_call("contest_alias");
    const char *at = call ? (const char *)(uintptr_t)the_mode->make_call(call, NULL) : NULL;
    size_t n = 0;
    while (at && n < sizeof record->replay.alias - 1 && the_mode->read_subject(alias + n, at + n, 1) &&
           alias[n] != '\0')
        n++;
    alias[n] = '\0';
}

/* Afterwards; the test goes on. */
static void finish_replay(void)
{
    now = trace.operations - 1;
    if (!look_at_all)
        expect_all_whole();
    announce(NULL, NULL, NULL);
    story_aloud();
    record->replay = (struct replay_numbers){.operations = trace.operations,
                                             .peak_payload = live_totals()->peak,
                                             .peak_heap = in_segment ? live_totals()->end : break_bytes()};
    rep_clear(&trace);
    read_alias();
}

static void replay(const char *path)
{
    load(path, &trace);
    start_replay();
    story_quiet();
    announce(tell_place, name_at, draw_after);
    for (now = 0; now < trace.operations; now++) {
        perform(&trace.operation[now]);
        reply_count = now + 1;
    }
    if (trace.operations > 0)
        finish_replay();
}

void replay_path(const char *name, const char *path)
{
    trace_name = name;
    replay(path);
}

void replay_trace(const char *name)
{
    replay_path(name, named_path(name));
}
