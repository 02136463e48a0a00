// SPDX-License-Identifier: MIT
/*
 * places.c - from program counters to functions and lines: where a test crashed, and who wrote what it is about
 * (grade.h).
 *
 * All of them go through one run of addr2line, in the tool sandbox: the debugging information is the student's.
 */
#include "grade/grade.h"

#include <stdlib.h>
#include <string.h>

enum { OUTPUT_BYTES = 1 << 20, MOST_CODES = 2000 /* that addr2line gets at a time */ };

static const char *code_of_author(const json_t *verdict)
{
    return json_string_value(json_object_get(json_object_get(verdict, "author"), "code"));
}

/* Adds the codes in LIST, a JSON array of strings; borrowed. */
static void add_codes(GPtrArray *codes, const json_t *list)
{
    size_t i;
    json_t *code;
    json_array_foreach(list, i, code) g_ptr_array_add(codes, (gpointer)(uintptr_t)json_string_value(code));
}

/* The addresses that are to become lines, in order: each verdict's frames; the code that wrote the word in question,
 * where that is known; for each line of its story, the code that wrote to the block in question; and the places that
 * belong to the story. */
static GPtrArray *codes_of(const json_t *verdicts)
{
    GPtrArray *codes = g_ptr_array_new();
    size_t i, k;
    json_t *verdict, *line;
    json_array_foreach(verdicts, i, verdict)
    {
        add_codes(codes, json_object_get(verdict, "frames"));
        if (code_of_author(verdict))
            g_ptr_array_add(codes, (gpointer)(uintptr_t)code_of_author(verdict));
        json_array_foreach(json_object_get(verdict, "wrote"), k, line) add_codes(codes, line);
        json_array_foreach(json_object_get(verdict, "sites"), k, line)
            add_codes(codes, json_object_get(line, "frames"));
    }
    return codes;
}

/* addr2line's answer: two lines a code, function and file:line. */
static GStrv resolve(const struct submission *submission, const GPtrArray *codes)
{
    g_autoptr(GPtrArray) command = g_ptr_array_new();
    static const char *const tool[] = {"addr2line", "-f", "-e", "subject"};
    for (guint i = 0; i < G_N_ELEMENTS(tool); i++)
        g_ptr_array_add(command, (gpointer)(uintptr_t)tool[i]);
    for (guint i = 0; i < codes->len; i++)
        g_ptr_array_add(command, codes->pdata[i]);
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

/* What a place is called whose N frames LINES are about: the student's line, and where that had got to in code
 * that is given. */
static char *site_text(const char *const *files, GStrv lines, guint n)
{
    g_autofree char *own = places_where(files, lines, n);
    g_autofree char *given = n > 0 ? given_place(lines) : NULL;
    return g_strconcat(own ? " " : "", own ? own : "", given && own ? "," : "", given ? given : "", NULL);
}

/* Adds VERDICT's places to its story, as comments; several places may share one. LINES are those of their frames. */
static void tell_sites(const char *const *files, json_t *verdict, GStrv lines)
{
    json_t *story = json_object_get(verdict, "story");
    g_autoptr(GString) comment = g_string_new("/* ");
    size_t i;
    json_t *site;
    json_array_foreach(json_object_get(verdict, "sites"), i, site)
    {
        guint n = (guint)json_array_size(json_object_get(site, "frames"));
        g_autofree char *place = site_text(files, lines, n);
        g_string_append_printf(comment, "%s%s ", json_string_value(json_object_get(site, "text")), place);
        if (!json_is_true(json_object_get(site, "goes_on"))) {
            json_array_append_new(story, json_sprintf("%s*/", comment->str));
            g_string_assign(comment, "/* ");
        }
        lines += 2 * (size_t)n;
    }
}

/* --- who wrote it --- */

/* "heap + 144: in mm_insert, free_list.c:131, in call 3, mm_free(c)". LINES are addr2line's two on its author, if a
 * call has written there. */
static void tell_author(json_t *verdict, const char *const *files, GStrv lines)
{
    json_t *author = json_object_get(verdict, "author");
    const char *place = json_string_value(json_object_get(author, "place"));
    const char *calls = json_string_value(json_object_get(author, "calls"));
    if (!code_of_author(verdict)) {
        json_object_set_new(verdict, "written",
                            json_sprintf("%s: by none of your functions so far", place ? place : ""));
        return;
    }
    g_autofree char *where = places_where(files, lines, 1);
    if (!where)
        return;
    json_object_set_new(verdict, "written",
                        json_sprintf("%s: %s, in call %d%s%s", place ? place : "", where,
                                     (int)json_integer_value(json_object_get(author, "call")), calls ? ", " : "",
                                     calls ? calls : ""));
}

/* Do two places, "free_list.c:131" each, lie in the same file? */
static bool same_file(const char *a, const char *b)
{
    gsize length = strcspn(a, ":");
    return length == strcspn(b, ":") && strncmp(a, b, length) == 0;
}

static gint by_file_and_line(gconstpointer a, gconstpointer b)
{
    const char *first = *(char *const *)a;
    const char *second = *(char *const *)b;
    if (!same_file(first, second))
        return strcmp(first, second);
    return atoi(strchr(first, ':') + 1) - atoi(strchr(second, ':') + 1);
}

/* "free_list.c:131, 140" for the N codes that LINES are about: each line once, in the order of the file, and not too
 * many; NULL if none is a line of one of FILES. */
static char *lines_text(const char *const *files, GStrv lines, guint n)
{
    enum { SHOWN = 3 };
    g_autoptr(GPtrArray) found = g_ptr_array_new_with_free_func(g_free);
    for (guint i = 0; i < n; i++) {
        char *line = student_line(files, lines[2 * i + 1]);
        if (line && !g_ptr_array_find_with_equal_func(found, line, g_str_equal, NULL))
            g_ptr_array_add(found, line);
        else
            g_free(line);
    }
    if (found->len == 0)
        return NULL;
    g_ptr_array_sort(found, by_file_and_line);
    GString *text = g_string_new(found->pdata[0]);
    for (guint i = 1; i < found->len && i < SHOWN; i++) {
        const char *place = found->pdata[i];
        bool same = same_file(place, found->pdata[i - 1]);
        g_string_append_printf(text, ", %s", same ? strchr(place, ':') + 1 : place);
    }
    if (found->len > SHOWN)
        g_string_append(text, ", ...");
    return g_string_free(text, FALSE);
}

/* LINE with a comment that says who wrote to the block called NAME; one that it has already goes on with it. */
static json_t *with_authors(const char *line, const char *name, const char *authors)
{
    static const char end[] = " */";
    gsize length = strlen(line);
    bool has_comment = g_str_has_suffix(line, end);
    return json_sprintf("%.*s%swrote to %s: %s */", (int)(length - (has_comment ? strlen(end) : 0)), line,
                        has_comment ? "; " : "  /* ", name, authors);
}

/* LINES are addr2line's on all codes of VERDICT's "wrote"; returns those after them. */
static GStrv tell_calls(json_t *verdict, const char *const *files, GStrv lines)
{
    const char *name = json_string_value(json_object_get(verdict, "question"));
    json_t *story = json_object_get(verdict, "story");
    size_t i;
    json_t *codes;
    json_array_foreach(json_object_get(verdict, "wrote"), i, codes)
    {
        guint n = (guint)json_array_size(codes);
        g_autofree char *authors = lines_text(files, lines, n);
        const char *line = json_string_value(json_array_get(story, i));
        if (name && authors && line)
            json_array_set_new(story, i, with_authors(line, name, authors));
        lines += 2 * (size_t)n;
    }
    return lines;
}

/* --- all verdicts --- */

static void tell_fall(json_t *verdict, const char *const *files, GStrv lines, guint n)
{
    bool hung = g_strcmp0(json_string_value(json_object_get(verdict, "status")), "timed_out") == 0;
    g_autofree char *found = (hung ? where_called : places_where)(files, lines, n);
    json_object_set_new(verdict, "where", found ? json_string(found) : json_null());
}

/* As many codes as codes_of found. */
static guint codes_in(const json_t *verdict)
{
    size_t k;
    json_t *line;
    size_t n = json_array_size(json_object_get(verdict, "frames"));
    n += code_of_author(verdict) != NULL;
    json_array_foreach(json_object_get(verdict, "wrote"), k, line) n += json_array_size(line);
    json_array_foreach(json_object_get(verdict, "sites"), k, line) n +=
        json_array_size(json_object_get(line, "frames"));
    return (guint)n;
}

static void tell_verdict(json_t *verdict, const char *const *files, GStrv lines)
{
    guint frames = (guint)json_array_size(json_object_get(verdict, "frames"));
    if (frames > 0)
        tell_fall(verdict, files, lines, frames);
    lines += 2 * (size_t)frames;
    if (json_is_object(json_object_get(verdict, "author")))
        tell_author(verdict, files, lines);
    if (code_of_author(verdict))
        lines += 2;
    lines = tell_calls(verdict, files, lines);
    tell_sites(files, verdict, lines);
}

void places(const struct submission *submission, json_t *verdicts)
{
    g_autoptr(GPtrArray) codes = codes_of(verdicts);
    g_auto(GStrv) lines = codes->len > 0 ? resolve(submission, codes) : g_new0(char *, 1);
    g_auto(GStrv) texts = submission_texts(submission);
    guint known = g_strv_length(lines) / 2;
    guint at = 0;
    size_t i;
    json_t *verdict;
    json_array_foreach(verdicts, i, verdict)
    {
        guint n = codes_in(verdict);
        if (at + n <= known)
            tell_verdict(verdict, (const char *const *)texts, lines + 2 * (size_t)at);
        at += n;
    }
}

/* --- codes of a timeline --- */

/* Function, file, line of one code; file is null if that is no line of one of FILES: another lab's, or not known. */
static json_t *place_of_lines(const char *const *files, char *const *two_lines)
{
    g_autofree char *line = student_line(files, two_lines[1]);
    const char *colon = line ? strchr(line, ':') : NULL;
    if (!line)
        return json_pack("[s, n, i]", two_lines[0], 0);
    return json_pack("[s, s%, i]", two_lines[0], line, (int)(colon - line), atoi(colon + 1));
}

json_t *places_of_codes(const struct submission *submission, const GPtrArray *codes)
{
    json_t *found = json_array();
    g_auto(GStrv) texts = submission_texts(submission);
    for (guint from = 0; from < codes->len; from += MOST_CODES) {
        g_autoptr(GPtrArray) some = g_ptr_array_new();
        for (guint i = from; i < codes->len && i < from + MOST_CODES; i++)
            g_ptr_array_add(some, codes->pdata[i]);
        g_auto(GStrv) lines = resolve(submission, some);
        guint known = g_strv_length(lines) / 2;
        for (guint i = 0; i < some->len; i++)
            json_array_append_new(found, i < known ? place_of_lines((const char *const *)texts, lines + 2 * (size_t)i)
                                                   : json_pack("[s, n, i]", "??", 0));
    }
    return found;
}
