// SPDX-License-Identifier: MIT
/* student.c - the least work that a student's function can do. */
#include "contract.h"

int successor(int number)
{
    return number + 1;
}
