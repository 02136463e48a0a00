// SPDX-License-Identifier: MIT
/*
 * story.c - the calls of a test as lines of C, and the names of pointers (heaplab/story.h, judge.h).
 *
 * A call's line is written when the call starts, and rewritten with the result when it returns; so a call that never
 * returns has a line, too.
 */
#include "judge/judge.h"

#include <stdarg.h>
#include <stdio.h>

enum { MOST_NAMES = 4096, NEAR_BYTES = 4096, TEXTS = 8, TEXT_BYTES = 64, LOWEST_PAGE = 65536, MOST_CONSTANTS = 32 };

/* Set while the suite is built, or by a test's set-up. */
static struct {
    const char *function;
    uint64_t value;
    const char *name;
} constants[MOST_CONSTANTS];
static unsigned constant_count;
static const char *(*namer)(const void *pointer); /* NULL: none */

/* Of the running test. Each test runs in a process of its own, so nothing has to be reset. */
static struct {
    uintptr_t address;
    char name[NAME_BYTES];
} names[MOST_NAMES];
static unsigned name_count;
static unsigned letters;   /* names given to results so far */
static bool quiet;         /* calls are left out of the story */
static bool call_was_told; /* the last call is in it */
static char call_text[LINE_BYTES];

/* A call that is left out of the story is not written down either until somebody asks for it: a replay makes a million
 * of them. */
static struct {
    bool is; /* otherwise call_text is the last call's line */
    struct call call;
    uint64_t arguments[MOST_ARGUMENTS];
} unwritten;

/* --- names --- */

/* The entry for ADDRESS itself, the newest first; or -1. */
static int find_name(uintptr_t address)
{
    for (unsigned i = name_count; i > 0; i--)
        if (names[i - 1].address == address)
            return (int)i - 1;
    return -1;
}

/* An input keeps its name; a block gets one. Below the arena there are blocks only where the student's code moves its
 * own break (lab 04). */
static bool may_be_block(uintptr_t address)
{
    return address >= HEAP_ADDRESS || (system_used() && address >= LOWEST_PAGE && address < CHANNEL_ADDRESS);
}

/* Are they in the same block or input? Where the judge keeps no books of blocks, addresses near each other count as
 * together. */
static bool are_together(uintptr_t named, uintptr_t address)
{
    struct heap_block block;
    const void *pointer = (const void *)named;
    if (named == address || input_holds(pointer, (const void *)address))
        return true;
    if (heap_find(pointer, &block))
        return address - (uintptr_t)block.start < block.size;
    return may_be_block(named) && heap_blocks() == 0 && address - named < NEAR_BYTES;
}

/* The entry with the highest address at or below ADDRESS in the same block; or -1. */
static int find_near(uintptr_t address)
{
    int best = -1;
    for (unsigned i = 0; i < name_count; i++)
        if (names[i].address <= address && (best < 0 || names[i].address >= names[best].address) &&
            are_together(names[i].address, address))
            best = (int)i;
    return best;
}

void story_names(const char *(*name)(const void *pointer))
{
    namer = name;
}

const char *find_exact_name(const void *pointer)
{
    int found = find_name((uintptr_t)pointer);
    return found >= 0 ? names[found].name : NULL;
}

void set_name(const void *pointer, const char *name)
{
    int found = find_name((uintptr_t)pointer);
    if (found < 0 && name_count == MOST_NAMES)
        return;
    unsigned entry = found >= 0 ? (unsigned)found : name_count++;
    names[entry].address = (uintptr_t)pointer;
    snprintf(names[entry].name, NAME_BYTES, "%s", name);
}

void story_each_name(void (*show)(uintptr_t address, const char *name))
{
    for (unsigned i = 0; i < name_count; i++)
        show(names[i].address, names[i].name);
}

/* In static memory; the last TEXTS results stay. So do those of heap_place. */
const char *name_of(const void *pointer)
{
    static char texts[TEXTS][TEXT_BYTES];
    static unsigned next;
    char *text = texts[next++ % TEXTS];
    uintptr_t address = (uintptr_t)pointer;
    int entry = find_near(address);
    const char *name = namer ? namer(pointer) : NULL;
    if (!pointer)
        snprintf(text, TEXT_BYTES, "NULL");
    else if (name)
        snprintf(text, TEXT_BYTES, "%s", name);
    else if (entry < 0)
        snprintf(text, TEXT_BYTES, "(void *)%#jx", (uintmax_t)address);
    else if (names[entry].address == address)
        snprintf(text, TEXT_BYTES, "%s", names[entry].name);
    else
        snprintf(text, TEXT_BYTES, "%s + %zu", names[entry].name, (size_t)(address - names[entry].address));
    return text;
}

const char *heap_place(const void *pointer, size_t header)
{
    static char texts[TEXTS][TEXT_BYTES];
    static unsigned next;
    char *text = texts[next++ % TEXTS];
    uintptr_t address = (uintptr_t)pointer;
    if (address - HEAP_ADDRESS >= HEAP_BYTES)
        return name_of(pointer);
    int entry = find_name(address);
    if (entry < 0)
        entry = find_name(address + header);
    int length = snprintf(text, TEXT_BYTES, "heap + %zu", (size_t)(address - HEAP_ADDRESS));
    if (entry >= 0)
        snprintf(text + length, TEXT_BYTES - (size_t)length, " (%s)", names[entry].name);
    return text;
}

/* a, b, ..., z, p26, p27, ... */
static void next_letter(char *name)
{
    enum { ALPHABET = 26 };
    unsigned n = letters++;
    if (n < ALPHABET)
        snprintf(name, NAME_BYTES, "%c", 'a' + (int)n);
    else
        snprintf(name, NAME_BYTES, "p%u", n);
}

/* --- lines --- */

static char *last_line(void)
{
    return record->line[(record->lines - 1) % STORY_LINES];
}

const char *story_last_line(void)
{
    return record->lines > 0 ? last_line() : "";
}

void tell(const char *format, ...)
{
    if (quiet)
        return;
    va_list arguments;
    va_start(arguments, format);
    record->lines++;
    record->wrote[(record->lines - 1) % STORY_LINES].codes = 0;
    vsnprintf(last_line(), LINE_BYTES, format, arguments);
    va_end(arguments);
}

void fill(void *block, unsigned char byte, size_t n)
{
    expect_readable(block, n, "the block should lie on the heap for all %zu bytes", n);
    tell("memset(%s, %u, %zu);", name_of(block), byte, n);
    memset(block, byte, n);
}

void story_quiet(void)
{
    tell("/* ... many calls that are not shown ... */");
    quiet = true;
}

void story_aloud(void)
{
    quiet = false;
}

bool story_is_quiet(void)
{
    return quiet;
}

static void write_call(char *room, size_t size, const struct call *call, const uint64_t *arguments);

static void write_down(const struct call *call, const uint64_t *arguments)
{
    unwritten.is = false;
    write_call(call_text, sizeof call_text, call, arguments);
}

const char *story_last_call(void)
{
    if (unwritten.is)
        write_down(&unwritten.call, unwritten.arguments);
    return call_text[0] ? call_text : "your program, before any function was called,";
}

void story_many(const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    unwritten.is = false;
    vsnprintf(call_text, sizeof call_text, format, arguments);
    va_end(arguments);
}

/* --- calls --- */

/* Sizes near the top are shown as the student would write them. */
static int write_size(char *room, size_t size, uint64_t value)
{
    enum { NEAR_TOP = 65536 };
    if (value == SIZE_MAX)
        return snprintf(room, size, "SIZE_MAX");
    if (value > SIZE_MAX - NEAR_TOP)
        return snprintf(room, size, "SIZE_MAX - %ju", (uintmax_t)(SIZE_MAX - value));
    return snprintf(room, size, value > UINT32_MAX ? "%#jx" : "%ju", (uintmax_t)value);
}

static int write_string(char *room, size_t size, uint64_t value)
{
    enum { SHOWN = 40 };
    const char *string = (const char *)(uintptr_t)value;
    bool is_input = value >= ARENA_ADDRESS && value < HEAP_ADDRESS;
    if (!is_input || find_exact_name(string))
        return snprintf(room, size, "%s", name_of(string));
    char text[2 * SHOWN + 1] = "";
    size_t used = 0;
    for (size_t i = 0; i < SHOWN && string[i] != '\0'; i++) {
        const char *escape = string[i] == '\n' ? "\\n" : string[i] == '\t' ? "\\t" : string[i] == '"' ? "\\\"" : NULL;
        if (escape)
            text[used++] = escape[0];
        text[used++] = escape ? escape[1] : string[i];
    }
    return snprintf(room, size, "\"%.*s%s\"", (int)used, text, strnlen(string, SHOWN + 1) > SHOWN ? "..." : "");
}

void name_value(const char *function, int value, const char *name)
{
    if (constant_count == MOST_CONSTANTS)
        fault("there are names for more than %d values", MOST_CONSTANTS);
    constants[constant_count].function = function;
    constants[constant_count].value = (uint64_t)value;
    constants[constant_count++].name = name;
}

/* The name of VALUE where FUNCTION takes or returns it; NULL if it has none. */
static const char *constant_name(const char *function, uint64_t value)
{
    for (unsigned i = 0; i < constant_count; i++)
        if (constants[i].value == value && strcmp(constants[i].function, function) == 0)
            return constants[i].name;
    return NULL;
}

static int write_word(char *room, size_t size, const char *function, enum word_kind kind, uint64_t value)
{
    const char *name = constant_name(function, value);
    if (name)
        return snprintf(room, size, "%s", name);
    switch (kind) {
    case WORD_BOOL:
        return snprintf(room, size, "%s", value ? "true" : "false");
    case WORD_INT:
        return snprintf(room, size, "%jd", (intmax_t)value);
    case WORD_SIZE:
        return write_size(room, size, value);
    case WORD_STRING:
        return write_string(room, size, value);
    default:
        return snprintf(room, size, "%s", name_of((const void *)(uintptr_t)value));
    }
}

/* "mm_malloc(100)" */
static void write_call(char *room, size_t size, const struct call *call, const uint64_t *arguments)
{
    size_t used = (size_t)snprintf(room, size, "%s(", call->name);
    for (unsigned i = 0; i < call->arguments && used < size; i++) {
        if (i > 0)
            used += (size_t)snprintf(room + used, size - used, ", ");
        if (used < size)
            used += (size_t)write_word(room + used, size - used, call->name, call->kinds[i], arguments[i]);
    }
    if (used < size)
        snprintf(room + used, size - used, ")");
}

void story_write_call(char *room, size_t size, const struct call *call, const uint64_t *arguments)
{
    write_call(room, size, call, arguments);
}

/* A call with a string must be written down before it is made: the call may change the string. */
static bool can_wait(const struct call *call)
{
    for (unsigned i = 0; i < call->arguments; i++)
        if (call->kinds[i] == WORD_STRING)
            return false;
    return quiet;
}

void story_call(const struct call *call, const uint64_t *arguments)
{
    call_was_told = !quiet;
    if (can_wait(call)) {
        unwritten.is = true;
        unwritten.call = *call;
        memcpy(unwritten.arguments, arguments, call->arguments * sizeof *arguments);
        return;
    }
    write_down(call, arguments);
    tell("%s;  /* did not return */", call_text);
}

static void tell_pointer(const struct call *call, const void *result)
{
    char name[NAME_BYTES];
    char before[NAME_BYTES + 32] = "";
    int known = find_name((uintptr_t)result);
    if (known >= 0)
        snprintf(before, sizeof before, "  /* where %s was */", names[known].name);
    next_letter(name);
    set_name(result, name);
    const char *type = call->result_type;
    bool star = type[strlen(type) - 1] == '*';
    tell("%s%s%s = %s;%s", type, star ? "" : " ", name, call_text, before);
}

static void tell_value(const struct call *call, uint64_t result)
{
    char value[LINE_BYTES / 2];
    write_word(value, sizeof value, call->name, call->result_kind, result);
    tell("%s;  /* returned %s */", call_text, value);
}

void story_return(const struct call *call, uint64_t result)
{
    if (!call_was_told || quiet)
        return;
    record->lines--; /* replaces the line that story_call wrote */
    bool pointer = call->result_kind == WORD_POINTER || call->result_kind == WORD_STRING;
    if (!call->result_type)
        tell("%s;", call_text);
    else if (pointer && may_be_block(result))
        tell_pointer(call, (const void *)(uintptr_t)result);
    else
        tell_value(call, result);
}
