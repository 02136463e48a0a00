// SPDX-License-Identifier: MIT
/*
 * timeline.c - the heap, operation by operation (timeline.h).
 *
 * It keeps two lists of cells: the drawing that was written last, and the one being made now. Both are in order of
 * address, so one walk over both finds what changed.
 */
#include "judge/lib/timeline.h"
#include "judge/judge.h"
#include "judge/lib/names.h"
#include "judge/lib/stores.h"
#include "wire/watched.h"

#include <stdio.h>
#include <stdlib.h>

enum {
    WORD_BYTES = 8,
    MOST_SHOWN = 4096,     /* bytes of a change */
    MOST_IN_CALL = 20000,  /* changes that are written for an operation, */
    MOST_CHANGES = 1000000 /* and for all of them */
};

struct drawing {
    size_t count, room;
    struct cell *cells; /* owned */
};

static const struct known_function known_functions[] = {
    {"mm_malloc", TIMELINE_ALLOCATE, -1, 0},   {"mm_calloc", TIMELINE_ALLOCATE, -1, 0},
    {"mm_realloc", TIMELINE_REALLOCATE, 0, 1}, {"mm_reallocarray", TIMELINE_REALLOCATE, 0, 1},
    {"mm_free", TIMELINE_FREE, 0, -1},
};

static const struct known_function other_function = {"", TIMELINE_OTHER, -1, -1};

/* The running test's timeline; timeline_open starts another one. */
static FILE *file;
static struct drawing last, now;
static bool had_problem;
static bool closed;      /* names are written */
static unsigned most;    /* operations that are written; 0: all. Set before a test starts */
static unsigned written; /* operations */
static unsigned in_call; /* changes written since the last operation */
static unsigned changes; /* and in all */
static unsigned left_out;
static bool start_shown; /* the heap before the first call is written, if there was one */

/* Ids of the blocks that calls have handed out, plus one, by word of the heap; 0 for none. */
static uint32_t *ids;
static uint32_t next_id;

/* The call in flight. */
static bool in_flight;
static bool in_parts; /* operations were reported during it, which are what it did */
static const struct known_function *function;
static struct timeline_operation pending;

void timeline_open(const char *path)
{
    if (file)
        fclose(file);
    file = fopen(path, "w");
    if (!file)
        fault("cannot write %s: %s", path, strerror(errno));
    fprintf(file, "heaplab-timeline 1\n");
}

void timeline_limit(unsigned operations)
{
    most = operations;
}

/* Are there as many operations as are wanted? */
static bool is_full(void)
{
    return most > 0 && written >= most;
}

bool timeline_is_on(void)
{
    return file != NULL;
}

static int64_t offset_of(uintptr_t address)
{
    return (int64_t)address - (int64_t)HEAP_ADDRESS;
}

static void print_name(uintptr_t address, const char *name)
{
    fprintf(file, "n %jd %s\n", (intmax_t)offset_of(address), name);
}

/* What is only known at the end. */
static void print_end(void)
{
    if (closed)
        return;
    closed = true;
    stores_take(); /* what the test has written since the last call */
    story_each_name(print_name);
    if (left_out + stores_lost() > 0)
        fprintf(file, "x %u\n", left_out + stores_lost());
    size_t refused = break_refusals() + heap_refusals() + system_refusals();
    if (refused > 0)
        fprintf(file, "r %zu\n", refused);
}

void timeline_flush(void)
{
    if (file)
        print_end();
    if (file && fflush(file) != 0)
        fault("cannot write the timeline: %s", strerror(errno));
}

/* --- cells --- */

static void hear_cell(enum cell_kind kind, const void *address, size_t bytes, const char *note)
{
    if (now.count == now.room) {
        now.room = now.room ? 2 * now.room : MOST_CELLS;
        now.cells = reallocarray(now.cells, now.room, sizeof *now.cells);
        if (!now.cells)
            fault("no memory for a drawing of %zu cells", now.room);
    }
    struct cell *cell = &now.cells[now.count++];
    *cell = (struct cell){.kind = kind, .address = (uintptr_t)address, .bytes = bytes};
    if (note)
        snprintf(cell->note, sizeof cell->note, "%s", note);
}

static void hear_ends(size_t header, size_t footer)
{
    now.cells[now.count - 1].header = header;
    now.cells[now.count - 1].footer = footer;
}

/* Text from students may contain line ends. */
static void print_line(const char *text)
{
    for (; *text; text++)
        putc(*text == '\n' || *text == '\r' ? ' ' : *text, file);
    putc('\n', file);
}

static void print_cell(const struct cell *cell)
{
    static const char letters[] = {[CELL_USED] = 'u', [CELL_FREE] = 'f', [CELL_DAMAGED] = 'd', [CELL_GAP] = 'g'};
    fprintf(file, "+ %jd %zu %c %zu %zu ", (intmax_t)offset_of(cell->address), cell->bytes, letters[cell->kind],
            cell->header, cell->footer);
    print_line(cell->note);
}

static bool is_same(const struct cell *a, const struct cell *b)
{
    return a->bytes == b->bytes && a->kind == b->kind && a->header == b->header && a->footer == b->footer;
}

static void print_changes(void)
{
    size_t old = 0;
    size_t new = 0;
    while (old < last.count || new < now.count) {
        const struct cell *a = old < last.count ? &last.cells[old] : NULL;
        const struct cell *b = new < now.count ? &now.cells[new] : NULL;
        if (a && (!b || a->address < b->address)) {
            fprintf(file, "- %jd\n", (intmax_t)offset_of(a->address));
            old++;
        } else {
            bool both = a && a->address == b->address;
            if (!both || !is_same(a, b))
                print_cell(b);
            old += both;
            new ++;
        }
    }
}

static void draw(void)
{
    static const struct cell_listener listener = {hear_cell, hear_ends};
    struct picture picture = {.told = &listener};
    struct drawing empty = last;
    now.count = 0;
    describe_heap(&picture);
    print_changes();
    last = now;
    now = empty;
}

/* --- changes --- */

static bool are_alike(const unsigned char *data, size_t n)
{
    for (size_t i = 1; i < n; i++)
        if (data[i] != data[0])
            return false;
    return n > 1;
}

static void print_note(uint32_t code, uint32_t note)
{
    if (note == NOTE_STEP)
        fprintf(file, "p %x\n", code);
    else
        fprintf(file, "%c %x %u\n", note < NOTE_GIVEN(0U) ? 'l' : 'u', code, note & ~(NOTE_TAKEN(0U) | NOTE_GIVEN(0U)));
}

void timeline_change(const struct change *change)
{
    size_t n = change->bytes < MOST_SHOWN ? change->bytes : MOST_SHOWN;
    if (is_full())
        return;
    if (in_call == MOST_IN_CALL || changes == MOST_CHANGES) {
        left_out++;
        return;
    }
    in_call++;
    changes++;
    uint32_t code = change->code ? change->code - 1 : 0; /* inside the hook's call */
    if (n == 0) {
        print_note(code, (uint32_t)change->address);
        return;
    }
    fprintf(file, "s %x %jd %u ", code, (intmax_t)offset_of(change->address), change->bytes);
    bool alike = are_alike(change->data, n);
    if (alike)
        putc('=', file);
    for (size_t i = 0; i < (alike ? 1 : n); i++)
        fprintf(file, "%02x", change->data[i]);
    putc('\n', file);
}

/* --- operations --- */

void timeline_operation(const struct timeline_operation *operation)
{
    static const char letters[] = {
        [TIMELINE_ALLOCATE] = 'a', [TIMELINE_REALLOCATE] = 'r', [TIMELINE_FREE] = 'f', [TIMELINE_OTHER] = 'c'};
    if (!file)
        return;
    stores_take();
    in_call = 0;
    in_parts = in_flight;
    if (is_full())
        return;
    written++;
    int64_t offset = operation->payload ? offset_of((uintptr_t)operation->payload) : -1;
    fprintf(file, "o %c %jd %zu %jd %zu ", letters[operation->kind], (intmax_t)operation->id, operation->size,
            (intmax_t)offset, break_bytes());
    print_line(operation->text ? operation->text : "");
    draw();
}

void timeline_problem(const char *message)
{
    if (!file || had_problem)
        return;
    had_problem = true;
    if (in_flight) {
        in_flight = false;
        pending.text = !story_is_quiet() ? story_last_line() : story_last_call();
        timeline_operation(&pending);
    }
    fprintf(file, "! ");
    print_line(message);
    timeline_flush();
}

/* --- calls as operations --- */

const struct known_function *known_function(const char *name)
{
    for (size_t i = 0; i < sizeof known_functions / sizeof known_functions[0]; i++)
        if (strcmp(known_functions[i].name, name) == 0)
            return &known_functions[i];
    return &other_function;
}

/* Where the id of the block at ADDRESS is kept; NULL if ADDRESS is outside the heap. */
static uint32_t *id_place(uint64_t address)
{
    if (!ids)
        ids = calloc(HEAP_BYTES / WORD_BYTES, sizeof *ids);
    if (!ids)
        fault("no memory for the ids of a timeline");
    return address - HEAP_ADDRESS < HEAP_BYTES ? &ids[(address - HEAP_ADDRESS) / WORD_BYTES] : NULL;
}

/* Returns the id of the block at ADDRESS and forgets it; -1 if there is none. */
static int64_t take_id(uint64_t address)
{
    uint32_t *place = id_place(address);
    if (!place || *place == 0)
        return -1;
    int64_t id = (int64_t)*place - 1;
    *place = 0;
    return id;
}

static void keep_id(uint64_t address, int64_t id)
{
    uint32_t *place = id_place(address);
    if (place)
        *place = (uint32_t)(id + 1);
}

size_t known_size(const struct known_function *of, const struct call *call, const uint64_t *arguments)
{
    size_t size = of->sizes >= 0;
    for (unsigned i = (unsigned)of->sizes; of->sizes >= 0 && i < call->arguments; i++)
        if (__builtin_mul_overflow(size, arguments[i], &size))
            return SIZE_MAX;
    return size;
}

/* A test may lay out a heap of its own before the first call. */
static void show_start(void)
{
    static const struct timeline_operation start = {
        .kind = TIMELINE_OTHER, .id = -1, .text = "/* the heap before the first call */"};
    if (!start_shown && break_bytes() > 0)
        timeline_operation(&start);
    start_shown = true;
}

void timeline_call(const struct call *call, const uint64_t *arguments)
{
    if (!file)
        return;
    show_start();
    function = known_function(call->name);
    in_parts = false;
    in_flight = true;
    pending =
        (struct timeline_operation){.kind = function->kind, .id = -1, .size = known_size(function, call, arguments)};
    if (function->block < 0)
        return;
    uint64_t block = arguments[function->block];
    pending.id = take_id(block);
    pending.payload = (const void *)(uintptr_t)block;
}

/* The block stays where it was, as if the call had not been made. */
static void settle_refused(uint64_t place)
{
    keep_id(place, pending.id);
    pending = (struct timeline_operation){.kind = TIMELINE_OTHER, .id = -1};
}

static void settle(uint64_t result)
{
    uint64_t old = (uint64_t)(uintptr_t)pending.payload;
    pending.payload = NULL;
    if (pending.kind == TIMELINE_FREE || pending.kind == TIMELINE_OTHER)
        return;
    if (result == 0 && pending.id >= 0 && pending.size > 0)
        settle_refused(old);
    if (result == 0)
        return;
    if (pending.id < 0)
        pending.id = next_id++;
    keep_id(result, pending.id);
    pending.payload = (const void *)(uintptr_t)result;
}

void timeline_return(uint64_t result)
{
    if (!file)
        return;
    in_flight = false;
    if (in_parts)
        return;
    settle(result);
    pending.text = story_is_quiet() ? NULL : story_last_line();
    if (!pending.text && pending.kind == TIMELINE_OTHER)
        pending.text = story_last_call();
    timeline_operation(&pending);
}
