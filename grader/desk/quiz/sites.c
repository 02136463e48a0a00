// SPDX-License-Identifier: MIT
/*
 * sites.c - the lines that did something in a run, and which of them are the student's own (quiz.h).
 *
 * A function counts as the student's if one of its lines that did something is not in the stub that was handed out, as
 * the longest common subsequence of both files' lines tells.
 */
#include "desk/quiz/quiz.h"

#include <string.h>

#ifdef __aarch64__
enum { CALL_BYTES = 4 };
#else
enum { CALL_BYTES = 5 };
#endif

void site_free(gpointer data)
{
    struct site *site = data;
    g_free(site->function);
    g_free(site->text);
    g_free(site);
}

bool sites_same_line(const struct site *a, const struct site *b)
{
    return a->file && b->file && a->line == b->line && strcmp(a->file, b->file) == 0;
}

char *site_option(const struct site *site)
{
    return g_strdup_printf("%s:%u", site->file, site->line);
}

/* --- what was handed out --- */

/* For each line of MINE, whether it is one of STUB's: the longest common subsequence. */
static gboolean *given_lines(GStrv mine, GStrv stub)
{
    guint n = g_strv_length(mine);
    guint m = g_strv_length(stub);
    gboolean *given = g_new0(gboolean, n + 1);
    g_autofree guint *longest = g_new0(guint, (gsize)(n + 1) * (m + 1));
    for (guint i = n; i-- > 0;)
        for (guint k = m; k-- > 0;) {
            guint *here = &longest[(gsize)i * (m + 1) + k];
            *here = strcmp(mine[i], stub[k]) == 0 ? here[m + 2] + 1 : MAX(here[m + 1], here[1]);
        }
    for (guint i = 0, k = 0; i < n && k < m;) {
        const guint *here = &longest[(gsize)i * (m + 1) + k];
        if (strcmp(mine[i], stub[k]) == 0) {
            given[i++] = TRUE;
            k++;
        } else if (here[m + 1] >= here[1]) {
            i++;
        } else {
            k++;
        }
    }
    return given;
}

/* The stub of FILE; "" if there is none, so all of it is the student's. */
static char *stub_of(const struct material *material, const char *file)
{
    enum { MOST_BYTES = 1 << 20 };
    g_autofree char *path = kit_path("build", "stubs", material->rubric->lab, file, NULL);
    return files_read_text(path, MOST_BYTES);
}

/* --- lines --- */

/* One statement with no branch in it. */
static bool is_simple(const char *text)
{
    return line_matches("^[^{}]*;( */[*/].*)?$", text) && !strchr(text, '?') && !strstr(text, "&&") &&
           !strstr(text, "||") && !line_matches("\\b(if|for|while|switch|case|default|else|do|goto)\\b", text) &&
           !line_matches(";.*;", text);
}

/* An assignment, a step up or down, or a call: no declaration, no return. */
static bool is_statement(const char *text)
{
    return is_simple(text) && !line_matches("^(return|break|continue)\\b", text) &&
           (line_matches("^\\*?\\w[\\w.>()\\[\\]-]*(\\([^=]*\\)->[\\w.>\\[\\]-]*)? *([-+*/|&]?=(?!=)|\\+\\+|--)",
                         text) ||
            line_matches("^\\w+\\(.*\\);", text));
}

/* The lines of one of the student's files. */
struct text {
    const char *file;
    GStrv lines;
    gboolean *given;
};

static void text_free(gpointer data)
{
    struct text *text = data;
    g_strfreev(text->lines);
    g_free(text->given);
    g_free(text);
}

static struct text *read_source(const struct material *material, const char *file)
{
    enum { MOST_LINES = 5000 };
    struct text *text = g_new0(struct text, 1);
    g_autofree char *stub = stub_of(material, file);
    g_auto(GStrv) stub_lines = lines_stripped(stub);
    text->file = file;
    text->lines = lines_stripped(json_string_value(json_object_get(material->sources, file)));
    bool long_text = g_strv_length(text->lines) > MOST_LINES || g_strv_length(stub_lines) > MOST_LINES;
    text->given = long_text ? g_new0(gboolean, g_strv_length(text->lines) + 1) : given_lines(text->lines, stub_lines);
    return text;
}

/* The key of material->sources that equals FILE: it lives as long as that. */
static const char *lasting_name(const struct material *material, const char *file)
{
    const char *key;
    json_t *value;
    json_object_foreach(material->sources, key, value) if (strcmp(key, file) == 0) return key;
    return NULL;
}

/* Does the line before LINE (from 1) end a statement that goes on to LINE? Then no step begins at LINE, whatever the
 * compiler says: where branches join, it may name the line that one of them ended with. */
static bool follows_statement(GStrv lines, guint line)
{
    const char *before = line_above(lines, line);
    return line_matches(";( */[*/].*)?$", before) && !line_matches("^(return|break|continue|goto)\\b", before);
}

/* Fills in what SITE's line says. */
static void read_line(struct site *site, const struct text *text, GHashTable *own_functions)
{
    if (!text || site->line < 1 || site->line > g_strv_length(text->lines)) {
        site->file = NULL;
        return;
    }
    site->text = g_strdup(text->lines[site->line - 1]);
    site->simple = is_simple(site->text) && !follows_statement(text->lines, site->line);
    site->statement = is_statement(site->text) && line_begins_statement(text->lines, site->line);
    if (!text->given[site->line - 1])
        g_hash_table_add(own_functions, site->function);
}

static struct site *site_new(const struct material *material, const json_t *place)
{
    struct site *site = g_new0(struct site, 1);
    const char *file = json_string_value(json_array_get(place, 1));
    const char *function = json_string_value(json_array_get(place, 0));
    site->function = g_strdup(function ? function : "");
    site->file = file ? lasting_name(material, file) : NULL;
    site->line = (guint)json_integer_value(json_array_get(place, 2));
    return site;
}

static GHashTable *texts_of(const struct material *material)
{
    GHashTable *texts = g_hash_table_new_full(g_str_hash, g_str_equal, NULL, text_free);
    const char *file;
    json_t *value;
    json_object_foreach(material->sources, file, value)
        g_hash_table_insert(texts, (gpointer)(uintptr_t)file, read_source(material, file));
    return texts;
}

/* The addresses BYTES after CODES. */
static GPtrArray *addresses_after(const GPtrArray *codes, guint bytes)
{
    const guint hexadecimal = 16;
    GPtrArray *after = g_ptr_array_new_with_free_func(g_free);
    for (guint i = 0; i < codes->len; i++)
        g_ptr_array_add(after, g_strdup_printf("0x%" G_GINT64_MODIFIER "x",
                                               g_ascii_strtoull(codes->pdata[i], NULL, hexadecimal) + bytes));
    return after;
}

static json_t *places_after(const struct material *material, const GPtrArray *codes, guint bytes)
{
    g_autoptr(GPtrArray) after = addresses_after(codes, bytes);
    return places_of_codes(material->submission, after);
}

/* Is PLACE a closing brace alone, as at the end of a function? */
static bool is_brace(const json_t *place, GHashTable *texts)
{
    const char *file = json_string_value(json_array_get(place, 1));
    json_int_t line = json_integer_value(json_array_get(place, 2));
    const struct text *text = file ? g_hash_table_lookup(texts, file) : NULL;
    return text && line > 0 && line <= (json_int_t)g_strv_length(text->lines) &&
           line_is(text->lines[line - 1]) == LINE_BRACE;
}

/* Marks the sites where a function only ends. The compiler gives that the line of some statement before, from which it
 * may not have come. A step's code is a call; what follows it here is one more call, of a hook that says that the
 * function ends (-fsanitize=thread), and then either the brace, or a step that the brace follows. Where a
 * step follows at once, nothing of a line runs either. */
static void mark_ends(const struct material *material, const GPtrArray *codes, const json_t *next, GHashTable *texts)
{
    json_t *behind = places_after(material, codes, 1 + CALL_BYTES);
    g_autoptr(GPtrArray) one_call_on = addresses_after(codes, CALL_BYTES);
    g_autoptr(GPtrArray) two_calls_on = addresses_after(codes, 2 * CALL_BYTES);
    for (guint i = 0; i < codes->len; i++) {
        struct site *site = material->sites->pdata[i];
        site->ends = site->file && (is_brace(json_array_get(behind, i), texts) ||
                                    (!site->begins && is_brace(json_array_get(next, i), texts)));
        for (guint k = 0; k < codes->len && site->file && !site->ends; k++)
            site->ends =
                strcmp(one_call_on->pdata[i], codes->pdata[k]) == 0 ||
                (strcmp(two_calls_on->pdata[i], codes->pdata[k]) == 0 && is_brace(json_array_get(next, k), texts));
        site->begins = site->begins && !site->ends;
    }
    json_decref(behind);
}

/* The line of NEXT, if that is in SITE's file and another one; 0. */
static guint line_after(const struct site *site, const json_t *next)
{
    const char *file = json_string_value(json_array_get(next, 1));
    guint line = (guint)json_integer_value(json_array_get(next, 2));
    return site->file && file && strcmp(file, site->file) == 0 && line != site->line ? line : 0;
}

void sites_make(struct material *material, const GPtrArray *codes)
{
    json_t *places = places_of_codes(material->submission, codes);
    json_t *next = places_after(material, codes, 1);
    g_autoptr(GHashTable) texts = texts_of(material);
    g_autoptr(GHashTable) own = g_hash_table_new(g_str_hash, g_str_equal);
    size_t i;
    json_t *place;
    json_array_foreach(places, i, place)
    {
        struct site *site = site_new(material, place);
        read_line(site, site->file ? g_hash_table_lookup(texts, site->file) : NULL, own);
        site->begins = json_equal(place, json_array_get(next, i));
        site->then = line_after(site, json_array_get(next, i));
        g_ptr_array_add(material->sites, site);
    }
    mark_ends(material, codes, next, texts);
    for (guint k = 0; k < material->sites->len; k++) {
        struct site *site = material->sites->pdata[k];
        site->own = site->file && g_hash_table_contains(own, site->function);
    }
    json_decref(places);
    json_decref(next);
}
