// SPDX-License-Identifier: MIT
/*
 * lms_times.c - when an attempt was handed in, as the names of its files tell it (class.h).
 *
 *     Blackboard   2026-11-10-21-05-33
 *     Moodle       Tuesday, 10 November 2026, 9:05 PM (in its worksheet)
 *     Brightspace  Nov 10, 2026 905 PM      and in other languages: 10 novembre 2026 21 05, 10. Nov. 2026 21.05
 *
 * Months are recognised by the start of their names, without accents and case; languages without a table here give no
 * time.
 */
#include "class/class.h"

#include <stdlib.h>
#include <string.h>

enum { HOURS = 12 };

/* The starts of the months' names in Brightspace's languages with Latin letters: en fr es pt nl sv da de tr cy it. */
static const struct {
    const char *start;
    int month;
} months[] = {
    {"jan", 1},   {"ene", 1},  {"gen", 1},   {"oca", 1},  {"ion", 1},  {"feb", 2},  {"fev", 2},  {"sub", 2},
    {"chwe", 2},  {"maw", 3},  {"mar", 3},   {"mrt", 3},  {"maa", 3},  {"apr", 4},  {"avr", 4},  {"abr", 4},
    {"nis", 4},   {"ebr", 4},  {"mai", 5},   {"maj", 5},  {"may", 5},  {"mei", 5},  {"mag", 5},  {"juin", 6},
    {"jun", 6},   {"giu", 6},  {"haz", 6},   {"meh", 6},  {"juil", 7}, {"jul", 7},  {"lug", 7},  {"tem", 7},
    {"gor", 7},   {"aug", 8},  {"aou", 8},   {"ago", 8},  {"agu", 8},  {"aws", 8},  {"sep", 9},  {"set", 9},
    {"eyl", 9},   {"med", 9},  {"oct", 10},  {"okt", 10}, {"out", 10}, {"ott", 10}, {"eki", 10}, {"hyd", 10},
    {"nov", 11},  {"kas", 11}, {"tach", 11}, {"dec", 12}, {"dez", 12}, {"dic", 12}, {"des", 12}, {"ara", 12},
    {"rhag", 12},
};

/* 1 to 12; 0 if WORD is not the name of a month. */
static int month_of(const char *word)
{
    g_autofree char *apart = g_utf8_normalize(word, -1, G_NORMALIZE_NFKD);
    g_autofree char *lower = g_utf8_casefold(apart, -1);
    g_autoptr(GString) plain = g_string_new(NULL);
    for (const char *at = lower; *at; at = g_utf8_next_char(at))
        if (!g_unichar_ismark(g_utf8_get_char(at)))
            g_string_append_unichar(plain, g_utf8_get_char(at));
    for (guint i = 0; i < G_N_ELEMENTS(months); i++)
        if (g_str_has_prefix(plain->str, months[i].start))
            return months[i].month;
    return 0;
}

/* The first word of TEXT that is a month's name; 0 if there is none. */
static int month_in(const char *text)
{
    g_autoptr(GRegex) regex = g_regex_new("\\p{L}[\\p{L}\\p{M}]+", 0, 0, NULL);
    g_autoptr(GMatchInfo) info = NULL;
    int month = 0;
    for (bool more = g_regex_match(regex, text, 0, &info); more && month == 0; more = g_match_info_next(info, NULL)) {
        g_autofree char *word = g_match_info_fetch(info, 0);
        month = month_of(word);
    }
    return month;
}

/* TEXT, a date in words, as "2026-11-10 21:05:00"; "" if it cannot be read. The day stands before the year, the time
 * after it. */
static char *moment_in_words(const char *text)
{
    g_autoptr(GRegex) regex = g_regex_new("\\b(\\d{1,2})\\b\\D*(20\\d\\d)\\D+?(\\d{1,2})(?:[-_:.h ] ?)?(\\d\\d)"
                                          "(?::\\d\\d)?(?: ?([AaPp])\\.? ?[Mm]\\.?)?",
                                          0, 0, NULL);
    g_autoptr(GMatchInfo) info = NULL;
    int month = month_in(text);
    if (month == 0 || !g_regex_match(regex, text, 0, &info))
        return g_strdup("");
    g_auto(GStrv) part = g_match_info_fetch_all(info);
    int hour = atoi(part[3]);
    if (part[4] && part[5] && part[5][0])
        hour = hour % HOURS + (g_ascii_toupper(part[5][0]) == 'P' ? HOURS : 0);
    return g_strdup_printf("%s-%02d-%02d %02d:%s:00", part[2], month, atoi(part[1]), hour, part[4]);
}

char *name_moment(const char *text)
{
    int year, month, day, hour, minute, second;
    if (sscanf(text, "%4d-%2d-%2d-%2d-%2d-%2d", &year, &month, &day, &hour, &minute, &second) == 6)
        return g_strdup_printf("%04d-%02d-%02d %02d:%02d:%02d", year, month, day, hour, minute, second);
    return moment_in_words(text);
}
