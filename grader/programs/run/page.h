// SPDX-License-Identifier: MIT
/*
 * page.h - what the preloaded library (shim/) and heaplab run tell each other: one page of a file that both map.
 *
 * The library writes while the program runs, so whatever ends the program, the page holds the last state. Of the
 * program's many processes only the one that heaplab run started counts its calls there; the first process with a
 * trouble tells it. Places in the heap are offsets from its start.
 */
#ifndef HEAPLAB_RUN_PAGE_H
#define HEAPLAB_RUN_PAGE_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>

/* In the environment of the program: the page's file, and the process that counts. */
#define RUN_PAGE_VARIABLE "HEAPLAB_RUN_PAGE"
#define RUN_PROCESS_VARIABLE "HEAPLAB_RUN_PROCESS"

enum { RUN_FRAMES = 16, RUN_NAME_BYTES = 32 };

/* The offset that stands for NULL. */
#define RUN_NULL UINT64_MAX

/* The allocator's functions. */
enum run_function { RUN_NOTHING, RUN_INIT, RUN_MALLOC, RUN_CALLOC, RUN_REALLOC, RUN_FREE, RUN_FUNCTIONS };

struct run_call {
    uint32_t function; /* enum run_function; RUN_NOTHING: the program's own code is running */
    uint32_t unused;
    uint64_t block;    /* of realloc and free: where; RUN_NULL */
    uint64_t old_size; /* of that block */
    uint64_t count;    /* of calloc */
    uint64_t size;     /* of malloc, calloc, realloc */
};

struct run_counts {
    struct run_call now;
    uint64_t calls[RUN_FUNCTIONS];
    uint64_t aligned; /* of the mallocs: those with an alignment of their own */
    uint64_t refused; /* answered with NULL */
    uint64_t first_refused_size;
    uint64_t strange;   /* frees and reallocs of what is no live block; left alone */
    uint64_t inner;     /* calls of malloc that the allocator itself made */
    uint64_t live;      /* bytes asked for and not freed, now */
    uint64_t peak;      /* and at the most */
    uint64_t peak_heap; /* bytes of the heap, at the most */
};

enum run_trouble_kind {
    TROUBLE_NONE,
    TROUBLE_CRASH,      /* a signal while an allocator's function ran */
    TROUBLE_PROGRAM,    /* a signal while the program's own code ran */
    TROUBLE_HANG,       /* a call that comes to no end */
    TROUBLE_INIT,       /* mm_init failed */
    TROUBLE_MISALIGNED, /* the four after this: what is wrong with a block that was returned */
    TROUBLE_OUTSIDE,
    TROUBLE_OVERLAP,
    TROUBLE_NOT_ZERO,
    TROUBLE_LOST_BYTES,
    TROUBLE_REPORT, /* mm_report was called about a live block */
};

struct run_trouble {
    uint32_t kind;  /* enum run_trouble_kind */
    uint32_t child; /* it was not the program itself, but one that it started */
    struct run_call call;
    uint64_t number;            /* of that function's calls in that process: the first is 1 */
    uint64_t result;            /* what the function returned: an offset, which can be outside */
    uint64_t heap;              /* bytes of the heap then */
    uint64_t other, other_size; /* TROUBLE_OVERLAP: the block that was there */
    uint32_t signal;
    uint32_t deep_stack; /* the stack had run out */
    uint64_t address;    /* of the access that failed */
    uint32_t depth;
    uint32_t unused;
    uint64_t frames[RUN_FRAMES]; /* program counters in the library, from its start; innermost first */
    char program[RUN_NAME_BYTES];
};

struct run_page {
    struct run_counts counts;
    atomic_uint troubled; /* set by the first who writes below */
    atomic_uint told;     /* set when all of it is written */
    struct run_trouble trouble;
};

#endif
