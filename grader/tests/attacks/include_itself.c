// SPDX-License-Identifier: MIT
// Includes itself, twice each time.
//
// base: 05 nothing
// loses: all
// tells: your code does not compile

#include "header_alloc.c"
#include "header_alloc.c"
