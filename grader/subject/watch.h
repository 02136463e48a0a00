// SPDX-License-Identifier: MIT
/*
 * watch.h - looking at what graded code reads and writes: what watch.c and watch_library.c share.
 */
#ifndef HEAPLAB_SUBJECT_WATCH_H
#define HEAPLAB_SUBJECT_WATCH_H

#include "wire/call.h"
#include "wire/watched.h"

/* A place in graded code, and the frame of the function of ours that it called. */
struct caller {
    uintptr_t code; /* where it goes on when that returns */
    const void *frame;
};

#define CALLER ((struct caller){(uintptr_t)__builtin_return_address(0), __builtin_frame_address(0)})

/* Are accesses looked at? */
bool watch_is_on(void);

/* Ends the call unless the BYTES at POINTER may be used as WANTED says, and notes the author of what is written. */
void look(const void *pointer, size_t bytes, unsigned wanted, struct caller by);

/* Ends the call if the BYTES at FROM, which are to be copied, start in the payload that the call is about and end
 * behind it. */
void look_copied(const void *from, size_t bytes, struct caller by);

/* Ends the call unless the bytes at TEXT may be read, up to the first zero byte, but no more than MOST. Returns how
 * many there are before it. */
size_t look_string(const char *text, size_t most, struct caller by);

/* Ends the call if the BYTES at TO and those at FROM have some in common, but are not the same. */
void look_apart(const void *to, const void *from, size_t bytes, struct caller by);

#endif
