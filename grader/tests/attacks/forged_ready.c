// SPDX-License-Identifier: MIT
// Tells the judge, out of a signal handler, that the subject is ready for its first call.
//
// base: 05 stub
// replaces: mm_malloc mm_payload
// loses: all
// tells: made the system call rt_sigaction

static void say_ready(int number)
{
    (void)number;
    forge_and_stay(SAY_READY);
}

void *mm_malloc(size_t size)
{
    catch_signal(SIGSEGV, say_ready);
    return (void *)(size_t) * (volatile char *)size;
}

void *mm_payload(struct header *header)
{
    catch_signal(SIGILL, say_ready);
    __builtin_trap();
    return header;
}
