// SPDX-License-Identifier: MIT
/*
 * predictions.c - reading what a student answered in predictions.txt (heaplab.h).
 *
 * Lenient on form: "Answer 3: b", "answer 3 = (B)" and "  ANSWER 3 : b)" all answer question 3 with "b". The last line for a
 * question wins; an empty one answers nothing.
 */
#include "heaplab.h"

#include <string.h>

enum { FILE_BYTES = 65536 };

/* ANSWER in lower case, without the space and punctuation around it. */
static char *plain(const char *answer)
{
    char *lower = g_utf8_strdown(answer, -1);
    size_t length = strlen(lower);
    size_t start = 0;
    while (start < length && !g_ascii_isalnum(lower[start]) && lower[start] != '-')
        start++;
    while (length > start && !g_ascii_isalnum(lower[length - 1]))
        length--;
    char *trimmed = g_strndup(lower + start, length - start);
    g_free(lower);
    return trimmed;
}

static void read_line(GHashTable *answers, const char *line)
{
    static GRegex *pattern;
    if (!pattern)
        pattern = g_regex_new("^\\s*answer\\s+(\\w+)\\s*[:=]\\s*(.*)$", G_REGEX_CASELESS, 0, NULL);
    g_autoptr(GMatchInfo) match = NULL;
    if (!g_regex_match(pattern, line, 0, &match))
        return;
    g_autofree char *number = g_match_info_fetch(match, 1);
    g_autofree char *answer = g_match_info_fetch(match, 2);
    g_hash_table_replace(answers, g_strdup_printf("prediction-%s", number), plain(answer));
}

GHashTable *predictions(const struct submission *submission)
{
    GHashTable *answers = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    g_autofree char *path = submission_path(submission, "src/predictions.txt");
    g_autofree char *text = files_read_text(path, FILE_BYTES);
    g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
    for (guint i = 0; lines[i]; i++)
        read_line(answers, lines[i]);
    return answers;
}
