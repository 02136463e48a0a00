// SPDX-License-Identifier: MIT
/*
 * problems.c - what a result says about lines of code, as compilers print it, so that editors can list it (desk.h).
 *
 *     /home/me/labs/05-header-allocator/header_alloc.c:87: error: count_tells_blocks: mm_count crashed: ...
 *
 * The compiler's own lines get the folder's path. A test that failed stands at the line that crashed, or that wrote the
 * wrong word; otherwise where the function starts that the test called last; otherwise at the start of the lab's first
 * file. .vscode/tasks.json of a release has the expression that reads these lines.
 */
#include "desk/desk.h"

#include <string.h>

/* Group N of EXPRESSION in TEXT; NULL if it does not match. */
static char *group_in(const char *text, const char *expression, int n)
{
    g_autoptr(GRegex) regex = g_regex_new(expression, G_REGEX_MULTILINE, 0, NULL);
    g_autoptr(GMatchInfo) match = NULL;
    return g_regex_match(regex, text, 0, &match) ? g_match_info_fetch(match, n) : NULL;
}

/* "free_list.c:87" in a sentence such as "in coalesce, free_list.c:87". */
static char *place_in(const char *sentence)
{
    return group_in(sentence, "[\\w.+-]+\\.[ch]:\\d+", 0);
}

/* "free_list.c:60" if NAME is defined on that line of FILE in FOLDER: at the start of a line, without a semicolon. */
static char *definition_in(const char *folder, const char *file, const char *name)
{
    g_autofree char *path = g_build_filename(folder, file, NULL);
    g_autofree char *text = NULL;
    g_autofree char *escaped = g_regex_escape_string(name, -1);
    g_autofree char *expression = g_strdup_printf("^[A-Za-z_][^;\\n]*?\\b%s\\s*\\([^;\\n]*$", escaped);
    if (!g_file_get_contents(path, &text, NULL, NULL) || !g_utf8_validate(text, -1, NULL))
        return NULL;
    g_autofree char *line = group_in(text, expression, 0);
    if (!line)
        return NULL;
    int number = 1;
    for (const char *at = text, *end = strstr(text, line); at < end; at++)
        number += *at == '\n';
    return g_strdup_printf("%s:%d", file, number);
}

/* Where the function is defined that the last call of TEST's story calls; NULL if that cannot be found. */
static char *called_last(const struct rubric *rubric, const char *folder, const json_t *test)
{
    const json_t *story = json_object_get(test, "story");
    for (size_t i = json_array_size(story); i-- > 0;) {
        g_autofree char *name = group_in(json_string_value(json_array_get(story, i)), "([A-Za-z_]\\w*)\\(", 1);
        for (char **file = rubric->files; name && *file; file++) {
            char *found = definition_in(folder, *file, name);
            if (found)
                return found;
        }
    }
    return NULL;
}

static char *problem_place(const struct rubric *rubric, const char *folder, const json_t *test)
{
    char *place = place_in(text_at(test, "where"));
    place = place ? place : place_in(text_at(test, "written"));
    place = place ? place : called_last(rubric, folder, test);
    return place ? place : g_strdup_printf("%s:1", rubric->files[0]);
}

static bool is_wrong(const json_t *test)
{
    static const char *const wrong[] = {"failed", "crashed", "timed_out", "misused", NULL};
    return test_is_shown(test) && g_strv_contains(wrong, text_at(test, "status"));
}

static void add_compiler(GString *out, const char *folder, const char *diagnostics)
{
    g_auto(GStrv) lines = g_strsplit(diagnostics, "\n", -1);
    for (char **line = lines; *line; line++) {
        g_autofree char *kind = group_in(*line, "^[\\w.+-]+\\.[ch]:\\d+:(?:\\d+:)? (?:fatal )?(error|warning): ", 1);
        if (kind)
            g_string_append_printf(out, "%s/%s\n", folder, *line);
    }
}

char *problems(const char *from, const json_t *result)
{
    g_autofree char *note = NULL;
    struct rubric *rubric = rubric_load(text_at(result, "lab"));
    g_autofree char *found = find_lab_folder(from, rubric, &note);
    g_autofree char *folder = g_canonicalize_filename(found, NULL);
    GString *out = g_string_new(NULL);
    size_t i;
    json_t *test;
    add_compiler(out, folder, text_at(json_object_get(result, "build"), "diagnostics"));
    json_array_foreach(json_object_get(result, "tests"), i, test)
    {
        if (!is_wrong(test))
            continue;
        g_autofree char *place = problem_place(rubric, folder, test);
        g_autofree char *message = g_strdelimit(g_strdup(text_at(test, "message")), "\n", ' ');
        g_string_append_printf(out, "%s/%s: error: %s: %s\n", folder, place, text_at(test, "name"), message);
    }
    rubric_free(rubric);
    return g_string_free(out, FALSE);
}
