// SPDX-License-Identifier: MIT
/*
 * hash.c - what a result depends on, as SHA-256 (class.h).
 *
 * The hash of a tree covers the names in order, and the kind, size and bytes of each file. A link is hashed by its
 * target and never followed.
 */
#include "class/class.h"

#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* Intake never looks deeper either, so a change further down changes no grade. */
enum { MOST_DEPTH = 8, MOST_ENTRIES = 20000, MOST_FILE_BYTES = 64 << 20, BLOCK_BYTES = 64 << 10 };

static void add_text(GChecksum *sum, const char *text)
{
    g_checksum_update(sum, (const guchar *)text,
                      (gssize)strlen(text) + 1); /* with its zero byte: "ab" "c" is not "a" "bc" */
}

static void add_number(GChecksum *sum, intmax_t number)
{
    g_autofree char *text = g_strdup_printf("%jd", number);
    add_text(sum, text);
}

static void add_bytes(GChecksum *sum, const char *path)
{
    int file = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
    g_autofree guchar *block = g_malloc(BLOCK_BYTES);
    ssize_t n = 0;
    while (file >= 0 && (n = read(file, block, BLOCK_BYTES)) > 0)
        g_checksum_update(sum, block, n);
    if (file < 0 || n < 0)
        add_text(sum, "unreadable");
    if (file >= 0)
        close(file);
}

static void add_tree(GChecksum *sum, const char *path, int depth, int *budget);

static void add_folder(GChecksum *sum, const char *path, int depth, int *budget)
{
    g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(GDir) dir = g_dir_open(path, 0, NULL);
    for (const char *name; dir && (name = g_dir_read_name(dir)) != NULL && (*budget)-- > 0;)
        if (strcmp(name, ".git") != 0)
            g_ptr_array_add(names, g_strdup(name));
    g_ptr_array_sort(names, compare_names);
    for (guint i = 0; i < names->len; i++) {
        g_autofree char *below = g_build_filename(path, names->pdata[i], NULL);
        add_text(sum, names->pdata[i]);
        add_tree(sum, below, depth + 1, budget);
    }
}

static void add_tree(GChecksum *sum, const char *path, int depth, int *budget)
{
    struct stat status;
    if (lstat(path, &status) != 0) {
        add_text(sum, "missing");
        return;
    }
    add_number(sum, status.st_mode & S_IFMT);
    if (S_ISDIR(status.st_mode) && depth < MOST_DEPTH)
        add_folder(sum, path, depth, budget);
    if (!S_ISREG(status.st_mode))
        return;
    add_number(sum, status.st_size);
    if (status.st_size <= MOST_FILE_BYTES)
        add_bytes(sum, path);
}

static char *finish_sum(GChecksum *sum)
{
    char *text = g_strdup(g_checksum_get_string(sum));
    g_checksum_free(sum);
    return text;
}

char *hash_tree(const char *path)
{
    GChecksum *sum = g_checksum_new(G_CHECKSUM_SHA256);
    int budget = MOST_ENTRIES;
    add_tree(sum, path, 0, &budget);
    return finish_sum(sum);
}

char *hash_handed_in(const struct handed_in *submission)
{
    GChecksum *sum = g_checksum_new(G_CHECKSUM_SHA256);
    int budget = MOST_ENTRIES;
    for (guint i = 0; i < submission->parts->len; i++) {
        const struct part *part = submission->parts->pdata[i];
        add_text(sum, part->as);
        add_tree(sum, part->path, 0, &budget);
    }
    add_text(sum, submission->problem ? submission->problem : "");
    return finish_sum(sum);
}

/* --- the kit --- */

static void add_kit(GChecksum *sum, const char *folder, const char *name)
{
    g_autofree char *path = kit_path(folder, name, NULL);
    int budget = MOST_ENTRIES;
    add_text(sum, name);
    add_tree(sum, path, 0, &budget);
}

/* What students see of LAB, except the files that they write. */
static void add_headers(GChecksum *sum, const char *lab)
{
    g_autofree char *folder = kit_path("labs", lab, NULL);
    g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(GDir) dir = g_dir_open(folder, 0, NULL);
    for (const char *name; dir && (name = g_dir_read_name(dir)) != NULL;)
        if (g_str_has_suffix(name, ".h"))
            g_ptr_array_add(names, g_build_filename("labs", lab, name, NULL));
    g_ptr_array_sort(names, compare_names);
    for (guint i = 0; i < names->len; i++)
        add_kit(sum, "", names->pdata[i]);
}

/* All of the lab that RUBRIC describes except the rubric itself, which has its own hash. */
static void add_lab(GChecksum *sum, const struct rubric *rubric)
{
    const char *lab = rubric->lab;
    g_autofree char *folder = kit_path("grader", "labs", lab, NULL);
    g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(GDir) dir = g_dir_open(folder, 0, NULL);
    for (const char *name; dir && (name = g_dir_read_name(dir)) != NULL;)
        if (strcmp(name, "rubric.ini") != 0)
            g_ptr_array_add(names, g_build_filename("grader", "labs", lab, name, NULL));
    g_ptr_array_sort(names, compare_names);
    for (guint i = 0; i < names->len; i++)
        add_kit(sum, "", names->pdata[i]);
    add_headers(sum, lab);
    add_kit(sum, "solutions", lab);
    if (rubric->shares)
        add_kit(sum, "grader/labs", rubric->shares);
}

/* The LAB that another one builds on or is judged by; NULL: none. */
static void add_other(GChecksum *sum, const char *lab)
{
    struct rubric *other = lab ? rubric_load(lab) : NULL;
    if (other)
        add_lab(sum, other);
    rubric_free(other);
}

static void add_compiler(GChecksum *sum)
{
    g_autofree char *version = NULL;
    char *command[] = {"gcc", "--version", NULL};
    if (!g_spawn_sync(NULL, command, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, &version, NULL, NULL, NULL))
        die_fault("cannot ask gcc for its version");
    add_text(sum, version);
}

char *hash_kit(const struct rubric *rubric)
{
    static const char *const stages[] = {"kit",   "wire",    "sandbox",  "config", "grade",
                                         "judge", "subject", "owntests", "include"};
    GChecksum *sum = g_checksum_new(G_CHECKSUM_SHA256);
    for (guint i = 0; i < G_N_ELEMENTS(stages); i++)
        add_kit(sum, "grader", stages[i]);
    add_kit(sum, "labs", "memlib.h");
    add_kit(sum, "labs", "mytests.h");
    add_lab(sum, rubric);
    add_other(sum, rubric->base);
    add_other(sum, rubric->judged_as);
    add_compiler(sum);
    return finish_sum(sum);
}

char *hash_rubric(const struct rubric *rubric)
{
    return hash_tree(rubric->path);
}

/* Do LINE's points, in SECTION of a rubric, decide nothing but a sum? Those for utilization and cost are scaled. */
static bool is_of_points(const char *section, const char *line)
{
    static const char *const sections[] = {"[test ", "[prediction ", "[diagnosis ", "[own_tests]"};
    if (!g_regex_match_simple("^\\s*points\\s*=", line, 0, 0))
        return false;
    for (guint i = 0; i < G_N_ELEMENTS(sections); i++)
        if (g_str_has_prefix(section, sections[i]))
            return true;
    return false;
}

char *hash_rubric_without_points(const struct rubric *rubric)
{
    enum { MOST_BYTES = 4 << 20 };
    g_autofree char *text = files_read_text(rubric->path, MOST_BYTES);
    g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
    const char *section = "";
    GChecksum *sum = g_checksum_new(G_CHECKSUM_SHA256);
    for (guint i = 0; lines[i]; i++) {
        section = lines[i][0] == '[' ? lines[i] : section;
        if (!is_of_points(section, lines[i]))
            add_text(sum, lines[i]);
    }
    return finish_sum(sum);
}
