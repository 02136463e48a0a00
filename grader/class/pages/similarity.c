// SPDX-License-Identifier: MIT
/*
 * similarity.c - submissions of a class that resemble each other (pages.h), compared token by token (class/similar).
 *
 *     each submission's .c files except my_tests.c, concatenated   ->  a row of tokens; my_tests.c is another row,
 *                                                                      compared with the others' my_tests.c
 *     what the row shares with the handed-out stub                 ->  does not count
 *     two rows that share enough fingerprints                      ->  a pair: the runs of tokens that they share,
 *                                                                      as a share of the tokens that count
 *
 * Solutions of one task always resemble each other, so a pair is listed only from LEAST_PERCENT on. What most of a
 * class has in common counts, too: it may be a leaked solution. People decide what a pair means: it never changes a
 * score.
 */
#include "class/pages/pages.h"
#include "class/similar/similar.h"
#include "report/report.h"

#include <string.h>

enum {
    MOST_BYTES = 1 << 20, /* of a submission */
    LEAST_PERCENT = 50,   /* of the tokens that count, to be listed */
    LEAST_SHARED = 20,    /* of the fingerprints, to be looked at */
    LEAST_TOKENS = 100,   /* shorter solutions are similar by chance */
    MOST_PAIRS = 50,
    HUNDRED = 100
};

/* What is compared: solutions, or own tests. */
enum matter { SOLUTION, OWN_TESTS };

/* One submission's text. */
struct text {
    char *id;
    char *folder; /* of its sources */
    GArray *tokens;
    GArray *prints;
    guint8 *counts; /* for each token: does it count? */
    guint own;      /* how many do */
};

/* --- the texts --- */

/* The files of FOLDER that end with SUFFIX and belong to PART, in order, as one text. */
static char *files_of(const char *folder, const char *suffix, enum matter part)
{
    g_autoptr(GPtrArray) names = files_names(folder, suffix);
    GString *text = g_string_new(NULL);
    for (guint i = 0; i < names->len; i++) {
        bool own = strcmp(names->pdata[i], "my_tests.c") == 0;
        if (own != (part == OWN_TESTS))
            continue;
        g_autofree char *path = g_build_filename(folder, names->pdata[i], NULL);
        g_autofree char *source = files_read_text(path, MOST_BYTES);
        g_string_append_printf(text, "%s%s", source, g_str_has_suffix(source, "\n") ? "" : "\n");
    }
    return g_string_free(text, FALSE);
}

static char *sources_of(const char *folder, enum matter part)
{
    return files_of(folder, ".c", part);
}

/* What TEXT shares with the stub no longer counts. */
static void drop_stub(struct text *text, const GArray *stub)
{
    g_autoptr(GArray) runs = runs_between(text->tokens, stub);
    for (guint i = 0; i < runs->len; i++) {
        const struct run *run = &g_array_index(runs, struct run, i);
        memset(text->counts + run->a, 0, run->length);
    }
    text->own = 0;
    for (guint i = 0; i < text->tokens->len; i++)
        text->own += text->counts[i];
}

/* What every text is compared with: the stub's tokens, fingerprints and functions. */
struct stub {
    enum matter part;
    GArray *tokens;
    GArray *prints;
    GHashTable *functions; /* names that a copy cannot change */
};

/* Adds to NAMES the functions that SOURCE calls or defines and whose names start with PREFIX. */
static void add_functions(GHashTable *names, const char *source, const char *prefix)
{
    g_autoptr(GHashTable) found = functions_in(source);
    GHashTableIter at;
    gpointer name;
    for (g_hash_table_iter_init(&at, found); g_hash_table_iter_next(&at, &name, NULL);)
        if (g_str_has_prefix(name, prefix))
            g_hash_table_add(names, g_strdup(name));
}

static struct text *new_text(const char *id, const char *folder, const struct stub *stub)
{
    struct text *text = g_new0(struct text, 1);
    g_autofree char *source = sources_of(folder, stub->part);
    if (stub->part == OWN_TESTS) /* Check's names, whichever of them a test uses */
        add_functions(stub->functions, source, "ck_");
    text->id = g_strdup(id);
    text->folder = g_strdup(folder);
    text->tokens = tokens_of(source, stub->functions);
    text->prints = fingerprints_of(text->tokens, stub->prints);
    text->counts = g_malloc(text->tokens->len + 1);
    memset(text->counts, 1, text->tokens->len + 1);
    drop_stub(text, stub->tokens);
    return text;
}

static void free_text(gpointer data)
{
    struct text *text = data;
    g_free(text->id);
    g_free(text->folder);
    g_array_unref(text->tokens);
    g_array_unref(text->prints);
    g_free(text->counts);
    g_free(text);
}

static struct stub read_stub(const char *lab, enum matter part)
{
    g_autofree char *folder = kit_path("labs", lab, NULL);
    g_autofree char *source = sources_of(folder, part);
    g_autofree char *headers = files_of(folder, ".h", SOLUTION);
    struct stub stub = {.part = part, .functions = functions_in(source)};
    if (part == OWN_TESTS)
        add_functions(stub.functions, headers, "");
    stub.tokens = tokens_of(source, stub.functions);
    stub.prints = fingerprints_of(stub.tokens, NULL);
    return stub;
}

static void free_stub(struct stub *stub)
{
    g_array_unref(stub->tokens);
    g_array_unref(stub->prints);
    g_hash_table_unref(stub->functions);
}

/* Adds the submissions in FOLDER, in order of their names, each id after PREFIX. */
static void add_texts(GPtrArray *texts, const char *folder, const char *prefix, const struct stub *stub)
{
    g_autoptr(GPtrArray) names = files_names(folder, "");
    for (guint i = 0; i < names->len; i++) {
        g_autofree char *path = g_build_filename(folder, names->pdata[i], NULL);
        g_autofree char *safe = name_safe(names->pdata[i]);
        g_autofree char *id = g_strconcat(prefix, prefix[0] ? safe : names->pdata[i], NULL);
        g_ptr_array_add(texts, new_text(id, path, stub));
    }
}

/* The submissions of the batch in DIR. */
static GPtrArray *gather_texts(const char *dir, const struct stub *stub)
{
    g_autofree char *files = g_build_filename(dir, "files", NULL);
    GPtrArray *texts = g_ptr_array_new_with_free_func(free_text);
    add_texts(texts, files, "", stub);
    return texts;
}

/* Those of the FOLDERS of earlier years: batches' folders, or folders of folders with C files. */
static GPtrArray *gather_earlier(const json_t *folders, const struct stub *stub)
{
    GPtrArray *texts = g_ptr_array_new_with_free_func(free_text);
    size_t i;
    json_t *folder;
    json_array_foreach(folders, i, folder)
    {
        const char *path = json_string_value(folder);
        g_autofree char *files = g_build_filename(path, "files", NULL);
        g_autofree char *prefix = g_strdup_printf("earlier-%zu-", i + 1);
        add_texts(texts, g_file_test(files, G_FILE_TEST_IS_DIR) ? files : path, prefix, stub);
    }
    return texts;
}

/* --- pairs --- */

/* Of the LENGTH tokens from START on: how many count. */
static guint counting(const struct text *text, guint start, guint length)
{
    guint sum = 0;
    for (guint i = start; i < start + length; i++)
        sum += text->counts[i];
    return sum;
}

static int line_at(const struct text *text, guint token)
{
    return (int)g_array_index(text->tokens, struct token, token).line;
}

/* The lines of TEXT that have a token that counts, of the LENGTH tokens from START on. */
static int lines_in(const struct text *text, guint start, guint length)
{
    int lines = 0;
    int last = 0;
    for (guint i = start; i < start + length; i++) {
        lines += text->counts[i] && line_at(text, i) != last;
        last = text->counts[i] ? line_at(text, i) : last;
    }
    return lines;
}

static json_t *run_as_json(const struct text *a, const struct text *b, const struct run *run, int number)
{
    return json_pack("{s:i, s:i, s:i, s:i, s:i}", "number", number, "a_first", line_at(a, run->a), "a_last",
                     line_at(a, run->a + run->length - 1), "b_first", line_at(b, run->b), "b_last",
                     line_at(b, run->b + run->length - 1));
}

/* What A and B share, as in similarity.json; NULL if that is too little. */
static json_t *new_pair(const struct text *a, const struct text *b, enum matter part)
{
    g_autoptr(GArray) runs = runs_between(a->tokens, b->tokens);
    guint of_a = 0, of_b = 0;
    int a_lines = 0, b_lines = 0;
    json_t *list = json_array();
    for (guint i = 0; i < runs->len; i++) {
        const struct run *run = &g_array_index(runs, struct run, i);
        if (counting(a, run->a, run->length) + counting(b, run->b, run->length) == 0)
            continue;
        of_a += counting(a, run->a, run->length);
        of_b += counting(b, run->b, run->length);
        a_lines += lines_in(a, run->a, run->length);
        b_lines += lines_in(b, run->b, run->length);
        json_array_append_new(list, run_as_json(a, b, run, (int)json_array_size(list) + 1));
    }
    guint percent = (of_a + of_b) * HUNDRED / (a->own + b->own);
    return json_pack("{s:s, s:s, s:s, s:s, s:s, s:i, s:i, s:i, s:i, s:i, s:o}", "part",
                     part == OWN_TESTS ? "own tests" : "solution", "a", a->id, "b", b->id, "a_folder", a->folder,
                     "b_folder", b->folder, "percent", (int)percent, "a_lines", a_lines, "a_own",
                     lines_in(a, 0, a->tokens->len), "b_lines", b_lines, "b_own", lines_in(b, 0, b->tokens->len),
                     "runs", list);
}

static void add_pair(const struct text *a, const struct text *b, enum matter part, GPtrArray *pairs)
{
    if (MIN(a->own, b->own) < LEAST_TOKENS || fingerprints_shared(a->prints, b->prints) < LEAST_SHARED)
        return;
    json_t *pair = new_pair(a, b, part);
    if (number_at(pair, "percent") >= LEAST_PERCENT)
        g_ptr_array_add(pairs, pair);
    else
        json_decref(pair);
}

static gint more_alike(gconstpointer left, gconstpointer right)
{
    const json_t *x = *(json_t *const *)left;
    const json_t *y = *(json_t *const *)right;
    json_int_t less = number_at(y, "percent") - number_at(x, "percent");
    int a = strcmp(text_at(x, "a"), text_at(y, "a"));
    return less != 0 ? (less > 0) - (less < 0) : a != 0 ? a : strcmp(text_at(x, "b"), text_at(y, "b"));
}

/* Is SIDE ("a" or "b") of PAIR not in SEEN yet? Then it is now. */
static bool is_first(GHashTable *seen, const json_t *pair, const char *side)
{
    return g_hash_table_add(seen, g_strconcat(text_at(pair, "part"), "/", text_at(pair, side), NULL));
}

/* The most similar first. Of a solution that many have copied there are too many pairs to list them all, and they must
 * not hide others: the list has each submission's first pair, and of the rest as many as make MOST_PAIRS. */
static json_t *ranked(GPtrArray *pairs)
{
    g_autoptr(GHashTable) seen = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    g_autofree bool *listed = g_new0(bool, pairs->len + 1);
    guint count = 0;
    g_ptr_array_sort(pairs, more_alike);
    for (guint i = 0; i < pairs->len; i++) {
        bool a = is_first(seen, pairs->pdata[i], "a");
        bool b = is_first(seen, pairs->pdata[i], "b");
        listed[i] = a || b;
        count += listed[i];
    }
    json_t *best = json_array();
    for (guint i = 0; i < pairs->len; i++) {
        if (listed[i] || count < MOST_PAIRS)
            json_array_append(best, pairs->pdata[i]);
        count += !listed[i];
    }
    return best;
}

static void free_pair(gpointer pair)
{
    json_decref(pair);
}

struct compared {
    guint now, earlier;
};

/* Adds to PAIRS those that are alike in PART. */
static struct compared compare(const char *dir, const char *lab, const json_t *against, enum matter part,
                               GPtrArray *pairs)
{
    struct stub stub = read_stub(lab, part);
    g_autoptr(GPtrArray) texts = gather_texts(dir, &stub);
    g_autoptr(GPtrArray) earlier = gather_earlier(against, &stub);
    for (guint i = 0; i < texts->len; i++)
        for (guint j = i + 1; j < texts->len; j++)
            add_pair(texts->pdata[i], texts->pdata[j], part, pairs);
    for (guint i = 0; i < texts->len; i++)
        for (guint j = 0; j < earlier->len; j++)
            add_pair(texts->pdata[i], earlier->pdata[j], part, pairs);
    free_stub(&stub);
    return (struct compared){texts->len, earlier->len};
}

json_t *similarity_find(const char *dir, const char *lab, const json_t *against)
{
    g_autoptr(GPtrArray) pairs = g_ptr_array_new_with_free_func(free_pair);
    struct compared all = compare(dir, lab, against, SOLUTION, pairs);
    compare(dir, lab, against, OWN_TESTS, pairs);
    return json_pack("{s:i, s:i, s:i, s:o}", "compared", (int)all.now, "earlier", (int)all.earlier, "least_percent",
                     LEAST_PERCENT, "pairs", ranked(pairs));
}

/* --- side by side --- */

/* The run in RUNS that contains LINE, on the side of FIRST and LAST; NULL if none does. */
static const json_t *run_at(const json_t *runs, guint line, const char *first, const char *last)
{
    size_t i;
    json_t *run;
    json_array_foreach(runs, i, run) if (number_at(run, first) <= line && line <= number_at(run, last)) return run;
    return NULL;
}

/* One side as lines: {number, text, alike, starts}; on the first line of a run, "starts" is its number. */
static json_t *listing(const char *folder, enum matter part, const json_t *runs, const char *first, const char *last)
{
    g_autofree char *source = sources_of(folder, part);
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

static bool is_own(const json_t *pair)
{
    return strcmp(text_at(pair, "part"), "own tests") == 0;
}

char *similarity_page_name(const json_t *pair)
{
    return g_strdup_printf("%s-and-%s%s.html", text_at(pair, "a"), text_at(pair, "b"),
                           is_own(pair) ? "-own-tests" : "");
}

char *similarity_page(const json_t *pair)
{
    const json_t *runs = json_object_get(pair, "runs");
    enum matter part = is_own(pair) ? OWN_TESTS : SOLUTION;
    json_t *view = json_deep_copy(pair);
    json_object_set_new(view, "own", json_boolean(part == OWN_TESTS));
    json_object_set_new(view, "a_listing", listing(text_at(pair, "a_folder"), part, runs, "a_first", "a_last"));
    json_object_set_new(view, "b_listing", listing(text_at(pair, "b_folder"), part, runs, "b_first", "b_last"));
    char *page = template_fill("class/pages/parts/pair.html", view);
    json_decref(view);
    return page;
}
