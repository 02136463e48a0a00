// SPDX-License-Identifier: MIT
/*
 * overwritten.c - headers and footers that a loop or a memset has gone over (overwritten.h).
 *
 * A number that is wrong because of wrong arithmetic hardly ever consists of one byte, repeated.
 */
#include "overwritten.h"

#include "free_list.h"

#include "heaplab/expect.h"

#include <stdio.h>
#include <string.h>

/* Are the N bytes at START the same? */
static bool is_one_byte(const unsigned char *start, size_t n)
{
    return memcmp(start, start + 1, n - 1) == 0;
}

void fail_if_overwritten_header(const unsigned char *header, const char *expected, const char *place)
{
    char found[64];
    snprintf(found, sizeof found, "only bytes 0x%02x in its place", *header);
    if (is_one_byte(header, sizeof(struct header)))
        fail_compare(expected, found, "the header at %s was sound before this call, which has overwritten all of it",
                     place);
}

void fail_if_overwritten_footer(const unsigned char *footer, const char *expected, const char *place)
{
    char found[64];
    snprintf(found, sizeof found, "only bytes 0x%02x there, as at the end of the payload", *footer);
    if (is_one_byte(footer - 1, sizeof(size_t) + 1))
        fail_compare(expected, found,
                     "the footer of the block at %s is overwritten: what was written to the payload goes on past its "
                     "last byte, into the footer",
                     place);
}
