// SPDX-License-Identifier: MIT
/*
 * blackboard.c - whose Blackboard's attempts are (class.h).
 *
 * Names begin with the assignment's name, then comes a login or a group's name; both may hold spaces and underscores.
 * The text file that Blackboard writes about an attempt shows where one ends and the other begins:
 *
 *     Name: Jane Doe (jdoe)            of a group: its name, or the names and logins of its members
 *     Assignment: Lab 6
 *     Date Submitted: ...
 *
 * in the language of the site. Without such a file, what all names of the class share is the assignment's name.
 */
#include "class/class.h"

#include <string.h>

enum { MOST_BYTES = 64 << 10 };

#define PERSON "\\p{L}[^:,;()\\n]* \\([^()\\s]+\\)"

/* The lines of FILE up to the first empty one. */
static GStrv head_of(const char *file)
{
    g_autofree char *text = files_read_text(file, MOST_BYTES);
    g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
    g_autoptr(GStrvBuilder) head = g_strv_builder_new();
    bool begun = false;
    for (guint i = 0; lines[i]; i++) {
        const char *line = g_strstrip(lines[i]);
        if (begun && !line[0])
            break;
        if (line[0])
            g_strv_builder_add(head, line);
        begun = begun || line[0];
    }
    return g_strv_builder_end(head);
}

/* What follows the colon in LINE; "" if it has none. */
static const char *value_of(const char *line)
{
    const char *colon = strchr(line, ':');
    return colon ? colon + 1 + strspn(colon + 1, " \t") : "";
}

/* --- the assignment's name --- */

/* The length of the part of NAME, up to and including an underscore, whose letters and digits are those of TITLE; 0 if
 * it does not begin so. Names of files have other characters for some of a title's. */
static size_t length_of_title(const char *name, const char *title)
{
    const char *at = name;
    for (const char *want = title; *want; want++) {
        if (!g_ascii_isalnum(*want) && (guchar)*want < 0x80)
            continue;
        while (*at && *at != *want && !g_ascii_isalnum(*at) && (guchar)*at < 0x80)
            at++;
        if (*at != *want)
            return 0;
        at++;
    }
    const char *underscore = at > name ? strchr(at, '_') : NULL;
    while (at > name && at < underscore && !g_ascii_isalnum(*at))
        at++;
    return underscore && at >= underscore ? (size_t)(underscore + 1 - name) : 0;
}

/* The same as told by the text file of SUBMISSION; 0 if it has none or that says nothing. */
static size_t length_told(const struct handed_in *submission)
{
    size_t n = 0;
    for (guint i = 0; i < submission->parts->len && n == 0; i++) {
        const struct part *part = submission->parts->pdata[i];
        g_auto(GStrv) head = part->about ? head_of(part->path) : NULL;
        for (guint k = 1; head && head[k] && n == 0; k++)
            n = length_of_title(submission->name, value_of(head[k]));
    }
    return n;
}

/* The start that the names of all attempts share, up to and including an underscore. Its length; 0 if there is only
 * one student. */
static size_t shared_start(const GPtrArray *class)
{
    const char *first = NULL;
    size_t n = 0;
    for (guint i = 0; i < class->len; i++) {
        const struct handed_in *submission = class->pdata[i];
        if (!submission->attempt)
            continue;
        size_t same = 0;
        while (first && first[same] && first[same] == submission->name[same])
            same++;
        n = !first ? strlen(submission->name) : MIN(n, same);
        first = first ? first : submission->name;
    }
    while (first && n > 0 && first[n - 1] != '_')
        n--;
    return n;
}

/* N, or where the last word of NAME[0..N) begins if that means a group: what follows is then its number. */
static size_t without_group(const char *name, size_t n)
{
    static const char *const words[] = {"group", "team",   "pair",    "gruppe",  "groupe", "equipe",       "equipo",
                                        "grupo", "gruppo", "grupp",   "groep",   "paar",   "squadra",      "grup",
                                        "ryhma", "grupa",  "skupina", "csoport", "grwp",   "\xE7\xBB\x84", NULL};
    g_autofree char *start = g_strndup(name, n > 0 ? n - 1 : 0);
    char *word = strrchr(start, '_');
    g_autofree char *ascii = word && g_utf8_validate(word, -1, NULL) ? g_str_to_ascii(word + 1, "C") : NULL;
    g_autofree char *lower = ascii ? g_ascii_strdown(ascii, -1) : NULL;
    return lower && g_strv_contains(words, lower) ? (size_t)(word + 1 - start) : n;
}

/* The login or group in SUBMISSION's name, N bytes of which all names share. */
static char *login_of(const struct handed_in *submission, size_t n)
{
    size_t told = length_told(submission);
    const char *underscore = strrchr(submission->name, '_');
    if (told == 0 && (n == 0 || strlen(submission->name) <= n))
        n = underscore ? (size_t)(underscore + 1 - submission->name) : 0;
    const char *login = submission->name + (told > 0 ? told : without_group(submission->name, n));
    return g_strdup(login + strspn(login, "_")); /* a title's last character may have become one */
}

void name_attempts(GPtrArray *class)
{
    size_t n = shared_start(class);
    for (guint i = 0; i < class->len; i++) {
        struct handed_in *submission = class->pdata[i];
        if (!submission->attempt)
            continue;
        char *login = login_of(submission, n);
        g_free(submission->number);
        g_free(submission->name);
        submission->number = login;
        submission->name = g_strdup(login);
    }
}

/* --- people --- */

/* All of VALUE that REGEX finds, with a name and a login each: an array of {id, name, email}. */
static json_t *all_people(const char *value, const char *regex)
{
    g_autoptr(GMatchInfo) info = NULL;
    g_autoptr(GRegex) one = g_regex_new(regex, 0, 0, NULL);
    json_t *people = json_array();
    for (bool more = g_regex_match(one, value, 0, &info); more; more = g_match_info_next(info, NULL)) {
        g_autofree char *name = g_match_info_fetch(info, 1);
        g_autofree char *login = g_match_info_fetch(info, 2);
        json_array_append_new(people, json_pack("{s:s, s:s, s:s}", "id", login, "name", name, "email", ""));
    }
    return people;
}

/* Those of line I of a head with VALUE: the first one names a student, any of them may list the members of a group. */
static json_t *people_in(guint i, const char *value)
{
    if (g_regex_match_simple("^" PERSON "(?:(?:[,;]| \\p{L}{1,3} )\\s*" PERSON ")+[,;]?$", value, 0, 0))
        return all_people(value, "(?:^|[,;]|\\) \\p{L}{1,3} )\\s*(\\p{L}[^:,;()]*) \\(([^()\\s]+)(?=\\))");
    if (i == 0 && g_regex_match_simple("^.+ \\([^()]+\\)$", value, 0, 0))
        return all_people(value, "^(.+) \\(([^()]+)\\)$");
    return NULL;
}

static void join(char **text, const json_t *people, const char *key)
{
    g_autoptr(GString) list = g_string_new(NULL);
    size_t i;
    json_t *person;
    json_array_foreach(people, i, person) g_string_append_printf(list, "%s%s", i > 0 ? ", " : "", text_at(person, key));
    g_free(*text);
    *text = g_strdup(list->str);
}

void blackboard_apply(const char *file, struct handed_in *submission)
{
    g_auto(GStrv) head = head_of(file);
    json_t *people = NULL;
    for (guint i = 0; head[i] && !people; i++)
        people = people_in(i, value_of(head[i]));
    if (people) {
        join(&submission->name, people, "name");
        join(&submission->number, people, "id");
    } else if (head[0] && value_of(head[0])[0]) { /* a group, whose members the roster knows */
        g_free(submission->name);
        submission->name = text_clean(value_of(head[0]), strlen(value_of(head[0])));
    }
    if (json_array_size(people) > 1 && !submission->partners)
        submission->partners = json_incref(people);
    json_decref(people);
}
