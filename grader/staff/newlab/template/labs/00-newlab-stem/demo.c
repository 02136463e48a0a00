// SPDX-License-Identifier: MIT
/*
 * demo.c - run it before you write anything: how long is a string, and how many bytes does it need?
 */
#include <stdio.h>
#include <string.h>

int main(void)
{
    const char text[] = "ab";
    printf("strlen(\"%s\") is %zu, sizeof is %zu: the terminator needs a byte, too\n", text,
           strlen(text), sizeof text);
    return 0;
}
