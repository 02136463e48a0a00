// SPDX-License-Identifier: MIT
/*
 * room.c - demands on how many bytes a block has (room.h).
 */
#include "room.h"

#include <stdarg.h>
#include <stdio.h>

enum { TEXT_BYTES = 256 };

struct text {
    char bytes[TEXT_BYTES];
};

#define FORMAT_INTO(text, format)                                                                                      \
    do {                                                                                                               \
        va_list arguments;                                                                                             \
        va_start(arguments, format);                                                                                   \
        vsnprintf((text).bytes, sizeof(text).bytes, format, arguments);                                                \
        va_end(arguments);                                                                                             \
    } while (0)

static const char *plural(size_t bytes)
{
    return bytes == 1 ? "" : "s";
}

/* "8 bytes, the size of one pointer" */
static struct text described(size_t bytes, const struct guess guesses[])
{
    struct text made;
    const struct guess *guess = guesses;
    while (guess->what && guess->bytes != bytes)
        guess++;
    snprintf(made.bytes, sizeof made.bytes, "%zu byte%s%s%s", bytes, plural(bytes), guess->what ? ": " : "",
             guess->what ? guess->what : "");
    return made;
}

static struct text range(size_t least, size_t most)
{
    struct text made;
    if (least == most)
        snprintf(made.bytes, sizeof made.bytes, "a block of %zu byte%s", least, plural(least));
    else
        snprintf(made.bytes, sizeof made.bytes, "a block of %zu to %zu bytes", least, most);
    return made;
}

void expect_room(const void *block, size_t least, size_t most, const struct guess guesses[], const char *format, ...)
{
    struct text sentence, found;
    struct heap_block is;
    FORMAT_INTO(sentence, format);
    if (!heap_find(block, &is) || !is.live || is.start != block)
        expect_block_between(block, least, most, "%s", sentence.bytes); /* it says which of these is wrong */
    if (least <= is.size && is.size <= most)
        return;
    snprintf(found.bytes, sizeof found.bytes, "a block of %.200s", described(is.size, guesses).bytes);
    fail_compare(range(least, most).bytes, found.bytes, "%s", sentence.bytes);
}

void expect_room_from(const void *inside, size_t least, const struct guess guesses[], const char *format, ...)
{
    struct text sentence, expected;
    struct heap_block block;
    FORMAT_INTO(sentence, format);
    if (!heap_find(inside, &block) || !block.live)
        expect_block_between(inside, least, SIZE_MAX, "%s", sentence.bytes);
    size_t room = block.size - (size_t)((const unsigned char *)inside - block.start);
    if (room >= least)
        return;
    snprintf(expected.bytes, sizeof expected.bytes, "%zu bytes", least);
    fail_compare(expected.bytes, described(room, guesses).bytes, "%s", sentence.bytes);
}

void expect_total(size_t before, size_t least, size_t most, const struct guess guesses[], const char *format, ...)
{
    struct text sentence, expected;
    size_t total = heap_live_bytes() - before;
    FORMAT_INTO(sentence, format);
    if (least <= total && total <= most)
        return;
    snprintf(expected.bytes, sizeof expected.bytes, "%zu to %zu bytes in all", least, most);
    fail_compare(expected.bytes, described(total, guesses).bytes, "%s", sentence.bytes);
}
