// SPDX-License-Identifier: MIT
// Defines the kit's names in the ways that linkers share between files: as common, weak and unique symbols.
//
// base: 05 stub
// loses: all
// tells: multiple definition of

__asm__(".comm thunk_count, 4, 4\n"
        ".weak write_counters\n"
        "write_counters:\n"
        "\t.byte 0\n"
        ".data\n"
        ".globl channel_pass\n"
        ".type channel_pass, %gnu_unique_object\n"
        ".size channel_pass, 8\n"
        "channel_pass:\n"
        "\t.quad 0\n"
        ".text\n");
