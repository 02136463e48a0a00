// SPDX-License-Identifier: MIT
/*
 * audience.c - reduces a result to what a student may read (report.h).
 *
 * A test that is not visible keeps only its points and the kind of its failure: no name, no title, no story. Another
 * test's message may name it ("counts once x passes"); that message is replaced, too.
 */
#include "report/report.h"

#include <string.h>

static bool is_shown(const json_t *test, enum audience audience)
{
    return test_is_shown(test) ||
           (audience == STUDENTS_AFTER_DUE_DATE && strcmp(text_at(test, "visibility"), "after_due_date") == 0);
}

static void reduce(json_t *test, int number)
{
    static const char *const gone[] = {"expected", "found", "where", "written", "output", "heap", "hint"};
    g_autofree char *name = g_strdup_printf("hidden_test_%d", number);
    const char *sentence = hidden_sentence(text_at(test, "status"));
    for (guint i = 0; i < G_N_ELEMENTS(gone); i++)
        json_object_set_new(test, gone[i], json_null());
    json_object_set_new(test, "name", json_string(name));
    json_object_set_new(test, "title", json_string("a hidden test"));
    json_object_set_new(test, "message", sentence[0] ? json_string(sentence) : json_null());
    json_object_set_new(test, "story", json_array());
    json_object_set_new(test, "needs", json_array());
}

/* TEST is shown. Removes the HIDDEN tests from its needs, and replaces a message that names one. */
static void forget_hidden_needs(json_t *test, GHashTable *hidden)
{
    json_t *shown = json_array();
    size_t i;
    json_t *need;
    json_array_foreach(json_object_get(test, "needs"), i, need)
    {
        if (!g_hash_table_contains(hidden, json_string_value(need)))
            json_array_append(shown, need);
        else if (test_waits(test))
            json_object_set_new(test, "message", json_string("counts once a hidden test passes"));
    }
    json_object_set_new(test, "needs", shown);
}

static void reduce_lab(json_t *lab, enum audience audience)
{
    g_autoptr(GHashTable) hidden = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    const json_t *tests = json_object_get(lab, "tests");
    int number = 0;
    size_t i;
    json_t *test;
    json_array_foreach(tests, i, test) if (!is_shown(test, audience))
    {
        g_hash_table_add(hidden, g_strdup(text_at(test, "name")));
        reduce(test, ++number);
    }
    json_array_foreach(tests, i, test) forget_hidden_needs(test, hidden);
}

json_t *document_for(const json_t *document, enum audience audience)
{
    json_t *copy = json_deep_copy(document);
    if (!copy)
        die_fault("cannot copy a result: out of memory");
    size_t i;
    json_t *lab;
    if (audience != STAFF)
        json_array_foreach(json_object_get(copy, "labs"), i, lab) reduce_lab(lab, audience);
    return copy;
}
