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

/* And after those, the frames of all places in stories, in order. Returns how many they are. */
static guint add_sites(GPtrArray *frames, const json_t *verdicts)
{
    guint before = frames->len;
    size_t i, k, m;
    json_t *verdict, *site, *frame;
    json_array_foreach(verdicts, i, verdict) json_array_foreach(json_object_get(verdict, "sites"), k, site)
        json_array_foreach(json_object_get(site, "frames"), m, frame)
            g_ptr_array_add(frames, (gpointer)(uintptr_t)json_string_value(frame));
    return frames->len - before;
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

/* --- places in stories --- */

/* " in list_pop, given_heap.c:52": addr2line's two LINES, if they are about a file that is given to students (and not
 * written by them); otherwise NULL. */
static char *given_place(GStrv lines)
{
    static const char given[] = "given_";
    const char *slash = strrchr(lines[1], '/');
    const char *base = slash ? slash + 1 : lines[1];
    if (!g_str_has_prefix(base, given))
        return NULL;
    return g_strdup_printf(" in %s, %.*s", lines[0], (int)strcspn(base, " "), base);
}

/* What a place is called whose N frames LINES are about: the line of the student's, and where that had got to in code
 * that is given. */
static char *site_text(const char *const *files, GStrv lines, guint n)
{
    g_autofree char *own = places_where(files, lines, n);
    g_autofree char *given = n > 0 ? given_place(lines) : NULL;
    return g_strconcat(own ? " " : "", own ? own : "", given && own ? "," : "", given ? given : "", NULL);
}

/* Adds VERDICT's places to its story, as comments of one or more lines. LINES are those of their frames; returns the
 * next ones. */
static GStrv tell_sites(const char *const *files, json_t *verdict, GStrv lines)
{
    json_t *story = json_object_get(verdict, "story");
    bool goes_on = false;
    size_t i;
    json_t *site;
    json_array_foreach(json_object_get(verdict, "sites"), i, site)
    {
        guint n = (guint)json_array_size(json_object_get(site, "frames"));
        g_autofree char *place = site_text(files, lines, n);
        const char *start = goes_on ? "   " : "/* ";
        goes_on = json_is_true(json_object_get(site, "goes_on"));
        json_array_append_new(story, json_sprintf("%s%s%s%s", start, json_string_value(json_object_get(site, "text")),
                                                  place, goes_on ? "" : " */"));
        lines += 2 * (size_t)n;
    }
    return lines;
}

static void tell_all_sites(const char *const *files, json_t *verdicts, GStrv lines)
{
    size_t i;
    json_t *verdict;
    json_array_foreach(verdicts, i, verdict) lines = tell_sites(files, verdict, lines);
}

void places(const struct submission *submission, json_t *verdicts)
{
    g_autoptr(GPtrArray) frames = frames_of(verdicts);
    guint falls = frames->len;
    add_authors(frames, verdicts);
    guint of_sites = add_sites(frames, verdicts);
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
    if (known >= frames->len)
        tell_all_sites(files, verdicts, lines + 2 * (size_t)(frames->len - of_sites));
}
