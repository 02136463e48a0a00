// SPDX-License-Identifier: MIT
/*
 * tokenizer.c - patient 1, cured in another way: one block holds the table of words and a copy of the whole text, in
 * which each word is ended by a zero byte.
 */
#include "clinic.h"

#include <stdlib.h>
#include <string.h>

static const char separators[] = " \t\n";

struct words {
    size_t count;
    char *word[MOST_WORDS];
    char text[];
};

struct words *words_split(const char *text)
{
    size_t size = strlen(text) + 1;
    struct words *words = malloc(sizeof *words + size);
    if (words == NULL)
        return NULL;
    words->count = 0;
    memcpy(words->text, text, size);
    for (char *at = words->text; words->count < MOST_WORDS; at++) {
        at += strspn(at, separators);
        if (*at == '\0')
            break;
        words->word[words->count++] = at;
        at += strcspn(at, separators);
        if (*at == '\0')
            break;
        *at = '\0';
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
    free(words);
}
