// SPDX-License-Identifier: MIT
/*
 * keeper.c - the program that starts subjects inside a sandbox, and ends them (wire/keeper.h).
 *
 * No subject can read or write its memory: it is not dumpable, so its files in /proc belong to root.
 *
 * Rules: it allocates nothing and reads nothing that a subject could have written. Whatever goes wrong in it ends it,
 * and with it all subjects; the trusted side sees its socket close.
 */
#include "wire/keeper.h"
#include "sandbox/sandbox.h"
#include "wire/channel.h"
#include "wire/cost.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <poll.h>
#include <signal.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/pidfd.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

enum {
    ABOVE = 20,
    MOST_INSTRUCTIONS = 4096,
    REPORT_FD = 4,
    INIT = 1,
    VALGRIND_VARIABLES = 2,
    OUTPUT_BYTES = 64 * 1024
};

static const struct limits subject_limits = {
    .cpu_seconds = 4, /* a second limit, for code that stops the clock in subject/fall.c */
    .memory_bytes = 256 * MIB,
    .file_bytes = OUTPUT_BYTES,
    .stack_bytes = 8 * MIB,
};

/* Memcheck is slow, and keeps books of its own. */
static const struct limits memcheck_limits = {
    .cpu_seconds = 20,
    .memory_bytes = 4096 * MIB,
    .file_bytes = OUTPUT_BYTES,
    .stack_bytes = 8 * MIB,
};

static struct sock_filter instructions[MOST_INSTRUCTIONS];
static struct sock_fprog filter = {.filter = instructions};
static int *start_error; /* shared with the child until it becomes the subject */
static rlim_t most_processes;
static char **command; /* run in place of the program sent; NULL: that one itself */
static int tool = -1;  /* its program; the filter allows none to be started by its path */

static struct {
    pid_t process; /* 0: none */
    int handle;
    uint32_t id;
} subject = {.handle = -1};

static void give_up_unless(bool ok)
{
    if (!ok)
        _exit(EXIT_FAILURE);
}

/* --- in the child --- */

static bool arrange_descriptors(const int *got)
{
    return dup2(got[ORDER_OUTPUT], STDOUT_FILENO) >= 0 && dup2(got[ORDER_OUTPUT], STDERR_FILENO) >= 0 &&
           dup2(got[ORDER_CHANNEL], CHANNEL_FD) >= 0 &&
           (got[ORDER_REPORT] < 0 || dup2(got[ORDER_REPORT], REPORT_FD) >= 0) &&
           (got[ORDER_TALK] < 0 || dup2(got[ORDER_TALK], COST_FD) >= 0);
}

static bool limit_processes(void)
{
    const struct rlimit limit = {.rlim_cur = most_processes, .rlim_max = most_processes};
    return most_processes == 0 || setrlimit(RLIMIT_NPROC, &limit) == 0;
}

static bool narrow(void)
{
    return prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 && prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &filter) == 0;
}

/* The environment variables that valgrind needs: who launched it, and the C library's tunables. A subject gets none. */
static bool is_for_valgrind(const char *variable)
{
    static const char *const names[] = {"VALGRIND_LAUNCHER=", "GLIBC_TUNABLES="};
    for (size_t i = 0; i < VALGRIND_VARIABLES; i++)
        if (strncmp(variable, names[i], strlen(names[i])) == 0)
            return true;
    return false;
}

static char *const *environment(void)
{
    static char *kept[VALGRIND_VARIABLES + 1];
    size_t n = 0;
    for (char **variable = environ; command && *variable; variable++)
        if (n < VALGRIND_VARIABLES && is_for_valgrind(*variable))
            kept[n++] = *variable;
    return kept;
}

static _Noreturn void become_subject(const struct order *order, const int *got)
{
    static char name[] = "/subject";
    static char *const arguments[] = {name, NULL};
    struct limits limits = command ? memcheck_limits : subject_limits;
    if (order->cpu_seconds > 0)
        limits.cpu_seconds = order->cpu_seconds;
    if (order->stack_bytes > 0)
        limits.stack_bytes = order->stack_bytes;
    signal(SIGXFSZ, SIG_IGN); /* output past its limit is lost, not fatal */
    bool ready = setpgid(0, 0) == 0 && prctl(PR_SET_PDEATHSIG, SIGKILL) == 0 && arrange_descriptors(got) &&
                 limits_apply(&limits) && limit_processes() && narrow();
    if (ready)
        execveat(command ? tool : got[ORDER_PROGRAM], "", command ? command : arguments, environment(), AT_EMPTY_PATH);
    *start_error = errno;
    _exit(EXIT_FAILURE);
}

/* --- starting and ending --- */

static void start_order(const struct order *order, const int *got)
{
    *start_error = 0;
    subject.id = order->id;
    subject.process = fork();
    if (subject.process == 0)
        become_subject(order, got);
    give_up_unless(subject.process > 0);
    subject.handle = pidfd_open(subject.process, 0);
    give_up_unless(subject.handle >= 0);
}

/* Everything that the subject started goes with it. */
static void end_the_rest(void)
{
    kill(getpid() == INIT ? -1 : -subject.process, SIGKILL);
    while (waitpid(-1, NULL, 0) > 0)
        continue;
}

/* Waits for the subject's end, and tells of it once nothing of it is left. */
static void finish_order(void)
{
    struct word word = {.id = subject.id};
    give_up_unless(waitpid(subject.process, &word.status, 0) == subject.process);
    end_the_rest();
    word.error = *start_error;
    close(subject.handle);
    subject.process = 0;
    subject.handle = -1;
    give_up_unless(send(KEEPER_SOCKET, &word, sizeof word, MSG_NOSIGNAL) == (ssize_t)sizeof word);
}

static void end_subject(void)
{
    if (subject.process == 0)
        return;
    kill(subject.process, SIGKILL);
    finish_order();
}

/* --- orders --- */

/* Moves what came to numbers above those that a subject gets. */
static void take_descriptors(struct msghdr *message, int *got)
{
    for (int i = 0; i < ORDER_DESCRIPTORS; i++)
        got[i] = -1;
    struct cmsghdr *header = CMSG_FIRSTHDR(message);
    if (!header || header->cmsg_type != SCM_RIGHTS)
        return;
    size_t n = (header->cmsg_len - CMSG_LEN(0)) / sizeof(int);
    for (size_t i = 0; i < n && i < ORDER_DESCRIPTORS; i++) {
        int came;
        memcpy(&came, CMSG_DATA(header) + i * sizeof came, sizeof came);
        got[i] = fcntl(came, F_DUPFD_CLOEXEC, ABOVE);
        close(came);
    }
}

static void close_all(const int *descriptors)
{
    for (int i = 0; i < ORDER_DESCRIPTORS; i++)
        if (descriptors[i] >= 0)
            close(descriptors[i]);
}

static void take_order(void)
{
    struct order order = {0};
    int got[ORDER_DESCRIPTORS];
    _Alignas(struct cmsghdr) unsigned char room[CMSG_SPACE(sizeof got)];
    struct iovec part = {.iov_base = &order, .iov_len = sizeof order};
    struct msghdr message = {.msg_iov = &part, .msg_iovlen = 1, .msg_control = room, .msg_controllen = sizeof room};
    ssize_t n = recvmsg(KEEPER_SOCKET, &message, MSG_CMSG_CLOEXEC);
    give_up_unless(n == (ssize_t)sizeof order); /* 0: nobody is left to give orders */
    take_descriptors(&message, got);
    if (order.kind == ORDER_START || order.id == subject.id)
        end_subject();
    if (order.kind == ORDER_START)
        start_order(&order, got);
    close_all(got);
}

/* At a number that no subject gets. */
static void open_tool(void)
{
    if (!command)
        return;
    int opened = open(command[0], O_PATH | O_CLOEXEC);
    tool = fcntl(opened, F_DUPFD_CLOEXEC, ABOVE);
    give_up_unless(tool >= 0);
    close(opened);
}

static void read_filter(void)
{
    ssize_t n = pread(KEEPER_FILTER, instructions, sizeof instructions, 0);
    give_up_unless(n > 0 && (size_t)n < sizeof instructions);
    filter.len = (unsigned short)((size_t)n / sizeof *instructions);
    close(KEEPER_FILTER);
}

int main(int argc, char **argv)
{
    give_up_unless(argc >= 2 && fcntl(KEEPER_SOCKET, F_SETFD, FD_CLOEXEC) == 0);
    most_processes = strtoul(argv[1], NULL, 10);
    command = argc > 2 ? argv + 2 : NULL;
    open_tool();
    start_error = mmap(NULL, sizeof *start_error, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    give_up_unless(start_error != MAP_FAILED && prctl(PR_SET_CHILD_SUBREAPER, 1) == 0 &&
                   prctl(PR_SET_DUMPABLE, 0) == 0);
    read_filter();
    for (;;) {
        struct pollfd wait[] = {{.fd = subject.handle, .events = POLLIN}, {.fd = KEEPER_SOCKET, .events = POLLIN}};
        give_up_unless(poll(wait, sizeof wait / sizeof *wait, -1) > 0);
        if (wait[0].revents)
            finish_order();
        else if (wait[1].revents)
            take_order();
    }
}
