// SPDX-License-Identifier: MIT
/*
 * intake.c - from what was handed in to a fresh folder (grade.h).
 *
 * Only the files that the rubric names are copied, one by one, and only if they are ordinary files of a sensible size.
 * Nothing of what was handed in is followed, run or trusted; everything else in the folder is ignored.
 */
#include "grade/foreign/foreign.h"
#include "grade/grade.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { MOST_BYTES = 1 << 20, MOST_ENTRIES = 2000 };

struct submission *intake_to_measure(const struct rubric *rubric, const char *from, bool bits32)
{
    struct submission *submission = intake(rubric, from);
    submission->measured = true;
    submission->bits32 = bits32;
    return submission;
}

void submission_free(struct submission *submission)
{
    if (!submission)
        return;
    files_remove_tree(submission->work);
    g_free(submission->work);
    g_free(submission->problem);
    g_free(submission->changed_header);
    g_ptr_array_unref(submission->notes);
    g_strfreev(submission->sources);
    g_strfreev(submission->renames);
    g_free(submission->flags);
    g_free(submission);
}

/* --- one file --- */

static char *kind_problem(const char *file, mode_t mode)
{
    if (S_ISDIR(mode))
        return g_strdup_printf("%s is a folder; hand in the file itself", file);
    if (S_ISLNK(mode))
        return g_strdup_printf("%s is a symbolic link; hand in the file itself", file);
    if (!S_ISREG(mode))
        return g_strdup_printf("%s is not an ordinary file", file);
    return NULL;
}

/* What the N BYTES are, if that is not C source and easily told; NULL otherwise. */
static const char *kind_of_bytes(const char *bytes, size_t n)
{
    static const struct {
        const char *start, *what;
    } kinds[] = {{"%PDF", "a PDF document"},
                 {"PK\003\004", "a zip archive or an office document"},
                 {"7z\274\257", "a 7z archive"},
                 {"Rar!", "a rar archive"},
                 {"\037\213", "a gzip archive"},
                 {"\177ELF", "a compiled program"},
                 {"\320\317\021\340", "an office document"},
                 {"{\\rtf", "an RTF document"},
                 {"\377\330\377", "a picture"},
                 {"\211PNG", "a picture"},
                 {"<!DOCTYPE", "a web page"},
                 {"<!doctype", "a web page"},
                 {"<html", "a web page"},
                 {"\377\376", "saved as UTF-16, not as plain text"},
                 {"\376\377", "saved as UTF-16, not as plain text"}};
    for (guint i = 0; i < G_N_ELEMENTS(kinds); i++)
        if (n >= strlen(kinds[i].start) && memcmp(bytes, kinds[i].start, strlen(kinds[i].start)) == 0)
            return kinds[i].what;
    return NULL;
}

/* The same by the ending of NAME, for texts that have no mark of their own. */
static const char *kind_of_name(const char *name)
{
    g_autofree char *lower = g_ascii_strdown(name, -1);
    return g_str_has_suffix(lower, ".html") || g_str_has_suffix(lower, ".htm") ? "a web page" : NULL;
}

/* NAME is the file's own name, which may differ from that of FILE. */
static char *content_problem(const char *file, const char *name, const char *bytes, size_t n)
{
    const char *named = kind_of_name(name);
    const char *kind = named ? named : kind_of_bytes(bytes, n);
    if (n == 0)
        return g_strdup_printf("%s is empty", file);
    if (kind && rubric_is_source(file))
        return g_strdup_printf("%s is %s; hand in the C file itself%s%s", name, kind,
                               strcmp(name, file) == 0 ? "" : ", ", strcmp(name, file) == 0 ? "" : file);
    if (memchr(bytes, '\0', n))
        return g_strdup_printf("%s is not a text file: it holds zero bytes (was it saved as UTF-16, or compiled?)",
                               file);
    return NULL;
}

/* The N bytes of PATH, or NULL with a sentence in *PROBLEM. */
static char *read_file(const char *path, const char *file, size_t *n, char **problem)
{
    struct stat status;
    if (lstat(path, &status) == 0 && (*problem = kind_problem(file, status.st_mode)) != NULL)
        return NULL;
    int in = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
    if (in < 0 && files_machine_error(errno))
        die_fault("cannot read %s: %s", path, g_strerror(errno));
    if (in < 0 || fstat(in, &status) != 0) {
        *problem = g_strdup_printf("%s cannot be read: %s", file, g_strerror(errno));
    } else if (status.st_size > MOST_BYTES) {
        *problem = g_strdup_printf("%s is %jd MB long; the most that is read is 1 MB", file,
                                   (intmax_t)((status.st_size + MOST_BYTES - 1) / MOST_BYTES));
    } else {
        char *bytes = g_malloc0(MOST_BYTES + 1);
        ssize_t got = read(in, bytes, MOST_BYTES);
        if (got < 0)
            die_fault("cannot read %s: %s", path, g_strerror(errno));
        close(in);
        *n = got > 0 ? (size_t)got : 0;
        g_autofree char *base = g_path_get_basename(path);
        g_autofree char *name = text_clean(base, strlen(base));
        *problem = content_problem(file, name, bytes, *n);
        if (!*problem)
            return bytes;
        g_free(bytes);
        return NULL;
    }
    if (in >= 0)
        close(in);
    return NULL;
}

/* --- the whole --- */

static void note_or_problem(struct submission *submission, const char *file, char *sentence)
{
    if (rubric_is_source(file) && !submission->problem)
        submission->problem = g_strdup(sentence);
    else
        g_ptr_array_add(submission->notes, g_strdup(sentence));
    g_free(sentence);
}

static void take_file(struct submission *submission, const char *path, const char *file)
{
    char *problem = NULL;
    size_t n = 0;
    g_autofree char *bytes = read_file(path, file, &n, &problem);
    if (!bytes) {
        note_or_problem(submission, file, problem);
        return;
    }
    g_autofree char *to = g_build_filename(submission->work, "src", file, NULL);
    GError *error = NULL;
    if (!g_file_set_contents(to, bytes, (gssize)n, &error))
        die_fault("%s", error->message);
}

/* Adds the names of the files that were taken from FOLDER, the lab's own in FROM, to TAKEN. */
static void take_from_folder(struct submission *submission, const char *from, const char *folder, GPtrArray *taken)
{
    for (guint i = 0; submission->rubric->files[i]; i++) {
        const char *file = submission->rubric->files[i];
        char *problem = NULL;
        char *note = NULL;
        g_autofree char *path = find_file(folder, file, submission->rubric, &problem, &note);
        if (!path && strcmp(folder, from) != 0 && (path = find_apart(from, file, submission->rubric, &note)) != NULL)
            g_clear_pointer(&problem, g_free);
        if (note)
            g_ptr_array_add(submission->notes, note);
        if (path) {
            take_file(submission, path, file);
            g_ptr_array_add(taken, g_path_get_basename(path));
        } else
            note_or_problem(submission, file, problem);
    }
}

static bool is_among(const GPtrArray *names, const char *name)
{
    return g_ptr_array_find_with_equal_func((GPtrArray *)(uintptr_t)names, name, g_str_equal, NULL);
}

/* --- what is left out --- */

static bool is_c_file(const char *name)
{
    return g_str_has_suffix(name, ".c") || g_str_has_suffix(name, ".h");
}

/* The C files and headers of FOLDER that the rubric does not name, in order. Free with g_ptr_array_unref. */
static GPtrArray *other_files(const char *folder, GStrv files)
{
    GPtrArray *names = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(GDir) dir = g_dir_open(folder, 0, NULL);
    int budget = MOST_ENTRIES;
    for (const char *name; dir && budget-- > 0 && (name = g_dir_read_name(dir)) != NULL;)
        if (is_c_file(name) && name[0] != '.' && !g_strv_contains((const char *const *)files, name))
            g_ptr_array_add(names, g_strdup(name));
    g_ptr_array_sort(names, compare_names);
    return names;
}

/* Names that mean something else in a build. Whole folders of a course's handout hold its driver, too. */
static bool is_the_kits(const struct rubric *rubric, GStrv kits, const char *name)
{
    return (rubric->judged_as && foreign_is_drivers(name)) || handed_out(kits, name) ||
           strcmp(name, "my_tests.c") == 0 || strcmp(name, "memlib.h") == 0 || strcmp(name, "mytests.h") == 0;
}

/* Takes what the rubric allows besides its files. */
static void take_also(struct submission *submission, const char *folder, GStrv kits)
{
    enum { MOST_FILES = 40 };
    const struct rubric *rubric = submission->rubric;
    g_autoptr(GPtrArray) others = other_files(folder, rubric->files);
    g_autoptr(GPtrArray) sources = g_ptr_array_new_with_free_func(g_free);
    guint taken = 0;
    for (guint i = 0; i < others->len && taken < MOST_FILES; i++) {
        const char *name = others->pdata[i];
        bool plain =
            name[strspn(name, G_CSET_A_2_Z G_CSET_a_2_z G_CSET_DIGITS "_-+.")] == '\0'; /* a word of commands */
        if (!plain || !rubric_takes(rubric, name) || is_the_kits(rubric, kits, name))
            continue;
        g_autofree char *path = g_build_filename(folder, name, NULL);
        take_file(submission, path, name);
        taken++;
        if (rubric_is_source(name))
            g_ptr_array_add(sources, g_strdup(name));
    }
    if (sources->len == 0)
        return;
    g_auto(GStrv) first = submission_sources(submission);
    g_autoptr(GStrvBuilder) all = g_strv_builder_new();
    g_strv_builder_addv(all, (const char **)first);
    for (guint i = 0; i < sources->len; i++)
        g_strv_builder_add(all, sources->pdata[i]);
    submission->sources = g_strv_builder_end(all);
}

static bool was_taken(const struct submission *submission, const char *name)
{
    g_autofree char *below = g_build_filename("src", name, NULL);
    g_autofree char *path = submission_path(submission, below);
    return g_file_test(path, G_FILE_TEST_EXISTS);
}

static void note_left_out(struct submission *submission, const char *folder, GStrv kits, const GPtrArray *used)
{
    const struct rubric *rubric = submission->rubric;
    g_autoptr(GPtrArray) others = other_files(folder, rubric->files);
    g_autoptr(GString) left = g_string_new(NULL);
    for (guint i = 0; i < others->len; i++) {
        const char *name = others->pdata[i];
        g_autofree char *clean = text_clean(name, strlen(name));
        if (!is_the_kits(rubric, kits, name) && !was_taken(submission, name) && !is_among(used, name))
            g_string_append_printf(left, "%s%s", left->len > 0 ? ", " : "", clean);
    }
    g_autofree char *needed = g_strjoinv(", ", rubric->files);
    g_autofree char *also = rubric->also ? g_strjoinv(", ", rubric->also) : g_strdup("");
    g_autofree char *taken = g_strconcat(needed, also[0] ? ", " : "", also, NULL);
    if (left->len > 0)
        g_ptr_array_add(submission->notes, g_strdup_printf("left out: %s (this lab takes %s)", left->str, taken));
}

/* Code is compiled with the headers in the kit's folder of the lab, which may be the student's own copy of the kit. */
static void note_changed_header(struct submission *submission, const char *folder, GStrv kits)
{
    const char *lab = submission->rubric->lab;
    g_autofree char *ours = kit_path("labs", lab, NULL);
    submission->changed_header = handed_out_changed(kits, ours);
    g_autofree char *theirs = handed_out_changed(kits, folder);
    if (submission->changed_header)
        g_ptr_array_add(submission->notes,
                        g_strdup_printf("labs/%s/%s is not as it was handed out; staff grade with the original, so "
                                        "undo the change",
                                        lab, submission->changed_header));
    else if (theirs)
        g_ptr_array_add(submission->notes, g_strdup_printf("the changes in %s do not count: the code was compiled with "
                                                           "the original",
                                                           theirs));
}

static void demand_lab_folder(const char *lab)
{
    g_autofree char *folder = kit_path("labs", lab, NULL);
    if (!g_file_test(folder, G_FILE_TEST_IS_DIR))
        die_fault("the folder %s is missing; its headers are needed to grade this lab, so put it back", folder);
}

/* FROM is a single file: it is the lab's first source, whatever its name. */
static void take_single(struct submission *submission, const char *from)
{
    bool taken = false;
    for (guint i = 0; submission->rubric->files[i]; i++) {
        const char *file = submission->rubric->files[i];
        if (rubric_is_source(file) && !taken) {
            take_file(submission, from, file);
            taken = true;
        } else if (rubric_is_source(file)) {
            note_or_problem(submission, file, g_strdup_printf("%s is missing: only one file was handed in", file));
        }
    }
}

/* A work folder with nothing in it. */
static struct submission *empty_submission(const struct rubric *rubric)
{
    demand_lab_folder(rubric->lab);
    struct submission *submission = g_new0(struct submission, 1);
    submission->rubric = rubric;
    submission->measured = rubric->cost.points > 0;
    submission->bits32 = rubric_is_narrow(rubric);
    submission->work = files_make_temporary();
    submission->notes = g_ptr_array_new_with_free_func(g_free);
    room_surroundings(rubric->lab, submission->work);
    g_autofree char *sources = submission_path(submission, "src");
    if (mkdir(sources, 0755) != 0)
        die_fault("cannot make %s: %s", sources, g_strerror(errno));
    return submission;
}

struct submission *intake(const struct rubric *rubric, const char *from)
{
    struct stat status;
    if (stat(from, &status) != 0)
        die_unusable("cannot read %s: %s", from, g_strerror(errno));
    struct submission *submission = empty_submission(rubric);
    if (S_ISDIR(status.st_mode)) {
        char *note = NULL;
        g_autofree char *folder = find_lab_folder(from, rubric, &note);
        if (note)
            g_ptr_array_add(submission->notes, note);
        g_autoptr(GPtrArray) taken = g_ptr_array_new_with_free_func(g_free);
        take_from_folder(submission, from, folder, taken);
        g_auto(GStrv) kits = handed_out_list(rubric->lab);
        take_also(submission, folder, kits);
        note_left_out(submission, folder, kits, taken);
        note_changed_header(submission, folder, kits);
    } else {
        take_single(submission, from);
    }
    return submission;
}

struct submission *intake_nothing(const struct rubric *rubric, bool bits32, const char *compiler)
{
    struct submission *submission = empty_submission(rubric);
    submission->measured = true;
    submission->bits32 = bits32;
    submission->compiler = compiler;
    submission->sources = g_new0(char *, 1);
    return submission;
}

void intake_file(struct submission *submission, const char *path, const char *file)
{
    g_autofree char *to = g_build_filename(submission->work, "src", file, NULL);
    g_autofree char *folder = g_path_get_dirname(to);
    if (g_mkdir_with_parents(folder, 0755) != 0)
        die_fault("cannot make %s: %s", folder, g_strerror(errno));
    take_file(submission, path, file);
}
