// SPDX-License-Identifier: MIT
/*
 * similarity.c - submissions that resemble each other (pages.h), found by similarity-tester's sim_c, which compares
 * programs word by word, whatever names, layout and comments they have.
 *
 *     each submission's .c files but my_tests.c, one after the other  ->  0.c, 1.c, ...     the stub  ->  stub.c
 *     sim_c, in the tool sandbox, some submissions at a time          ->  runs of lines that are alike
 *     lines alike to the stub, or to many submissions                 ->  do not count
 *     a pair: lines alike, as a share of the lines that count
 *
 * The task itself makes solutions resemble each other; only a pair that shares LEAST_PERCENT is listed. What it means
 * is for people to say: it never touches a score.
 */
#include "class/pages/pages.h"
#include "report/report.h"
#include "sandbox/sandbox.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum {
    MOST_BYTES = 1 << 20,   /* of a submission */
    MOST_OUTPUT = 64 << 20, /* of sim_c */
    LEAST_PERCENT = 50,
    LEAST_LINES = 12, /* two solutions of a few lines are alike by chance */
    MOST_PAIRS = 50,
    COMMON_LEAST = 5,     /* what more submissions than this, */
    COMMON_SHARE = 2,     /* and more than one in so many have, is common */
    AT_A_TIME = 50,       /* so many are compared with all others within the time that a tool may take */
    MOST_EXHAUSTIVE = 400 /* in larger classes each piece of text is compared with its best match only */
};

/* One submission's text, or the stub's. */
struct text {
    char *id;
    guint lines;
    guint8 *counts; /* a line, from 1: 1 if it counts */
    guint *seen_in; /* a line: how many others have it */
    guint own;      /* how many lines count */
};

/* Lines FIRST to LAST of text A are alike to those of text B, which comes later or is the stub. Lines count from 1. */
struct run {
    int a, b;
    guint a_first, a_last, b_first, b_last;
};

enum { STUB = -1 };

struct comparison {
    char *work;
    GPtrArray *texts; /* struct text */
    GArray *runs;     /* struct run */
    bool failed;
};

/* --- the texts --- */

static struct text *text_of(const struct comparison *all, int number)
{
    return all->texts->pdata[number];
}

/* The .c files of FOLDER but my_tests.c, in order, as one text. */
static char *sources_of(const char *folder)
{
    g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(GDir) dir = g_dir_open(folder, 0, NULL);
    for (const char *name; dir && (name = g_dir_read_name(dir)) != NULL;)
        if (rubric_is_source(name))
            g_ptr_array_add(names, g_strdup(name));
    g_ptr_array_sort(names, compare_names);
    GString *text = g_string_new(NULL);
    for (guint i = 0; i < names->len; i++) {
        g_autofree char *path = g_build_filename(folder, names->pdata[i], NULL);
        g_autofree char *source = files_read_text(path, MOST_BYTES);
        g_string_append_printf(text, "%s%s", source, g_str_has_suffix(source, "\n") ? "" : "\n");
    }
    return g_string_free(text, FALSE);
}

static char *sources_of_submission(const char *dir, const char *id)
{
    g_autofree char *folder = g_build_filename(dir, "files", id, NULL);
    return sources_of(folder);
}

/* A line of blanks and brackets, or of a comment, says nothing. */
static bool says_something(const char *line)
{
    static const char *const comments[] = {"//", "/*", "* ", "*/"};
    const char *text = line + strspn(line, " \t");
    for (guint i = 0; i < G_N_ELEMENTS(comments); i++)
        if (g_str_has_prefix(text, comments[i]))
            return false;
    return strspn(text, " \t{}();") < strlen(text);
}

static struct text *new_text(const char *id, const char *source)
{
    g_auto(GStrv) lines = g_strsplit(source, "\n", -1);
    struct text *text = g_new0(struct text, 1);
    text->id = g_strdup(id);
    text->lines = g_strv_length(lines);
    text->counts = g_new0(guint8, text->lines + 1);
    text->seen_in = g_new0(guint, text->lines + 1);
    for (guint i = 0; i < text->lines; i++)
        text->counts[i + 1] = says_something(lines[i]);
    return text;
}

static void free_text(gpointer data)
{
    struct text *text = data;
    g_free(text->id);
    g_free(text->counts);
    g_free(text->seen_in);
    g_free(text);
}

static void put(const char *work, const char *name, const char *source)
{
    g_autofree char *path = g_build_filename(work, name, NULL);
    files_write_anew(path, source);
}

/* The folders' names in DIR/files, in order: the texts, also written to the work folder. */
static void gather_texts(struct comparison *all, const char *dir)
{
    g_autofree char *files = g_build_filename(dir, "files", NULL);
    g_autoptr(GPtrArray) ids = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(GDir) folder = g_dir_open(files, 0, NULL);
    for (const char *name; folder && (name = g_dir_read_name(folder)) != NULL;)
        g_ptr_array_add(ids, g_strdup(name));
    g_ptr_array_sort(ids, compare_names);
    for (guint i = 0; i < ids->len; i++) {
        g_autofree char *source = sources_of_submission(dir, ids->pdata[i]);
        g_autofree char *name = g_strdup_printf("%u.c", i);
        g_ptr_array_add(all->texts, new_text(ids->pdata[i], source));
        put(all->work, name, source);
    }
}

/* --- sim_c --- */

static int number_of(const char *name)
{
    return g_str_has_prefix(name, "stub") ? STUB : atoi(name);
}

/* A line of sim_c -n: "0.c: line 28-368   |3.c: line 28-368  [1757]". The names are ours. */
static void read_run(struct comparison *all, const char *line)
{
    char a[16], b[16];
    struct run run;
    if (sscanf(line, "%15[^:]: line %u-%u |%15[^:]: line %u-%u", a, &run.a_first, &run.a_last, b, &run.b_first,
               &run.b_last) != 6)
        return;
    run.a = number_of(a);
    run.b = number_of(b);
    if (run.b != STUB && run.a > run.b)
        run = (struct run){run.b, run.a, run.b_first, run.b_last, run.a_first, run.a_last};
    if (run.a != run.b)
        g_array_append_val(all->runs, run);
}

static void run_sim(struct comparison *all, GPtrArray *command)
{
    g_autofree char *path = g_build_filename(all->work, "output", NULL);
    int output = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
    struct tool_plan plan = {.work = all->work,
                             .command = (const char *const *)command->pdata,
                             .output = output,
                             .namespaces = sandbox_has_namespaces()};
    all->failed |= output < 0 || tool_run(&plan) != 0;
    if (output >= 0)
        close(output);
    g_autofree char *text = files_read_text(path, MOST_OUTPUT);
    g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
    for (guint i = 0; lines[i]; i++)
        read_run(all, lines[i]);
}

static GPtrArray *sim_command(const char *const *options)
{
    GPtrArray *command = g_ptr_array_new_with_free_func(g_free);
    g_ptr_array_add(command, g_strdup("sim_c"));
    for (; *options; options++)
        g_ptr_array_add(command, g_strdup(*options));
    return command;
}

/* Adds the files from FIRST on, up to BEHIND, but those that are too short to resemble any. */
static void add_files(const struct comparison *all, GPtrArray *command, guint first, guint behind)
{
    for (guint i = first; i < behind; i++)
        if (text_of(all, (int)i)->lines >= LEAST_LINES)
            g_ptr_array_add(command, g_strdup_printf("%u.c", i));
}

/* The submissions from FIRST on, up to BEHIND, against each other, the stub, and all that come after them. */
static void compare_some(struct comparison *all, guint first, guint behind, bool exhaustive)
{
    static const char *const options[] = {"-n", "-T", "-s", NULL};
    g_autoptr(GPtrArray) command = sim_command(options);
    if (exhaustive)
        g_ptr_array_add(command, g_strdup("-e"));
    add_files(all, command, first, behind);
    g_ptr_array_add(command, g_strdup("/"));
    g_ptr_array_add(command, g_strdup("stub.c"));
    add_files(all, command, behind, all->texts->len);
    g_ptr_array_add(command, NULL);
    run_sim(all, command);
}

static void compare(struct comparison *all)
{
    guint n = all->texts->len;
    if (n > MOST_EXHAUSTIVE)
        compare_some(all, 0, n, false);
    for (guint first = 0; n <= MOST_EXHAUSTIVE && first < n; first += AT_A_TIME)
        compare_some(all, first, MIN(first + AT_A_TIME, n), true);
}

/* --- what counts --- */

static void drop_lines(struct text *text, guint first, guint last)
{
    for (guint line = first; line <= last && line <= text->lines; line++)
        text->counts[line] = 0;
}

static void drop_stub(struct comparison *all)
{
    for (guint i = 0; i < all->runs->len; i++) {
        const struct run *run = &g_array_index(all->runs, struct run, i);
        if (run->b == STUB)
            drop_lines(text_of(all, run->a), run->a_first, run->a_last);
    }
}

static void see_lines(struct text *text, guint first, guint last)
{
    for (guint line = first; line <= last && line <= text->lines; line++)
        text->seen_in[line]++;
}

static void drop_common(struct comparison *all)
{
    guint most = MAX(COMMON_LEAST, all->texts->len / COMMON_SHARE);
    for (guint i = 0; i < all->runs->len; i++) {
        const struct run *run = &g_array_index(all->runs, struct run, i);
        if (run->b == STUB)
            continue;
        see_lines(text_of(all, run->a), run->a_first, run->a_last);
        see_lines(text_of(all, run->b), run->b_first, run->b_last);
    }
    for (guint i = 0; i < all->texts->len; i++) {
        struct text *text = all->texts->pdata[i];
        for (guint line = 1; line <= text->lines; line++) {
            if (text->seen_in[line] > most)
                text->counts[line] = 0;
            text->own += text->counts[line];
        }
    }
}

/* --- pairs --- */

static gint by_pair(gconstpointer left, gconstpointer right)
{
    const struct run *x = left;
    const struct run *y = right;
    if (x->a != y->a)
        return x->a < y->a ? -1 : 1;
    if (x->b != y->b)
        return x->b < y->b ? -1 : 1;
    return x->a_first < y->a_first ? -1 : x->a_first > y->a_first;
}

/* How many lines that count lie in the N runs of a pair, on one side. */
static guint alike(const struct text *text, const struct run *runs, guint n, bool side_a)
{
    g_autofree guint8 *hit = g_new0(guint8, text->lines + 1);
    guint sum = 0;
    for (guint i = 0; i < n; i++)
        for (guint line = side_a ? runs[i].a_first : runs[i].b_first;
             line <= (side_a ? runs[i].a_last : runs[i].b_last) && line <= text->lines; line++) {
            sum += text->counts[line] && !hit[line];
            hit[line] = 1;
        }
    return sum;
}

static json_t *runs_of(const struct run *runs, guint n)
{
    json_t *list = json_array();
    for (guint i = 0; i < n; i++)
        json_array_append_new(list, json_pack("{s:i, s:i, s:i, s:i, s:i}", "number", (int)i + 1, "a_first",
                                              (int)runs[i].a_first, "a_last", (int)runs[i].a_last, "b_first",
                                              (int)runs[i].b_first, "b_last", (int)runs[i].b_last));
    return list;
}

static void add_pair(const struct comparison *all, json_t *pairs, const struct run *runs, guint n)
{
    enum { HUNDRED = 100 };
    const struct text *a = text_of(all, runs->a);
    const struct text *b = text_of(all, runs->b);
    guint of_a = alike(a, runs, n, true);
    guint of_b = alike(b, runs, n, false);
    if (MIN(of_a, of_b) < LEAST_LINES)
        return;
    guint percent = (of_a + of_b) * HUNDRED / (a->own + b->own);
    if (percent >= LEAST_PERCENT)
        json_array_append_new(pairs, json_pack("{s:s, s:s, s:i, s:i, s:i, s:i, s:i, s:o}", "a", a->id, "b", b->id,
                                               "percent", (int)percent, "a_lines", (int)of_a, "a_own", (int)a->own,
                                               "b_lines", (int)of_b, "b_own", (int)b->own, "runs", runs_of(runs, n)));
}

static json_t *all_pairs(const struct comparison *all)
{
    json_t *pairs = json_array();
    g_array_sort(all->runs, by_pair);
    const struct run *runs = (const struct run *)(const void *)all->runs->data;
    for (guint i = 0, n; i < all->runs->len; i += n) {
        for (n = 1; i + n < all->runs->len && runs[i + n].a == runs[i].a && runs[i + n].b == runs[i].b;)
            n++;
        if (runs[i].b != STUB)
            add_pair(all, pairs, &runs[i], n);
    }
    return pairs;
}

static gint more_alike(gconstpointer a, gconstpointer b)
{
    json_int_t x = number_at(*(json_t *const *)a, "percent");
    json_int_t y = number_at(*(json_t *const *)b, "percent");
    return x < y ? 1 : x > y ? -1 : 0;
}

/* The most alike first; at most MOST_PAIRS. PAIRS is taken over. */
static json_t *ranked(json_t *pairs)
{
    g_autoptr(GPtrArray) order = g_ptr_array_new();
    size_t i;
    json_t *pair;
    json_array_foreach(pairs, i, pair) g_ptr_array_add(order, pair);
    g_ptr_array_sort(order, more_alike);
    json_t *best = json_array();
    for (guint k = 0; k < order->len && k < MOST_PAIRS; k++)
        json_array_append(best, order->pdata[k]);
    json_decref(pairs);
    return best;
}

json_t *similarity_find(const char *dir, const char *lab)
{
    g_autofree char *tool = g_find_program_in_path("sim_c");
    if (!tool)
        return json_pack("{s:b, s:[]}", "tool", false, "pairs");
    g_autofree char *stub_folder = kit_path("labs", lab, NULL);
    g_autofree char *stub = sources_of(stub_folder);
    g_autofree char *work = files_make_temporary();
    struct comparison all = {.work = work,
                             .texts = g_ptr_array_new_with_free_func(free_text),
                             .runs = g_array_new(FALSE, FALSE, sizeof(struct run))};
    put(work, "stub.c", stub);
    gather_texts(&all, dir);
    compare(&all);
    drop_stub(&all);
    drop_common(&all);
    json_t *pairs = ranked(all_pairs(&all));
    json_t *found = json_pack("{s:b, s:b, s:i, s:i, s:o}", "tool", true, "complete", !all.failed, "compared",
                              (int)all.texts->len, "least_percent", LEAST_PERCENT, "pairs", pairs);
    g_ptr_array_free(all.texts, TRUE);
    g_array_free(all.runs, TRUE);
    return found;
}

/* --- side by side --- */

/* The run of RUNS that LINE lies in, on the side of FIRST and LAST; NULL if in none. */
static const json_t *run_at(const json_t *runs, guint line, const char *first, const char *last)
{
    size_t i;
    json_t *run;
    json_array_foreach(runs, i, run) if (number_at(run, first) <= line && line <= number_at(run, last)) return run;
    return NULL;
}

/* One side as lines: {number, text, alike, starts}; "starts" is the run's number on its first line. */
static json_t *listing(const char *dir, const char *id, const json_t *runs, const char *first, const char *last)
{
    g_autofree char *source = sources_of_submission(dir, id);
    g_auto(GStrv) lines = g_strsplit(g_strchomp(source), "\n", -1);
    json_t *list = json_array();
    for (guint i = 0; lines[i]; i++) {
        const json_t *run = run_at(runs, i + 1, first, last);
        json_t *line = json_pack("{s:i, s:s, s:b}", "number", (int)i + 1, "text", lines[i], "alike", run != NULL);
        if (run && number_at(run, first) == i + 1)
            json_object_set(line, "starts", json_object_get(run, "number"));
        json_array_append_new(list, line);
    }
    return list;
}

char *similarity_page(const char *dir, const json_t *pair)
{
    const json_t *runs = json_object_get(pair, "runs");
    json_t *view = json_deep_copy(pair);
    json_object_set_new(view, "a_listing", listing(dir, text_at(pair, "a"), runs, "a_first", "a_last"));
    json_object_set_new(view, "b_listing", listing(dir, text_at(pair, "b"), runs, "b_first", "b_last"));
    char *page = template_fill("class/pages/parts/pair.html", view);
    json_decref(view);
    return page;
}
