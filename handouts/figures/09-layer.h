// SPDX-License-Identifier: MIT
/*
 * 09-layer.h - what the layer of lab 09 needs in an ordinary program: the library under it, and
 * reports that are printed. It is a header with a body, since a program of a handout is one file.
 */
#ifndef LAYER_H
#define LAYER_H

#include "debug_alloc.h"
#include "library.h"

#include <stdio.h>
#include <stdlib.h>

void *lib_malloc(size_t size)
{
    return malloc(size);
}

void lib_free(void *block)
{
    free(block);
}

static void print_place(const char *before, struct dbg_place place)
{
    if (place.file != NULL)
        printf("%sline %d", before, place.line);
}

void dbg_report(const struct dbg_report *report)
{
    static const char *const kinds[] = {"?",           "wild free", "foreign free", "interior free",
                                        "double free", "underrun",  "overrun",      "leak"};
    printf("%s", kinds[report->kind]);
    print_place(", seen in ", report->at);
    if (report->block != NULL)
        printf(": byte %td of a block of %zu bytes", report->offset, report->size);
    print_place(" from ", report->allocated);
    print_place(", freed in ", report->freed);
    printf("\n");
}

#endif
