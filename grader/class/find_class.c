// SPDX-License-Identifier: MIT
/*
 * find_class.c - the submissions of a class (class.h): which files and folders belong to whom.
 *
 * This file looks only at names, and at the list of names that Gradescope puts beside its folders. Only the process
 * that grades a submission reads its files.
 */
#include "class/class.h"

#include <errno.h>
#include <string.h>

static const char metadata_name[] = "submission_metadata.yml";

/* --- what nobody handed in --- */

/* Files that operating systems and learning management systems leave in folders, and tables that staff keep there. */
static bool is_litter(const char *name)
{
    static const char *const whole[] = {"__macosx", "desktop.ini", "index.html", "index.htm", "thumbs.db", NULL};
    static const char *const endings[] = {".csv", ".tsv",  ".xls", ".xlsx", ".ods",
                                          ".yml", ".yaml", ".lnk", ".url",  ".webloc"};
    g_autofree char *lower = g_ascii_strdown(name, -1);
    if (name[0] == '.' || g_strv_contains(whole, lower))
        return true;
    for (guint i = 0; i < G_N_ELEMENTS(endings); i++)
        if (g_str_has_suffix(lower, endings[i]) && !name_is_known(name))
            return true;
    return strcmp(lower, "readme") == 0 || (g_str_has_prefix(lower, "readme.") && !g_str_has_suffix(lower, ".c"));
}

/* The names in FOLDER, in order, litter left out. */
static GPtrArray *entries(const char *folder)
{
    GPtrArray *names = g_ptr_array_new_with_free_func(g_free);
    GError *error = NULL;
    g_autoptr(GDir) dir = g_dir_open(folder, 0, &error);
    if (!dir)
        die_unusable("cannot read the submissions: %s", error->message);
    for (const char *name; (name = g_dir_read_name(dir)) != NULL;)
        if (!is_litter(name))
            g_ptr_array_add(names, g_strdup(name));
    g_ptr_array_sort(names, compare_names);
    return names;
}

/* --- where the class begins --- */

static bool names_file_of(const struct rubric *rubric, const char *name)
{
    return rubric_takes(rubric, name);
}

/* Does FOLDER hold the lab's own folder, or one of all labs? */
static bool holds_lab(const char *folder, const struct rubric *rubric)
{
    g_autofree char *direct = g_build_filename(folder, rubric->lab, NULL);
    g_autofree char *below = g_build_filename(folder, "labs", rubric->lab, NULL);
    return files_is_folder(direct) || files_is_folder(below);
}

/* Is FOLDER's only entry, ENTRY, a folder around the class, rather than the class's only submission? */
static bool is_wrapping(const char *folder, const char *entry, const struct rubric *rubric)
{
    g_autofree char *path = g_build_filename(folder, entry, NULL);
    if (!files_is_folder(path) || name_is_known(entry) || repository_is(path) || holds_lab(path, rubric))
        return false;
    g_autoptr(GPtrArray) inside = entries(path);
    guint folders = 0;
    for (guint i = 0; i < inside->len; i++) {
        g_autofree char *below = g_build_filename(path, inside->pdata[i], NULL);
        if (names_file_of(rubric, inside->pdata[i]))
            return false;
        folders += files_is_folder(below) || name_is_known(inside->pdata[i]);
    }
    return folders > 0;
}

/* Downloads often wrap everything in one folder. */
static char *innermost(const char *folder, const struct rubric *rubric)
{
    enum { DEPTH = 4 };
    char *at = g_strdup(folder);
    for (int level = 0; level < DEPTH; level++) {
        g_autoptr(GPtrArray) names = entries(at);
        if (names->len != 1 || !is_wrapping(at, names->pdata[0], rubric))
            break;
        char *next = g_build_filename(at, names->pdata[0], NULL);
        g_free(at);
        at = next;
    }
    return at;
}

/* --- one submission --- */

static void part_free(gpointer data)
{
    struct part *part = data;
    g_free(part->path);
    g_free(part->as);
    g_free(part->when);
    g_free(part);
}

static void handed_in_free(gpointer data)
{
    struct handed_in *submission = data;
    g_free(submission->id);
    g_free(submission->source);
    g_free(submission->name);
    g_free(submission->number);
    g_free(submission->when);
    json_decref(submission->partners);
    g_free(submission->problem);
    g_free(submission->hash);
    g_ptr_array_unref(submission->parts);
    g_free(submission);
}

/* Canvas renames a second "mm.c" to "mm-1.c". Returns the name without the number if the rubric names that file. */
static char *without_number(const char *file, const struct rubric *rubric)
{
    g_autoptr(GRegex) regex = g_regex_new("-\\d+(\\.[^.]+)$", 0, 0, NULL);
    g_autofree char *plain =
        g_utf8_validate(file, -1, NULL) ? g_regex_replace(regex, file, -1, 0, "\\1", 0, NULL) : NULL;
    return g_strdup(plain && names_file_of(rubric, plain) ? plain : file);
}

/* A single file is named after the student: alice.c, bob.tar.gz. */
static char *without_ending(const char *name)
{
    const char *dot = strchr(name + 1, '.');
    return dot ? g_strndup(name, (gsize)(dot - name)) : g_strdup(name);
}

static struct handed_in *handed_in_new(const name_parts *parts, bool folder)
{
    struct handed_in *submission = g_new0(struct handed_in, 1);
    submission->id = name_safe(parts->key);
    submission->source = text_clean(parts->key, strlen(parts->key));
    submission->name = folder || parts->file[0] ? g_strdup(parts->name) : without_ending(parts->name);
    submission->number = g_strdup(parts->number);
    submission->when = g_strdup("");
    submission->attempt = parts->attempt;
    submission->parts = g_ptr_array_new_with_free_func(part_free);
    return submission;
}

static void add_part(struct handed_in *submission, char *path, const name_parts *parts, const char *entry,
                     const struct rubric *rubric)
{
    struct part *part = g_new0(struct part, 1);
    part->path = path;
    part->as = without_number(parts->file[0] ? parts->file : entry, rubric);
    part->when = g_strdup(parts->when);
    part->version = parts->version;
    part->about = parts->about;
    g_ptr_array_add(submission->parts, part);
}

/* The state of find_class. */
struct search {
    const struct rubric *rubric;
    const char *top;    /* the folder of the class */
    const char *folder; /* the folder of its submissions: TOP, or one below it */
    GHashTable *problems;
    GHashTable *by_key;
    GPtrArray *class;
};

/* PATH is that of the submission, or of a part of it. Only an unpacked class has problems. */
static void add_problem(struct handed_in *submission, const struct search *search, const char *path)
{
    if (!search->problems || submission->problem)
        return;
    g_autofree char *below = g_utf8_make_valid(path + strlen(search->top) + 1, -1);
    submission->problem = g_strdup(g_hash_table_lookup(search->problems, below));
}

static void add_entry(const struct search *search, const char *entry)
{
    g_autoptr(name_parts) parts = name_parse(entry);
    char *path = g_build_filename(search->folder, entry, NULL);
    struct handed_in *submission = g_hash_table_lookup(search->by_key, parts->key);
    if (!submission) {
        submission = handed_in_new(parts, files_is_folder(path));
        g_hash_table_insert(search->by_key, g_strdup(parts->key), submission);
        g_ptr_array_add(search->class, submission);
    }
    submission->late = submission->late || parts->late;
    add_part(submission, path, parts, entry, search->rubric);
    add_problem(submission, search, path);
}

/* --- attempts --- */

/* What the system itself wrote about an attempt tells whose it is, but nobody handed it in. */
static void drop_part(struct handed_in *submission, guint i)
{
    g_ptr_array_remove_index(submission->parts, i);
}

static bool is_dated_folder(const struct part *part)
{
    g_autofree char *name = g_path_get_basename(part->path);
    g_autoptr(name_parts) parts = name_parse(name);
    return parts->dated && files_is_folder(part->path);
}

/* Attempts whose times are in words that nobody here knows: the last one by name is graded, and a note says so. */
static void keep_last_folder(struct handed_in *submission)
{
    for (guint i = 0; i < submission->parts->len; i++)
        if (!is_dated_folder(submission->parts->pdata[i]))
            return;
    guint n = submission->parts->len;
    if (n < 2 || submission->when[0])
        return;
    g_ptr_array_remove_range(submission->parts, 0, n - 1);
    const struct part *part = submission->parts->pdata[0];
    g_autofree char *name = g_path_get_basename(part->path);
    g_autofree char *shown = text_clean(name, strlen(name));
    if (!submission->problem)
        submission->problem =
            g_strdup_printf("of %u attempts '%s' was graded: their names do not tell which is the last", n, shown);
}

/* Autolab numbers what one student has handed in. */
static void keep_last_version(struct handed_in *submission)
{
    guint64 last = 0;
    for (guint i = 0; i < submission->parts->len; i++)
        last = MAX(last, ((const struct part *)submission->parts->pdata[i])->version);
    for (guint i = submission->parts->len; i-- > 0;)
        if (((const struct part *)submission->parts->pdata[i])->version < last)
            drop_part(submission, i);
}

/* Only the last attempt counts. */
static void keep_last_attempt(struct handed_in *submission)
{
    for (guint i = 0; i < submission->parts->len; i++) {
        const struct part *part = submission->parts->pdata[i];
        if (strcmp(part->when, submission->when) > 0) {
            g_free(submission->when);
            submission->when = g_strdup(part->when);
        }
    }
    for (guint i = submission->parts->len; i-- > 0;) {
        const struct part *part = submission->parts->pdata[i];
        if (strcmp(part->when, submission->when) != 0)
            drop_part(submission, i);
        else if (part->about)
            blackboard_apply(part->path, submission);
    }
    for (guint i = submission->parts->len; i-- > 0 && submission->parts->len > 1;)
        if (((const struct part *)submission->parts->pdata[i])->about)
            drop_part(submission, i);
}

/* --- the class --- */

static int by_id(gconstpointer a, gconstpointer b)
{
    const struct handed_in *const *first = a;
    const struct handed_in *const *second = b;
    return strcmp((*first)->id, (*second)->id);
}

/* Refuses a single submission given as a class: the folder itself contains the lab's files. */
static void refuse_single(const char *folder, const GPtrArray *names, const struct rubric *rubric)
{
    if (holds_lab(folder, rubric))
        die_unusable("%s holds the lab itself, so it is one submission: heaplab grade --from grades it. batch needs a "
                     "folder with one folder or file for each student",
                     folder);
    for (guint i = 0; i < names->len; i++)
        if (names_file_of(rubric, names->pdata[i]))
            die_unusable("%s holds %s itself, so it is one submission: heaplab grade --from grades it. batch needs a "
                         "folder with one folder or file for each student",
                         folder, (const char *)names->pdata[i]);
}

GPtrArray *find_class(const char *folder, const struct rubric *rubric, GHashTable *problems)
{
    g_autofree char *inner = innermost(folder, rubric);
    g_autoptr(GPtrArray) names = entries(inner);
    refuse_single(inner, names, rubric);
    g_autoptr(GHashTable) by_key = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    const struct search search = {.rubric = rubric,
                                  .top = folder,
                                  .folder = inner,
                                  .problems = problems,
                                  .by_key = by_key,
                                  .class = g_ptr_array_new_with_free_func(handed_in_free)};
    for (guint i = 0; i < names->len; i++)
        add_entry(&search, names->pdata[i]);
    name_attempts(search.class);
    for (guint i = 0; i < search.class->len; i++)
        keep_last_version(search.class->pdata[i]);
    for (guint i = 0; i < search.class->len; i++)
        keep_last_attempt(search.class->pdata[i]);
    for (guint i = 0; i < search.class->len; i++)
        keep_last_folder(search.class->pdata[i]);
    name_repositories(inner, search.class);
    g_autofree char *metadata = g_build_filename(inner, metadata_name, NULL);
    metadata_apply(metadata, search.class);
    g_ptr_array_sort(search.class, by_id);
    return search.class;
}
