// SPDX-License-Identifier: MIT
// the functions of alloc.c
#ifndef ALLOC_H
#define ALLOC_H

#include "memlib.h"

#include <stddef.h>

void heap_init(void);
void *heap_alloc(size_t size);
void *heap_realloc(void *payload, size_t size);
void heap_free(void *payload);

#endif
