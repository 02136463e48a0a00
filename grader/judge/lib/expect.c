// SPDX-License-Identifier: MIT
/*
 * expect.c - the expectations of heaplab/expect.h.
 */
#include "judge/judge.h"

#include <limits.h>
#include <stdarg.h>
#include <stdio.h>

const void *in_doubt;

/* Ends the test with the caller's FORMAT and its arguments. */
#define END_AS_FAILED(expected, found, format)                                                                         \
    do {                                                                                                               \
        va_list arguments;                                                                                             \
        va_start(arguments, format);                                                                                   \
        end_test_va(STATUS_FAILED, expected, found, format, arguments);                                                \
    } while (0)

struct text {
    char bytes[VALUE_BYTES];
};

PRINTF_LIKE(1, 2) static struct text text(const char *format, ...)
{
    struct text made;
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(made.bytes, sizeof made.bytes, format, arguments);
    va_end(arguments);
    return made;
}

void fail(const char *format, ...)
{
    END_AS_FAILED(NULL, NULL, format);
}

void fail_compare(const char *expected, const char *found, const char *format, ...)
{
    END_AS_FAILED(expected, found, format);
}

void expect(bool condition, const char *format, ...)
{
    if (!condition)
        END_AS_FAILED(NULL, NULL, format);
}

/* Are the low N bytes of VALUE all BYTE? */
static bool repeats(uintmax_t value, size_t n, unsigned char byte)
{
    for (size_t i = 0; i < n; i++)
        if ((unsigned char)(value >> (i * CHAR_BIT)) != byte)
            return false;
    return true;
}

/* Is VALUE an int or something larger, or a short, all of whose bytes are BYTE? */
static bool is_made_of(uintmax_t value, unsigned char byte)
{
    bool is_short = value == (uintmax_t)(int16_t)value || value == (uint16_t)value;
    return repeats(value, sizeof(int), byte) || (is_short && repeats(value, sizeof(int16_t), byte));
}

static const char from_new_memory[] = ", which is what new memory holds until something is written there";
static const char from_freed_memory[] = ", which is what memory holds after its free";
static const char from_outside[] = ", which is what memory outside of all blocks holds";

/* If VALUE is junk that the heap's books wrote, says where it came from. */
static const char *origin_of(uintmax_t value)
{
    return is_made_of(value, HEAP_JUNK_BYTE) || is_made_of(value, HEAP_OTHER_JUNK_BYTE) ? from_new_memory
           : is_made_of(value, HEAP_FREED_BYTE)                                         ? from_freed_memory
           : is_made_of(value, HEAP_ZONE_BYTE)                                          ? from_outside
                                                                                        : "";
}

void expect_int(intmax_t found, intmax_t expected, const char *format, ...)
{
    if (found != expected)
        END_AS_FAILED(text("%jd", expected).bytes, text("%jd%s", found, origin_of((uintmax_t)found)).bytes, format);
}

void expect_size(size_t found, size_t expected, const char *format, ...)
{
    if (found != expected)
        END_AS_FAILED(text("%zu", expected).bytes, text("%zu%s", found, origin_of(found)).bytes, format);
}

static struct text errno_text(int error)
{
    const char *name = strerrorname_np(error);
    return error == 0 ? text("0: errno was not set") : text("%s (%s)", name ? name : "?", strerror(error));
}

void expect_errno(int expected, const char *format, ...)
{
    if (call_errno() != expected)
        END_AS_FAILED(errno_text(expected).bytes, errno_text(call_errno()).bytes, format);
}

void expect_pointer(const void *found, const void *expected, const char *format, ...)
{
    if (found != expected)
        END_AS_FAILED(text("%s", name_of(expected)).bytes, text("%s", name_of(found)).bytes, format);
}

void expect_pointer_set(const void *found, const char *format, ...)
{
    if (!found)
        END_AS_FAILED("a pointer", "NULL", format);
}

void expect_null(const void *found, const char *format, ...)
{
    if (found)
        END_AS_FAILED("NULL", name_of(found), format);
}

void expect_aligned(const void *found, size_t alignment, const char *format, ...)
{
    size_t rest = (uintptr_t)found % alignment;
    if (rest != 0)
        END_AS_FAILED(text("an address that is a multiple of %zu", alignment).bytes,
                      text("%s, which is %zu past such a multiple", name_of(found), rest).bytes, format);
}

/* What is wrong with reading N bytes at FOUND, as the "found" line; empty if nothing is. */
static struct text unreadable(const void *found, size_t n)
{
    if (arena_holds(found, n))
        return text("%s", "");
    if (!found)
        return text("NULL");
    if (!arena_holds(found, 1))
        return text("%s, an address that is not on the heap", name_of(found));
    return text("%s, with fewer than %zu bytes before the heap ends", name_of(found), n);
}

#define EXPECT_READABLE(found, n, format)                                                                              \
    do {                                                                                                               \
        struct text problem = unreadable(found, n);                                                                    \
        if (problem.bytes[0])                                                                                          \
            END_AS_FAILED("memory that can be read", problem.bytes, format);                                           \
    } while (0)

void expect_readable(const void *found, size_t n, const char *format, ...)
{
    EXPECT_READABLE(found, n, format);
}

void fill(void *block, unsigned char byte, size_t n)
{
    expect_readable(block, n, "the block should lie on the heap for all %zu bytes", n);
    tell("memset(%s, %u, %zu);", name_of(block), byte, n);
    memset(block, byte, n);
}

static struct text byte_text(unsigned char byte, size_t offset)
{
    if (byte >= ' ' && byte <= '~')
        return text("'%c' (%u) at offset %zu", byte, byte, offset);
    return text("the byte 0x%02x (%u) at offset %zu", byte, byte, offset);
}

/* As byte_text, for a byte of BLOCK; if the byte is junk that the heap's books wrote, says so. */
static struct text found_byte_text(const unsigned char *block, size_t offset)
{
    unsigned char byte = block[offset];
    const char *name = find_exact_name(block);
    bool is_new = byte == HEAP_JUNK_BYTE || byte == HEAP_OTHER_JUNK_BYTE;
    const char *origin = is_new ? from_new_memory : byte == HEAP_FREED_BYTE ? from_freed_memory : "";
    in_doubt = block;
    tell_author(block + offset);
    struct heap_block holder;
    bool is_gone = heap_find(block + offset, &holder) && !holder.live;
    return text("%s%s%s%s", byte_text(byte, offset).bytes, name ? " of " : "", name ? name : "",
                is_gone ? ", a block that has already been freed" : origin);
}

void expect_bytes(const void *found, const void *expected, size_t n, const char *format, ...)
{
    EXPECT_READABLE(found, n, format);
    const unsigned char *is = found;
    const unsigned char *should = expected;
    for (size_t i = 0; i < n; i++)
        if (is[i] != should[i])
            END_AS_FAILED(byte_text(should[i], i).bytes, found_byte_text(is, i).bytes, format);
}

void expect_fill(const void *found, unsigned char byte, size_t n, const char *format, ...)
{
    EXPECT_READABLE(found, n, format);
    const unsigned char *is = found;
    for (size_t i = 0; i < n; i++)
        if (is[i] != byte)
            END_AS_FAILED(byte_text(byte, i).bytes, found_byte_text(is, i).bytes, format);
}

/* Bytes from FOUND to the end of its block, or of the arena where there are no books. */
static size_t room_from(const char *found)
{
    struct heap_block block;
    if (heap_find(found, &block))
        return block.size - (size_t)((const unsigned char *)found - block.start);
    return HEAP_ADDRESS + HEAP_BYTES - (uintptr_t)found;
}

void expect_string(const char *found, const char *expected, const char *format, ...)
{
    EXPECT_READABLE(found, 1, format);
    struct heap_block block;
    if (heap_find(found, &block) && !block.live && strncmp(found, expected, room_from(found)) != 0)
        END_AS_FAILED(text("\"%s\"", expected).bytes,
                      text("a block of %zu bytes that has already been freed", block.size).bytes, format);
    size_t room = room_from(found);
    size_t length = strnlen(found, room);
    if (length == room)
        END_AS_FAILED(text("\"%s\", ended by a zero byte", expected).bytes,
                      text("no zero byte in the %zu bytes of the block, so the string does not end in it", room).bytes,
                      format);
    if (strcmp(found, expected) != 0)
        END_AS_FAILED(text("\"%s\"", expected).bytes, text("\"%.200s\"", found).bytes, format);
}
