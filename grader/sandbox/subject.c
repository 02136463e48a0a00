// SPDX-License-Identifier: MIT
/*
 * subject.c - a sandbox for student code: its root holds a keeper, which starts the subjects (sandbox.h, keeper.h), and
 * memcheck where that is to run them.
 */
#include "sandbox/sandbox.h"
#include "wire/channel.h"
#include "wire/keeper.h"

#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/personality.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

enum { ABOVE = 20 };

#define MOST_PROCESSES "17" /* in the sandbox, the keeper among them */
#define NO_LIMIT "0"

/* --- becoming a keeper --- */

/* What a keeper starts with, before it is moved to the numbers that keeper.h gives. */
struct handles {
    int socket;
    int filter;
    int words; /* its stderr, and bwrap's */
    int keeper;
    int memcheck; /* the program, under memcheck */
};

static int move_up(int descriptor)
{
    return descriptor < 0 ? -1 : fcntl(descriptor, F_DUPFD_CLOEXEC, ABOVE);
}

static bool keep_open(int descriptor)
{
    return descriptor < 0 || fcntl(descriptor, F_SETFD, 0) == 0;
}

static bool arrange_descriptors(struct handles *handles)
{
    int null = open("/dev/null", O_RDWR | O_CLOEXEC);
    handles->keeper = move_up(handles->keeper);
    handles->memcheck = move_up(handles->memcheck);
    int socket = move_up(handles->socket);
    int filter = move_up(handles->filter);
    int words = move_up(handles->words);
    return null >= 0 && dup2(null, STDIN_FILENO) >= 0 && dup2(null, STDOUT_FILENO) >= 0 &&
           dup2(words, STDERR_FILENO) >= 0 && dup2(socket, KEEPER_SOCKET) >= 0 && dup2(filter, KEEPER_FILTER) >= 0 &&
           close_range(STDERR_FILENO + 1, KEEPER_SOCKET - 1, 0) == 0 &&
           close_range(KEEPER_FILTER + 1, ~0U, CLOSE_RANGE_CLOEXEC) == 0;
}

/* --- argv --- */

enum { MOST_ARGUMENTS = 96, NUMBER_BYTES = 16 };

struct arguments {
    const char *word[MOST_ARGUMENTS];
    size_t n;
    char keeper[NUMBER_BYTES];
    char program[NUMBER_BYTES];
};

static void add_words(struct arguments *arguments, const char *const *words)
{
    for (size_t i = 0; words[i] && arguments->n < MOST_ARGUMENTS - 1; i++)
        arguments->word[arguments->n++] = words[i];
}

#define ADD(arguments, ...) add_words(arguments, (const char *const[]){__VA_ARGS__, NULL})

static const char memcheck_folder[] = "/usr/libexec/valgrind";
#if defined(__x86_64__)
static const char memcheck_tool[] = "/usr/libexec/valgrind/memcheck-amd64-linux";
static const char callgrind_tool[] = "/usr/libexec/valgrind/callgrind-amd64-linux";
#else
static const char memcheck_tool[] = "/usr/libexec/valgrind/memcheck-arm64-linux";
static const char callgrind_tool[] = "/usr/libexec/valgrind/callgrind-arm64-linux";
#endif

/* The C library chooses its memcpy by what the processor can do. Counts are to be the same on all: it is to take the
 * one that every x86-64, or every arm64, can run. */
#if defined(__x86_64__)
static const char plain_processor[] = "glibc.cpu.hwcaps=-AVX2,-AVX512VL,-AVX_Fast_Unaligned_Load,-ERMS,-FSRM,-RTM";
#else
static const char plain_processor[] = "glibc.cpu.name=generic";
#endif

/* Files are handed over as descriptors: nobody need not be able to reach the folders they lie in. They are copied, not
 * bound: what is bound from a descriptor is a deleted file, of which valgrind reads no symbols. */
static void add_file(struct arguments *arguments, char *number, int descriptor, const char *mode, const char *name)
{
    snprintf(number, NUMBER_BYTES, "%d", descriptor);
    ADD(arguments, "--perms", mode, "--file", number, name);
}

/* All that a keeper keeps of our environment: which grade it belongs to can be told by it. */
static const char *temporary_folder(void)
{
    const char *folder = getenv("TMPDIR");
    return folder ? folder : "/tmp";
}

static void add_root(struct arguments *arguments, const struct keeper_plan *plan, const struct handles *handles)
{
    ADD(arguments, "bwrap", "--unshare-all", "--unshare-user", "--disable-userns", "--uid", "65534", "--gid", "65534",
        "--cap-drop", "ALL", "--as-pid-1", "--die-with-parent", "--new-session", "--clearenv", "--setenv", "TMPDIR",
        temporary_folder());
    add_file(arguments, arguments->keeper, handles->keeper, "0111", "/keeper");
    if (plan->memcheck) {
        add_file(arguments, arguments->program, handles->memcheck, "0555", "/subject");
        ADD(arguments, "--ro-bind", memcheck_folder, memcheck_folder, "--ro-bind", "/usr/lib", "/usr/lib",
            "--ro-bind-try", "/usr/lib64", "/usr/lib64", "--symlink", "usr/lib", "/lib", "--symlink", "usr/lib64",
            "/lib64", "--proc", "/proc", "--remount-ro", "/proc", "--dev-bind", "/dev/null", "/dev/null", "--size",
            "1048576", "--tmpfs", "/tmp", "--setenv", "VALGRIND_LAUNCHER", memcheck_tool, "--setenv", "GLIBC_TUNABLES",
            plain_processor);
    }
    ADD(arguments, "--remount-ro", "/", "--chdir", "/", "/keeper", plan->forks ? MOST_PROCESSES : NO_LIMIT);
}

/* The caches are those of no machine in particular, so that the counts don't depend on the machine. */
static void add_callgrind(struct arguments *arguments, const char *program)
{
    ADD(arguments, callgrind_tool, "--tool=callgrind", "--vgdb=no", "--log-fd=4", "--callgrind-out-file=/dev/null",
        "--cache-sim=yes", "--I1=32768,8,64", "--D1=32768,8,64", "--LL=8388608,16,64", "--collect-atstart=yes",
        "--read-inline-info=no", program);
}

static void add_memcheck(struct arguments *arguments, const char *program)
{
    ADD(arguments, memcheck_tool, "--tool=memcheck", "-q", "--vgdb=no", "--xml=yes", "--xml-fd=4",
        "--track-origins=yes", "--leak-check=no", "--soname-synonyms=somalloc=nouserintercepts",
        "--run-libc-freeres=no", "--child-silent-after-fork=yes", program);
}

static void add_tool(struct arguments *arguments, const struct keeper_plan *plan, const char *program)
{
    if (plan->callgrind)
        add_callgrind(arguments, program);
    else
        add_memcheck(arguments, program);
}

/* --- starting a keeper --- */

static void exec_in_namespaces(const struct keeper_plan *plan, const struct handles *handles)
{
    struct arguments arguments = {.n = 0};
    add_root(&arguments, plan, handles);
    if (plan->memcheck)
        add_tool(&arguments, plan, "/subject");
    if (keep_open(handles->keeper) && keep_open(handles->memcheck))
        execv("/usr/bin/bwrap", (char *const *)(uintptr_t)arguments.word);
}

/* Without namespaces, too, valgrind can open only what it needs: its program's calls pass through it. */
static bool shut_in_valgrind(const struct keeper_plan *plan)
{
    const char *const to_read[] = {plan->keeper, plan->memcheck, "/proc", NULL};
    static const char *const to_write[] = {"/tmp", NULL};
    return !plan->memcheck || !shut_is_possible() || shut_in(to_read, to_write);
}

/* --- how many processes, without namespaces --- */

static bool may_fork(rlim_t most, rlim_t hard)
{
    const struct rlimit limit = {.rlim_cur = most < hard ? most : hard, .rlim_max = hard};
    pid_t child = setrlimit(RLIMIT_NPROC, &limit) == 0 ? fork() : -1;
    if (child == 0)
        _exit(EXIT_SUCCESS);
    return child > 0 && waitpid(child, NULL, 0) == child;
}

/* The least limit under which this user can start a process. The kernel counts all processes of the user, in other
 * containers as well, and tells nobody how many; so it is found by trying. 0 if there is none. */
static rlim_t least_process_limit(void)
{
    enum { HIGHEST = 1 << 22 };
    struct rlimit now;
    if (getrlimit(RLIMIT_NPROC, &now) != 0)
        return 0;
    rlim_t low = 0;
    rlim_t high = HIGHEST;
    while (high - low > 1) {
        rlim_t middle = low + (high - low) / 2;
        if (may_fork(middle, now.rlim_max))
            high = middle;
        else
            low = middle;
    }
    return setrlimit(RLIMIT_NPROC, &now) == 0 && high < HIGHEST ? high : 0;
}

/* What the keeper is to limit its subjects to: the user's other processes count as well, and may become more. */
static void write_process_limit(char *number)
{
    enum { ROOM = 500 };
    rlim_t least = least_process_limit();
    snprintf(number, NUMBER_BYTES, "%lu", least > 0 ? (unsigned long)least + ROOM : 0);
}

/* Without namespaces: the filter and the limits alone. */
static void exec_bare(const struct keeper_plan *plan, const struct handles *handles)
{
    struct arguments arguments = {.keeper = NO_LIMIT};
    if (plan->forks)
        write_process_limit(arguments.keeper);
    ADD(&arguments, "keeper", arguments.keeper);
    if (plan->memcheck)
        add_tool(&arguments, plan, plan->memcheck);
    char *temporary = strdup(temporary_folder());
    clearenv();
    if (temporary)
        setenv("TMPDIR", temporary, 1);
    if (plan->memcheck) {
        setenv("VALGRIND_LAUNCHER", memcheck_tool, 1);
        setenv("GLIBC_TUNABLES", plain_processor, 1);
    }
    if (prctl(PR_SET_PDEATHSIG, SIGKILL) == 0 && shut_signals() && shut_in_valgrind(plan))
        execveat(handles->keeper, "", (char *const *)(uintptr_t)arguments.word, environ, AT_EMPTY_PATH);
}

static _Noreturn void become_keeper(const struct keeper_plan *plan, struct handles *handles)
{
    personality(ADDR_NO_RANDOMIZE); /* the same addresses in every run, where the system lets us */
    bool ok = arrange_descriptors(handles) && become_nobody();
    if (ok && plan->namespaces)
        exec_in_namespaces(plan, handles);
    else if (ok)
        exec_bare(plan, handles);
    dprintf(STDERR_FILENO, "cannot start the sandbox: %s", strerror(errno));
    _exit(EXIT_FAILURE);
}

struct keeper {
    int socket;
    int words;
    uint32_t subject;                          /* the id of the one it runs, or ran last */
    volatile enum { IDLE, RUNS, ENDED } state; /* changed by handlers of SIGIO as well */
    int status;                                /* once it has ended */
};

static unsigned filter_parts(const struct keeper_plan *plan)
{
    return FILTER_START | (plan->forks ? FILTER_FORKS : 0U) | (plan->tester ? FILTER_TESTER : 0U) |
           (plan->memcheck ? FILTER_VALGRIND : 0U) | (plan->bits32 ? FILTER_32 : 0U);
}

static bool open_handles(const struct keeper_plan *plan, struct handles *handles, int *ours)
{
    int pair[2];
    if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, pair) != 0)
        return false;
    *ours = pair[0];
    *handles = (struct handles){.socket = pair[1],
                                .filter = filter_descriptor(filter_parts(plan)),
                                .words = memfd_create("heaplab-words", MFD_CLOEXEC),
                                .keeper = open(plan->keeper, O_RDONLY | O_CLOEXEC),
                                .memcheck = plan->memcheck ? open(plan->memcheck, O_RDONLY | O_CLOEXEC) : -1};
    return handles->filter >= 0 && handles->words >= 0 && handles->keeper >= 0 &&
           (!plan->memcheck || handles->memcheck >= 0);
}

static void close_one(int descriptor)
{
    if (descriptor >= 0)
        close(descriptor);
}

struct keeper *keeper_start(const struct keeper_plan *plan)
{
    struct keeper *keeper = calloc(1, sizeof *keeper);
    struct handles handles;
    if (!keeper || !open_handles(plan, &handles, &keeper->socket))
        return NULL;
    pid_t child = fork();
    if (child == 0)
        become_keeper(plan, &handles);
    keeper->words = handles.words;
    close_one(handles.socket);
    close_one(handles.filter);
    close_one(handles.keeper);
    close_one(handles.memcheck);
    return child > 0 ? keeper : NULL;
}

void keeper_words(const struct keeper *keeper, char *room, size_t size)
{
    ssize_t n = pread(keeper->words, room, size - 1, 0);
    room[n > 0 ? n : 0] = '\0';
}

/* --- subjects --- */

/* Numbers that no two subjects of a keeper share, though the tests of a worker are processes of their own. */
static uint32_t next_id(const struct keeper *keeper)
{
    enum { SUBJECTS_OF_A_TEST = 64 };
    return (uint32_t)getpid() * SUBJECTS_OF_A_TEST + (keeper->subject + 1) % SUBJECTS_OF_A_TEST;
}

static bool send_order(const struct keeper *keeper, struct order order, const int *descriptors, size_t n)
{
    order.id = keeper->subject;
    _Alignas(struct cmsghdr) unsigned char room[CMSG_SPACE(ORDER_DESCRIPTORS * sizeof *descriptors)] = {0};
    struct iovec part = {.iov_base = &order, .iov_len = sizeof order};
    struct msghdr message = {.msg_iov = &part, .msg_iovlen = 1};
    if (n > 0) {
        message.msg_control = room;
        message.msg_controllen = CMSG_SPACE(n * sizeof *descriptors);
        struct cmsghdr *header = CMSG_FIRSTHDR(&message);
        *header = (struct cmsghdr){
            .cmsg_level = SOL_SOCKET, .cmsg_type = SCM_RIGHTS, .cmsg_len = CMSG_LEN(n * sizeof *descriptors)};
        memcpy(CMSG_DATA(header), descriptors, n * sizeof *descriptors);
    }
    return sendmsg(keeper->socket, &message, MSG_NOSIGNAL) == (ssize_t)sizeof order;
}

/* From now on this process gets SIGIO when the keeper has a word, or is gone. */
static bool listen_to(const struct keeper *keeper)
{
    return fcntl(keeper->socket, F_SETOWN, getpid()) == 0 && fcntl(keeper->socket, F_SETFL, O_RDWR | O_ASYNC) == 0;
}

void subject_hear(const struct keeper *keeper)
{
    listen_to(keeper);
}

bool subject_start(struct keeper *keeper, const struct subject_plan *plan)
{
    int program = open(plan->program, O_PATH | O_CLOEXEC);
    keeper->subject = next_id(keeper);
    keeper->state = RUNS;
    const int descriptors[ORDER_DESCRIPTORS] = {[ORDER_PROGRAM] = program,
                                                [ORDER_CHANNEL] = plan->channel,
                                                [ORDER_OUTPUT] = plan->output,
                                                [ORDER_REPORT] = plan->report,
                                                [ORDER_TALK] = plan->talk};
    size_t n = plan->report < 0 ? ORDER_REPORT : plan->talk < 0 ? ORDER_TALK : ORDER_DESCRIPTORS;
    bool ok = program >= 0 && listen_to(keeper) &&
              send_order(keeper,
                         (struct order){.kind = ORDER_START,
                                        .cpu_seconds = plan->cpu_seconds,
                                        .stack_bytes = (uint32_t)plan->stack_bytes},
                         descriptors, n);
    close_one(program);
    if (!ok && errno == EPIPE) { /* the sandbox did not start: that is reported as for a subject that ended */
        keeper->status = SUBJECT_UNSTARTED;
        keeper->state = ENDED;
        raise(SIGIO);
    }
    return ok || keeper->state == ENDED;
}

/* Takes the keeper's next word, about this subject or an earlier one. False if there is none (yet). */
static bool take_word(struct keeper *keeper, int flags)
{
    struct word word;
    ssize_t n = recv(keeper->socket, &word, sizeof word, flags);
    if (n < 0 && errno != ECONNRESET)
        return errno == EINTR;
    if (n != (ssize_t)sizeof word || word.id == keeper->subject) {
        keeper->status = n != (ssize_t)sizeof word || word.error != 0 ? SUBJECT_UNSTARTED : word.status;
        keeper->state = ENDED;
    }
    return true;
}

bool subject_ended(struct keeper *keeper, int *status)
{
    while (keeper->state == RUNS && take_word(keeper, MSG_DONTWAIT))
        continue;
    *status = keeper->status;
    return keeper->state == ENDED;
}

/* The handler of SIGIO stays out meanwhile: it could take the word that is waited for here. */
int subject_end(struct keeper *keeper)
{
    sigset_t io, before;
    sigemptyset(&io);
    sigaddset(&io, SIGIO);
    sigprocmask(SIG_BLOCK, &io, &before);
    if (keeper->state == RUNS)
        send_order(keeper, (struct order){.kind = ORDER_END}, NULL, 0);
    while (keeper->state == RUNS && take_word(keeper, 0))
        continue;
    keeper->state = IDLE;
    sigprocmask(SIG_SETMASK, &before, NULL);
    return keeper->status;
}
