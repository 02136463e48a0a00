// SPDX-License-Identifier: MIT
/*
 * numbers.c - what is counted over a class (pages.h). A test belongs to one lab: tests of different labs are counted
 * separately.
 */
#include "class/pages/pages.h"
#include "report/report.h"

#include <string.h>

static const char *sort_key; /* while `sorted` sorts */

/* --- going through a class --- */

typedef void (*on_test)(const json_t *document, const json_t *lab, json_t *test, gpointer data);

/* Calls VISIT for each test of each lab. */
static void each_test(const json_t *documents, on_test visit, gpointer data)
{
    size_t i, k, n;
    json_t *document, *lab, *test;
    json_array_foreach(documents, i, document) json_array_foreach(json_object_get(document, "labs"), k, lab)
        json_array_foreach(json_object_get(lab, "tests"), n, test) visit(document, lab, test, data);
}

/* DOCUMENT's score in percent of its points, rounded down. */
static json_int_t hundredths(const json_t *document)
{
    json_int_t most = number_at(document, "max_score");
    return most > 0 ? number_at(document, "score") * 100 / most : 0;
}

static const char *who(const json_t *document)
{
    const char *name = text_at(json_object_get(document, "student"), "name");
    return name[0] ? name : text_at(document, "id");
}

/* A link to DOCUMENT's page. */
static json_t *link_to(const json_t *document)
{
    return json_pack("{s:s, s:s}", "who", who(document), "id", text_at(document, "id"));
}

/* By the number sort_key, largest first. */
static gint larger(gconstpointer a, gconstpointer b)
{
    json_int_t x = number_at(*(json_t *const *)a, sort_key);
    json_int_t y = number_at(*(json_t *const *)b, sort_key);
    return x < y ? 1 : x > y ? -1 : 0;
}

/* Returns the first MOST (0: all) of ARRAY by the number KEY, largest first; a stable sort. Takes ownership of ARRAY.
 */
static json_t *sorted(json_t *array, const char *key, size_t most)
{
    g_autoptr(GPtrArray) order = g_ptr_array_new();
    size_t i;
    json_t *element;
    json_array_foreach(array, i, element) g_ptr_array_add(order, element);
    sort_key = key;
    g_ptr_array_sort(order, larger);
    json_t *result = json_array();
    for (guint k = 0; k < order->len && (most == 0 || k < most); k++)
        json_array_append(result, order->pdata[k]);
    json_decref(array);
    return result;
}

/* --- the summary --- */

static int by_value(gconstpointer a, gconstpointer b)
{
    json_int_t x = *(const json_int_t *)a;
    json_int_t y = *(const json_int_t *)b;
    return x < y ? -1 : x > y;
}

static double median(GArray *values)
{
    g_array_sort(values, by_value);
    guint middle = values->len / 2;
    double upper = (double)g_array_index(values, json_int_t, middle);
    return values->len % 2 == 1 ? upper : (upper + (double)g_array_index(values, json_int_t, middle - 1)) / 2;
}

static bool was_built(const json_t *document)
{
    size_t i;
    json_t *lab;
    json_array_foreach(json_object_get(document, "labs"), i, lab) if (!lab_is_built(lab)) return false;
    return true;
}

json_t *numbers_summary(const json_t *documents)
{
    g_autoptr(GArray) scores = g_array_new(FALSE, FALSE, sizeof(json_int_t));
    json_int_t sum = 0, whole = 0, unbuilt = 0, late = 0;
    size_t i;
    json_t *document;
    json_array_foreach(documents, i, document)
    {
        json_int_t score = number_at(document, "score");
        g_array_append_val(scores, score);
        sum += score;
        whole += score == number_at(document, "max_score");
        unbuilt += !was_built(document);
        late += document_is_late(document);
    }
    return json_pack("{s:I, s:I, s:f, s:f, s:I, s:I, s:I}", "submissions", (json_int_t)scores->len, "max_score",
                     number_at(json_array_get(documents, 0), "max_score"), "mean",
                     scores->len ? (double)sum / scores->len : 0.0, "median", scores->len ? median(scores) : 0.0,
                     "whole", whole, "unbuilt", unbuilt, "late", late);
}

/* --- the histogram: bins of a tenth of all points; the last one includes full scores --- */

json_t *numbers_histogram(const json_t *documents)
{
    enum { BINS = 10, WIDTH = 10 };
    json_int_t counts[BINS] = {0};
    size_t i;
    json_t *document;
    json_array_foreach(documents, i, document) counts[MIN(hundredths(document) / WIDTH, BINS - 1)]++;
    json_t *bins = json_array();
    for (int bin = 0; bin < BINS; bin++)
        json_array_append_new(bins, json_pack("{s:i, s:i, s:I}", "from", bin * WIDTH, "to",
                                              bin == BINS - 1 ? 100 : bin * WIDTH + WIDTH - 1, "count", counts[bin]));
    return bins;
}

/* --- tests --- */

struct tally {
    json_t *list;
    GHashTable *by_name; /* "lab test" -> element of list */
};

static struct tally tally_new(void)
{
    return (struct tally){.list = json_array(),
                          .by_name = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL)};
}

static json_t *tally_entry(struct tally *tally, const json_t *lab, const json_t *test)
{
    g_autofree char *key = g_strdup_printf("%s %s", text_at(lab, "lab"), text_at(test, "name"));
    json_t *entry = g_hash_table_lookup(tally->by_name, key);
    if (entry)
        return entry;
    entry = json_pack("{s:s, s:s, s:s, s:i, s:i, s:[]}", "lab", text_at(lab, "lab"), "name", text_at(test, "name"),
                      "title", text_at(test, "title"), "count", 0, "all", 0, "students");
    json_array_append_new(tally->list, entry);
    g_hash_table_insert(tally->by_name, g_strdup(key), entry);
    return entry;
}

static void add_to(json_t *object, const char *key, json_int_t n)
{
    json_object_set_new(object, key, json_integer(number_at(object, key) + n));
}

static json_t *tally_end(struct tally *tally)
{
    g_hash_table_destroy(tally->by_name);
    return tally->list;
}

/* A test that was not run, or whose lab could not be built, says nothing about how hard it is. */
static void count_failure(const json_t *document, const json_t *lab, json_t *test, gpointer data)
{
    json_t *entry = tally_entry(data, lab, test);
    bool ran = lab_is_built(lab) && !test_waits(test);
    (void)document;
    add_to(entry, "all", ran);
    add_to(entry, "count", ran && !test_passed(test));
    add_to(entry, "not_run", !ran);
    add_to(entry, "crashed", ran && strcmp(text_at(test, "status"), "crashed") == 0);
}

/* --- every test --- */

/* MESSAGE without what differs from student to student: numbers become "N", quoted texts "...". */
static char *kind_of(const char *message)
{
    g_autoptr(GRegex) quoted = g_regex_new("\"[^\"]*\"", 0, 0, NULL);
    g_autoptr(GRegex) number = g_regex_new("\\b(0x[0-9a-f]+|\\d[\\d,.]*\\d|\\d)\\b", 0, 0, NULL);
    g_autofree char *first = g_regex_replace_literal(quoted, message, -1, 0, "\"...\"", 0, NULL);
    return g_regex_replace_literal(number, first, -1, 0, "N", 0, NULL);
}

/* Counts TEST's message in ENTRY's "messages", an object from kinds of messages to numbers. */
static void count_message(json_t *entry, const json_t *test)
{
    g_autofree char *kind = kind_of(text_at(test, "message"));
    json_t *messages = json_object_get(entry, "messages");
    if (!messages) {
        messages = json_object();
        json_object_set_new(entry, "messages", messages);
    }
    if (kind[0])
        add_to(messages, kind, 1);
}

static void count_ends(const json_t *document, const json_t *lab, json_t *test, gpointer data)
{
    json_t *entry = tally_entry(data, lab, test);
    const char *status = text_at(test, "status");
    bool built = lab_is_built(lab);
    bool is_answer = strcmp(text_at(test, "kind"), "answer") == 0;
    (void)document;
    if (test_passed(test))
        add_to(entry, "passed", 1);
    else if (test_waits(test) || (!built && !is_answer))
        add_to(entry, built || is_answer ? "not_run" : "unbuilt", 1);
    else
        add_to(entry, strcmp(status, "failed") == 0 ? "failed" : "crashed", 1);
    if (test_went_wrong(test))
        count_message(entry, test);
}

/* The commonest of ENTRY's messages, and how often it came: the first in the alphabet of those that are equally common.
 */
static void add_commonest(json_t *entry)
{
    const char *kind, *best = "";
    json_t *count;
    json_int_t most = 0;
    json_object_foreach(json_object_get(entry, "messages"), kind, count)
    {
        json_int_t n = json_integer_value(count);
        if (n > most || (n == most && strcmp(kind, best) < 0)) {
            most = n;
            best = kind;
        }
    }
    if (most > 0)
        json_object_set_new(entry, "message", json_sprintf("%s", best));
    json_object_set_new(entry, "times", json_integer(most));
}

json_t *numbers_tests(const json_t *documents)
{
    struct tally tally = tally_new();
    each_test(documents, count_ends, &tally);
    json_t *all = tally_end(&tally);
    static const char *const counts[] = {"passed", "failed", "crashed", "not_run", "unbuilt"};
    size_t i;
    json_t *entry;
    json_array_foreach(all, i, entry)
    {
        for (guint k = 0; k < G_N_ELEMENTS(counts); k++)
            add_to(entry, counts[k], 0);
        add_commonest(entry);
    }
    return all;
}

/* --- own tests: what wrong versions of each kind break --- */

json_t *numbers_missed(const json_t *documents)
{
    json_t *list = json_array();
    g_autoptr(GHashTable) by_title = g_hash_table_new(g_str_hash, g_str_equal);
    size_t i, k, n;
    json_t *document, *lab, *kind;
    json_array_foreach(documents, i, document) json_array_foreach(json_object_get(document, "labs"), k, lab)
        json_array_foreach(json_object_get(json_object_get(lab, "own_tests"), "missed"), n, kind)
    {
        const char *title = text_at(kind, "title");
        json_t *entry = g_hash_table_lookup(by_title, title);
        if (!entry) {
            entry = json_pack("{s:s, s:i, s:i}", "title", title, "students", 0, "versions", 0);
            json_array_append_new(list, entry);
            g_hash_table_insert(by_title, (gpointer)(uintptr_t)title, entry);
        }
        add_to(entry, "students", 1);
        add_to(entry, "versions", number_at(kind, "versions"));
    }
    return sorted(list, "versions", 0);
}

static void add_share(json_t *entry)
{
    json_int_t all = number_at(entry, "all");
    json_object_set_new(entry, "percent", json_integer(all > 0 ? number_at(entry, "count") * 100 / all : 0));
}

json_t *numbers_hardest(const json_t *documents)
{
    enum { MOST = 20 };
    struct tally tally = tally_new();
    each_test(documents, count_failure, &tally);
    json_t *all = tally_end(&tally);
    json_t *failed = json_array();
    size_t i;
    json_t *entry;
    json_array_foreach(all, i, entry) if (number_at(entry, "count") > 0)
    {
        add_share(entry);
        json_array_append(failed, entry);
    }
    json_decref(all);
    return sorted(failed, "percent", MOST);
}

/* The first test of LAB that ran and did not pass; none if the code was not built. */
static const json_t *first_failure(const json_t *lab)
{
    size_t i;
    json_t *test;
    if (!lab_is_built(lab))
        return NULL;
    json_array_foreach(json_object_get(lab, "tests"), i, test) if (!test_passed(test)) return test;
    return NULL;
}

json_t *numbers_first_failures(const json_t *documents)
{
    struct tally tally = tally_new();
    size_t i, k;
    json_t *document, *lab;
    json_array_foreach(documents, i, document) json_array_foreach(json_object_get(document, "labs"), k, lab)
    {
        const json_t *test = first_failure(lab);
        if (!test)
            continue;
        json_t *entry = tally_entry(&tally, lab, test);
        add_to(entry, "count", 1);
        json_array_append_new(json_object_get(entry, "students"), link_to(document));
    }
    enum { MOST = 10 };
    return sorted(tally_end(&tally), "count", MOST);
}

/* --- submissions --- */

static json_int_t duration_of(const json_t *document)
{
    json_int_t sum = 0;
    size_t i;
    json_t *lab;
    json_array_foreach(json_object_get(document, "labs"), i, lab) sum += number_at(lab, "duration_ms");
    return sum;
}

json_t *numbers_slowest(const json_t *documents)
{
    enum { MOST = 5 };
    json_t *list = json_array();
    size_t i;
    json_t *document;
    json_array_foreach(documents, i, document)
    {
        json_t *entry = link_to(document);
        json_object_set_new(entry, "ms", json_integer(duration_of(document)));
        json_array_append_new(list, entry);
    }
    return sorted(list, "ms", MOST);
}

static void add_bad_end(const json_t *document, const json_t *lab, json_t *test, gpointer data)
{
    static const char *const bad[] = {"crashed", "timed_out", "misused", NULL};
    json_t *list = data;
    (void)lab;
    if (!g_strv_contains(bad, text_at(test, "status")))
        return;
    json_t *last = json_array_get(list, json_array_size(list) - 1);
    if (!last || strcmp(text_at(last, "id"), text_at(document, "id")) != 0) {
        last = link_to(document);
        json_object_set_new(last, "tests", json_array());
        json_array_append_new(list, last);
    }
    json_array_append_new(json_object_get(last, "tests"),
                          json_pack("{s:s, s:s, s:s}", "name", text_at(test, "name"), "word",
                                    status_in_words(text_at(test, "status")), "where", text_at(test, "where")));
}

json_t *numbers_ended_badly(const json_t *documents)
{
    json_t *list = json_array();
    each_test(documents, add_bad_end, list);
    return list;
}

/* --- unbuilt submissions, by reason --- */

/* The reason in PROBLEM without what differs from file to file. */
static char *reason_of(const char *problem)
{
    g_autofree char *text = g_strdup(problem);
    char *detail = strstr(text, " (");
    if (detail)
        *detail = '\0';
    return g_strdup(text[0] ? text : "for an unknown reason");
}

json_t *numbers_unbuilt(const json_t *documents)
{
    json_t *groups = json_array();
    g_autoptr(GHashTable) by_reason = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    size_t i;
    json_t *document;
    json_array_foreach(documents, i, document)
    {
        const json_t *lab = json_array_get(json_object_get(document, "labs"), 0);
        const json_t *built = json_object_get(lab, "build");
        if (json_is_true(json_object_get(built, "ok")))
            continue;
        g_autofree char *reason = reason_of(text_at(built, "problem"));
        json_t *group = g_hash_table_lookup(by_reason, reason);
        if (!group) {
            group = json_pack("{s:s, s:i, s:[]}", "reason", reason, "count", 0, "students");
            json_array_append_new(groups, group);
            g_hash_table_insert(by_reason, g_strdup(reason), group);
        }
        const char *name = text_at(json_object_get(document, "student"), "name");
        add_to(group, "count", 1);
        json_array_append_new(
            json_object_get(group, "students"),
            json_pack("{s:s, s:s}", "who", name[0] ? name : text_at(document, "id"), "id", text_at(document, "id")));
    }
    return sorted(groups, "count", 0);
}
