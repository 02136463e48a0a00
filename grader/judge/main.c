// SPDX-License-Identifier: MIT
/*
 * main.c - a lab's judge: runs the tests named and prints one JSON document (judge.h).
 *
 *     judge [OPTION]... [TEST]...
 *
 * The table `known` below lists the options; any mistake in them prints it. Without TEST all tests of the lab run.
 * Exit status: 0 the tests ran, 2 a fault of the kit itself.
 */
#include "judge/lib/mode.h"
#include "judge/lib/replay.h"
#include "judge/lib/threads.h"
#include "judge/lib/timeline.h"
#include "judge/link.h"
#include "judge/run.h"
#include "judge/shrink.h"
#include "sandbox/sandbox.h"

#include <fcntl.h>
#include <getopt.h>
#include <jansson.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

enum { EXIT_FAULT = 2, MOST_WORKERS = 64 };

static const char *const status_names[] = {
    [STATUS_NOT_RUN] = "not_run", [STATUS_PASSED] = "passed",       [STATUS_FAILED] = "failed",
    [STATUS_CRASHED] = "crashed", [STATUS_TIMED_OUT] = "timed_out", [STATUS_MISUSED] = "misused",
};

static const char *const cell_names[] = {
    [CELL_USED] = "used", [CELL_FREE] = "free", [CELL_DAMAGED] = "damaged", [CELL_GAP] = "gap"};

struct options {
    struct run_plan plan;
    unsigned workers;
    const char **trace_files; /* to be replayed in place of the lab's tests; room for as many as there are arguments */
    unsigned trace_count;
    bool first_failure;
    bool list;
    bool list_hidden;
    bool list_memcheck;
    uint64_t seed;
    unsigned schedule; /* the parts of enum schedule add up; 0: the usual one */
};

/* How tests are run that usually run in any other way. No verdict may depend on it. */
enum schedule {
    SCHEDULE_REVERSED = 1 << 0, /* the last test first */
    SCHEDULE_CROWDED = 1 << 1,  /* all on one processor */
    SCHEDULE_BUSY = 1 << 2,     /* beside a process that never sleeps */
};

/* --- JSON --- */

/* A byte of a text that a terminal would obey instead of showing it. 0xc2 begins the second set of such characters. */
static bool is_control(unsigned char byte, unsigned char before)
{
    return (byte < ' ' && byte != '\n' && byte != '\t') || byte == 0x7f ||
           (before == 0xc2 && byte >= 0x80 && byte < 0xa0);
}

/* Student code can put any byte into a message; JSON takes only UTF-8, and a terminal should get only text. */
static json_t *as_json_text(const char *bytes, size_t n)
{
    char *plain = calloc(n + 1, 1);
    if (!plain)
        fault("no memory for a text");
    for (size_t i = 0; i < n; i++)
        plain[i] = is_control((unsigned char)bytes[i], i > 0 ? (unsigned char)bytes[i - 1] : 0) ? '?' : bytes[i];
    json_t *text = json_stringn(plain, n);
    for (size_t i = 0; !text && i < n; i++)
        if ((unsigned char)plain[i] > '~')
            plain[i] = '?';
    if (!text)
        text = json_stringn(plain, n);
    free(plain);
    return text;
}

static json_t *text_or_null(const char *text)
{
    return text[0] ? as_json_text(text, strlen(text)) : json_null();
}

static json_t *story_of(const struct record *from)
{
    json_t *lines = json_array();
    unsigned first = from->lines > STORY_LINES ? from->lines - STORY_LINES : 0;
    if (first > 0)
        json_array_append_new(lines, json_sprintf("/* %u earlier lines */", first));
    for (unsigned i = first; i < from->lines; i++) {
        const char *line = from->line[i % STORY_LINES];
        json_array_append_new(lines, as_json_text(line, strlen(line)));
    }
    return lines;
}

static json_t *picture_of(const struct picture *picture)
{
    json_t *cells = json_array();
    for (unsigned i = 0; i < picture->cells && i < MOST_CELLS; i++) {
        const struct cell *cell = &picture->cell[i];
        json_array_append_new(cells,
                              json_pack("{s:s, s:I, s:I, s:I, s:I, s:b, s:o}", "kind", cell_names[cell->kind], "offset",
                                        (json_int_t)(cell->address - HEAP_ADDRESS), "bytes", (json_int_t)cell->bytes,
                                        "header", (json_int_t)cell->header, "footer", (json_int_t)cell->footer,
                                        "marked", (int)cell->marked, "note", text_or_null(cell->note)));
    }
    size_t unkept = picture->cells > MOST_CELLS ? picture->cells - MOST_CELLS : 0;
    return json_pack("{s:o, s:I, s:I}", "cells", cells, "left_out_before", (json_int_t)picture->left_out_before,
                     "left_out", (json_int_t)(unkept + picture->left_out_behind));
}

static json_t *frames_of(const struct record *from)
{
    json_t *frames = json_array();
    for (unsigned i = 0; from->has_fall && i < from->fall.depth; i++) {
        uint64_t back = i > 0 ? 1 : 0; /* a return address follows its call, which may end a line */
        json_array_append_new(frames, json_sprintf("%#jx", (uintmax_t)(from->fall.frames[i] - back)));
    }
    return frames;
}

/* Parts of lines that name places in the code, to be put together where the lines are known (grade/places.c). */
static json_t *sites_of(const struct record *from)
{
    json_t *sites = json_array();
    for (unsigned i = 0; i < from->sites && i < MOST_TOLD; i++) {
        const struct told_site *site = &from->site[i];
        json_t *frames = json_array();
        for (unsigned k = 0; k < SITE_FRAMES && site->frames[k] != 0; k++)
            json_array_append_new(frames, json_sprintf("%#jx", (uintmax_t)site->frames[k] - 1));
        json_array_append_new(
            sites, json_pack("{s:s, s:o, s:b}", "text", site->text, "frames", frames, "goes_on", (int)site->goes_on));
    }
    return sites;
}

static json_t *replay_of(const struct record *from)
{
    const struct replay_numbers *replay = &from->replay;
    if (replay->operations == 0)
        return json_null();
    return json_pack("{s:I, s:I, s:I, s:o}", "operations", (json_int_t)replay->operations, "peak_payload",
                     (json_int_t)replay->peak_payload, "peak_heap", (json_int_t)replay->peak_heap, "alias",
                     text_or_null(replay->alias));
}

static json_t *trace_of(const struct suite_test *test)
{
    const char *slash = test->trace ? strrchr(test->trace, '/') : NULL;
    const char *name = slash ? slash + 1 : test->trace;
    return name ? as_json_text(name, strlen(name)) : json_null();
}

static json_t *cost_of(const struct record *from)
{
    const struct cost_numbers *cost = &from->cost;
    if (cost->operations == 0)
        return json_null();
    return json_pack("{s:I, s:I, s:I, s:b, s:I}", "operations", (json_int_t)cost->operations, "instructions",
                     (json_int_t)cost->instructions, "misses", (json_int_t)cost->misses, "stopped", (int)cost->stopped,
                     "most", (json_int_t)cost->most);
}

static json_t *code_of(uint32_t code)
{
    return json_sprintf("%#jx", (uintmax_t)code);
}

static json_t *author_of(const struct record *from)
{
    const struct written *written = &from->written;
    if (!written->asked)
        return json_null();
    return json_pack("{s:o, s:o, s:I, s:o}", "code", written->known ? code_of(written->code) : json_null(), "place",
                     text_or_null(written->place), "call", (json_int_t)written->call, "calls",
                     text_or_null(written->calls));
}

/* One array for each line of the story: the code that wrote to the block in question in that line's call. */
static json_t *wrote_of(const struct record *from)
{
    json_t *lines = json_array();
    unsigned first = from->lines > STORY_LINES ? from->lines - STORY_LINES : 0;
    if (first > 0)
        json_array_append_new(lines, json_array());
    for (unsigned i = first; i < from->lines; i++) {
        const struct wrote *wrote = &from->wrote[i % STORY_LINES];
        json_t *codes = json_array();
        for (unsigned k = 0; k < wrote->codes; k++)
            json_array_append_new(codes, code_of(wrote->code[k]));
        json_array_append_new(lines, codes);
    }
    return lines;
}

static json_t *result_of(const struct suite_test *test, const struct record *from)
{
    json_t *result = json_pack(
        "{s:s, s:b, s:b, s:o, s:s, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:I}", "name", test->test->name,
        "random", (int)test->random, "memcheck", (int)test->memcheck, "trace", trace_of(test), "status",
        status_names[from->status], "message", text_or_null(from->message), "expected", text_or_null(from->expected),
        "found", text_or_null(from->found), "story", story_of(from), "before", picture_of(&from->before), "after",
        picture_of(&from->after), "frames", frames_of(from), "replay", replay_of(from), "cost", cost_of(from), "output",
        as_json_text(from->output, from->output_bytes), "duration_ms", (json_int_t)from->duration_ms);
    json_object_set_new(result, "sites", sites_of(from));
    json_object_set_new(result, "author", author_of(from));
    json_object_set_new(result, "question", text_or_null(from->question.name));
    json_object_set_new(result, "wrote", wrote_of(from));
    return result;
}

static bool print_json(json_t *document)
{
    bool ok = document && json_dumpf(document, stdout, JSON_COMPACT) == 0 && fflush(stdout) == 0;
    json_decref(document);
    return ok;
}

/* --- running --- */

static unsigned test_index(const char *name)
{
    for (unsigned i = 0; i < the_suite.tests; i++)
        if (strcmp(the_suite.test[i].test->name, name) == 0)
            return i;
    fault("there is no test '%s' in this lab", name);
}

static void *shared_memory(size_t bytes)
{
    void *memory = mmap(NULL, bytes, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (memory == MAP_FAILED)
        fault("no memory for the records");
    return memory;
}

static bool has_trace(const unsigned *tests, unsigned n)
{
    for (unsigned i = 0; i < n; i++)
        if (the_suite.test[tests[i]].trace)
            return true;
    return false;
}

/* Has a test failed that test number INDEX needs? One that was not to be run has not. */
static bool lacks_a_need(const struct run_plan *plan, unsigned index)
{
    const char *name = the_suite.test[index].test->name;
    for (unsigned i = 0; i < plan->need_count; i++) {
        char words[MESSAGE_BYTES];
        char *rest = words;
        snprintf(words, sizeof words, "%s", plan->needs[i]);
        if (strcmp(strsep(&rest, ":"), name) != 0)
            continue;
        for (const char *need; (need = strsep(&rest, ":")) != NULL;) {
            enum status status = plan->records[test_index(need)].status;
            if (status != STATUS_PASSED && status != STATUS_NOT_RUN)
                return true;
        }
    }
    return false;
}

/* A worker for the tests under memcheck: to start valgrind takes longer than all of them. So it is started once, while
 * the OTHERS run, a pipe that all of these hold open; by then it is known which tests have what they need. */
static _Noreturn void work_under_memcheck(struct run_plan *plan, const unsigned *tests, unsigned n, int others)
{
    char nothing;
    link_prepare(plan->bits32);
    if (!plan->failed)
        start_ahead(plan, tests[0]);
    while (read(others, &nothing, 1) < 0 && errno == EINTR)
        continue;
    for (unsigned i = 0; i < n && !(plan->failed && *plan->failed); i++) {
        if (lacks_a_need(plan, tests[i]))
            continue;
        if (!run_in_turn(plan, tests[i]))
            fault("test %s gave no verdict: %s", the_suite.test[tests[i]].test->name, plan->records[tests[i]].message);
        if (plan->failed && plan->records[tests[i]].status != STATUS_PASSED)
            *plan->failed = true;
    }
    exit(EXIT_SUCCESS);
}

/* Worker NUMBER takes the next of the N tests again and again, and ends. */
static _Noreturn void work(struct run_plan *plan, const unsigned *tests, unsigned n, unsigned number)
{
    if (has_trace(tests, n)) /* with so very many calls, to hand over has to be cheap */
        stay_on_processor((unsigned)sched_getcpu() + number);
    link_prepare(plan->bits32);
    for (unsigned i = (*plan->next)++; i < n && !(plan->failed && *plan->failed); i = (*plan->next)++) {
        open_sandbox(plan, tests[i]);
        if (!run_test(plan, tests[i]))
            fault("test %s gave no verdict: %s", the_suite.test[tests[i]].test->name, plan->records[tests[i]].message);
        if (plan->failed && plan->records[tests[i]].status != STATUS_PASSED)
            *plan->failed = true;
    }
    exit(EXIT_SUCCESS);
}

/* True in the new process. */
static bool start_worker(void)
{
    pid_t child = fork();
    if (child < 0)
        fault("cannot start a worker: %s", strerror(errno));
    if (child == 0)
        prctl(PR_SET_PDEATHSIG, SIGKILL);
    return child == 0;
}

/* Runs N tests, the last LAST of which are under memcheck. */
static bool run_all(struct run_plan *plan, const unsigned *tests, unsigned n, unsigned last, unsigned workers)
{
    int ends[2];
    if (pipe2(ends, O_CLOEXEC) != 0)
        fault("cannot make a pipe: %s", strerror(errno));
    if (last > 0 && start_worker()) {
        close(ends[1]);
        work_under_memcheck(plan, tests + n - last, last, ends[0]);
    }
    close(ends[0]);
    for (unsigned number = 0; number < workers; number++)
        if (start_worker())
            work(plan, tests, n - last, number);
    close(ends[1]);
    bool ok = true;
    int status;
    for (unsigned running = workers + (last > 0); running > 0 && wait(&status) > 0; running--)
        ok = ok && WIFEXITED(status) && WEXITSTATUS(status) == EXIT_SUCCESS;
    return ok;
}

/* A random test's story is worth its time only where no other test tells what is wrong. */
static bool only_random_failures(const struct run_plan *plan, const unsigned *tests, unsigned n)
{
    for (unsigned i = 0; i < n; i++)
        if (plan->records[tests[i]].status != STATUS_PASSED && !the_suite.test[tests[i]].random)
            return false;
    return true;
}

/* In a process of its own, as the worker that ran the tests was. */
static bool shrink_failures(struct run_plan *plan, const unsigned *tests, unsigned n)
{
    if (plan->failed || !only_random_failures(plan, tests, n))
        return true;
    pid_t child = fork();
    if (child == 0) {
        link_prepare(plan->bits32);
        for (unsigned i = 0; i < n; i++) {
            if (plan->records[tests[i]].status == STATUS_PASSED || plan->records[tests[i]].status == STATUS_TIMED_OUT)
                continue;
            open_sandbox(plan, tests[i]);
            shrink(plan, tests[i]);
        }
        exit(EXIT_SUCCESS);
    }
    int status = 0;
    return child > 0 && waitpid(child, &status, 0) == child && WIFEXITED(status) && WEXITSTATUS(status) == EXIT_SUCCESS;
}

/* The suite is then made of the files alone: each is PATH, which begins with a slash, or NAME=PATH. */
static void add_trace_files(const struct options *options)
{
    unsigned unnamed = 0;
    the_suite.tests = 0;
    for (unsigned i = 0; i < options->trace_count; i++) {
        char name[NOTE_BYTES];
        const char *path = options->trace_files[i];
        const char *sign = path[0] == '/' ? NULL : strchr(path, '=');
        if (sign)
            snprintf(name, sizeof name, "%.*s", (int)(sign - path), path);
        else
            snprintf(name, sizeof name, "replay_%u", unnamed++);
        suite_add_trace_file(&the_suite, name, sign ? sign + 1 : path);
    }
}

static int list(bool all)
{
    json_t *names = json_array();
    for (unsigned i = 0; i < the_suite.tests; i++)
        if (all || the_suite.test[i].hidden)
            json_array_append_new(names, json_string(the_suite.test[i].test->name));
    return print_json(names) ? EXIT_SUCCESS : EXIT_FAULT;
}

static int list_memcheck(void)
{
    for (unsigned i = 0; i < the_suite.tests; i++)
        if (the_suite.test[i].memcheck)
            puts(the_suite.test[i].test->name);
    return EXIT_SUCCESS;
}

/* When a test runs. Those under memcheck come last; the random ones take the longest, so they come first unless the
 * FIRST_FAILURE is looked for. */
static int turn_of(const struct suite_test *test, bool first_failure)
{
    enum { EARLY, USUAL, LATE };
    return test->memcheck ? LATE : test->random && !first_failure ? EARLY : USUAL;
}

/* A copy of the N TESTS in the order in which they run. */
static unsigned *run_order(const unsigned *tests, unsigned n, bool first_failure)
{
    unsigned *order = shared_memory((n + 1) * sizeof *order); /* as a process that runs tests ends before it is freed */
    unsigned used = 0;
    for (int place = 0; used < n; place++)
        for (unsigned i = 0; i < n; i++)
            if (turn_of(&the_suite.test[tests[i]], first_failure) == place)
                order[used++] = tests[i];
    return order;
}

static void reverse(unsigned *tests, unsigned n)
{
    for (unsigned i = 0; i < n / 2; i++) {
        unsigned test = tests[i];
        tests[i] = tests[n - 1 - i];
        tests[n - 1 - i] = test;
    }
}

/* Run N tests, the last LAST of which are under memcheck, as the schedule says. */
static void disturb(unsigned schedule, unsigned *tests, unsigned n, unsigned last)
{
    if (schedule & SCHEDULE_REVERSED) {
        reverse(tests, n - last);
        reverse(tests + n - last, last);
    }
    if (schedule & SCHEDULE_CROWDED)
        stay_on_processor(0);
    if ((schedule & SCHEDULE_BUSY) && fork() == 0) {
        prctl(PR_SET_PDEATHSIG, SIGKILL);
        for (volatile unsigned rounds = 0;; rounds++)
            continue;
    }
}

/* How many of the N TESTS run under memcheck: none whose timeline is wanted. */
static unsigned memcheck_tests(const struct run_plan *plan, const unsigned *tests, unsigned n)
{
    unsigned found = 0;
    for (unsigned i = 0; i < n; i++)
        found += the_suite.test[tests[i]].memcheck && !plan->timeline;
    return found;
}

static int judge(struct options *options, char **names, unsigned n)
{
    struct run_plan *plan = &options->plan;
    unsigned *tests = shared_memory((n + the_suite.tests + 1) * sizeof *tests);
    plan->records = shared_memory((the_suite.tests + 1) * sizeof *plan->records);
    plan->unstartable = shared_memory(2 * sizeof *plan->unstartable);
    plan->hung = shared_memory(sizeof *plan->hung);
    if (options->first_failure)
        plan->failed = shared_memory(sizeof *plan->failed);
    for (unsigned i = 0; i < n; i++)
        tests[i] = test_index(names[i]);
    for (unsigned i = 0; n == 0 && i < the_suite.tests; i++)
        tests[i] = i;
    unsigned count = n > 0 ? n : the_suite.tests;
    plan->steps = shared_memory((the_suite.tests + 1) * sizeof *plan->steps);
    for (unsigned i = 0; i < the_suite.tests; i++)
        plan->steps[i].seed = options->seed;
    plan->next = shared_memory(sizeof *plan->next);
    unsigned *order = run_order(tests, count, options->first_failure);
    unsigned memcheck = memcheck_tests(plan, tests, count);
    disturb(options->schedule, order, count, memcheck);
    bool ok = run_all(plan, order, count, memcheck, options->workers) && shrink_failures(plan, tests, count);
    json_t *results = json_array();
    for (unsigned i = 0; i < count; i++)
        json_array_append_new(results, result_of(&the_suite.test[tests[i]], &plan->records[tests[i]]));
    return print_json(results) && ok ? EXIT_SUCCESS : EXIT_FAULT;
}

/* What the judge understands: name, argument (NULL for none), the letter that apply_option knows it by, meaning. */
static const struct {
    const char *name;
    const char *argument;
    int letter;
    const char *meaning;
} known[] = {
    {"list", NULL, 'l', "print the names of the tests as JSON"},
    {"list-hidden", NULL, 'h', "only those that students do not get to see"},
    {"list-memcheck", NULL, 'm', "those that run under memcheck, one a line"},
    {"subject", "FILE", 's',
     "the student's program; memcheck tests run FILE-memcheck, linked with the shared C library"},
    {"keeper", "FILE", 'k', "the program that starts subjects in the sandbox"},
    {"evidence", "FOLDER", 'e', "where counters, memcheck's reports and timelines go"},
    {"probe", "FILE", 'p', "a subject without student code: does it start where the student's does not?"},
    {"seed", "N", 'n', "of the random tests"},
    {"workers", "N", 'w', "run so many tests at a time"},
    {"bare", NULL, 'b', "without namespaces"},
    {"bits32", NULL, '3', "the subject is a 32-bit program"},
    {"watched", NULL, 'W', "the graded code calls the hooks of subject/watch.c at each load and store"},
    {"forgiving", NULL, 'F', "what such code does is recorded in the timeline, and nothing of it is refused"},
    {"measured", NULL, 'M', "memory counts: the stack is small, and uncounted memory is cleared after each call"},
    {"static-bytes", "N", 'S', "what the student's program has of writable memory"},
    {"first-failure", NULL, '1', "stop at the first test that fails"},
    {"timeline", "TEST", 't', "write the timeline of TEST"},
    {"operations", "N", 'O', "of which it holds the first N"},
    {"in-turn", "N", 'i', "threads make their calls one after the other, by schedule N alone"},
    {"traces", "FOLDER", 'r', "where the lab's traces are"},
    {"schedule", "N", 'o', "add up: 1 in the reverse order, 2 all on one processor, 4 beside a busy process"},
    {"needs", "TEST:TEST...", 'N', "the first one, if it is under memcheck, runs only if none of the others fails"},
    {"cost", NULL, 'c', "after a judged run with the same evidence: count under callgrind what the traces cost"},
    {"heap", "BYTES", 'H', "the most that the heap of a replay may have"},
    {"without-realloc", NULL, 'R', "replays call mm_malloc and mm_free in place of mm_realloc"},
    {"check-each", NULL, 'C', "replays ask mm_checkheap after every operation"},
    {"segment", NULL, 'G', "the allocator takes all its memory at once: a replay's heap ends with its last block"},
    {"alignment", "N", 'a', "what replays demand of payloads"},
    {"trace", "FILE", 'T', "replay FILE, as test replay_0, replay_1, ..., in place of the lab's tests"},
};

enum { KNOWN = sizeof known / sizeof *known };

static _Noreturn void refuse_arguments(void)
{
    fprintf(stderr, "usage: judge [OPTION]... [TEST]...\n");
    for (size_t i = 0; i < KNOWN; i++)
        fprintf(stderr, "  --%s %s: %s\n", known[i].name, known[i].argument ? known[i].argument : "", known[i].meaning);
    fault("unusable arguments");
}

static void apply_switch(struct options *options, int letter)
{
    options->list |= letter == 'l';
    options->list_hidden |= letter == 'h';
    options->list_memcheck |= letter == 'm';
    options->first_failure |= letter == '1';
    options->plan.cost |= letter == 'c';
    options->plan.bits32 |= letter == '3';
    options->plan.watched |= letter == 'W';
    options->plan.forgives |= letter == 'F';
    options->plan.measured |= letter == 'M';
    if (letter == 'b')
        options->plan.namespaces = false;
    if (letter == 'R')
        replay_without_realloc();
    if (letter == 'C')
        replay_check_each();
    if (letter == 'G')
        replay_in_segment();
}

static void apply_value(struct options *options, int letter, const char *value)
{
    switch (letter) {
    case 's':
        options->plan.subject = value;
        return;
    case 'e':
        options->plan.evidence = value;
        return;
    case 'k':
        options->plan.keeper = value;
        return;
    case 'p':
        options->plan.probe = value;
        return;
    case 'n':
        options->seed = strtoull(value, NULL, 10);
        return;
    case 'o':
        options->schedule = (unsigned)strtoul(value, NULL, 10);
        return;
    case 'w':
        options->workers = (unsigned)strtoul(value, NULL, 10);
        return;
    case 't':
        options->plan.timeline = value;
        return;
    case 'O':
        timeline_limit((unsigned)strtoul(value, NULL, 10));
        return;
    case 'i':
        threads_in_turn((unsigned)strtoul(value, NULL, 10));
        return;
    case 'S':
        options->plan.static_bytes = strtoull(value, NULL, 10);
        return;
    case 'a':
        replay_alignment(strtoul(value, NULL, 10));
        return;
    case 'H':
        replay_heap(strtoull(value, NULL, 10));
        return;
    case 'r':
        replay_folder = value;
        return;
    case 'N':
        options->plan.needs[options->plan.need_count++] = value;
        return;
    case 'T':
        options->trace_files[options->trace_count++] = value;
        return;
    default:
        refuse_arguments();
    }
}

static void parse(int argc, char **argv, struct options *options)
{
    struct option table[KNOWN + 1] = {{0}};
    for (size_t i = 0; i < KNOWN; i++)
        table[i] =
            (struct option){known[i].name, known[i].argument ? required_argument : no_argument, NULL, known[i].letter};
    *options = (struct options){.plan = {.namespaces = true}, .workers = 1, .seed = USUAL_SEED};
    options->trace_files = shared_memory((size_t)argc * sizeof *options->trace_files); /* used until the program ends */
    options->plan.needs = shared_memory((size_t)argc * sizeof *options->plan.needs);
    for (int letter; (letter = getopt_long(argc, argv, "", table, NULL)) != -1;) {
        if (optarg)
            apply_value(options, letter, optarg);
        else
            apply_switch(options, letter);
    }
    bool lists = options->list || options->list_hidden || options->list_memcheck;
    if (options->workers < 1 || options->workers > MOST_WORKERS ||
        !(lists || (options->plan.subject && options->plan.keeper)))
        refuse_arguments();
}

/* No variable is to change a grade: Check obeys a dozen of them. A sandbox keeps the folder for temporary files. */
static void forget_environment(void)
{
    const char *folder = getenv("TMPDIR");
    char *kept = folder ? strdup(folder) : NULL;
    if (clearenv() != 0 || (folder && (!kept || setenv("TMPDIR", kept, 1) != 0)))
        fault("no memory for the environment");
    free(kept);
}

static const struct mode judged = {
    .make_call = make_call,
    .put_off_call = put_off_call,
    .read_subject = read_subject,
    .write_subject = write_subject,
    .close_subject = close_subject,
    .cost_start = link_cost_start,
    .cost_call = link_cost_call,
    .cost_seal = link_cost_seal,
    .cost_end = link_cost_end,
    .report = link_report,
};

int main(int argc, char **argv)
{
    struct options options;
    judge_start(&judged);
    forget_environment();
    parse(argc, argv, &options);
    suite_build(&the_suite);
    if (options.trace_count > 0)
        add_trace_files(&options);
    if (options.list)
        return list(true);
    if (options.list_hidden)
        return list(false);
    if (options.list_memcheck)
        return list_memcheck();
    return judge(&options, argv + optind, (unsigned)(argc - optind));
}
