// SPDX-License-Identifier: MIT
/*
 * who.c - heaplab who (desk.h): which line wrote a word, in which call, and what stood there before.
 */
#include "desk/explore/explore.h"

#include <string.h>

enum { WORD_BYTES = 8, MOST_SHOWN = 20, INDENT = 2, COLUMN = 4 };

/* A store into the word: what it did. */
struct entry {
    json_int_t step; /* the operation, from 0 */
    json_int_t place;
    json_int_t offset, bytes;
    unsigned char word[WORD_BYTES]; /* afterwards */
    bool known[WORD_BYTES];
};

static const char *nth_string(const json_t *array, size_t i)
{
    const char *text = json_string_value(json_array_get(array, i));
    return text ? text : "";
}

/* --- where --- */

/* The offset of the story's name WORD; the newest one counts. */
static bool find_name(const json_t *data, const char *word, gint64 *offset)
{
    bool found = false;
    size_t i;
    json_t *name;
    json_array_foreach(json_object_get(data, "names"), i, name)
    {
        if (strcmp(nth_string(name, 1), word) != 0)
            continue;
        *offset = number_in(name, 0);
        found = true;
    }
    return found;
}

/* "heap+144", "b + 8", "b": an offset from the heap's start. Dies if AT is none of these. */
static gint64 place_meant(const json_t *data, const char *at)
{
    g_autoptr(GMatchInfo) match = NULL;
    g_autoptr(GRegex) form =
        g_regex_new("^\\s*([A-Za-z_]\\w*)\\s*(?:([+-])\\s*(0x[0-9a-fA-F]+|[0-9]+))?\\s*$", 0, 0, NULL);
    if (!g_regex_match(form, at, 0, &match))
        die_unusable("'%s' is no place: write heap+144, or a name of the story, as in b or b+8", at);
    g_autofree char *name = g_match_info_fetch(match, 1);
    g_autofree char *sign = g_match_info_fetch(match, 2);
    g_autofree char *digits = g_match_info_fetch(match, 3);
    gint64 start = 0;
    if (strcmp(name, "heap") != 0 && !find_name(data, name, &start))
        die_unusable("the story of %s has no '%s': write heap+144, or a name that it has", text_at(data, "name"), name);
    gint64 distance = digits && digits[0] ? (gint64)g_ascii_strtoull(digits, NULL, 0) : 0;
    return sign && sign[0] == '-' ? start - distance : start + distance;
}

/* "heap + 144 (b)" */
static char *place_text(const json_t *data, json_int_t offset)
{
    const char *known = NULL;
    size_t i;
    json_t *name;
    json_array_foreach(json_object_get(data, "names"), i, name) if (number_in(name, 0) == offset) known =
        nth_string(name, 1);
    g_autofree char *place = offset < 0 ? g_strdup_printf("heap - %" G_GINT64_FORMAT, (gint64)-offset)
                                        : g_strdup_printf("heap + %" G_GINT64_FORMAT, (gint64)offset);
    return known ? g_strdup_printf("%s (%s)", place, known) : g_strdup(place);
}

/* --- history --- */

static unsigned char byte_of(const char *data, json_int_t i)
{
    const char *digits = data[0] == '=' ? data + 1 : data + 2 * i;
    return (unsigned char)(g_ascii_xdigit_value(digits[0]) << 4 | g_ascii_xdigit_value(digits[1]));
}

/* Whether DATA has the byte number I. */
static bool has_byte(const char *data, json_int_t i)
{
    return data[0] == '=' || (gsize)(2 * i + 1) < strlen(data);
}

/* Makes of ENTRY, which holds the word before it, what STORE does to the word at WORD. */
static void apply(struct entry *entry, const json_t *store, json_int_t word)
{
    const char *data = nth_string(store, 4);
    entry->step = number_in(store, 0);
    entry->place = number_in(store, 1);
    entry->offset = number_in(store, 2);
    entry->bytes = number_in(store, 3);
    for (json_int_t i = 0; i < WORD_BYTES; i++) {
        json_int_t from = word + i - entry->offset;
        if (from < 0 || from >= entry->bytes)
            continue;
        entry->known[i] = has_byte(data, from);
        entry->word[i] = entry->known[i] ? byte_of(data, from) : 0;
    }
}

/* All stores into the word at WORD, oldest first: an array of struct entry. */
static GArray *history_of(const json_t *data, json_int_t word)
{
    GArray *history = g_array_new(FALSE, TRUE, sizeof(struct entry));
    struct entry entry = {0};
    size_t i;
    json_t *store;
    json_array_foreach(json_object_get(data, "stores"), i, store)
    {
        json_int_t from = number_in(store, 2);
        if (from >= word + WORD_BYTES || from + number_in(store, 3) <= word)
            continue;
        apply(&entry, store, word);
        g_array_append_val(history, entry);
    }
    return history;
}

/* --- words --- */

static bool knows_start(const json_t *data)
{
    return g_str_has_prefix(nth_string(json_object_get(data, "texts"), 0), "/* the heap before");
}

/* "call 3, mm_free(c)" */
static char *step_text(const json_t *data, json_int_t step)
{
    const char *kinds = text_at(data, "kinds");
    const char *text = nth_string(json_object_get(data, "texts"), (size_t)step);
    json_int_t size = number_in(json_object_get(data, "sizes"), (size_t)step);
    bool start = knows_start(data);
    if ((gsize)step >= strlen(kinds))
        return g_strdup("after the last call");
    if (start && step == 0)
        return g_strdup("before the first call");
    g_autofree char *call = text[0] ? g_strndup(text, strcspn(text, ";"))
                            : kinds[step] == 'f'
                                ? g_strdup("a call of mm_free")
                                : g_strdup_printf("a call of mm_%s for %" G_GINT64_FORMAT " bytes",
                                                  kinds[step] == 'a' ? "malloc" : "realloc", (gint64)size);
    return g_strdup_printf("call %" G_GINT64_FORMAT ", %s", (gint64)(step + !start), call);
}

/* "mm_insert, free_list.c:131"; a judge's or a test's change was made by none of the student's lines. */
static char *author_text(const json_t *data, const struct entry *entry)
{
    const json_t *place = json_array_get(json_object_get(data, "places"), (size_t)entry->place);
    if (entry->place < 0)
        return g_strdup("no line of yours (new memory, or the test)");
    if (!json_is_string(json_array_get(place, 1)))
        return g_strdup_printf("%s, which is not in your files", nth_string(place, 0));
    return g_strdup_printf("%s, %s:%" G_GINT64_FORMAT, nth_string(place, 0), nth_string(place, 1),
                           (gint64)number_in(place, 2));
}

/* The line of source itself, without its indentation; NULL if it is not known. */
static char *source_line(const json_t *data, const struct entry *entry)
{
    const json_t *place = json_array_get(json_object_get(data, "places"), (size_t)entry->place);
    const char *text = json_string_value(json_object_get(json_object_get(data, "sources"), nth_string(place, 1)));
    if (entry->place < 0 || !text)
        return NULL;
    g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
    gsize line = (gsize)number_in(place, 2);
    return line >= 1 && line <= g_strv_length(lines) ? g_strdup(g_strstrip(lines[line - 1])) : NULL;
}

/* The N bytes of ENTRY's word from FIRST on as a number: a place in the heap, a size, or anything. */
static char *value_text(const json_t *data, const struct entry *entry, int first, int n)
{
    const guint64 most_decimal = 1 << 26;
    guint64 heap_start = (guint64)json_integer_value(json_object_get(data, "heap_start"));
    guint64 value = 0;
    for (int i = first + n - 1; i >= first; i--) {
        if (!entry->known[i])
            return g_strdup("?");
        value = value << 8 | entry->word[i];
    }
    if (n == WORD_BYTES && value >= heap_start && value - heap_start < most_decimal)
        return place_text(data, (json_int_t)(value - heap_start));
    return value < most_decimal ? g_strdup_printf("%" G_GUINT64_FORMAT, value)
                                : g_strdup_printf("0x%" G_GINT64_MODIFIER "x", value);
}

/* What ENTRY wrote into the word at WORD; and where, if it is not all of it. */
static char *written_text(const json_t *data, const struct entry *entry, json_int_t word)
{
    int from = entry->offset > word ? (int)(entry->offset - word) : 0;
    json_int_t end = entry->offset + entry->bytes - word;
    int to = end < WORD_BYTES ? (int)end : WORD_BYTES;
    g_autofree char *value = value_text(data, entry, from, to - from);
    if (to - from == WORD_BYTES)
        return g_strdup(value);
    return g_strdup_printf("%s (%d byte%s at heap + %" G_GINT64_FORMAT ")", value, to - from, to - from == 1 ? "" : "s",
                           (gint64)(word + from));
}

/* --- the answer --- */

static void add_last(GString *out, const json_t *data, const struct entry *last, json_int_t word)
{
    g_autofree char *author = author_text(data, last);
    g_autofree char *step = step_text(data, last->step);
    g_autofree char *value = written_text(data, last, word);
    g_autofree char *line = source_line(data, last);
    g_autofree char *text = g_strdup_printf("Written last %s %s, %s%s: %s.", last->place < 0 ? "by" : "in", author,
                                            g_str_has_prefix(step, "call") ? "in " : "", step, value);
    wrap(out, text, INDENT);
    if (line)
        g_string_append_printf(out, "\n%*s%s\n", COLUMN, "", line);
}

static void add_entry(GString *out, const json_t *data, const struct entry *entry, json_int_t word)
{
    g_autofree char *author = author_text(data, entry);
    g_autofree char *step = step_text(data, entry->step);
    g_autofree char *value = written_text(data, entry, word);
    g_autofree char *text = g_strdup_printf("%s: %s; %s", step, value, author);
    wrap(out, text, COLUMN);
}

static void add_history(GString *out, const json_t *data, const GArray *history, json_int_t word)
{
    guint first = history->len > MOST_SHOWN ? history->len - MOST_SHOWN : 0;
    g_string_append_printf(out, "\n%*s%s, oldest first:\n", INDENT, "",
                           first > 0 ? "The latest of all stores there" : "All stores there");
    if (first > 0)
        g_string_append_printf(out, "%*s... %u earlier ones ...\n", COLUMN, "", first);
    for (guint i = first; i < history->len; i++)
        add_entry(out, data, &g_array_index(history, struct entry, i), word);
}

static void add_end(GString *out, const json_t *data)
{
    const char *message = text_at(data, "message");
    const json_t *failing = json_object_get(data, "failing");
    json_int_t lost = json_integer_value(json_object_get(data, "lost"));
    if (json_is_integer(failing)) {
        g_autofree char *step = step_text(data, json_integer_value(failing));
        g_autofree char *text = g_strdup_printf("The test fails in %s: %s", step, message);
        wrap(out, text, INDENT);
    } else {
        wrap(out, "This is how the word stood at the test's end.", INDENT);
    }
    if (lost > 0)
        g_string_append_printf(out, "%*s%" G_GINT64_FORMAT " stores were left out: there were too many.\n", INDENT, "",
                               (gint64)lost);
}

static void add_word(GString *out, const json_t *data, const char *at)
{
    json_int_t meant = place_meant(data, at);
    json_int_t word = meant - (meant % WORD_BYTES + WORD_BYTES) % WORD_BYTES;
    g_autofree char *place = place_text(data, word);
    GArray *history = history_of(data, word);
    g_string_append_printf(out, "%s: the 8 bytes at %s\n", text_at(data, "name"), place);
    if (history->len > 0) {
        add_last(out, data, &g_array_index(history, struct entry, history->len - 1), word);
        add_history(out, data, history, word);
    } else {
        wrap(out, "Nothing was written there during this test.", INDENT);
    }
    g_array_unref(history);
}

char *who(const char *lab, const struct grade_plan *plan, const char *test, const char *trace, GStrv at)
{
    json_t *data = recording(lab, plan, test, trace);
    if (!json_is_true(json_object_get(data, "watched")))
        die_unusable("the stores of this code can't be recorded: it calls functions that only lab 08 allows");
    GString *out = g_string_new(NULL);
    for (char **place = at; *place; place++) {
        add_word(out, data, *place);
        g_string_append_c(out, '\n');
    }
    add_end(out, data);
    json_decref(data);
    return g_string_free(out, FALSE);
}
