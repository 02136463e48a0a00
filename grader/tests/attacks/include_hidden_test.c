// SPDX-License-Identifier: MIT
// Includes the tests, for the compiler to print them in an error message.
//
// base: 05 stub
// loses: all
// tells: No such file or directory

#include "@KIT@/grader/labs/05-header-allocator/tests.c"
