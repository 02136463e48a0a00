// SPDX-License-Identifier: MIT
/*
 * files.c - files and folders of the command line program (kit.h).
 */
#include "kit/kit.h"

#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

static char *temporaries_folder; /* NULL: the system's */
static GPtrArray *temporaries;   /* paths, in the order they were made */
static char **volatile removal;  /* the command that removes them; NULL while there are none */
static void (*before_end)(void); /* may be called in a handler */
static char children_path[64];   /* the kernel's list of OWNER's children */
static pid_t owner;              /* the process that ends its descendants; forked ones leave that to it */

static int remove_one(const char *path, const struct stat *status, int type, struct FTW *level)
{
    (void)status;
    (void)type;
    (void)level;
    return remove(path);
}

void files_remove_tree(const char *path)
{
    enum { OPEN_FOLDERS = 16 };
    nftw(path, remove_one, OPEN_FOLDERS, FTW_DEPTH | FTW_PHYS);
}

static void remove_temporaries(void)
{
    for (guint i = 0; temporaries && i < temporaries->len; i++)
        files_remove_tree(temporaries->pdata[i]);
}

/* A handler may call functions that are safe in handlers only, and walking a folder is not. So it starts rm, whose
 * command line is kept ready: "rm -rf -- FOLDER..." */
static void remove_in_handler(void)
{
    char **command = removal;
    if (!command)
        return;
    pid_t child = _Fork();
    if (child == 0) {
        execv("/bin/rm", command);
        _exit(EXIT_FAULT);
    }
    while (child > 0 && waitpid(child, NULL, 0) < 0 && errno == EINTR)
        continue;
}

/* Makes the command line anew. The handler stays out meanwhile, so that it never sees one that is freed. */
static void prepare_removal(void)
{
    static const char *const start[] = {"rm", "-rf", "--"};
    char **command = g_new0(char *, G_N_ELEMENTS(start) + temporaries->len + 1);
    for (guint i = 0; i < G_N_ELEMENTS(start); i++)
        command[i] = (char *)(uintptr_t)start[i];
    for (guint i = 0; i < temporaries->len; i++)
        command[G_N_ELEMENTS(start) + i] = temporaries->pdata[i];
    sigset_t all, before;
    sigfillset(&all);
    sigprocmask(SIG_SETMASK, &all, &before);
    g_free(removal);
    removal = command;
    sigprocmask(SIG_SETMASK, &before, NULL);
}

/* Kills the processes that TEXT lists, numbers with spaces between. */
static void kill_listed(const char *text)
{
    enum { DECIMAL = 10 };
    for (const char *at = text; *at;) {
        pid_t listed = 0;
        for (; *at >= '0' && *at <= '9'; at++)
            listed = listed * DECIMAL + (*at - '0');
        if (listed > 1)
            kill(listed, SIGKILL);
        at += *at != '\0';
    }
}

/* Kills all children in a handler, and theirs, which become ours as their parents end (watch_the_end). A bwrap that
 * lost its parent while it started would wait for ever, in spite of --die-with-parent (bubblewrap's issue 633). */
static void end_descendants(void)
{
    enum { LIST_BYTES = 4096 };
    if (getpid() != owner)
        return;
    do {
        char list[LIST_BYTES + 1];
        int file = open(children_path, O_RDONLY | O_CLOEXEC);
        ssize_t n = file < 0 ? -1 : read(file, list, LIST_BYTES);
        if (file >= 0)
            close(file);
        if (n < 0)
            return;
        while (n > 0 && list[n - 1] != ' ') /* a number that was cut off */
            n--;
        list[n] = '\0';
        kill_listed(list);
    } while (waitpid(-1, NULL, 0) > 0 || errno == EINTR);
}

static void on_interrupt(int number)
{
    end_descendants();
    if (before_end)
        before_end();
    remove_in_handler();
    signal(number, SIG_DFL);
    raise(number);
}

void files_temporaries_below(const char *folder)
{
    g_free(temporaries_folder);
    temporaries_folder = g_strdup(folder);
}

void files_after_fork(void)
{
    g_free(removal);
    removal = NULL;
    if (temporaries)
        temporaries = g_ptr_array_new_with_free_func(g_free); /* the parent's list stays the parent's */
}

static void watch_the_end(void)
{
    temporaries = g_ptr_array_new_with_free_func(g_free);
    owner = getpid();
    g_snprintf(children_path, sizeof children_path, "/proc/%d/task/%d/children", owner, owner);
    prctl(PR_SET_CHILD_SUBREAPER, 1);
    atexit(remove_temporaries);
    signal(SIGINT, on_interrupt);
    signal(SIGTERM, on_interrupt);
    signal(SIGHUP, on_interrupt);
}

void files_before_end(void (*last)(void))
{
    if (!temporaries)
        watch_the_end();
    before_end = last;
    atexit(last);
}

char *files_make_temporary(void)
{
    if (!temporaries)
        watch_the_end();
    char *made = g_build_filename(temporaries_folder ? temporaries_folder : g_get_tmp_dir(), "heaplab-XXXXXX", NULL);
    if (!g_mkdtemp(made))
        die_fault("cannot make a temporary folder: %s: %s", made, g_strerror(errno));
    g_ptr_array_add(temporaries, g_strdup(made));
    prepare_removal();
    return made;
}

bool files_machine_error(int error)
{
    static const int of_use[] = {ENOENT,       EACCES, EPERM,     EISDIR, ENOTDIR, EEXIST, EROFS,
                                 ENAMETOOLONG, ELOOP,  ENOTEMPTY, EINVAL, EPIPE,   ENXIO,  ETXTBSY};
    for (size_t i = 0; i < G_N_ELEMENTS(of_use); i++)
        if (error == of_use[i])
            return false;
    return true;
}

/* GLib keeps no errno, but these names; what has none of its own (EDQUOT, EFBIG) is the machine's. */
static bool is_of_use(const GError *error)
{
    static const int codes[] = {G_FILE_ERROR_NOENT, G_FILE_ERROR_ACCES,  G_FILE_ERROR_PERM,  G_FILE_ERROR_ISDIR,
                                G_FILE_ERROR_EXIST, G_FILE_ERROR_NOTDIR, G_FILE_ERROR_ROFS,  G_FILE_ERROR_NAMETOOLONG,
                                G_FILE_ERROR_LOOP,  G_FILE_ERROR_INVAL,  G_FILE_ERROR_TXTBSY};
    for (size_t i = 0; i < G_N_ELEMENTS(codes); i++)
        if (error->code == codes[i])
            return true;
    return false;
}

/* A path that can't be written is the caller's mistake; a disk that is full is not. */
static _Noreturn void die_unwritten(const GError *error)
{
    if (is_of_use(error))
        die_unusable("%s", error->message);
    die_fault("%s", error->message);
}

/* Where stdout leads is the caller's choice, even if it is full. */
static void write_to_stdout(const char *bytes)
{
    fputs(bytes, stdout);
    if (fflush(stdout) != 0)
        die_unusable("cannot write to stdout: %s", g_strerror(errno));
}

void files_write(const char *path, const char *bytes)
{
    GError *error = NULL;
    if (strcmp(path, "-") == 0)
        write_to_stdout(bytes);
    else if (!g_file_set_contents_full(path, bytes, (gssize)strlen(bytes), G_FILE_SET_CONTENTS_CONSISTENT, 0644,
                                       &error))
        die_unwritten(error);
}

void files_write_anew(const char *path, const char *bytes)
{
    g_autofree char *old = NULL;
    GError *error = NULL;
    if (g_file_get_contents(path, &old, NULL, NULL) && strcmp(old, bytes) == 0)
        return;
    if (!g_file_set_contents(path, bytes, -1, &error))
        die_unwritten(error);
}

bool files_is_folder(const char *path)
{
    struct stat status;
    return lstat(path, &status) == 0 && S_ISDIR(status.st_mode);
}

GPtrArray *files_names(const char *folder, const char *suffix)
{
    GPtrArray *names = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(GDir) dir = g_dir_open(folder, 0, NULL);
    for (const char *name; dir && (name = g_dir_read_name(dir)) != NULL;)
        if (g_str_has_suffix(name, suffix) && name[0] != '.')
            g_ptr_array_add(names, g_strdup(name));
    g_ptr_array_sort(names, compare_names);
    return names;
}

void files_copy_folder(const char *from, const char *to)
{
    if (g_mkdir_with_parents(to, 0755) != 0)
        die_fault("cannot make the folder %s: %s", to, g_strerror(errno));
    g_autoptr(GDir) dir = g_dir_open(from, 0, NULL);
    for (const char *name; dir && (name = g_dir_read_name(dir)) != NULL;) {
        g_autofree char *source = g_build_filename(from, name, NULL);
        g_autofree char *target = g_build_filename(to, name, NULL);
        g_autofree char *bytes = NULL;
        gsize n = 0;
        GError *error = NULL;
        if (g_file_test(source, G_FILE_TEST_IS_REGULAR) && (!g_file_get_contents(source, &bytes, &n, &error) ||
                                                            !g_file_set_contents(target, bytes, (gssize)n, &error)))
            die_fault("cannot copy %s: %s", name, error->message);
    }
}

char *files_read_text(const char *path, size_t most)
{
    int file = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
    g_autofree char *bytes = g_malloc0(most + 1);
    ssize_t n = file < 0 ? 0 : read(file, bytes, most);
    if (file >= 0)
        close(file);
    static const char mark[] = "\xEF\xBB\xBF"; /* some editors put a byte order mark first */
    size_t skipped = g_str_has_prefix(bytes, mark) ? sizeof mark - 1 : 0;
    return text_clean(bytes + skipped, n > 0 ? (size_t)n - skipped : 0);
}
