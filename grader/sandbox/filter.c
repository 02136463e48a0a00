// SPDX-License-Identifier: MIT
/*
 * filter.c - which system calls a subject may make (sandbox.h).
 *
 * Everything not named is answered by SIGSYS: the subject's handler tells which call it was, and without a handler the
 * process ends. Calls that honest code makes without wanting anything by them (isatty of stdout) get an errno.
 */
#include "sandbox/sandbox.h"
#include "wire/channel.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/futex.h>
#include <sched.h>
#include <seccomp.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <unistd.h>

/* What graded functions need: output, the channel, and an end. Memory they ask the judge for, who keeps the books. */
static const int calls_allowed[] = {
    SCMP_SYS(exit),          SCMP_SYS(exit_group),     SCMP_SYS(rt_sigreturn),    SCMP_SYS(getpid),
    SCMP_SYS(getrandom),     SCMP_SYS(rt_sigprocmask), SCMP_SYS(gettid),          SCMP_SYS(close),
    SCMP_SYS(clock_gettime), SCMP_SYS(gettimeofday),   SCMP_SYS(restart_syscall),
};

/* Memory of the process's own: for labs whose system calls are real, for tests, for valgrind. */
static const int memory_allowed[] = {
    SCMP_SYS(brk), SCMP_SYS(munmap), SCMP_SYS(mprotect), SCMP_SYS(madvise), SCMP_SYS(mremap),
};

/* What a static program needs to start, and main to get ready. */
static const int start_allowed[] = {
    SCMP_SYS(rt_sigaction),    SCMP_SYS(sigaltstack), SCMP_SYS(arch_prctl), SCMP_SYS(set_tid_address),
    SCMP_SYS(set_robust_list), SCMP_SYS(rseq),        SCMP_SYS(prlimit64),  SCMP_SYS(readlink),
    SCMP_SYS(readlinkat),      SCMP_SYS(setitimer),   SCMP_SYS(brk),        SCMP_SYS(uname),
};

/* The same needs of a 32-bit program, where its calls have other names. */
static const int calls_allowed_32[] = {SCMP_SYS(sigreturn), SCMP_SYS(clock_gettime64)};
static const int start_allowed_32[] = {SCMP_SYS(set_thread_area), SCMP_SYS(ugetrlimit)};
static const int answered_no_32[] = {SCMP_SYS(fstat64), SCMP_SYS(fstatat64), SCMP_SYS(statx), SCMP_SYS(_llseek)};

/* What the keeper, a 64-bit program under the filter of a 32-bit subject, does to become it. */
static const int become_32[] = {SCMP_SYS(execveat), SCMP_SYS(exit_group)};

/* Forking with the C library's fork, a clock for the child, and waiting for it. */
static const int forks_allowed[] = {SCMP_SYS(mincore), SCMP_SYS(wait4),           SCMP_SYS(waitid),
                                    SCMP_SYS(getppid), SCMP_SYS(set_robust_list), SCMP_SYS(setitimer)};

/* What valgrind needs while it runs a program, besides memory. The program's own calls pass through it, so none of
 * these opens a file, sleeps or starts a process. */
static const int valgrind_allowed[] = {
    SCMP_SYS(read),
    SCMP_SYS(pread64),
    SCMP_SYS(fcntl),
    SCMP_SYS(lseek),
    SCMP_SYS(getrlimit),
    SCMP_SYS(prlimit64),
    SCMP_SYS(getppid),
    SCMP_SYS(rt_sigtimedwait),
    SCMP_SYS(time),
    SCMP_SYS(rt_sigpending),
    SCMP_SYS(write),
    SCMP_SYS(writev),
    SCMP_SYS(getuid),
    SCMP_SYS(getgid),
    SCMP_SYS(geteuid),
    SCMP_SYS(getegid),
    SCMP_SYS(futex),
    SCMP_SYS(rt_sigaction),
    SCMP_SYS(sigaltstack),
    SCMP_SYS(brk),
    SCMP_SYS(munmap),
    SCMP_SYS(madvise),
    SCMP_SYS(mremap),
    SCMP_SYS(tgkill),
    SCMP_SYS(sched_getaffinity),
};

/* At its start it opens itself, the program and its libraries, all read-only in a root that holds nothing else. (arm64
 * has the calls with "at" only.) */
static const int valgrind_start[] = {
    SCMP_SYS(open),       SCMP_SYS(openat),    SCMP_SYS(dup),     SCMP_SYS(dup2),     SCMP_SYS(dup3),
    SCMP_SYS(pipe),       SCMP_SYS(pipe2),     SCMP_SYS(stat),    SCMP_SYS(fstat),    SCMP_SYS(newfstatat),
    SCMP_SYS(getcwd),     SCMP_SYS(setrlimit), SCMP_SYS(sysinfo), SCMP_SYS(access),   SCMP_SYS(faccessat),
    SCMP_SYS(getdents64), SCMP_SYS(statx),     SCMP_SYS(unlink),  SCMP_SYS(unlinkat), SCMP_SYS(mmap),
    SCMP_SYS(mprotect),
};

/* Harmless questions; the answer is an error. */
static const int answered_no[] = {SCMP_SYS(ioctl), SCMP_SYS(sched_yield), SCMP_SYS(getxattr)};
static const int answered_no_outside_valgrind[] = {SCMP_SYS(fstat), SCMP_SYS(newfstatat), SCMP_SYS(lseek)};

static bool add_rules(scmp_filter_ctx filter, uint32_t action, const int *calls, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        int result = seccomp_rule_add(filter, action, calls[i], 0);
        if (result != 0 && result != -EDOM && result != -EACCES && result != -EEXIST)
            return false; /* EDOM: this architecture has no such call; EACCES: the default action anyway */
    }
    return true;
}

#define ADD_RULES(filter, action, calls) add_rules(filter, action, calls, sizeof(calls) / sizeof *(calls))

/* CALL under one condition, where this architecture has it. */
static bool add_rule(scmp_filter_ctx filter, int call, const struct scmp_arg_cmp *condition)
{
    int result = seccomp_rule_add_array(filter, SCMP_ACT_ALLOW, call, 1, condition);
    return result == 0 || result == -EDOM || result == -EEXIST;
}

/* On 32 bits mmap takes its arguments from memory, where no filter sees them, and mmap2 is what the C library calls. */
static int mapping_call(unsigned parts)
{
    return parts & FILTER_32 ? SCMP_SYS(mmap2) : SCMP_SYS(mmap);
}

/* Conditions on argument N of a call. libseccomp's own macros leave a field out, which clang warns about. */
#define ARGUMENT(n, compare, value)                                                                                    \
    {                                                                                                                  \
        .arg = (n), .op = (compare), .datum_a = (value)                                                                \
    }
#define MASKED(n, mask, value)                                                                                         \
    {                                                                                                                  \
        .arg = (n), .op = SCMP_CMP_MASKED_EQ, .datum_a = (mask), .datum_b = (value)                                    \
    }

/* A tester waits for an implementation, and for the referee. */
static bool allow_tester(scmp_filter_ctx filter)
{
    const struct scmp_arg_cmp waits = ARGUMENT(1, SCMP_CMP_EQ, FUTEX_WAIT);
    const struct scmp_arg_cmp wakes = ARGUMENT(1, SCMP_CMP_EQ, FUTEX_WAKE);
    return seccomp_rule_add_array(filter, SCMP_ACT_ALLOW, SCMP_SYS(futex), 1, &waits) == 0 &&
           seccomp_rule_add_array(filter, SCMP_ACT_ALLOW, SCMP_SYS(futex), 1, &wakes) == 0;
}

/* What a subject does once at its start: map the channel, make what the loader wrote read-only, narrow the filter. */
static bool allow_start(scmp_filter_ctx filter, unsigned parts)
{
    const struct scmp_arg_cmp the_channel = ARGUMENT(4, SCMP_CMP_EQ, CHANNEL_FD);
    const struct scmp_arg_cmp read_only = ARGUMENT(2, SCMP_CMP_EQ, PROT_READ);
    const struct scmp_arg_cmp narrows = ARGUMENT(0, SCMP_CMP_EQ, PR_SET_SECCOMP);
    const struct scmp_arg_cmp what_is_open = ARGUMENT(4, SCMP_CMP_EQ, AT_EMPTY_PATH);
    return seccomp_rule_add_array(filter, SCMP_ACT_ALLOW, SCMP_SYS(execveat), 1, &what_is_open) == 0 &&
           ADD_RULES(filter, SCMP_ACT_ALLOW, start_allowed) &&
           seccomp_rule_add_array(filter, SCMP_ACT_ALLOW, mapping_call(parts), 1, &the_channel) == 0 &&
           seccomp_rule_add_array(filter, SCMP_ACT_ALLOW, SCMP_SYS(mprotect), 1, &read_only) == 0 &&
           seccomp_rule_add_array(filter, SCMP_ACT_ALLOW, SCMP_SYS(prctl), 1, &narrows) == 0;
}

/* Only memory that no file backs. */
static bool allow_memory(scmp_filter_ctx filter, unsigned parts)
{
    const struct scmp_arg_cmp anonymous = MASKED(3, (scmp_datum_t)MAP_ANONYMOUS, (scmp_datum_t)MAP_ANONYMOUS);
    return ADD_RULES(filter, SCMP_ACT_ALLOW, memory_allowed) &&
           seccomp_rule_add_array(filter, SCMP_ACT_ALLOW, mapping_call(parts), 1, &anonymous) == 0;
}

/* Valgrind maps its own memory above this address. That may be executable; what its program maps elsewhere may not. */
#if defined(__x86_64__)
#define VALGRINDS_OWN 0x1000000000ULL
#else
#define VALGRINDS_OWN 0x800000000ULL
#endif

/* Valgrind, once its program runs: memory, but no new executable memory for its program. At its end callgrind opens
 * /dev/null, the file for its profile. */
static bool allow_valgrind(scmp_filter_ctx filter, unsigned parts)
{
    const struct scmp_arg_cmp no_code = MASKED(2, PROT_EXEC, 0);
    const struct scmp_arg_cmp its_own = ARGUMENT(0, SCMP_CMP_GE, VALGRINDS_OWN);
    const struct scmp_arg_cmp writes_anew = ARGUMENT(1, SCMP_CMP_EQ, O_WRONLY | O_TRUNC);
    const struct scmp_arg_cmp writes_anew_at = ARGUMENT(2, SCMP_CMP_EQ, O_WRONLY | O_TRUNC);
    return ADD_RULES(filter, SCMP_ACT_ALLOW, valgrind_allowed) &&
           (parts & FILTER_START
                ? ADD_RULES(filter, SCMP_ACT_ALLOW, valgrind_start)
                : seccomp_rule_add_array(filter, SCMP_ACT_ALLOW, SCMP_SYS(mmap), 1, &no_code) == 0 &&
                      seccomp_rule_add_array(filter, SCMP_ACT_ALLOW, SCMP_SYS(mmap), 1, &its_own) == 0 &&
                      seccomp_rule_add_array(filter, SCMP_ACT_ALLOW, SCMP_SYS(mprotect), 1, &no_code) == 0 &&
                      add_rule(filter, SCMP_SYS(open), &writes_anew) &&
                      add_rule(filter, SCMP_SYS(openat), &writes_anew_at));
}

/* An assertion's abort. Under valgrind, that sends all signals. */
static bool allow_abort(scmp_filter_ctx filter)
{
    const struct scmp_arg_cmp aborts = ARGUMENT(2, SCMP_CMP_EQ, SIGABRT);
    return seccomp_rule_add_array(filter, SCMP_ACT_ALLOW, SCMP_SYS(tgkill), 1, &aborts) == 0;
}

/* What is given back and put back between calls (subject/wipe.c), the latter from a file that has taken the channel's
 * number. */
static bool allow_wipe(scmp_filter_ctx filter, unsigned parts)
{
    const struct scmp_arg_cmp gives_back = ARGUMENT(2, SCMP_CMP_EQ, MADV_DONTNEED);
    const struct scmp_arg_cmp the_copy = ARGUMENT(0, SCMP_CMP_EQ, CHANNEL_FD);
    bool ok = parts & FILTER_VALGRIND ||
              seccomp_rule_add_array(filter, SCMP_ACT_ALLOW, SCMP_SYS(madvise), 1, &gives_back) == 0;
    return ok && seccomp_rule_add_array(filter, SCMP_ACT_ALLOW, SCMP_SYS(preadv), 1, &the_copy) == 0;
}

/* Making that file. In labs where nothing is wiped the number is the channel's until that is closed, and nobody's
 * later. */
static bool allow_copy(scmp_filter_ctx filter, unsigned parts)
{
    const struct scmp_arg_cmp sealed_later = ARGUMENT(1, SCMP_CMP_EQ, MFD_ALLOW_SEALING);
    const struct scmp_arg_cmp the_copy = ARGUMENT(0, SCMP_CMP_EQ, CHANNEL_FD);
    const struct scmp_arg_cmp seals[] = {ARGUMENT(0, SCMP_CMP_EQ, CHANNEL_FD), ARGUMENT(1, SCMP_CMP_EQ, F_ADD_SEALS)};
    bool ok = seccomp_rule_add_array(filter, SCMP_ACT_ALLOW, SCMP_SYS(memfd_create), 1, &sealed_later) == 0 &&
              seccomp_rule_add_array(filter, SCMP_ACT_ALLOW, SCMP_SYS(pwrite64), 1, &the_copy) == 0;
    if (parts & FILTER_VALGRIND) /* it makes the other two itself */
        return ok;
    return ok && seccomp_rule_add_array(filter, SCMP_ACT_ALLOW, SCMP_SYS(pread64), 1, &the_copy) == 0 &&
           seccomp_rule_add_array(filter, SCMP_ACT_ALLOW, parts & FILTER_32 ? SCMP_SYS(fcntl64) : SCMP_SYS(fcntl), 2,
                                  seals) == 0;
}

/* Output only to the captured stream.
 * futex only to take turns: a subject sleeps while it is the judge's move, and never when it is its own. */
static bool allow_with_arguments(scmp_filter_ctx filter, unsigned parts)
{
    const struct scmp_arg_cmp to_stdout = ARGUMENT(0, SCMP_CMP_LE, STDERR_FILENO);
    const struct scmp_arg_cmp waits[] = {ARGUMENT(0, SCMP_CMP_EQ, CHANNEL_ADDRESS),
                                         ARGUMENT(1, SCMP_CMP_EQ, FUTEX_WAIT), MASKED(2, UINT32_MAX, TURN_JUDGE),
                                         ARGUMENT(3, SCMP_CMP_EQ, 0)};
    const struct scmp_arg_cmp wakes[] = {ARGUMENT(0, SCMP_CMP_EQ, CHANNEL_ADDRESS),
                                         ARGUMENT(1, SCMP_CMP_EQ, FUTEX_WAKE)};
    bool ok = true;
    if (!(parts & FILTER_VALGRIND))
        ok = seccomp_rule_add_array(filter, SCMP_ACT_ALLOW, SCMP_SYS(write), 1, &to_stdout) == 0 &&
             seccomp_rule_add_array(filter, SCMP_ACT_ALLOW, SCMP_SYS(writev), 1, &to_stdout) == 0 &&
             seccomp_rule_add_array(filter, SCMP_ACT_ALLOW, SCMP_SYS(futex), 4, waits) == 0 &&
             seccomp_rule_add_array(filter, SCMP_ACT_ALLOW, SCMP_SYS(futex), 2, wakes) == 0;
    if (!(parts & FILTER_FORKS))
        ok = ok && allow_wipe(filter, parts);
    if (!(parts & FILTER_VALGRIND))
        ok = ok && allow_abort(filter);
    if (parts & FILTER_TESTER)
        ok = ok && allow_tester(filter);
    return ok;
}

/* A process, not a thread, and in no new namespace: the flags that the C library's fork uses and no others. The kit
 * holds children back and lets them go (subject/system.c). */
static bool allow_forks(scmp_filter_ctx filter)
{
    const struct scmp_arg_cmp holds = ARGUMENT(2, SCMP_CMP_EQ, SIGSTOP);
    const struct scmp_arg_cmp lets_go = ARGUMENT(2, SCMP_CMP_EQ, SIGCONT);
    const scmp_datum_t fork_flags = CLONE_CHILD_SETTID | CLONE_CHILD_CLEARTID | SIGCHLD;
    const struct scmp_arg_cmp as_fork = MASKED(0, ~fork_flags, 0);
    return ADD_RULES(filter, SCMP_ACT_ALLOW, forks_allowed) &&
           seccomp_rule_add_array(filter, SCMP_ACT_ALLOW, SCMP_SYS(tgkill), 1, &holds) == 0 &&
           seccomp_rule_add_array(filter, SCMP_ACT_ALLOW, SCMP_SYS(tgkill), 1, &lets_go) == 0 &&
           seccomp_rule_add_array(filter, SCMP_ACT_ALLOW, SCMP_SYS(clone), 1, &as_fork) == 0;
}

static bool allow_32(scmp_filter_ctx filter, unsigned parts)
{
    return ADD_RULES(filter, SCMP_ACT_ALLOW, calls_allowed_32) &&
           ADD_RULES(filter, SCMP_ACT_ERRNO(ENOTTY), answered_no_32) &&
           (!(parts & FILTER_START) || ADD_RULES(filter, SCMP_ACT_ALLOW, start_allowed_32));
}

static bool add_parts(scmp_filter_ctx filter, unsigned parts)
{
    bool ok = ADD_RULES(filter, SCMP_ACT_ALLOW, calls_allowed) &&
              ADD_RULES(filter, SCMP_ACT_ERRNO(ENOTTY), answered_no) && allow_with_arguments(filter, parts);
    if (parts & FILTER_START)
        ok = ok && allow_start(filter, parts) && allow_copy(filter, parts);
    if (parts & FILTER_32)
        ok = ok && allow_32(filter, parts);
    if (parts & FILTER_FORKS)
        ok = ok && allow_memory(filter, parts) && allow_forks(filter);
    if (parts & FILTER_VALGRIND)
        return ok && allow_valgrind(filter, parts);
    return ok && ADD_RULES(filter, SCMP_ACT_ERRNO(ENOTTY), answered_no_outside_valgrind);
}

/* A filter that traps every call, and kills a process that uses another architecture's call numbers. NULL on failure.
 */
static scmp_filter_ctx empty_filter(void)
{
    scmp_filter_ctx filter = seccomp_init(SCMP_ACT_TRAP);
    if (filter && seccomp_attr_set(filter, SCMP_FLTATR_ACT_BADARCH, SCMP_ACT_KILL_PROCESS) == 0)
        return filter;
    seccomp_release(filter);
    return NULL;
}

/* From here on FILTER is about the calls of 32-bit x86 alone. */
static bool turn_to_32(scmp_filter_ctx filter)
{
    return seccomp_arch_add(filter, SCMP_ARCH_X86) == 0 && seccomp_arch_remove(filter, SCMP_ARCH_NATIVE) == 0;
}

/* Adds the keeper's calls to FILTER, which is about 32 bits. */
static bool allow_keeper(scmp_filter_ctx filter)
{
    scmp_filter_ctx keeper = empty_filter();
    if (keeper && ADD_RULES(keeper, SCMP_ACT_ALLOW, become_32) && seccomp_merge(filter, keeper) == 0)
        return true; /* KEEPER is part of FILTER now */
    seccomp_release(keeper);
    return false;
}

static scmp_filter_ctx build(unsigned parts)
{
    scmp_filter_ctx filter = empty_filter();
    bool ok = filter && (!(parts & FILTER_32) || turn_to_32(filter)) && add_parts(filter, parts);
    if (ok && (parts & FILTER_32) && (parts & FILTER_START))
        ok = allow_keeper(filter);
    if (ok)
        return filter;
    seccomp_release(filter);
    return NULL;
}

int filter_descriptor(unsigned parts)
{
    scmp_filter_ctx filter = build(parts);
    int descriptor = memfd_create("heaplab-filter", MFD_CLOEXEC);
    bool ok =
        filter && descriptor >= 0 && seccomp_export_bpf(filter, descriptor) == 0 && lseek(descriptor, 0, SEEK_SET) == 0;
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

size_t filter_words(unsigned parts, uint64_t *words, size_t room)
{
    int descriptor = filter_descriptor(parts);
    if (descriptor < 0)
        return 0;
    struct instruction in;
    size_t n = 0;
    while (n < room && read(descriptor, &in, sizeof in) == (ssize_t)sizeof in)
        words[n++] =
            (uint64_t)in.code << 48 | (uint64_t)in.jump_true << 40 | (uint64_t)in.jump_false << 32 | in.operand;
    bool whole = read(descriptor, &in, sizeof in) == 0;
    close(descriptor);
    return whole ? n : 0;
}

const char *filter_call_name(uint64_t number, unsigned parts)
{
    static char name[64];
    uint32_t architecture = parts & FILTER_32 ? SCMP_ARCH_X86 : SCMP_ARCH_NATIVE;
    char *found = number <= INT32_MAX ? seccomp_syscall_resolve_num_arch(architecture, (int)number) : NULL;
    if (!found)
        return "an unknown system call";
    strncpy(name, found, sizeof name - 1);
    free(found);
    return name;
}
