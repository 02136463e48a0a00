// SPDX-License-Identifier: MIT
/*
 * watch.h - checks what graded code reads and writes: what watch.c and watch_library.c share.
 */
#ifndef HEAPLAB_SUBJECT_WATCH_H
#define HEAPLAB_SUBJECT_WATCH_H

#include "wire/call.h"
#include "wire/watched.h"

/* A place in graded code, and the frame of the kit's function that it called. */
struct caller {
    uintptr_t code; /* where it continues when that function returns */
    const void *frame;
};

#define CALLER ((struct caller){(uintptr_t)__builtin_return_address(0), __builtin_frame_address(0)})

/* subject/threads/, while threads run: told of each access before it is made, and of an atomic operation before and
 * after, with its memory order. NULL: there are no threads. */
struct thread_hooks {
    void (*access)(uintptr_t address, size_t bytes, unsigned wanted, struct caller by);
    void (*atomic)(uintptr_t address, size_t bytes, unsigned wanted, struct caller by);
    void (*atomic_done)(uintptr_t address, unsigned did, int order);
};
extern const struct thread_hooks *thread_hooks;

/* Are accesses checked? */
bool watch_is_on(void);

/* Enters WHAT, a note, into the list of stores, if there is one (wire/watched.h). */
void enter_note(uint32_t what, struct caller by);

/* And does what is wrong end the call? Not where the judge only wants to see what code does. */
bool watch_refuses(void);

/* Ends the call unless a function that graded code may call begins at TARGET (branches.c). CODE: where it goes on after
 * that; FRAME: points to the saved frame pointer of the function that calls. */
void look_at_branch(uintptr_t target, uintptr_t code, const void *frame);

/* Ends the call unless the BYTES at POINTER may be used as WANTED says; records the author of a write. */
void look(const void *pointer, size_t bytes, unsigned wanted, struct caller by);

/* Ends the call if the BYTES at FROM, which are about to be copied, start inside the payload that the call is about and
 * reach past its end. */
void look_copied(const void *from, size_t bytes, struct caller by);

/* Ends the call unless the bytes at TEXT may be read, up to the first zero byte, but no more than MOST. Returns how
 * many there are before it. */
size_t look_string(const char *text, size_t most, struct caller by);

/* Ends the call if the BYTES at TO and those at FROM overlap, but are not the same. */
void look_apart(const void *to, const void *from, size_t bytes, struct caller by);

#endif
