// SPDX-License-Identifier: MIT
/*
 * lms_names.c - what learning management systems put into names (class.h).
 *
 *     Canvas      lastfirst_LATE_12345_67890_mm.c       one student: lastfirst_12345; 67890 is the upload
 *                 LATE_anon_Xy3Ab_67890_mm.c            under anonymous marking: anon_Xy3Ab
 *                 lastfirst_12345_text.html             a text entry; _link.html for an address
 *     Moodle      First Last_12345_assignsubmission_file_        a folder; or, flat, followed by the file's name
 *     Gradescope  submission_12345                      a folder; names are in submission_metadata.yml
 *     Blackboard  Lab 6_login_attempt_2026-11-10-21-05-33_mm.c   and Lab 6_login_attempt_2026-11-10-21-05-33.txt,
 *                                                       which says whose it is; a group's name may stand for the login
 *     Autolab     jdoe@example.edu_3_mm.c                a file; 3 is the version, and the last one counts
 *     Brightspace 12345-678 - First Last - Nov 10, 2026 905 PM   a folder for each attempt
 *
 * Canvas's own rules: content_zipper.rb and quiz_submission_zipper.rb of instructure/canvas-lms (read in November
 * 2026).
 */
#include "class/class.h"

#include <string.h>

enum { NAME_BYTES = 60, HASH_DIGITS = 12 };

#define ANONYMOUS "^(?:(?<late>LATE)_)?(?<who>anon_[A-Za-z0-9]+)_"
#define LATE "(?:_(?<late>LATE|late))?"
#define ENTRY "(?<file>(?:text|link)\\.html)$"
#define NO_DASH "(?:(?! - ).)*"
#define DATE NO_DASH "20\\d\\d\\D+?\\d" NO_DASH /* in any language */
#define GROUP_NUMBER "(?:_\\d{1,2}(?=(?:_LATE|_late)?_\\d{3,}_\\d+_)|_\\d{3}(?=(?:_LATE|_late)?_\\d{4,}_\\d{4,}_))"

/* The first one that fits counts. A name of Canvas's may hold underscores and, of a group, a number at its end. */
static const char *const patterns[] = {
    "^(?<who>.+?)_(?<number>\\d+)_assignsubmission_[a-z]+_?(?<file>.*)$",
    "^(?<who>[^@\\s]+@[A-Za-z0-9-]+(?:\\.[A-Za-z0-9-]+)+)_(?<version>\\d+)_(?<file>.+)$",
    "^(?<who>.+?)_attempt_(?<when>\\d{4}(?:-\\d\\d){5})(?:_(?<file>.+)|(?<about>\\.txt))$",
    "^(?<number>\\d+)-\\d+ - (?<who>.+?) - (?<when>" DATE ")(?: - (?<file>.+))?$",
    ANONYMOUS "(?:\\d+_(?<file>.+))$",
    ANONYMOUS ENTRY,
    "^(?<who>(?:(?!_\\d+_\\d+_).)+?)(?<number>\\d*)_question_\\d+_\\d+_(?<file>.+)$",
    "^(?<who>.+?" GROUP_NUMBER ")" LATE "_(?<number>\\d+)_\\d+_(?<file>.+)$",
    "^(?<who>.+?)" LATE "_(?<number>\\d+)_\\d+_(?<file>.+)$",
    "^(?<who>.+?)" LATE "_(?<number>\\d+)_" ENTRY,
    "^submission_(?<number>\\d+)$",
};

/* The match of the first pattern that fits ENTRY; NULL if none fits. */
static GMatchInfo *match(const char *entry)
{
    for (guint i = 0; i < G_N_ELEMENTS(patterns) && g_utf8_validate(entry, -1, NULL); i++) {
        GMatchInfo *info = NULL;
        g_autoptr(GRegex) regex = g_regex_new(patterns[i], G_REGEX_DOLLAR_ENDONLY | G_REGEX_DOTALL, 0, NULL);
        if (g_regex_match(regex, entry, 0, &info))
            return info;
        g_match_info_free(info);
    }
    return NULL;
}

bool name_is_known(const char *entry)
{
    g_autoptr(GMatchInfo) info = match(entry);
    return info != NULL;
}

static char *group(const GMatchInfo *info, const char *name)
{
    char *text = g_match_info_fetch_named(info, name);
    return text ? text : g_strdup("");
}

/* --- parts --- */

/* Blackboard puts the assignment's name before the login. Until all names of the class are known, the login is what
 * follows the last underscore; blackboard.c then sets the final one. */
static void split_login(name_parts *parts)
{
    const char *underscore = strrchr(parts->name, '_');
    g_free(parts->number);
    parts->number = g_strdup(underscore ? underscore + 1 : parts->name);
    g_free(parts->key);
    parts->key = g_strdup(parts->name);
}

static name_parts *other_name(const char *entry)
{
    name_parts *parts = g_new0(name_parts, 1);
    parts->key = g_strdup(entry);
    parts->name = text_clean(entry, strlen(entry));
    parts->number = g_strdup("");
    parts->file = g_strdup("");
    parts->when = g_strdup("");
    return parts;
}

name_parts *name_parse(const char *entry)
{
    g_autoptr(GMatchInfo) info = match(entry);
    if (!info)
        return other_name(entry);
    name_parts *parts = g_new0(name_parts, 1);
    g_autofree char *late = group(info, "late");
    g_autofree char *who = group(info, "who");
    g_autofree char *when = group(info, "when");
    g_autofree char *about = group(info, "about");
    g_autofree char *version = group(info, "version");
    parts->number = group(info, version[0] ? "who" : "number"); /* Autolab's is an address */
    parts->version = g_ascii_strtoull(version, NULL, 10);
    parts->file = group(info, "file");
    parts->key = !who[0]                           ? g_strdup(entry)
                 : !parts->number[0] || version[0] ? g_strdup(who)
                                                   : g_strdup_printf("%s_%s", who, parts->number);
    parts->name = who[0] ? text_clean(who, strlen(who)) : g_strdup(entry);
    parts->late = late[0] != '\0';
    parts->about = about[0] != '\0';
    parts->dated = when[0] != '\0';
    parts->when = name_moment(when);
    parts->attempt = strstr(entry, "_attempt_") != NULL && parts->dated;
    if (parts->attempt)
        split_login(parts);
    return parts;
}

void name_free(name_parts *parts)
{
    g_free(parts->key);
    g_free(parts->name);
    g_free(parts->number);
    g_free(parts->file);
    g_free(parts->when);
    g_free(parts);
}

/* Cuts ENDING off NAME, whatever its case. */
static bool cut(char *name, const char *ending)
{
    size_t n = strlen(name), end = strlen(ending);
    if (n <= end || g_ascii_strcasecmp(name + n - end, ending) != 0)
        return false;
    name[n - end] = '\0';
    return true;
}

char *name_stem(const char *source, bool *branch)
{
    static const char *const ends[] = {".zip", ".tar.gz", ".tgz", ".7z", ".rar", ".tar", ".c"};
    static const char copies[] =
        "(?:(?<=-main|-master) \\d+| ?\\(\\d+\\)| - (?:copy|kopie|copie|copia|c.pia)| copy(?: \\d+)?)+$";
    char *name = g_utf8_make_valid(source, -1);
    for (guint i = 0; i < G_N_ELEMENTS(ends) && !cut(name, ends[i]); i++)
        continue;
    g_autoptr(GRegex) regex = g_regex_new(copies, G_REGEX_CASELESS, 0, NULL);
    char *stem = g_regex_replace_literal(regex, name, -1, 0, "", 0, NULL);
    g_free(name);
    *branch = cut(stem, "-main") || cut(stem, "-master");
    return stem;
}

static bool is_safe(char c)
{
    return g_ascii_isalnum(c) || c == '.' || c == '_' || c == '-';
}

/* Does NAME look like a result of name_safe? Then it gets a hash, too, so that nobody can choose a name that equals
 * somebody else's safe name. */
static bool ends_like_hash(const char *name)
{
    size_t n = strlen(name);
    if (n <= HASH_DIGITS || name[n - HASH_DIGITS - 1] != '-')
        return false;
    for (const char *at = name + n - HASH_DIGITS; *at; at++)
        if (!g_ascii_isxdigit(*at))
            return false;
    return true;
}

char *name_safe(const char *key)
{
    g_autofree char *ascii = g_utf8_validate(key, -1, NULL) ? g_str_to_ascii(key, "C") : g_strdup(key);
    GString *name = g_string_new(NULL);
    for (const char *at = ascii; *at && name->len < NAME_BYTES; at++)
        g_string_append_c(name, is_safe(*at) ? *at : '-');
    if (name->len == 0 || name->str[0] == '.' || name->str[0] == '-')
        g_string_prepend_c(name, '_');
    if (strcmp(name->str, key) == 0 && !ends_like_hash(key))
        return g_string_free(name, FALSE);
    g_autofree char *hash = g_compute_checksum_for_string(G_CHECKSUM_SHA256, key, -1);
    g_string_append_printf(name, "-%.*s", HASH_DIGITS, hash);
    return g_string_free(name, FALSE);
}
