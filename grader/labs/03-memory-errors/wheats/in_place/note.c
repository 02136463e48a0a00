// SPDX-License-Identifier: MIT
/*
 * note.c - patient 7, cured in another way: a text that fits is moved into the existing block.
 */
#include "clinic.h"

#include <stdlib.h>
#include <string.h>

struct note {
    char *text;
    size_t room;
};

struct note *note_new(const char *text)
{
    struct note *note = calloc(1, sizeof *note);
    if (note == NULL || !note_set(note, text)) {
        free(note);
        return NULL;
    }
    return note;
}

const char *note_text(const struct note *note)
{
    return note->text;
}

bool note_set(struct note *note, const char *text)
{
    size_t size = strlen(text) + 1;
    if (size > note->room) {
        char *copy = malloc(size); /* a part of the old text always fits, so TEXT is not in the old block */
        if (copy == NULL)
            return false;
        free(note->text);
        note->text = copy;
        note->room = size;
    }
    memmove(note->text, text, size);
    return true;
}

void note_free(struct note *note)
{
    if (note == NULL)
        return;
    free(note->text);
    free(note);
}
