// SPDX-License-Identifier: MIT
/*
 * note.c - patient 7, cured in another way: keeps the old text until note_set is called once more, so that no pointer
 * dangles at once.
 */
#include "clinic.h"

#include <stdlib.h>
#include <string.h>

struct note {
    char *text;
    char *before; /* the text before that, or NULL */
};

struct note *note_new(const char *text)
{
    struct note *note = calloc(1, sizeof *note);
    if (note == NULL)
        return NULL;
    if (!note_set(note, text)) {
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
    char *copy = malloc(size);
    if (copy == NULL)
        return false;
    memcpy(copy, text, size);
    free(note->before);
    note->before = note->text;
    note->text = copy;
    return true;
}

void note_free(struct note *note)
{
    if (note == NULL)
        return;
    free(note->before);
    free(note->text);
    free(note);
}
