// SPDX-License-Identifier: MIT
/*
 * picture.c - collecting the cells of a heap picture (heaplab/picture.h).
 */
#include "judge/judge.h"

#include <stdio.h>

void picture_add(struct picture *picture, enum cell_kind kind, const void *address, size_t bytes, const char *note)
{
    if (picture->told)
        picture->told->cell(kind, address, bytes, note);
    unsigned at = picture->cells++;
    if (at >= MOST_CELLS)
        return;
    struct cell *cell = &picture->cell[at];
    *cell = (struct cell){.kind = kind, .address = (uintptr_t)address, .bytes = bytes};
    if (note)
        snprintf(cell->note, sizeof cell->note, "%s", note);
}

void picture_ends(struct picture *picture, size_t header, size_t footer)
{
    if (picture->told && picture->cells > 0)
        picture->told->ends(header, footer);
    if (picture->cells == 0 || picture->cells > MOST_CELLS)
        return;
    struct cell *cell = &picture->cell[picture->cells - 1];
    cell->header = header;
    cell->footer = footer;
}

void picture_mark(struct picture *picture, const void *address)
{
    for (unsigned i = 0; i < picture->cells && i < MOST_CELLS; i++) {
        struct cell *cell = &picture->cell[i];
        cell->marked = cell->kind != CELL_GAP && (uintptr_t)address - cell->address < cell->bytes;
    }
}

void picture_left_out(struct picture *picture, size_t before, size_t after)
{
    picture->left_out_before = before;
    picture->left_out_behind = after;
}
