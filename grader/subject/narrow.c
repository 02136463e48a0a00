// SPDX-License-Identifier: MIT
/*
 * narrow.c - the subject gives up system calls for good (subject.h).
 */
#include "subject/subject.h"
#include "wire/channel.h"

#include <linux/filter.h>
#include <linux/seccomp.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <unistd.h>

/* From here on only the system calls that a function under test may make: no execve, no new mappings of files. */
void narrow_system_calls(void)
{
    static struct sock_filter filter[sizeof channel->filter / sizeof *channel->filter];
    uint32_t length = channel->filter_length;
    if (length == 0 || length > sizeof filter / sizeof *filter)
        return;
    for (uint32_t i = 0; i < length; i++) {
        uint64_t word = channel->filter[i];
        filter[i] = (struct sock_filter){.code = (uint16_t)(word >> 48),
                                         .jt = (uint8_t)(word >> 40),
                                         .jf = (uint8_t)(word >> 32),
                                         .k = (uint32_t)word};
    }
    struct sock_fprog program = {.len = (unsigned short)length, .filter = filter};
    if (prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program) != 0)
        _exit(EXIT_FAILURE);
}
