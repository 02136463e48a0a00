// SPDX-License-Identifier: MIT
/*
 * cost.h - a cost run: calls that come one by one over a socket, in a subject under callgrind (subject/cost.c,
 * judge/lib/cost.c).
 *
 * It is a socket, not the shared page: reading and writing it takes the same instructions each time, whoever waits; a
 * word that was sent can't be taken back; and no part of a trace can be read before its turn. Packets keep their
 * borders (SOCK_SEQPACKET).
 *
 *     judge                           subject
 *     ORDER_IDLE            ---->     calls a function that does nothing, to measure the kit's own cost
 *                           <----     WORD_RETURN
 *     ORDER_SEAL            ---->     has callgrind print its counts; from here on no instruction can talk to it
 *     ORDER_CALL            ---->     runs the student's function
 *                           <----     WORD_REQUEST: mem_sbrk and the like, which the judge answers
 *     struct cost_answer    ---->
 *                           <----     WORD_RETURN
 *     end of the stream     ---->     ends
 */
#ifndef HEAPLAB_WIRE_COST_H
#define HEAPLAB_WIRE_COST_H

#include <stdint.h>

#include "wire/channel.h"

#define COST_FD 5

/* Cost is instructions and so many for each miss of a first-level cache. */
enum { MISS_COST = 10 };

enum { COST_ARGUMENTS = 2 };

enum cost_order_kind { ORDER_IDLE = 1, ORDER_SEAL, ORDER_CALL };

struct cost_order {
    uint32_t kind;
    uint32_t function; /* index in calls.def */
    uint64_t argument[COST_ARGUMENTS];
};

enum cost_word_kind { WORD_RETURN = 1, WORD_REQUEST };

struct cost_word {
    uint32_t kind;
    uint32_t request;          /* enum request */
    uint64_t word[MOST_WORDS]; /* the first: what a call returned */
};

struct cost_answer {
    uint64_t answer;
    int64_t error;
};

#endif
