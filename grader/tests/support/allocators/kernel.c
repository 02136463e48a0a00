// SPDX-License-Identifier: MIT
// as in a small teaching kernel: a free list in a circle, memory from sbrk, no realloc
#include "kernel/types.h"
#include "kernel/stat.h"
#include "user/user.h"
#include "kernel/param.h"

typedef long Align;

union cell {
    struct {
        union cell *next;
        uint units;
    } s;
    Align x[2];
};

typedef union cell Cell;

static Cell first;
static Cell *entry;

void free(void *payload)
{
    Cell *cell = (Cell *)payload - 1, *at;
    for (at = entry; !(cell > at && cell < at->s.next); at = at->s.next)
        if (at >= at->s.next && (cell > at || cell < at->s.next))
            break;
    if (cell + cell->s.units == at->s.next) {
        cell->s.units += at->s.next->s.units;
        cell->s.next = at->s.next->s.next;
    } else
        cell->s.next = at->s.next;
    if (at + at->s.units == cell) {
        at->s.units += cell->s.units;
        at->s.next = cell->s.next;
    } else
        at->s.next = cell;
    entry = at;
}

static Cell *more(uint units)
{
    if (units < 256)
        units = 256;
    char *start = sbrk((int)(units * sizeof(Cell)));
    if (start == (char *)-1)
        return 0;
    Cell *cell = (Cell *)start;
    cell->s.units = units;
    free((void *)(cell + 1));
    return entry;
}

void *malloc(uint bytes)
{
    Cell *at, *before = entry;
    uint units = (bytes + sizeof(Cell) - 1) / sizeof(Cell) + 1;
    if (before == 0) {
        first.s.next = entry = before = &first;
        first.s.units = 0;
    }
    for (at = before->s.next;; before = at, at = at->s.next) {
        if (at->s.units >= units) {
            if (at->s.units == units)
                before->s.next = at->s.next;
            else {
                at->s.units -= units;
                at += at->s.units;
                at->s.units = units;
            }
            entry = before;
            return (void *)(at + 1);
        }
        if (at == entry)
            if ((at = more(units)) == 0)
                return 0;
    }
}
