// SPDX-License-Identifier: MIT
/*
 * coverage.c - how much of the student's files the graded tests reached, by gcovr (grade.h).
 *
 * The judge left one file of counters a test; their sums go beside the .gcno files that the compiler left, and
 * gcovr reads both in the tool sandbox. Markers in comments count for nothing (--no-markers).
 */
#include "grade/gcda.h"
#include "grade/grade.h"

#include <string.h>

static gcda_sums *sum_counters(const struct submission *submission)
{
    gcda_sums *sums = gcda_sums_new();
    g_autofree char *folder = submission_path(submission, submission->measured ? COUNTED_FOLDER : "evidence");
    g_autoptr(GDir) dir = g_dir_open(folder, 0, NULL);
    for (const char *name; dir && (name = g_dir_read_name(dir)) != NULL;) {
        g_autofree char *path = g_build_filename(folder, name, NULL);
        g_autofree char *bytes = NULL;
        gsize n = 0;
        if (g_str_has_suffix(name, ".gcda") && g_file_get_contents(path, &bytes, &n, NULL))
            gcda_add(sums, (const guint8 *)bytes, n);
    }
    return sums;
}

/* Writes obj/NAME.gcda for the source NAME.c, if its counters are known. */
static bool place_counters(const struct submission *submission, gcda_sums *sums, const char *source)
{
    g_autofree char *stem = g_strndup(source, strlen(source) - strlen(".c"));
    g_autofree char *notes_name = g_strdup_printf("obj/%s.gcno", stem);
    g_autofree char *notes = submission_path(submission, notes_name);
    g_autofree char *bytes = NULL;
    gsize n = 0;
    if (!g_file_get_contents(notes, &bytes, &n, NULL))
        return false;
    g_autoptr(GByteArray) image = gcda_image(sums, gcda_stamp((const guint8 *)bytes, n));
    if (!image)
        return false;
    g_autofree char *name = g_strdup_printf("obj/%s.gcda", stem);
    g_autofree char *path = submission_path(submission, name);
    return g_file_set_contents(path, (const char *)image->data, image->len, NULL);
}

static bool place_all_counters(const struct submission *submission)
{
    g_autoptr(GHashTable) sums = sum_counters(submission);
    bool any = false;
    g_auto(GStrv) sources = submission_sources(submission);
    for (guint i = 0; sources[i]; i++)
        if (!g_str_has_prefix(sources[i], KITS_PREFIX))
            any = place_counters(submission, sums, sources[i]) || any;
    return any;
}

/* FOLDERS: two names below the work folder, the second of which may be NULL. */
static void run_gcovr(const struct submission *submission, const char *first, const char *second, bool html)
{
    g_autofree char *script = build_seen("/kit/gcovr.py", kit_path("grader", "grade", "gcovr.py", NULL));
    const char *with_pages[] = {"python3", "-I", script, "--html", first, second, NULL};
    const char *without[] = {"python3", "-I", script, first, second, NULL};
    g_autofree char *pages = submission_path(submission, "html");
    if (html)
        g_mkdir_with_parents(pages, 0755);
    build_tool(submission, VIEW_COVERAGE, html ? with_pages : without, NULL, "gcovr.txt");
}

/* --- reading gcovr's JSON --- */

struct tally {
    int covered;
    int total;
};

static void tally_one(struct tally *tally, const json_t *thing)
{
    tally->total++;
    tally->covered += json_integer_value(json_object_get(thing, "count")) > 0;
}

static json_t *tally_json(struct tally tally)
{
    double percent = tally.total ? 100.0 * tally.covered / tally.total : 100.0;
    return json_pack("{s:i, s:i, s:f}", "covered", tally.covered, "total", tally.total, "percent",
                     (double)(long)(percent * 10 + 0.5) / 10);
}

static GStrv source_lines(const struct submission *submission, const char *file)
{
    g_autofree char *name = g_build_filename("src", file, NULL);
    g_autofree char *path = submission_path(submission, name);
    g_autofree char *text = files_read_text(path, 1 << 20);
    return g_strsplit(text, "\n", -1);
}

static void add_place(json_t *places, const char *file, GStrv source, json_int_t line)
{
    guint index = (guint)line - 1;
    const char *text = line > 0 && index < g_strv_length(source) ? g_strstrip(source[index]) : "";
    json_array_append_new(places, json_pack("{s:s, s:I, s:s}", "file", file, "line", line, "source", text));
}

/* Adds to LINES and BRANCHES what a line has; returns whether it was reached, but not all its branches were. */
static bool tally_line(const json_t *line, struct tally *lines, struct tally *branches)
{
    int before = branches->total - branches->covered;
    size_t i;
    json_t *branch;
    tally_one(lines, line);
    json_array_foreach(json_object_get(line, "branches"), i, branch) tally_one(branches, branch);
    return json_integer_value(json_object_get(line, "count")) > 0 && branches->total - branches->covered > before;
}

static void read_file(const struct submission *submission, const json_t *entry, struct tally *lines,
                      struct tally *branches, json_t *unreached, json_t *untaken)
{
    const char *path = json_string_value(json_object_get(entry, "file"));
    g_autofree char *file = g_path_get_basename(path ? path : "");
    g_auto(GStrv) source = source_lines(submission, file);
    size_t i;
    json_t *line;
    json_array_foreach(json_object_get(entry, "lines"), i, line)
    {
        json_int_t number = json_integer_value(json_object_get(line, "line_number"));
        if (json_is_true(json_object_get(line, "gcovr/noncode")))
            continue;
        if (tally_line(line, lines, branches))
            add_place(untaken, file, source, number);
        if (json_integer_value(json_object_get(line, "count")) == 0)
            add_place(unreached, file, source, number);
    }
}

/* What gcovr has written about SUBMISSION; NULL if that is nothing whole. */
static json_t *load_report(const struct submission *submission)
{
    g_autofree char *path = submission_path(submission, "coverage.json");
    return json_load_file(path, 0, NULL);
}

/* The same; where gcovr ran into a limit, for itself or for what came first, it is asked again about FOLDER alone. */
static json_t *load_or_ask_again(const struct submission *submission, const struct submission *runs, const char *folder,
                                 bool html)
{
    json_t *report = load_report(submission);
    if (report)
        return report;
    run_gcovr(runs, folder, NULL, html);
    return load_report(submission);
}

static json_t *report_alone(const struct submission *submission, bool html)
{
    run_gcovr(submission, ".", NULL, html);
    return load_or_ask_again(submission, submission, ".", html);
}

/* Frees REPORT, which may be NULL. */
static json_t *read_report(const struct submission *submission, json_t *report)
{
    struct tally lines = {0};
    struct tally branches = {0};
    json_t *unreached = json_array();
    json_t *untaken = json_array();
    size_t i;
    json_t *entry;
    json_array_foreach(json_object_get(report, "files"), i, entry)
        read_file(submission, entry, &lines, &branches, unreached, untaken);
    json_decref(report);
    if (lines.total == 0) {
        json_decref(unreached);
        json_decref(untaken);
        return json_null();
    }
    return json_pack("{s:o, s:o, s:o, s:o}", "lines", tally_json(lines), "branches", tally_json(branches), "unreached",
                     unreached, "untaken", untaken);
}

json_t *coverage(const struct submission *submission, const char *html)
{
    if (!place_all_counters(submission))
        return json_null();
    json_t *report = report_alone(submission, html != NULL);
    if (html) { /* its pages lie in the work folder, which goes away */
        g_autofree char *pages = submission_path(submission, "html");
        files_copy_folder(pages, html);
    }
    return read_report(submission, report);
}

/* The reference's code is the kit's own: if gcovr says nothing of it, no student is to blame. */
static json_t *read_reference_report(const struct submission *reference, json_t *report)
{
    if (!report)
        die_fault("gcovr has written no report on the reference of %s", reference->rubric->lab);
    return read_report(reference, report);
}

json_t *coverage_of_reference(const struct submission *reference)
{
    if (!place_all_counters(reference))
        return json_null();
    return read_reference_report(reference, report_alone(reference, false));
}

void coverage_of_two(const struct submission *first, const char *folder, json_t **of_first, json_t **of_second)
{
    struct submission second = {.rubric = first->rubric, .work = submission_path(first, folder)};
    *of_first = json_null();
    *of_second = json_null();
    bool any = place_all_counters(first);
    bool other = place_all_counters(&second);
    if (any || other)
        run_gcovr(first, any ? "." : folder, any && other ? folder : NULL, false);
    if (any)
        *of_first = read_report(first, load_report(first));
    if (other)
        *of_second = read_reference_report(&second, load_or_ask_again(&second, first, folder, false));
    g_free(second.work);
}
