// SPDX-License-Identifier: MIT
/*
 * beside.c - the source of an allocator, and what of the files beside it belongs to it (replay.h).
 *
 * Nothing is taken but text files of C of a sensible size, as intake.c takes them. The simulated system is the kit's:
 * memlib.h and the driver's own files are left where they are.
 */
#include "programs/replay/replay.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>

enum { DEPTH = 2, MOST_FILES = 400 };

/* Names of sources become words of commands. */
static bool is_plain(const char *path)
{
    return path[strspn(path, G_CSET_A_2_Z G_CSET_a_2_z G_CSET_DIGITS "_-+./")] == '\0';
}

static bool is_c(const char *name)
{
    return g_str_has_suffix(name, ".c") || g_str_has_suffix(name, ".h");
}

static void list_files(struct beside *beside, const char *below, int depth)
{
    g_autofree char *folder = g_build_filename(beside->folder, below, NULL);
    g_autoptr(GDir) dir = g_dir_open(folder, 0, NULL);
    for (const char *name; dir && (name = g_dir_read_name(dir)) != NULL && beside->files->len < MOST_FILES;) {
        g_autofree char *path = below[0] ? g_build_filename(below, name, NULL) : g_strdup(name);
        g_autofree char *whole = g_build_filename(beside->folder, path, NULL);
        struct stat status;
        if (name[0] == '.' || lstat(whole, &status) != 0)
            continue;
        if (S_ISDIR(status.st_mode) && depth > 0)
            list_files(beside, path, depth - 1);
        else if (S_ISREG(status.st_mode) && is_c(name) && is_plain(name) && !foreign_is_drivers(name))
            g_ptr_array_add(beside->files, g_steal_pointer(&path));
    }
}

/* --- which one it is --- */

static char *read_plain(const struct beside *beside, const char *file)
{
    g_autofree char *path = g_build_filename(beside->folder, file, NULL);
    return read_without_comments(path);
}

static bool defines(const char *text, const char *function)
{
    g_autofree char *pattern = g_strdup_printf("\\b%s\\s*\\([^;{}]*\\)\\s*\\{", function);
    return g_regex_match_simple(pattern, text, 0, 0);
}

/* How much SOURCE looks like an allocator. */
static int likeness(const struct beside *beside, const char *source)
{
    static const char *const functions[] = {"\\w*alloc(?:ate)?", "\\w*malloc", "malloc", "mymalloc", "mm_malloc"};
    g_autofree char *text = read_plain(beside, source);
    int found = 0;
    for (guint i = 0; i < G_N_ELEMENTS(functions); i++)
        if (defines(text, functions[i]))
            found = 2 * ((int)i + 1);
    return found > 1 && defines(text, "main") ? found - 1 : found;
}

static _Noreturn void refuse_several(const char *first, const char *second)
{
    die_unusable("both %s and %s define an allocator: name one of them", first, second);
}

/* The file called FIRST, at the shallowest place; else the one source that looks most like an allocator. */
static char *choose(const struct beside *beside, const char *first)
{
    const char *best = NULL;
    const char *rival = NULL;
    int most = 0;
    for (guint i = 0; i < beside->files->len; i++) {
        const char *file = beside->files->pdata[i];
        if (strcmp(file, first) == 0)
            return g_strdup(file);
        int found = g_str_has_suffix(file, ".c") ? likeness(beside, file) : 0;
        if (found > 0 && found == most)
            rival = file;
        if (found <= most)
            continue;
        best = file;
        most = found;
        rival = NULL;
    }
    if (!best)
        die_unusable("there is no C file in %s that defines an allocator", beside->folder);
    if (rival)
        refuse_several(best, rival);
    return g_strdup(best);
}

/* MAIN as it is called in src/: a plain name that ends in .c. */
static char *source_name(const char *main)
{
    char *name = g_str_has_suffix(main, ".c") ? g_strdup(main) : g_strconcat(main, ".c", NULL);
    return g_strcanon(name, G_CSET_A_2_Z G_CSET_a_2_z G_CSET_DIGITS "_-+./", '_');
}

struct beside beside_find(const char *from, const char *first)
{
    struct stat status;
    if (stat(from, &status) != 0)
        die_unusable("cannot read %s: %s", from, g_strerror(errno));
    bool is_folder = S_ISDIR(status.st_mode);
    struct beside beside = {.folder = is_folder ? g_strdup(from) : g_path_get_dirname(from),
                            .files = g_ptr_array_new_with_free_func(g_free),
                            .taken = g_ptr_array_new_with_free_func(g_free)};
    list_files(&beside, "", is_folder ? DEPTH : 0);
    if (!is_folder) /* its neighbours may be other people's */
        list_files(&beside, "include", 0);
    g_ptr_array_sort(beside.files, compare_names);
    beside.main = is_folder ? choose(&beside, first) : g_path_get_basename(from);
    beside.source = source_name(beside.main);
    return beside;
}

void beside_clear(struct beside *beside)
{
    g_free(beside->folder);
    g_free(beside->main);
    g_free(beside->source);
    g_ptr_array_unref(beside->files);
    g_ptr_array_unref(beside->taken);
}

/* --- what belongs to it --- */

bool beside_took(const struct beside *beside, const char *file)
{
    return strcmp(file, beside->source) == 0 ||
           g_ptr_array_find_with_equal_func(beside->taken, file, g_str_equal, NULL);
}

/* The file that "#include NAME" in the file FROM means: beside that, or in any folder of the submission. */
static const char *included_file(const struct beside *beside, const char *from, const char *name)
{
    g_autofree char *folder = g_path_get_dirname(from);
    g_autofree char *joined = g_build_filename("/", folder, name, NULL);
    g_autofree char *path = g_canonicalize_filename(joined, "/");
    const char *found = NULL;
    g_autofree char *suffix = g_strconcat("/", name, NULL);
    for (guint i = 0; i < beside->files->len; i++) {
        const char *file = beside->files->pdata[i];
        g_autofree char *rooted = g_strconcat("/", file, NULL);
        if (strcmp(rooted, path) == 0)
            return file;
        if (!found && g_str_has_suffix(rooted, suffix))
            found = file;
    }
    return found;
}

/* A file of a submission that includes others. */
struct including {
    struct beside *beside;
    struct submission *submission;
    const char *file;
};

static void take_one(const char *name, bool says_system, void *data)
{
    const struct including *including = data;
    const char *found = included_file(including->beside, including->file, name);
    bool is_system = says_system && (!found || !strchr(found, '/'));
    if (found && !is_system)
        beside_take(including->beside, including->submission, found);
    else
        stand_in(including->submission, name);
}

static void take_included(struct beside *beside, struct submission *submission, const char *file)
{
    struct including including = {beside, submission, file};
    g_autofree char *text = read_plain(beside, file);
    for_each_include(text, take_one, &including);
}

void beside_take(struct beside *beside, struct submission *submission, const char *file)
{
    bool is_main = strcmp(file, beside->main) == 0;
    if (g_ptr_array_find_with_equal_func(beside->taken, file, g_str_equal, NULL))
        return;
    g_autofree char *path = g_build_filename(beside->folder, file, NULL);
    g_ptr_array_add(beside->taken, g_strdup(file));
    intake_file(submission, path, is_main ? beside->source : file);
    if (submission->problem)
        die_unusable("%s", submission->problem);
    take_included(beside, submission, file);
}

const char *beside_mentions(const struct beside *beside, const char *name, guint *from)
{
    g_autofree char *pattern = g_strdup_printf("\\b%s\\b", name);
    while (*from < beside->files->len) {
        const char *file = beside->files->pdata[(*from)++];
        if (!g_str_has_suffix(file, ".c") || beside_took(beside, file))
            continue;
        g_autofree char *text = read_plain(beside, file);
        if (g_regex_match_simple(pattern, text, 0, 0))
            return file;
    }
    return NULL;
}

char *beside_text(const struct beside *beside)
{
    GString *all = g_string_new(NULL);
    for (guint i = 0; i < beside->taken->len; i++) {
        g_autofree char *text = read_plain(beside, beside->taken->pdata[i]);
        g_string_append(all, text);
    }
    return g_string_free(all, FALSE);
}
