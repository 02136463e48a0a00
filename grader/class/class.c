// SPDX-License-Identifier: MIT
/*
 * class.c - heaplab batch, from start to end (class.h).
 */
#include "class/class.h"
#include "class/marks/marks.h"
#include "sandbox/sandbox.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { FULL_MARKS = 100 };

/* --- the folder --- */

/* Two batches in one folder would grade everything twice. The lock ends with this process; its children do not inherit
 * it. */
static void lock(const char *out)
{
    g_autofree char *path = g_build_filename(out, "lock", NULL);
    struct flock whole = {.l_type = F_WRLCK, .l_whence = SEEK_SET};
    int file = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0644);
    if (file < 0 || fcntl(file, F_SETLK, &whole) != 0)
        die_unusable("another batch is running in %s; wait until it ends, or choose another --out", out);
}

/* A killed run may leave half a result, under a temporary name. */
static void sweep(const char *out, const char *folder, const char *ending)
{
    g_autofree char *path = g_build_filename(out, folder, NULL);
    g_autoptr(GDir) dir = g_dir_open(path, 0, NULL);
    for (const char *name; dir && (name = g_dir_read_name(dir)) != NULL;) {
        g_autofree char *file = g_build_filename(path, name, NULL);
        if (!g_str_has_suffix(name, ending))
            unlink(file);
    }
}

/* Makes the temporary folder of this run. A link points to it, so that the next run can remove what a killed run left.
 */
static void work_below(const char *out)
{
    g_autofree char *link = g_build_filename(out, "work", NULL);
    g_autofree char *before = g_file_read_link(link, NULL);
    g_autofree char *name = before ? g_path_get_basename(before) : g_strdup("");
    if (g_str_has_prefix(name, "heaplab-"))
        files_remove_tree(before);
    unlink(link);
    g_autofree char *work = files_make_temporary();
    if (chmod(work, 0711) != 0 || symlink(work, link) != 0) /* subjects may run as nobody and need access */
        die_unusable("cannot write to %s: %s", out, g_strerror(errno));
    files_temporaries_below(work);
}

/* The folders of earlier years as absolute paths: pages may be written from elsewhere. */
static json_t *against_of(GStrv folders)
{
    json_t *list = json_array();
    for (guint i = 0; folders && folders[i]; i++) {
        g_autofree char *path = g_canonicalize_filename(folders[i], NULL);
        if (!g_file_test(path, G_FILE_TEST_IS_DIR))
            die_unusable("%s is not a folder; --against takes an earlier batch, or a folder of submissions", path);
        json_array_append_new(list, json_string(path));
    }
    return list;
}

static void write_settings(const struct batch *batch, const struct batch_plan *plan)
{
    g_autofree char *path = g_build_filename(batch->out, "batch.json", NULL);
    g_autofree char *submissions = g_canonicalize_filename(plan->submissions, NULL);
    json_t *settings =
        json_pack("{s:i, s:s, s:s, s:s, s:s, s:b, s:b, s:o}", "schema", RESULT_SCHEMA, "lab", batch->lab, "kit",
                  batch->kit_hash, "rubric", batch->rubric_hash, "submissions", submissions, "coverage",
                  (int)batch->coverage, "anonymous", (int)plan->anonymous, "against", against_of(plan->against));
    g_autofree char *text = report("json", settings);
    files_write(path, text);
    json_decref(settings);
}

/* Keeps the roster that was given; a mistake in it ends the program before anything is graded. */
static void keep_roster(const char *out, const char *roster)
{
    char *mistake = NULL;
    g_autofree char *bytes = NULL;
    gsize n = 0;
    GError *error = NULL;
    g_autofree char *kept = g_build_filename(out, "roster.csv", NULL);
    if (!roster)
        return;
    json_t *read = roster_read(roster, &mistake);
    if (!read)
        die_unusable("%s", mistake);
    json_decref(read);
    marks_remember(out); /* the old one may have been changed by hand */
    if (!g_file_get_contents(roster, &bytes, &n, &error) || !g_file_set_contents(kept, bytes, (gssize)n, &error))
        die_unusable("%s", error->message);
    marks_remember(out);
}

/* --- before grading --- */

static void hash_all(const struct batch *batch)
{
    for (guint i = 0; i < batch->class->len; i++) {
        struct handed_in *submission = batch->class->pdata[i];
        submission->hash = hash_handed_in(submission);
    }
}

static struct handed_in *find_submission(const struct batch *batch, const char *id)
{
    for (guint i = 0; i < batch->class->len; i++) {
        struct handed_in *submission = batch->class->pdata[i];
        if (strcmp(submission->id, id) == 0)
            return submission;
    }
    return NULL;
}

static void check_regrade(const struct batch *batch, GStrv regrade)
{
    for (guint i = 0; regrade && regrade[i]; i++)
        if (!find_submission(batch, regrade[i]))
            die_unusable("there is no submission '%s'; ids are the names in %s/results", regrade[i], batch->out);
}

/* The submissions to be graded; retires their old results. Prints how many there are, and why. */
static GPtrArray *plan_work(const struct batch *batch, GStrv regrade)
{
    GPtrArray *todo = g_ptr_array_new();
    guint scored = 0;
    g_autoptr(GHashTable) reasons = g_hash_table_new(g_str_hash, g_str_equal);
    for (guint i = 0; i < batch->class->len; i++) {
        struct handed_in *submission = batch->class->pdata[i];
        const char *reason = state_reason(batch, submission);
        if (!reason && regrade && g_strv_contains((const char *const *)regrade, submission->id))
            reason = "asked for";
        if (!reason)
            continue;
        if (strcmp(reason, STATE_POINTS) == 0) {
            score_one_again(batch, submission->id);
            scored++;
            continue;
        }
        state_retire(batch, submission->id);
        g_ptr_array_add(todo, submission);
        g_hash_table_insert(reasons, (gpointer)(uintptr_t)reason,
                            GUINT_TO_POINTER(GPOINTER_TO_UINT(g_hash_table_lookup(reasons, reason)) + 1));
    }
    printf("%u submissions, %u to be graded", batch->class->len, todo->len);
    GHashTableIter at;
    gpointer reason, count;
    const char *separator = ": ";
    for (g_hash_table_iter_init(&at, reasons); g_hash_table_iter_next(&at, &reason, &count); separator = ", ") {
        printf("%s%u %s", separator, GPOINTER_TO_UINT(count), (const char *)reason);
    }
    if (scored > 0)
        printf("; %u only scored again, as only points changed", scored);
    printf("\n");
    return todo;
}

/* --- after each grade --- */

struct desk {
    struct gradebook *book;
    struct progress *progress;
    bool anonymous; /* a score beside a name would tell whose page shows it */
};

static void enter_result(struct gradebook *book, const struct batch *batch, const json_t *document)
{
    gradebook_begin(book);
    size_t i;
    json_t *old;
    json_t *history = state_history(batch, json_string_value(json_object_get(document, "submission")));
    json_array_foreach(history, i, old) gradebook_record(book, old);
    gradebook_record(book, document);
    gradebook_commit(book);
    json_decref(history);
}

static void on_done(const struct batch *batch, const struct handed_in *submission, const char *fault, gpointer data)
{
    const struct desk *desk = data;
    json_t *document = fault ? NULL : state_result(batch, submission->id);
    g_autofree char *line =
        document && desk->anonymous ? g_strdup_printf("%s is graded", submission->id)
        : document
            ? g_strdup_printf("%s %d/%d", submission->id, (int)json_integer_value(json_object_get(document, "score")),
                              (int)json_integer_value(json_object_get(document, "max_score")))
            : g_strdup_printf("%s has no result, because of a fault in the grader: %s", submission->id, fault);
    if (document)
        enter_result(desk->book, batch, document);
    progress_step(desk->progress, document != NULL, line);
    json_decref(document);
}

/* A killed run may have written results that are not in the gradebook yet. */
static void catch_up(const struct batch *batch, struct gradebook *book)
{
    for (guint i = 0; i < batch->class->len; i++) {
        const struct handed_in *submission = batch->class->pdata[i];
        refresh_student(batch, submission);
        json_t *document = state_result(batch, submission->id);
        if (document &&
            !gradebook_has(book, submission->id, state_next_revision(batch, submission->id), submission->hash))
            enter_result(book, batch, document);
        json_decref(document);
    }
}

/* --- all of it --- */

static void find_all(struct batch *batch, const struct batch_plan *plan)
{
    g_autoptr(GHashTable) problems = NULL;
    g_autofree char *folder = class_folder(plan->submissions, plan->out, &problems);
    batch->class = find_class(folder, batch->rubric, problems);
    if (batch->class->len == 0)
        die_unusable("there are no submissions in %s", plan->submissions);
    hash_all(batch);
}

static struct batch open_batch(const struct batch_plan *plan)
{
    struct batch batch = {.lab = plan->lab,
                          .out = plan->out,
                          .rubric = rubric_load(plan->lab),
                          .jobs = plan->jobs,
                          .coverage = plan->coverage};
    batch.kit_hash = hash_kit(batch.rubric);
    batch.rubric_hash = hash_rubric(batch.rubric);
    batch.rubric_rest = hash_rubric_without_points(batch.rubric);
    if (rubric_total(batch.rubric) != FULL_MARKS)
        die_unusable("the points in %s add up to %d, not to %d; correct them, and start the batch again",
                     batch.rubric->path, rubric_total(batch.rubric), FULL_MARKS);
    build_demand_for(batch.rubric);
    kit_set_workers(plan->jobs > 1 ? 1 : kit_workers());
    return batch;
}

/* Everything that only one process of a batch does. */
static void take_over(struct batch *batch, const struct batch_plan *plan)
{
    state_make_folders(plan->out);
    lock(plan->out);
    keep_roster(plan->out, plan->roster);
    find_all(batch, plan);
    submissions_list(plan->out, batch->class);
    check_regrade(batch, plan->regrade);
    if (plan->regrade) /* --regrade recomputes: ignore the cache */
        cache_forget(batch);
    sweep(plan->out, "results", ".json");
    sweep(plan->out, "faults", ".keep");
    work_below(plan->out);
    write_settings(batch, plan);
}

/* Who has handed in nothing, and what belongs to nobody in the roster. */
static void print_remarks(const char *out)
{
    json_t *marks = marks_read(out);
    marks_tell(out, marks, stdout);
    json_decref(marks);
}

void batch_enter_marks(const char *dir)
{
    marks_enter(dir);
    pages_write(dir);
}

static int grade_all(const struct batch *batch, const struct batch_plan *plan)
{
    struct desk desk = {.book = gradebook_open(plan->out), .anonymous = aliases_wanted(plan->out)};
    g_autoptr(GPtrArray) todo = plan_work(batch, plan->regrade);
    catch_up(batch, desk.book);
    desk.progress = progress_start(todo->len);
    unsigned faults =
        plan->slurm ? slurm_run(batch, plan, todo, on_done, &desk) : local_run(batch, todo, on_done, &desk);
    progress_end(desk.progress);
    gradebook_close(desk.book);
    g_autofree char *link = g_build_filename(plan->out, "work", NULL);
    unlink(link);
    if (faults < batch->class->len) { /* pages need a result */
        batch_enter_marks(plan->out);
        print_remarks(plan->out);
        printf("The class: %s/index.html; a page for each student: %s/pages\n", plan->out, plan->out);
    }
    if (faults > 0)
        die_fault("%u submission%s no result (%s/faults says why); start the same batch again to grade %s", faults,
                  faults == 1 ? " has" : "s have", plan->out, faults == 1 ? "it" : "them");
    return EXIT_GRADED;
}

/* --- a task of a Slurm job --- */

static void tell_fault(const struct batch *batch, const struct handed_in *submission, const char *fault, gpointer data)
{
    (void)batch;
    (void)data;
    printf("%s: %s\n", submission->id, fault ? fault : "graded");
}

/* Grades this task's share of the submissions without a result. Writes only results. */
static int grade_shard(struct batch *batch, const struct batch_plan *plan)
{
    guint number, shards;
    if (sscanf(plan->shard, "%u/%u", &number, &shards) != 2 || shards == 0 || number >= shards)
        die_unusable("--shard takes K/N, with K below N");
    find_all(batch, plan);
    g_autofree char *work = files_make_temporary();
    if (chmod(work, 0711) != 0)
        die_fault("cannot open %s: %s", work, g_strerror(errno));
    files_temporaries_below(work);
    g_autoptr(GPtrArray) todo = g_ptr_array_new();
    for (guint i = number; i < batch->class->len; i += shards)
        if (state_reason(batch, batch->class->pdata[i]))
            g_ptr_array_add(todo, batch->class->pdata[i]);
    return local_run(batch, todo, tell_fault, NULL) == 0 ? EXIT_GRADED : EXIT_FAULT;
}

static _Noreturn void refuse_lesser_sandbox(void)
{
    const char *command;
    const char *because = sandbox_lesser_because(&command);
    die_unusable("bubblewrap cannot make namespaces on this machine, so submissions could reach each other and your "
                 "files: %s. Allow them (%s), grade on another machine, or use --no-sandbox if you trust all of them",
                 because, command);
}

int batch_run(const struct batch_plan *plan)
{
    if (!sandbox_has_namespaces() && !plan->no_sandbox)
        refuse_lesser_sandbox();
    struct batch batch = open_batch(plan);
    if (plan->shard)
        return grade_shard(&batch, plan);
    take_over(&batch, plan);
    return grade_all(&batch, plan);
}
