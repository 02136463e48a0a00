// SPDX-License-Identifier: MIT
// Includes the reference.
//
// base: 05 nothing
// loses: all
// tells: No such file or directory

#define SOLUTION
#include "@KIT@/solutions/05-header-allocator/header_alloc.c"
