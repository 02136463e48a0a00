// SPDX-License-Identifier: MIT
/*
 * palindrome.c - patient 3, cured in another way: indices move through the letters, the pointer stays where it is.
 */
#include "clinic.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

int palindrome(const char *text)
{
    char *letters = malloc(strlen(text) + 1);
    if (letters == NULL)
        return -1;
    size_t count = 0;
    for (size_t i = 0; text[i] != '\0'; i++)
        if (isalpha((unsigned char)text[i]))
            letters[count++] = (char)tolower((unsigned char)text[i]);
    int same = 1;
    for (size_t i = 0; i < count / 2; i++)
        if (letters[i] != letters[count - 1 - i])
            same = 0;
    free(letters);
    return same;
}
