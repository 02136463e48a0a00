// SPDX-License-Identifier: MIT
/*
 * direct.c - direct mode: tests, student's code and books in one ordinary program, for gdb, valgrind, sanitizers.
 *
 *     direct [--forgiving] [TEST]...    runs the tests named, or all; prints what fails, and of a single one how it
 *                                       ended. --forgiving: what watched code does is recorded, and nothing refused
 *
 * The student's object is linked with its malloc family renamed to direct_malloc and so on, which keeps the books of
 * heap.c; mem_sbrk is brk.c's. A single test runs without fork, so that a debugger stays with it.
 */
#include "judge/judge.h"
#include "judge/lib/mode.h"
#include "judge/lib/replay.h"
#include "judge/lib/steps.h"
#include "judge/lib/threads.h"
#include "judge/lib/watch.h"
#include "wire/children.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/uio.h>
#include <sys/wait.h>
#include <unistd.h>
#include <valgrind/memcheck.h>

/* For the debugger's commands (desk/debug/blocks.py, who.py). */
extern const uintptr_t direct_heap_address, direct_stores_address;
const uintptr_t direct_heap_address = HEAP_ADDRESS;
const uintptr_t direct_stores_address = STORES_ADDRESS;

/* Of the running test. Each test runs in a process of its own, so nothing has to be reset. */
static const struct suite_test *running;
static struct record the_record;
static struct steps the_steps; /* with the seed of the running test */
static bool tries_schedule;    /* this process is a child of schedule_is_wanted */
static unsigned student_depth; /* calls of the student's functions in flight */
bool in_child;                 /* subject/system.c sets it in a forked child */
struct played played;

/* --- the student's malloc family --- */

void *direct_malloc(size_t size);
void *direct_calloc(size_t count, size_t size);
void *direct_realloc(void *old, size_t size);
void direct_free(void *old);
char *direct_strdup(const char *text);
char *direct_strndup(const char *text, size_t most);

void *direct_malloc(size_t size)
{
    return heap_malloc(size);
}

void *direct_calloc(size_t count, size_t size)
{
    return heap_calloc(count, size);
}

void *direct_realloc(void *old, size_t size)
{
    return heap_realloc(old, size);
}

void direct_free(void *old)
{
    heap_free(old);
}

char *direct_strndup(const char *text, size_t most)
{
    size_t length = strnlen(text, most);
    char *copy = heap_malloc(length + 1);
    if (copy) {
        memcpy(copy, text, length);
        copy[length] = '\0';
    }
    return copy;
}

char *direct_strdup(const char *text)
{
    return direct_strndup(text, SIZE_MAX);
}

/* --- what link.c and run.c are to the judge --- */

void arena_open(void)
{
    void *wanted = (void *)ARENA_ADDRESS;
    size_t bytes = INPUT_BYTES + HEAP_BYTES;
    void *got = mmap(wanted, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED_NOREPLACE, -1, 0);
    if (got != wanted)
        fault("cannot map the arena at %p", wanted);
}

static void close_subject(void)
{
}

uint64_t request_words(enum request kind, const uint64_t *words, unsigned n)
{
    uint64_t all[MOST_WORDS] = {0};
    memcpy(all, words, n * sizeof *words);
    return answer_request(kind, all);
}

bool read_subject(void *to, const void *from, size_t n)
{
    struct iovec here = {.iov_base = to, .iov_len = n};
    struct iovec there = {.iov_base = (void *)(uintptr_t)from, .iov_len = n};
    return process_vm_readv(getpid(), &here, 1, &there, 1, 0) == (ssize_t)n;
}

bool write_subject(void *to, const void *from, size_t n)
{
    struct iovec here = {.iov_base = (void *)(uintptr_t)from, .iov_len = n};
    struct iovec there = {.iov_base = to, .iov_len = n};
    return process_vm_writev(getpid(), &here, 1, &there, 1, 0) == (ssize_t)n;
}

/* Nobody counts here. */
size_t static_bytes(void)
{
    return 0;
}

void stack_watch(void)
{
}

size_t stack_used(void)
{
    return 0;
}

uint64_t accesses_made(void)
{
    return 0;
}

size_t pages_in_memory(const void *start, size_t n)
{
    enum { MOST_PAGES = 65536 };
    static unsigned char in_memory[MOST_PAGES];
    size_t page = (size_t)sysconf(_SC_PAGESIZE);
    size_t before = (uintptr_t)start % page;
    size_t pages = (before + n + page - 1) / page;
    size_t found = 0;
    if (pages > MOST_PAGES || mincore((unsigned char *)(uintptr_t)start - before, pages * page, in_memory) != 0)
        fault("cannot tell which pages are in memory");
    for (size_t i = 0; i < pages; i++)
        found += in_memory[i] & 1U;
    return found;
}

void system_play(enum system_children children, size_t page)
{
    played = (struct played){children, page, false};
}

/* A child's memory is not visible here. */
bool system_change_cells(struct system_cells *cells)
{
    (void)cells;
    return false;
}

void system_cells_left(struct system_cells_left *left)
{
    *left = (struct system_cells_left){0};
}

void note_counters_of_child(void)
{
}

void note_cells_of_child(uint64_t cells)
{
    (void)cells;
}

void watch_child(void)
{
}

void watch_parent(void (*let_go)(void))
{
    (void)let_go;
}

void end_child_wrongly(uint32_t how)
{
    fprintf(stderr, "the child %s\n", how == CHILD_EXITED ? "called exit" : "returned from the function");
    _exit(EXIT_FAILURE);
}

void *subject_break(void)
{
    return sbrk(0);
}

/* An access that is wrong, in the middle of the student's function. */
void tell_look(const struct look *look, uintptr_t code, const void *frame)
{
    (void)code;
    (void)frame;
    watch_judge(look);
}

void tell_threads_report(const struct thread_report *report)
{
    threads_judge(report);
}

/* A schedule is first tried in a process of its own, which prints nothing. A child in which it succeeds ends there. */
static bool schedule_is_wanted(void)
{
    int status = 0;
    fflush(stdout);
    pid_t child = fork();
    if (child < 0)
        fault("cannot start a process");
    if (child == 0) {
        tries_schedule = freopen("/dev/null", "w", stdout) != NULL;
        return true;
    }
    return waitpid(child, &status, 0) != child || status != 0;
}

static void schedule_ended(void)
{
    if (tries_schedule)
        _exit(EXIT_SUCCESS);
}

bool put_off_call(const struct call *call, uint64_t argument)
{
    (void)call;
    (void)argument;
    return false;
}

uint64_t make_call(const struct call *call, const uint64_t *arguments)
{
    (void)arguments;
    fault("%s crossed to a subject in direct mode", call->name);
}

void enter_student(void)
{
    if (student_depth++ == 0)
        VALGRIND_ENABLE_ERROR_REPORTING;
}

bool in_student(void)
{
    return student_depth > 0;
}

void leave_student(void)
{
    if (--student_depth == 0)
        VALGRIND_DISABLE_ERROR_REPORTING;
}

static const struct mode direct = {
    .make_call = make_call,
    .put_off_call = put_off_call,
    .read_subject = read_subject,
    .write_subject = write_subject,
    .close_subject = close_subject,
    .schedule_is_wanted = schedule_is_wanted,
    .schedule_ended = schedule_ended,
};

/* SEED=n in the environment replays another run. */
static struct steps *direct_steps(void)
{
    const char *seed = getenv("SEED");
    the_steps.seed = seed ? strtoull(seed, NULL, 10) : USUAL_SEED;
    return &the_steps;
}

static void open_test(void)
{
    record = &the_record;
    replay_choose(running);
    memset(record, 0, sizeof *record);
    steps = direct_steps();
    arena_open();
    watch_open(-1);
    start_watch();
    student_depth = 0;
    VALGRIND_DISABLE_ERROR_REPORTING; /* but in the student's functions */
    if (running->set_up)
        running->set_up();
}

static void close_test(void)
{
    if (running->tear_down)
        running->tear_down();
    heap_verify();
    input_verify();
}

/* --- running --- */

static bool chosen(const char *name, char **names, int n)
{
    for (int i = 0; i < n; i++)
        if (strcmp(names[i], name) == 0)
            return true;
    return n == 0;
}

/* TEXT after LABEL, in lines of a terminal's width that go on below it; nothing if it is empty. */
static void print_labelled(const char *label, const char *text)
{
    enum { WIDTH = 80 };
    int margin = *text ? printf("%s", label) : 0;
    int column = margin;
    while (*text) {
        int word = (int)strcspn(text, " \n");
        bool goes_on = column == margin || column + 1 + word <= WIDTH;
        if (!goes_on)
            column = printf("\n%*s", margin, "") - 1;
        else if (column > margin)
            column += printf(" ");
        column += printf("%.*s", word, text);
        text += word;
        text += strspn(text, " \n");
        if (!*text)
            printf("\n");
    }
}

static void tell_end(SRunner *runner, bool passed)
{
    printf("%s: %s\n", running->test->name, passed ? "passed" : "FAILED");
    if (passed)
        return;
    TestResult **results = srunner_failures(runner);
    print_labelled("  ", record->message[0] ? record->message : tr_msg(results[0]));
    print_labelled("  expected  ", record->expected);
    print_labelled("  found     ", record->found);
    free(results);
}

static bool passes(const struct suite_test *test, bool alone)
{
    running = test;
    Suite *suite = suite_create(test->test->name);
    TCase *tcase = tcase_create(test->test->name);
    tcase_add_checked_fixture(tcase, open_test, close_test);
    tcase_set_timeout(tcase, 0);
    tcase_add_test(tcase, test->test);
    suite_add_tcase(suite, tcase);
    SRunner *runner = srunner_create(suite);
    srunner_set_fork_status(runner, alone ? CK_NOFORK : CK_FORK);
    srunner_run_all(runner, alone ? CK_SILENT : CK_MINIMAL);
    bool passed = srunner_ntests_failed(runner) == 0;
    if (alone)
        tell_end(runner, passed);
    srunner_free(runner);
    return passed;
}

/* Valgrind warns of threads that end without. */
static void report_errors_again(void)
{
    VALGRIND_ENABLE_ERROR_REPORTING;
}

int main(int argc, char **argv)
{
    if (argc > 1 && strcmp(argv[1], "--forgiving") == 0) {
        watch_forgives();
        argc--;
        argv++;
    }
    if (atexit(report_errors_again) != 0)
        fault("cannot ask to be called at the end");
    judge_start(&direct);
    clearenv(); /* Check obeys a dozen variables */
    suite_build(&the_suite);
    int failed = 0;
    int ran = 0;
    for (unsigned i = 0; i < the_suite.tests; i++)
        if (chosen(the_suite.test[i].test->name, argv + 1, argc - 1)) {
            ran++;
            failed += !passes(&the_suite.test[i], argc == 2);
        }
    if (ran == 0) {
        fprintf(stderr, "There is no test of that name in this lab.\n");
        return EXIT_FAILURE;
    }
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
