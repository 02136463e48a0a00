// SPDX-License-Identifier: MIT
/*
 * quiz_answer.c - whether an answer to a question of a quiz is right, however it is spelled (grade.h).
 *
 * A question's "form" says what is to be written: "choice", a letter; "line", where a line stands; "number"; "place", a
 * number or an address in the heap. An answer is read into a reading, which can be compared; the key is read the same
 * way.
 */
#include "grade/grade.h"

#include <string.h>

struct form {
    const char *name;
    const char *wanted;
    const char *pattern; /* captures a file or a prefix, and the number */
};

#define NUMBER "(0x[0-9a-f]+|[0-9]+)"

static const struct form forms[] = {
    {"choice", "one letter", "^\\W*()([a-z])\\W*$"},
    {"line", "a line's number", "^\\W*(?:([\\w./-]+\\.[ch])\\W*)?(?:line\\W*)?([0-9]+)\\W*$"},
    {"number", "a number", "^\\s*()(?:call\\s*)?" NUMBER "(?:\\s*(?:bytes?|times))?[\\s.]*$"},
    {"place", "a number, or an address such as heap + 48", "^\\s*(heap\\s*\\+\\s*)?" NUMBER "[\\s.]*$"},
};

static const struct form *form_of(const json_t *question)
{
    const char *name = text_at(question, "form");
    for (guint i = 0; i < G_N_ELEMENTS(forms); i++)
        if (strcmp(forms[i].name, name) == 0)
            return &forms[i];
    die_fault("a quiz has a question of the form \"%s\", which is none", name);
}

/* --- reading --- */

struct reading {
    char *prefix; /* of a line, the file without its folder; of a place, "heap" for an address; "" */
    guint64 number;
};

static guint64 number_of(const char *text)
{
    const guint decimal = 10;
    const guint hexadecimal = 16;
    if (g_ascii_isalpha(text[0]))
        return (guint64)(g_ascii_tolower(text[0]) - 'a');
    bool is_hexadecimal = g_ascii_strncasecmp(text, "0x", 2) == 0;
    return g_ascii_strtoull(text, NULL, is_hexadecimal ? hexadecimal : decimal);
}

static char *prefix_of(const struct form *form, const char *text)
{
    if (text[0] == '\0')
        return g_strdup("");
    return strcmp(form->name, "place") == 0 ? g_strdup("heap") : g_path_get_basename(text);
}

/* False if GIVEN is none of FORM. Otherwise the caller frees the prefix. */
static bool read_as(const struct form *form, const char *given, struct reading *reading)
{
    const char *text = strcmp(form->name, "place") == 0 && g_ascii_strcasecmp(given, "NULL") == 0 ? "0" : given;
    g_autoptr(GRegex) regex = g_regex_new(form->pattern, G_REGEX_CASELESS, 0, NULL);
    g_autoptr(GMatchInfo) info = NULL;
    if (!g_regex_match(regex, text, 0, &info))
        return false;
    g_autofree char *prefix = g_match_info_fetch(info, 1);
    g_autofree char *number = g_match_info_fetch(info, 2);
    *reading = (struct reading){prefix_of(form, prefix), number_of(number)};
    return true;
}

/* --- the interface --- */

bool quiz_answer_is_choice(const json_t *question)
{
    return strcmp(form_of(question)->name, "choice") == 0;
}

bool quiz_answer_is_number(const json_t *question)
{
    return strcmp(form_of(question)->name, "number") == 0;
}

char *quiz_answer_text(const json_t *question)
{
    if (quiz_answer_is_choice(question))
        return g_strdup_printf("%c", (char)('a' + (int)number_at(question, "answer")));
    return g_strdup(text_at(question, "answer"));
}

char *quiz_answer_wanted(const json_t *question)
{
    size_t options = json_array_size(json_object_get(question, "options"));
    return quiz_answer_is_choice(question) ? g_strdup_printf("one letter from a to %c", (char)('a' + (int)options - 1))
                                           : g_strdup(form_of(question)->wanted);
}

bool quiz_answer_can_be_read(const json_t *question, const char *given)
{
    struct reading reading;
    size_t options = json_array_size(json_object_get(question, "options"));
    if (!read_as(form_of(question), given, &reading))
        return false;
    g_free(reading.prefix);
    return !quiz_answer_is_choice(question) || reading.number < options;
}

bool quiz_answer_is_right(const json_t *question, const char *given)
{
    const struct form *form = form_of(question);
    g_autofree char *key = quiz_answer_text(question);
    struct reading mine;
    struct reading right;
    if (!read_as(form, given, &mine))
        return false;
    if (!read_as(form, key, &right))
        die_fault("a quiz has the answer \"%s\", which its form does not allow", key);
    bool same = mine.number == right.number && (mine.prefix[0] == '\0' || strcmp(mine.prefix, right.prefix) == 0);
    g_free(mine.prefix);
    g_free(right.prefix);
    return same;
}

/* TEXT and further spellings, which may be NULL. */
static GStrv spellings_of(const char *text, const char *second, const char *third)
{
    const char *spellings[] = {text, second, third, NULL};
    return g_strdupv((GStrv)(uintptr_t)spellings);
}

GStrv quiz_answer_spellings(const json_t *question)
{
    const char *form = form_of(question)->name;
    g_autofree char *key = quiz_answer_text(question);
    const char *colon = strrchr(key, ':');
    const char *plus = strrchr(key, '+');
    g_autofree char *line = colon ? g_strdup_printf("line %s", colon + 1) : NULL;
    g_autofree char *address = plus ? g_strdup_printf("heap+%s", plus + 2) : NULL;
    if (strcmp(form, "line") == 0 && colon)
        return spellings_of(key, colon + 1, line);
    if (strcmp(form, "place") == 0 && plus)
        return spellings_of(key, plus + 2, address);
    return spellings_of(key, strcmp(form, "place") == 0 && strcmp(key, "0") == 0 ? "NULL" : NULL, NULL);
}
