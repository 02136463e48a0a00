// SPDX-License-Identifier: MIT
/*
 * watch.c - who may use which byte in a call, and who wrote a byte (watch.h, heaplab/watch.h). The verdict on an access
 * is watch_story.c's.
 *
 * In labs with the judge's malloc the map follows the books: each block and each input when it comes and goes. In labs
 * with mem_sbrk it is made anew before each call, from the heap's own bookkeeping.
 */
#include "judge/lib/watch.h"
#include "judge/lib/rights.h"
#include "judge/lib/stores.h"

#include <stdio.h>
#include <sys/mman.h>

enum { MOST_RULES = 32, CALLS_KEPT = 4096 };

static const struct author *const authors = (const struct author *)AUTHORS_ADDRESS;

struct rule {
    const char *function;
    unsigned may;
    size_t bytes; /* at the first argument, and no others; 0: wherever the map allows it */
};

struct kept_call {
    const struct call *call;
    uint64_t arguments[MOST_ARGUMENTS];
};

/* Set while the suite is built. */
static struct rule rules[MOST_RULES];
static unsigned rule_count;
static void (*each_payload)(void (*in_use)(const void *payload, size_t n));

/* Accesses are recorded, not refused. */
static bool forgives;

/* Of the running test. Each test runs in a process of its own, so nothing has to be reset. */
static struct watch_page *page;           /* NULL: nothing is watched */
static size_t mapped;                     /* bytes of the break's heap that the map covers */
static const struct call *call_now;       /* in flight, or the last one */
static const uint64_t *arguments_now;     /* its arguments */
static struct kept_call kept[CALLS_KEPT]; /* the last calls: number N is in slot N % CALLS_KEPT */
static bool in_flight;                    /* that call has not ended */

/* Set before the second run of a test that failed: the block whose authors are to be told in each call. */
static struct question asked;

/* --- what a lab says --- */

static void add_rule(const char *function, unsigned may, size_t bytes)
{
    if (rule_count == MOST_RULES)
        fault("there are rules for more than %d functions", MOST_RULES);
    rules[rule_count++] = (struct rule){function, may, bytes};
}

void suite_arithmetic_only(struct suite *suite, const char *function)
{
    (void)suite;
    add_rule(function, 0, 0);
}

void suite_reads_argument_only(struct suite *suite, const char *function, size_t bytes)
{
    (void)suite;
    add_rule(function, MAY_READ, bytes);
}

void suite_reads_only(struct suite *suite, const char *function)
{
    (void)suite;
    add_rule(function, MAY_READ, 0);
}

void suite_payloads(struct suite *suite, void (*each)(void (*in_use)(const void *payload, size_t n)))
{
    (void)suite;
    each_payload = each;
}

static struct rule rule_for(const char *function)
{
    for (unsigned i = 0; i < rule_count; i++)
        if (strcmp(rules[i].function, function) == 0)
            return rules[i];
    return (struct rule){.may = MAY_USE};
}

/* --- the maps --- */

void watch_forgives(void)
{
    forgives = true;
}

static void *map_shared(uintptr_t address, size_t bytes, int descriptor, size_t offset)
{
    int memory = descriptor < 0 ? MAP_PRIVATE | MAP_ANONYMOUS : MAP_SHARED;
    void *got = mmap((void *)address, bytes, PROT_READ | PROT_WRITE, memory | MAP_FIXED_NOREPLACE, descriptor,
                     descriptor < 0 ? 0 : (off_t)offset);
    if (got != (void *)address)
        fault("cannot map what watched memory needs at %#jx", (uintmax_t)address);
    return got;
}

void watch_open(int descriptor)
{
    bool records = stores_are_recorded() || descriptor < 0;
    page = map_shared(WATCH_ADDRESS, WATCH_BYTES, descriptor, WATCH_OFFSET);
    map_shared(THREADS_ADDRESS, RECORDS_BYTES(records), descriptor, THREADS_OFFSET);
    *page = (struct watch_page){.on = 1, .may = MAY_USE, .records = records, .forgives = forgives};
    rights_open(forgives);
}

/* --- before a call --- */

/* Does the Ith parameter in "(const char *text, size_t n)" start with WORD? */
static bool starts_with(const char *parameters, unsigned i, const char *word)
{
    const char *at = parameters + 1;
    while (i > 0 && *at)
        i -= *at++ == ',';
    at += strspn(at, " ");
    return strncmp(at, word, strlen(word)) == 0;
}

static bool is_const(const char *parameters, unsigned i)
{
    return starts_with(parameters, i, "const ");
}

static bool is_pointer(const struct call *call, unsigned i)
{
    return call->kinds[i] == WORD_POINTER || call->kinds[i] == WORD_STRING;
}

/* Gives RIGHTS to the last call's inputs whose parameters are pointers to const (or to the others). */
static void lend_inputs(bool to_const, unsigned rights)
{
    for (unsigned i = 0; i < call_now->arguments; i++) {
        struct input input;
        if (is_pointer(call_now, i) && is_const(call_now->parameters, i) == to_const &&
            input_about((const void *)(uintptr_t)arguments_now[i], &input))
            rights_set(input.start, input.size, rights, 0);
    }
}

/* Allows only BYTES bytes at the first argument, of the input or heap that it points into. */
static void lend_argument(size_t bytes)
{
    const void *argument = (const void *)(uintptr_t)arguments_now[0];
    lend_inputs(false, 0);
    rights_set((const void *)HEAP_ADDRESS, break_bytes(), 0, 0);
    if (arena_holds(argument, bytes) && (uintptr_t)argument % GRANULE == 0)
        rights_set(argument, bytes, MAY_READ, 0);
}

/* What the call may do with a payload in use of N bytes: everything, if an argument is its address or its header's. The
 * code may read what any other pointer points to, and where its header would be, to see that it is no payload. */
static unsigned rights_to(uintptr_t payload, size_t n)
{
    enum { HEADER_BYTES = 16 };
    unsigned rights = 0;
    for (unsigned i = 0; i < call_now->arguments; i++) {
        uintptr_t argument = (uintptr_t)arguments_now[i];
        if (!is_pointer(call_now, i))
            continue;
        if (argument == payload) {
            page->start = payload;
            page->end = payload + n;
        }
        if (argument == payload || argument == payload - HEADER_BYTES)
            return MAY_USE;
        if (starts_with(call_now->parameters, i, "void ") && argument - (payload - HEADER_BYTES) < n + 2 * HEADER_BYTES)
            rights = MAY_READ;
    }
    return rights;
}

static void protect(const void *payload, size_t n)
{
    if (n > 0)
        rights_set(payload, n, rights_to((uintptr_t)payload, n), MAY_USE);
}

static void map_heap(void)
{
    size_t bytes = break_bytes();
    rights_set((const void *)HEAP_ADDRESS, mapped > bytes ? mapped : bytes, 0, 0);
    rights_set((const void *)HEAP_ADDRESS, bytes, MAY_USE, 0);
    mapped = bytes;
    page->start = page->end = 0;
    if (each_payload && page->may == MAY_USE)
        each_payload(protect);
}

/* Are all pointer arguments aligned? If one is not, alignment is not checked in this call: the code may have to follow
 * the pointer to find that out. */
static bool are_even(const struct call *call, const uint64_t *arguments)
{
    for (unsigned i = 0; i < call->arguments; i++)
        if (call->kinds[i] == WORD_POINTER && arguments[i] % GRANULE != 0)
            return false;
    return true;
}

static void keep_call(const struct call *call, const uint64_t *arguments)
{
    struct kept_call *slot = &kept[page->call % CALLS_KEPT];
    slot->call = call;
    memcpy(slot->arguments, arguments, call->arguments * sizeof *arguments);
    call_now = call;
    arguments_now = slot->arguments;
}

void watch_call(const struct call *call, const uint64_t *arguments)
{
    if (!page)
        return;
    stores_take();
    if (forgives) {
        page->call++;
        in_flight = true;
        keep_call(call, arguments);
        return;
    }
    if (call_now) { /* the memory that it was given to read may now be part of something else */
        lend_inputs(true, MAY_USE);
        lend_inputs(false, MAY_USE);
    }
    page->call++;
    in_flight = true;
    keep_call(call, arguments);
    struct rule rule = rule_for(call->name);
    page->may = rule.may;
    page->even = rule.may == MAY_USE && are_even(call, arguments);
    lend_inputs(true, MAY_READ);
    lend_inputs(false, MAY_USE);
    if (heap_blocks() == 0)
        map_heap();
    if (rule.bytes > 0)
        lend_argument(rule.bytes);
}

size_t watch_argument_bytes(void)
{
    return rule_for(call_now->name).bytes;
}

bool watch_has_break(void)
{
    return each_payload || break_bytes() > 0;
}

const struct watch_page *watch_page(void)
{
    return page;
}

bool watch_report(struct thread_report *report)
{
    if (page)
        *report = *THREAD_REPORT;
    return page != NULL;
}

/* --- authors --- */

bool watch_author(const void *address, struct author *author)
{
    if (!page || !arena_holds(address, 1))
        return false;
    *author = authors[granule_of((uintptr_t)address)];
    return author->call != 0;
}

void tell_author(const void *address)
{
    enum { HEADER_BYTES = 16 };
    struct author author;
    struct written *written = &record->written;
    *written = (struct written){0};
    if (!page || !arena_holds(address, 1))
        return;
    written->asked = true;
    written->address = (uintptr_t)address;
    const char *place = watch_has_break() ? heap_place(address, HEADER_BYTES) : name_of(address);
    snprintf(written->place, sizeof written->place, "%s", place);
    if (!watch_author(address, &author) || author.call > page->call)
        return;
    written->known = true;
    written->code = author.code - 1; /* inside the hook's call; its return address may belong to the next line */
    written->call = author.call;
    const struct kept_call *by = &kept[author.call % CALLS_KEPT];
    if (page->call - author.call < CALLS_KEPT)
        story_write_call(written->calls, sizeof written->calls, by->call, by->arguments);
}

/* --- who wrote to the block in question, call by call --- */

static const struct cell *marked_cell(const struct picture *picture)
{
    for (unsigned i = 0; i < picture->cells && i < MOST_CELLS; i++)
        if (picture->cell[i].marked)
            return &picture->cell[i];
    return NULL;
}

static void set_question(uintptr_t start, size_t bytes, const char *name)
{
    struct question *question = &record->question;
    *question = (struct question){.start = start, .bytes = bytes};
    snprintf(question->name, sizeof question->name, "%s", name);
}

/* The block is called by the story's name for it, or by its place. The bounds of one that is damaged say nothing: then
 * it is the word in question that counts. */
void watch_question(void)
{
    const struct cell *cell = marked_cell(&record->after);
    bool is_block = cell && cell->kind != CELL_DAMAGED && arena_holds((const void *)cell->address, cell->bytes);
    if (!page)
        return;
    if (is_block) {
        const char *name = find_exact_name((const void *)(cell->address + cell->header));
        name = name ? name : find_exact_name((const void *)cell->address);
        set_question(cell->address, cell->bytes, name ? name : heap_place((const void *)cell->address, 0));
    } else if (record->written.asked) {
        set_question(record->written.address, 1, heap_place((const void *)record->written.address, 0));
    }
}

void watch_ask(const struct question *question)
{
    asked = question ? *question : (struct question){0};
}

static void add_code(struct wrote *wrote, uint32_t code)
{
    for (unsigned i = 0; i < wrote->codes; i++)
        if (wrote->code[i] == code)
            return;
    if (wrote->codes < MOST_CODES)
        wrote->code[wrote->codes++] = code;
}

void watch_call_ends(void)
{
    bool ends = in_flight;
    in_flight = false;
    if (!ends || asked.bytes == 0 || record->lines == 0 || story_is_quiet())
        return;
    struct wrote *wrote = &record->wrote[(record->lines - 1) % STORY_LINES];
    size_t last = granule_of(asked.start + asked.bytes - 1);
    for (size_t granule = granule_of(asked.start); granule <= last; granule++)
        if (authors[granule].call == page->call)
            add_code(wrote, authors[granule].code - 1);
}
