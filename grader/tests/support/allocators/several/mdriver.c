// SPDX-License-Identifier: MIT
// the driver of a course, which stays where it is
#include "no_such_header.h"

int main(void)
{
    return heap_alloc(1) == 0;
}
