// SPDX-License-Identifier: MIT
/*
 * story.c - the calls of a test as lines of C (heaplab/story.h, judge.h).
 *
 * A call's line is written when the call starts, and rewritten with the result when it returns; so a call that never
 * returns has a line, too.
 */
#include "judge/judge.h"
#include "judge/lib/names.h"

#include <stdarg.h>
#include <stdio.h>

enum { MOST_CONSTANTS = 32 };

/* Set while the suite is built, or by a test's set-up. */
static struct {
    const char *function;
    uint64_t value;
    const char *name;
} constants[MOST_CONSTANTS];
static unsigned constant_count;

/* Of the running test. Each test runs in a process of its own, so nothing has to be reset. */
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

void end_disturbed(void)
{
    end_test(STATUS_MISUSED, "the call returns", "it wrote over the grader's messages instead",
             "%s disturbed the way results are returned", story_last_call());
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
    char before[NAME_BYTES + 32] = "";
    const char *known = find_exact_name(result);
    if (known)
        snprintf(before, sizeof before, "  /* where %s was */", known);
    const char *name = name_next(result);
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
