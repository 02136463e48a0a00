// SPDX-License-Identifier: MIT
/*
 * pattern.c - bytes that tell whether they are in their places (pattern.h).
 */
#include "pattern.h"

#include "heaplab/story.h"

#include <stdarg.h>
#include <stdio.h>

enum { SENTENCE_BYTES = 240, STRIDE = 37 };

static unsigned char pattern_byte(size_t i, unsigned char mark)
{
    return (unsigned char)(i * STRIDE + mark);
}

void write_pattern(char *payload, size_t n, unsigned char mark)
{
    expect_readable(payload, n, "the payload should lie on the heap for all %zu bytes", n);
    unsigned char *bytes = (unsigned char *)payload;
    for (size_t i = 0; i < n; i++)
        bytes[i] = pattern_byte(i, mark);
    tell("/* %zu bytes are written to %s */", n, name_of(payload));
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
            fail_compare("the bytes as they were written", "other bytes",
                         "%s, but byte %zu is 0x%02x and should be 0x%02x", sentence, i, bytes[i], expected);
    }
}
