// SPDX-License-Identifier: MIT
/*
 * constants.c - numbers that C files define by the preprocessor (import.h):
 *
 *     #define MAX_HEAP (20 * (1 << 20))
 *
 * Sums, products, shifts and parentheses are understood, and other constants of the same text. Conditions (#ifdef) are
 * not looked at.
 */
#include "programs/import/import.h"

#include <string.h>

enum { DEEPEST = 16 };

struct reader {
    const char *text; /* of all constants */
    const char *at;
    int depth;
    bool ok;
};

static double shifts(struct reader *reader);

static void skip_space(struct reader *reader)
{
    while (*reader->at == ' ' || *reader->at == '\t')
        reader->at++;
}

static bool accept_word(struct reader *reader, const char *word)
{
    skip_space(reader);
    if (!g_str_has_prefix(reader->at, word))
        return false;
    reader->at += strlen(word);
    return true;
}

static double fail(struct reader *reader)
{
    reader->ok = false;
    return 0;
}

static bool value_at_depth(const char *text, const char *name, int depth, double *value);

static double named(struct reader *reader)
{
    size_t n = strspn(reader->at, G_CSET_A_2_Z G_CSET_a_2_z G_CSET_DIGITS "_");
    g_autofree char *name = g_strndup(reader->at, n);
    double value = 0;
    reader->at += n;
    return value_at_depth(reader->text, name, reader->depth + 1, &value) ? value : fail(reader);
}

static double number(struct reader *reader)
{
    bool hex = reader->at[0] == '0' && (reader->at[1] == 'x' || reader->at[1] == 'X');
    char *end = NULL;
    double value =
        hex ? (double)g_ascii_strtoull(reader->at, &end, 16) : g_ascii_strtod(reader->at, &end); /* 16: the base */
    if (end == reader->at)
        return fail(reader);
    reader->at = end + strspn(end, "uUlLfF");
    return value;
}

/* A number, a name, or an expression in parentheses, perhaps after the name of a type in parentheses. */
static double primary(struct reader *reader)
{
    static const char *const casts[] = {"(size_t)", "(int)", "(unsigned)", "(long)", "(double)", "(float)"};
    for (guint i = 0; i < G_N_ELEMENTS(casts); i++)
        accept_word(reader, casts[i]);
    if (accept_word(reader, "(")) {
        double value = shifts(reader);
        return accept_word(reader, ")") ? value : fail(reader);
    }
    if (accept_word(reader, "-"))
        return -primary(reader);
    skip_space(reader);
    return g_ascii_isalpha(*reader->at) || *reader->at == '_' ? named(reader) : number(reader);
}

static double product(struct reader *reader)
{
    double value = primary(reader);
    while (reader->ok) {
        if (accept_word(reader, "*"))
            value *= primary(reader);
        else if (accept_word(reader, "/"))
            value /= primary(reader);
        else
            break;
    }
    return value;
}

static double sum(struct reader *reader)
{
    double value = product(reader);
    while (reader->ok) {
        if (accept_word(reader, "+"))
            value += product(reader);
        else if (accept_word(reader, "-"))
            value -= product(reader);
        else
            break;
    }
    return value;
}

static double shifts(struct reader *reader)
{
    enum { MOST = 62 };
    double value = sum(reader);
    while (reader->ok && accept_word(reader, "<<")) {
        double by = sum(reader);
        if (by < 0 || by > MOST)
            return fail(reader);
        value *= (double)((guint64)1 << (int)by);
    }
    return value;
}

static bool value_at_depth(const char *text, const char *name, int depth, double *value)
{
    g_autofree char *pattern = g_strdup_printf("^[ \\t]*#[ \\t]*define[ \\t]+%s[ \\t]+([^\\n]+)$", name);
    g_autoptr(GRegex) regex = g_regex_new(pattern, G_REGEX_MULTILINE, 0, NULL);
    g_autoptr(GMatchInfo) match = NULL;
    if (depth > DEEPEST || !regex || !g_regex_match(regex, text, 0, &match))
        return false;
    g_autofree char *expression = g_strstrip(g_match_info_fetch(match, 1));
    struct reader reader = {.text = text, .at = expression, .depth = depth, .ok = true};
    *value = shifts(&reader);
    skip_space(&reader);
    return reader.ok && *reader.at == '\0';
}

bool constant_value(const char *text, const char *name, double *value)
{
    return value_at_depth(text, name, 0, value);
}
