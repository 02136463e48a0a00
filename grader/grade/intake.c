// SPDX-License-Identifier: MIT
/*
 * intake.c - from what was handed in to a fresh folder (grade.h).
 *
 * Only the files that the rubric names are copied, one by one, and only if they are ordinary files of a sensible size.
 * Nothing of what was handed in is followed, run or trusted; everything else in the folder is ignored.
 */
#include "grade/grade.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { MOST_BYTES = 1 << 20, SEARCH_DEPTH = 3, MOST_ENTRIES = 2000 };

char *submission_path(const struct submission *submission, const char *name)
{
    return g_build_filename(submission->work, name, NULL);
}

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

static char *content_problem(const char *file, const char *bytes, size_t n)
{
    if (n == 0)
        return g_strdup_printf("%s is empty", file);
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
        *problem = content_problem(file, bytes, *n);
        if (!*problem)
            return bytes;
        g_free(bytes);
        return NULL;
    }
    if (in >= 0)
        close(in);
    return NULL;
}

/* --- finding it --- */

/* Collects the paths below FOLDER (to DEPTH levels) whose last part is FILE. */
static void search(const char *folder, const char *file, int depth, int *budget, GPtrArray *found)
{
    g_autoptr(GDir) dir = g_dir_open(folder, 0, NULL);
    for (const char *name; dir && (*budget)-- > 0 && (name = g_dir_read_name(dir)) != NULL;) {
        g_autofree char *path = g_build_filename(folder, name, NULL);
        struct stat status;
        if (lstat(path, &status) != 0)
            continue;
        if (strcmp(name, file) == 0)
            g_ptr_array_add(found, g_strdup(path));
        else if (S_ISDIR(status.st_mode) && depth > 0)
            search(path, file, depth - 1, budget, found);
    }
}

/* Other C files lying there than the rubric's FILES, in case a name was mistyped: " (there is a.c, b.c; rename ...)";
 * empty if there are none. */
static char *others(const char *folder, GStrv files)
{
    g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(GDir) dir = g_dir_open(folder, 0, NULL);
    for (const char *name; dir && (name = g_dir_read_name(dir)) != NULL && names->len < 5;)
        if (g_str_has_suffix(name, ".c") && strcmp(name, "demo.c") != 0 && strcmp(name, "my_tests.c") != 0 &&
            !g_strv_contains((const char *const *)files, name))
            g_ptr_array_add(names, text_clean(name, strlen(name)));
    if (names->len == 0)
        return g_strdup("");
    g_ptr_array_sort(names, compare_names);
    g_ptr_array_add(names, NULL);
    g_autofree char *list = g_strjoinv(", ", (char **)names->pdata);
    return g_strdup_printf(" (there is %s; rename it if that is it)", list);
}

/* PATH, which lies below FOLDER, from there on, as text: names of folders can hold any byte. */
static char *path_below(const char *folder, const char *path)
{
    const char *rest = path + strlen(folder);
    while (G_IS_DIR_SEPARATOR(*rest))
        rest++;
    return text_clean(rest, strlen(rest));
}

/* Where FILE, one of the rubric's FILES, is below FOLDER; NULL with a sentence in *PROBLEM if it is not there, or there
 * twice. */
static char *locate(const char *folder, const char *file, GStrv files, char **problem, char **note)
{
    g_autofree char *direct = g_build_filename(folder, file, NULL);
    struct stat status;
    if (lstat(direct, &status) == 0)
        return g_steal_pointer(&direct);
    if (errno == EACCES) {
        *problem = g_strdup_printf("the folder of %s cannot be read: %s", file, g_strerror(errno));
        return NULL;
    }
    g_autoptr(GPtrArray) found = g_ptr_array_new_with_free_func(g_free);
    int budget = MOST_ENTRIES;
    search(folder, file, SEARCH_DEPTH, &budget, found);
    g_ptr_array_sort(found, compare_names);
    if (found->len == 0) {
        g_autofree char *hint = rubric_is_source(file) ? others(folder, files) : g_strdup("");
        *problem = g_strdup_printf("%s is missing%s", file, hint);
        return NULL;
    }
    g_autofree char *first = path_below(folder, found->pdata[0]);
    if (found->len > 1) {
        g_autofree char *second = path_below(folder, found->pdata[1]);
        *problem = g_strdup_printf("%s is there %u times, for example as %s and %s; leave only one", file, found->len,
                                   first, second);
        return NULL;
    }
    *note = g_strdup_printf("%s was taken from %s", file, first);
    return g_strdup(found->pdata[0]);
}

/* --- the whole --- */

/* A link is no folder: what was handed in could lead to anybody's work with it. */
char *intake_folder(const char *from, const char *lab)
{
    char *inside = g_build_filename(from, lab, NULL);
    struct stat status;
    if (lstat(inside, &status) == 0 && S_ISDIR(status.st_mode))
        return inside;
    g_free(inside);
    return g_strdup(from);
}

static void note_or_problem(struct submission *submission, const char *file, char *sentence)
{
    if (rubric_is_source(file) && !submission->problem)
        submission->problem = g_strdup(sentence);
    else
        g_ptr_array_add(submission->notes, g_strdup(sentence));
    g_free(sentence);
}

static void take(struct submission *submission, const char *path, const char *file)
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

static void take_from_folder(struct submission *submission, const char *folder)
{
    for (guint i = 0; submission->rubric->files[i]; i++) {
        const char *file = submission->rubric->files[i];
        char *problem = NULL;
        char *note = NULL;
        g_autofree char *path = locate(folder, file, submission->rubric->files, &problem, &note);
        if (note)
            g_ptr_array_add(submission->notes, note);
        if (path)
            take(submission, path, file);
        else
            note_or_problem(submission, file, problem);
    }
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

/* Names that mean something else in a build. */
static bool is_the_kits(GStrv kits, const char *name)
{
    return handed_out(kits, name) || strcmp(name, "my_tests.c") == 0 || strcmp(name, "memlib.h") == 0 ||
           strcmp(name, "mytests.h") == 0;
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
        if (!plain || !rubric_takes(rubric, name) || is_the_kits(kits, name))
            continue;
        g_autofree char *path = g_build_filename(folder, name, NULL);
        take(submission, path, name);
        taken++;
        if (rubric_is_source(name))
            g_ptr_array_add(sources, g_strdup(name));
    }
    if (sources->len == 0)
        return;
    g_auto(GStrv) first = build_sources(submission);
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

static void note_left_out(struct submission *submission, const char *folder, GStrv kits)
{
    const struct rubric *rubric = submission->rubric;
    g_autoptr(GPtrArray) others = other_files(folder, rubric->files);
    g_autoptr(GString) left = g_string_new(NULL);
    for (guint i = 0; i < others->len; i++) {
        const char *name = others->pdata[i];
        g_autofree char *clean = text_clean(name, strlen(name));
        if (!is_the_kits(kits, name) && !was_taken(submission, name))
            g_string_append_printf(left, "%s%s", left->len > 0 ? ", " : "", clean);
    }
    g_autofree char *taken = g_strjoinv(", ", rubric->files);
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
            take(submission, from, file);
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
    submission->work = files_make_temporary();
    submission->notes = g_ptr_array_new_with_free_func(g_free);
    sound_surroundings(rubric->lab, submission->work);
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
        g_autofree char *folder = intake_folder(from, rubric->lab);
        take_from_folder(submission, folder);
        g_auto(GStrv) kits = handed_out_list(rubric->lab);
        take_also(submission, folder, kits);
        note_left_out(submission, folder, kits);
        note_changed_header(submission, folder, kits);
    } else {
        take_single(submission, from);
    }
    return submission;
}

struct submission *intake_nothing(const struct rubric *rubric, bool bits32)
{
    struct submission *submission = empty_submission(rubric);
    submission->measured = true;
    submission->bits32 = bits32;
    return submission;
}

void intake_file(struct submission *submission, const char *path, const char *file)
{
    g_autofree char *to = g_build_filename(submission->work, "src", file, NULL);
    g_autofree char *folder = g_path_get_dirname(to);
    if (g_mkdir_with_parents(folder, 0755) != 0)
        die_fault("cannot make %s: %s", folder, g_strerror(errno));
    take(submission, path, file);
}
