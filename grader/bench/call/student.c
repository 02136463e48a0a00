// SPDX-License-Identifier: MIT
/* student.c - as little work as a student's function can do. */
#include "contract.h"

int successor(int number)
{
    return number + 1;
}
