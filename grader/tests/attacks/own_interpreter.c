// SPDX-License-Identifier: MIT
// Names an interpreter for the kernel to start in the program's place.
//
// base: 05 reference
// loses: none

__asm__(".section .interp, \"a\"\n.string \"/subject\"\n.text\n");
