// SPDX-License-Identifier: MIT
/*
 * text.c - makes untrusted text safe to print; compares names (kit.h).
 */
#include "kit/kit.h"

#include <string.h>

/* Marks that change the direction of writing, and invisible ones, can make text look like other text; some programs
 * take the two separators for line ends. The two joiners stay: some scripts and emoji need them. */
static bool misleads(gunichar c)
{
    static const struct {
        gunichar first, last;
    } marks[] = {{0x061c, 0x061c}, {0x200b, 0x200b}, {0x200e, 0x200f}, {0x2028, 0x202e},
                 {0x2060, 0x206f}, {0xfeff, 0xfeff}, {0xfff9, 0xfffb}, {0xe0000, 0xe007f}};
    for (guint i = 0; i < G_N_ELEMENTS(marks); i++)
        if (c >= marks[i].first && c <= marks[i].last)
            return true;
    return false;
}

char *text_clean(const char *bytes, size_t n)
{
    g_autofree char *valid = g_utf8_make_valid(bytes, (gssize)strnlen(bytes, n));
    GString *clean = g_string_new(NULL);
    for (const char *at = valid; *at; at = g_utf8_next_char(at)) {
        gunichar c = g_utf8_get_char(at);
        bool text = !g_unichar_iscntrl(c) && !misleads(c) && c != 0xfffe && c != 0xffff; /* XML cannot hold these two */
        if (c == '\n' || c == '\t' || text)
            g_string_append_unichar(clean, c);
        else if (c != '\r')
            g_string_append_c(clean, '?');
    }
    return g_string_free(clean, FALSE);
}

int compare_names(gconstpointer a, gconstpointer b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

char *text_plain(const char *text)
{
    g_autofree char *lower = g_ascii_strdown(text, -1);
    GString *plain = g_string_new(NULL);
    bool gap = false;
    for (const char *at = lower; *at; at++) {
        bool counts = g_ascii_isalnum(*at) || *at == '_';
        if (counts && gap && plain->len > 0)
            g_string_append_c(plain, ' ');
        if (counts)
            g_string_append_c(plain, *at);
        gap = !counts;
    }
    return g_string_free(plain, FALSE);
}

bool size_parse(const char *text, size_t *bytes)
{
    enum { KIB = 1024, MIB = 1024 * KIB };
    char *end = NULL;
    guint64 number = g_ascii_strtoull(text, &end, 10);
    guint64 unit = *end == 'M' || *end == 'm' ? MIB : *end == 'K' || *end == 'k' ? KIB : 1;
    if (!g_ascii_isdigit(text[0]) || end[unit > 1] != '\0' || number == 0 || number > SIZE_MAX / unit)
        return false;
    *bytes = (size_t)(number * unit);
    return true;
}
