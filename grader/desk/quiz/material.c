// SPDX-License-Identifier: MIT
/*
 * material.c - what questions are made from (quiz.h): the student's code, built once and run on tests and traces.
 */
#include "desk/quiz/quiz.h"

#include <string.h>

enum { MOST_RUNS = 7, MOST_TRIED = 12, MOST_OPERATIONS = 20, TRACES = 2, CHECKS = 2, SCHEDULES = 20 };

/* --- one run --- */

static void run_free(gpointer data)
{
    struct quiz_run *run = data;
    json_decref(run->data);
    g_ptr_array_unref(run->texts);
    g_array_unref(run->steps);
    g_array_unref(run->writes);
    g_array_unref(run->locks);
    g_free(run->test);
    g_free(run->trace);
    g_free(run);
}

/* "p2 = mm_malloc(40);" */
static char *traced_call(const json_t *data, size_t i)
{
    char kind = text_at(data, "kinds")[i];
    gint64 id = number_in(json_object_get(data, "ids"), i);
    gint64 size = number_in(json_object_get(data, "sizes"), i);
    if (kind == 'a')
        return g_strdup_printf("p%" G_GINT64_FORMAT " = mm_malloc(%" G_GINT64_FORMAT ");", id, size);
    if (kind == 'r')
        return g_strdup_printf("p%" G_GINT64_FORMAT " = mm_realloc(p%" G_GINT64_FORMAT ", %" G_GINT64_FORMAT ");", id,
                               id, size);
    return g_strdup_printf("mm_free(p%" G_GINT64_FORMAT ");", id);
}

/* A story's line says in a comment what came of the call. */
static char *without_result(const char *text)
{
    const char *comment = g_str_has_prefix(text, "/*") ? NULL : strstr(text, "/*");
    return g_strchomp(comment ? g_strndup(text, (gsize)(comment - text)) : g_strdup(text));
}

static void add_texts(struct quiz_run *run)
{
    size_t i;
    json_t *text;
    json_array_foreach(json_object_get(run->data, "texts"), i, text)
    {
        const char *line = json_string_value(text);
        g_ptr_array_add(run->texts, line[0] ? without_result(line) : traced_call(run->data, i));
    }
    bool has_threads = run->texts->len > 0 && g_str_has_prefix(run->texts->pdata[0], "thread ");
    run->operations = has_threads ? MIN(run->texts->len, (guint)MOST_OPERATIONS) : run->texts->len;
    run->first = run->operations > 0 && g_str_has_prefix(run->texts->pdata[0], "/* the heap before");
}

/* Sites of this run's places, as MATERIAL will number them. CODES: all so far. */
static GArray *add_codes(const json_t *data, GPtrArray *codes)
{
    GArray *sites = g_array_new(FALSE, FALSE, sizeof(guint));
    size_t i;
    json_t *code;
    json_array_foreach(json_object_get(data, "codes"), i, code)
    {
        guint site = 0;
        while (site < codes->len && strcmp(codes->pdata[site], json_string_value(code)) != 0)
            site++;
        if (site == codes->len)
            g_ptr_array_add(codes, g_strdup(json_string_value(code)));
        g_array_append_val(sites, site);
    }
    return sites;
}

static void add_steps(struct quiz_run *run, const GArray *sites)
{
    size_t i;
    json_t *entry;
    json_array_foreach(json_object_get(run->data, "steps"), i, entry)
    {
        json_int_t place = number_in(entry, 1);
        if (place < 0)
            continue;
        struct step step = {(guint)number_in(entry, 0), g_array_index(sites, guint, (guint)place)};
        if (step.operation < run->operations)
            g_array_append_val(run->steps, step);
    }
}

static void add_writes(struct quiz_run *run, const GArray *sites)
{
    size_t i;
    json_t *entry;
    json_array_foreach(json_object_get(run->data, "stores"), i, entry)
    {
        json_int_t place = number_in(entry, 1);
        const char *data = json_string_value(json_array_get(entry, 4));
        struct write write = {(guint)number_in(entry, 0),
                              place < 0 ? -1 : (int)g_array_index(sites, guint, (guint)place), number_in(entry, 2),
                              number_in(entry, 3), data ? data : ""};
        if (write.operation < run->operations)
            g_array_append_val(run->writes, write);
    }
}

static void add_locks(struct quiz_run *run, const GArray *sites)
{
    size_t i;
    json_t *entry;
    json_array_foreach(json_object_get(run->data, "locks"), i, entry)
    {
        json_int_t place = number_in(entry, 1);
        if (place < 0 || number_in(entry, 0) >= run->operations)
            continue;
        struct lock_use use = {(guint)number_in(entry, 0), g_array_index(sites, guint, (guint)place),
                               (guint)number_in(entry, 2), (guint)number_in(entry, 4), number_in(entry, 3) == 1};
        g_array_append_val(run->locks, use);
    }
}

static struct quiz_run *run_of(json_t *data, GPtrArray *codes)
{
    struct quiz_run *run = g_new0(struct quiz_run, 1);
    run->data = data;
    run->texts = g_ptr_array_new_with_free_func(g_free);
    run->steps = g_array_new(FALSE, FALSE, sizeof(struct step));
    run->writes = g_array_new(FALSE, FALSE, sizeof(struct write));
    run->locks = g_array_new(FALSE, FALSE, sizeof(struct lock_use));
    add_texts(run);
    g_autoptr(GArray) sites = add_codes(data, codes);
    add_steps(run, sites);
    add_writes(run, sites);
    add_locks(run, sites);
    return run;
}

/* Short enough to be told, complete, and the student's code ran in it, one call after the other: of threads, whose
 * calls are told one by one, the first ones will do, but a fork may leave others in the middle of a call. A heap that a
 * test has laid out by itself can't be told in full: its links are not drawn. Nor can memory that a test refuses. */
static bool is_fit(const struct quiz_run *run)
{
    for (guint i = 0; i < run->texts->len; i++)
        if (strstr(run->texts->pdata[i], "fork("))
            return false;
    return run->first == 0 && run->operations > 0 && run->operations <= MOST_OPERATIONS && run->steps->len > 0 &&
           number_at(run->data, "lost") == 0 && number_at(run->data, "refused") == 0;
}

/* Such a test lays heaps out, damages them, and calls the lab's heap checker (kinds/check.c). */
static bool is_check(const char *test)
{
    return g_str_has_prefix(test, "check_finds_");
}

/* --- running --- */

struct outcome outcome_of(const struct material *material, const char *test, const char *trace)
{
    const struct submission *submission = material->submission;
    g_autofree char *file = trace ? submission_path(submission, "quiz.rep") : NULL;
    g_autofree char *path = NULL;
    struct outcome outcome = {.data = json_object()};
    if (file)
        files_write_anew(file, trace);
    json_t *verdicts = grade_built_timeline(submission, &material->one_run, test ? test : "replay_0", file, &path);
    outcome.verdict = json_incref(json_array_get(verdicts, 0));
    json_decref(verdicts);
    if (timeline_read(path, outcome.data))
        return outcome;
    json_decref(outcome.data);
    outcome.data = NULL;
    return outcome;
}

void outcome_free(gpointer data)
{
    struct outcome *outcome = data;
    json_decref(outcome->data);
    json_decref(outcome->verdict);
    g_free(outcome);
}

struct outcome outcome_known(const struct material *material, const char *key,
                             struct outcome (*find)(const struct material *material, gconstpointer what),
                             gconstpointer what)
{
    struct outcome *known = g_hash_table_lookup(material->known, key);
    if (!known) {
        known = g_new0(struct outcome, 1);
        *known = find(material, what);
        g_hash_table_insert(material->known, g_strdup(key), known);
    }
    return (struct outcome){json_incref(known->data), json_incref(known->verdict)};
}

char *outcome_key(const struct material *material, const char *test, const char *trace)
{
    return g_strdup_printf("%u %s %s", material->one_run.in_turn, test ? test : "", trace ? trace : "");
}

/* What add_run wants to know. */
struct wanted_run {
    const char *test, *trace;
};

static struct outcome find_outcome(const struct material *material, gconstpointer what)
{
    const struct wanted_run *wanted = what;
    return outcome_of(material, wanted->test, wanted->trace);
}

/* Questions about code that fails would be questions about the failure. */
static void demand_passed(const struct material *material, const char *test, const json_t *verdict)
{
    if (strcmp(text_at(verdict, "status"), "passed") == 0)
        return;
    die_unusable("no questions yet: %s%s does not pass. Questions are about code that works: see what heaplab grade "
                 "--lab %s says first",
                 test ? "the test " : "a made-up trace", test ? test : "", material->rubric->number);
}

static void add_run(struct material *material, GPtrArray *codes, const char *test, const char *trace)
{
    const struct wanted_run wanted = {test, trace};
    g_autofree char *key = outcome_key(material, test, trace);
    struct outcome outcome = outcome_known(material, key, find_outcome, &wanted);
    demand_passed(material, test, outcome.verdict);
    json_decref(outcome.verdict);
    if (!outcome.data)
        return;
    struct quiz_run *run = run_of(outcome.data, codes);
    run->test = g_strdup(test);
    run->trace = g_strdup(trace);
    run->in_turn = material->one_run.in_turn;
    bool checks = test && is_check(test);
    if (checks ? run->steps->len > 0 : is_fit(run))
        g_ptr_array_add(checks ? material->checks : material->runs, run);
    else
        run_free(run);
}

/* Tests that students may see and whose stories may be short: of the heap checker, or of anything else. */
static GPtrArray *tests_by_chance(const struct material *material, bool checks, struct draw *draw)
{
    GPtrArray *names = g_ptr_array_new();
    for (guint i = 0; i < material->rubric->items->len; i++) {
        const struct item *item = material->rubric->items->pdata[i];
        bool long_one = g_regex_match_simple("memcheck|long|trace|random|many|huge|limits|program|guard|overrun|"
                                             "underrun|damage|crowd|fork|refused|again_for|"
                                             "out_of_memory",
                                             item->name, 0, 0);
        if (item->kind == ITEM_TEST && item_is_shown(item) && !item->types && !long_one &&
            is_check(item->name) == checks)
            g_ptr_array_add(names, item->name);
    }
    draw_shuffle(draw, names);
    return names;
}

static void run_all(struct material *material, struct draw *draw, GPtrArray *codes)
{
    g_autoptr(GPtrArray) tests = tests_by_chance(material, false, draw);
    g_autoptr(GPtrArray) checks = tests_by_chance(material, true, draw);
    for (guint i = 0; code_has(material->rubric, "mm_malloc") && i < TRACES; i++) {
        g_autofree char *trace = traces_make(draw, i > 0, code_has(material->rubric, "mm_realloc"));
        add_run(material, codes, NULL, trace);
    }
    guint wanted = material->runs->len > 0 ? material->runs->len + 2 : MOST_RUNS;
    for (guint i = 0; i < tests->len && i < MOST_TRIED && material->runs->len < wanted; i++)
        add_run(material, codes, tests->pdata[i], NULL);
    for (guint i = 0; i < MIN(checks->len, CHECKS); i++)
        add_run(material, codes, checks->pdata[i], NULL);
}

static void mark_stepped(const struct material *material, const struct quiz_run *run)
{
    for (guint i = 0; i < run->steps->len; i++) {
        struct site *site = material->sites->pdata[g_array_index(run->steps, struct step, i).site];
        site->stepped = true;
    }
}

/* A line that several steps start on is not run as often as they are; how often one runs where none starts is not
 * known.
 */
static void mark_shared_lines(const struct material *material)
{
    for (guint i = 0; i < material->runs->len; i++)
        mark_stepped(material, material->runs->pdata[i]);
    for (guint i = 0; i < material->sites->len; i++) {
        struct site *site = material->sites->pdata[i];
        bool alone = site->stepped && site->begins;
        for (guint k = 0; k < material->sites->len && alone; k++) {
            const struct site *other = material->sites->pdata[k];
            alone = i == k || !sites_same_line(site, other) || !other->stepped || !other->begins;
        }
        site->simple = site->simple && alone;
    }
}

struct material *material_new(const char *lab, const struct grade_plan *plan)
{
    struct material *material = g_new0(struct material, 1);
    material->rubric = rubric_load(lab);
    g_autofree char *threads = kit_path("labs", material->rubric->lab, "threads.h", NULL);
    material->has_threads = g_file_test(threads, G_FILE_TEST_EXISTS);
    material->one_run = *plan;
    material->one_run.operations = MOST_OPERATIONS + 1;
    material->submission = grade_take_for_steps(material->rubric, plan);
    if (material->submission->problem)
        die_unusable("no questions about this: %s", material->submission->problem);
    material->sites = g_ptr_array_new_with_free_func(site_free);
    material->runs = g_ptr_array_new_with_free_func(run_free);
    material->checks = g_ptr_array_new_with_free_func(run_free);
    material->builds = g_new0(guint, 1);
    material->known = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, outcome_free);
    material->sources = sources_of(material->submission);
    g_autofree char *text = json_dumps(material->sources, JSON_SORT_KEYS);
    material->about = g_compute_checksum_for_string(G_CHECKSUM_SHA256, text, -1);
    return material;
}

void material_collect(struct material *material, struct draw *draw)
{
    g_autoptr(GPtrArray) codes = g_ptr_array_new_with_free_func(g_free);
    if (!material->is_built)
        grade_build_on_base(material->submission, &material->one_run);
    material->is_built = true;
    if (material->has_threads)
        material->one_run.in_turn = 1 + draw_below(draw, SCHEDULES);
    g_ptr_array_set_size(material->runs, 0);
    g_ptr_array_set_size(material->checks, 0);
    g_ptr_array_set_size(material->sites, 0);
    run_all(material, draw, codes);
    sites_make(material, codes);
    mark_shared_lines(material);
}

void material_free(struct material *material)
{
    g_ptr_array_unref(material->runs);
    g_ptr_array_unref(material->checks);
    g_hash_table_unref(material->known);
    g_free(material->builds);
    g_free(material->about);
    g_ptr_array_unref(material->sites);
    json_decref(material->sources);
    submission_free(material->submission);
    rubric_free(material->rubric);
    g_free(material);
}

bool material_layout_is_given(const struct material *material)
{
    return code_has(material->rubric, "mm_header") || material->has_threads;
}

guint run_times(const struct material *material, const struct quiz_run *run, guint site, guint operation)
{
    guint times = 0;
    for (guint i = 0; i < run->steps->len; i++) {
        const struct step *step = &g_array_index(run->steps, struct step, i);
        const struct site *there = material->sites->pdata[step->site];
        times += step->operation == operation && there->begins &&
                 (step->site == site || sites_same_line(there, material->sites->pdata[site]));
    }
    return times;
}
