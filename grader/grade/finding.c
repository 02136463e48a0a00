// SPDX-License-Identifier: MIT
/*
 * finding.c - where a lab's files are in what was handed in (grade.h).
 *
 * Students hand in a file, a folder, a folder of labs, or a repository at any depth; with names that their browser or
 * their system changed. What can be meant in one way only is taken, with a note; otherwise a sentence names what is
 * there. Links are never followed.
 */
#include "grade/grade.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>

enum { SEARCH_DEPTH = 7, MOST_ENTRIES = 20000, MOST_NAMED = 5 };

static GRegex *copy_marks; /* what browsers and systems add to a second copy's name; compiled once */

/* --- names --- */

static bool is_regular(const char *path)
{
    struct stat status;
    return lstat(path, &status) == 0 && S_ISREG(status.st_mode);
}

static bool same_file(const char *one, const char *other)
{
    g_autofree char *a = NULL;
    g_autofree char *b = NULL;
    gsize n = 0;
    gsize m = 0;
    return is_regular(one) && is_regular(other) && g_file_get_contents(one, &a, &n, NULL) &&
           g_file_get_contents(other, &b, &m, NULL) && n == m && memcmp(a, b, n) == 0;
}

/* Removes ENDING from the end of NAME. True if it was there. */
static bool cut_ending(char *name, const char *ending)
{
    if (!g_str_has_suffix(name, ending) || strlen(name) == strlen(ending))
        return false;
    name[strlen(name) - strlen(ending)] = '\0';
    return true;
}

/* NAME without what systems and hurry change: "Free-List (2).C.txt" becomes "free_list.c", as free_list.c does. */
static char *usual_name(const char *name)
{
    static const char *const endings[] = {".c", ".cpp", ".cc", ".cxx"};
    if (!copy_marks)
        copy_marks = g_regex_new("(?:[ _-]*\\(\\d+\\)|[ _-]+(?:copy|kopie|copie|copia)|-\\d+)+$", 0, 0, NULL);
    g_autofree char *stem = g_utf8_validate(name, -1, NULL) ? g_ascii_strdown(name, -1) : g_strdup("");
    bool text = false;
    bool code = false;
    while (cut_ending(stem, ".txt"))
        text = true;
    for (guint i = 0; i < G_N_ELEMENTS(endings); i++)
        code = cut_ending(stem, endings[i]) || code;
    g_autofree char *plain = g_regex_replace_literal(copy_marks, stem, -1, 0, "", 0, NULL);
    g_strdelimit(plain, "- ", '_');
    return g_strconcat(plain, code ? ".c" : text ? ".txt" : "", NULL);
}

static bool is_meant(const char *name, const char *file)
{
    g_autofree char *usual = usual_name(name);
    g_autofree char *wanted = usual_name(file);
    return strcmp(usual, wanted) == 0;
}

static bool is_code(const char *name)
{
    g_autofree char *usual = usual_name(name);
    return g_str_has_suffix(usual, ".c");
}

/* PATH, which lies below FOLDER, from there on, as text: names of folders can hold any byte. */
static char *path_below(const char *folder, const char *path)
{
    const char *rest = path + strlen(folder);
    while (G_IS_DIR_SEPARATOR(*rest))
        rest++;
    return text_clean(rest, strlen(rest));
}

/* --- as handed out --- */

/* Is PATH, handed in as FILE, just as it was handed out? Only a kit of the staff's knows: elsewhere labs/ holds the
 * student's own work. */
bool is_untouched(const struct rubric *rubric, const char *file, const char *path)
{
    g_autofree char *staff = kit_path("solutions", rubric->lab, NULL);
    g_autofree char *ours = kit_path("labs", rubric->lab, file, NULL);
    struct stat kits, theirs;
    if (!files_is_folder(staff) || lstat(ours, &kits) != 0 || lstat(path, &theirs) != 0 || !S_ISREG(theirs.st_mode) ||
        kits.st_size != theirs.st_size || (kits.st_dev == theirs.st_dev && kits.st_ino == theirs.st_ino))
        return false;
    return same_file(ours, path);
}

/* --- one file in a folder --- */

/* The names in FOLDER, other than FILE, that must mean FILE. */
static GPtrArray *names_meant(const char *folder, const char *file)
{
    GPtrArray *names = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(GDir) dir = g_dir_open(folder, 0, NULL);
    int budget = MOST_ENTRIES;
    for (const char *name; dir && budget-- > 0 && (name = g_dir_read_name(dir)) != NULL;) {
        g_autofree char *path = g_build_filename(folder, name, NULL);
        if (name[0] != '.' && strcmp(name, file) != 0 && is_meant(name, file) && is_regular(path))
            g_ptr_array_add(names, g_strdup(name));
    }
    return names;
}

/* Does some lab of the kit hand out a file called NAME? */
static bool is_of_a_lab(const char *name)
{
    g_autoptr(GPtrArray) labs = kit_labs();
    for (guint i = 0; i < labs->len; i++) {
        g_autofree char *path = kit_path("labs", labs->pdata[i], name, NULL);
        if (g_file_test(path, G_FILE_TEST_EXISTS))
            return true;
    }
    return false;
}

/* The names of what else lies in FOLDER, the kit's own files left out: C files, or all files. In order. */
static GPtrArray *other_names(const char *folder, GStrv files, bool code_only)
{
    GPtrArray *names = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(GDir) dir = g_dir_open(folder, 0, NULL);
    int budget = MOST_ENTRIES;
    for (const char *name; dir && budget-- > 0 && (name = g_dir_read_name(dir)) != NULL;) {
        g_autofree char *path = g_build_filename(folder, name, NULL);
        bool kits = strcmp(name, "demo.c") == 0 || is_meant(name, "my_tests.c") || strcmp(name, "Makefile") == 0 ||
                    g_str_has_suffix(name, ".h");
        if (name[0] != '.' && !kits && is_regular(path) && (!code_only || is_code(name)) &&
            !g_strv_contains((const char *const *)files, name))
            g_ptr_array_add(names, g_strdup(name));
    }
    g_ptr_array_sort(names, compare_names);
    return names;
}

/* The only C file in FOLDER that nobody handed out, for a lab with one source; NULL if there is none. */
static char *only_source(const char *folder, const struct rubric *rubric)
{
    guint sources = 0;
    for (guint i = 0; rubric->files[i]; i++)
        sources += rubric_is_source(rubric->files[i]);
    g_autoptr(GPtrArray) names = other_names(folder, rubric->files, true);
    if (sources != 1 || names->len != 1 || is_of_a_lab(names->pdata[0]))
        return NULL;
    return g_strdup(names->pdata[0]);
}

/* What lies in FOLDER instead of a source, in case somebody can tell what was meant: " (there is a.c, b.c; rename it if
 * that is it)"; empty if there is nothing. */
static char *others(const char *folder, const struct rubric *rubric)
{
    g_autoptr(GPtrArray) code = other_names(folder, rubric->files, true);
    g_autoptr(GPtrArray) all = other_names(folder, rubric->files, false);
    const GPtrArray *found = code->len > 0 ? code : all;
    g_autoptr(GString) list = g_string_new(NULL);
    for (guint i = 0; i < MIN(found->len, MOST_NAMED); i++) {
        const char *name = found->pdata[i];
        g_autofree char *clean = text_clean(name, strlen(name));
        g_string_append_printf(list, "%s%s", i > 0 ? ", " : "", clean);
    }
    if (list->len == 0)
        return g_strdup("");
    return g_strdup_printf(" (there is %s; %s)", list->str,
                           code->len > 0 ? "rename it if that is it" : "hand in the C file itself");
}

/* Collects the paths below FOLDER (to DEPTH levels) whose last part is FILE. */
static void search(const char *folder, const char *file, int depth, int *budget, GPtrArray *found)
{
    g_autoptr(GDir) dir = g_dir_open(folder, 0, NULL);
    for (const char *name; dir && (*budget)-- > 0 && (name = g_dir_read_name(dir)) != NULL;) {
        g_autofree char *path = g_build_filename(folder, name, NULL);
        if (strcmp(name, file) == 0)
            g_ptr_array_add(found, g_strdup(path));
        else if (strcmp(name, ".git") != 0 && depth > 0 && files_is_folder(path))
            search(path, file, depth - 1, budget, found);
    }
}

/* FILE somewhere below FOLDER. Like find_file. */
static char *find_below(const char *folder, const char *file, const struct rubric *rubric, char **problem, char **note)
{
    g_autoptr(GPtrArray) found = g_ptr_array_new_with_free_func(g_free);
    int budget = MOST_ENTRIES;
    search(folder, file, SEARCH_DEPTH, &budget, found);
    g_ptr_array_sort(found, compare_names);
    if (found->len == 0) {
        g_autofree char *hint = rubric_is_source(file) ? others(folder, rubric) : g_strdup("");
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

/* Takes NAME, in FOLDER, for FILE. */
static char *take_for(const char *folder, const char *name, const char *file, char **note)
{
    g_autofree char *clean = text_clean(name, strlen(name));
    *note = g_strdup_printf("%s was taken from %s", file, clean);
    return g_build_filename(folder, name, NULL);
}

char *find_file(const char *folder, const char *file, const struct rubric *rubric, char **problem, char **note)
{
    g_autofree char *direct = g_build_filename(folder, file, NULL);
    struct stat status;
    bool there = lstat(direct, &status) == 0;
    if (!there && errno == EACCES) {
        *problem = g_strdup_printf("the folder of %s cannot be read: %s", file, g_strerror(errno));
        return NULL;
    }
    if (there && !is_untouched(rubric, file, direct))
        return g_steal_pointer(&direct);
    g_autoptr(GPtrArray) meant = names_meant(folder, file);
    if (meant->len == 1)
        return take_for(folder, meant->pdata[0], file, note);
    if (there)
        return g_steal_pointer(&direct);
    g_autofree char *only = rubric_is_source(file) && meant->len == 0 ? only_source(folder, rubric) : NULL;
    char *found = find_below(folder, file, rubric, problem, note);
    if (found || !only)
        return found;
    g_clear_pointer(problem, g_free);
    return take_for(folder, only, file, note);
}

/* --- a file apart from the others --- */

/* Does NAME begin with a lab's number, "06", "lab06", "Lab 6", that is not RUBRIC's? Or is it another lab's name? */
static bool is_another_labs(const char *name, const struct rubric *rubric)
{
    g_autoptr(GRegex) numbered = g_regex_new("^(?:lab[ _-]*)?0*(\\d{1,2})(?!\\d)", G_REGEX_CASELESS, 0, NULL);
    g_autoptr(GMatchInfo) info = NULL;
    if (!g_utf8_validate(name, -1, NULL) || !g_regex_match(numbered, name, 0, &info))
        return false;
    g_autofree char *number = g_match_info_fetch(info, 1);
    return g_ascii_strtoull(number, NULL, 10) != g_ascii_strtoull(rubric->number, NULL, 10);
}

/* Does FOLDER hold code of another lab? Then its my_tests.c is about that one. */
static bool holds_anothers_code(const char *folder, const struct rubric *rubric)
{
    g_autoptr(GPtrArray) code = other_names(folder, rubric->files, true);
    for (guint i = 0; i < code->len; i++)
        if (is_of_a_lab(code->pdata[i]))
            return true;
    return false;
}

/* Adds the paths below FOLDER whose last part means FILE to FOUND; folders of other labs are left out. */
static void search_apart(const char *folder, const char *file, const struct rubric *rubric, int depth, int *budget,
                         GPtrArray *found)
{
    g_autoptr(GDir) dir = g_dir_open(folder, 0, NULL);
    bool foreign = holds_anothers_code(folder, rubric);
    for (const char *name; dir && (*budget)-- > 0 && (name = g_dir_read_name(dir)) != NULL;) {
        g_autofree char *path = g_build_filename(folder, name, NULL);
        if (name[0] == '.' || strcmp(name, "__MACOSX") == 0)
            continue;
        if (is_regular(path) && is_meant(name, file) && !foreign)
            g_ptr_array_add(found, g_steal_pointer(&path));
        else if (depth > 0 && files_is_folder(path) && !is_another_labs(name, rubric))
            search_apart(path, file, rubric, depth - 1, budget, found);
    }
}

char *find_apart(const char *from, const char *file, const struct rubric *rubric, char **note)
{
    g_autoptr(GPtrArray) found = g_ptr_array_new_with_free_func(g_free);
    const char *best = NULL;
    int budget = MOST_ENTRIES;
    search_apart(from, file, rubric, SEARCH_DEPTH, &budget, found);
    for (guint i = 0; i < found->len; i++) {
        const char *path = found->pdata[i];
        if (is_untouched(rubric, file, path))
            continue;
        if (best && !same_file(best, path))
            return NULL;
        best = !best || strcmp(path, best) < 0 ? path : best;
    }
    if (!best)
        return NULL;
    g_autofree char *shown = path_below(from, best);
    *note = g_strdup_printf("%s was taken from %s", file, shown);
    return g_strdup(best);
}

/* --- the lab's folder --- */

/* A folder that holds sources of the lab; better ones have a higher rank. */
struct place {
    char *path;
    char *first; /* the name of its first source */
    int rank;
    guint sources;
    bool untouched;
};

enum rank { ANYWHERE, NUMBERED, NAMED, IN_LABS, TOP, TOP_NAMED };

static void place_free(gpointer data)
{
    struct place *place = data;
    g_free(place->path);
    g_free(place->first);
    g_free(place);
}

/* Does NAME start with the lab's number: "06", "lab06", "Lab 6"? */
static bool is_numbered(const char *name, const struct rubric *rubric)
{
    g_autofree char *lower = g_ascii_strdown(name, -1);
    const char *at = g_str_has_prefix(lower, "lab") ? lower + strlen("lab") : lower;
    at += strspn(at, " _-0");
    const char *number = rubric->number + strspn(rubric->number, "0");
    return g_str_has_prefix(at, number) && !g_ascii_isdigit(at[strlen(number)]);
}

static int rank_of(const char *folder, const char *from, const struct rubric *rubric)
{
    g_autofree char *name = g_path_get_basename(folder);
    g_autofree char *above = g_path_get_dirname(folder);
    g_autofree char *its_name = g_path_get_basename(above);
    bool named = strcmp(name, rubric->lab) == 0;
    if (strcmp(folder, from) == 0)
        return TOP;
    if (!named)
        return is_numbered(name, rubric) ? NUMBERED : ANYWHERE;
    return strcmp(above, from) == 0 ? TOP_NAMED : strcmp(its_name, "labs") == 0 ? IN_LABS : NAMED;
}

/* Is any file in FOLDER for FILE other than untouched? Sets *NAME (if it is NULL) to the first one there is. */
static bool has_source(const char *folder, const char *file, const struct rubric *rubric, bool *untouched, char **name)
{
    g_autofree char *direct = g_build_filename(folder, file, NULL);
    struct stat status;
    g_autoptr(GPtrArray) meant = names_meant(folder, file);
    bool there = lstat(direct, &status) == 0;
    if (!there && meant->len == 0)
        return false;
    if (!*name)
        *name = g_strdup(there ? file : meant->pdata[0]);
    *untouched = there && meant->len == 0 && is_untouched(rubric, file, direct);
    return true;
}

static void add_place(GPtrArray *places, const char *folder, const char *from, const struct rubric *rubric)
{
    struct place place = {.untouched = true};
    for (guint i = 0; rubric->files[i]; i++) {
        bool untouched = true;
        if (!rubric_is_source(rubric->files[i]) ||
            !has_source(folder, rubric->files[i], rubric, &untouched, &place.first))
            continue;
        place.sources++;
        place.untouched = place.untouched && untouched;
    }
    if (place.sources == 0)
        return;
    place.path = g_strdup(folder);
    place.rank = rank_of(folder, from, rubric);
    g_ptr_array_add(places, g_memdup2(&place, sizeof place));
}

static void find_places(GPtrArray *places, const char *folder, const char *from, const struct rubric *rubric, int depth,
                        int *budget)
{
    add_place(places, folder, from, rubric);
    if (depth == 0)
        return;
    g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(GDir) dir = g_dir_open(folder, 0, NULL);
    for (const char *name; dir && (*budget)-- > 0 && (name = g_dir_read_name(dir)) != NULL;)
        if (name[0] != '.' && strcmp(name, "__MACOSX") != 0)
            g_ptr_array_add(names, g_strdup(name));
    g_ptr_array_sort(names, compare_names);
    for (guint i = 0; i < names->len; i++) {
        g_autofree char *path = g_build_filename(folder, names->pdata[i], NULL);
        if (files_is_folder(path))
            find_places(places, path, from, rubric, depth - 1, budget);
    }
}

/* Do both hold the same files, byte by byte? */
static bool is_copy(const struct place *one, const struct place *other, const struct rubric *rubric)
{
    for (guint i = 0; rubric->files[i]; i++) {
        g_autofree char *a = g_build_filename(one->path, rubric->files[i], NULL);
        g_autofree char *b = g_build_filename(other->path, rubric->files[i], NULL);
        if ((is_regular(a) || is_regular(b)) && !same_file(a, b))
            return false;
    }
    return true;
}

static bool is_better(const struct place *one, const struct place *other)
{
    if (one->untouched != other->untouched)
        return other->untouched;
    return one->rank != other->rank ? one->rank > other->rank : one->sources > other->sources;
}

/* The best of PLACES; NULL if none is better than all that differ from it. */
static const struct place *choose(const GPtrArray *places, const struct rubric *rubric)
{
    const struct place *best = NULL;
    for (guint i = 0; i < places->len; i++)
        if (!best || is_better(places->pdata[i], best))
            best = places->pdata[i];
    for (guint i = 0; i < places->len; i++) {
        const struct place *other = places->pdata[i];
        if (other != best && !is_better(best, other) && !is_copy(best, other, rubric))
            return NULL;
    }
    return best;
}

/* Is NAMED, the folder of the lab's name in FROM, there with the student's work in it? No other place is better. */
static bool is_best(const char *named, const char *from, const struct rubric *rubric)
{
    g_autoptr(GPtrArray) places = g_ptr_array_new_with_free_func(place_free);
    if (files_is_folder(named))
        add_place(places, named, from, rubric);
    const struct place *found = places->len > 0 ? places->pdata[0] : NULL;
    return found && found->rank == TOP_NAMED && !found->untouched;
}

char *find_lab_folder(const char *from, const struct rubric *rubric, char **note)
{
    g_autoptr(GPtrArray) places = g_ptr_array_new_with_free_func(place_free);
    g_autofree char *named = g_build_filename(from, rubric->lab, NULL);
    int budget = MOST_ENTRIES;
    if (is_best(named, from, rubric))
        return g_steal_pointer(&named);
    find_places(places, from, from, rubric, SEARCH_DEPTH, &budget);
    const struct place *best = choose(places, rubric);
    if (!best)
        return files_is_folder(named) ? g_steal_pointer(&named) : g_strdup(from);
    if (best->rank < TOP) {
        g_autofree char *path = g_build_filename(best->path, best->first, NULL);
        g_autofree char *shown = path_below(from, path);
        *note = g_strdup_printf("%s was taken from %s", best->first, shown);
    }
    return g_strdup(best->path);
}
