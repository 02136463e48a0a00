// SPDX-License-Identifier: MIT
/*
 * export.c - heaplab export: results as other systems read them.
 */
#include "cli/cli.h"

#include <string.h>

/* One file a result, in the folder OUTPUT. */
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

static void export(const json_t *documents, const char *format, const char *output)
{
    size_t n = json_array_size(documents);
    if (n > 1 && !report_is_of_class(format)) {
        if (!output)
            die_unusable("%s is a format of one result, and there are %zu: give a folder for them with -o", format, n);
        write_each(documents, format, output);
        return;
    }
    g_autofree char *text =
        report_is_of_class(format) ? report_class(format, documents) : report(format, json_array_get(documents, 0));
    files_write(output ? output : "-", text);
}

static int command_export(int argc, char **argv)
{
    char *format = NULL;
    char *output = NULL;
    GOptionEntry entries[] = {{"format", 0, 0, G_OPTION_ARG_STRING, &format,
                               "the format (heaplab --help; default: marks as course.yaml's lms reads them)", "NAME"},
                              {"output", 'o', 0, G_OPTION_ARG_FILENAME, &output,
                               "where to (default: stdout); a folder for the results of a class", "PATH"},
                              {0}};
    options_parse("RESULTS - results as other systems read them", entries, &argc, &argv);
    if (argc != 2)
        die_unusable("export needs results: heaplab export RESULTS --format NAME (%s)", report_names());
    if (!format)
        format = g_strdup(course_marks_format(course_load()));
    terminal_detect();
    report_is_of_class(format); /* an unknown name is told before anything is read */
    json_t *documents = results_read(argv[1]);
    export(documents, format, output);
    json_decref(documents);
    return EXIT_GRADED;
}

COMMAND(export, FOR_STAFF, "results as other systems read them");
