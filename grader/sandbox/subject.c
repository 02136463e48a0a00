// SPDX-License-Identifier: MIT
/*
 * subject.c - starting a subject: student code, in a root that holds nothing but itself (sandbox.h), and memcheck where
 * that is to run it.
 */
#include "judge/channel.h"
#include "sandbox/sandbox.h"

#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/personality.h>
#include <sys/prctl.h>
#include <unistd.h>

enum { NOBODY = 65534, OUTPUT_BYTES = 64 * 1024, ABOVE = 10 };

static const struct limits subject_limits = {
    .cpu_seconds = 4, /* behind the clock in subject/fall.c, for code that stops that clock */
    .memory_bytes = 256 * MIB,
    .file_bytes = OUTPUT_BYTES,
    .stack_bytes = 8 * MIB,
};

/* Memcheck is slow, and keeps books of its own. */
static const struct limits memcheck_limits = {
    .cpu_seconds = 20,
    .memory_bytes = 4096 * MIB,
    .file_bytes = 1024 * 1024, /* its XML as well */
    .stack_bytes = 8 * MIB,
};

/* What the child has to hand on, moved above the numbers that it will hand them on under. */
struct handles {
    int filter;
    int xml;
    int program; /* the subject itself, where there are no namespaces */
};

static int move_up(int descriptor)
{
    return descriptor < 0 ? -1 : fcntl(descriptor, F_DUPFD, ABOVE);
}

static bool keep_open(int descriptor)
{
    return descriptor < 0 || fcntl(descriptor, F_SETFD, 0) == 0;
}

/* In the child: descriptors 0 to 3 become what the subject is to have; all others but HANDLES close at exec. */
static bool arrange_descriptors(const struct subject_plan *plan, struct handles *handles)
{
    int channel = move_up(plan->channel);
    int output = move_up(plan->output);
    int null = open("/dev/null", O_RDONLY);
    handles->filter = move_up(handles->filter);
    handles->xml = move_up(plan->memcheck_xml);
    handles->program = move_up(handles->program);
    if (channel < 0 || output < 0 || null < 0)
        return false;
    bool ok = dup2(null, STDIN_FILENO) >= 0 && dup2(output, STDOUT_FILENO) >= 0 && dup2(output, STDERR_FILENO) >= 0 &&
              dup2(channel, CHANNEL_FD) >= 0;
    return ok && close_range(CHANNEL_FD + 1, ABOVE - 1, 0) == 0 && close_range(ABOVE, ~0U, CLOSE_RANGE_CLOEXEC) == 0 &&
           keep_open(handles->filter) && keep_open(handles->xml);
}

/* Student code never has the identity of the system's root, not even inside a user namespace: the kernel exempts
 * that identity from the limit on processes. */
static bool leave_root(void)
{
    if (geteuid() != 0)
        return true;
    return setgroups(0, NULL) == 0 && setresgid(NOBODY, NOBODY, NOBODY) == 0 && setresuid(NOBODY, NOBODY, NOBODY) == 0;
}

/* --- argv --- */

enum { MOST_ARGUMENTS = 64 };

struct arguments {
    const char *word[MOST_ARGUMENTS];
    size_t n;
    char numbers[2][16];
    char xml[32];
};

static void add(struct arguments *arguments, const char *const *words)
{
    for (size_t i = 0; words[i] && arguments->n < MOST_ARGUMENTS - 1; i++)
        arguments->word[arguments->n++] = words[i];
}

#define ADD(arguments, ...) add(arguments, (const char *const[]){__VA_ARGS__, NULL})

static const char memcheck_folder[] = "/usr/libexec/valgrind";
#if defined(__x86_64__)
static const char memcheck_tool[] = "/usr/libexec/valgrind/memcheck-amd64-linux";
#else
static const char memcheck_tool[] = "/usr/libexec/valgrind/memcheck-arm64-linux";
#endif

static void add_root(struct arguments *arguments, const struct subject_plan *plan)
{
    ADD(arguments, "bwrap", "--unshare-all", "--unshare-user", "--disable-userns", "--uid", "65534", "--gid", "65534",
        "--cap-drop", "ALL", "--as-pid-1", "--die-with-parent", "--new-session", "--clearenv", "--ro-bind",
        plan->program, "/subject");
    if (plan->forks)
        ADD(arguments, "--ro-bind", plan->launcher, "/launch");
    if (plan->memcheck_xml >= 0)
        ADD(arguments, "--ro-bind", memcheck_folder, memcheck_folder, "--ro-bind", "/usr/lib", "/usr/lib",
            "--ro-bind-try", "/usr/lib64", "/usr/lib64", "--symlink", "usr/lib", "/lib", "--symlink", "usr/lib64",
            "/lib64", "--proc", "/proc", "--size", "1048576", "--tmpfs", "/tmp", "--setenv", "VALGRIND_LAUNCHER",
            memcheck_tool);
    ADD(arguments, "--remount-ro", "/", "--chdir", "/");
}

static void add_command(struct arguments *arguments, const struct subject_plan *plan, const struct handles *handles)
{
    if (plan->forks)
        ADD(arguments, "/launch");
    if (plan->memcheck_xml >= 0) {
        snprintf(arguments->xml, sizeof arguments->xml, "--xml-fd=%d", handles->xml);
        ADD(arguments, memcheck_tool, "--tool=memcheck", "-q", "--vgdb=no", "--xml=yes", arguments->xml,
            "--track-origins=yes", "--leak-check=no", "--soname-synonyms=somalloc=nouserintercepts",
            "--run-libc-freeres=no", "--child-silent-after-fork=yes");
    }
    ADD(arguments, plan->namespaces ? "/subject" : plan->program);
}

static void exec_in_namespaces(const struct subject_plan *plan, const struct handles *handles)
{
    struct arguments arguments = {.n = 0};
    snprintf(arguments.numbers[0], sizeof arguments.numbers[0], "%d", handles->filter);
    add_root(&arguments, plan);
    ADD(&arguments, "--seccomp", arguments.numbers[0]);
    add_command(&arguments, plan, handles);
    execv("/usr/bin/bwrap", (char *const *)(uintptr_t)arguments.word);
}

/* Without namespaces: the filter and the limits alone. PROGRAM is open already: nobody need not be able to reach it. */
static void exec_bare(const struct subject_plan *plan, const struct handles *handles, unsigned filter)
{
    struct subject_plan bare = *plan;
    bare.forks = false;
    struct arguments arguments = {.n = 0};
    add_command(&arguments, &bare, handles);
    clearenv();
    if (plan->memcheck_xml >= 0)
        setenv("VALGRIND_LAUNCHER", memcheck_tool, 1);
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    char *const *words = (char *const *)(uintptr_t)arguments.word;
    if (!filter_apply(filter))
        return;
    if (plan->memcheck_xml >= 0)
        execv(words[0], words);
    else
        execveat(handles->program, "", words, environ, AT_EMPTY_PATH);
}

static _Noreturn void become_subject(const struct subject_plan *plan, int filter_descriptor, unsigned filter)
{
    struct handles handles = {.filter = filter_descriptor,
                              .program = plan->namespaces ? -1 : open(plan->program, O_PATH | O_CLOEXEC)};
    personality(ADDR_NO_RANDOMIZE); /* the same addresses in every run, where the system lets us */
    bool ok = arrange_descriptors(plan, &handles) && leave_root() &&
              limits_apply(plan->memcheck_xml >= 0 ? &memcheck_limits : &subject_limits);
    if (ok && plan->namespaces)
        exec_in_namespaces(plan, &handles);
    else if (ok)
        exec_bare(plan, &handles, filter);
    _exit(127);
}

pid_t subject_start(const struct subject_plan *plan)
{
    unsigned filter = FILTER_START | (plan->forks ? FILTER_FORKS : 0U) | (plan->tester ? FILTER_TESTER : 0U) |
                      (plan->memcheck_xml >= 0 ? FILTER_VALGRIND : 0U);
    int descriptor = plan->namespaces ? filter_descriptor(filter) : -1;
    if (plan->namespaces && descriptor < 0)
        return -1;
    pid_t child = fork();
    if (child == 0)
        become_subject(plan, descriptor, filter);
    if (descriptor >= 0)
        close(descriptor);
    return child;
}
