// SPDX-License-Identifier: MIT
/*
 * digest.c - what the class page needs from a result (pages.h). All results of a class are in memory at once, and a
 * complete one takes a hundred kilobytes or more. So a digest drops what only the student's page shows, and equal parts
 * of many results share one object.
 */
#include "class/pages/pages.h"
#include "report/report.h"

#include <stdlib.h>

/* A new object with the KEYS of OBJECT and their values. */
static json_t *part_of(const json_t *object, const char *const *keys)
{
    json_t *part = json_object();
    for (; *keys; keys++)
        if (json_object_get(object, *keys))
            json_object_set(part, *keys, json_object_get(object, *keys));
    return part;
}

/* VALUE, or an equal one from POOL. Takes ownership of VALUE. */
static json_t *one_of(GHashTable *pool, json_t *value)
{
    char *text = json_dumps(value, JSON_COMPACT | JSON_ENCODE_ANY);
    json_t *before = g_hash_table_lookup(pool, text);
    if (before) {
        json_decref(value);
        free(text);
        return json_incref(before);
    }
    g_hash_table_insert(pool, text, json_incref(value));
    return value;
}

/* The value of KEY in OBJECT, reduced to KEYS and shared with all equal ones. */
static void share_part(json_t *object, const char *key, const char *const *keys, GHashTable *pool)
{
    const json_t *value = json_object_get(object, key);
    if (json_is_object(value))
        json_object_set_new(object, key, one_of(pool, part_of(value, keys)));
}

static void share_tests(json_t *lab, GHashTable *pool)
{
    static const char *const keys[] = {"name", "title", "kind", "status", "message", "where", NULL};
    json_int_t duration = 0;
    json_t *tests = json_array();
    size_t i;
    json_t *test;
    json_array_foreach(json_object_get(lab, "tests"), i, test)
    {
        duration += number_at(test, "duration_ms");
        json_array_append_new(tests, one_of(pool, part_of(test, keys)));
    }
    json_object_set_new(lab, "tests", one_of(pool, tests));
    json_object_set_new(lab, "duration_ms", json_integer(duration));
}

static json_t *lab_digest(const json_t *lab, GHashTable *pool)
{
    static const char *const keys[] = {"lab", "title", "build", "coverage", "own_tests", "tests", NULL};
    static const char *const of_build[] = {"ok", "problem", NULL};
    static const char *const of_coverage[] = {"lines", "branches", NULL};
    static const char *const of_own_tests[] = {"points", "caught", "chaffs", "coverage", "missed", NULL};
    json_t *digest = part_of(lab, keys);
    share_part(digest, "build", of_build, pool);
    share_part(digest, "coverage", of_coverage, pool);
    share_part(digest, "own_tests", of_own_tests, pool);
    share_tests(digest, pool);
    return digest;
}

json_t *digest_of(const json_t *document, GHashTable *pool)
{
    static const char *const keys[] = {"id", "kit", "score", "max_score", "student", "mark", "files_id", NULL};
    static const char *const of_grading[] = {"handed_in", "revision", NULL};
    json_t *digest = part_of(document, keys);
    if (json_object_get(document, "grading"))
        json_object_set_new(digest, "grading", part_of(json_object_get(document, "grading"), of_grading));
    json_t *labs = json_array();
    size_t i;
    json_t *lab;
    json_array_foreach(json_object_get(document, "labs"), i, lab) json_array_append_new(labs, lab_digest(lab, pool));
    json_object_set_new(digest, "labs", labs);
    return digest;
}

static void forget(gpointer value)
{
    json_decref(value);
}

GHashTable *digest_pool(void)
{
    return g_hash_table_new_full(g_str_hash, g_str_equal, free, forget);
}
