// SPDX-License-Identifier: MIT
/*
 * gather.c - prepares what a student handed in, however it is packed, for intake (gather.h).
 *
 * A folder that contains the lab's files is used as it is. Otherwise a fresh folder gets the files that were handed in
 * one by one, under their own names, and the files from archives, nested ones included.
 */
#include "class/unpack/gather.h"
#include "class/unpack/unpack.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum {
    MOST_NESTED = 3,
    MOST_ARCHIVES = 10,
    SEARCH_DEPTH = 7,
    MOST_ENTRIES = 2000,
    MOST_NOTES = 5,
    FILE_BYTES = 64 << 20
};

/* A submission being gathered. */
struct gathering {
    const struct rubric *rubric;
    char *folder; /* the one being filled */
    struct unpack_budget budget;
    guint archives; /* how many have been unpacked */
    GPtrArray *notes;
};

static void add_note(struct gathering *gathering, char *sentence)
{
    if (gathering->notes->len < MOST_NOTES)
        g_ptr_array_add(gathering->notes, sentence);
    else
        g_free(sentence);
}

static void on_left_out(const char *path, const char *sentence, gpointer data)
{
    (void)path;
    add_note(data, g_strdup(sentence));
}

/* --- archives --- */

/* Wanted are the lab's files, nested archives, C files under another name, and what may have been handed in instead of
 * them, so that a sentence can name it. */
static bool is_of_use(const char *name, gpointer data)
{
    static const char *const endings[] = {".c", ".cpp", ".cc", ".cxx", ".txt", ".pdf", ".doc", ".docx", ".odt", ".rtf"};
    const struct gathering *gathering = data;
    g_autofree char *lower = g_ascii_strdown(name, -1);
    for (guint i = 0; i < G_N_ELEMENTS(endings); i++)
        if (g_str_has_suffix(lower, endings[i]))
            return true;
    return rubric_takes(gathering->rubric, name) || unpack_is_archive(name);
}

/* Adds the paths of the archives below FOLDER. */
static void find_archives(const char *folder, int depth, int *budget, GPtrArray *found)
{
    g_autoptr(GDir) dir = g_dir_open(folder, 0, NULL);
    for (const char *name; dir && (*budget)-- > 0 && (name = g_dir_read_name(dir)) != NULL;) {
        g_autofree char *path = g_build_filename(folder, name, NULL);
        struct stat status;
        if (lstat(path, &status) != 0 || name[0] == '.')
            continue;
        if (S_ISREG(status.st_mode) && unpack_is_archive(name))
            g_ptr_array_add(found, g_strdup(path));
        else if (S_ISDIR(status.st_mode) && depth > 0)
            find_archives(path, depth - 1, budget, found);
    }
}

static GPtrArray *archives_below(const char *folder)
{
    GPtrArray *found = g_ptr_array_new_with_free_func(g_free);
    int budget = MOST_ENTRIES;
    find_archives(folder, SEARCH_DEPTH, &budget, found);
    g_ptr_array_sort(found, compare_names);
    return found;
}

/* Unpacks ARCHIVE into a new folder below the one being filled. Returns that folder. */
static char *unpack_one(struct gathering *gathering, const char *archive)
{
    g_autofree char *name = g_strdup_printf("archive-%u", ++gathering->archives);
    char *to = g_build_filename(gathering->folder, name, NULL);
    if (mkdir(to, 0755) != 0)
        die_fault("cannot make %s: %s", to, g_strerror(errno));
    char *problem = unpack(archive, to, &gathering->budget, is_of_use, on_left_out, gathering);
    if (problem)
        add_note(gathering, problem);
    return to;
}

static void unpack_below(struct gathering *gathering, const char *folder, int level)
{
    g_autoptr(GPtrArray) archives = archives_below(folder);
    if (archives->len > 0 && level >= MOST_NESTED)
        add_note(gathering, g_strdup("an archive in an archive in an archive was not unpacked"));
    for (guint i = 0; i < archives->len && level < MOST_NESTED; i++) {
        if (gathering->archives >= MOST_ARCHIVES) {
            add_note(gathering, g_strdup_printf("only the first %d archives were unpacked", MOST_ARCHIVES));
            return;
        }
        g_autofree char *inside = unpack_one(gathering, archives->pdata[i]);
        unpack_below(gathering, inside, level + 1);
    }
}

/* --- files handed in one by one --- */

/* Why PATH cannot be read; NULL for an ordinary file or folder. */
static char *kind_mistake(const char *path, const char *name)
{
    struct stat status;
    g_autofree char *shown = text_clean(name, strlen(name));
    if (lstat(path, &status) != 0)
        return g_strdup_printf("%s cannot be read: %s", shown, g_strerror(errno));
    if (S_ISLNK(status.st_mode))
        return g_strdup_printf("%s is a symbolic link; hand in the files themselves", shown);
    if (!S_ISREG(status.st_mode) && !S_ISDIR(status.st_mode))
        return g_strdup_printf("%s is not an ordinary file", shown);
    if (S_ISREG(status.st_mode) && status.st_size > FILE_BYTES)
        return g_strdup_printf("%s is longer than %d MB and was not read", shown, FILE_BYTES >> 20);
    return NULL;
}

/* Copies the file PATH into the folder being filled, as NAME; the first file of a name counts. */
static void place(struct gathering *gathering, const char *path, const char *name)
{
    char *mistake = kind_mistake(path, name);
    if (mistake) {
        add_note(gathering, mistake);
        return;
    }
    g_autofree char *base = g_path_get_basename(name);
    g_autofree char *to = g_build_filename(gathering->folder, base, NULL);
    g_autofree char *bytes = NULL;
    gsize n = 0;
    GError *error = NULL;
    if (g_file_test(to, G_FILE_TEST_EXISTS))
        return;
    if (!g_file_get_contents(path, &bytes, &n, &error) || !g_file_set_contents(to, bytes, (gssize)n, &error))
        die_fault("%s", error->message);
}

/* The lab's files in FOLDER, wherever they lie. */
static void place_rubrics_files(struct gathering *gathering, const struct rubric *rubric, const char *folder)
{
    g_autofree char *note = NULL;
    g_autofree char *labs = find_lab_folder(folder, rubric, &note);
    for (guint i = 0; rubric->files[i]; i++) {
        g_autofree char *missing = NULL;
        char *renamed = NULL;
        g_autofree char *path = find_file(labs, rubric->files[i], rubric, &missing, &renamed);
        if (!path)
            path = find_apart(folder, rubric->files[i], rubric, &renamed);
        struct stat status;
        if (renamed)
            add_note(gathering, renamed);
        if (path && lstat(path, &status) == 0 && S_ISREG(status.st_mode))
            place(gathering, path, rubric->files[i]);
    }
    g_autoptr(GPtrArray) names = files_names(labs, "");
    for (guint i = 0; rubric->also && i < names->len; i++) { /* what the rubric takes besides its files */
        const char *name = names->pdata[i];
        g_autofree char *path = g_build_filename(labs, name, NULL);
        struct stat status;
        if (rubric_takes(rubric, name) && !g_strv_contains((const char *const *)rubric->files, name) &&
            lstat(path, &status) == 0 && S_ISREG(status.st_mode))
            place(gathering, path, name);
    }
}

/* --- all of it --- */

static bool is_plain_file(const struct part *part)
{
    struct stat status;
    return lstat(part->path, &status) == 0 && S_ISREG(status.st_mode) && !unpack_is_archive(part->as) && !part->about;
}

/* Is every source of SUBMISSION just as it was handed out? */
static bool nothing_done(const struct submission *submission)
{
    const struct rubric *rubric = submission->rubric;
    for (guint i = 0; rubric->files[i]; i++) {
        g_autofree char *path = g_build_filename(submission->work, "src", rubric->files[i], NULL);
        if (rubric_is_source(rubric->files[i]) && !is_untouched(rubric, rubric->files[i], path))
            return false;
    }
    return true;
}

/* Collects the lab's files from all PARTS, archives included. */
static struct submission *gather_packed(struct gathering *gathering, const GPtrArray *parts)
{
    const struct rubric *rubric = gathering->rubric;
    gathering->folder = files_make_temporary();
    for (guint i = 0; i < parts->len; i++) {
        const struct part *part = parts->pdata[i];
        if (files_is_folder(part->path))
            place_rubrics_files(gathering, rubric, part->path);
        else if (part->about)
            add_note(gathering, g_strdup("the attempt holds no file"));
        else
            place(gathering, part->path, part->as);
    }
    unpack_below(gathering, gathering->folder, 0);
    for (guint i = 0; i < parts->len; i++) {
        const struct part *part = parts->pdata[i];
        if (files_is_folder(part->path))
            unpack_below(gathering, part->path, 0);
    }
    struct submission *submission = intake(rubric, gathering->folder);
    files_remove_tree(gathering->folder);
    g_free(gathering->folder);
    return submission;
}

/* Remarks from gathering belong to the reason why nothing can be graded, or to the notes. */
static void add_findings(struct submission *submission, const struct gathering *gathering)
{
    for (guint i = 0; i < gathering->notes->len; i++)
        g_ptr_array_add(submission->notes, g_strdup(gathering->notes->pdata[i]));
    if (!submission->problem || gathering->notes->len == 0)
        return;
    char *problem = g_strdup_printf("%s (%s)", submission->problem, (const char *)gathering->notes->pdata[0]);
    g_free(submission->problem);
    submission->problem = problem;
}

struct submission *gather(const struct rubric *rubric, const GPtrArray *parts, const char *problem)
{
    struct gathering gathering = {
        .rubric = rubric, .budget = UNPACK_SUBMISSION, .notes = g_ptr_array_new_with_free_func(g_free)};
    const struct part *first = parts->pdata[0];
    struct submission *submission = NULL;
    if (problem)
        add_note(&gathering, g_strdup(problem));
    if (parts->len == 1 && (files_is_folder(first->path) || is_plain_file(first)))
        submission = intake(rubric, first->path);
    if (submission && (submission->problem || nothing_done(submission)) && files_is_folder(first->path)) {
        g_autoptr(GPtrArray) archives = archives_below(first->path);
        if (archives->len > 0)
            g_clear_pointer(&submission, submission_free);
    }
    if (!submission)
        submission = gather_packed(&gathering, parts);
    add_findings(submission, &gathering);
    g_ptr_array_unref(gathering.notes);
    return submission;
}

struct submission *gather_from(const struct rubric *rubric, const char *from)
{
    g_autofree char *name = g_path_get_basename(from);
    struct part whole = {.path = (char *)(uintptr_t)from, .as = name, .when = (char *)(uintptr_t) ""};
    g_autoptr(GPtrArray) parts = g_ptr_array_new();
    g_ptr_array_add(parts, &whole);
    return g_file_test(from, G_FILE_TEST_EXISTS) ? gather(rubric, parts, NULL) : intake(rubric, from);
}
