// SPDX-License-Identifier: MIT
/*
 * loss.c - the verdict on a call whose subject does not wait for the judge any more (loss.h).
 */
#include "judge/loss.h"
#include "judge/judge.h"
#include "judge/lib/threads.h"
#include "judge/lib/watch.h"
#include "sandbox/sandbox.h"

#include <signal.h>
#include <stdio.h>
#include <sys/wait.h>

enum { SIGNAL_BASE = 128 };

/* Is ADDRESS a word of 4 bytes that the kit wrote to new memory, or a few KiB from it? */
static bool is_junk(uint64_t address)
{
    enum { NEAR = 65536 };
    const uint32_t word = HEAP_JUNK_BYTE * 0x01010101U;
    return address <= UINT32_MAX && (address < word ? word - address : address - word) < NEAR;
}

static const char *fault_kind(const struct fall *fall)
{
    enum { NULL_PAGE = 4096 };
    if (fall->deep_stack)
        return "it ran out of stack: look for a recursion that does not end, or a very large local array";
    if (fall->signal == SIGSEGV && fall->code == SI_KERNEL) /* x86-64 tells no address for those it has no room for */
        return "it used a pointer whose value is no address at all: junk, or something read from a freed block";
    switch (fall->signal) {
    case SIGSEGV:
    case SIGBUS:
        if (is_junk(fall->address))
            return "it used a pointer that is junk: new memory holds such bytes before anything is written to it";
        return fall->address < NULL_PAGE ? "it used a NULL pointer"
                                         : "it used an address where there is no memory of its own";
    case SIGFPE:
        return "it divided by zero";
    case SIGABRT:
        return "it called abort, or an assertion in it failed";
    case SIGILL:
    case SIGTRAP:
        return "it ran into code that is not meant to be run";
    default:
        return "a signal ended it";
    }
}

/* Whose fall it is: "grow_break(8)", or "the child process that show_isolation(1, 2, e) made". In static memory. */
static const char *who(const struct fall *fall)
{
    static char text[VALUE_BYTES + 64];
    snprintf(text, sizeof text, "%s%s%s", fall->in_child ? "the child process that " : "", story_last_call(),
             fall->in_child ? " made" : "");
    return text;
}

static _Noreturn void judge_crash(const struct fall *fall, unsigned parts)
{
    char found[VALUE_BYTES];
    if (fall->signal == SIGSYS)
        end_test(STATUS_MISUSED, "no system call but through the functions of the contract",
                 filter_call_name(fall->address, parts), "%s made the system call %s, which graded code may not use",
                 story_last_call(), filter_call_name(fall->address, parts));
    snprintf(found, sizeof found, "%s (%s at address %#jx)",
             sigdescr_np(fall->signal) ? sigdescr_np(fall->signal) : "signal",
             sigabbrev_np(fall->signal) ? sigabbrev_np(fall->signal) : "?", (uintmax_t)fall->address);
    bool is_known = fall->code != SI_KERNEL; /* see fault_kind */
    bool has_address = (fall->signal == SIGSEGV || fall->signal == SIGBUS) && is_known;
    end_test(STATUS_CRASHED, fall->in_child ? "the child ends with _exit" : "the call returns",
             has_address ? found : NULL, "%s crashed: %s", who(fall), fault_kind(fall));
}

static _Noreturn void judge_end(int status)
{
    char found[VALUE_BYTES];
    if (status == SUBJECT_UNSTARTED)
        end_test(STATUS_CRASHED, "the program starts", "it could not be loaded",
                 "your program could not be started: a very large array outside of functions does that");
    int code = WIFEXITED(status) ? WEXITSTATUS(status) : SIGNAL_BASE + WTERMSIG(status);
    if (code == SIGNAL_BASE + SIGKILL || code == SIGNAL_BASE + SIGXCPU)
        end_test(STATUS_TIMED_OUT, "the call returns", "it was stopped", "%s used more time or memory than a test may",
                 story_last_call());
    if (code == SIGNAL_BASE + SIGSYS) /* before the handler was there to name the call */
        end_test(STATUS_MISUSED, "no system call but through the functions of the contract", "a system call",
                 "%s made a system call that graded code may not use", story_last_call());
    if (code > SIGNAL_BASE)
        snprintf(found, sizeof found, "ended by signal %d", code - SIGNAL_BASE);
    else
        snprintf(found, sizeof found, "the program ended with exit status %d", code);
    end_test(STATUS_CRASHED, "the call returns", found, "%s ended the whole program instead of returning",
             story_last_call());
}

static void copy_fall(const struct channel *channel)
{
    record->fall = channel->fall;
    if (record->fall.depth > MOST_FRAMES)
        record->fall.depth = MOST_FRAMES;
    record->has_fall = true;
}

void loss_judge(const struct channel *channel, uint32_t turn, int status, unsigned parts)
{
    uint32_t say = channel->say;
    if (turn == TURN_JUDGE && say == SAY_CRASHED) {
        copy_fall(channel);
        judge_crash(&record->fall, parts);
    }
    if (turn == TURN_JUDGE && say == SAY_LOOKED) {
        struct look look = channel->look;
        copy_fall(channel);
        watch_judge(&look);
    }
    if (turn == TURN_JUDGE && say == SAY_THREADS) {
        struct thread_report report;
        copy_fall(channel);
        if (watch_report(&report))
            threads_judge(&report);
    }
    if (turn == TURN_JUDGE && say == SAY_TIMED_OUT) {
        copy_fall(channel);
        end_test(STATUS_TIMED_OUT, "the call returns", "it was still running when its time was up",
                 "%s does not seem to end", who(&record->fall));
    }
    if (turn == TURN_SUBJECT)
        end_test(STATUS_TIMED_OUT, "the call returns", "it waits for something that does not come",
                 "%s does not seem to end", story_last_call());
    if (turn == TURN_GONE)
        judge_end(status);
    end_disturbed();
}
