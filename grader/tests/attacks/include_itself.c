// SPDX-License-Identifier: MIT
// Includes itself, twice each time.
//
// base: 05 nothing
// loses: all
// tells: #include nested depth 200 exceeds maximum of 200

#include "header_alloc.c"

#include "header_alloc.c"
