// SPDX-License-Identifier: MIT
/*
 * tester_calls.c - the tests' side: calls into the implementation, and labs/mytests.h (owntests.h). local_break.c is
 * linked into both sides: a test may move the break as well. judge/each-lab/stubs.c calls in here as it calls the
 * judge.
 */
#include "heaplab/calls.h"
#include "mytests.h"
#include "owntests/lending.h"
#include "owntests/tester.h"
#include "wire/call.h"

#include <errno.h>

enum { PATIENCE_MS = 500, PATIENCE_ROUNDS = 20 };

struct channel *channel;

void before_call(const struct call *call, const uint64_t *arguments)
{
    (void)call;
    (void)arguments;
}

void after_call(const struct call *call, uint64_t result, int error)
{
    (void)call;
    (void)result;
    errno = error;
}

static bool is_pointer(enum word_kind kind)
{
    return kind == WORD_POINTER || kind == WORD_STRING;
}

uint64_t make_call(const struct call *call, const uint64_t *arguments)
{
    channel->function = call->function;
    for (unsigned i = 0; i < call->arguments; i++)
        channel->arguments[i] = is_pointer(call->kinds[i]) ? lend(i, arguments[i]) : arguments[i];
    channel->ask = ASK_CALL;
    channel->say = 0;
    atomic_fetch_add(&channel->calls, 1);
    channel_pass(channel, TURN_SUBJECT);
    uint32_t turn = TURN_SUBJECT;
    for (int round = 0; round < PATIENCE_ROUNDS && turn == TURN_SUBJECT; round++)
        turn = channel_wait(channel, TURN_SUBJECT, PATIENCE_MS);
    if (turn != TURN_JUDGE || channel->say != SAY_RETURN)
        tester_fail("%s did not return", call->name);
    take_back();
    errno = channel->result_errno;
    return is_pointer(call->result_kind) ? lent_from(channel->result) : channel->result;
}

/* --- labs/mytests.h --- */

void mem_limit(size_t bytes)
{
    control_of(channel)->heap_limit = bytes;
}

unsigned mem_reports(void)
{
    return control_of(channel)->reports;
}

int mem_last_report(const void **pointer)
{
    const struct control *control = control_of(channel);
    if (pointer)
        *pointer = (const void *)(uintptr_t)lent_from(control->last_pointer);
    return control->last_report;
}
