// SPDX-License-Identifier: MIT
// Prints zero bytes, bytes that are no UTF-8, and orders to the terminal, in a test that fails and so is shown.
//
// base: 05 reference
// replaces: mm_payload
// loses: payload_follows_header conversions_only_compute
// tells: the payload should start just after the header

#include <stdio.h>

void *mm_payload(struct header *header)
{
    static const char junk[] = "zero \0 byte\n\033]0;title\007 \033[2J \302\233 31m \177 \b\r\n";
    fwrite(junk, 1, sizeof junk - 1, stdout);
    return header;
}
