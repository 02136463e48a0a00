// SPDX-License-Identifier: MIT
/*
 * channel.h - the page over which judge and subject talk, and the arena after it.
 *
 * Theory of operation
 * -------------------
 * The judge makes one memfd, sealed against resizing, and maps it at CHANNEL_ADDRESS. The subject inherits it as
 * descriptor CHANNEL_FD and maps it at the same address, so a pointer into the arena means the same on both sides:
 *
 *     CHANNEL_ADDRESS      struct channel, then room for the coverage counters
 *     ARENA_ADDRESS        inputs: what the test hands to the student's code (INPUT_BYTES)
 *     HEAP_ADDRESS         heap: what malloc or mem_sbrk hands out (HEAP_BYTES)
 *
 * All of it lies below 4 GiB, so a 32-bit subject can map it, too; 64-bit members are aligned as on 64 bits there.
 *
 * The two sides take turns; `turn` says whose move it is, and is the futex both wait on:
 *
 *     judge                              subject
 *     ASK_CALL, turn = SUBJECT   ---->   makes the queued calls, runs the student's function
 *                                <----   SAY_RETURN, turn = JUDGE
 *                          or    <----   SAY_REQUEST (an up-call: malloc, mem_sbrk, ...), turn = JUDGE
 *     ASK_ANSWER, turn = SUBJECT ---->   the student's function continues
 *                          or    <----   SAY_CRASHED or SAY_TIMED_OUT, from a signal handler
 *                          or    <----   SAY_LOOKED, from a watched access (wire/watched.h)
 *                          or    <----   SAY_THREADS, from a lab with threads (wire/threads.h)
 *     ASK_READ, ASK_WRITE        ---->   copies between its own memory and the window; SAY_RETURN
 *     ASK_BREAK                  ---->   looks up its program break; SAY_RETURN
 *     ASK_PLAY                   ---->   plays a system: which order for children, which page size; SAY_RETURN
 *     ASK_PAGES                  ---->   writes to the window which of its pages are in memory (mincore); SAY_RETURN
 *     ASK_PAINT, ASK_DEPTH       ---->   paints its unused stack; how far down the paint is gone by now; SAY_RETURN
 *     ASK_LOOKS                  ---->   how many accesses of graded code it has watched; SAY_RETURN
 *     ASK_KEEP, ASK_RENEW        ---->   remembers its variables; puts them back (own tests' implementations)
 *     ASK_COST                   ---->   goes on over a socket (wire/cost.h), and does not come back
 *     ASK_FRESH                  ---->   a further test begins, under memcheck: shared memory counts as unwritten
 *     ASK_STOP, turn = SUBJECT   ---->   writes its coverage counters, ends
 *                                <----   SAY_READY once at the start, SAY_STOPPED once at the end
 *
 * Trust: the subject can write anything here at any time. The judge therefore reads each field once, into memory
 * of its own, checks it there, and takes nothing from this page but what the student's code may decide anyway: what a
 * call returned, what it asked for, how it ended. A test's verdict, the books of the heap and the score are elsewhere.
 */
#ifndef HEAPLAB_CHANNEL_H
#define HEAPLAB_CHANNEL_H

#include <errno.h>
#include <stdatomic.h>
#include <stddef.h>
#include <stdint.h>

#define MIB ((size_t)1 << 20)

#define CHANNEL_FD 3
#define CHANNEL_ADDRESS ((uintptr_t)0x5ff00000)
#define CHANNEL_BYTES (1 * MIB)
#define ARENA_ADDRESS (CHANNEL_ADDRESS + CHANNEL_BYTES)
#define INPUT_BYTES (4 * MIB)
#define HEAP_ADDRESS (ARENA_ADDRESS + INPUT_BYTES)
#define HEAP_BYTES (60 * MIB)
#define SHARED_BYTES (CHANNEL_BYTES + INPUT_BYTES + HEAP_BYTES)

#define MOST_WORDS 8
#define MOST_FRAMES 16
#define MOST_EARLIER 64

enum turn { TURN_SUBJECT, TURN_JUDGE, TURN_GONE };

enum ask {
    ASK_CALL = 1,
    ASK_ANSWER,
    ASK_READ,
    ASK_WRITE,
    ASK_BREAK,
    ASK_PAGES,
    ASK_PLAY,
    ASK_PAINT,
    ASK_DEPTH,
    ASK_LOOKS,
    ASK_KEEP,
    ASK_RENEW,
    ASK_COST,
    ASK_FRESH,
    ASK_STOP
};

enum say { SAY_READY = 1, SAY_RETURN, SAY_REQUEST, SAY_CRASHED, SAY_TIMED_OUT, SAY_STOPPED, SAY_LOOKED, SAY_THREADS };

/* errno when a judged call begins: no function of a lab sets it to this, so one that leaves errno alone differs from
 * one that sets it. */
#define ERRNO_BEFORE EL2NSYNC

/* How far down a stack is painted: half of it, so that what does not fit below is in the paint. */
#define PAINTED_BYTES (4 * MIB)

/* Up-calls: what the student's code may ask of its surroundings. */
enum request {
    REQUEST_MALLOC = 1, /* size */
    REQUEST_CALLOC,     /* count, size */
    REQUEST_REALLOC,    /* pointer, size */
    REQUEST_FREE,       /* pointer */
    REQUEST_ALIGNED,    /* alignment, size */
    REQUEST_SBRK,       /* increment */
    REQUEST_REPORT,     /* kind, pointer */
    REQUEST_SYSTEM,     /* kind, arguments: may it be made? answer 0: yes; otherwise no, with errno */
    REQUEST_SYSTEM_END, /* result, errno: it was made */
    REQUEST_CELLS,      /* enum cells_word: what is it? */
    REQUEST_CELLS_LEFT, /* the two values in the parent, now that the child has ended */
    REQUEST_STEP, /* thread, result of its last step, lock calls so far, waits so far: what next? (wire/threads.h) */
};

/* On 32 bits a uint64_t alone would need only 4. */
#define WIDE _Alignas(8) uint64_t

/* How a student's function ended, if it did not return. */
struct fall {
    int32_t signal;
    int32_t code;             /* si_code */
    WIDE address;             /* the memory that could not be accessed, or the number of the refused system call */
    uint32_t depth;           /* frames used, at most MOST_FRAMES */
    uint16_t deep_stack;      /* the stack had overflowed */
    uint16_t in_child;        /* it happened in a forked child, whose parent the judge has called */
    WIDE frames[MOST_FRAMES]; /* program counters, innermost first */
};

/* An access of graded code that is wrong. */
enum look_flaw {
    LOOK_NO_RIGHT,
    LOOK_ODD,     /* the address is no multiple of the type's alignment */
    LOOK_OVERLAP, /* memcpy and the like, of memory onto a part of itself */
    LOOK_COPY,    /* memcpy and the like, past the end of the payload that the call is about */
    LOOK_GONE,    /* memory of the stack that no function has any more */
    LOOK_ABOVE,   /* memory of the stack above all that the call has there */
    LOOK_INDEX,   /* an array of BYTES elements has none with the index ADDRESS, a signed number */
    LOOK_BRANCH,  /* a call by a pointer, to ADDRESS, where no function begins */
};
struct look {
    WIDE address;
    WIDE bytes;
    uint32_t writes; /* 0: it reads */
    uint32_t flaw;   /* enum look_flaw */
};

struct channel {
    _Atomic uint32_t turn;     /* enum turn */
    _Atomic uint32_t sleepers; /* on turn; see futex_wait */

    /* written by the judge before turn = TURN_SUBJECT */
    uint32_t ask;
    uint32_t function;          /* ASK_CALL: index in calls.def */
    WIDE arguments[MOST_WORDS]; /* ASK_READ, ASK_WRITE: to, from, bytes */
    WIDE answer;                /* ASK_ANSWER */
    int32_t answer_errno;
    WIDE answer_kept;        /* REQUEST_REALLOC: how many of the old block's bytes are in the new one */
    _Atomic uint32_t calls;  /* calls started; lets the clock see which call is in flight */
    WIDE heap_bytes;         /* how far the break has moved; read too often for an up-call each time */
    int32_t tick_us;         /* how often that clock ticks, from the subject's start on; 0: the default; -1: never */
    uint32_t call_ticks;     /* how many ticks of the clock (subject/fall.c) a call may take; 0: the default */
    uint32_t test_ticks;     /* the same for all calls of a test */
    uint32_t same_processor; /* both sides share one processor: looking again and again would only block the other */

    /* written by the subject before turn = TURN_JUDGE */
    uint32_t say;
    uint32_t request; /* SAY_REQUEST: enum request */
    WIDE words[MOST_WORDS];
    WIDE result; /* SAY_RETURN */
    int32_t result_errno;
    struct fall fall; /* SAY_CRASHED, SAY_TIMED_OUT */

    _Atomic uint32_t ticks;          /* of the clock, in calls and between them, in children as well */
    _Atomic uint32_t child_returned; /* a forked child came back out of the student's function, or called exit */
    uint32_t coverage_bytes; /* SAY_CRASHED, SAY_TIMED_OUT, SAY_STOPPED: .gcda bytes after this struct; 0 for none */

    /* written by the judge before the start: the system calls allowed from the first call on */
    uint32_t filter_length;
    WIDE filter[512]; /* struct sock_filter */

    /* written by the judge with ASK_CALL: a procedure of one argument, and the arguments of its queued calls */
    uint32_t earlier_function;
    uint32_t earlier;
    WIDE earlier_argument[MOST_EARLIER];

    struct look look; /* SAY_LOOKED, beside fall.frames */

    /* written by the judge before the start */
    uint32_t watched;      /* the subject maps the maps of wire/watched.h */
    uint32_t wipes;        /* between calls, the subject clears memory that is not counted (subject/wipe.c) */
    uint32_t narrows_late; /* it narrows its system calls only when a cost run is sealed */

    /* written by a forked child that calls _exit, while system_change_cells of heaplab/system.h is in force */
    _Atomic uint32_t child_ended;
    WIDE child_cells;

    /* written by each forked child at its end: how many bytes the counters of all children take */
    _Atomic uint32_t children_bytes;
};

/* A 64-bit judge and a 32-bit subject must agree on the offsets. */
_Static_assert(offsetof(struct fall, frames) == 24 && sizeof(struct fall) == 152, "as on 64 bits");
_Static_assert(offsetof(struct channel, answer_kept) == 96 && offsetof(struct channel, words) == 144 &&
                   offsetof(struct channel, fall) == 224 && offsetof(struct channel, filter) == 392 &&
                   offsetof(struct channel, earlier_argument) == 4496,
               "as on 64 bits");

/* Of two mappings whose first ints the judge changes: where they are, and the values, the first one's in the low half.
 */
enum cells_word { CELLS_FIRST, CELLS_SECOND, CELLS_FOR_CHILD, CELLS_FOR_PARENT };

/* child_returned */
enum { CHILD_RETURNED = 1, CHILD_EXITED };

/* After the struct: the window for ASK_READ and ASK_WRITE, and at the end the coverage counters. */
#define WINDOW_BYTES 65536
#define COVERAGE_OFFSET 8192
#define COVERAGE_ROOM (CHANNEL_BYTES / 2 - COVERAGE_OFFSET)

/* After those, the counters of forked children. */
#define CHILDREN_OFFSET (CHANNEL_BYTES / 2)
#define CHILDREN_ROOM (CHANNEL_BYTES - CHILDREN_OFFSET)

_Static_assert(sizeof(struct channel) <= COVERAGE_OFFSET, "the counters must not overlap the channel");

/* Makes the shared memory, sealed against resizing, and maps it; records whether this process, and so every process
 * that it starts, has only one processor. Returns the channel, and its descriptor in *DESCRIPTOR (to be inherited as
 * CHANNEL_FD); NULL on failure. */
struct channel *channel_create(int *descriptor);

/* Waits until *WORD, in CHANNEL's memory, is no longer VALUE; returns its new value. May return VALUE after about
 * MILLISECONDS (0: no limit). The word after it counts its sleepers. */
uint32_t futex_wait(const struct channel *channel, _Atomic uint32_t *word, uint32_t value, unsigned milliseconds);

/* Sets *WORD and wakes its sleepers. */
void futex_pass(_Atomic uint32_t *word, uint32_t value);

/* Waits until turn is no longer THEIRS; returns its new value. May return THEIRS after about MILLISECONDS (0: no
 * limit). */
uint32_t channel_wait(struct channel *channel, uint32_t theirs, unsigned milliseconds);

/* Passes the turn. */
void channel_pass(struct channel *channel, uint32_t turn);

#endif
