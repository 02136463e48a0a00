// SPDX-License-Identifier: MIT
/*
 * places.c - from a crash's program counters to a function and a line (grade.h).
 *
 * All tests' frames go through one run of addr2line, in the tool sandbox: the debugging information is the student's.
 */
#include "grade/grade.h"

#include <string.h>

enum { OUTPUT_BYTES = 1 << 20 };

/* All frames of all verdicts, in order; borrowed from the JSON. */
static GPtrArray *frames_of(const json_t *verdicts)
{
    GPtrArray *frames = g_ptr_array_new();
    size_t i, k;
    json_t *verdict, *frame;
    json_array_foreach(verdicts, i, verdict) json_array_foreach(json_object_get(verdict, "frames"), k, frame)
        g_ptr_array_add(frames, (gpointer)(uintptr_t)json_string_value(frame));
    return frames;
}

/* After all the frames, appends the address of the code that wrote the word in question: one per verdict, where it is
 * known. */
static void add_authors(GPtrArray *frames, const json_t *verdicts)
{
    size_t i;
    json_t *verdict;
    json_array_foreach(verdicts, i, verdict)
    {
        const char *code = json_string_value(json_object_get(json_object_get(verdict, "author"), "code"));
        if (code)
            g_ptr_array_add(frames, (gpointer)(uintptr_t)code);
    }
}

/* "heap + 144: in mm_insert, free_list.c:131, in call 3, mm_free(c)". LINES are addr2line's two on its author. */
static void tell_author(const struct submission *submission, json_t *verdict, GStrv lines)
{
    json_t *author = json_object_get(verdict, "author");
    g_auto(GStrv) texts = build_texts(submission);
    g_autofree char *where = places_where((const char *const *)texts, lines, 1);
    const char *place = json_string_value(json_object_get(author, "place"));
    const char *calls = json_string_value(json_object_get(author, "calls"));
    if (!where)
        return;
    json_object_set_new(verdict, "written",
                        json_sprintf("%s: %s, in call %d%s%s", place ? place : "", where,
                                     (int)json_integer_value(json_object_get(author, "call")), calls ? ", " : "",
                                     calls ? calls : ""));
}

static void tell_authors(const struct submission *submission, json_t *verdicts, GStrv lines)
{
    size_t i;
    json_t *verdict;
    json_array_foreach(verdicts, i, verdict)
    {
        if (!json_is_object(json_object_get(verdict, "author")) || !lines[0] || !lines[1])
            continue;
        tell_author(submission, verdict, lines);
        lines += 2;
    }
}

/* addr2line's answer: two lines a frame, function and file:line. */
static GStrv resolve(const struct submission *submission, const GPtrArray *frames)
{
    g_autoptr(GPtrArray) command = g_ptr_array_new();
    static const char *const tool[] = {"addr2line", "-f", "-e", "subject"};
    for (guint i = 0; i < G_N_ELEMENTS(tool); i++)
        g_ptr_array_add(command, (gpointer)(uintptr_t)tool[i]);
    for (guint i = 0; i < frames->len; i++)
        g_ptr_array_add(command, frames->pdata[i]);
    g_ptr_array_add(command, NULL);
    build_tool(submission, VIEW_NOTHING, (const char *const *)command->pdata, NULL, "places.txt");
    g_autofree char *path = submission_path(submission, "places.txt");
    g_autofree char *text = files_read_text(path, OUTPUT_BYTES);
    return g_strsplit(text, "\n", -1);
}

/* "src/mm.c:12 (discriminator 1)" becomes "mm.c:12" if it is a line of one of FILES; NULL otherwise. */
static char *student_line(const char *const *files, const char *place)
{
    const char *slash = strrchr(place, '/');
    const char *base = slash ? slash + 1 : place;
    g_auto(GStrv) parts = g_strsplit_set(base, ": ", 3);
    if (!parts[0] || !parts[1] || !g_strv_contains(files, parts[0]) || !g_ascii_isdigit(parts[1][0]))
        return NULL;
    return g_strdup_printf("%s:%s", parts[0], parts[1]);
}

char *places_where(const char *const *files, GStrv lines, guint n)
{
    for (guint i = 0; i < n && lines[2 * i] && lines[2 * i + 1]; i++) {
        g_autofree char *line = student_line(files, lines[2 * i + 1]);
        if (line)
            return g_strdup_printf("in %s, %s", lines[2 * i], line);
    }
    return NULL;
}

/* Code that times out stops on a different line each run, perhaps even in a different function. Only the function that
 * was called is certain: "in mm_malloc, mm.c", for the outermost of the N frames that lies in one of FILES. */
static char *where_called(const char *const *files, GStrv lines, guint n)
{
    for (guint i = n; i-- > 0;) {
        g_autofree char *line = student_line(files, lines[2 * i + 1]);
        if (line)
            return g_strdup_printf("in %s, %.*s", lines[2 * i], (int)strcspn(line, ":"), line);
    }
    return NULL;
}

void places(const struct submission *submission, json_t *verdicts)
{
    g_autoptr(GPtrArray) frames = frames_of(verdicts);
    guint falls = frames->len;
    add_authors(frames, verdicts);
    if (frames->len == 0)
        return;
    g_auto(GStrv) lines = resolve(submission, frames);
    g_auto(GStrv) texts = build_texts(submission);
    const char *const *files = (const char *const *)texts;
    guint known = g_strv_length(lines) / 2;
    guint at = 0;
    size_t i;
    json_t *verdict;
    json_array_foreach(verdicts, i, verdict)
    {
        guint n = (guint)json_array_size(json_object_get(verdict, "frames"));
        if (n > 0 && at + n <= known) {
            bool hung = g_strcmp0(json_string_value(json_object_get(verdict, "status")), "timed_out") == 0;
            g_autofree char *found = (hung ? where_called : places_where)(files, lines + 2 * (size_t)at, n);
            json_object_set_new(verdict, "where", found ? json_string(found) : json_null());
        }
        at += n;
    }
    if (known >= falls)
        tell_authors(submission, verdicts, lines + 2 * (size_t)falls);
}
