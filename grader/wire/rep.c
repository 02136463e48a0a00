// SPDX-License-Identifier: MIT
/*
 * rep.c - reading .rep traces (rep.h).
 */
#include "wire/rep.h"

#include <errno.h>
#include <inttypes.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MOST = 50000000, HEADER_NUMBERS = 4, GROWTH = 4096 };

/* The state of the reader. */
struct reader {
    const char *path;
    FILE *file;
    char *text; /* of the line that is being read */
    size_t room;
    char *at; /* how far in it */
    unsigned line;
    char *problem;
    unsigned char *state; /* of each id */
    uint32_t states;
    bool counted;       /* the file starts with a header */
    uintmax_t id, size; /* of the last operation that had one, if any did */
    bool has_id, has_size;
};

enum { NEVER, LIVE, FREED };

__attribute__((__format__(__printf__, 2, 3))) static bool wrong(struct reader *reader, const char *format, ...)
{
    char sentence[256];
    char *whole = NULL;
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(sentence, sizeof sentence, format, arguments);
    va_end(arguments);
    if (asprintf(&whole, "%s, line %u: %s", reader->path, reader->line, sentence) < 0)
        whole = NULL;
    free(reader->problem);
    reader->problem = whole;
    return false;
}

/* --- words: what scanf would take, wherever lines end; and comments from # to the end of the line --- */

/* Moves to the next word. False at the end of the file. */
static bool find_word(struct reader *reader)
{
    static const char spaces[] = " \t\r\n\v\f";
    for (;;) {
        char *at = reader->at;
        if (at)
            at += strspn(at, spaces);
        if (at && *at != '\0' && *at != '#') {
            reader->at = at;
            return true;
        }
        if (getline(&reader->text, &reader->room, reader->file) < 0)
            return false;
        reader->line++;
        reader->at = reader->text;
    }
}

/* The number that comes next; false if it is something else, or a number only with a sign that is not allowed. */
static bool take_number(struct reader *reader, bool may_be_negative, uintmax_t *number)
{
    if (!find_word(reader))
        return false;
    const char *digits = reader->at + (may_be_negative && *reader->at == '-');
    if (*digits < '0' || *digits > '9')
        return false;
    enum { DECIMAL = 10 };
    *number = *reader->at == '-' ? (uintmax_t)strtoimax(reader->at, &reader->at, DECIMAL)
                                 : strtoumax(reader->at, &reader->at, DECIMAL);
    return true;
}

/* Four numbers, usually one per line. */
static bool read_header(struct reader *reader, uint32_t *numbers)
{
    for (int n = 0; n < HEADER_NUMBERS; n++) {
        uintmax_t number;
        if (!take_number(reader, false, &number))
            return wrong(reader, "the file should start with four numbers: heap size, ids, operations, weight");
        numbers[n] = number > UINT32_MAX ? UINT32_MAX : (uint32_t)number; /* a heap size is only a suggestion */
    }
    return true;
}

/* Is OPERATION possible now? Keeps the states up to date. */
static bool follow(struct reader *reader, const struct rep_trace *trace, const struct rep_operation *operation)
{
    uint32_t id = operation->id;
    if (id == REP_NO_ID && operation->kind == REP_FREE)
        return true;
    if (id >= trace->ids)
        return wrong(reader, "id %" PRIu32 " is not below the number of ids, %" PRIu32, id, trace->ids);
    unsigned char *state = &reader->state[id];
    if (operation->kind == REP_ALLOCATE && *state == LIVE)
        return wrong(reader, "id %" PRIu32 " is allocated a second time without a free", id);
    if (operation->kind == REP_FREE && *state != LIVE)
        return wrong(reader, "id %" PRIu32 " is freed, but is not in use", id);
    if (operation->kind == REP_REALLOCATE && *state == FREED)
        return wrong(reader, "id %" PRIu32 " is reallocated after its free", id);
    *state = operation->kind == REP_FREE ? FREED : LIVE;
    return true;
}

static enum rep_kind kind_of(char letter)
{
    return letter == 'a' ? REP_ALLOCATE : letter == 'r' ? REP_REALLOCATE : REP_FREE;
}

/* Room for the state of ID, in a file that does not say how many there are. */
static bool make_state(struct reader *reader, struct rep_trace *trace, uint32_t id)
{
    if (reader->counted || id == REP_NO_ID || id < trace->ids)
        return true;
    if (id >= MOST)
        return wrong(reader, "a trace may have %d ids and operations", MOST);
    if (id >= reader->states) {
        uint32_t states = 2 * (id + 1);
        unsigned char *more = realloc(reader->state, states);
        if (!more)
            return wrong(reader, "there is no memory for %" PRIu32 " ids", states);
        memset(more + reader->states, NEVER, states - reader->states);
        reader->state = more;
        reader->states = states;
    }
    trace->ids = id + 1;
    return true;
}

/* Takes a number into *LAST, which keeps its value if there is none, as a variable does in mdriver's scanner. False if
 * it has no value yet. */
static bool take_or_keep(struct reader *reader, bool may_be_negative, uintmax_t *last, bool *known)
{
    *known = take_number(reader, may_be_negative, last) || *known;
    return *known;
}

/* A letter and numbers; more letters ("alloc") do not matter. False if a number is missing, or is no id. */
static bool take_operation(struct reader *reader, struct rep_operation *operation)
{
    char letter = *reader->at;
    *operation = (struct rep_operation){.kind = kind_of(letter), .line = reader->line};
    if (letter != 'a' && letter != 'r' && letter != 'f')
        return false;
    while (*reader->at >= 'a' && *reader->at <= 'z')
        reader->at++;
    if (!take_or_keep(reader, true, &reader->id, &reader->has_id))
        return false;
    if (letter != 'f' && !take_or_keep(reader, false, &reader->size, &reader->has_size))
        return false;
    bool frees_null = letter == 'f' && reader->id == (uintmax_t)-1;
    operation->id = frees_null ? REP_NO_ID : (uint32_t)reader->id;
    operation->size = letter == 'f' ? 0 : (size_t)reader->size;
    return frees_null || reader->id < UINT32_MAX;
}

static bool read_operation(struct reader *reader, struct rep_trace *trace, struct rep_operation *operation)
{
    unsigned line = reader->line;
    char *copy = strdup(reader->at);
    bool ok = take_operation(reader, operation);
    if (!ok) {
        reader->line = line;
        copy[strcspn(copy, "\r\n")] = '\0';
        wrong(reader, "'%.40s' is not 'a ID SIZE', 'r ID SIZE' or 'f ID'", copy);
    }
    free(copy);
    return ok && make_state(reader, trace, operation->id) && follow(reader, trace, operation);
}

/* The next of the operations, which are as many as the header says or as the file has. */
static struct rep_operation *room_for_operation(struct reader *reader, struct rep_trace *trace)
{
    if (!reader->counted && trace->operations % GROWTH == 0) {
        size_t most = (size_t)trace->operations + GROWTH;
        struct rep_operation *more = realloc(trace->operation, (most + 1) * sizeof *more);
        if (!more || most > MOST) {
            trace->operation = more ? more : trace->operation;
            wrong(reader, "a trace may have %d ids and operations", MOST);
            return NULL;
        }
        trace->operation = more;
    }
    return &trace->operation[trace->operations];
}

static bool read_uncounted(struct reader *reader, struct rep_trace *trace)
{
    trace->weight = 1;
    while (find_word(reader)) {
        struct rep_operation *operation = room_for_operation(reader, trace);
        if (!operation || !read_operation(reader, trace, operation))
            return false;
        trace->operations++;
    }
    return true;
}

static bool read_counted(struct reader *reader, struct rep_trace *trace)
{
    uint32_t numbers[HEADER_NUMBERS];
    if (!read_header(reader, numbers))
        return false;
    if (numbers[1] > MOST || numbers[2] > MOST)
        return wrong(reader, "a trace may have %d ids and operations", MOST);
    trace->ids = numbers[1];
    trace->operations = numbers[2];
    trace->weight = numbers[3];
    trace->operation = calloc((size_t)trace->operations + 1, sizeof *trace->operation);
    reader->state = calloc((size_t)trace->ids + 1, 1);
    if (!trace->operation || !reader->state)
        return wrong(reader, "there is no memory for %" PRIu32 " operations", trace->operations);
    for (uint32_t i = 0; i < trace->operations; i++) {
        if (!find_word(reader))
            return wrong(reader, "the file ends before its %" PRIu32 " operations", trace->operations);
        if (!read_operation(reader, trace, &trace->operation[i]))
            return false;
    }
    if (find_word(reader) && strchr("arf", *reader->at))
        return wrong(reader, "there are more operations than the %" PRIu32 " of the header", trace->operations);
    return true;
}

static bool read_all(struct reader *reader, struct rep_trace *trace)
{
    bool any = find_word(reader);
    reader->counted = !any || !strchr("arf", *reader->at);
    return reader->counted ? read_counted(reader, trace) : read_uncounted(reader, trace);
}

char *rep_read(const char *path, struct rep_trace *trace)
{
    struct reader reader = {.path = path, .file = fopen(path, "r")};
    *trace = (struct rep_trace){0};
    if (!reader.file) {
        char *problem = NULL;
        return asprintf(&problem, "cannot read %s: %s", path, strerror(errno)) < 0 ? NULL : problem;
    }
    if (!read_all(&reader, trace))
        rep_clear(trace);
    fclose(reader.file);
    free(reader.state);
    free(reader.text);
    return reader.problem;
}

void rep_clear(struct rep_trace *trace)
{
    free(trace->operation);
    *trace = (struct rep_trace){0};
}
