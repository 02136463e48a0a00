// SPDX-License-Identifier: MIT
/*
 * demo.c - run it before you write anything: how long is a string, and how many bytes does it need?
 */
#include <stdio.h>
#include <string.h>

int main(void)
{
    const char text[] = "ab";
    printf("strlen: %zu; sizeof: %zu, with the terminator\n", strlen(text), sizeof text);
    return 0;
}
