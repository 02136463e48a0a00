// SPDX-License-Identifier: MIT
/*
 * judge.h - the judge's own header: what its files share. Test writers read heaplab/test.h instead.
 *
 * The judge is a Check program, one per lab: tests.c, a stub for each of the student's functions (stubs.c), and the
 * files of lib/ and of this folder. It never holds a byte of student code.
 *
 *     judge                          splits the tests over workers, prints one JSON document at the end
 *       worker (fork)                runs one Check suite per test, in fork mode
 *         test (fork, by Check)      starts a fresh subject, runs the test, keeps the books
 *           subject (bwrap)          the student's code
 *
 * A test writes what it finds into its record, which lies in memory shared with the judge and with nobody else. It has
 * passed only if Check says so *and* the record says that it came to its end.
 *
 *   main.c      arguments, workers, results          shrink.c   the shortest failing part of a random test
 *   run.c       one test under Check                 loss.c     the verdict on a call that does not come back
 *   link.c      the channel's judge side: calls,     patience.c how long to wait for one
 *               up-calls                             uncounted.c  memory that is not counted is wiped (lab 08)
 *   stubs.c     a stub for each function             direct.c   instead of main.c, run.c, link.c in direct mode
 *
 * lib/ is in both. None of its files uses one of the above (mode.h says how), and none uses another in a circle:
 *
 *   mode.c, start.c  what lib/ is linked into        record.c   message, status: how a test ends
 *   suite.c     the lab's tests                      ending.c   what is kept of one that fails
 *   names.c     names of pointers                    heap.c     books of malloc and free
 *   story.c     the calls as lines of C              brk.c      books of the program break
 *   call.c      what surrounds a call                input.c    books of what calls are given
 *   answer.c    who answers an up-call               lent.c     books of the blocks that calls gave
 *   expect.c    expectations                         system.c   watched system calls (lab 04); cells.c: what is
 *   steps.c     random tests                                    in mappings
 *   picture.c   the cells of a heap's picture        payloads.c the heap drawn from such books
 *   draw.c      who draws the heap                   timeline.c the heap, operation by operation, for heaplab explore
 *   replay.c    a trace, call by call                live.c     books of the blocks in use in a replay
 *   trace_tests.c  traces as tests                   cost.c     what a trace costs, under callgrind
 *   rights.c    who may use each byte of the arena   watch.c    in this call, and who wrote it; watch_story.c: the
 *   stores.c    every change of the heap, one by                verdict on a bad access
 *               one, for a timeline                  threads.c  programs of several threads, by many schedules;
 *   arena.c     what lies in the arena                          threads_story.c: what is wrong in one
 */
#ifndef HEAPLAB_JUDGE_H
#define HEAPLAB_JUDGE_H

#include <stdarg.h>

#include "heaplab/calls.h"
#include "heaplab/test.h"
#include "wire/call.h"
#include "wire/channel.h"
#include "wire/threads.h"

/* --- record.c ------------------------------------------------------------------------------------------------- */

enum status { STATUS_NOT_RUN, STATUS_PASSED, STATUS_FAILED, STATUS_CRASHED, STATUS_TIMED_OUT, STATUS_MISUSED };

enum {
    MESSAGE_BYTES = 1024,
    VALUE_BYTES = 512,
    STORY_LINES = 40,
    LINE_BYTES = 200,
    NOTE_BYTES = 24,
    MOST_CELLS = 64,
    MOST_CODES = 8,
    NAME_BYTES = 24,
    OUTPUT_BYTES = 4096,
    MOST_TOLD = 3 * MOST_SITES,
};

struct cell {
    enum cell_kind kind;
    uintptr_t address;
    size_t bytes;
    size_t header, footer; /* of them, bookkeeping at either end */
    bool marked;
    char note[NOTE_BYTES];
};

struct picture {
    const struct cell_listener { /* NULL, or who is told of all cells, however many */
        void (*cell)(enum cell_kind kind, const void *address, size_t bytes, const char *note);
        void (*ends)(size_t header, size_t footer); /* of the cell told last */
    } * told;
    unsigned cells;                          /* may exceed MOST_CELLS; the rest was not kept */
    size_t left_out_before, left_out_behind; /* blocks that were not added */
    struct cell cell[MOST_CELLS];
};

/* What a replay came to; all 0 if there was none. */
struct replay_numbers {
    uint32_t operations;
    size_t peak_payload;    /* the most bytes that the trace had in use */
    size_t peak_heap;       /* the most bytes that mem_sbrk had handed out */
    int64_t damaged;        /* 1 + the id of a block that was found damaged after some other call; 0: none */
    bool put_off;           /* calls were, so that the one that went wrong may be an earlier one */
    char alias[NOTE_BYTES]; /* of the team, as it says; untrusted bytes */
};

/* What a cost run came to (cost.h); all 0 if there was none. */
struct cost_numbers {
    uint32_t operations; /* that were counted */
    uint64_t instructions;
    uint64_t misses; /* of the first-level caches */
    uint64_t most;   /* where counting stops */
    bool stopped;    /* it did, before the trace's end */
    bool again;      /* it was ended early, and has not cost so much: that says nothing yet */
};

struct record {
    enum status status;
    bool finished; /* the test function came to its end */
    bool at_fault; /* the kit is, and not the student's code */
    char message[MESSAGE_BYTES];
    char expected[VALUE_BYTES];
    char found[VALUE_BYTES];
    unsigned lines; /* told in all; the last STORY_LINES of them are kept, line i in slot i % STORY_LINES */
    char line[STORY_LINES][LINE_BYTES];
    bool has_fall;
    struct fall fall;
    struct written {
        bool asked;    /* there is such a word */
        bool known;    /* a call wrote it */
        uint32_t code; /* an instruction of graded code */
        uint32_t call; /* in which call, from 1 */
        uintptr_t address;
        char place[VALUE_BYTES / 8];
        char calls[LINE_BYTES]; /* that call; empty if it is too long ago */
    } written;                  /* who wrote the word in question, as the subject says */
    struct question {
        uintptr_t start; /* of the block in question; 0: it is about no block */
        size_t bytes;
        char name[NAME_BYTES];
    } question;
    struct wrote { /* what wrote to that block in the call that a line of the story is about */
        unsigned codes;
        uint32_t code[MOST_CODES]; /* instructions of graded code, as the subject says */
    } wrote[STORY_LINES];          /* by the line's slot; all empty until the test is run a second time for it */
    unsigned sites;
    struct told_site {
        char text[LINE_BYTES];
        uint32_t frames[SITE_FRAMES]; /* return addresses, innermost first; 0: no more */
        bool goes_on;                 /* the next one stands in the same line */
    } site[MOST_TOLD];                /* places in the code that belong to the story, after its last line */
    struct picture before;            /* the heap before the last call */
    struct picture after;             /* and when the test ended */
    unsigned output_bytes;            /* of all the subject printed, the first OUTPUT_BYTES are kept */
    char output[OUTPUT_BYTES];
    long duration_ms;
    bool quiet; /* memcheck, in a process that other tests used before, had nothing to say */
    bool stays; /* and nothing speaks against using it once more */
    struct replay_numbers replay;
    struct cost_numbers cost;
};

/* The record of the test that runs in this process. */
extern struct record *record;

/* From a clock that only runs forward. No verdict depends on it. */
long milliseconds_now(void);

/* Ends the test with STATUS. EXPECTED and FOUND may be NULL. Does not return. */
_Noreturn void end_test(enum status status, const char *expected, const char *found, const char *format, ...)
    PRINTF_LIKE(4, 5);
_Noreturn void end_test_va(enum status status, const char *expected, const char *found, const char *format,
                           va_list arguments);

/* At the start: the first verdict in a test calls CONCLUSION when it is in the record. */
void record_ends_with(void (*conclusion)(void));

/* What call_errno tells from now on. */
void record_errno(int error);

/* A mistake in the kit or the lab: says so on stderr and ends the process with exit status 2. */
_Noreturn void fault(const char *format, ...) PRINTF_LIKE(1, 2);

/* arena.c: are all N bytes at ADDRESS inside the arena? */
bool arena_holds(const void *address, size_t n);

/* --- suite.c, run.c, direct.c ------------------------------------------------------------------------------------- */

struct suite {
    unsigned tests;
    struct suite_test {
        const TTest *test;
        void (*set_up)(void);
        void (*tear_down)(void);
        bool memcheck;
        bool random;
        bool hidden;            /* from students */
        const char *trace;      /* of a replay: its name; NULL for other tests */
        const char *trace_path; /* NULL: in replay_folder */
    } * test;
    bool forks; /* subjects may start processes */
    void (*set_up)(void);
    void (*tear_down)(void);
    void (*after_call)(void);
    void (*draw)(struct picture *picture);
};

extern struct suite the_suite;

/* Adds all tests of the lab to SUITE. */
void suite_build(struct suite *suite);

/* Draws the student's heap as the lab, or else the books, see it. */
void draw_heap(struct picture *picture);

/* The block that the failed demand was about; NULL if it was about no block's bytes. */
extern const void *in_doubt;

/* As draw_heap, but adds to PICTURE as it is. */
void describe_heap(struct picture *picture);

/* --- link.c, direct.c ------------------------------------------------------------------------------------------ */

/* Maps the arena in this process; in the judge also makes the memfd that the subject will inherit. */
void arena_open(void);

/* Direct mode: a student's function begins, and has ended. In between valgrind reports errors; the kit's own frames are
 * left alone. */
void enter_student(void);
void leave_student(void);

/* Does one run? What it calls of the contract, in this lab or in the one below, is a part of it and no call of its own;
 * nor is what somebody calls from gdb's prompt. */
bool in_student(void);

/* --- call.c --- */

/* The parts of a call that both modes share: the story, the picture, the inspection. */
int errno_before(void);
void before_call(const struct call *call, const uint64_t *arguments);
void after_call(const struct call *call, uint64_t result, int error);

/* steps.c: the seed of random tests unless another is asked for. */
enum { USUAL_SEED = 1 };

/* --- story.c --------------------------------------------------------------------------------------------------- */

void story_call(const struct call *call, const uint64_t *arguments);
void story_return(const struct call *call, uint64_t result);
bool story_is_quiet(void);

/* "mm_free(b)", by the names that things have now. */
void story_write_call(char *room, size_t size, const struct call *call, const uint64_t *arguments);

/* The call in flight, or the last one: "mm_free(b)". */
const char *story_last_call(void);

/* The call in flight wrote over what the subject shares with the judge: ends the test as misused. */
_Noreturn void end_disturbed(void);

/* Many calls are made at once: the name of each of them from now on. */
void story_many(const char *format, ...) PRINTF_LIKE(1, 2);

/* The line told last; empty if there is none. */
const char *story_last_line(void);

/* What new memory holds, from malloc or from the break; what freed blocks hold; and what lies between blocks. */
enum { HEAP_JUNK_BYTE = 0xcb, HEAP_FREED_BYTE = 0xdd, HEAP_ZONE_BYTE = 0xfb };

/* Under memcheck, new memory holds this instead, so that code that has learnt what is there gets it wrong once. */
enum { HEAP_OTHER_JUNK_BYTE = 0x97 };

/* heap.c: from now on malloc's new memory holds BYTE. */
void heap_fill_with(unsigned char byte);

/* --- heap.c, brk.c: answers to up-calls. NULL (and errno) as the C library would ------------------------------- */

void *heap_malloc(size_t size);
void *heap_calloc(size_t count, size_t size);
void *heap_realloc(void *old, size_t size);
void *heap_aligned(size_t alignment, size_t size);
void heap_free(void *old);

/* N rounded up to a multiple of the alignment of a block from malloc. */
size_t heap_round_up(size_t n);

/* "1 byte" or "N bytes", in static memory: the last two results stay. */
const char *bytes_text(size_t n);

/* How many of the old block's bytes the last heap_realloc kept. */
size_t heap_kept(void);

/* At the end of a test: no overrun, no write to a freed block, or the test ends as misused. */
void heap_verify(void);

void heap_draw(struct picture *picture);

/* How many bytes of the heap malloc has handed out or put zones into. */
size_t heap_extent(void);

/* What there is to tell about an address in the heap that malloc answers from. */
struct heap_history {
    struct heap_block block;
    const char *maker; /* the call in flight when it was handed out */
    const char *freer; /* and when it was freed */
};

/* The block that ADDRESS lies in, or in whose zones, before or after it; it is marked in the picture. False if there is
 * none. */
bool heap_about(const void *address, struct heap_history *history);

void *break_move(intptr_t increment);
size_t break_bytes(void);

/* How often the whole heap was taken back (break_reset). */
unsigned break_resets(void);

/* From now on, calls GROWN when the break has moved up by N bytes from START. */
void break_watch(void (*grown)(const void *start, size_t n));

void report_note(int kind, const void *pointer);

/* system.c: may a watched call be made (0: yes), and how it went. */
uint64_t system_ask(uint32_t kind, const uint64_t *arguments);
void system_end(int64_t result, int error);

/* cells.c: draws CELLS' values and remembers them; the answers to up-calls about them; and what the latest child left.
 */
void cells_draw(struct system_cells *cells);
uint64_t cells_word(uint64_t which);
void cells_note_left(uint64_t cells);
void cells_left(struct system_cells_left *left);

/* Has the student's code made a watched call in this test? */
bool system_used(void);

/* answer.c: one up-call, answered; errno is 0 or says why it was refused. */
uint64_t answer_request(uint32_t request, const uint64_t *words);

/* input.c: the input that ADDRESS lies in, or else the nearest one. False if it lies where no inputs are. */
struct input {
    unsigned char *start;
    size_t size;
    const char *name; /* in the story; NULL for none */
};
bool input_about(const void *address, struct input *input);

/* input.c: how much of the room for inputs is in use. */
size_t input_bytes(void);

/* Are A and B in the same input? */
bool input_holds(const void *a, const void *b);

/* Nothing was written past the end of an input, or the test ends as misused. */
void input_verify(void);

#endif
