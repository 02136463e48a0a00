// SPDX-License-Identifier: MIT
/*
 * tokens.c - C text as a row of tokens (similar.h).
 *
 * Rules: any bytes are fine, and none is read beyond the end. A text that stops in a comment or a string ends there.
 */
#include "class/similar/similar.h"

#include <stdbool.h>
#include <string.h>

enum kind { KIND_NAME = 1, KIND_NUMBER, KIND_STRING, KIND_CHARACTER, KIND_SIGN /* and more: a sign's characters */ };

static const char *const keywords[] = {
    "auto",   "break",    "case",     "char",     "const",  "continue", "default", "do",     "double",
    "else",   "enum",     "extern",   "float",    "for",    "goto",     "if",      "inline", "int",
    "long",   "register", "restrict", "return",   "short",  "signed",   "sizeof",  "static", "struct",
    "switch", "typedef",  "union",    "unsigned", "void",   "volatile", "while",   "bool",   "true",
    "false",  "NULL",     "size_t",   "define",   "memcpy", "memset",   "memmove", "strlen", NULL,
};

/* Longer ones first. Single characters need no entry. */
static const char *const signs[] = {"<<=", ">>=", "...", "->", "++", "--", "<<", ">>", "<=", ">=", "==", "!=",
                                    "&&",  "||",  "+=",  "-=", "*=", "/=", "%=", "&=", "|=", "^=", "##"};

/* Where the reading is. */
struct reader {
    const char *at;
    guint line;
};

static void skip_line(struct reader *reader)
{
    while (*reader->at != '\0' && *reader->at != '\n')
        reader->at += reader->at[0] == '\\' && reader->at[1] == '\n' ? (reader->line++, 2) : 1;
}

static void skip_comment(struct reader *reader)
{
    reader->at += 2;
    while (*reader->at != '\0' && !g_str_has_prefix(reader->at, "*/"))
        reader->line += *reader->at++ == '\n';
    reader->at += *reader->at == '\0' ? 0 : 2;
}

/* Skips what is no token. Returns false at the end of the text. */
static bool find_token(struct reader *reader)
{
    for (; *reader->at != '\0';) {
        if (g_ascii_isspace(*reader->at))
            reader->line += *reader->at++ == '\n';
        else if (g_str_has_prefix(reader->at, "//") || g_str_has_prefix(reader->at, "#include"))
            skip_line(reader);
        else if (g_str_has_prefix(reader->at, "/*"))
            skip_comment(reader);
        else
            return true;
    }
    return false;
}

static bool in_name(char c)
{
    return g_ascii_isalnum(c) || c == '_';
}

static size_t name_length(const char *text)
{
    size_t n = 0;
    while (in_name(text[n]))
        n++;
    return n;
}

/* With the quotes. One that is not closed ends with its line. */
static size_t quoted_length(const char *text)
{
    size_t n = 1;
    while (text[n] != '\0' && text[n] != '\n' && text[n] != text[0])
        n += text[n] == '\\' && text[n + 1] != '\0' ? 2 : 1;
    return n + (text[n] == text[0]);
}

static size_t sign_length(const char *text)
{
    for (guint i = 0; i < G_N_ELEMENTS(signs); i++)
        if (g_str_has_prefix(text, signs[i]))
            return strlen(signs[i]);
    return 1;
}

/* FNV-1a; kinds below KIND_SIGN are taken. */
static guint kind_of_text(const char *text, size_t n)
{
    guint hash = 2166136261U;
    for (size_t i = 0; i < n; i++)
        hash = (hash ^ (guchar)text[i]) * 16777619U;
    return hash | KIND_SIGN << 1;
}

static guint kind_of_name(const char *text, size_t n, GHashTable *known)
{
    g_autofree char *name = g_strndup(text, n);
    bool stays = g_strv_contains(keywords, name) || (known && g_hash_table_contains(known, name));
    return stays ? kind_of_text(text, n) : KIND_NAME;
}

/* Reads the token at *AT, and moves past it. */
static guint read_kind(const char **at, GHashTable *known)
{
    const char *text = *at;
    if (g_ascii_isdigit(*text)) {
        *at += name_length(text);
        return KIND_NUMBER;
    }
    if (in_name(*text)) {
        *at += name_length(text);
        return kind_of_name(text, (size_t)(*at - text), known);
    }
    if (*text == '"' || *text == '\'') {
        *at += quoted_length(text);
        return *text == '"' ? KIND_STRING : KIND_CHARACTER;
    }
    *at += sign_length(text);
    return kind_of_text(text, (size_t)(*at - text));
}

GArray *tokens_of(const char *source, GHashTable *known)
{
    GArray *tokens = g_array_new(FALSE, FALSE, sizeof(struct token));
    for (struct reader reader = {.at = source, .line = 1}; find_token(&reader);) {
        struct token token = {.line = reader.line};
        token.kind = read_kind(&reader.at, known);
        g_array_append_val(tokens, token);
    }
    return tokens;
}

GHashTable *functions_in(const char *source)
{
    GHashTable *names = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    for (struct reader reader = {.at = source, .line = 1}; find_token(&reader);) {
        const char *text = reader.at;
        read_kind(&reader.at, NULL);
        size_t length = (size_t)(reader.at - text);
        if (in_name(*text) && !g_ascii_isdigit(*text) && find_token(&reader) && *reader.at == '(')
            g_hash_table_add(names, g_strndup(text, length));
    }
    return names;
}
