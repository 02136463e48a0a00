// SPDX-License-Identifier: MIT
/*
 * driver.c - one allocator on traces, for the bench (bench_allocators).
 *
 *     driver speed  ALLOCATOR TRACE.rep...    for each trace: name, operations, nanoseconds of them all
 *     driver memory ALLOCATOR TRACE.rep...    for each trace: name, peak payload bytes, peak bytes of memory
 *     driver count  ALLOCATOR TRACE.rep...    operations in all; for callgrind, which counts inside of perform()
 *
 * ALLOCATOR is a shared library with the functions of mm.h, or "-": this program's own malloc, which LD_PRELOAD may
 * change. Both are called through pointers.
 *
 * Nothing here may disturb what is measured. So each run is a process of its own, forked from one that has never asked
 * the allocator for anything; traces are read by another child, into shared memory; and the blocks' table is a mapping.
 *
 * Speed: a trace is run PASSES times over; at the end of each, all blocks are freed. The caller asks several times and
 * takes the least.
 *
 * Memory: every byte of every payload is written, and what counts is by how much the anonymous memory of the process
 * (/proc/self/smaps_rollup) has grown, looked at every STRIDE operations and after each large one. That is the same for
 * an allocator on sbrk and for one on mmap. What a library took before main is not counted.
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

static struct allocator {
    bool (*init)(void); /* NULL: none is needed */
    void *(*allocate)(size_t);
    void *(*reallocate)(void *, size_t);
    void (*release)(void *);
} allocator;

/* What the children leave for their parent. */
static struct shared {
    uint32_t ids;
    uint32_t operations;
    double nanoseconds;
    size_t payload;
    size_t memory;
    struct rep_operation operation[MOST_OPERATIONS];
} * shared;

/* A block of the trace, by id. */
static struct block {
    void *payload;
    size_t size;
} * blocks;

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

/* ISO C knows no conversion from dlsym's pointer to a function's; POSIX promises that the bits are the same. */
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

/* Anonymous memory of this process, in bytes. Asks nobody for memory itself. */
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

/* --- all of it --- */

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

static const char *path_to_read;

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

/* The blocks' table is touched beforehand, so that its pages count for nobody. */
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
    setvbuf(stdout, buffer, _IOFBF, sizeof buffer); /* or else printf would ask the allocator for one */
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
