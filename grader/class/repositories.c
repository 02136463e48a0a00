// SPDX-License-Identifier: MIT
/*
 * repositories.c - whose a repository of GitHub Classroom is (class.h).
 *
 * The repositories of an assignment are called ASSIGNMENT-login; "Download ZIP" adds -main or -master. Clones may also
 * have been named by login alone. So the start that all names share is the assignment's name only where it looks
 * like one: two students may share a first name.
 */
#include "class/class.h"
#include "class/unpack/unpack.h"

#include <string.h>
#include <sys/stat.h>

static bool exists(const char *path, const char *name)
{
    g_autofree char *inside = g_build_filename(path, name, NULL);
    struct stat status;
    return lstat(inside, &status) == 0;
}

bool repository_is(const char *path)
{
    return exists(path, ".git") || exists(path, ".github");
}

static bool is_repository(const struct handed_in *submission)
{
    const struct part *part = submission->parts->pdata[0];
    bool branch;
    g_free(name_stem(submission->source, &branch));
    return submission->parts->len == 1 && (repository_is(part->path) || branch);
}

/* --- the assignment's name --- */

/* Is WORD one that assignments have in their names and people do not? */
static bool is_of_assignment(const char *word)
{
    static const char *const words[] = {"allocator", "assignment", "contest", "exercise", "heap",    "heaplab",
                                        "homework",  "hw",         "lab",     "labs",     "malloc",  "memory",
                                        "problem",   "project",    "pset",    "task",     "starter", NULL};
    g_autofree char *lower = g_ascii_strdown(word, -1);
    return g_strv_contains(words, lower) || strpbrk(word, "0123456789") != NULL;
}

/* The length of the part of PREFIX, up to and including a dash, whose last word is an assignment's; 0 if none is. */
static size_t assignment_part(const char *prefix)
{
    size_t n = 0;
    for (const char *word = prefix; strchr(word, '-') != NULL; word = strchr(word, '-') + 1) {
        g_autofree char *one = g_strndup(word, strcspn(word, "-"));
        if (is_of_assignment(one))
            n = (size_t)(strchr(word, '-') + 1 - prefix);
    }
    return n;
}

/* Cuts *SHARED (NULL at first) to what NAME starts with, too. */
static void share(char **shared, const char *name)
{
    if (!*shared) {
        *shared = g_strdup(name);
        return;
    }
    size_t same = 0;
    while ((*shared)[same] && (*shared)[same] == name[same])
        same++;
    (*shared)[same] = '\0';
}

/* The start that all NAMES share, up to and including a dash; "" for fewer than two names. */
static char *shared_start(const GPtrArray *names)
{
    char *shared = NULL;
    for (guint i = 0; i < names->len; i++)
        share(&shared, names->pdata[i]);
    char *dash = shared && names->len > 1 ? strrchr(shared, '-') : NULL;
    if (dash)
        dash[1] = '\0';
    else if (shared)
        shared[0] = '\0';
    return shared ? shared : g_strdup("");
}

/* The length of the assignment's name at the start of NAMES. `gh classroom clone` calls their folder
 * ASSIGNMENT-submissions. Many names that share a start are not all of one family. */
static size_t assignment_length(const char *folder, const GPtrArray *names)
{
    enum { FAMILY = 4 };
    g_autofree char *shared = shared_start(names);
    g_autofree char *above = g_path_get_basename(folder);
    if (g_str_has_suffix(above, "-submissions")) {
        size_t n = strlen(above) - strlen("submissions");
        if (strncmp(shared, above, n) == 0)
            return n;
    }
    size_t n = assignment_part(shared);
    return n == 0 && names->len > FAMILY ? strlen(shared) : n;
}

void name_repositories(const char *folder, GPtrArray *class)
{
    g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(GPtrArray) repositories = g_ptr_array_new();
    for (guint i = 0; i < class->len; i++) {
        struct handed_in *submission = class->pdata[i];
        if (!is_repository(submission))
            continue;
        bool branch;
        g_ptr_array_add(names, name_stem(submission->source, &branch));
        g_ptr_array_add(repositories, submission);
    }
    size_t n = assignment_length(folder, names);
    for (guint i = 0; i < names->len; i++) {
        struct handed_in *submission = repositories->pdata[i];
        const char *name = names->pdata[i];
        const char *login = strlen(name) > n ? name + n : name;
        g_free(submission->name);
        g_free(submission->number);
        submission->name = g_strdup(login);
        submission->number = g_strdup(login);
    }
}
