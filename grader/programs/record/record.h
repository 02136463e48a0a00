// SPDX-License-Identifier: MIT
/*
 * record.h - recording a real program's allocations: heaplab record.
 *
 *     program, with preload.c before its malloc  ->  a file of events  ->  record.c  ->  a .rep trace
 */
#ifndef HEAPLAB_RECORD_H
#define HEAPLAB_RECORD_H

#include <stdint.h>

enum record_kind { RECORD_ALLOCATE = 1, RECORD_REALLOCATE, RECORD_FREE };

struct record_event {
    uint64_t kind;
    uint64_t size;
    uint64_t old;   /* the block that was given back or resized */
    uint64_t block; /* the block that was handed out */
};

#endif
