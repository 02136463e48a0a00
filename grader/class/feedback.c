// SPDX-License-Identifier: MIT
/*
 * feedback.c - the pages of a class as an archive from which a learning management system gives each student theirs
 * (class.h), or as PDFs.
 *
 *     Moodle   "First Last_12345_assignfeedback_file_/feedback.html": 12345 is the participant
 *              (mod/assign/feedback/file/importziplib.php of moodle/moodle, read in November 2026)
 *     Canvas   "lastfirst_12345_67890_feedback.html": 12345 is the student, 67890 a file that they have uploaded
 *              (infer_comment_context_from_filename of instructure/canvas-lms, read in November 2026)
 */
#include "class/class.h"
#include "class/marks/marks.h"
#include "report/report.h"

#include <errno.h>
#include <string.h>

/* The digits at the end of TEXT, such as "Participant 12345"; "" if there are none. */
static const char *number_at_end(const char *text)
{
    const char *start = text + strlen(text);
    while (start > text && g_ascii_isdigit(start[-1]))
        start--;
    return start;
}

/* NAME without what would end it, or the folder it is in. Free with g_free. */
static char *part_of_name(const char *name)
{
    return g_strdelimit(g_strdup(name[0] ? name : "student"), "_/\\", ' ');
}

/* The name of STUDENT's page in MOODLE's archive; NULL if nothing tells the participant. The caller frees it. */
static char *moodle_name(const json_t *student)
{
    const char *identifier = number_at_end(text_at(student, "identifier"));
    const char *id = number_at_end(text_at(student, "id"));
    g_autofree char *name = part_of_name(text_at(student, "name"));
    if (!identifier[0] && !id[0])
        return NULL;
    return g_strdup_printf("%s_%s_assignfeedback_file_/feedback.html", name, identifier[0] ? identifier : id);
}

/* The same for Canvas, which knows a student by what stands before the file's name in that of an upload. */
static char *canvas_name(const json_t *student)
{
    const char *upload = text_at(student, "upload");
    g_autoptr(name_parts) parts = name_parse(upload);
    g_autofree char *start = g_strndup(upload, strlen(upload) - strlen(parts->file));
    if (!g_regex_match_simple("_\\d+_\\d+_$", start, 0, 0))
        return NULL;
    return g_strconcat(start, "feedback.html", NULL);
}

static const struct {
    const char *system;
    char *(*name_of)(const json_t *student);
} systems[] = {{"canvas", canvas_name}, {"moodle", moodle_name}};

static char *(*naming_for(const char *system))(const json_t *student)
{
    for (guint i = 0; i < G_N_ELEMENTS(systems); i++)
        if (strcmp(systems[i].system, system) == 0)
            return systems[i].name_of;
    die_unusable("feedback can go to canvas or to moodle, not to '%s'", system);
}

static struct packed *page_of(const char *dir, const json_t *document, char *name)
{
    struct packed *page = g_new0(struct packed, 1);
    pages_add_sources(dir, document);
    page->name = name;
    page->bytes = student_page(document);
    page->size = strlen(page->bytes);
    return page;
}

unsigned feedback_write(const char *dir, const char *system, bool pdf, const char *path)
{
    char *(*name_of)(const json_t *) = naming_for(system);
    g_autoptr(GPtrArray) pages = g_ptr_array_new_with_free_func((GDestroyNotify)packed_free);
    json_t *marks = marks_read(dir);
    unsigned left_out = 0;
    size_t i;
    json_t *document;
    json_array_foreach(json_object_get(marks, "documents"), i, document)
    {
        if (json_array_size(json_object_get(document, "labs")) == 0)
            continue; /* handed in nothing */
        char *name = name_of(json_object_get(document, "student"));
        if (name)
            g_ptr_array_add(pages, page_of(dir, document, name));
        else
            fprintf(stderr, "%s%s", left_out++ == 0 ? "Without a page: " : ", ", text_at(document, "id"));
    }
    json_decref(marks);
    if (left_out > 0)
        fprintf(stderr, ". Nothing tells who they are in %s.\n", system);
    if (pages->len == 0)
        die_unusable("no page of %s could be named for %s; was the class a download from it?", dir, system);
    if (pdf)
        paper_print(pages);
    archive_write(path, pages);
    return pages->len;
}

/* --- for whoever hands them out --- */

/* The names of all pages in DIR: the submissions' ids, or their aliases. */
static GStrv all_names(const char *dir)
{
    g_autoptr(GStrvBuilder) names = g_strv_builder_new();
    json_t *documents = results_read(dir);
    json_t *aliases = aliases_wanted(dir) ? aliases_of(dir, documents) : NULL;
    size_t i;
    json_t *document;
    json_array_foreach(documents, i, document)
        g_strv_builder_add(names, aliases ? text_at(aliases, text_at(document, "id")) : text_at(document, "id"));
    json_decref(aliases);
    json_decref(documents);
    return g_strv_builder_end(names);
}

/* The page of DIR called NAME, as it was written last. */
static struct packed *written_page(const char *dir, const char *name)
{
    struct packed *page = g_new0(struct packed, 1);
    page->name = g_strconcat(name, ".html", NULL);
    g_autofree char *path = g_build_filename(dir, "pages", page->name, NULL);
    if (strchr(name, '/') || !g_file_get_contents(path, &page->bytes, &page->size, NULL))
        die_unusable("there is no page of '%s'; the pages are in %s/pages", name, dir);
    return page;
}

unsigned feedback_print(const char *dir, GStrv names, const char *folder)
{
    g_auto(GStrv) all = names && names[0] ? NULL : all_names(dir);
    GStrv wanted = all ? all : names;
    g_autoptr(GPtrArray) pages = g_ptr_array_new_with_free_func((GDestroyNotify)packed_free);
    for (guint i = 0; wanted[i]; i++)
        g_ptr_array_add(pages, written_page(dir, wanted[i]));
    paper_print(pages);
    if (g_mkdir_with_parents(folder, 0755) != 0)
        die_unusable("cannot make the folder %s: %s", folder, g_strerror(errno));
    for (guint i = 0; i < pages->len; i++) {
        const struct packed *page = pages->pdata[i];
        g_autofree char *path = g_build_filename(folder, page->name, NULL);
        GError *error = NULL;
        if (!g_file_set_contents(path, page->bytes, (gssize)page->size, &error))
            die_unusable("%s", error->message);
    }
    return pages->len;
}
