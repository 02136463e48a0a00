// SPDX-License-Identifier: MIT
/*
 * pattern.c - byte patterns that show whether bytes are in the right place (pattern.h).
 */
#include "pattern.h"

#include "heaplab/story.h"

#include <stdarg.h>
#include <stdio.h>

enum { SENTENCE_BYTES = 240, BYTE_BYTES = 64, STRIDE = 37 };

static unsigned char pattern_byte(size_t i, unsigned char mark)
{
    return (unsigned char)(i * STRIDE + mark);
}

void write_pattern(char *payload, size_t n, unsigned char mark)
{
    expect_readable(payload, n, "all %zu bytes of the payload should lie on the heap", n);
    unsigned char *bytes = (unsigned char *)payload;
    for (size_t i = 0; i < n; i++)
        bytes[i] = pattern_byte(i, mark);
    tell("/* %zu bytes are written to %s */", n, name_of(payload));
}

static _Noreturn void fail_byte(const char *sentence, size_t i, unsigned char is, unsigned char should)
{
    char expected[BYTE_BYTES], found[BYTE_BYTES];
    snprintf(expected, sizeof expected, "0x%02x at byte %zu of the payload", should, i);
    snprintf(found, sizeof found, "0x%02x", is);
    fail_compare(expected, found, "%s", sentence);
}

void expect_pattern(const char *payload, size_t n, unsigned char mark, const char *format, ...)
{
    char sentence[SENTENCE_BYTES];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(sentence, sizeof sentence, format, arguments);
    va_end(arguments);
    expect_readable(payload, n, "%s", sentence);
    const unsigned char *bytes = (const unsigned char *)payload;
    for (size_t i = 0; i < n; i++) {
        unsigned char expected = pattern_byte(i, mark);
        if (bytes[i] != expected)
            fail_byte(sentence, i, bytes[i], expected);
    }
}
