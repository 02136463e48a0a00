// SPDX-License-Identifier: MIT
/*
 * room.h - demands on how many bytes a block has, for lab 02.
 *
 * Most mistakes in this lab ask malloc for the size of something else. So a test lists the sizes that well-known
 * mistakes would ask for, and if one of them turns up, the message says what it is the size of.
 */
#ifndef ROOM_H
#define ROOM_H

#include "heaplab/test.h"

/* A number of bytes, and what it is the size of ("the size of one pointer"). A list of guesses ends with NO_GUESS. */
struct guess {
    size_t bytes;
    const char *what;
};

#define NO_GUESS                                                                                                       \
    {                                                                                                                  \
        0, NULL                                                                                                        \
    }

/* BLOCK is the start of a live block of LEAST to MOST bytes. */
void expect_room(const void *block, size_t least, size_t most, const struct guess guesses[], const char *format, ...)
    PRINTF_LIKE(5, 6);

/* INSIDE is in a live block, at its start or after it, with at least LEAST bytes from there to the block's end. */
void expect_room_from(const void *inside, size_t least, const struct guess guesses[], const char *format, ...)
    PRINTF_LIKE(4, 5);

/* All live blocks of this test together have LEAST to MOST bytes. */
void expect_total(size_t least, size_t most, const struct guess guesses[], const char *format, ...) PRINTF_LIKE(4, 5);

#endif
