// SPDX-License-Identifier: MIT
/*
 * filter.c - which system calls a subject may make (sandbox.h).
 *
 * Everything not named is answered by SIGSYS: the subject's handler tells which call it was, and without a handler the
 * process ends. Calls that honest code makes without wanting anything by them (isatty of stdout) get an errno.
 */
#include "sandbox/sandbox.h"

#include <errno.h>
#include <linux/futex.h>
#include <seccomp.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

/* What graded functions need: memory, output, the channel, and an end. */
static const int calls_allowed[] = {
    SCMP_SYS(brk),          SCMP_SYS(munmap),       SCMP_SYS(mprotect),     SCMP_SYS(madvise),
    SCMP_SYS(mremap),       SCMP_SYS(exit),         SCMP_SYS(exit_group),   SCMP_SYS(rt_sigreturn),
    SCMP_SYS(rt_sigaction), SCMP_SYS(sigaltstack),  SCMP_SYS(getrandom),    SCMP_SYS(rt_sigprocmask),
    SCMP_SYS(getpid),       SCMP_SYS(gettid),       SCMP_SYS(close),        SCMP_SYS(clock_gettime),
    SCMP_SYS(gettimeofday), SCMP_SYS(tgkill),       SCMP_SYS(restart_syscall),
};

/* What a static program needs to start, and main to get ready. */
static const int start_allowed[] = {
    SCMP_SYS(execve),          SCMP_SYS(arch_prctl), SCMP_SYS(set_tid_address), SCMP_SYS(set_robust_list),
    SCMP_SYS(rseq),            SCMP_SYS(prlimit64),  SCMP_SYS(readlink),        SCMP_SYS(readlinkat),
    SCMP_SYS(prctl),           SCMP_SYS(setitimer),  SCMP_SYS(mmap),            SCMP_SYS(uname),
};

/* Harmless questions; the answer is an error. */
static const int answered_no[] = {SCMP_SYS(ioctl), SCMP_SYS(fstat), SCMP_SYS(newfstatat), SCMP_SYS(lseek),
                                  SCMP_SYS(sched_yield)};

static bool allow(scmp_filter_ctx filter, const int *calls, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        int result = seccomp_rule_add(filter, SCMP_ACT_ALLOW, calls[i], 0);
        if (result != 0 && result != -EDOM) /* EDOM: this architecture has no such call */
            return false;
    }
    return true;
}

static bool answer_no(scmp_filter_ctx filter)
{
    for (size_t i = 0; i < sizeof answered_no / sizeof *answered_no; i++) {
        int result = seccomp_rule_add(filter, SCMP_ACT_ERRNO(ENOTTY), answered_no[i], 0);
        if (result != 0 && result != -EDOM)
            return false;
    }
    return true;
}

/* Output only to the captured stream; memory only without a file behind it; futex only to take turns. */
static bool allow_with_arguments(scmp_filter_ctx filter, enum filter_stage stage)
{
    const struct scmp_arg_cmp to_stdout = SCMP_A0(SCMP_CMP_LE, STDERR_FILENO);
    const struct scmp_arg_cmp anonymous =
        SCMP_A3(SCMP_CMP_MASKED_EQ, (scmp_datum_t)MAP_ANONYMOUS, (scmp_datum_t)MAP_ANONYMOUS);
    const struct scmp_arg_cmp waits = SCMP_A1(SCMP_CMP_EQ, FUTEX_WAIT);
    const struct scmp_arg_cmp wakes = SCMP_A1(SCMP_CMP_EQ, FUTEX_WAKE);
    bool ok = seccomp_rule_add_array(filter, SCMP_ACT_ALLOW, SCMP_SYS(write), 1, &to_stdout) == 0 &&
              seccomp_rule_add_array(filter, SCMP_ACT_ALLOW, SCMP_SYS(writev), 1, &to_stdout) == 0 &&
              seccomp_rule_add_array(filter, SCMP_ACT_ALLOW, SCMP_SYS(futex), 1, &waits) == 0 &&
              seccomp_rule_add_array(filter, SCMP_ACT_ALLOW, SCMP_SYS(futex), 1, &wakes) == 0;
    if (stage == FILTER_CALLS)
        ok = ok && seccomp_rule_add_array(filter, SCMP_ACT_ALLOW, SCMP_SYS(mmap), 1, &anonymous) == 0;
    return ok;
}

static scmp_filter_ctx build(enum filter_stage stage)
{
    scmp_filter_ctx filter = seccomp_init(SCMP_ACT_TRAP);
    if (!filter)
        return NULL;
    bool ok = seccomp_attr_set(filter, SCMP_FLTATR_ACT_BADARCH, SCMP_ACT_KILL_PROCESS) == 0 &&
              allow(filter, calls_allowed, sizeof calls_allowed / sizeof *calls_allowed) && answer_no(filter) &&
              allow_with_arguments(filter, stage);
    if (stage == FILTER_START)
        ok = ok && allow(filter, start_allowed, sizeof start_allowed / sizeof *start_allowed);
    if (ok)
        return filter;
    seccomp_release(filter);
    return NULL;
}

int filter_descriptor(enum filter_stage stage)
{
    scmp_filter_ctx filter = build(stage);
    int descriptor = memfd_create("heaplab-filter", MFD_CLOEXEC);
    bool ok = filter && descriptor >= 0 && seccomp_export_bpf(filter, descriptor) == 0 &&
              lseek(descriptor, 0, SEEK_SET) == 0;
    seccomp_release(filter);
    if (!ok && descriptor >= 0) {
        close(descriptor);
        descriptor = -1;
    }
    return descriptor;
}

struct instruction { /* the kernel's struct sock_filter */
    uint16_t code;
    uint8_t jump_true;
    uint8_t jump_false;
    uint32_t operand;
};

size_t filter_words(enum filter_stage stage, uint64_t *words, size_t room)
{
    int descriptor = filter_descriptor(stage);
    if (descriptor < 0)
        return 0;
    struct instruction in;
    size_t n = 0;
    while (n < room && read(descriptor, &in, sizeof in) == (ssize_t)sizeof in)
        words[n++] = (uint64_t)in.code << 48 | (uint64_t)in.jump_true << 40 | (uint64_t)in.jump_false << 32 | in.operand;
    bool whole = read(descriptor, &in, sizeof in) == 0;
    close(descriptor);
    return whole ? n : 0;
}

bool filter_apply(enum filter_stage stage)
{
    scmp_filter_ctx filter = build(stage);
    bool ok = filter && seccomp_load(filter) == 0; /* sets no-new-privileges as well */
    seccomp_release(filter);
    return ok;
}

const char *filter_call_name(uint64_t number)
{
    static char name[64];
    char *found = number <= INT32_MAX ? seccomp_syscall_resolve_num_arch(SCMP_ARCH_NATIVE, (int)number) : NULL;
    if (!found)
        return "an unknown system call";
    strncpy(name, found, sizeof name - 1);
    free(found);
    return name;
}
