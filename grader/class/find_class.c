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
#include <sys/stat.h>

static const char metadata_name[] = "submission_metadata.yml";

/* Files that operating systems and learning management systems leave in folders, and that nobody handed in. */
static bool is_litter(const char *name)
{
    return name[0] == '.' || strcmp(name, "__MACOSX") == 0 || strcmp(name, "Thumbs.db") == 0 ||
           strcmp(name, metadata_name) == 0;
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

static bool is_folder(const char *path)
{
    struct stat status;
    return lstat(path, &status) == 0 && S_ISDIR(status.st_mode);
}

static bool is_clone(const char *path)
{
    g_autofree char *git = g_build_filename(path, ".git", NULL);
    struct stat status;
    return lstat(git, &status) == 0;
}

/* --- where the class begins --- */

static bool names_file_of(const struct rubric *rubric, const char *name)
{
    return rubric_takes(rubric, name);
}

/* Is FOLDER's only entry, ENTRY, a folder around the class, rather than the class's only submission? */
static bool is_wrapping(const char *folder, const char *entry, const struct rubric *rubric)
{
    g_autofree char *path = g_build_filename(folder, entry, NULL);
    if (!is_folder(path) || name_is_known(entry) || is_clone(path))
        return false;
    g_autoptr(GPtrArray) inside = entries(path);
    guint folders = 0;
    for (guint i = 0; i < inside->len; i++) {
        g_autofree char *below = g_build_filename(path, inside->pdata[i], NULL);
        if (names_file_of(rubric, inside->pdata[i]))
            return false;
        folders += is_folder(below) || name_is_known(inside->pdata[i]);
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
    g_free(part);
}

static void handed_in_free(gpointer data)
{
    struct handed_in *submission = data;
    g_free(submission->id);
    g_free(submission->source);
    g_free(submission->name);
    g_free(submission->number);
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
    submission->parts = g_ptr_array_new_with_free_func(part_free);
    return submission;
}

static void add_part(struct handed_in *submission, char *path, const char *file, const struct rubric *rubric)
{
    struct part *part = g_new0(struct part, 1);
    part->path = path;
    part->as = without_number(file, rubric);
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
        submission = handed_in_new(parts, is_folder(path));
        g_hash_table_insert(search->by_key, g_strdup(parts->key), submission);
        g_ptr_array_add(search->class, submission);
    }
    submission->late = submission->late || parts->late;
    add_part(submission, path, parts->file[0] ? parts->file : entry, search->rubric);
    add_problem(submission, search, path);
}

/* --- clones of GitHub Classroom: assignment-login --- */

/* The length of the prefix that all names of clones share, up to and including a dash; 0 for fewer than two clones. */
static size_t shared_prefix(const GPtrArray *class)
{
    const char *first = NULL;
    size_t n = 0;
    for (guint i = 0; i < class->len; i++) {
        const struct handed_in *submission = class->pdata[i];
        const struct part *part = submission->parts->pdata[0];
        if (!is_clone(part->path))
            continue;
        if (!first) {
            first = submission->source;
            continue;
        }
        size_t same = 0;
        while (first[same] && first[same] == submission->source[same])
            same++;
        n = n == 0 ? same : MIN(n, same);
    }
    while (n > 0 && first[n - 1] != '-')
        n--;
    return n;
}

static void name_clones(GPtrArray *class)
{
    size_t n = shared_prefix(class);
    for (guint i = 0; i < class->len && n > 0; i++) {
        struct handed_in *submission = class->pdata[i];
        const struct part *part = submission->parts->pdata[0];
        if (!is_clone(part->path) || strlen(submission->source) <= n)
            continue;
        g_free(submission->name);
        g_free(submission->number);
        submission->name = g_strdup(submission->source + n);
        submission->number = g_strdup(submission->source + n);
    }
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
    name_clones(search.class);
    g_autofree char *metadata = g_build_filename(inner, metadata_name, NULL);
    metadata_apply(metadata, search.class);
    g_ptr_array_sort(search.class, by_id);
    return search.class;
}
