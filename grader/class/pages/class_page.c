// SPDX-License-Identifier: MIT
/*
 * class_page.c - the class page (pages.h): parts/class.html, filled with what numbers.c counts. It shows hidden tests:
 * it is for staff.
 */
#include "class/pages/pages.h"
#include "report/report.h"

#include <string.h>

enum { HUNDRED = 100 };

static void move_value(json_t *view, const char *key, json_t *value)
{
    json_object_set_new(view, key, value);
}

/* --- plots --- */

static json_t *plot(const char *name, const GString *data)
{
    g_autofree char *svg = data->len > 0 ? plot_svg(name, data->str) : NULL;
    return svg ? json_string(svg) : json_null();
}

static json_t *histogram_plot(const json_t *bins)
{
    GString *data = g_string_new(NULL);
    size_t i;
    json_t *bin;
    json_array_foreach(bins, i, bin) g_string_append_printf(data, "%d-%d %d\n", (int)number_at(bin, "from"),
                                                            (int)number_at(bin, "to"), (int)number_at(bin, "count"));
    json_t *svg = plot("histogram", data);
    g_string_free(data, TRUE);
    return svg;
}

static double percent_at(const json_t *covered, const char *what)
{
    return json_number_value(json_object_get(json_object_get(covered, what), "percent"));
}

/* The place of OWN in the plot, as "coverage caught", in whole percent. */
static char *point_of(const json_t *own)
{
    const json_t *covered = json_object_get(own, "coverage");
    json_int_t chaffs = number_at(own, "chaffs");
    if (!json_is_object(covered) || chaffs == 0)
        return NULL;
    return g_strdup_printf("%.0f %d", (percent_at(covered, "lines") + percent_at(covered, "branches")) / 2,
                           (int)(number_at(own, "caught") * HUNDRED / chaffs));
}

/* The number of submissions at each point. */
static GHashTable *points_of(const json_t *documents)
{
    GHashTable *points = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    size_t i, k;
    json_t *document, *lab;
    json_array_foreach(documents, i, document) json_array_foreach(json_object_get(document, "labs"), k, lab)
    {
        char *point = point_of(json_object_get(lab, "own_tests"));
        if (point)
            g_hash_table_insert(points, point,
                                GUINT_TO_POINTER(GPOINTER_TO_UINT(g_hash_table_lookup(points, point)) + 1));
    }
    return points;
}

static gint by_text(gconstpointer a, gconstpointer b)
{
    return strcmp(a, b);
}

static json_t *own_tests_plot(const json_t *documents)
{
    g_autoptr(GHashTable) points = points_of(documents);
    g_autoptr(GList) keys = g_list_sort(g_hash_table_get_keys(points), by_text);
    GString *data = g_string_new(NULL);
    for (const GList *key = keys; key; key = key->next)
        g_string_append_printf(data, "%s %u\n", (const char *)key->data,
                               GPOINTER_TO_UINT(g_hash_table_lookup(points, key->data)));
    json_t *svg = plot("owntests", data);
    g_string_free(data, TRUE);
    return svg;
}

/* --- rows: one for each submission --- */

static json_t *percent_text(const json_t *covered, const char *what)
{
    if (!json_is_object(json_object_get(covered, what)))
        return json_null();
    g_autofree char *text = g_strdup_printf("%.0f%%", percent_at(covered, what));
    return json_string(text);
}

static const char *first_trouble(const json_t *lab)
{
    const json_t *built = json_object_get(lab, "build");
    size_t i;
    json_t *test;
    if (!json_is_true(json_object_get(built, "ok")))
        return text_at(built, "problem");
    json_array_foreach(json_object_get(lab, "tests"), i, test) if (!test_passed(test)) return text_at(test, "title");
    return "";
}

/* If a batch has several labs, shows the numbers of the first. */
static json_t *row_of(const json_t *document)
{
    const json_t *lab = json_array_get(json_object_get(document, "labs"), 0);
    const json_t *student = json_object_get(document, "student");
    const json_t *covered = json_object_get(lab, "coverage");
    const json_t *own = json_object_get(lab, "own_tests");
    const char *name = text_at(student, "name");
    json_int_t most = number_at(document, "max_score");
    const json_t *mark = json_object_get(document, "mark");
    json_int_t raw = number_at(document, "score");
    json_int_t score = json_is_object(mark) ? number_at(mark, "points") : raw;
    const char *number = text_at(student, "number")[0] ? text_at(student, "number") : text_at(student, "id");
    json_t *row = json_pack("{s:s, s:s, s:s, s:s, s:I, s:I, s:I, s:b, s:b, s:s}", "number", number, "section",
                            text_at(student, "section"), "who", name[0] ? name : text_at(document, "id"), "id",
                            text_at(document, "id"), "score", score, "max_score", most, "percent",
                            most > 0 ? score * HUNDRED / most : 0, "is_late", document_is_late(document), "differs",
                            raw != score, "trouble", first_trouble(lab));
    move_value(row, "raw", json_integer(raw));
    move_value(row, "lines", percent_text(covered, "lines"));
    move_value(row, "branches", percent_text(covered, "branches"));
    move_value(row, "own", json_is_object(own) ? json_integer(number_at(own, "points")) : json_null());
    move_value(row, "caught", json_is_object(own) ? json_integer(number_at(own, "caught")) : json_null());
    return row;
}

static json_t *rows(const json_t *documents)
{
    json_t *list = json_array();
    size_t i;
    json_t *document;
    json_array_foreach(documents, i, document) json_array_append_new(list, row_of(document));
    return list;
}

/* --- lists --- */

static json_t *suspicions(const char *dir, const json_t *documents)
{
    json_t *list = json_array();
    size_t i;
    json_t *document;
    json_array_foreach(documents, i, document)
    {
        const char *hidden = text_at(document, "files_id");
        g_autofree char *sources = g_build_filename(dir, "files", hidden[0] ? hidden : text_at(document, "id"), NULL);
        json_t *found = suspicious_find(document, sources);
        if (json_array_size(found) > 0) {
            json_t *row = row_of(document);
            json_object_set(row, "reasons", found);
            json_array_append_new(list, row);
        }
        json_decref(found);
    }
    return list;
}

/* Is faults/NAME about a submission that has no result? What Slurm's tasks print lies there as well. */
static bool is_about_fault(const char *dir, const char *name)
{
    g_autofree char *id = g_strndup(name, strlen(name) - strlen(".txt"));
    return !g_str_has_prefix(name, "slurm-") && !result_exists(dir, id);
}

/* Submissions without a result, because of a fault in the grader: what DIR/faults says. A killed batch leaves empty
 * files there. */
static json_t *faults(const char *dir)
{
    enum { MOST_BYTES = 4096 };
    json_t *list = json_array();
    g_autofree char *folder = g_build_filename(dir, "faults", NULL);
    g_autoptr(GPtrArray) names = files_names(folder, ".txt");
    for (guint i = 0; i < names->len; i++) {
        const char *name = names->pdata[i];
        g_autofree char *path = g_build_filename(folder, name, NULL);
        g_autofree char *text = files_read_text(path, MOST_BYTES);
        g_autofree char *clean = text_clean(name, strlen(name));
        if (g_strstrip(text)[0] && is_about_fault(dir, name))
            json_array_append_new(list, json_pack("{s:s, s:s}", "file", clean, "text", text));
    }
    return list;
}

/* --- the page --- */

static void add_similar(json_t *view, const json_t *similar)
{
    json_t *pairs = json_deep_copy(json_object_get(similar, "pairs"));
    size_t i;
    json_t *pair;
    json_array_foreach(pairs, i, pair)
    {
        g_autofree char *page = similarity_page_name(pair);
        json_object_set_new(pair, "page", json_string(page));
        json_object_set_new(pair, "own", json_boolean(strcmp(text_at(pair, "part"), "own tests") == 0));
    }
    move_value(view, "pairs", pairs);
    json_object_set(view, "least_percent", json_object_get(similar, "least_percent"));
}

static void add_over_time(json_t *view, const char *dir, const json_t *documents)
{
    json_t *hand_ins = over_time_read(dir, documents);
    json_t *days = over_time_days(hand_ins);
    json_t *rounds = over_time_rounds(hand_ins);
    bool has_days = json_array_size(days) > 0;
    bool has_rounds = json_array_size(rounds) > 1;
    move_value(view, "days", days);
    move_value(view, "rounds", rounds);
    move_value(view, "has_days", json_boolean(has_days));
    move_value(view, "has_rounds", json_boolean(has_rounds));
    move_value(view, "timeless", json_boolean(!has_days && !has_rounds));
    json_decref(hand_ins);
}

/* The script that sorts and searches the table, and its hash, by which the page's policy allows it and no other. */
static void add_script(json_t *view)
{
    g_autofree char *path = kit_path("grader", "class", "pages", "parts", "class.js", NULL);
    g_autofree char *script = NULL;
    GError *error = NULL;
    if (!g_file_get_contents(path, &script, NULL, &error))
        die_fault("cannot read %s: %s", path, error->message);
    GChecksum *sum = g_checksum_new(G_CHECKSUM_SHA256);
    guint8 digest[32];
    gsize n = sizeof digest;
    g_checksum_update(sum, (const guchar *)script, (gssize)strlen(script));
    g_checksum_get_digest(sum, digest, &n);
    g_checksum_free(sum);
    g_autofree char *hash = g_base64_encode(digest, n);
    move_value(view, "script", json_string(script));
    move_value(view, "script_hash", json_string(hash));
}

/* Who has no result. */
static void add_absent(json_t *view, const json_t *absent)
{
    static const char *const lists[] = {"missing", "unsure", "pending"};
    json_object_set(view, "sure", json_object_get(absent, "sure"));
    for (guint i = 0; i < G_N_ELEMENTS(lists); i++) {
        const json_t *list = json_object_get(absent, lists[i]);
        g_autofree char *key = g_strconcat("has_", lists[i], NULL);
        json_object_set(view, lists[i], (json_t *)(uintptr_t)list);
        move_value(view, key, json_boolean(json_array_size(list) > 0));
    }
}

char *class_page(const char *dir, const json_t *documents, const json_t *absent, const json_t *similar)
{
    json_t *view = numbers_summary(documents);
    const json_t *first = json_array_get(json_object_get(json_array_get(documents, 0), "labs"), 0);
    json_object_set(view, "lab", json_object_get(first, "lab"));
    json_object_set(view, "title", json_object_get(first, "title"));
    json_object_set(view, "kit", json_object_get(json_array_get(documents, 0), "kit"));
    move_value(view, "histogram", numbers_histogram(documents));
    move_value(view, "histogram_plot", histogram_plot(json_object_get(view, "histogram")));
    move_value(view, "own_tests_plot", own_tests_plot(documents));
    move_value(view, "rows", rows(documents));
    move_value(view, "hardest", numbers_hardest(documents));
    move_value(view, "tests", numbers_tests(documents));
    move_value(view, "missed", numbers_missed(documents));
    move_value(view, "first_failures", numbers_first_failures(documents));
    move_value(view, "slowest", numbers_slowest(documents));
    move_value(view, "ended_badly", numbers_ended_badly(documents));
    move_value(view, "unbuilt_list", numbers_unbuilt(documents));
    add_absent(view, absent);
    add_over_time(view, dir, documents);
    add_script(view);
    move_value(view, "suspicious", suspicions(dir, documents));
    move_value(view, "faults", faults(dir));
    add_similar(view, similar);
    static const char *const lists[] = {"hardest", "first_failures", "missed"};
    for (guint i = 0; i < G_N_ELEMENTS(lists); i++) {
        g_autofree char *key = g_strconcat("has_", lists[i], NULL);
        move_value(view, key, json_boolean(json_array_size(json_object_get(view, lists[i])) > 0));
    }
    char *page = template_fill("class/pages/parts/class.html", view);
    json_decref(view);
    return page;
}
