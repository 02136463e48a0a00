// SPDX-License-Identifier: MIT
/*
 * mode.h - what the files of lib/ need of the program that they are linked into: the judge (link.c, run.c), direct mode
 * (direct.c) or a unit test.
 *
 * So no file here uses one of the folders that use it. Where one file of lib/ has to ask another that itself uses it,
 * start.c puts the two together.
 */
#ifndef HEAPLAB_JUDGE_MODE_H
#define HEAPLAB_JUDGE_MODE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct call;
struct cost_order;

struct mode {
    /* As wire/call.h and heaplab/system.h say: */
    uint64_t (*make_call)(const struct call *call, const uint64_t *arguments);
    bool (*put_off_call)(const struct call *call, uint64_t argument);
    bool (*read_subject)(void *to, const void *from, size_t n);
    bool (*write_subject)(void *to, const void *from, size_t n);

    /* Ends the subject and keeps what it leaves: output and counters. Safe in any state, and a second time. */
    void (*close_subject)(void);

    /* Is the schedule to be run here? In direct mode it is first tried by another process, and run here only if it
     * fails there, so that a debugger sees that one. NULL: all are, and nobody wants to know when one has ended. */
    bool (*schedule_is_wanted)(void);
    void (*schedule_ended)(void);

    /* As link.h says; NULL where nothing is counted: */
    void (*cost_start)(void);
    uint64_t (*cost_call)(const struct cost_order *order);
    void (*cost_seal)(void);
    void (*cost_end)(void);
    size_t (*report)(const char **bytes);
};

extern const struct mode *the_mode;

/* To be called once, before anything else of lib/. MODE must last. */
void judge_start(const struct mode *mode);

#endif
