// SPDX-License-Identifier: MIT
/*
 * roster.c - who is in the course (config.h).
 *
 * A roster is a table with a row for each student. What its columns mean is read off their titles: those of a plain
 * table (login, number, name, email, ...) and those that Canvas, Moodle, Gradescope, GitHub Classroom, Blackboard and
 * Brightspace write, some of them in several languages. Where no title is known, a column of email addresses, names
 * before them, Moodle's identifiers and its times are recognised by their contents.
 */
#include "config/config.h"

#include <string.h>

/* The titles of columns, in lower case without accents and anything but letters and digits, and the key that they fill.
 * A key is filled by the first of its titles that has a text. */
static const struct {
    const char *title, *key;
} titles[] = {
    {"login", "login"},
    {"username", "login"},
    {"userlogin", "login"},
    {"loginid", "login"},
    {"netid", "login"},
    {"sisloginid", "login"},
    {"githubusername", "github"},
    {"github", "github"},
    {"githublogin", "github"},
    {"number", "number"},
    {"id", "number"},
    {"studentid", "number"},
    {"studentnumber", "number"},
    {"idnumber", "sis"},
    {"sid", "number"},
    {"orgdefinedid", "sis"},
    {"sisuserid", "sis"},
    {"matriculationnumber", "sis"},
    {"identifier", "identifier"},
    {"name", "name"},
    {"student", "name"},
    {"fullname", "name"},
    {"studentname", "name"},
    {"firstname", "first"},
    {"givenname", "first"},
    {"lastname", "last"},
    {"surname", "last"},
    {"familyname", "last"},
    {"email", "email"},
    {"emailaddress", "email"},
    {"mail", "email"},
    {"section", "section"},
    {"sections", "section"},
    {"sectionname", "section"},
    {"group", "group"},
    {"groups", "group"},
    {"groupname", "group"},
    {"team", "team"},
    {"partners", "team"},
    {"extension", "extension"},
    {"extendeduntil", "extension"},
    {"slipused", "slip_used"},
    {"slipdaysused", "slip_used"},
    {"submitted", "submitted"},
    {"handedin", "submitted"},
    {"lastmodifiedsubmission", "submitted"},
    {"role", "role"},
    {"roles", "role"},
    {"status", "status"},
    {"submissiontime", "submitted"},
    {"submissiontimestamp", "submitted"},
    {"rosteridentifier", "identifier"},
    {"feedbackcomments", "feedback"},
    {"vorname", "first"},
    {"nachname", "last"},
    {"vollstandigername", "name"},
    {"matrikelnummer", "sis"},
    {"prenom", "first"},
    {"nom", "last"},
    {"nomdefamille", "last"},
    {"nomcomplet", "name"},
    {"nombre", "first"},
    {"apellidos", "last"},
    {"nombrecompleto", "name"},
    {"cognome", "last"},
    {"sobrenome", "last"},
    {"nome", "first"},
    {"nomecompleto", "name"},
    {"voornaam", "first"},
    {"achternaam", "last"},
    {"volledigenaam", "name"},
    {"fornavn", "first"},
    {"fornamn", "first"},
    {"efternavn", "last"},
    {"efternamn", "last"},
    {"etternavn", "last"},
};

static const char *key_of(const char *title)
{
    g_autofree char *apart = g_utf8_normalize(title, -1, G_NORMALIZE_NFKD);
    g_autoptr(GString) plain = g_string_new(NULL);
    for (const char *at = apart; *at; at++)
        if (g_ascii_isalnum(*at))
            g_string_append_c(plain, g_ascii_tolower(*at));
    for (guint i = 0; i < G_N_ELEMENTS(titles); i++)
        if (strcmp(titles[i].title, plain->str) == 0)
            return titles[i].key;
    return "";
}

/* --- columns told by their contents --- */

/* "" for a cell that is not there. */
static const char *cell(const GPtrArray *row, guint i)
{
    return i < row->len ? row->pdata[i] : "";
}

/* Do all cells of column I that have a text match REGEX, and is there one? */
static bool all_match(const GPtrArray *rows, guint i, const char *regex)
{
    guint seen = 0;
    for (guint k = 1; k < rows->len; k++) {
        const char *text = cell(rows->pdata[k], i);
        if (text[0] && !g_regex_match_simple(regex, text, 0, 0))
            return false;
        seen += text[0] != '\0';
    }
    return seen > 0;
}

static bool has_key(const char *const *keys, guint n, const char *key)
{
    for (guint i = 0; i < n; i++)
        if (strcmp(keys[i], key) == 0)
            return true;
    return false;
}

/* The number in TEXT, one of Moodle's identifiers, "Participant 77"; some languages have no space: "Teilnehmer/in77".
 * NULL if it is none. */
static const char *number_of_identifier(const char *text)
{
    enum { LEAST = 6 };
    const char *number = text + strcspn(text, "0123456789");
    bool spaced = number > text && number[-1] == ' ';
    bool word = g_unichar_isupper(g_utf8_get_char(text)) && number >= text + LEAST;
    return number[0] && strspn(number, "0123456789") == strlen(number) && (spaced || word) ? number : NULL;
}

static bool is_identifier_column(const GPtrArray *rows)
{
    guint seen = 0;
    for (guint k = 1; k < rows->len; k++) {
        const char *text = cell(rows->pdata[k], 0);
        if (text[0] && !number_of_identifier(text))
            return false;
        seen += text[0] != '\0';
    }
    return seen > 0;
}

/* Moodle's worksheet: an identifier, a name, and the time of the submission before that of the grade. */
static void find_moodles(const GPtrArray *rows, const char **keys)
{
    const GPtrArray *head = rows->pdata[0];
    if (strcmp(keys[0], "name") == 0 || !is_identifier_column(rows))
        return;
    keys[0] = "identifier";
    if (head->len > 1 && !has_key(keys, head->len, "name") && !keys[1][0])
        keys[1] = "name";
    for (guint i = 1; i < head->len && !has_key(keys, head->len, "submitted"); i++)
        if (!keys[i][0] && all_match(rows, i, "^(?:-|.*20\\d\\d.*\\d[:.]\\d\\d.*)$"))
            keys[i] = "submitted";
}

/* In a list of people in any language, names stand before addresses. */
static void find_names(guint n, const char **keys)
{
    guint email = 0, seen = 0;
    while (email < n && strcmp(keys[email], "email") != 0)
        email++;
    if (email == n || has_key(keys, n, "name") || has_key(keys, n, "first") || has_key(keys, n, "last") ||
        has_key(keys, n, "login"))
        return;
    for (guint i = 0; i < email; i++)
        if (!keys[i][0] && seen++ < 2)
            keys[i] = seen == 1 ? "first" : "last";
}

/* The key of each column. */
static const char **keys_of(const GPtrArray *rows)
{
    const GPtrArray *head = rows->pdata[0];
    const char **keys = g_new0(const char *, head->len + 1);
    for (guint i = 0; i < head->len; i++)
        keys[i] = key_of(head->pdata[i]);
    find_moodles(rows, keys);
    for (guint i = 0; i < head->len; i++)
        if (!keys[i][0] && !has_key(keys, head->len, "email") && all_match(rows, i, "^[^@ ]+@[^@ ]+$"))
            keys[i] = "email";
    find_names(head->len, keys);
    return keys;
}

/* Is the first row one of a student rather than of titles? */
static bool lacks_titles(const GPtrArray *rows)
{
    const GPtrArray *head = rows->pdata[0];
    bool person = false;
    for (guint i = 0; i < head->len; i++) {
        if (key_of(head->pdata[i])[0])
            return false;
        person = person || g_regex_match_simple("^[^@ ]+@[^@ ]+$|^\\d{2,}$", head->pdata[i], 0, 0);
    }
    return person;
}

/* --- people --- */

static void put(json_t *person, const char *key, const char *text)
{
    if (key[0] && text[0] && !text_at(person, key)[0])
        json_object_set_new(person, key, json_string(text));
}

/* GitHub Classroom's identifier is what staff entered: an address, a name, or a number. */
static const char *kind_of_identifier(const char *identifier)
{
    return strchr(identifier, '@') ? "email" : strchr(identifier, ' ') ? "name" : "sis";
}

static void read_identifier(json_t *person)
{
    const char *identifier = text_at(person, "identifier");
    const char *number = number_of_identifier(identifier);
    if (number) {
        json_object_set_new(person, "number", json_string(number));
        return;
    }
    put(person, kind_of_identifier(identifier), identifier);
    json_object_del(person, "identifier");
}

static void join_names(json_t *person)
{
    g_autofree char *joined = g_strdup_printf("%s %s", text_at(person, "first"), text_at(person, "last"));
    put(person, "name", g_strstrip(joined));
}

/* Does the roster say that PERSON has left the course? */
static bool has_left(const json_t *person)
{
    static const char *const gone[] = {"withdrawn", "dropped", "inactive", "suspended", NULL};
    g_autofree char *status = g_ascii_strdown(text_at(person, "status"), -1);
    return g_strv_contains(gone, status);
}

/* Is PERSON a student? Canvas writes a row with maxima and a test student, Gradescope lists staff. */
static bool is_student(const json_t *person)
{
    static const char *const staff[] = {"instructor", "ta", "reader", "teacher", "staff", "observer", NULL};
    static const char *const none[] = {"points possible", "student, test", "test student", NULL};
    g_autofree char *name = g_ascii_strdown(text_at(person, "name"), -1);
    g_autofree char *role = g_ascii_strdown(text_at(person, "role"), -1);
    bool known = name[0] || text_at(person, "login")[0] || text_at(person, "number")[0] ||
                 text_at(person, "email")[0] || text_at(person, "github")[0] || text_at(person, "sis")[0];
    return known && !g_strv_contains(staff, role) && !g_strv_contains(none, name);
}

/* TEXT of a column with KEY. Brightspace writes "#" before logins and numbers, so that spreadsheets leave them alone.
 */
static const char *plain_text(const char *key, const char *text)
{
    bool marked = strcmp(key, "login") == 0 || strcmp(key, "number") == 0 || strcmp(key, "sis") == 0;
    return text + (marked && text[0] == '#' ? 1 : 0);
}

static json_t *person_of(const GPtrArray *row, const GPtrArray *head, const char *const *keys)
{
    json_t *person = json_object();
    for (guint i = 0; i < head->len; i++)
        put(person, keys[i], plain_text(keys[i], cell(row, i)));
    join_names(person);
    if (text_at(person, "identifier")[0])
        read_identifier(person);
    return person;
}

/* The row of the student whose KEY is that of PERSON, if there is one; 0 otherwise. */
static size_t row_of_same(const json_t *people, const json_t *person, const char *key)
{
    size_t i;
    json_t *other;
    json_array_foreach(people, i, other)
    {
        if (text_at(person, key)[0] && g_ascii_strcasecmp(text_at(person, key), text_at(other, key)) == 0)
            return i + 1;
    }
    return 0;
}

/* The words of NAME in small letters, in an order that does not depend on theirs. */
static char *sorted_words(const char *name)
{
    g_autofree char *lower = g_utf8_casefold(name, -1);
    g_auto(GStrv) words = g_strsplit_set(lower, " ,", -1);
    g_autoptr(GPtrArray) list = g_ptr_array_new();
    for (guint i = 0; words[i]; i++)
        if (words[i][0])
            g_ptr_array_add(list, words[i]);
    g_ptr_array_sort(list, compare_names);
    g_ptr_array_add(list, NULL);
    return g_strjoinv(" ", (GStrv)list->pdata);
}

/* Do two rows with the names ONE and OTHER mean one student? "Doe, Jane" is "Jane Doe", and a name may be missing. */
static bool is_same_name(const char *one, const char *other)
{
    g_autofree char *words = sorted_words(one);
    g_autofree char *others = sorted_words(other);
    return !one[0] || !other[0] || strcmp(words, others) == 0;
}

/* Adds PERSON to PEOPLE. A student may have a row for each section, and each may tell more; one login for two people is
 * a mistake. */
static char *add_person(json_t *people, json_t *person)
{
    static const char *const keys[] = {"login", "number", "email"};
    for (guint i = 0; i < G_N_ELEMENTS(keys); i++) {
        size_t row = row_of_same(people, person, keys[i]);
        if (row == 0)
            continue;
        json_t *other = json_array_get(people, row - 1);
        if (is_same_name(text_at(other, "name"), text_at(person, "name"))) {
            json_object_update_missing(other, person);
            return NULL;
        }
        return g_strdup_printf("%s and %s have the same %s, %s", text_at(other, "name"), text_at(person, "name"),
                               keys[i], text_at(person, keys[i]));
    }
    json_array_append(people, person);
    return NULL;
}

static char *extension_mistake(const json_t *person)
{
    const char *text = text_at(person, "extension");
    if (!text[0] || course_reads_extension(text))
        return NULL;
    const char *name = text_at(person, "name")[0] ? text_at(person, "name") : text_at(person, "login");
    return g_strdup_printf(
        "the extension of %s should be a date like 2026-09-14, one with a time, 2026-09-14 17:00, or "
        "a number of days, 2 days; not '%s'",
        name, text);
}

/* Those who have left the course go to WITHDRAWN. */
static json_t *people_of(const GPtrArray *rows, json_t *withdrawn, char **mistake)
{
    json_t *people = json_array();
    const GPtrArray *head = rows->pdata[0];
    g_autofree const char **keys = keys_of(rows);
    for (guint i = 1; i < rows->len && !*mistake; i++) {
        json_t *person = person_of(rows->pdata[i], head, keys);
        if (is_student(person) && has_left(person))
            json_array_append(withdrawn, person);
        else if (is_student(person) && !(*mistake = extension_mistake(person)))
            *mistake = add_person(people, person);
        json_decref(person);
    }
    return people;
}

/* The titles of ROWS' columns under the keys that they fill, so that a table can be written back with them. */
static json_t *titles_of(const GPtrArray *rows)
{
    json_t *found = json_object();
    const GPtrArray *head = rows->pdata[0];
    g_autofree const char **keys = keys_of(rows);
    for (guint i = 0; i < head->len; i++)
        put(found, keys[i], head->pdata[i]);
    json_t *all = json_array();
    for (guint i = 0; i < head->len; i++)
        json_array_append_new(all, json_string(head->pdata[i]));
    json_object_set_new(found, "all", all);
    return found;
}

json_t *roster_read(const char *path, char **mistake)
{
    *mistake = NULL;
    g_autoptr(GPtrArray) rows = table_read(path, mistake);
    if (!rows)
        return NULL;
    json_t *withdrawn = json_array();
    bool readable = rows->len > 0 && !lacks_titles(rows);
    json_t *people = readable ? people_of(rows, withdrawn, mistake) : json_array();
    if (!*mistake && json_array_size(people) == 0)
        *mistake = g_strdup("it names no student: the first row should hold titles of columns, such as login, number, "
                            "name, email, and each further row a student");
    if (*mistake) {
        char *sentence = g_strdup_printf("%s: %s", path, *mistake);
        g_free(*mistake);
        *mistake = sentence;
        json_decref(people);
        json_decref(withdrawn);
        return NULL;
    }
    return json_pack("{s:o, s:o, s:o}", "students", people, "withdrawn", withdrawn, "titles", titles_of(rows));
}
