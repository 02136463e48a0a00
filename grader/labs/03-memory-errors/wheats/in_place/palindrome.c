// SPDX-License-Identifier: MIT
/*
 * palindrome.c - patient 3, cured in another way: the text is compared as it is, without any heap.
 */
#include "clinic.h"

#include <ctype.h>
#include <string.h>

static bool is_letter(char c)
{
    return isalpha((unsigned char)c) != 0;
}

int palindrome(const char *text)
{
    const char *front = text, *end = text + strlen(text);
    while (front < end) {
        if (!is_letter(front[0]))
            front++;
        else if (!is_letter(end[-1]))
            end--;
        else if (tolower((unsigned char)*front++) != tolower((unsigned char)*--end))
            return 0;
    }
    return 1;
}
