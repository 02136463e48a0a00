// SPDX-License-Identifier: MIT
/*
 * tokenizer.c - patient 1, cured in another way: an array of words that grows, one block a word made by calloc.
 */
#include "clinic.h"

#include <stdlib.h>
#include <string.h>

struct words {
    size_t count;
    char **word;
};

static bool is_separator(char c)
{
    return c == ' ' || c == '\t' || c == '\n';
}

static bool add_word(struct words *words, const char *start, size_t length)
{
    char **larger = realloc(words->word, (words->count + 1) * sizeof *larger);
    if (larger == NULL)
        return false;
    words->word = larger;
    larger[words->count] = calloc(length + 1, 1);
    if (larger[words->count] == NULL)
        return false;
    memcpy(larger[words->count++], start, length);
    return true;
}

struct words *words_split(const char *text)
{
    struct words *words = calloc(1, sizeof *words);
    if (words == NULL)
        return NULL;
    while (*text != '\0' && words->count < MOST_WORDS) {
        size_t length = 0;
        while (text[length] != '\0' && !is_separator(text[length]))
            length++;
        if (length > 0 && !add_word(words, text, length)) {
            words_free(words);
            return NULL;
        }
        text += length > 0 ? length : 1;
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
    while (words->count > 0)
        free(words->word[--words->count]);
    free(words->word);
    free(words);
}
