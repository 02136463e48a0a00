// SPDX-License-Identifier: MIT
// An 8 GiB array with a first value: an object file of 8 GiB.
//
// base: 05 stub
// loses: all
// tells: the compiler needed more time, memory or file space than it may have

char huge[8UL << 30] = {1};
