// SPDX-License-Identifier: MIT
/*
 * memcheck.c - what valgrind's memcheck saw in a test, told in the student's terms (grade.h).
 *
 * The judge keeps one XML document a test (valgrind's docs/internals/xml-output-protocol4.txt), which memcheck wrote to
 * a socket that the program under it cannot reach. The first error that has a frame of the student's in its stack
 * fails the test. The address tells whose a frame is, not the file and line in the debug information: the kit's code
 * has a section of its own, the library's code is in other files, and all else is the student's.
 */
#include "grade/grade.h"
#include "grade/program.h"

#include <string.h>

enum { MOST_STACKS = 3 };

struct memcheck_error {
    char *kind;
    char *what;
    char *aux;                /* the first <auxwhat>, about the address or the origin */
    char *place[MOST_STACKS]; /* the innermost frame of a stack in the student's code: "in f, file.c:12" */
    unsigned stacks;
};

/* Where the parser is. */
struct reading {
    GStrv files;                                     /* the student's */
    GString *text;                                   /* of the element being read */
    struct memcheck_error *error;                    /* being read; NULL outside <error> */
    char *address, *object, *function, *file, *line; /* of the frame being read */
    uint64_t kit_start, kit_end;                     /* where the kit's code lies */
    GPtrArray *errors;
};

static void error_free(gpointer data)
{
    struct memcheck_error *error = data;
    g_free(error->kind);
    g_free(error->what);
    g_free(error->aux);
    for (unsigned i = 0; i < MOST_STACKS; i++)
        g_free(error->place[i]);
    g_free(error);
}

static void on_start(GMarkupParseContext *context, const char *element, const char **names, const char **values,
                     gpointer data, GError **error)
{
    struct reading *reading = data;
    (void)context;
    (void)names;
    (void)values;
    (void)error;
    g_string_truncate(reading->text, 0);
    if (strcmp(element, "error") == 0) {
        reading->error = g_new0(struct memcheck_error, 1);
        g_ptr_array_add(reading->errors, reading->error);
    } else if (strcmp(element, "frame") == 0) {
        g_clear_pointer(&reading->address, g_free);
        g_clear_pointer(&reading->object, g_free);
        g_clear_pointer(&reading->function, g_free);
        g_clear_pointer(&reading->file, g_free);
        g_clear_pointer(&reading->line, g_free);
    }
}

static void on_text(GMarkupParseContext *context, const char *text, gsize n, gpointer data, GError **error)
{
    struct reading *reading = data;
    (void)context;
    (void)error;
    g_string_append_len(reading->text, text, (gssize)n);
}

static void keep_first(char **place, const GString *text)
{
    if (!*place)
        *place = g_strdup(text->str);
}

/* Is OBJECT one of the system's files, where the library's code is? */
static bool of_system(const char *object)
{
    return object && (g_str_has_prefix(object, "/usr/lib") || g_str_has_prefix(object, "/lib"));
}

static bool is_students(const struct reading *reading)
{
    uint64_t address = reading->address ? g_ascii_strtoull(reading->address, NULL, 16) : 0;
    bool kits = address >= reading->kit_start && address < reading->kit_end;
    return !kits && !of_system(reading->object);
}

/* "in f, note.c:12", or as much of it as is credible. */
static char *place_of_report(const struct reading *reading)
{
    bool named = reading->file && reading->line && reading->function &&
                 g_strv_contains((const char *const *)reading->files, reading->file);
    if (named)
        return g_strdup_printf("in %s, %s:%s", reading->function, reading->file, reading->line);
    return reading->function ? g_strdup_printf("in %s", reading->function) : g_strdup("in your code");
}

/* Keeps the place of the student's innermost frame, and prefers one with a line. */
static void end_frame(struct reading *reading)
{
    struct memcheck_error *error = reading->error;
    if (!is_students(reading) || error->stacks >= MOST_STACKS)
        return;
    char **place = &error->place[error->stacks];
    g_autofree char *found = place_of_report(reading);
    if (*place && (strchr(*place, ':') || !strchr(found, ':')))
        return;
    g_free(*place);
    *place = g_steal_pointer(&found);
}

static void on_end(GMarkupParseContext *context, const char *element, gpointer data, GError **error)
{
    struct reading *reading = data;
    (void)context;
    (void)error;
    if (!reading->error)
        return;
    if (strcmp(element, "kind") == 0)
        keep_first(&reading->error->kind, reading->text);
    else if (strcmp(element, "what") == 0 || strcmp(element, "text") == 0)
        keep_first(&reading->error->what, reading->text);
    else if (strcmp(element, "auxwhat") == 0)
        keep_first(&reading->error->aux, reading->text);
    else if (strcmp(element, "ip") == 0)
        keep_first(&reading->address, reading->text);
    else if (strcmp(element, "obj") == 0)
        keep_first(&reading->object, reading->text);
    else if (strcmp(element, "fn") == 0)
        keep_first(&reading->function, reading->text);
    else if (strcmp(element, "file") == 0)
        keep_first(&reading->file, reading->text);
    else if (strcmp(element, "line") == 0)
        keep_first(&reading->line, reading->text);
    else if (strcmp(element, "frame") == 0)
        end_frame(reading);
    else if (strcmp(element, "stack") == 0)
        reading->error->stacks++;
    else if (strcmp(element, "error") == 0)
        reading->error = NULL;
}

/* Where the kit's code lies in the program that memcheck ran. */
struct kits_code {
    uint64_t start, end;
};

/* All errors in the XML at PATH, in order. */
static GPtrArray *read_errors(const char *path, GStrv files, const struct kits_code *kit)
{
    static const GMarkupParser parser = {.start_element = on_start, .end_element = on_end, .text = on_text};
    struct reading reading = {.files = files,
                              .text = g_string_new(NULL),
                              .errors = g_ptr_array_new_with_free_func(error_free),
                              .kit_start = kit->start,
                              .kit_end = kit->end};
    g_autofree char *xml = NULL;
    gsize n = 0;
    g_autoptr(GMarkupParseContext) context = g_markup_parse_context_new(&parser, 0, &reading, NULL);
    if (g_file_get_contents(path, &xml, &n, NULL)) /* a document that breaks off still has its first errors */
        g_markup_parse_context_parse(context, xml, (gssize)n, NULL);
    g_string_free(reading.text, TRUE);
    g_free(reading.address);
    g_free(reading.object);
    g_free(reading.function);
    g_free(reading.file);
    g_free(reading.line);
    return reading.errors;
}

static const char *meaning(const struct memcheck_error *error)
{
    static const struct {
        const char *kind;
        const char *words;
    } known[] = {
        {"UninitCondition", "a decision depended on memory that was never written"},
        {"UninitValue", "an address was computed from memory that was never written"},
        {"SyscallParam", "memory that was never written was printed"},
        {"InvalidRead", "a read of memory that is not the program's to read"},
        {"InvalidWrite", "a write to memory that is not the program's to write"},
    };
    for (guint i = 0; i < G_N_ELEMENTS(known); i++)
        if (g_strcmp0(error->kind, known[i].kind) == 0)
            return known[i].words;
    return error->what ? error->what : "an error";
}

/* "4 bytes after a block of size 12 alloc'd" out of memcheck's "Address 0x... is 4 bytes after ..."; or NULL. */
static const char *address_words(const struct memcheck_error *error)
{
    const char *is = error->aux ? strstr(error->aux, " is ") : NULL;
    return is && g_str_has_prefix(error->aux, "Address") ? is + strlen(" is ") : NULL;
}

static char *sentence(const struct memcheck_error *error, guint others)
{
    GString *text = g_string_new(NULL);
    const char *words = address_words(error);
    const char *from = error->place[2] ? error->place[2] : error->place[1];
    g_string_append_printf(text, "memcheck saw %s, %s", meaning(error), error->place[0]);
    if (words)
        g_string_append_printf(text, ": the address is %s", words);
    if (from)
        g_string_append_printf(text, "; the block came from %s", from + strlen("in "));
    if (others > 0)
        g_string_append_printf(text, " (and %u more report%s)", others, others == 1 ? "" : "s");
    return g_string_free(text, FALSE);
}

static const struct memcheck_error *first_of_the_students(const GPtrArray *errors, guint *count)
{
    const struct memcheck_error *first = NULL;
    *count = 0;
    for (guint i = 0; i < errors->len; i++) {
        const struct memcheck_error *error = errors->pdata[i];
        if (!error->place[0])
            continue;
        first = first ? first : error;
        ++*count;
    }
    return first;
}

static void fail_test(json_t *verdict, const struct memcheck_error *error, guint count)
{
    g_autofree char *message = sentence(error, count - 1);
    json_object_set_new(verdict, "status", json_string("failed"));
    json_object_set_new(verdict, "message", json_string(message));
    json_object_set_new(verdict, "where", json_string(error->place[0]));
    json_object_set_new(verdict, "expected", json_string("no report from memcheck"));
    json_object_set_new(verdict, "found", json_string(error->what ? error->what : meaning(error)));
}

void memcheck(const struct submission *submission, const char *evidence, json_t *verdicts)
{
    g_autofree char *program = submission_path(submission, "subject-memcheck");
    struct kits_code kit;
    program_section(program, "heaplab_kit_code", &kit.start, &kit.end);
    size_t i;
    json_t *verdict;
    g_auto(GStrv) texts = submission_texts(submission);
    json_array_foreach(verdicts, i, verdict)
    {
        const char *name = json_string_value(json_object_get(verdict, "name"));
        const char *status = json_string_value(json_object_get(verdict, "status"));
        g_autofree char *file = g_strdup_printf("%s/%s.xml", evidence, name);
        g_autofree char *path = submission_path(submission, file);
        if (strcmp(status, "passed") != 0)
            continue;
        g_autoptr(GPtrArray) errors = read_errors(path, texts, &kit);
        guint count = 0;
        const struct memcheck_error *error = first_of_the_students(errors, &count);
        if (error)
            fail_test(verdict, error, count);
    }
}
