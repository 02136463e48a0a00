// SPDX-License-Identifier: MIT
/*
 * fall.c - reports a call that does not return to the judge (subject.h).
 *
 * The handlers run on a stack of their own, note the signal, the address and the frames in the channel, and end the
 * process. A student's code that disarms them gains nothing: the kernel's limits end it, and the judge sees the end.
 *
 * The clock ticks in CPU time, so a busy machine changes no verdict: the call that has been in flight for CALL_TICKS
 * ticks, or the test that has used TEST_TICKS, is stopped. Implementations for own tests are known to make no system
 * calls, and have little time: for them only the time outside of the system counts, as how long a page fault takes
 * differs widely from machine to machine.
 */
#include "subject/subject.h"
#include "wire/registers.h"
#include "wire/watched.h"

#include <setjmp.h>
#include <signal.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/time.h>
#include <ucontext.h>
#include <unistd.h>

enum { TICK_MICROSECONDS = 250000, CALL_TICKS = 4, TEST_TICKS = 12, GUARD_BYTES = 65536 };

static uintptr_t stack_top;
static uintptr_t stack_limit; /* the lowest address the stack may reach */

/* Of the clock, in this test's calls. */
LASTING static volatile sig_atomic_t test_ticks;

/* While memory is copied that may not be there, a fault continues at copy_failed. */
static sigjmp_buf copy_failed;
static volatile sig_atomic_t copying;

/* The linker's: where the program's code lies. */
extern const unsigned char __executable_start[], etext[];

struct watched_stack fall_other_stack(struct watched_stack next)
{
    struct watched_stack before = {stack_limit, stack_top, stack_top};
    stack_limit = next.low;
    stack_top = next.high;
    return before;
}

static void add_frame(struct fall *fall, uintptr_t address)
{
    if (fall->depth < MOST_FRAMES && address != 0)
        fall->frames[fall->depth++] = address;
}

/* Walks the chain of frame pointers from FRAME as long as it stays inside the stack, above LOW, and climbs. */
static void climb(struct fall *fall, uintptr_t frame, uintptr_t low)
{
    while (frame >= low && frame < stack_top && frame % sizeof(uintptr_t) == 0) {
        const uintptr_t *words = (const uintptr_t *)frame;
        add_frame(fall, words[1]);
        if (words[0] <= frame || fall->depth == MOST_FRAMES)
            return;
        frame = words[0];
    }
}

static void note_frames(struct fall *fall, const ucontext_t *context)
{
    fall->depth = 0;
    add_frame(fall, program_counter(context));
    uintptr_t low = stack_pointer(context);
    if (low < stack_limit || low >= stack_top || low % sizeof(uintptr_t) != 0)
        return;
    if (low >= stack_limit + GUARD_BYTES) /* where the stack has run out, there may be no memory at its pointer */
        add_frame(fall, leaf_return(context, (struct code_range){(uintptr_t)__executable_start, (uintptr_t)etext},
                                    stack_top));
    climb(fall, frame_pointer(context), low);
}

/* A child stays until the judge ends all: if it ended first, its parent would return, and say so over these words. */
static _Noreturn void leave(enum say say)
{
    channel->say = say;
    channel_pass(channel, TURN_JUDGE);
    while (in_child)
        channel_wait(channel, TURN_JUDGE, 0);
    _exit(EXIT_FAILURE);
}

static _Noreturn void say_last(enum say say)
{
    write_counters();
    leave(say);
}

void tell_look(const struct look *look, uintptr_t code, const void *frame)
{
    const uintptr_t *words = frame;
    struct fall *fall = &channel->fall;
    *fall = (struct fall){0};
    channel->look = *look;
    add_frame(fall, code - 1); /* in the call, which may end a line */
    climb(fall, words[0], (uintptr_t)frame);
    say_last(SAY_LOOKED);
}

void tell_threads_report(const struct thread_report *report)
{
    struct fall *fall = &channel->fall;
    *fall = (struct fall){0};
    *THREAD_REPORT = *report;
    for (uint32_t i = 0; report->sites > 0 && i < report->site[0].depth; i++)
        add_frame(fall, i == 0 ? report->site[0].frames[i] - 1 : report->site[0].frames[i]);
    say_last(SAY_THREADS);
}

static _Noreturn void tell_and_end(enum say say, const siginfo_t *info, const void *context)
{
    struct fall *fall = &channel->fall;
    if (asked_by_tests) /* the place of a crash would tell tests which version it is */
        leave(say);
    fall->signal = info->si_signo;
    fall->code = info->si_code;
    fall->address = info->si_signo == SIGSYS ? (uint64_t)info->si_syscall : (uint64_t)(uintptr_t)info->si_addr;
    fall->in_child = in_child;
    note_frames(fall, context);
    uintptr_t low = stack_pointer(context);
    fall->deep_stack = info->si_signo == SIGSEGV && low < stack_limit + GUARD_BYTES;
    say_last(say);
}

/* A second fall, in here, is not reported. */
static void on_fatal(int number, siginfo_t *info, void *context)
{
    static volatile sig_atomic_t falling;
    (void)number;
    if (copying)
        siglongjmp(copy_failed, 1);
    if (falling)
        _exit(EXIT_FAILURE);
    falling = 1;
    tell_and_end(SAY_CRASHED, info, context);
}

/* Is the process in the middle of a function under test, and not waiting for the judge? */
static bool call_in_flight(void)
{
    return in_call && atomic_load(&channel->turn) == TURN_SUBJECT;
}

static void (*let_child_go)(void);

void forget_ticks(void)
{
    test_ticks = 0;
}

void watch_parent(void (*let_go)(void))
{
    let_child_go = let_go;
}

static void on_tick(int number, siginfo_t *info, void *context)
{
    LASTING static uint32_t call;
    LASTING static unsigned call_ticks;
    (void)number;
    atomic_fetch_add(&channel->ticks, 1);
    uint32_t now = atomic_load(&channel->calls);
    if (!call_in_flight())
        return;
    call_ticks = now == call ? call_ticks + 1 : 0;
    call = now;
    test_ticks++;
    unsigned most = channel->call_ticks ? channel->call_ticks : CALL_TICKS;
    unsigned most_in_all = channel->test_ticks ? channel->test_ticks : TEST_TICKS;
    if (let_child_go && call_ticks >= most / 2) {
        let_child_go();
        let_child_go = NULL;
    }
    if (call_ticks >= most || (unsigned)test_ticks >= most_in_all)
        tell_and_end(SAY_TIMED_OUT, info, context);
}

static void handle(int number, void (*handler)(int, siginfo_t *, void *), int flags)
{
    struct sigaction action = {.sa_sigaction = handler, .sa_flags = SA_SIGINFO | SA_ONSTACK | flags};
    sigemptyset(&action.sa_mask);
    sigaction(number, &action, NULL);
}

bool copy_if_mapped(void *to, const void *from, size_t n)
{
    if (sigsetjmp(copy_failed, 1) != 0) {
        copying = 0;
        return false;
    }
    copying = 1;
    memcpy(to, from, n);
    copying = 0;
    return true;
}

/* In a cost run instructions are counted, and no clock interrupts them. */
static void start_clock(void)
{
    int32_t every = channel->tick_us ? channel->tick_us : TICK_MICROSECONDS;
    struct timeval tick = {.tv_usec = every};
    struct itimerval timer = {.it_interval = tick, .it_value = tick};
    if (every > 0)
        setitimer(asked_by_tests ? ITIMER_VIRTUAL : ITIMER_PROF, &timer, NULL);
}

uintptr_t watch_for_falls(const void *top)
{
    enum { USUAL_ROOM = 8 << 20 };
    static const int fatal[] = {SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGABRT, SIGSYS, SIGTRAP};
    struct rlimit room = {.rlim_cur = USUAL_ROOM};
    getrlimit(RLIMIT_STACK, &room);
    stack_top = (uintptr_t)top;
    stack_limit = stack_top - (uintptr_t)room.rlim_cur;
    stack_t stack = {.ss_sp = rooms()->handler, .ss_size = HANDLER_BYTES};
    sigaltstack(&stack, NULL);
    for (size_t i = 0; i < sizeof fatal / sizeof *fatal; i++)
        handle(fatal[i], on_fatal, SA_NODEFER);
    handle(asked_by_tests ? SIGVTALRM : SIGPROF, on_tick, SA_RESTART);
    start_clock();
    return stack_limit;
}

void watch_child(void)
{
    let_child_go = NULL;
    start_clock();
}
