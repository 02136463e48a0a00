// SPDX-License-Identifier: MIT
/*
 * falls.c - handles crashes in the allocator, and calls of it that do not end (shim.h).
 *
 * Programs install their own signal handlers. Handlers for the signals that a crash raises are only recorded here, and
 * run if such a signal comes while the program's own code is running.
 *
 * The clock ticks in the process's CPU time. A call that is still running after HANG_TICKS is stopped; a thread that
 * waits for the lock passes the signal on to the thread that holds it.
 */
#include "shim.h"
#include "wire/registers.h"

#include <signal.h>
#include <stdlib.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <time.h>
#include <unistd.h>

enum { TICK_NANOSECONDS = 500000000, HANG_TICKS = 6, STACK_BYTES = 65536 };

/* The C library's own function, under its internal name. */
extern int __sigaction(int number, const struct sigaction *action, struct sigaction *old);

/* Set by the linker: the first byte of this library, and the first byte after its code. */
extern const unsigned char __ehdr_start[] __attribute__((visibility("hidden")));
extern const unsigned char etext[] __attribute__((visibility("hidden")));

static const int fatal[] = {SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGABRT};

static struct sigaction theirs[NSIG]; /* what the program wants for those */
static unsigned char handler_stack[STACK_BYTES];
static int tick_signal;

/* Only is_stuck uses these, at each tick. */
static uint64_t calls_at_tick; /* counted at the last tick */
static unsigned stuck_ticks;   /* for how many ticks the same call has been running */

/* --- where it happened ---------------------------------------------------------------------------------------------
 */

/* Reads a word; false if it cannot be read. */
static bool read_word(uintptr_t address, uintptr_t *word)
{
    struct iovec here = {.iov_base = word, .iov_len = sizeof *word};
    struct iovec there = {.iov_base = (void *)address, .iov_len = sizeof *word};
    return process_vm_readv(getpid(), &here, 1, &there, 1, 0) == (ssize_t)sizeof *word;
}

static bool is_ours(uintptr_t address)
{
    return address >= (uintptr_t)__ehdr_start && address < (uintptr_t)etext;
}

static void add_frame(struct run_trouble *trouble, uintptr_t address)
{
    if (is_ours(address) && trouble->depth < RUN_FRAMES)
        trouble->frames[trouble->depth++] = address - (uintptr_t)__ehdr_start;
}

/* For a crash in a function of the C library, which keeps no frame pointer: adds the nearest word on the stack that
 * points back into our code. */
static void add_caller(struct run_trouble *trouble, uintptr_t stack)
{
    enum { NEAR_WORDS = 64 };
    uintptr_t word;
    for (unsigned i = 0; i < NEAR_WORDS && trouble->depth == 0; i++)
        if (read_word(stack + i * sizeof word, &word))
            add_frame(trouble, word);
}

static void add_frames(struct run_trouble *trouble, const ucontext_t *context)
{
    enum { MOST_STEPS = 64 };
    uintptr_t frame = frame_pointer(context);
    uintptr_t next, back;
    add_frame(trouble, program_counter(context));
    if (trouble->depth == 0)
        add_caller(trouble, stack_pointer(context));
    for (unsigned i = 0; i < MOST_STEPS; i++) {
        if (!read_word(frame + sizeof frame, &back) || !read_word(frame, &next))
            return;
        add_frame(trouble, back);
        if (next <= frame)
            return;
        frame = next;
    }
}

static struct run_trouble trouble_of(enum run_trouble_kind kind, const siginfo_t *info, const ucontext_t *context)
{
    enum { NEAR = 1 << 16 };
    struct run_trouble trouble = {.kind = kind, .signal = (uint32_t)info->si_signo};
    trouble.address = (uint64_t)(uintptr_t)info->si_addr;
    trouble.deep_stack = info->si_signo == SIGSEGV && trouble.address - stack_pointer(context) + NEAR < 2 * NEAR;
    add_frames(&trouble, context);
    return trouble;
}

/* --- crashes -------------------------------------------------------------------------------------------------------
 */

/* Handles the signal as if our handler did not exist. */
static void pass_on(int number, siginfo_t *info, void *context)
{
    const struct sigaction *action = &theirs[number];
    if (action->sa_handler == SIG_DFL || action->sa_handler == SIG_IGN) {
        __sigaction(number, &(struct sigaction){.sa_handler = SIG_DFL}, NULL);
        raise(number); /* is delivered when this handler returns */
    } else if (action->sa_flags & SA_SIGINFO) {
        action->sa_sigaction(number, info, context);
    } else {
        action->sa_handler(number);
    }
}

static void on_fatal(int number, siginfo_t *info, void *context)
{
    if (lock_is_ours())
        page_tell_and_end(trouble_of(TROUBLE_CRASH, info, context));
    bool sent = info->si_code <= 0;
    if (!sent || number == SIGABRT)
        page_tell(trouble_of(TROUBLE_PROGRAM, info, context));
    pass_on(number, info, context);
}

/* --- hangs ---------------------------------------------------------------------------------------------------------
 */

static uint64_t all_calls(void)
{
    uint64_t sum = 0;
    for (unsigned i = 0; i < RUN_FUNCTIONS; i++)
        sum += counts->calls[i];
    return sum;
}

/* Has one call been running for too long? */
static bool is_stuck(void)
{
    uint64_t now = all_calls();
    stuck_ticks = now == calls_at_tick && counts->now.function != RUN_NOTHING ? stuck_ticks + 1 : 0;
    calls_at_tick = now;
    return stuck_ticks >= HANG_TICKS;
}

static void on_tick(int number, siginfo_t *info, void *context)
{
    bool handed_on = info->si_code == SI_TKILL;
    int holder = lock_holder();
    if (!handed_on && !is_stuck())
        return;
    if (holder == gettid())
        page_tell_and_end(trouble_of(TROUBLE_HANG, info, context));
    else if (!handed_on && holder != 0)
        syscall(SYS_tgkill, getpid(), holder, number);
}

static void start_clock(void)
{
    timer_t timer;
    struct sigevent event = {.sigev_notify = SIGEV_SIGNAL, .sigev_signo = tick_signal};
    struct timespec tick = {.tv_nsec = TICK_NANOSECONDS};
    struct itimerspec times = {.it_interval = tick, .it_value = tick};
    if (timer_create(CLOCK_PROCESS_CPUTIME_ID, &event, &timer) == 0)
        timer_settime(timer, 0, &times, NULL);
}

/* --- signals -------------------------------------------------------------------------------------------------------
 */

static void handle(int number, void (*handler)(int, siginfo_t *, void *), int flags)
{
    struct sigaction action = {.sa_sigaction = handler, .sa_flags = SA_SIGINFO | SA_ONSTACK | flags};
    sigemptyset(&action.sa_mask);
    __sigaction(number, &action, &theirs[number]);
}

void falls_watch(void)
{
    bool again = tick_signal != 0;
    if (!again) {
        enum { FROM_THE_END = 3 }; /* programs that use such signals start from either end */
        tick_signal = SIGRTMAX - FROM_THE_END;
        stack_t stack = {.ss_sp = handler_stack, .ss_size = sizeof handler_stack};
        sigaltstack(&stack, NULL);
        for (size_t i = 0; i < sizeof fatal / sizeof *fatal; i++)
            handle(fatal[i], on_fatal, 0);
        handle(tick_signal, on_tick, SA_RESTART);
    }
    start_clock(); /* a forked child has no timers */
}

static bool is_watched(int number)
{
    for (size_t i = 0; i < sizeof fatal / sizeof *fatal; i++)
        if (number == fatal[i])
            return tick_signal != 0;
    return number != 0 && number == tick_signal;
}

int sigaction(int number, const struct sigaction *action, struct sigaction *old)
{
    if (!is_watched(number))
        return __sigaction(number, action, old);
    struct sigaction before = theirs[number];
    if (action)
        theirs[number] = *action;
    if (old)
        *old = before;
    return 0;
}

void (*signal(int number, void (*handler)(int)))(int)
{
    struct sigaction action = {.sa_handler = handler, .sa_flags = SA_RESTART};
    struct sigaction old;
    sigemptyset(&action.sa_mask);
    return sigaction(number, &action, &old) == 0 ? old.sa_handler : SIG_ERR;
}
