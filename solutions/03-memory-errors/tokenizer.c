// SPDX-License-Identifier: MIT
/*
 * tokenizer.c - patient 1: the words of a text.
 *
 * Interface: clinic.h. A table has a pointer for each word; unused pointers are NULL. A word is a
 * heap block of its own, which the table owns.
 *
 * Complaint: "It compiles without a warning, and crashes at the very first word."
 */
#include "clinic.h"

#include <stdlib.h>
#include <string.h>

static const char separators[] = " \t\n";

struct words {
    size_t count;
    char *word[MOST_WORDS]; /* word[0] to word[count - 1] */
};

/* Adds the LENGTH characters at START as a word. False when there is not enough memory. */
static bool add_word(struct words *words, const char *start, size_t length)
{
    char **word = &words->word[words->count];
#ifdef SOLUTION
    *word = malloc(length + 1);
    if (*word == NULL)
        return false;
#endif
    memcpy(*word, start, length);
    (*word)[length] = '\0';
    words->count++;
    return true;
}

struct words *words_split(const char *text)
{
    struct words *words = calloc(1, sizeof *words);
    if (words == NULL)
        return NULL;
    while (words->count < MOST_WORDS) {
        text += strspn(text, separators);
        size_t length = strcspn(text, separators);
        if (length == 0)
            return words;
        if (!add_word(words, text, length)) {
            words_free(words);
            return NULL;
        }
        text += length;
    }
    return words;
}

size_t words_count(const struct words *words)
{
    return words->count;
}

const char *words_at(const struct words *words, size_t index)
{
    return index < words->count ? words->word[index] : NULL;
}

void words_free(struct words *words)
{
    if (words == NULL)
        return;
    for (size_t i = 0; i < words->count; i++)
        free(words->word[i]);
    free(words);
}
