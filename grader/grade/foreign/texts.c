// SPDX-License-Identifier: MIT
/*
 * texts.c - C source without comments, what it includes, and headers that stand in for those of other courses
 * (foreign.h).
 */
#include "grade/foreign/foreign.h"

#include <string.h>

enum { MOST_BYTES = 1 << 20, MODE = 0755 };

bool foreign_is_drivers(const char *name)
{
    static const char *const names[] = {"memlib.h", "memlib.c",   "mdriver.c", "fcyc.c",   "fcyc.h",      "clock.c",
                                        "clock.h",  "fsecs.c",    "fsecs.h",   "ftimer.c", "ftimer.h",    "driver.c",
                                        "demo.c",   "my_tests.c", "stree.c",   "cases.c",  "driverlib.c", NULL};
    return g_strv_contains(names, name);
}

/* The bytes of the comment that TEXT starts with; 0 for anything else. */
static size_t comment_length(const char *text)
{
    const char *end = strstr(text, "*/");
    if (text[0] == '/' && text[1] == '/')
        return strcspn(text, "\n");
    if (text[0] == '/' && text[1] == '*')
        return end && end > text + 1 ? (size_t)(end + 2 - text) : strlen(text);
    return 0;
}

/* The bytes of the string or character that TEXT starts with; 0 for anything else. */
static size_t literal_length(const char *text)
{
    size_t n = 1;
    if (text[0] != '"' && text[0] != '\'')
        return 0;
    while (text[n] && text[n] != text[0] && text[n] != '\n')
        n += text[n] == '\\' && text[n + 1] ? 2 : 1;
    return text[n] ? n + 1 : n;
}

char *read_without_comments(const char *path)
{
    char *plain = files_read_text(path, MOST_BYTES);
    for (char *at = plain; *at;) {
        size_t blank = comment_length(at);
        size_t kept = literal_length(at);
        for (size_t i = 0; i < blank; i++)
            at[i] = at[i] == '\n' ? '\n' : ' ';
        at += blank ? blank : kept ? kept : 1;
    }
    return plain;
}

void for_each_include(const char *text, void (*use)(const char *name, bool is_system, void *data), void *data)
{
    g_autoptr(GRegex) regex =
        g_regex_new("^[ \\t]*#[ \\t]*include[ \\t]*([\"<])([^\">\\n]+)[\">]", G_REGEX_MULTILINE, 0, NULL);
    g_autoptr(GMatchInfo) match = NULL;
    for (g_regex_match(regex, text, 0, &match); g_match_info_matches(match); g_match_info_next(match, NULL)) {
        g_autofree char *kind = g_match_info_fetch(match, 1);
        g_autofree char *name = g_match_info_fetch(match, 2);
        use(name, kind[0] == '<', data);
    }
}

void stand_in(const struct submission *submission, const char *name)
{
    g_autofree char *header = kit_path("grader", "grade", "foreign", "headers", name, NULL);
    g_autofree char *below = g_build_filename("src", name, NULL);
    g_autofree char *to = submission_path(submission, below);
    g_autofree char *folder = g_path_get_dirname(to);
    if (strstr(name, "..") || !g_file_test(header, G_FILE_TEST_IS_REGULAR) || g_file_test(to, G_FILE_TEST_EXISTS))
        return;
    g_autofree char *text = files_read_text(header, MOST_BYTES);
    if (g_mkdir_with_parents(folder, MODE) != 0)
        die_fault("cannot make %s", folder);
    files_write(to, text);
    g_auto(GStrv) others = g_strsplit(text, "#include \"", -1);
    for (guint i = 1; i < g_strv_length(others); i++) {
        g_autofree char *other = g_strndup(others[i], strcspn(others[i], "\""));
        stand_in(submission, other);
    }
}
