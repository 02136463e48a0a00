// SPDX-License-Identifier: MIT
/*
 * overwritten.h - headers and footers that a loop or a memset has gone over.
 */
#ifndef OVERWRITTEN_H
#define OVERWRITTEN_H

/* Fails if all bytes of HEADER, which was sound before the last call, are the same. PLACE is its block's. */
void fail_if_overwritten_header(const unsigned char *header, const char *expected, const char *place);

/* Fails if the bytes of FOOTER, at the end of a used block, repeat the last byte of the payload. */
void fail_if_overwritten_footer(const unsigned char *footer, const char *expected, const char *place);

#endif
