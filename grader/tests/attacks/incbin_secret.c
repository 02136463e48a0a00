// SPDX-License-Identifier: MIT
// Copies the password file into its data with .incbin, to print it.
//
// base: 05 stub
// loses: all
// tells: Error: file not found

__asm__(".data\ncopy: .incbin \"/etc/passwd\"\n.text\n");
