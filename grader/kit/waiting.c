// SPDX-License-Identifier: MIT
/*
 * waiting.c - the line that says what is going on while something takes longer than a second (kit.h).
 *
 * A thread writes it, so that the working code need not look at the clock. The thread does nothing but sleep and write,
 * and holds no lock that another part of the program could need after a fork. It writes to terminals only, never to a
 * pipe.
 */
#include "kit/kit.h"

#include <pthread.h>
#include <string.h>
#include <unistd.h>

enum { PATIENCE_MS = 1000, STEP_MS = 200, LINE_BYTES = 160 };

/* GUARD protects `wanted` and `note`; only the main thread uses `writer` and `running`. */
static pthread_mutex_t guard = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t changed = PTHREAD_COND_INITIALIZER;
static pthread_t writer;
static bool running; /* the thread exists */
static bool wanted;  /* and should continue */
static char note[LINE_BYTES];

static void write_line(const char *line)
{
    ssize_t n = write(STDOUT_FILENO, line, strlen(line));
    (void)n; /* losing a line does no harm */
}

/* Waits STEP_MS, or until the line is no longer wanted. The caller holds GUARD. */
static void rest(void)
{
    struct timespec until;
    clock_gettime(CLOCK_REALTIME, &until);
    until.tv_nsec += (long)STEP_MS * 1000000;
    until.tv_sec += until.tv_nsec / 1000000000;
    until.tv_nsec %= 1000000000;
    pthread_cond_timedwait(&changed, &guard, &until);
}

static void *write_notes(void *nothing)
{
    (void)nothing;
    bool shown = false;
    pthread_mutex_lock(&guard);
    for (unsigned waited = 0; wanted; waited += STEP_MS) {
        char line[LINE_BYTES + 32];
        snprintf(line, sizeof line, "\r  %s, %u s ...\033[K", note, waited / 1000);
        if (waited >= PATIENCE_MS) {
            write_line(line);
            shown = true;
        }
        rest();
    }
    pthread_mutex_unlock(&guard);
    if (shown)
        write_line("\r\033[K");
    return NULL;
}

void waiting_begin(const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    pthread_mutex_lock(&guard);
    vsnprintf(note, sizeof note, format, arguments);
    pthread_mutex_unlock(&guard);
    va_end(arguments);
    if (running || !isatty(STDOUT_FILENO))
        return;
    fflush(stdout);
    wanted = true;
    running = pthread_create(&writer, NULL, write_notes, NULL) == 0;
}

void waiting_end(void)
{
    if (!running)
        return;
    pthread_mutex_lock(&guard);
    wanted = false;
    pthread_cond_signal(&changed);
    pthread_mutex_unlock(&guard);
    pthread_join(writer, NULL);
    running = false;
}
