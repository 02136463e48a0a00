// SPDX-License-Identifier: MIT
// An 8 GiB array with a first value: an object file of 8 GiB.
//
// base: 05 stub
// loses: all
// tells: your code does not compile

char huge[8UL << 30] = {1};
