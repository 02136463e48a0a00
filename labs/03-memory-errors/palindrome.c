// SPDX-License-Identifier: MIT
/*
 * palindrome.c - patient 3: texts that read the same from both ends.
 *
 * Interface: clinic.h. The letters are collected in a block first, so that the comparison need not
 * deal with spaces and capitals.
 *
 * Complaint: "Its answers for 'ab' and 'no' are right. Longer words abort the program."
 */
#include "clinic.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

/* The letters of TEXT in lower case. The caller frees them. NULL when memory runs out. */
static char *letters_of(const char *text)
{
    size_t count = 0;
    char *letters = malloc(strlen(text) + 1);
    if (letters == NULL)
        return NULL;
    for (; *text != '\0'; text++)
        if (isalpha((unsigned char)*text))
            letters[count++] = (char)tolower((unsigned char)*text);
    letters[count] = '\0';
    return letters;
}

int palindrome(const char *text)
{
    char *letters = letters_of(text);
    if (letters == NULL)
        return -1;
    char *front = letters;
    char *back = letters + strlen(letters);
    while (front < back && front[0] == back[-1]) {
        front++;
        back--;
    }
    int same = front >= back;
    free(front);
    return same;
}
