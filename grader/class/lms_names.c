// SPDX-License-Identifier: MIT
/*
 * lms_names.c - what learning management systems put into names (class.h).
 *
 *     Canvas      lastfirst_LATE_12345_67890_mm.c       one student: lastfirst_12345; 67890 is the upload
 *     Moodle      First Last_12345_assignsubmission_file_        a folder; or, flat, followed by the file's name
 *     Gradescope  submission_12345                      a folder; names are in submission_metadata.yml
 */
#include "class/class.h"

#include <string.h>

enum { NAME_BYTES = 60, HASH_DIGITS = 12 };

static const char canvas[] = "^(?<who>[^_]+)_(?:(?<late>LATE)_)?(?<number>\\d+)_\\d+_(?<file>.+)$";
static const char moodle[] = "^(?<who>.+?)_(?<number>\\d+)_assignsubmission_[a-z]+_?(?<file>.*)$";
static const char gradescope[] = "^submission_(?<number>\\d+)$";

static const char *const patterns[] = {moodle, canvas, gradescope};

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

name_parts *name_parse(const char *entry)
{
    name_parts *parts = g_new0(name_parts, 1);
    g_autoptr(GMatchInfo) info = match(entry);
    if (!info) {
        parts->key = g_strdup(entry);
        parts->name = text_clean(entry, strlen(entry));
        parts->number = g_strdup("");
        parts->file = g_strdup("");
        return parts;
    }
    g_autofree char *late = group(info, "late");
    g_autofree char *who = group(info, "who");
    parts->number = group(info, "number");
    parts->file = group(info, "file");
    parts->key = who[0] ? g_strdup_printf("%s_%s", who, parts->number) : g_strdup(entry);
    parts->name = who[0] ? text_clean(who, strlen(who)) : g_strdup(entry);
    parts->late = late[0] != '\0';
    return parts;
}

void name_free(name_parts *parts)
{
    g_free(parts->key);
    g_free(parts->name);
    g_free(parts->number);
    g_free(parts->file);
    g_free(parts);
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
