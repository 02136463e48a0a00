// SPDX-License-Identifier: MIT
/*
 * former.c - who was in the course once (marks.h): DIR/students.json, everybody whom a roster of this batch has ever
 * named. Only what nobody in the roster has handed in is looked for there.
 */
#include "class/class.h"
#include "class/marks/marks.h"

#include <string.h>

static char *path_in(const char *dir)
{
    return g_build_filename(dir, "students.json", NULL);
}

/* --- the same person in two rosters --- */

static void add_key(GPtrArray *keys, const json_t *person, const char *key)
{
    g_autofree char *text = g_utf8_casefold(text_at(person, key), -1);
    if (text[0])
        g_ptr_array_add(keys, g_strconcat(key, ":", text, NULL));
}

/* What tells PERSON from all others: numbers and the like, or else the name. */
static GPtrArray *keys_of(const json_t *person)
{
    static const char *const kinds[] = {"login", "number", "sis", "email", "github"};
    GPtrArray *keys = g_ptr_array_new_with_free_func(g_free);
    for (guint i = 0; i < G_N_ELEMENTS(kinds); i++)
        add_key(keys, person, kinds[i]);
    if (keys->len == 0)
        add_key(keys, person, "name");
    return keys;
}

static bool is_known(GHashTable *known, const json_t *person)
{
    g_autoptr(GPtrArray) keys = keys_of(person);
    for (guint i = 0; i < keys->len; i++)
        if (g_hash_table_contains(known, keys->pdata[i]))
            return true;
    return false;
}

static void know(GHashTable *known, const json_t *people)
{
    size_t i;
    json_t *person;
    json_array_foreach(people, i, person)
    {
        g_autoptr(GPtrArray) keys = keys_of(person);
        for (guint k = 0; k < keys->len; k++)
            g_hash_table_add(known, g_strdup(keys->pdata[k]));
    }
}

/* Adds those of PEOPLE to LIST who are not KNOWN. */
static void add_others(json_t *list, GHashTable *known, const json_t *people)
{
    size_t i;
    json_t *person;
    json_array_foreach(people, i, person)
    {
        if (!is_known(known, person))
            json_array_append(list, person);
    }
}

/* --- all of it --- */

static json_t *read_known(const char *dir)
{
    g_autofree char *path = path_in(dir);
    json_t *known = json_load_file(path, 0, NULL);
    return known ? known : json_array();
}

json_t *former_students(const char *dir, const json_t *roster)
{
    g_autoptr(GHashTable) present = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    json_t *known = read_known(dir);
    json_t *former = json_array();
    know(present, json_object_get(roster, "students"));
    add_others(former, present, json_object_get(roster, "withdrawn"));
    know(present, json_object_get(roster, "withdrawn"));
    size_t i;
    json_t *person;
    json_array_foreach(known, i, person) json_object_del(person, "status"); /* that was in an earlier roster */
    add_others(former, present, known);
    json_decref(known);
    return former;
}

void former_remember(const char *dir, const json_t *roster)
{
    json_t *known = read_known(dir);
    json_t *all = json_deep_copy(json_object_get(roster, "students"));
    json_t *former = former_students(dir, roster);
    json_array_extend(all, former);
    if (!json_equal(all, known)) {
        g_autofree char *path = path_in(dir);
        g_autofree char *text = report_dump_lines(json_incref(all));
        files_write(path, text);
    }
    json_decref(former);
    json_decref(all);
    json_decref(known);
}

json_t *former_sentences(const json_t *former, const json_t *documents)
{
    json_t *matches = match_people(former, documents);
    json_t *sentences = json_array();
    size_t i;
    json_t *document;
    json_array_foreach(documents, i, document)
    {
        const json_t *people = json_object_get(json_array_get(matches, i), "people");
        const json_t *person = json_array_get(former, (size_t)json_integer_value(json_array_get(people, 0)));
        const char *name = student_name(person);
        const char *status = text_at(person, "status");
        json_array_append_new(
            sentences, json_array_size(people) == 0 ? json_null()
                       : status[0]
                           ? json_sprintf("%s (%s; the roster says: %s)", text_at(document, "id"), name, status)
                           : json_sprintf("%s (%s, who was in an earlier roster)", text_at(document, "id"), name));
    }
    json_decref(matches);
    return sentences;
}
