// SPDX-License-Identifier: MIT
/*
 * export.c - heaplab export: writes results in the formats of other systems.
 */
#include "class/marks/marks.h"
#include "cli/cli.h"

#include <string.h>

/* Writes one file per result into the folder OUTPUT. */
static void write_each(const json_t *documents, const char *format, const char *output)
{
    if (g_mkdir_with_parents(output, 0755) != 0)
        die_unusable("cannot make the folder %s", output);
    size_t i;
    json_t *document;
    json_array_foreach(documents, i, document)
    {
        const char *id = json_string_value(json_object_get(document, "id"));
        g_autofree char *name = g_strdup_printf("%s.%s", id, report_ending(format));
        g_autofree char *path = g_build_filename(output, name, NULL);
        g_autofree char *text = report(format, document);
        files_write(path, text);
    }
}

/* A table for people hides names where the batch does; a system could not import it without them. */
static void hide_names(const char *path, const char *format, json_t *documents)
{
    if (strcmp(format, "csv") != 0 || !aliases_wanted(path))
        return;
    json_t *aliases = aliases_of(path, documents);
    size_t i;
    json_t *document;
    json_array_foreach(documents, i, document) aliases_hide(document, aliases);
    aliases_sort(documents);
    json_decref(aliases);
}

/* The marks of a class, in a class format. If the class's roster is Moodle's grading worksheet, that is filled in. */
static void export_class(const char *path, const char *format, const char *output)
{
    json_t *marks = marks_read(path);
    json_t *documents = json_object_get(marks, "documents");
    bool sheet = text_at(json_object_get(marks, "titles"), "identifier")[0] && strcmp(format, "moodle") == 0;
    g_autofree char *roster = g_build_filename(path, "roster.csv", NULL);
    hide_names(path, format, documents);
    g_autofree char *text = sheet ? moodle_fill(roster, documents) : report_class(format, documents);
    marks_tell(path, marks, stderr);
    files_write(output ? output : "-", text);
    json_decref(marks);
}

static void export(const json_t *documents, const char *format, const char *output)
{
    size_t n = json_array_size(documents);
    if (n > 1) {
        if (!output)
            die_unusable("%s holds one result per file, and there are %zu: give a folder for them with -o", format, n);
        write_each(documents, format, output);
        return;
    }
    g_autofree char *text = report(format, json_array_get(documents, 0));
    files_write(output ? output : "-", text);
}

static int command_export(int argc, char **argv)
{
    char *format = NULL;
    char *output = NULL;
    GOptionEntry entries[] = {{"format", 0, 0, G_OPTION_ARG_STRING, &format,
                               "the format (see heaplab --help; default: what course.yaml's lms reads)", "NAME"},
                              {"output", 'o', 0, G_OPTION_ARG_FILENAME, &output,
                               "where to write (default: stdout); a folder for the results of a class", "PATH"},
                              {0}};
    options_parse("RESULTS - write results in the formats of other systems", entries, &argc, &argv);
    if (argc != 2)
        die_unusable("export needs results: heaplab export RESULTS --format NAME (%s)", report_names());
    if (!format)
        format = g_strdup(course_marks_format(course_load()));
    terminal_detect();
    if (report_is_of_class(format)) { /* an unknown name is reported before anything is read */
        export_class(argv[1], format, output);
        return EXIT_GRADED;
    }
    json_t *documents = results_read(argv[1]);
    export(documents, format, output);
    json_decref(documents);
    return EXIT_GRADED;
}

COMMAND(export, FOR_STAFF, "write results in the formats of other systems");
