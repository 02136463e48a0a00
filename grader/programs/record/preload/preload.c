// SPDX-License-Identifier: MIT
/*
 * preload.c - a shared object that records a program's calls of malloc and its family (record.h).
 *
 * Preloaded, it stands in for the C library's functions and passes every call on to them. It records each call as an
 * event in a buffer, and writes the buffer to the file that HEAPLAB_RECORD names. All threads share the buffer; events
 * are in the order in which their calls returned. Only the program itself is recorded: a forked child, and a program
 * that it starts, are not. If the program replaces itself with another one (exec, as wrapper scripts do), recording
 * begins again with that one.
 */
#include "programs/record/record.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* The C library's own functions, under the names that it offers to replacements of malloc. */
extern void *__libc_malloc(size_t size);
extern void *__libc_calloc(size_t count, size_t size);
extern void *__libc_realloc(void *old, size_t size);
extern void *__libc_memalign(size_t alignment, size_t size);
extern void __libc_free(void *old);

enum { BUFFERED = 4096 };

static struct record_event buffer[BUFFERED];
static unsigned buffered;
static int file = -1;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

static void flush(void)
{
    const char *bytes = (const char *)buffer;
    size_t left = buffered * sizeof *buffer;
    while (file >= 0 && left > 0) {
        ssize_t written = write(file, bytes, left);
        if (written <= 0)
            break;
        bytes += written;
        left -= (size_t)written;
    }
    buffered = 0;
}

static void note_event(enum record_kind kind, const void *old, const void *block, size_t size)
{
    if (file < 0)
        return;
    int error = errno;
    pthread_mutex_lock(&lock);
    if (buffered == BUFFERED)
        flush();
    buffer[buffered++] = (struct record_event){
        .kind = kind, .size = size, .old = (uint64_t)(uintptr_t)old, .block = (uint64_t)(uintptr_t)block};
    pthread_mutex_unlock(&lock);
    errno = error;
}

/* A child's events do not count as the program's. */
static void stop_in_child(void)
{
    if (file >= 0)
        close(file);
    file = -1;
    pthread_mutex_init(&lock, NULL);
}

static void hold_lock(void)
{
    pthread_mutex_lock(&lock);
}

static void release_lock(void)
{
    pthread_mutex_unlock(&lock);
}

/* HEAPLAB_RECORD holds the number of the process to record, a colon, and the path. NULL if this is another process. */
static const char *path_for_us(void)
{
    enum { DECIMAL = 10 };
    const char *given = getenv("HEAPLAB_RECORD");
    char *end = NULL;
    if (!given || strtol(given, &end, DECIMAL) != (long)getpid() || *end != ':')
        return NULL;
    return end + 1;
}

__attribute__((constructor)) static void begin(void)
{
    const char *path = path_for_us();
    if (!path) {
        unsetenv("HEAPLAB_RECORD");
        unsetenv("LD_PRELOAD");
        return;
    }
    int opened = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    file = opened < 0
               ? -1
               : fcntl(opened, F_DUPFD_CLOEXEC, 500); /* out of the way of programs that count their descriptors */
    if (opened >= 0)
        close(opened);
    pthread_atfork(hold_lock, release_lock, stop_in_child);
}

__attribute__((destructor)) static void end(void)
{
    pthread_mutex_lock(&lock);
    flush();
    pthread_mutex_unlock(&lock);
}

/* --- the functions that programs call --- */

void *malloc(size_t size)
{
    void *block = __libc_malloc(size);
    if (block)
        note_event(RECORD_ALLOCATE, NULL, block, size);
    return block;
}

void *calloc(size_t count, size_t size)
{
    void *block = __libc_calloc(count, size);
    if (block)
        note_event(RECORD_ALLOCATE, NULL, block, count * size);
    return block;
}

/* The event is recorded before another thread can be given the old block. */
void free(void *old)
{
    if (old)
        note_event(RECORD_FREE, old, NULL, 0);
    __libc_free(old);
}

void *realloc(void *old, size_t size)
{
    void *block = __libc_realloc(old, size);
    if (block)
        note_event(old ? RECORD_REALLOCATE : RECORD_ALLOCATE, old, block, size);
    else if (old && size == 0)
        note_event(RECORD_FREE, old, NULL, 0);
    return block;
}

void *memalign(size_t alignment, size_t size)
{
    void *block = __libc_memalign(alignment, size);
    if (block)
        note_event(RECORD_ALLOCATE, NULL, block, size);
    return block;
}

void *aligned_alloc(size_t alignment, size_t size)
{
    return memalign(alignment, size);
}

int posix_memalign(void **place, size_t alignment, size_t size)
{
    bool power = alignment != 0 && (alignment & (alignment - 1)) == 0;
    if (!power || alignment % sizeof(void *) != 0)
        return EINVAL;
    int error = errno;
    void *block = memalign(alignment, size);
    errno = error;
    if (!block)
        return ENOMEM;
    *place = block;
    return 0;
}
