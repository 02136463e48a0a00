// SPDX-License-Identifier: MIT
/*
 * lines.c - what stands in a line, and which lines run straight on from one (quiz.h).
 *
 * Steps are recorded where runs of lines without a branch begin. Which lines belong to such a run, the text tells:
 * statements that stand one below the other, each in a line of its own. What can't be told for sure is LINE_OTHER, and
 * not asked about.
 */
#include "desk/quiz/quiz.h"

#include <string.h>

bool line_matches(const char *pattern, const char *text)
{
    return g_regex_match_simple(pattern, text, 0, 0);
}

/* TEXT without comments that begin in it. */
static char *without_comments(const char *text)
{
    g_autoptr(GRegex) regex = g_regex_new("//.*|/\\*.*?(\\*/|$)", 0, 0, NULL);
    return g_strstrip(g_regex_replace(regex, text, -1, 0, "", 0, NULL));
}

/* One statement that ends here. It begins here as well if the line before has ended one. */
static enum line line_with_semicolon(const char *text)
{
    if (line_matches("^(break|continue|goto \\w+);$", text))
        return LINE_CONTROL;
    if (strpbrk(text, "{}") || strchr(text, ';') != text + strlen(text) - 1 ||
        line_matches("^(static|extern|typedef|if|for|while|switch|do|case|default|else)\\b", text))
        return line_matches("^(\\} *)?(else +)?(if|while|for)\\b", text) ? LINE_CONTROL : LINE_OTHER;
    return line_matches("^return\\b|=|\\(|\\+\\+|--", text) ? LINE_STATEMENT : LINE_EMPTY;
}

enum line line_is(const char *text)
{
    g_autofree char *code = without_comments(text);
    if (code[0] == '\0' || code[0] == '#' || line_matches("^\\* ", text) || strcmp(text, "*/") == 0)
        return LINE_EMPTY;
    if (strcmp(code, "}") == 0)
        return LINE_BRACE;
    if (code[strlen(code) - 1] == ';')
        return line_with_semicolon(code);
    return line_matches("^(\\}|(else +)?(if|while|for|switch)\\b|else( *\\{)?$|case\\b|default *:)", code)
               ? LINE_CONTROL
               : LINE_OTHER;
}

const char *line_above(GStrv lines, guint line)
{
    for (guint i = line - 1; i-- > 0;)
        if (lines[i][0] != '\0')
            return lines[i];
    return "";
}

bool line_begins_statement(GStrv lines, guint line)
{
    return line_matches("([;{}:)]|\\belse|\\*/)( *//.*| */\\*.*)?$", line_above(lines, line));
}

GStrv lines_stripped(const char *text)
{
    GStrv lines = g_strsplit(text, "\n", -1);
    for (guint i = 0; lines[i]; i++)
        g_strstrip(lines[i]);
    return lines;
}

GStrv lines_of_site(const struct material *material, const struct site *site)
{
    return lines_stripped(json_string_value(json_object_get(material->sources, site->file)));
}

guint line_below(GStrv lines, guint line)
{
    guint n = g_strv_length(lines);
    for (guint i = line + 1; i <= n; i++)
        if (line_is(lines[i - 1]) != LINE_EMPTY)
            return i;
    return 0;
}

/* Is LINE alone what a condition, a loop or else decides about? */
static bool is_lone_body(GStrv lines, guint line)
{
    for (guint i = line - 1; i > 0; i--) {
        g_autofree char *code = without_comments(lines[i - 1]);
        if (line_is(lines[i - 1]) != LINE_EMPTY)
            return line_matches("(\\)|\\belse|\\bdo)$", code);
    }
    return false;
}

/* Was a step seen to begin at LINE of SITE's file? Then it is no part of another run. */
static bool is_begun(const struct material *material, const struct site *site, guint line)
{
    for (guint i = 0; i < material->sites->len; i++) {
        const struct site *other = material->sites->pdata[i];
        if (other->file == site->file && other->stepped && other->begins && other->line == line)
            return true;
    }
    return false;
}

guint line_at_end(const struct material *material, const struct site *site, GStrv lines)
{
    guint line = site->line;
    if (is_lone_body(lines, line))
        return line;
    for (guint next = line_below(lines, line); next > 0; next = line_below(lines, line)) {
        if (line_is(lines[next - 1]) != LINE_STATEMENT || is_begun(material, site, next) ||
            line_matches("^return\\b", lines[line - 1]))
            break;
        line = next;
    }
    return line;
}
