// SPDX-License-Identifier: MIT
/*
 * ini.c - an INI file, fed to inih in a form that it takes (ini.h).
 *
 * inih reads 200 bytes at a time. So a long line reaches it in pieces, the further ones as lines that go on; and since
 * a piece might happen to start like a comment, comments are left out here, and what is left of their signs is in
 * disguise.
 */
#include "config/ini.h"

#include <glib.h>
#include <ini.h>
#include <stdbool.h>
#include <string.h>

enum { SEMICOLON_IN_DISGUISE = 1, HASH_IN_DISGUISE = 2 };

struct reading {
    GStrv lines;
    guint next;       /* the line to read next */
    const char *rest; /* of a line that was too long for one piece; NULL if there is none */
    bool goes_on;     /* the last piece belongs to the value before it */
    GArray *line_of;  /* for each piece, the number of its line */

    ini_setter *set;
    void *user;
    GHashTable *seen; /* "section key" */
    GString *value;   /* as far as it has been read */
    char *mistake;    /* the first that SET found */
    guint mistaken;   /* the piece that it found it in, counted from 1 */
};

/* --- inih's reader --- */

/* Cuts LINE where a comment starts. */
static void leave_out_comment(char *line)
{
    char *first = line + strspn(line, " \t");
    if (*first == ';' || *first == '#')
        *first = '\0';
    for (char *at = first; *at; at++)
        if (*at == ';' && g_ascii_isspace(at[-1])) {
            *at = '\0';
            return;
        }
}

/* What is to be read next; NULL at the end. */
static const char *next_text(struct reading *reading)
{
    if (reading->rest)
        return reading->rest;
    char *line = reading->lines[reading->next];
    if (!line)
        return NULL;
    reading->next++;
    leave_out_comment(line);
    return line;
}

/* How much of TEXT makes a piece of at most ROOM bytes; pieces end before a space. */
static size_t piece_length(const char *text, size_t room)
{
    size_t n = strlen(text);
    if (n <= room)
        return n;
    for (n = room; n > 0 && text[n] != ' ';)
        n--;
    return n > 0 ? n : room;
}

static char *read_piece(char *piece, int size, void *stream)
{
    struct reading *reading = stream;
    const char *text = next_text(reading);
    if (!text)
        return NULL;
    size_t n = piece_length(text, (size_t)size - 2);
    reading->rest = text[n] ? text + n : NULL;
    reading->goes_on = g_ascii_isspace(text[0]);
    g_array_append_val(reading->line_of, reading->next);
    memcpy(piece, text, n);
    memcpy(piece + n, "\n", sizeof "\n");
    for (char *at = piece; *at; at++)
        *at = *at == ';' ? SEMICOLON_IN_DISGUISE : *at == '#' ? HASH_IN_DISGUISE : *at;
    return piece;
}

/* --- inih's handler --- */

static void add_to_value(struct reading *reading, const char *more)
{
    if (!reading->goes_on)
        g_string_truncate(reading->value, 0);
    if (reading->value->len > 0)
        g_string_append_c(reading->value, ' ');
    for (const char *at = more; *at; at++)
        g_string_append_c(reading->value, *at == SEMICOLON_IN_DISGUISE ? ';' : *at == HASH_IN_DISGUISE ? '#' : *at);
}

/* 1 to go on, 0 on a mistake. */
static int on_key(void *user, const char *section, const char *key, const char *value)
{
    struct reading *reading = user;
    if (reading->mistake)
        return 0;
    add_to_value(reading, value);
    char *wrong = NULL;
    if (!reading->goes_on && !g_hash_table_add(reading->seen, g_strdup_printf("%s %s", section, key)))
        wrong = g_strdup_printf("%s is there twice", key);
    if (!wrong)
        wrong = reading->set(reading->user, section, key, reading->value->str);
    if (wrong)
        reading->mistake = g_strdup_printf("[%s]: %s", section, wrong);
    reading->mistaken = reading->line_of->len;
    g_free(wrong);
    return reading->mistake == NULL;
}

/* --- the whole --- */

/* inih found the PIECE with that number to be the first that is wrong: in itself, or by what on_key said. */
static char *sentence(const struct reading *reading, const char *path, guint piece)
{
    guint line = g_array_index(reading->line_of, guint, piece - 1);
    bool by_key = reading->mistake && reading->mistaken == piece;
    return g_strdup_printf("%s, line %u: %s", path, line, by_key ? reading->mistake : "is not of the form key = value");
}

static char *parse(const char *path, const char *text, ini_setter *set, void *user)
{
    g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
    struct reading reading = {.lines = lines,
                              .line_of = g_array_new(FALSE, FALSE, sizeof(guint)),
                              .set = set,
                              .user = user,
                              .seen = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL),
                              .value = g_string_new(NULL)};
    int piece = ini_parse_stream(read_piece, &reading, on_key, &reading);
    char *wrong = piece > 0 ? sentence(&reading, path, (guint)piece) : NULL;
    g_array_unref(reading.line_of);
    g_hash_table_unref(reading.seen);
    g_string_free(reading.value, TRUE);
    g_free(reading.mistake);
    return wrong;
}

char *ini_load(const char *path, ini_setter *set, void *user)
{
    g_autofree char *text = NULL;
    if (!g_file_get_contents(path, &text, NULL, NULL))
        return g_strdup_printf("%s: cannot be read", path);
    if (!g_utf8_validate(text, -1, NULL))
        return g_strdup_printf("%s: is not UTF-8 text", path);
    return parse(path, text, set, user);
}
