// SPDX-License-Identifier: MIT
/*
 * stream.c - runs the process that parses an archive, and reads its records (stream.h).
 */
#include "class/unpack/stream.h"

#include "sandbox/sandbox.h"

#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <signal.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

enum { MEMORY_BYTES = 1 << 30, STACK_BYTES = 8 << 20, NOT_STARTED = 99 };

struct stream {
    pid_t child;
    int pipe;
};

/* In the child. PROGRAM is already open, as the user nobody may be unable to reach its path. */
static _Noreturn void become_unpacker(int program, int archive, int out, unsigned cpu_seconds, bool list)
{
    const struct limits limits = {
        .cpu_seconds = cpu_seconds, .memory_bytes = MEMORY_BYTES, .file_bytes = 0, .stack_bytes = STACK_BYTES};
    char name[] = "unpacker";
    char option[] = "--list";
    char *arguments[] = {name, list ? option : NULL, NULL};
    char *environment[] = {NULL};
    if (dup2(archive, STDIN_FILENO) >= 0 && dup2(out, STDOUT_FILENO) >= 0 && become_nobody() &&
        prctl(PR_SET_PDEATHSIG, SIGKILL) == 0 && limits_apply(&limits))
        fexecve(program, arguments, environment);
    _exit(NOT_STARTED);
}

struct stream *stream_open(const char *archive, unsigned cpu_seconds, bool list)
{
    g_autofree char *path = kit_path("build", "unpacker", NULL);
    int program = open(path, O_PATH | O_CLOEXEC);
    if (program < 0)
        die_fault("cannot find %s (is the kit built? type make)", path);
    int ends[2];
    int in = open(archive, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
    struct stream *stream = g_new0(struct stream, 1);
    if (in < 0 || pipe2(ends, O_CLOEXEC) != 0 || (stream->child = fork()) < 0)
        die_fault("cannot start the unpacker for %s: %s", archive, g_strerror(errno));
    if (stream->child == 0)
        become_unpacker(program, in, ends[1], cpu_seconds, list);
    close(program);
    close(in);
    close(ends[1]);
    stream->pipe = ends[0];
    return stream;
}

static bool read_all(int from, void *room, size_t n)
{
    char *at = room;
    while (n > 0) {
        ssize_t got = read(from, at, n);
        if (got < 0 && errno == EINTR)
            continue;
        if (got <= 0)
            return false;
        at += got;
        n -= (size_t)got;
    }
    return true;
}

/* Ends the unpacker. One that never ran says nothing about the archive. */
static void end_child(struct stream *stream)
{
    int status = 0;
    if (stream->child == 0)
        return;
    while (waitpid(stream->child, &status, 0) < 0 && errno == EINTR)
        continue;
    stream->child = 0;
    if (WIFEXITED(status) && WEXITSTATUS(status) == NOT_STARTED)
        die_fault("cannot run build/unpacker. Can every user run it? (chmod 755)");
}

bool stream_next(struct stream *stream, struct record *record, char *bytes)
{
    if (read_all(stream->pipe, record, sizeof *record) && record->bytes <= RECORD_BYTES &&
        read_all(stream->pipe, bytes, record->bytes)) {
        bytes[record->bytes] = '\0';
        return true;
    }
    if (stream->child > 0)
        kill(stream->child, SIGKILL);
    end_child(stream);
    return false;
}

void stream_close(struct stream *stream)
{
    if (stream->child > 0)
        kill(stream->child, SIGKILL);
    end_child(stream);
    close(stream->pipe);
    g_free(stream);
}
