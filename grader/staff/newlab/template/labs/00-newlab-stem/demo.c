// SPDX-License-Identifier: MIT
/*
 * demo.c - worth running before you write anything: how long a string is, and how many bytes it needs.
 */
#include <stdio.h>
#include <string.h>

int main(void)
{
    const char text[] = "ab";
    printf("strlen(\"%s\") is %zu, sizeof is %zu: the terminator needs a byte, too\n", text, strlen(text), sizeof text);
    return 0;
}
