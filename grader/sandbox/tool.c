// SPDX-License-Identifier: MIT
/*
 * tool.c - running compilers and the like over student files (sandbox.h).
 *
 * The tool's root holds /usr's programs and libraries, the folders it was given, an empty /tmp and /work. There is
 * no /dev and no /proc: a source that includes /dev/zero finds no such file.
 */
#include "sandbox/sandbox.h"
#include "wire/channel.h"

#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <glib.h>
#include <grp.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static const struct limits tool_limits = {
    .cpu_seconds = 10,
    .memory_bytes = 2048 * MIB,
    .file_bytes = 64 * MIB,
    .stack_bytes = 64 * MIB,
};

static void add_option(GPtrArray *arguments, const char *first, const char *second, const char *third)
{
    g_ptr_array_add(arguments, g_strdup(first));
    if (second)
        g_ptr_array_add(arguments, g_strdup(second));
    if (third)
        g_ptr_array_add(arguments, g_strdup(third));
}

static void add_system(GPtrArray *arguments)
{
    static const char *const folders[] = {"/usr/bin",     "/usr/lib",     "/usr/lib32", "/usr/lib64",
                                          "/usr/libexec", "/usr/include", "/usr/share"};
    for (size_t i = 0; i < G_N_ELEMENTS(folders); i++)
        add_option(arguments, "--ro-bind-try", folders[i], folders[i]);
    add_option(arguments, "--symlink", "usr/bin", "/bin");
    add_option(arguments, "--symlink", "usr/lib", "/lib");
    add_option(arguments, "--symlink", "usr/lib64", "/lib64");
}

/* The work folder, or the visible parts of it: the first one read-only, the others writable. */
static void add_work(GPtrArray *arguments, const struct tool_plan *plan)
{
    if (!plan->parts)
        add_option(arguments, "--bind", plan->work, "/work");
    for (size_t i = 0; plan->parts && plan->parts[i]; i++) {
        g_autofree char *here = g_build_filename(plan->work, plan->parts[i], NULL);
        g_autofree char *there = g_build_filename("/work", plan->parts[i], NULL);
        add_option(arguments, i == 0 ? "--ro-bind" : "--bind", here, there);
    }
}

/* bwrap's argv for PLAN. On STATUS it says how it went. Free with g_ptr_array_unref. */
static GPtrArray *wrapped(const struct tool_plan *plan, int status)
{
    g_autofree char *number = g_strdup_printf("%d", status);
    GPtrArray *arguments = g_ptr_array_new_with_free_func(g_free);
    add_option(arguments, "bwrap", "--unshare-all", "--unshare-user");
    add_option(arguments, "--die-with-parent", "--new-session", "--clearenv");
    add_option(arguments, "--cap-drop", "ALL", NULL);
    add_option(arguments, "--json-status-fd", number, NULL);
    add_system(arguments);
    add_option(arguments, "--tmpfs", "/tmp", NULL);
    for (size_t i = 0; plan->readable && plan->readable[i]; i += 2)
        add_option(arguments, "--ro-bind", plan->readable[i], plan->readable[i + 1]);
    add_work(arguments, plan);
    add_option(arguments, "--chdir", "/work", NULL);
    add_option(arguments, "--setenv", "PATH", "/usr/bin");
    add_option(arguments, "--setenv", "LC_ALL", "C.UTF-8");
    for (size_t i = 0; plan->environment && plan->environment[i]; i += 2)
        add_option(arguments, "--setenv", plan->environment[i], plan->environment[i + 1]);
    for (size_t i = 0; plan->command[i]; i++)
        add_option(arguments, plan->command[i], NULL, NULL);
    g_ptr_array_add(arguments, NULL);
    return arguments;
}

static int give_to_nobody(const char *path, const struct stat *status, int type, struct FTW *level)
{
    (void)status;
    (void)type;
    (void)level;
    return lchown(path, NOBODY, NOBODY) == 0 || errno == ENOENT ? 0 : -1; /* another stage's file may go meanwhile */
}

/* A compiler reads what its input names: as root, without a root folder of its own, that would be anything. The work
 * folder becomes nobody's, too. */
static bool leave_root(void)
{
    enum { OPEN_FOLDERS = 16 };
    if (geteuid() != 0)
        return true;
    return nftw(".", give_to_nobody, OPEN_FOLDERS, FTW_PHYS) == 0 && become_nobody();
}

/* Without namespaces: the same view of files by Landlock. Temporary files go to the last writable folder. */
static bool narrow_view(const struct tool_plan *plan)
{
    g_autoptr(GPtrArray) readable = g_ptr_array_new();
    g_autoptr(GPtrArray) writable = g_ptr_array_new();
    for (size_t i = 0; plan->readable && plan->readable[i]; i += 2)
        g_ptr_array_add(readable, (gpointer)(uintptr_t)plan->readable[i]);
    for (size_t i = 0; plan->parts && plan->parts[i]; i++)
        g_ptr_array_add(i == 0 ? readable : writable, g_build_filename(plan->work, plan->parts[i], NULL));
    if (!plan->parts)
        g_ptr_array_add(writable, (gpointer)(uintptr_t)plan->work);
    const char *temporary = writable->pdata[writable->len - 1];
    g_ptr_array_add(readable, NULL);
    g_ptr_array_add(writable, NULL);
    return setenv("TMPDIR", temporary, 1) == 0 &&
           (!shut_is_possible() || shut_in((const char *const *)readable->pdata, (const char *const *)writable->pdata));
}

/* Without namespaces: the same command in the same folder, under the limits and Landlock. */
static void exec_bare(const struct tool_plan *plan)
{
    if (chdir(plan->work) != 0 || !leave_root() || clearenv() != 0 || setenv("PATH", "/usr/bin:/bin", 1) != 0 ||
        setenv("LC_ALL", "C.UTF-8", 1) != 0 || !narrow_view(plan))
        return;
    for (size_t i = 0; plan->environment && plan->environment[i]; i += 2)
        setenv(plan->environment[i], plan->environment[i + 1], 1);
    execvp(plan->command[0], (char *const *)(uintptr_t)plan->command);
}

static bool point_descriptors(int output)
{
    int null = open("/dev/null", O_RDWR);
    int out = output >= 0 ? output : null;
    return null >= 0 && dup2(null, STDIN_FILENO) >= 0 && dup2(out, STDOUT_FILENO) >= 0 &&
           dup2(out, STDERR_FILENO) >= 0 && close_range(STDERR_FILENO + 1, ~0U, CLOSE_RANGE_CLOEXEC) == 0;
}

/* bwrap tells the tool's exit status there once the tool has ended; if the sandbox itself fails, it does not. */
static bool tool_has_ended(int status)
{
    char said[4096];
    ssize_t n = read(status, said, sizeof said - 1);
    if (n <= 0)
        return false;
    said[n] = '\0';
    return strstr(said, "\"exit-code\"") != NULL;
}

static _Noreturn void become_tool(const struct tool_plan *plan, int status)
{
    g_autoptr(GPtrArray) arguments = wrapped(plan, status);
    if (point_descriptors(plan->output) && limits_apply(&tool_limits)) {
        if (!plan->namespaces)
            exec_bare(plan);
        else if (fcntl(status, F_SETFD, 0) == 0)
            execvp("bwrap", (char **)arguments->pdata);
    }
    _exit(127);
}

int tool_run(const struct tool_plan *plan)
{
    int ends[2];
    if (pipe2(ends, O_CLOEXEC | O_NONBLOCK) != 0)
        return -1;
    pid_t child = fork();
    if (child == 0)
        become_tool(plan, ends[1]);
    close(ends[1]);
    int status = 0;
    pid_t waited = child;
    while (child > 0 && (waited = waitpid(child, &status, 0)) < 0 && errno == EINTR)
        ;
    bool sound = waited > 0 && (!plan->namespaces || tool_has_ended(ends[0]));
    close(ends[0]);
    if (!sound)
        return -1;
    return WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
}
