// SPDX-License-Identifier: MIT
/*
 * note.c - patient 7: a note that can be rewritten.
 *
 * Interface: clinic.h. A note owns its text, a heap block.
 *
 * Complaint: "Any new text is fine. But if I only remove the dash in front, letters go missing."
 */
#include "clinic.h"

#include <stdlib.h>
#include <string.h>

struct note {
    char *text;
};

/* The caller owns the copy. NULL when there is not enough memory. */
static char *copy_of(const char *text)
{
    size_t size = strlen(text) + 1;
    char *copy = malloc(size);
    return copy != NULL ? memcpy(copy, text, size) : NULL;
}

struct note *note_new(const char *text)
{
    struct note *note = malloc(sizeof *note);
    if (note == NULL)
        return NULL;
    note->text = copy_of(text);
    if (note->text == NULL) {
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
#ifdef SOLUTION
    char *copy = copy_of(text);
    if (copy == NULL)
        return false;
    free(note->text);
#else
    free(note->text);
    char *copy = copy_of(text);
    if (copy == NULL)
        return false;
#endif
    note->text = copy;
    return true;
}

void note_free(struct note *note)
{
    if (note == NULL)
        return;
    free(note->text);
    free(note);
}
