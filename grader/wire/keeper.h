// SPDX-License-Identifier: MIT
/*
 * keeper.h - how the trusted side and a keeper talk.
 *
 * Making namespaces takes milliseconds, starting a program in them takes a tenth of one. So a worker makes one sandbox
 * and puts a keeper into it: a program of the kit that starts subjects there, one after the other, and reports how they
 * ended. A subject finds no trace of the one before it: a keeper ends everything that a subject leaves running before
 * it reports its end, and the sandbox has no place to write to.
 *
 *     worker or test             keeper                        subject
 *     ORDER_START, descriptors   fork, filter, exec    ---->   student code
 *     ORDER_END                  kill
 *     struct word          <---- the subject and all its children are gone
 *
 * Orders and words are packets on a socket. A keeper runs one subject at a time; an order to start another one ends the
 * current one. The filter of system calls is fixed when a keeper starts. The keeper itself runs without one: none of
 * its bytes come from a student, and the subject's filter limits what a subject can do to it.
 */
#ifndef HEAPLAB_KEEPER_H
#define HEAPLAB_KEEPER_H

#include <stdint.h>

/* The descriptors that a keeper starts with. Its arguments: the largest number of processes that may be in the sandbox
 * (0: no limit; the limit counts within the sandbox's user namespace, and outside of one it would count everything that
 * the user runs) and, optionally, a command to run in place of the programs that it is sent. */
enum { KEEPER_SOCKET = 10, KEEPER_FILTER = 11 };

enum order_kind { ORDER_START = 1, ORDER_END };

struct order {
    uint32_t kind;
    uint32_t id;          /* of the subject, chosen by the sender of the order */
    uint32_t cpu_seconds; /* that it may use; 0: the default */
    uint32_t stack_bytes; /* the same */
};

/* The descriptors that come with ORDER_START. Under valgrind also REPORT, which valgrind writes to; under
 * callgrind also TALK (wire/cost.h). */
enum { ORDER_PROGRAM, ORDER_CHANNEL, ORDER_OUTPUT, ORDER_REPORT, ORDER_TALK, ORDER_DESCRIPTORS };

struct word {
    uint32_t id;
    int32_t status; /* as wait(2) reports it */
    int32_t error;  /* not 0: the program was never started, and this is the errno */
};

#endif
