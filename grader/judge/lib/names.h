// SPDX-License-Identifier: MIT
/*
 * names.h - the names of pointers, as the judge's own files see them (names.c). Test writers read heaplab/story.h.
 */
#ifndef HEAPLAB_JUDGE_NAMES_H
#define HEAPLAB_JUDGE_NAMES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* What the books say of addresses. They need names themselves, so start.c brings the two together. */
struct places {
    bool (*may_be_block)(uintptr_t address);
    bool (*are_together)(uintptr_t named, uintptr_t address); /* in the same block or input */
};
void names_ask(const struct places *places);

/* An input keeps its name; a block gets one. Can a block be at ADDRESS? */
bool may_be_block(uintptr_t address);

/* Gives POINTER the next letter as its name: a, b, ..., z, p26, p27, ... Returns the name, in static memory. */
const char *name_next(const void *pointer);

/* Unless NULL: NAME knows further blocks by their addresses; NULL for others. Its text is used at once. */
void story_names(const char *(*name)(const void *pointer));

/* Calls SHOW for each name that the story has given. */
void story_each_name(void (*show)(uintptr_t address, const char *name));

#endif
