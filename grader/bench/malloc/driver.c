// SPDX-License-Identifier: MIT
/*
 * driver.c - runs one allocator on traces, for bench_allocators.
 *
 *     driver speed  ALLOCATOR TRACE.rep...    for each trace: name, operations, nanoseconds for all of them
 *     driver memory ALLOCATOR TRACE.rep...    for each trace: name, peak payload bytes, peak bytes of memory
 *     driver count  ALLOCATOR TRACE.rep...    operations in all; for callgrind, which counts inside perform()
 *
 * ALLOCATOR is a shared library with the functions of mm.h, or "-": this program's own malloc, which LD_PRELOAD may
 * change. Both are called through pointers.
 *
 * Nothing here may disturb the measurement. So each run is a separate process, forked from one that has never called
 * the allocator; another child reads the traces, into shared memory; and the table of blocks is a mapping.
 *
 * Speed: a trace runs PASSES times; all blocks are freed at the end of each pass. The caller measures several times and
 * takes the shortest.
 *
 * Memory: every byte of every payload is written. What counts is the growth of the process's anonymous memory
 * (/proc/self/smaps_rollup), read every STRIDE operations and after each large one. That treats allocators on sbrk and
 * on mmap alike. Memory that a library took before main is not counted.
 */
#include "wire/rep.h"

#include <dlfcn.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { PASSES = 5, STRIDE = 16, LARGE = 16384, KIB = 1024, MOST_OPERATIONS = 1 << 20 };

struct allocator {
    bool (*init)(void); /* NULL if there is none */
    void *(*allocate)(size_t);
    void *(*reallocate)(void *, size_t);
    void (*release)(void *);
};

struct shared {
    uint32_t ids;
    uint32_t operations;
    double nanoseconds;
    size_t payload;
    size_t memory;
    struct rep_operation operation[MOST_OPERATIONS];
};

struct block {
    void *payload;
    size_t size;
};

/* Set before the children are forked, except `shared`: what a child leaves there is for its parent. */
static struct allocator allocator;
static struct shared *shared;
static struct block *blocks;     /* of the trace, by id */
static const char *path_to_read; /* read_trace's argument */

static _Noreturn void give_up(const char *sentence, const char *name)
{
    fprintf(stderr, "driver: %s: %s\n", name, sentence);
    exit(EXIT_FAILURE);
}

static void *map(size_t bytes, int kind)
{
    void *mapped = mmap(NULL, bytes, PROT_READ | PROT_WRITE, kind | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    if (mapped == MAP_FAILED)
        give_up("there is no memory", "mmap");
    return mapped;
}

/* ISO C has no conversion from dlsym's object pointer to a function pointer; POSIX guarantees that the bits are the
 * same. */
static void find(void *library, const char *name, void *function)
{
    void *symbol = dlsym(library, name);
    if (!symbol)
        give_up("is not there", name);
    memcpy(function, &symbol, sizeof symbol);
}

static void open_allocator(const char *path)
{
    if (strcmp(path, "-") == 0) {
        allocator = (struct allocator){.allocate = malloc, .reallocate = realloc, .release = free};
        return;
    }
    void *library = dlopen(path, RTLD_NOW);
    if (!library)
        give_up("cannot be loaded", path);
    find(library, "mm_init", &allocator.init);
    find(library, "mm_malloc", &allocator.allocate);
    find(library, "mm_realloc", &allocator.reallocate);
    find(library, "mm_free", &allocator.release);
}

/* --- one run --- */

/* Never inlined: callgrind counts from its call to its return. */
__attribute__((noinline)) static void *perform(enum rep_kind kind, void *payload, size_t size)
{
    if (kind == REP_ALLOCATE)
        return allocator.allocate(size);
    if (kind == REP_REALLOCATE)
        return allocator.reallocate(payload, size);
    allocator.release(payload);
    return NULL;
}

static void step(const struct rep_operation *operation)
{
    struct block *block = &blocks[operation->id];
    block->payload = perform(operation->kind, block->payload, operation->size);
    if (!block->payload && operation->size != 0)
        give_up("the allocator has no memory", "replay");
}

static void release_all(void)
{
    for (uint32_t id = 0; id < shared->ids; id++) {
        if (blocks[id].payload)
            allocator.release(blocks[id].payload);
        blocks[id].payload = NULL;
    }
}

static void start(void)
{
    if (allocator.init && !allocator.init())
        give_up("returned false", "mm_init");
}

static double now(void)
{
    const double giga = 1e9;
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec * giga + (double)time.tv_nsec;
}

static void measure_speed(void)
{
    start();
    for (int pass = 0; pass < PASSES; pass++) {
        double from = now();
        for (uint32_t i = 0; i < shared->operations; i++)
            step(&shared->operation[i]);
        shared->nanoseconds += now() - from;
        release_all();
    }
    shared->nanoseconds /= PASSES;
}

static void count(void)
{
    start();
    for (uint32_t i = 0; i < shared->operations; i++)
        step(&shared->operation[i]);
}

/* --- memory --- */

/* Anonymous memory of this process, in bytes. Allocates nothing itself. */
static size_t resident(void)
{
    static char text[4 * KIB];
    int file = open("/proc/self/smaps_rollup", O_RDONLY | O_CLOEXEC);
    ssize_t n = file < 0 ? -1 : read(file, text, sizeof text - 1);
    if (n < 0 || close(file) != 0)
        give_up("cannot be read", "/proc/self/smaps_rollup");
    text[n] = '\0';
    const char *line = strstr(text, "\nAnonymous:");
    return line ? strtoul(line + sizeof "\nAnonymous:" - 1, NULL, 10) * KIB : 0;
}

static void measure_memory(void)
{
    size_t live = 0;
    size_t before = resident();
    start();
    for (uint32_t i = 0; i < shared->operations; i++) {
        const struct rep_operation *operation = &shared->operation[i];
        struct block *block = &blocks[operation->id];
        live += operation->size - block->size;
        block->size = operation->size;
        step(operation);
        if (block->payload)
            memset(block->payload, 1, block->size);
        shared->payload = live > shared->payload ? live : shared->payload;
        if (i % STRIDE != 0 && operation->size < LARGE && i + 1 != shared->operations)
            continue;
        size_t grown = resident() - before;
        shared->memory = grown > shared->memory ? grown : shared->memory;
    }
}

/* --- main --- */

static void in_child(void (*job)(void))
{
    pid_t child = fork();
    if (child == 0) {
        job();
        _exit(EXIT_SUCCESS);
    }
    int status = 0;
    if (child < 0 || waitpid(child, &status, 0) != child || status != 0)
        give_up("the run ended early", "driver");
}

static void read_trace(void)
{
    struct rep_trace trace;
    if (rep_read(path_to_read, &trace))
        give_up("cannot be read", path_to_read);
    if (trace.operations > MOST_OPERATIONS)
        give_up("has too many operations", path_to_read);
    shared->ids = trace.ids;
    shared->operations = trace.operations;
    memcpy(shared->operation, trace.operation, trace.operations * sizeof *trace.operation);
}

/* Touches the table of blocks beforehand, so that its pages do not count. */
static void load(const char *path)
{
    path_to_read = path;
    in_child(read_trace);
    shared->nanoseconds = 0;
    shared->payload = shared->memory = 0;
    memset(blocks, 0, (shared->ids + 1U) * sizeof *blocks);
}

static const char *base_name(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash ? slash + 1 : path;
}

int main(int argc, char **argv)
{
    static char buffer[BUFSIZ];
    setvbuf(stdout, buffer, _IOFBF, sizeof buffer); /* otherwise printf would call the allocator for a buffer */
    if (argc < 4)
        give_up("driver speed|memory|count ALLOCATOR TRACE.rep...", "usage");
    bool speed = strcmp(argv[1], "speed") == 0;
    bool memory = strcmp(argv[1], "memory") == 0;
    open_allocator(argv[2]);
    shared = map(sizeof *shared, MAP_SHARED);
    blocks = map(MOST_OPERATIONS * sizeof *blocks, MAP_PRIVATE);
    if (memory && prctl(PR_SET_THP_DISABLE, 1, 0, 0, 0) != 0)
        give_up("huge pages cannot be switched off", "prctl");
    uint32_t operations = 0;
    for (int i = 3; i < argc; i++) {
        load(argv[i]);
        in_child(speed ? measure_speed : memory ? measure_memory : count);
        operations += shared->operations;
        if (speed)
            printf("%s %u %.0f\n", base_name(argv[i]), shared->operations, shared->nanoseconds);
        else if (memory)
            printf("%s %zu %zu\n", base_name(argv[i]), shared->payload, shared->memory);
        fflush(stdout);
    }
    if (!speed && !memory)
        printf("%u\n", operations);
    return EXIT_SUCCESS;
}
