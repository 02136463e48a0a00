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

enum { MOST = 50000000, HEADER_NUMBERS = 4 };

/* Where the reader is. */
struct reader {
    const char *path;
    FILE *file;
    unsigned line;
    char *problem;
    unsigned char *state; /* of each id */
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

/* The next line without its end, or NULL. In static memory. */
static char *next_line(struct reader *reader)
{
    static char text[256];
    if (!fgets(text, sizeof text, reader->file))
        return NULL;
    reader->line++;
    text[strcspn(text, "\r\n")] = '\0';
    return text;
}

/* Four numbers, usually one a line. */
static bool read_header(struct reader *reader, uint32_t *numbers)
{
    int n = 0;
    while (n < HEADER_NUMBERS) {
        char *text = next_line(reader);
        for (char *end; text && n < HEADER_NUMBERS; text = end) {
            uintmax_t number = strtoumax(text, &end, 10);
            if (end == text)
                break;
            if (number > UINT32_MAX)
                number = UINT32_MAX; /* a heap size that is only a suggestion */
            numbers[n++] = (uint32_t)number;
        }
        if (!text || (n < HEADER_NUMBERS && text[strspn(text, " \t")] != '\0'))
            return wrong(reader, "the file should start with four numbers: heap size, ids, operations, weight");
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

/* "a ID SIZE", and SIZE as 0 for "f ID". False if TEXT is something else. By hand, as sscanf takes much of the time of
 * a long replay. */
static bool parse(const char *text, char *letter, intmax_t *id, uintmax_t *size)
{
    enum { DECIMAL = 10 };
    char *end;
    text += strspn(text, " \t");
    *letter = *text;
    if (*letter != 'a' && *letter != 'r' && *letter != 'f')
        return false;
    *id = strtoimax(text + 1, &end, DECIMAL);
    bool has_id = end != text + 1;
    const char *rest = end;
    *size = strtoumax(rest, &end, DECIMAL);
    return has_id && (end != rest) == (*letter != 'f');
}

static bool read_operation(struct reader *reader, const struct rep_trace *trace, struct rep_operation *operation)
{
    const char *text = next_line(reader);
    char letter;
    intmax_t id;
    uintmax_t size;
    while (text && text[strspn(text, " \t")] == '\0')
        text = next_line(reader);
    if (!text)
        return wrong(reader, "the file ends before its %" PRIu32 " operations", trace->operations);
    bool ok = parse(text, &letter, &id, &size);
    bool frees_null = ok && letter == 'f' && id == -1;
    if (!ok || (id < 0 && !frees_null) || id >= UINT32_MAX)
        return wrong(reader, "'%.40s' is none of 'a ID SIZE', 'r ID SIZE', 'f ID'", text);
    *operation = (struct rep_operation){.kind = kind_of(letter),
                                        .id = frees_null ? REP_NO_ID : (uint32_t)id,
                                        .line = reader->line,
                                        .size = (size_t)size};
    return follow(reader, trace, operation);
}

static bool read_all(struct reader *reader, struct rep_trace *trace)
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
    for (uint32_t i = 0; i < trace->operations; i++)
        if (!read_operation(reader, trace, &trace->operation[i]))
            return false;
    return true;
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
    return reader.problem;
}

void rep_clear(struct rep_trace *trace)
{
    free(trace->operation);
    *trace = (struct rep_trace){0};
}
