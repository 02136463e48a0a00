// SPDX-License-Identifier: MIT
/*
 * cells.c - values that the judge writes to a student's mappings, so that nobody can make up what is read there
 * (heaplab/system.h). They are drawn anew each time and belong in no message, as results are the same in every run.
 */
#include "heaplab/chance.h"
#include "judge/judge.h"

enum { HALF = 32 };

/* Of the running test. */
static struct system_cells cells_now;
static struct system_cells_left last_left;

void cells_draw(struct system_cells *cells)
{
    int32_t *const values[] = {&cells->in_child[0], &cells->in_child[1], &cells->in_parent[0], &cells->in_parent[1]};
    for (size_t i = 0; i < sizeof values / sizeof *values; i++)
        *values[i] = (int32_t)(uint32_t)chance_draw();
    cells_now = *cells;
    last_left = (struct system_cells_left){0};
}

/* Where the mapping is that mmap made as number K in the log; 0: there is none. */
static uint64_t mapping_at(size_t k)
{
    struct system_call call;
    size_t made = 0;
    for (size_t i = 0; i < system_calls() && system_call_at(i, &call); i++)
        if (call.kind == SYSTEM_MMAP && call.result != -1 && ++made == k)
            return (uint64_t)call.result;
    return 0;
}

static uint64_t packed(const int32_t *values)
{
    return (uint64_t)(uint32_t)values[0] | (uint64_t)(uint32_t)values[1] << HALF;
}

uint64_t cells_word(uint64_t which)
{
    switch (which) {
    case CELLS_FIRST:
    case CELLS_SECOND:
        return mapping_at(cells_now.mapping[which - CELLS_FIRST]);
    case CELLS_FOR_CHILD:
        return packed(cells_now.in_child);
    case CELLS_FOR_PARENT:
        return packed(cells_now.in_parent);
    default:
        return 0;
    }
}

void cells_note_left(uint64_t cells)
{
    last_left.by_parent = true;
    last_left.in_parent[0] = (int32_t)(uint32_t)cells;
    last_left.in_parent[1] = (int32_t)(uint32_t)(cells >> HALF);
}

void cells_left(struct system_cells_left *left)
{
    *left = last_left;
}
