// SPDX-License-Identifier: MIT
/*
 * jobs.c - what heaplab check checks (check.h).
 */
#include "staff/check/check.h"

#include <stdlib.h>
#include <string.h>

/* How often verdicts are looked for again; and, of the chaff that this process checks: may its lab's code start
 * processes, and is it one of the sample that is judged once more? */
static unsigned wanted_times;
static bool starts_processes;
static bool is_sampled;

enum { TOTAL_POINTS = 100 };

/* --- rubric --- */

static bool has_string(const json_t *list, const char *text)
{
    size_t i;
    json_t *string;
    json_array_foreach(list, i, string) if (strcmp(json_string_value(string), text) == 0) return true;
    return false;
}

static bool has_item(const struct rubric *rubric, const char *name)
{
    for (guint i = 0; i < rubric->items->len; i++)
        if (strcmp(((const struct item *)rubric->items->pdata[i])->name, name) == 0)
            return true;
    return false;
}

/* Does the lab's handout have a section with this id? */
static bool has_section(const char *handout, const char *section)
{
    g_autofree char *id = g_strdup_printf("{#%s", section);
    for (const char *found = handout; (found = strstr(found, id)) != NULL; found++)
        if (strchr(" }", found[strlen(id)]))
            return true;
    return false;
}

/* The place of a test's code decides whether a release shows it; the rubric must agree. */
static void check_visibility(const struct rubric *rubric, const struct item *item, const json_t *hidden,
                             GString *findings)
{
    bool visible = strcmp(item->visibility, "visible") == 0;
    if (item->kind != ITEM_TEST)
        return;
    if (visible && has_string(hidden, item->name))
        find(findings, "%s is in hidden/, but its visibility is not hidden or after_due_date", item->name);
    if (!visible && !has_string(hidden, item->name))
        find(findings, "%s is not visible, but its code is not in hidden/: a release would show it", item->name);
    for (guint i = 0; visible && item->needs[i]; i++)
        if (strcmp(rubric_item(rubric, item->needs[i])->visibility, "visible") != 0)
            find(findings, "%s needs %s, which is not visible: a release could not run it", item->name, item->needs[i]);
}

static void check_item(const struct item *item, const json_t *tests, const char *handout, GString *findings)
{
    if (item->kind == ITEM_TEST && !has_string(tests, item->name))
        find(findings, "section [test %s] has no test of that name", item->name);
    if (item->kind == ITEM_TEST && (!item->question || !item->hint))
        find(findings, "[test %s] has no question or no hint", item->name);
    if (!item->handout)
        find(findings, "%s names no handout section", item->name);
    else if (!has_section(handout, item->handout))
        find(findings, "%s: the handout has no section {#%s}", item->name, item->handout);
}

/* In an imported lab each section is a test. */
static json_t *named_items(const struct rubric *rubric)
{
    json_t *names = json_array();
    for (guint i = 0; i < rubric->items->len; i++)
        json_array_append_new(names, json_string(((const struct item *)rubric->items->pdata[i])->name));
    return names;
}

void check_rubric(const struct job *job, GString *findings)
{
    char *mistake = NULL;
    struct rubric *rubric = rubric_read(job->lab, &mistake);
    if (!rubric) {
        find(findings, "%s", mistake);
        g_free(mistake);
        return;
    }
    g_autofree char *file = g_strconcat(job->lab, ".md", NULL);
    g_autofree char *path = kit_path("handouts", file, NULL);
    g_autofree char *handout = NULL;
    if (!g_file_get_contents(path, &handout, NULL, NULL))
        handout = g_strdup("");
    json_t *tests = rubric->judged_as ? named_items(rubric) : judge_tests(job->lab, false);
    json_t *hidden = rubric->judged_as ? json_array() : judge_tests(job->lab, true);
    int total = rubric_total(rubric);
    if (total != TOTAL_POINTS)
        find(findings, "the points total %d, not %d: %s %d elsewhere", total, TOTAL_POINTS,
             total > TOTAL_POINTS ? "take off" : "add", abs(total - TOTAL_POINTS));
    for (guint i = 0; i < rubric->items->len; i++) {
        check_item(rubric->items->pdata[i], tests, handout, findings);
        check_visibility(rubric, rubric->items->pdata[i], hidden, findings);
    }
    size_t i;
    json_t *test;
    json_array_foreach(tests, i, test) if (!has_item(rubric, json_string_value(test)))
        find(findings, "test %s has no section in the rubric", json_string_value(test));
    json_decref(tests);
    json_decref(hidden);
    rubric_free(rubric);
}

/* --- grades --- */

/* Grades FOLDER without coverage. The caller owns the result. */
static json_t *grade_folder(const char *lab, const char *folder)
{
    struct grade_plan plan = {.from = folder};
    return grade_lab(lab, &plan);
}

static void expect_clean(const json_t *result, GString *findings)
{
    const json_t *built = json_object_get(result, "build");
    const char *problem = json_string_value(json_object_get(built, "problem"));
    const char *diagnostics = json_string_value(json_object_get(built, "diagnostics"));
    if (problem)
        find(findings, "%s", problem);
    else if (diagnostics && diagnostics[0])
        find(findings, "compiles with warnings: %s", diagnostics);
}

/* Either each test must have earned its points, or none. */
static void expect_tests(const json_t *result, bool to_pass, GString *findings)
{
    size_t i;
    json_t *test;
    json_array_foreach(json_object_get(result, "tests"), i, test)
    {
        bool earned = json_integer_value(json_object_get(test, "points")) > 0;
        const char *message = json_string_value(json_object_get(test, "message"));
        if (earned != to_pass)
            find(findings, "%s: %s: %s", json_string_value(json_object_get(test, "name")),
                 json_string_value(json_object_get(test, "status")), message ? message : "");
    }
}

static void expect_score(const json_t *result, int expected, GString *findings)
{
    json_int_t points = json_integer_value(json_object_get(result, "score"));
    expect_clean(result, findings);
    if (points == expected)
        return;
    g_autofree char *own = json_dumps(json_object_get(result, "own_tests"), JSON_COMPACT | JSON_ENCODE_ANY);
    find(findings, "scores %d points, not %d (own tests: %s)", (int)points, expected, own);
    expect_tests(result, expected > 0, findings);
}

static void expect_derived(const struct job *job, const char *file, GString *findings)
{
    g_autofree char *solution = kit_path("solutions", job->lab, file, NULL);
    g_autofree char *stub = kit_path("labs", job->lab, file, NULL);
    const char *command[] = {"unifdef", "-x2", "-USOLUTION", solution, NULL};
    g_autofree char *derived = NULL;
    g_autofree char *is = NULL;
    if (run_command(command, &derived) != 0)
        find(findings, "unifdef cannot read solutions/%s/%s", job->lab, file);
    else if (!g_file_get_contents(stub, &is, NULL, NULL) || strcmp(is, derived) != 0)
        find(findings, "labs/%s/%s is not what unifdef derives from solutions/; run make stubs", job->lab, file);
}

static void expect_all_derived(const struct job *job, GString *findings)
{
    struct rubric *rubric = rubric_load(job->lab);
    for (guint i = 0; rubric->files[i]; i++)
        if (rubric_is_source(rubric->files[i]))
            expect_derived(job, rubric->files[i], findings);
    rubric_free(rubric);
}

/* A course's stub may be an allocator that works, and may have warnings. */
void check_imported_stub(const struct job *job, GString *findings)
{
    expect_all_derived(job, findings);
    g_autofree char *folder = kit_path("labs", job->lab, NULL);
    json_t *result = grade_folder(job->lab, folder);
    const char *problem = json_string_value(json_object_get(json_object_get(result, "build"), "problem"));
    if (problem)
        find(findings, "%s", problem);
    json_decref(result);
}

/* Each trace can be replayed: the baseline of the lab whose judge this one has does it. */
void check_imported_baseline(const struct job *job, GString *findings)
{
    struct rubric *rubric = rubric_load(job->lab);
    json_t *baseline = cost_baseline(rubric);
    size_t i;
    json_t *trace;
    json_array_foreach(json_object_get(baseline, "traces"), i, trace)
    {
        if (!json_is_true(json_object_get(trace, "valid")))
            find(findings, "the baseline fails on %s: %s", text_at(trace, "name"), text_at(trace, "message"));
    }
    json_decref(baseline);
    rubric_free(rubric);
}

void check_stub(const struct job *job, GString *findings)
{
    expect_all_derived(job, findings);
    g_autofree char *folder = kit_path("labs", job->lab, NULL);
    json_t *result = grade_folder(job->lab, folder);
    expect_score(result, 0, findings);
    json_decref(result);
}

void check_reference(const struct job *job, GString *findings)
{
    g_autofree char *folder = kit_path("build", "reference", job->lab, NULL);
    json_t *result = grade_folder(job->lab, folder);
    expect_score(result, TOTAL_POINTS, findings);
    json_decref(result);
}

/* The names of all tests: a wheat earns their points whatever its design. */
static GStrv tests_of(const struct rubric *rubric)
{
    g_autoptr(GStrvBuilder) names = g_strv_builder_new();
    for (guint i = 0; i < rubric->items->len; i++) {
        const struct item *item = rubric->items->pdata[i];
        if (item->kind == ITEM_TEST)
            g_strv_builder_add(names, item->name);
    }
    return g_strv_builder_end(names);
}

/* Grades a wheat's files, with the reference's where it has none. Only the tests matter here: a wheat's answers and own
 * tests are the reference's, and its design may be slow and wasteful. */
void check_wheat(const struct job *job, GString *findings)
{
    struct rubric *rubric = rubric_load(job->lab);
    g_autofree char *reference = kit_path("build", "reference", job->lab, NULL);
    g_autofree char *folder = files_make_temporary();
    copy_files(rubric, job->subject, folder);
    copy_files(rubric, reference, folder);
    g_auto(GStrv) tests = tests_of(rubric);
    rubric_free(rubric);
    struct grade_plan plan = {.from = folder, .only = tests};
    json_t *result = grade_lab(job->lab, &plan);
    expect_clean(result, findings);
    expect_tests(result, true, findings);
    json_decref(result);
}

static const char *status_of(const json_t *result, const char *name)
{
    size_t i;
    json_t *test;
    json_array_foreach(json_object_get(result, "tests"), i,
                       test) if (strcmp(json_string_value(json_object_get(test, "name")), name) ==
                                 0) return json_string_value(json_object_get(test, "status"));
    return "unknown";
}

/* A chaff may lose points for utilization or cost instead of in a test. */
static bool is_contest(const char *name)
{
    return strcmp(name, "utilization") == 0 || strcmp(name, "cost") == 0;
}

static void expect_contest_loss(const json_t *result, const struct chaff *chaff, const char *name, GString *findings)
{
    const json_t *cost = json_object_get(result, "cost");
    json_int_t points = json_integer_value(json_object_get(json_object_get(cost, "points"), name));
    json_int_t most = json_integer_value(json_object_get(json_object_get(cost, "max_points"), name));
    if (points >= most)
        find(findings, "should lose points for %s, but has %d of %d (%s)", name, (int)points, (int)most, chaff->what);
}

/* The tests to run for CHAFF: those that it names, plus all traces if it names utilization or cost. */
static GStrv tests_for(const struct rubric *rubric, const struct chaff *chaff, bool *count_cost)
{
    g_autoptr(GStrvBuilder) tests = g_strv_builder_new();
    *count_cost = false;
    for (guint i = 0; chaff->fails[i]; i++) {
        *count_cost = *count_cost || is_contest(chaff->fails[i]);
        g_strv_builder_add(tests, chaff->fails[i]);
    }
    for (guint i = 0; *count_cost && i < rubric->items->len; i++) {
        const struct item *item = rubric->items->pdata[i];
        if (g_str_has_prefix(item->name, "trace_"))
            g_strv_builder_add(tests, item->name);
    }
    return g_strv_builder_end(tests);
}

static void expect_failures(const json_t *result, const struct chaff *chaff, GString *findings)
{
    static const char *const failures[] = {"failed", "crashed", "timed_out", "misused", NULL};
    const char *problem = json_string_value(json_object_get(json_object_get(result, "build"), "problem"));
    if (problem)
        find(findings, "%s", problem);
    for (guint i = 0; chaff->fails[i] && !problem; i++) {
        if (is_contest(chaff->fails[i])) {
            expect_contest_loss(result, chaff, chaff->fails[i], findings);
            continue;
        }
        const char *status = status_of(result, chaff->fails[i]);
        if (!g_strv_contains(failures, status))
            find(findings, "should fail %s, which is %s (%s)", chaff->fails[i], status, chaff->what);
    }
}

/* --- the story that a student reads first --- */

/* All that a student reads about TEST, with single spaces. */
static char *told_of(const json_t *test)
{
    static const char *const keys[] = {"message", "expected", "found", "where", "written"};
    g_autoptr(GString) told = g_string_new(NULL);
    size_t i;
    json_t *line;
    json_array_foreach(json_object_get(test, "story"), i, line)
        g_string_append_printf(told, "%s ", json_string_value(line));
    for (i = 0; i < G_N_ELEMENTS(keys); i++)
        g_string_append_printf(told, "%s ", text_at(test, keys[i]));
    g_string_append(told, text_at(json_object_get(test, "hint"), "question"));
    return contract_normalised(told->str);
}

/* Runs all tests up to the first that fails, as a student's screen shows them. */
static void expect_story(const struct job *job, const char *folder, const struct chaff *chaff, GString *findings)
{
    struct grade_plan plan = {.from = folder, .first_failure = true};
    json_t *result = grade_lab(job->lab, &plan);
    const json_t *test = first_wrong_test(result);
    const char *name = test ? text_at(test, "name") : "none";
    g_autofree char *told = told_of(test);
    if (strcmp(name, chaff->told) != 0)
        find(findings, "the first test to fail should be %s, not %s (%s): %s", chaff->told, name, chaff->what, told);
    for (guint i = 0; chaff->story[i] && strcmp(name, chaff->told) == 0; i++)
        if (!strstr(told, chaff->story[i]))
            find(findings, "the story should say \"%s\" (%s): %s", chaff->story[i], chaff->what, told);
    json_decref(result);
}

/* --- judged more than once --- */

void check_times(unsigned times)
{
    wanted_times = times;
}

static bool has_status(const json_t *verdicts, const char *status)
{
    size_t i;
    json_t *verdict;
    json_array_foreach(verdicts, i, verdict) if (strcmp(text_at(verdict, "status"), status) == 0) return true;
    return false;
}

static bool any_under_memcheck(const json_t *verdicts)
{
    size_t i;
    json_t *verdict;
    json_array_foreach(verdicts, i, verdict) if (json_is_true(json_object_get(verdict, "memcheck"))) return true;
    return false;
}

/* A call that hangs takes a second each time, and so does valgrind; so of those only a sample is judged twice. */
static unsigned times_more(const json_t *verdicts)
{
    bool hangs = has_status(verdicts, "timed_out");
    if (wanted_times == 0)
        return is_sampled || !(hangs || any_under_memcheck(verdicts));
    bool goes_wrong_oddly =
        starts_processes || hangs || has_status(verdicts, "crashed") || has_status(verdicts, "misused");
    return goes_wrong_oddly ? wanted_times - 1 : 1;
}

static void prepare_times(const struct job *job, const struct rubric *rubric)
{
    enum { SAMPLE = 5 };
    g_autofree char *name = g_path_get_basename(job->subject);
    is_sampled = g_str_hash(name) % SAMPLE == 0;
    starts_processes = g_strv_contains((const char *const *)rubric->watch, "fork");
}

void check_chaff(const struct job *job, GString *findings)
{
    struct chaff chaff;
    if (!chaff_read(job->subject, &chaff, findings))
        return;
    g_autofree char *folder = chaff_apply(job->lab, job->subject, findings);
    if (folder) {
        struct rubric *rubric = rubric_load(job->lab);
        bool count_cost;
        g_auto(GStrv) tests = tests_for(rubric, &chaff, &count_cost);
        g_auto(GStrv) all = tests_of(rubric);
        prepare_times(job, rubric);
        rubric_free(rubric);
        struct grade_plan plan = {.from = folder,
                                  .only = wanted_times ? all : tests,
                                  .count_cost = count_cost,
                                  .again = times_more,
                                  .differences = findings};
        json_t *result = grade_lab(job->lab, &plan);
        expect_failures(result, &chaff, findings);
        json_decref(result);
        if (chaff.told)
            expect_story(job, folder, &chaff, findings);
    }
    chaff_clear(&chaff);
}
