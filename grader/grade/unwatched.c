// SPDX-License-Identifier: MIT
/*
 * unwatched.c - finds what in a student's source keeps its loads and stores from being watched (grade.h).
 *
 * The words are searched for in the text as it was handed in, outside of comments and strings. A word that a macro
 * pastes together is not found; its author loses only what watching would have reported.
 */
#include "grade/grade.h"

#include <string.h>

/* A place in a text of C. */
struct reader {
    const char *at;
    unsigned line;
    unsigned attribute; /* brackets open since __attribute__ */
    bool pragma;        /* in a line of #pragma GCC, or after _Pragma */
    bool directive;     /* in a line that starts with # */
};

static bool starts_word(char c)
{
    return g_ascii_isalpha(c) || c == '_';
}

static bool goes_on_with_word(char c)
{
    return g_ascii_isalnum(c) || c == '_';
}

static void step(struct reader *reader)
{
    if (*reader->at == '\n') {
        reader->line++;
        reader->directive = false;
        reader->pragma = false;
    }
    reader->at++;
}

static void skip_comment(struct reader *reader)
{
    bool to_line_end = reader->at[1] == '/';
    const char *end = to_line_end ? "\n" : "*/";
    reader->at += 2;
    while (*reader->at && !g_str_has_prefix(reader->at, end))
        step(reader);
    if (*reader->at && !to_line_end)
        reader->at += 2;
}

/* A string or a character. That of a _Pragma is read like a text of its own. */
static void skip_quoted(struct reader *reader)
{
    char quote = *reader->at++;
    if (reader->pragma)
        return;
    while (*reader->at && *reader->at != quote && *reader->at != '\n') {
        if (*reader->at == '\\' && reader->at[1])
            step(reader);
        step(reader);
    }
    if (*reader->at == quote)
        reader->at++;
}

/* What is wrong with WORD where READER is; NULL if nothing is. */
static const char *trouble_with(const struct reader *reader, const char *word)
{
    static const char *const assembly[] = {"asm", "__asm", "__asm__", NULL};
    static const char *const options[] = {"optimize", "__optimize__", "target", "__target__", NULL};
    static const char *const instructions[] = {"_mm_", "_mm2", "_mm5", "__builtin_ia32"};
    if (g_strv_contains(assembly, word))
        return "inline assembly";
    for (guint i = 0; i < G_N_ELEMENTS(instructions); i++)
        if (g_str_has_prefix(word, instructions[i]))
            return "an instruction of one kind of processor";
    if (strstr(word, "no_sanitize"))
        return "an attribute that keeps the grader from looking at memory accesses";
    if ((reader->attribute > 0 || reader->pragma) && g_strv_contains(options, word))
        return "options for the compiler";
    return NULL;
}

static void note_word(struct reader *reader, const char *word)
{
    if (strcmp(word, "__attribute__") == 0 || strcmp(word, "__attribute") == 0)
        reader->attribute = 1;
    else if (strcmp(word, "_Pragma") == 0 || (reader->directive && strcmp(word, "pragma") == 0))
        reader->pragma = true;
}

/* Attributes stand in two pairs of brackets. */
static void note_sign(struct reader *reader)
{
    char sign = *reader->at;
    if (sign == '#')
        reader->directive = true;
    if (reader->attribute > 0 && sign == '(')
        reader->attribute++;
    if (reader->attribute > 1 && sign == ')' && --reader->attribute == 1)
        reader->attribute = 0;
}

/* Reads on up to the first word that is trouble, and says which. NULL at the end of the text. */
static const char *next_trouble(struct reader *reader)
{
    while (*reader->at) {
        if (starts_word(*reader->at)) {
            const char *start = reader->at;
            while (goes_on_with_word(*reader->at))
                reader->at++;
            g_autofree char *word = g_strndup(start, (gsize)(reader->at - start));
            const char *trouble = trouble_with(reader, word);
            if (trouble)
                return trouble;
            note_word(reader, word);
        } else if (*reader->at == '/' && (reader->at[1] == '/' || reader->at[1] == '*')) {
            skip_comment(reader);
        } else if (*reader->at == '"' || *reader->at == '\'') {
            skip_quoted(reader);
        } else {
            note_sign(reader);
            step(reader);
        }
    }
    return NULL;
}

char *unwatched_words(const char *text, const char *file)
{
    struct reader reader = {.at = text, .line = 1};
    const char *trouble = next_trouble(&reader);
    if (!trouble)
        return NULL;
    return g_strdup_printf("line %u of %s has %s. The grader looks at each load and store of this lab's code, and that "
                           "would keep it from doing so: write it in plain C",
                           reader.line, file, trouble);
}

char *unwatched_part(const struct submission *submission)
{
    g_auto(GStrv) texts = build_texts(submission);
    for (guint i = 0; texts[i]; i++) {
        g_autofree char *path = g_build_filename(submission->work, "src", texts[i], NULL);
        g_autofree char *text = NULL;
        char *found = g_file_get_contents(path, &text, NULL, NULL) ? unwatched_words(text, texts[i]) : NULL;
        if (found)
            return found;
    }
    return NULL;
}
