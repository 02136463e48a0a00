// SPDX-License-Identifier: MIT
/*
 * heaplab/picture.h - a drawing of the student's heap: a row of cells, lowest address first.
 *
 * A lab with its own block layout describes its heap here (suite_draw in test.h); the report stage draws it, in the
 * terminal or in a page.
 */
#ifndef HEAPLAB_PICTURE_H
#define HEAPLAB_PICTURE_H

#include <stddef.h>

enum cell_kind {
    CELL_USED,    /* in use by the program */
    CELL_FREE,    /* free, or freed */
    CELL_DAMAGED, /* impossible: its bookkeeping makes no sense, or it lies where it must not */
    CELL_GAP,     /* between blocks, in a drawing of payloads: free memory, or the allocator's bookkeeping */
};

struct picture;

/* Adds the cell that starts at ADDRESS and spans BYTES. NOTE (may be NULL, cut at 23 bytes) is shown with it, for
 * example its name. Beyond 64 cells, further ones are only counted. */
void picture_add(struct picture *picture, enum cell_kind kind, const void *address, size_t bytes, const char *note);

/* Sets how many bytes of bookkeeping the most recently added cell has at its start and at its end. Default: none. */
void picture_ends(struct picture *picture, size_t header, size_t footer);

/* Marks the cell that holds ADDRESS as the one in question. */
void picture_mark(struct picture *picture, const void *address);

/* Sets how many blocks before the first cell and after the last one are not drawn. */
void picture_left_out(struct picture *picture, size_t before, size_t after);

#endif
