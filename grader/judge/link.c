// SPDX-License-Identifier: MIT
/*
 * link.c - the judge's side of the channel: starting a subject, calls, answers to up-calls, and the verdict on a call
 * that does not come back (judge.h, channel.h).
 */
#include "judge/link.h"
#include "judge/judge.h"
#include "judge/lib/threads.h"
#include "judge/lib/watch.h"
#include "judge/loss.h"
#include "judge/patience.h"
#include "judge/uncounted.h"
#include "sandbox/sandbox.h"
#include "wire/cost.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

enum { LOOK_EVERY_MS = 500 };
/* As the handout of lab 08 says. */
enum { MEASURED_STACK_BYTES = 128 * 1024 };

enum { TURN_FORGED = TURN_GONE + 1 }; /* only ever told by wait_for_subject */

/* The subject that runs, and what connects the judge to it. */
static struct channel *channel;
static int channel_fd = -1;
static int output_fd = -1;
static int report_fd = -1; /* our end of the socket that valgrind speaks to */
static int talk_fd = -1;   /* and of that of a cost run */
static char *report;       /* what came out of report_fd */
static size_t report_bytes;
static size_t bytes_before;    /* of the report, when this test took its turn with the subject */
static off_t output_before;    /* and of the output */
static bool ahead;             /* the subject was started by link_start_ahead */
static bool measured;          /* see link_plan */
static bool by_socket;         /* a cost run has begun */
static struct keeper *subject; /* the keeper of the subject that runs; NULL: none */
static int subject_status;
static volatile sig_atomic_t subject_gone;
static unsigned parts;     /* of the filter that subjects narrow themselves to */
static unsigned seconds;   /* of processor time that the subject may take; 0: the usual number */
static bool concluded;     /* it said that it stops */
static bool subject_waits; /* it is our move, and the subject will answer */
static uint32_t put_off;   /* calls that are handed over with the next one */

/* For subjects that run by themselves, and under valgrind. */
static struct {
    uint64_t words[sizeof((struct channel *)0)->filter / sizeof(uint64_t)];
    size_t length;
} filters[2];

/* --- memory --- */

void arena_open(void)
{
    if (channel) /* link_start_ahead was here */
        return;
    channel = channel_create(&channel_fd);
    if (!channel)
        fault("cannot map the arena at %#jx", (uintmax_t)CHANNEL_ADDRESS);
}

/* --- the subject's life --- */

static void on_word(int number)
{
    (void)number;
    int saved = errno;
    uint32_t theirs = TURN_SUBJECT;
    if (subject && subject_ended(subject, &subject_status)) {
        subject_gone = 1;
        atomic_compare_exchange_strong(&channel->turn, &theirs, TURN_GONE); /* ends a wait that is about to start */
    }
    errno = saved;
}

/* Reads what valgrind has written. What exceeds the room is dropped, so that valgrind never waits for us. */
static void take_report(void)
{
    enum { MOST = 1 << 20 };
    static char lost[4096];
    if (report_fd < 0 || (!report && !(report = malloc(MOST))))
        return;
    for (;;) {
        size_t room = MOST - report_bytes;
        ssize_t n = recv(report_fd, room ? report + report_bytes : lost, room ? room : sizeof lost, MSG_DONTWAIT);
        if (n <= 0)
            return;
        report_bytes += room ? (size_t)n : 0;
    }
}

size_t link_report(const char **bytes)
{
    take_report();
    *bytes = report;
    return report_bytes;
}

/* Waits for the subject's move to end. Returns whose move it is: TURN_SUBJECT if our patience with this test ran out,
 * TURN_GONE if the subject has really ended, TURN_FORGED if it only says so. */
static uint32_t wait_for_subject(void)
{
    while (atomic_load(&channel->turn) == TURN_SUBJECT && !subject_gone && !patience_is_over()) {
        channel_wait(channel, TURN_SUBJECT, LOOK_EVERY_MS);
        if (report_fd >= 0)
            take_report();
    }
    uint32_t turn = atomic_load(&channel->turn); /* looked at after subject_gone: its last words count, if it had any */
    if (turn == TURN_SUBJECT && subject_gone)
        return TURN_GONE;
    if (turn == TURN_GONE && !subject_gone)
        return TURN_FORGED;
    return patience_is_over() ? TURN_SUBJECT : turn;
}

static void hand_over(void)
{
    channel->say = 0;
    channel->heap_bytes = break_bytes();
    channel_pass(channel, TURN_SUBJECT);
}

/* Hands the move to the subject and waits for it to come back. */
static uint32_t exchange(void)
{
    hand_over();
    return wait_for_subject();
}

static void watch_subject(void)
{
    struct sigaction action = {.sa_handler = on_word};
    sigemptyset(&action.sa_mask);
    sigaction(SIGIO, &action, NULL);
    patience_start();
}

static void make_filter(bool valgrind)
{
    size_t room = sizeof filters[valgrind].words / sizeof *filters[valgrind].words;
    filters[valgrind].length = filter_words(parts | (valgrind ? FILTER_VALGRIND : 0U), filters[valgrind].words, room);
    if (filters[valgrind].length == 0)
        fault("cannot make the filter of system calls");
}

void link_prepare(bool bits32)
{
    parts = FILTER_CALLS | (the_suite.forks ? FILTER_FORKS : 0U) | (bits32 ? FILTER_32 : 0U);
    make_filter(false);
    if (!bits32)
        make_filter(true);
}

static void narrow(bool valgrind)
{
    memcpy(channel->filter, filters[valgrind].words, sizeof filters[valgrind].words);
    channel->filter_length = (uint32_t)filters[valgrind].length;
}

/* --- ending --- */

/* A subject that was told to stop ends by itself; memcheck writes its last lines then, and is worth waiting for. */
static void await_end(void)
{
    const struct timespec moment = {.tv_nsec = 1000000};
    enum { MOMENTS = 5000 };
    for (int i = 0; i < MOMENTS && !subject_gone; i++) {
        take_report();
        nanosleep(&moment, NULL); /* SIGIO cuts it short */
    }
}

void link_end(void)
{
    if (!subject)
        return;
    if (concluded && report_fd >= 0)
        await_end();
    subject_end(subject);
    subject = NULL;
    take_report();
}

void link_conclude(void)
{
    if (!channel || !subject_waits || subject_gone || by_socket)
        return;
    channel->ask = ASK_STOP;
    concluded = exchange() == TURN_JUDGE;
    subject_waits = false;
}

/* --- starting --- */

static void open_output(void)
{
    output_fd = memfd_create("heaplab-output", MFD_CLOEXEC);
    if (output_fd < 0)
        fault("cannot capture output: %s", strerror(errno));
}

/* A socket: unlike a file or a pipe it can't be opened a second time, truncated, or read back. OURS keeps one end;
 * returns the other one. */
static int open_socket(int type, int *ours)
{
    int ends[2];
    if (socketpair(AF_UNIX, type | SOCK_CLOEXEC, 0, ends) != 0)
        fault("cannot make a socket: %s", strerror(errno));
    *ours = ends[0];
    return ends[1];
}

/* Has KEEPER start PROGRAM. */
static void launch(struct keeper *keeper, const char *program, bool memcheck, bool callgrind)
{
    open_output();
    int theirs = memcheck || callgrind ? open_socket(SOCK_STREAM, &report_fd) : -1;
    int talk = callgrind ? open_socket(SOCK_SEQPACKET, &talk_fd) : -1;
    struct subject_plan plan = {.program = program,
                                .channel = channel_fd,
                                .output = output_fd,
                                .report = theirs,
                                .talk = talk,
                                .cpu_seconds = seconds,
                                .stack_bytes = measured ? MEASURED_STACK_BYTES : 0};
    subject_gone = 0;
    channel->say = 0;
    atomic_store(&channel->turn, TURN_SUBJECT);
    subject = keeper;
    if (!subject_start(keeper, &plan))
        fault("cannot start a subject: %s", strerror(errno));
    if (theirs >= 0)
        close(theirs);
    if (talk >= 0)
        close(talk);
}

/* Waits until the subject waits for a call. Returns whose turn it is then. */
static uint32_t await_subject(void)
{
    be_patient(seconds, &channel->ticks);
    uint32_t turn = wait_for_subject();
    subject_waits = turn == TURN_JUDGE && (channel->say == SAY_READY || (ahead && channel->say == SAY_RETURN));
    return turn;
}

/* A subject did not start. If one without student code does not either, the student is not to blame. */
static void blame_sandbox(const struct link_plan *plan)
{
    char words[VALUE_BYTES] = "";
    struct fall fall = channel->fall;
    uint32_t say = channel->say;
    int students_output = output_fd;
    link_end();
    struct keeper *another = keeper_start(plan->another);
    if (another) {
        launch(another, plan->probe, false, false);
        await_subject();
    }
    if (!subject_waits) {
        if (another)
            keeper_words(another, words, sizeof words);
        fault("the sandbox does not start: %s", words[0] ? words : strerror(errno));
    }
    link_end();
    close(output_fd);
    output_fd = students_output;
    channel->fall = fall;
    channel->say = say;
    subject_waits = false;
}

static _Noreturn void judge_loss(uint32_t turn, int status);
static uint64_t ask_subject(enum ask ask);

static void start_subject(const struct link_plan *plan)
{
    arena_open();
    if (plan->watched)
        watch_open(channel_fd);
    channel->watched = plan->watched;
    seconds = plan->seconds;
    channel->test_ticks = plan->ticks;
    channel->call_ticks = plan->call_ticks;
    measured = plan->measured;
    channel->wipes = measured;
    channel->narrows_late = plan->callgrind;
    channel->tick_us = plan->callgrind ? -1 : plan->tick_us;
    narrow(plan->memcheck || plan->callgrind);
    watch_subject();
    launch(plan->keeper, plan->program, plan->memcheck, plan->callgrind);
}

/* --- one subject for several tests --- */

void link_start_ahead(const struct link_plan *plan)
{
    if (channel) {
        patience_end();
        munmap(channel, SHARED_BYTES);
        close(channel_fd);
        close(output_fd);
        close(report_fd);
        channel = NULL;
    }
    start_subject(plan);
    ahead = true;
}

/* In the process of a test whose subject was started ahead by another process. */
static void join(const struct link_plan *plan)
{
    seconds = plan->seconds;
    subject_hear(subject);
    on_word(SIGIO); /* what came before that */
}

/* The subject forgets the test before, of which nothing is left in shared memory either. */
static void take_turn(void)
{
    uncounted_clear(channel_fd);
    ask_subject(ASK_FRESH);
    take_report();
    bytes_before = report_bytes;
    output_before = (off_t)link_printed();
}

bool link_is_quiet(void)
{
    take_report();
    return ahead && subject_waits && !subject_gone && report_bytes == bytes_before;
}

/* --- a test's subject --- */

void link_start(const struct link_plan *plan)
{
    if (ahead)
        join(plan);
    else
        start_subject(plan);
    uint32_t turn = await_subject();
    if (subject_waits && ahead)
        take_turn();
    if (subject_waits)
        return;
    int status = subject_status;
    if (plan->probe)
        blame_sandbox(plan);
    judge_loss(turn, status);
}

/* --- what a subject leaves --- */

size_t link_printed(void)
{
    struct stat output;
    return output_fd >= 0 && fstat(output_fd, &output) == 0 ? (size_t)output.st_size : 0;
}

size_t link_output(char *room, size_t size)
{
    ssize_t n = output_fd < 0 ? 0 : pread(output_fd, room, size, output_before);
    return n > 0 ? (size_t)n : 0;
}

size_t link_counters(const unsigned char **bytes)
{
    uint32_t n = channel ? channel->coverage_bytes : 0;
    *bytes = (const unsigned char *)channel + COVERAGE_OFFSET;
    return n <= COVERAGE_ROOM ? n : 0;
}

size_t link_childrens_counters(const unsigned char **bytes)
{
    uint32_t n = channel ? atomic_load(&channel->children_bytes) : 0;
    *bytes = (const unsigned char *)channel + CHILDREN_OFFSET;
    return n <= CHILDREN_ROOM ? n : CHILDREN_ROOM;
}

static _Noreturn void judge_loss(uint32_t turn, int status)
{
    subject_waits = false;
    loss_judge(channel, turn, status, parts);
}

/* --- calls and up-calls --- */

/* Answers one up-call; the subject still owes us the call's result. */
static void answer(void)
{
    uint64_t words[MOST_WORDS];
    uint32_t request = channel->request;
    for (int i = 0; i < MOST_WORDS; i++)
        words[i] = channel->words[i];
    errno = 0;
    channel->answer = answer_request(request, words);
    channel->answer_errno = errno;
    channel->answer_kept = heap_kept();
    channel->ask = ASK_ANSWER;
}

/* Hands ASK over, answers what comes up, and returns the result. */
static uint64_t ask_subject(enum ask ask)
{
    channel->ask = ask;
    count_call();
    atomic_fetch_add(&channel->calls, 1);
    for (;;) {
        uint32_t turn = exchange();
        uint32_t say = channel->say;
        if (turn != TURN_JUDGE || (say != SAY_RETURN && say != SAY_REQUEST))
            judge_loss(turn, subject_status);
        if (say == SAY_RETURN)
            break;
        answer();
    }
    errno = channel->result_errno;
    return channel->result;
}

/* --- a cost run --- */

static _Noreturn void judge_talk(void)
{
    if (channel->say == SAY_CRASHED || channel->say == SAY_TIMED_OUT)
        judge_loss(TURN_JUDGE, subject_status);
    if (patience_is_over())
        judge_loss(TURN_SUBJECT, subject_status);
    judge_loss(TURN_GONE, subject_end(subject));
}

static _Noreturn void judge_noise(void)
{
    subject_waits = false;
    end_disturbed();
}

/* Waits for the subject's next word, and meanwhile reads what valgrind writes, so that it does not wait for us. */
static struct cost_word next_word(void)
{
    struct cost_word word;
    struct pollfd wait[] = {{.fd = talk_fd, .events = POLLIN}, {.fd = report_fd, .events = POLLIN}};
    while (!patience_is_over()) {
        if (poll(wait, 2, LOOK_EVERY_MS) <= 0)
            continue;
        if (wait[1].revents & POLLIN)
            take_report();
        if (!wait[0].revents) {
            if (wait[1].revents)
                wait[1].fd = -1; /* valgrind has ended; read what is left in the other socket */
            continue;
        }
        ssize_t n = recv(talk_fd, &word, sizeof word, MSG_DONTWAIT | MSG_TRUNC);
        if (n == (ssize_t)sizeof word)
            return word;
        if (n > 0)
            judge_noise();
        break;
    }
    judge_talk();
}

static void answer_word(const struct cost_word *word)
{
    errno = 0;
    struct cost_answer answer = {.answer = answer_request(word->request, word->word)};
    answer.error = errno;
    channel->heap_bytes = break_bytes();
    send(talk_fd, &answer, sizeof answer, MSG_NOSIGNAL);
}

void link_cost_start(void)
{
    channel->ask = ASK_COST;
    hand_over();
    by_socket = true;
}

/* A word that arrives before its order is an answer to nothing. */
static void send_order(const struct cost_order *order)
{
    char early;
    count_call();
    if (recv(talk_fd, &early, sizeof early, MSG_PEEK | MSG_DONTWAIT) > 0)
        judge_noise();
    if (send(talk_fd, order, sizeof *order, MSG_NOSIGNAL) != (ssize_t)sizeof *order)
        judge_talk();
}

void link_cost_seal(void)
{
    narrow(true); /* what was there has been wiped */
    send_order(&(struct cost_order){.kind = ORDER_SEAL});
}

uint64_t link_cost_call(const struct cost_order *order)
{
    send_order(order);
    for (;;) {
        struct cost_word word = next_word();
        if (word.kind == WORD_RETURN) {
            uncounted_wipe(channel_fd);
            return word.word[0];
        }
        if (word.kind != WORD_REQUEST)
            judge_noise();
        answer_word(&word);
    }
}

void link_cost_end(void)
{
    shutdown(talk_fd, SHUT_WR);
    while (!subject_gone && !patience_is_over()) {
        struct pollfd wait = {.fd = report_fd, .events = POLLIN};
        poll(&wait, 1, LOOK_EVERY_MS);
        take_report();
        if (wait.revents & POLLHUP)
            break;
    }
    subject_waits = false;
}

static void expect_no_stray_child(void)
{
    if (atomic_load(&channel->child_returned))
        end_test(STATUS_MISUSED, "the child ends with _exit",
                 atomic_load(&channel->child_returned) == CHILD_RETURNED ? "it returned like its parent"
                                                                         : "it called exit",
                 "in %s, a forked child did not end with _exit", story_last_call());
}

bool put_off_call(const struct call *call, uint64_t argument)
{
    if (put_off == MOST_EARLIER)
        return false;
    channel->earlier_function = call->function;
    channel->earlier_argument[put_off++] = argument;
    return true;
}

uint64_t make_call(const struct call *call, const uint64_t *arguments)
{
    channel->earlier = put_off;
    put_off = 0;
    channel->function = call->function;
    for (unsigned i = 0; i < call->arguments; i++)
        channel->arguments[i] = arguments[i];
    channel->result_errno = errno_before();
    uint64_t result = ask_subject(ASK_CALL);
    expect_no_stray_child();
    if (measured)
        uncounted_wipe(channel_fd);
    return result;
}

/* --- the subject's own memory --- */

static unsigned char *window(void)
{
    return (unsigned char *)channel + COVERAGE_OFFSET;
}

static bool copy_subject(enum ask ask, const void *address, size_t n)
{
    if (n > WINDOW_BYTES)
        fault("a copy of %zu bytes is more than %d", n, WINDOW_BYTES);
    channel->arguments[0] = (uint64_t)(uintptr_t)address;
    channel->arguments[1] = n;
    return ask_subject(ask) == 1;
}

bool read_subject(void *to, const void *from, size_t n)
{
    if (!copy_subject(ASK_READ, from, n))
        return false;
    memcpy(to, window(), n);
    return true;
}

bool write_subject(void *to, const void *from, size_t n)
{
    if (n <= WINDOW_BYTES)
        memcpy(window(), from, n);
    return copy_subject(ASK_WRITE, to, n);
}

void stack_watch(void)
{
    ask_subject(ASK_PAINT);
}

size_t stack_used(void)
{
    return (size_t)ask_subject(ASK_DEPTH);
}

uint64_t accesses_made(void)
{
    return ask_subject(ASK_LOOKS);
}

/* One byte a page; the lowest bit says whether it is in memory. */
size_t pages_in_memory(const void *start, size_t n)
{
    size_t page = (size_t)sysconf(_SC_PAGESIZE);
    size_t before = (uintptr_t)start % page;
    size_t pages = (before + n + page - 1) / page;
    if (pages > WINDOW_BYTES)
        fault("%zu pages are more than %d", pages, WINDOW_BYTES);
    channel->arguments[0] = (uint64_t)(uintptr_t)start - before;
    channel->arguments[1] = pages * page;
    if (ask_subject(ASK_PAGES) != 0)
        fail("all pages of %s should be there", name_of(start));
    size_t found = 0;
    for (size_t i = 0; i < pages; i++)
        found += window()[i] & 1U;
    return found;
}

static void play(enum system_children children, size_t page, bool cells)
{
    channel->arguments[0] = children;
    channel->arguments[1] = page;
    channel->arguments[2] = cells;
    ask_subject(ASK_PLAY);
}

void system_play(enum system_children children, size_t page)
{
    play(children, page, false);
}

bool system_change_cells(struct system_cells *cells)
{
    cells_draw(cells);
    atomic_store(&channel->child_ended, 0);
    play(CHILDREN_EARLY, 0, true);
    return true;
}

void system_cells_left(struct system_cells_left *left)
{
    cells_left(left);
    left->by_child = atomic_exchange(&channel->child_ended, 0) != 0;
    uint64_t cells = channel->child_cells;
    left->in_child[0] = (int32_t)(uint32_t)cells;
    left->in_child[1] = (int32_t)(uint32_t)(cells >> 32);
}

void *subject_break(void)
{
    return (void *)(uintptr_t)ask_subject(ASK_BREAK);
}
