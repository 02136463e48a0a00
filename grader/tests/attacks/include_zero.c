// SPDX-License-Identifier: MIT
// Includes a file without end.
//
// base: 05 stub
// loses: all
// tells: /dev/zero: No such file or directory

#include "/dev/zero"
