// SPDX-License-Identifier: MIT
/*
 * main.c - the subject's loop (subject.h).
 */
#include "subject/subject.h"
#include "wire/watched.h"

#include <errno.h>
#include <link.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>
#include <valgrind/memcheck.h>
#include <wchar.h>

struct channel *channel;
bool in_child;
struct played played;
volatile sig_atomic_t in_call;
static bool is_watched;

/* What memcheck knows of shared memory: the heap's is nobody's until malloc hands it out. */
static void forget_heap(void)
{
    VALGRIND_MAKE_MEM_DEFINED((void *)CHANNEL_ADDRESS, HEAP_ADDRESS - CHANNEL_ADDRESS);
    VALGRIND_MAKE_MEM_NOACCESS((void *)HEAP_ADDRESS, HEAP_BYTES);
}

static void map_channel(void)
{
    void *wanted = (void *)CHANNEL_ADDRESS;
    void *got = mmap(wanted, SHARED_BYTES, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_FIXED_NOREPLACE, CHANNEL_FD, 0);
    if (got != wanted)
        _exit(EXIT_FAILURE);
    channel = got;
    is_watched = channel->watched && !asked_by_tests;
    if (is_watched && !map_watch(CHANNEL_FD)) /* elsewhere they would be memory that nobody counts */
        _exit(EXIT_FAILURE);
    close(CHANNEL_FD);
    forget_heap();
}

#ifndef NVALGRIND
void _start(void);

/* Asks valgrind for the line of an instruction. */
static void ask_for_line(uintptr_t address)
{
    enum { LINE_BYTES = 64 /* as the request wants it */ };
    char line[LINE_BYTES];
    (void)VALGRIND_MAP_IP_TO_SRCLOC(address, line);
}

/* For dl_iterate_phdr: the middle of an object's code is sure to lie in the section .text, the only one that counts. */
static int ask_for_lines(struct dl_phdr_info *object, size_t size, void *unused)
{
    (void)size;
    (void)unused;
    for (unsigned i = 0; i < object->dlpi_phnum; i++) {
        const ElfW(Phdr) *part = &object->dlpi_phdr[i];
        if (part->p_type == PT_LOAD && (part->p_flags & PF_X))
            ask_for_line(object->dlpi_addr + part->p_vaddr + part->p_memsz / 2);
    }
    return 0;
}

/* Valgrind 3.24 reads an object's debug information when it first needs it, and can open no file then. */
static void have_lines_read(void)
{
    ask_for_line((uintptr_t)_start);
    dl_iterate_phdr(ask_for_lines, NULL);
}
#else
static void have_lines_read(void)
{
}
#endif

static _Noreturn void stop(void)
{
    write_counters();
    channel->say = SAY_STOPPED;
    channel_pass(channel, TURN_JUDGE);
    _exit(EXIT_SUCCESS);
}

void say_and_wait(enum say say)
{
    channel->say = say;
    channel_pass(channel, TURN_JUDGE);
    while (channel_wait(channel, TURN_JUDGE, 0) != TURN_SUBJECT)
        continue;
    if (channel->ask == ASK_STOP)
        stop();
}

/* Calls of a procedure that nobody waits for came along with this one. */
static void run_earlier_calls(void)
{
    uint32_t function = channel->earlier_function;
    uint32_t n = channel->earlier;
    if (n > MOST_EARLIER || (n > 0 && function >= thunk_count))
        _exit(EXIT_FAILURE);
    for (uint32_t i = 0; i < n; i++) {
        uint64_t arguments[MOST_WORDS] = {channel->earlier_argument[i]};
        thunks[function](arguments);
    }
}

void end_child_wrongly(uint32_t how)
{
    write_counters();
    channel->child_returned = how;
    _exit(EXIT_FAILURE);
}

void note_cells_of_child(uint64_t cells)
{
    channel->child_cells = cells;
    atomic_store(&channel->child_ended, 1);
}

void note_counters_of_child(void)
{
    write_counters();
}

static void run_call(void)
{
    run_earlier_calls();
    uint32_t function = channel->function;
    uint64_t arguments[MOST_WORDS];
    for (int i = 0; i < MOST_WORDS; i++)
        arguments[i] = channel->arguments[i];
    if (function >= thunk_count)
        _exit(EXIT_FAILURE);
    watch_stack_below((uintptr_t)__builtin_frame_address(0));
    errno = asked_by_tests ? 0 : channel->result_errno; /* as the judge wants it */
    uint64_t result = thunks[function](arguments);
    if (in_child)
        end_child_wrongly(CHILD_RETURNED);
    channel->result = result;
    channel->result_errno = errno;
}

/* Memory that only this process has, to and from the window. */
static void copy(bool outwards)
{
    unsigned char *window = (unsigned char *)channel + COVERAGE_OFFSET;
    void *address = (void *)(uintptr_t)channel->arguments[0];
    uint64_t wanted = channel->arguments[1];
    size_t n = wanted < WINDOW_BYTES ? (size_t)wanted : WINDOW_BYTES;
    bool ok = outwards ? copy_if_mapped(window, address, n) : copy_if_mapped(address, window, n);
    channel->result = ok;
}

/* How far the stack is used below this function's callers: PAINTED_BYTES at most, or what watched functions say, who
 * may skip what is painted. With PAINTS, the unused part is painted first, for a later look. */
static __attribute__((noinline)) size_t depth_of_stack(bool paints)
{
    enum { PAINT = 0xd7, OWN_FRAME = 256 };
    volatile unsigned char *top = (unsigned char *)__builtin_frame_address(0) - OWN_FRAME;
    size_t depth = PAINTED_BYTES;
    uintptr_t deepest = watch_deepest_frame(paints);
    if (RUNNING_ON_VALGRIND)
        return 0;
    for (size_t i = 1; paints && i <= PAINTED_BYTES; i++)
        top[-(ptrdiff_t)i] = PAINT;
    while (depth > 0 && top[-(ptrdiff_t)depth] == PAINT)
        depth--;
    bool is_deeper = !paints && deepest < (uintptr_t)top - depth;
    return is_deeper ? (uintptr_t)top - deepest : depth;
}

/* A student's own tests may ask as well, over the same memory: for calls, and for nothing that shows or changes
 * memory. */
static void refuse_tests(uint32_t ask)
{
    if (asked_by_tests && ask != ASK_CALL && ask != ASK_KEEP && ask != ASK_RENEW)
        _exit(EXIT_FAILURE);
}

static void do_as_asked(void)
{
    uint32_t ask = channel->ask;
    refuse_tests(ask);
    switch (ask) {
    case ASK_CALL:
        in_call = 1;
        run_call();
        in_call = 0;
        return;
    case ASK_READ:
    case ASK_WRITE:
        copy(ask == ASK_READ);
        return;
    case ASK_PAGES:
        channel->result =
            (uint64_t)(int64_t)mincore((void *)(uintptr_t)channel->arguments[0], (size_t)channel->arguments[1],
                                       (unsigned char *)channel + COVERAGE_OFFSET);
        return;
    case ASK_PLAY:
        played =
            (struct played){(unsigned)channel->arguments[0], (size_t)channel->arguments[1], channel->arguments[2] != 0};
        return;
    case ASK_PAINT:
    case ASK_DEPTH:
        channel->result = depth_of_stack(ask == ASK_PAINT);
        return;
    case ASK_LOOKS:
        channel->result = watched_looks();
        return;
    case ASK_KEEP:
        keep_state();
        return;
    case ASK_RENEW:
        renew_state();
        return;
    case ASK_COST:
        in_call = 1;
        run_for_cost();
    case ASK_FRESH:
        forget_heap();
        forget_ticks();
        return;
    case ASK_BREAK:
        channel->result = (uint64_t)(uintptr_t)sbrk(0);
        return;
    default:
        _exit(EXIT_FAILURE);
    }
}

static void serve(void)
{
    say_and_wait(SAY_READY);
    for (;;) {
        do_as_asked();
        wipe();
        say_and_wait(SAY_RETURN);
    }
}

/* From here on what is not counted is wiped, so this comes after all that the kit prepares. */
static void narrow_and_serve(void)
{
    if (!channel->narrows_late && !asked_by_tests) /* own tests write to the channel and must not set the filter */
        narrow_system_calls();
    if (is_watched)
        start_watch();
    serve();
}

int main(void)
{
    int stack_top = 0;
    map_channel();
    setvbuf(stdout, NULL, _IONBF, 0); /* no buffer to allocate, nothing lost in a crash */
    fwide(stderr, -1);                /* else perror duplicates its descriptor, which is refused */
    uintptr_t stack_limit = watch_for_falls(&stack_top);
    watch_stack(stack_limit, (uintptr_t)&stack_top);
    have_lines_read();
    run_near_border(narrow_and_serve, channel->wipes && !asked_by_tests ? stack_limit : 0);
}
