// SPDX-License-Identifier: MIT
// Crashes on purpose, and answers the judge out of its own handler: a good result, and never a crash.
//
// base: 05 stub
// replaces: mm_malloc mm_payload
// loses: all
// tells: made the system call rt_sigaction

static void answer(int number)
{
    (void)number;
    forge(SAY_RETURN, HEAP_ADDRESS + sizeof(struct header));
    while (CHANNEL->turn != TURN_SUBJECT)
        continue;
    __builtin_trap();
}

void *mm_malloc(size_t size)
{
    catch_signal(SIGSEGV, answer);
    catch_signal(SIGILL, answer);
    return (void *)(size_t) * (volatile char *)size;
}

void *mm_payload(struct header *header)
{
    (void)header;
    return mm_malloc(0);
}
