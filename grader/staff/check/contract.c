// SPDX-License-Identifier: MIT
/*
 * contract.c - the sentences of a contract: what the comments of a lab's header say, one sentence at a time (check.h).
 *
 * A comment is stripped of its leaders and cut into paragraphs. Pictures go: a paragraph with a line that starts like a
 * box. So do headings ("---- 1. Arrays ----"), the line of the licence, and the title ("storage.h - ..."). What is left
 * is cut into items (a line that starts with "- ", with a number, or with one word and a gap, as in a table) and these
 * into sentences.
 */
#include "staff/check/check.h"

#include <string.h>

/* --- text --- */

char *contract_normalised(const char *text)
{
    g_auto(GStrv) words = g_strsplit_set(text, " \t\n", -1);
    GString *joined = g_string_new(NULL);
    for (guint i = 0; words[i]; i++) {
        if (words[i][0])
            g_string_append_printf(joined, "%s%s", joined->len ? " " : "", words[i]);
    }
    return g_string_free(joined, FALSE);
}

/* Does a sentence end with the character before END? "..." and a full stop within a word don't end one. */
static bool ends_sentence(const char *text, const char *end)
{
    const char *mark = end - 1;
    if (mark > text && *mark == ')')
        mark--;
    if (!strchr(".!?", *mark))
        return false;
    return !(mark > text && mark[-1] == '.') && (*end == '\0' || *end == ' ');
}

static void add_sentence(struct contract *contract, const char *file, char *text)
{
    g_autofree char *title = g_strconcat(file, " ", NULL);
    if (!text[0] || (contract->titled && g_str_has_prefix(text, title))) {
        contract->titled = contract->titled && !text[0];
        g_free(text);
        return;
    }
    struct sentence *sentence = g_new0(struct sentence, 1);
    sentence->file = g_strdup(file);
    sentence->start = contract->text->len;
    g_string_append_printf(contract->text, "%s ", text);
    sentence->end = contract->text->len - 1;
    sentence->text = text;
    g_ptr_array_add(contract->sentences, sentence);
}

static void add_item(struct contract *contract, const char *file, GString *item)
{
    g_autofree char *text = contract_normalised(item->str);
    const char *start = text;
    for (const char *end = text + 1; text[0] && end[-1]; end++) {
        if (*end && !ends_sentence(text, end))
            continue;
        add_sentence(contract, file, g_strndup(start, (gsize)(end - start)));
        start = end + (*end == ' ');
        if (!*end)
            break;
    }
    g_string_truncate(item, 0);
}

/* --- comments --- */

static bool starts_box(const char *line)
{
    return line[0] == '|' || g_str_has_prefix(line, "+-");
}

/* The length of what marks LINE as the start of an item: of "- ", or of "2. " after *NUMBER 1; 0 for a row of a table;
 * -1 if it is none. */
static int item_mark(const char *line, unsigned *number)
{
    g_autofree char *next = g_strdup_printf("%u. ", *number + 1);
    size_t word = strcspn(line, " ");
    if (g_str_has_prefix(line, "- "))
        return 2;
    if (g_str_has_prefix(line, next)) {
        (*number)++;
        return (int)strlen(next);
    }
    return word && g_str_has_prefix(line + word, "  ") ? 0 : -1;
}

static void add_paragraph(struct contract *contract, const char *file, const GPtrArray *lines)
{
    for (guint i = 0; i < lines->len; i++)
        if (starts_box(lines->pdata[i]))
            return;
    GString *item = g_string_new(NULL);
    unsigned number = 0;
    for (guint i = 0; i < lines->len; i++) {
        const char *line = lines->pdata[i];
        int mark = item_mark(line, &number);
        if (mark >= 0)
            add_item(contract, file, item);
        g_string_append_printf(item, "%s\n", line + MAX(mark, 0));
    }
    add_item(contract, file, item);
    g_string_free(item, TRUE);
}

static bool is_heading(const char *comment)
{
    return g_str_has_prefix(comment, "---") || g_str_has_prefix(comment, "**") ||
           g_str_has_prefix(comment, "SPDX-License-Identifier:");
}

/* A comment without its leaders, one line of it for each of its lines. */
static void add_comment(struct contract *contract, const char *file, const char *comment)
{
    if (is_heading(comment))
        return;
    g_auto(GStrv) lines = g_strsplit(comment, "\n", -1);
    g_autoptr(GPtrArray) paragraph = g_ptr_array_new();
    for (guint i = 0; lines[i]; i++) {
        char *line = g_strchug(lines[i]);
        if (line[0] == '*')
            line = g_strchug(line + 1);
        g_strchomp(line);
        if (line[0])
            g_ptr_array_add(paragraph, line);
        if (line[0] && lines[i + 1])
            continue;
        add_paragraph(contract, file, paragraph);
        g_ptr_array_set_size(paragraph, 0);
    }
}

/* The end of the comment that starts at START, and where its text ends. A block of // lines is one comment. */
static const char *comment_end(const char *start, GString *comment)
{
    if (start[1] == '*') {
        const char *end = strstr(start + 2, "*/");
        gsize n = end ? (gsize)(end - start - 2) : strlen(start + 2);
        g_string_append_len(comment, start + 2, (gssize)n);
        return start + 2 + n + (end ? 2 : 0);
    }
    const char *line = start;
    while (g_str_has_prefix(line, "//")) {
        gsize n = strcspn(line, "\n");
        g_string_append_printf(comment, "%.*s\n", (int)(n - 2), line + 2);
        line += n;
        line += strspn(line, "\n") == 1 ? 1 + strspn(line + 1, " \t") : 0;
    }
    return line;
}

struct contract *contract_new(void)
{
    struct contract *contract = g_new0(struct contract, 1);
    contract->text = g_string_new(NULL);
    contract->sentences = g_ptr_array_new();
    return contract;
}

void contract_add(struct contract *contract, const char *file, const char *header)
{
    contract->titled = true;
    for (const char *at = header; (at = strchr(at, '/')) != NULL;) {
        if (at[1] != '*' && at[1] != '/') {
            at++;
            continue;
        }
        GString *comment = g_string_new(NULL);
        at = comment_end(at, comment);
        g_strstrip(comment->str);
        add_comment(contract, file, comment->str);
        g_string_free(comment, TRUE);
    }
}

void contract_free(struct contract *contract)
{
    for (guint i = 0; i < contract->sentences->len; i++) {
        struct sentence *sentence = contract->sentences->pdata[i];
        g_free(sentence->file);
        g_free(sentence->text);
        g_free(sentence->chaff);
        g_free(sentence);
    }
    g_ptr_array_free(contract->sentences, TRUE);
    g_string_free(contract->text, TRUE);
    g_free(contract);
}
