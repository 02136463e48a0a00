// SPDX-License-Identifier: MIT
/*
 * fold.c - constants where C wants a literal (grade.h).
 *
 *     static const int CLASSES = 12;
 *     static void *lists[CLASSES];
 *
 * is not C, strictly, as CLASSES is a variable. clang and older versions of gcc fold it all the same, so a lot of code
 * is written like this. Here the constant becomes a macro, on the line where it was, so that lines keep their numbers.
 */
#include "grade/grade.h"

#include <string.h>

enum { MOST_BYTES = 1 << 20 };

/* Does what the compiler said come from such a constant? */
static bool wants_literal(const char *diagnostics)
{
    return g_regex_match_simple("variably modified|case label does not reduce|not an integer constant|"
                                "width not an integer|initializer element is not constant",
                                diagnostics, 0, 0);
}

/* The definition of one integer by an expression without calls, at the start of a line or after another definition. */
static GRegex *definition(void)
{
    return g_regex_new("(^|(?<=[;}]))([ \\t]*(?:(?:static|const|unsigned|signed|long|short|int|char|size_t|ssize_t|"
                       "u?int(?:8|16|32|64|ptr)_t)\\s+)+)([A-Za-z_]\\w*)\\s*=\\s*([^;{}\"=\\n]+);",
                       G_REGEX_MULTILINE, 0, NULL);
}

/* The type in HEAD, the words in front of a name: "static const unsigned int" gives "unsigned int". Free with g_free.
 */
static char *type_in(const char *head)
{
    g_autoptr(GRegex) words = g_regex_new("\\b(static|const)\\b", 0, 0, NULL);
    char *type = g_regex_replace_literal(words, head, -1, 0, "", 0, NULL);
    return g_strstrip(type);
}

/* Is the place at AT in TEXT outside of all functions and types, judging by the braces? */
static bool at_top(const char *text, const char *at)
{
    int depth = 0;
    for (; text < at; text++)
        depth += *text == '{' ? 1 : *text == '}' ? -1 : 0;
    return depth == 0;
}

static guint line_number(const char *text, const char *at)
{
    guint line = 1;
    for (; text < at; text++)
        line += *text == '\n';
    return line;
}

struct folding {
    const char *text;
    guint found;
};

static gboolean replace(const GMatchInfo *match, GString *result, gpointer data)
{
    struct folding *folding = data;
    int start = 0;
    g_match_info_fetch_pos(match, 2, &start, NULL);
    const char *at = folding->text + start;
    g_autofree char *whole = g_match_info_fetch(match, 0);
    g_autofree char *head = g_match_info_fetch(match, 2);
    g_autofree char *name = g_match_info_fetch(match, 3);
    g_autofree char *value = g_match_info_fetch(match, 4);
    g_autofree char *type = type_in(head);
    if (!strstr(head, "const") || !type[0] || !at_top(folding->text, at)) {
        g_string_append(result, whole);
        return FALSE;
    }
    g_string_append_printf(result, "\n#define %s ((%s)(%s))\n#line %u\n", name, type, value,
                           line_number(folding->text, at));
    folding->found++;
    return FALSE;
}

static bool fold_file(const struct submission *submission, const char *file)
{
    g_autofree char *path = g_build_filename(submission->work, "src", file, NULL);
    g_autofree char *text = files_read_text(path, MOST_BYTES);
    g_autoptr(GRegex) regex = definition();
    struct folding folding = {.text = text};
    g_autofree char *folded = g_regex_replace_eval(regex, text, -1, 0, 0, replace, &folding, NULL);
    if (folding.found > 0)
        files_write(path, folded);
    return folding.found > 0;
}

bool fold_constants(const struct submission *submission, const char *messages)
{
    g_autofree char *path = submission_path(submission, messages);
    g_autofree char *diagnostics = files_read_text(path, MOST_BYTES);
    if (!wants_literal(diagnostics))
        return false;
    bool folded = false;
    g_autofree char *folder = submission_path(submission, "src");
    g_autoptr(GPtrArray) headers = files_names(folder, ".h");
    g_auto(GStrv) sources = submission_sources(submission);
    for (guint i = 0; sources[i]; i++)
        folded = fold_file(submission, sources[i]) || folded;
    for (guint i = 0; i < headers->len; i++)
        folded = fold_file(submission, headers->pdata[i]) || folded;
    return folded;
}
