// SPDX-License-Identifier: MIT
/*
 * watch.c - heaplab watch: grades a lab again whenever one of its files is saved (desk.h).
 *
 * On a terminal the result stays on one screen and keys control what it shows; into a pipe each result is printed in
 * full.
 */
#include "desk/watch/watch.h"
#include "report/report.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

static struct {
    const char *lab;
    const struct grade_plan *plan;
    bool screen;        /* on a terminal, with keys */
    bool for_editors;   /* problems as lines */
    json_t *result;     /* the last one; NULL before the first */
    GHashTable *passed; /* names of the tests that passed in it */
    char *news;         /* what changed with it */
    guint which;        /* the failing test that is shown, from 0 */
} state;

/* --- what changed --- */

static GHashTable *passed_tests(const json_t *result)
{
    GHashTable *passed = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    size_t i;
    json_t *test;
    json_array_foreach(json_object_get(result, "tests"), i, test)
    {
        if (test_passed(test))
            g_hash_table_add(passed, g_strdup(text_at(test, "name")));
    }
    return passed;
}

/* Adds "gained: a, b" for the tests in AFTER that are not in BEFORE; names at most a few. */
static void add_new(GString *news, const char *verb, GHashTable *before, GHashTable *after)
{
    enum { NAMED = 4 };
    guint found = 0;
    g_autoptr(GList) names = g_list_sort(g_hash_table_get_keys(after), (GCompareFunc)strcmp);
    for (const GList *name = names; name; name = name->next) {
        if (g_hash_table_contains(before, name->data))
            continue;
        if (found < NAMED)
            g_string_append_printf(news, "%s%s", found ? ", " : verb, (const char *)name->data);
        found++;
    }
    if (found > NAMED)
        g_string_append_printf(news, " and %u more", found - NAMED);
    if (found > 0)
        g_string_append(news, ". ");
}

static char *news_between(GHashTable *before, GHashTable *after)
{
    GString *news = g_string_new(NULL);
    if (before) {
        add_new(news, "Gained: ", before, after);
        add_new(news, "Lost: ", after, before);
        if (news->len == 0)
            g_string_append(news, "No test gained or lost. ");
    }
    return g_string_free(news, FALSE);
}

/* --- showing --- */

static void show(const char *doing)
{
    g_autofree char *text = terminal_screen(state.result, state.news, state.which);
    guint failing = terminal_failing(state.result);
    g_autofree char *next = failing > 1 ? g_strdup_printf("n next of %u   ", failing) : g_strdup("");
    g_autofree char *foot = g_strdup_printf("  h hint   %sr again   q quit   %s", next, doing);
    screen_show(text, foot);
}

static const char watching[] = "(watching your files)";

static void print_plain(void)
{
    json_t *document = grade_document(state.plan->from, json_pack("[O]", state.result));
    g_autofree char *text = report("terminal", document);
    fputs(text, stdout);
    if (state.for_editors) {
        g_autofree char *lines = problems(state.plan->from, state.result);
        fputs(lines, stdout);
    }
    if (state.news[0])
        printf("  Since the last save. %s\n", state.news);
    printf("  Watching; save a file to grade again, or press Ctrl-C to end.\n");
    fflush(stdout);
    json_decref(document);
}

/* Takes ownership of RESULT and shows it from now on. */
static void take_result(json_t *result)
{
    json_decref(state.result);
    state.result = result;
    state.which = 0;
    terminal.hint_steps = 1;
}

static void show_early(const json_t *result)
{
    g_autoptr(GHashTable) passed = passed_tests(result);
    g_free(state.news);
    state.news = news_between(state.passed, passed);
    take_result(json_deep_copy(result));
    show("(your own tests are running ...)");
}

static void grade_again(void)
{
    if (state.screen && state.result)
        show("(grading ...)");
    if (state.for_editors) {
        puts("  Grading ...");
        fflush(stdout);
    }
    struct grade_plan plan = *state.plan;
    plan.early = state.screen ? show_early : NULL;
    plan.coverage = !state.screen; /* the screen does not show it */
    json_t *result = grade_lab(state.lab, &plan);
    GHashTable *passed = passed_tests(result);
    g_free(state.news);
    state.news = news_between(state.passed, passed);
    if (state.passed)
        g_hash_table_unref(state.passed);
    state.passed = passed;
    g_free(standing_note(state.plan->from, result));
    take_result(result);
    if (state.screen)
        show(watching);
    else
        print_plain();
}

/* --- keys --- */

/* Does what KEY says. False if KEY ends the program. */
static bool obey(char key)
{
    if (key == 'q')
        return false;
    if (key == 'r')
        grade_again();
    if (key == 'h')
        terminal.hint_steps++;
    if (key == 'n') {
        state.which++;
        terminal.hint_steps = 1;
    }
    show(watching);
    return true;
}

static bool obey_all(void)
{
    for (char key; (key = screen_key()) != 0;)
        if (!obey(key))
            return false;
    return true;
}

/* Waits for a save, a key or a change of size. False if the key ends the program. */
static bool attend(struct saves *saves)
{
    struct pollfd ready[] = {{.fd = saves_descriptor(saves), .events = POLLIN},
                             {.fd = state.screen ? STDIN_FILENO : -1, .events = POLLIN}};
    int n = screen_wait(ready, G_N_ELEMENTS(ready));
    if (screen_resized()) {
        terminal_detect();
        show(watching);
    }
    if (n > 0 && (ready[0].revents & POLLIN) && saves_read(saves))
        grade_again();
    if (n > 0 && (ready[1].revents & POLLHUP)) /* the terminal is gone */
        return false;
    return !(n > 0 && ready[1].revents) || obey_all();
}

void watch(const char *lab, const struct grade_plan *plan, bool for_editors)
{
    struct rubric *rubric = rubric_load(lab);
    g_autofree char *inside = g_build_filename(plan->from, lab, NULL);
    struct saves *saves = saves_watch(g_file_test(inside, G_FILE_TEST_IS_DIR) ? inside : plan->from, rubric);
    state.lab = lab;
    state.plan = plan;
    state.for_editors = for_editors;
    state.screen = !for_editors && screen_open();
    if (state.screen)
        screen_show("", "  grading ...");
    grade_again();
    while (attend(saves))
        ;
    screen_close();
    g_autofree char *line = summary_line(state.result);
    fputs(line, stdout);
}
