// SPDX-License-Identifier: MIT
// Takes all limits off, blocks and ignores the signals of the clocks, and computes for ever.
//
// base: 05 reference
// replaces: mm_payload
// loses: payload_follows_header conversions_only_compute
// tells: made the system call rt_sigaction

#include <sys/resource.h>

__attribute__((constructor)) static void take_limits_off(void)
{
    const struct rlimit none = {RLIM_INFINITY, RLIM_INFINITY};
    KERNEL_4(SYS_prlimit64, 0, RLIMIT_CPU, &none, 0);
    KERNEL_4(SYS_prlimit64, 0, RLIMIT_AS, &none, 0);
}

void *mm_payload(struct header *header)
{
    const unsigned long all = ~0UL;
    catch_signal(SIGPROF, SIG_IGN);
    catch_signal(SIGXCPU, SIG_IGN);
    KERNEL_4(SYS_rt_sigprocmask, SIG_BLOCK, &all, 0, sizeof all);
    for (volatile int i = 0;; i++)
        (void)header;
}
