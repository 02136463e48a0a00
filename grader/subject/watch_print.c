// SPDX-License-Identifier: MIT
/*
 * watch_print.c - printf and its family as graded code calls them: checks what they read and write for a format, too.
 *
 * A format is read as C11 7.21.6.1 describes it. Of its arguments, those of %s are read up to their end or to the
 * precision, and those of %n are written. Numbered arguments (%1$d, which is not C) are not read: such a format prints
 * nothing, and the function fails.
 */
#include "subject/watch.h"

#include <errno.h>
#include <limits.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <wchar.h>

#define PRINTS(format, arguments) __attribute__((__format__(__printf__, format, arguments)))

int watched_printf(const char *format, ...) PRINTS(1, 2);
int watched_fprintf(FILE *file, const char *format, ...) PRINTS(2, 3);
int watched_sprintf(char *to, const char *format, ...) PRINTS(2, 3);
int watched_snprintf(char *to, size_t room, const char *format, ...) PRINTS(3, 4);

/* --- formats --- */

/* A format that is read, and the arguments that are still to come. */
struct reading {
    const char *at;
    va_list arguments;
    struct caller by;
};

/* What comes between the % and the letter of a conversion. */
struct conversion {
    int precision; /* -1: none */
    char length;   /* h, l, j, z, t, L; H for hh, q for ll; '\0' for none */
};

/* A number in the format, or an argument in its place. */
static int read_number(struct reading *reading)
{
    if (*reading->at == '*') {
        reading->at++;
        return va_arg(reading->arguments, int);
    }
    long number = 0;
    for (; *reading->at >= '0' && *reading->at <= '9'; reading->at++)
        if (number < INT_MAX / 10)
            number = number * 10 + (*reading->at - '0');
    return (int)number;
}

static char read_length(struct reading *reading)
{
    char first = *reading->at;
    if (first == '\0' || !strchr("hljztLq", first))
        return '\0';
    reading->at++;
    if ((first != 'h' && first != 'l') || *reading->at != first)
        return first;
    reading->at++;
    return first == 'h' ? 'H' : 'q';
}

static struct conversion read_conversion(struct reading *reading)
{
    struct conversion conversion = {.precision = -1};
    reading->at += strspn(reading->at, "-+ #0'I");
    read_number(reading); /* the width */
    if (*reading->at == '.') {
        reading->at++;
        conversion.precision = read_number(reading);
    }
    conversion.length = read_length(reading);
    return conversion;
}

static size_t bytes_of_count(char length)
{
    switch (length) {
    case 'H':
        return sizeof(signed char);
    case 'h':
        return sizeof(short);
    case 'l':
    case 'z':
    case 't':
        return sizeof(long);
    case 'j':
    case 'q':
    case 'L':
        return sizeof(long long);
    default:
        return sizeof(int);
    }
}

static void look_wide(const wchar_t *text, size_t most, struct caller by)
{
    for (size_t i = 0; i < most; i++) {
        look(text + i, sizeof *text, MAY_READ, by);
        if (text[i] == L'\0')
            break;
    }
}

static void look_argument(struct reading *reading, const struct conversion *conversion, bool wide)
{
    const void *text = va_arg(reading->arguments, const void *);
    size_t most = conversion->precision >= 0 ? (size_t)conversion->precision : SIZE_MAX;
    if (text && wide)
        look_wide(text, most, reading->by);
    else if (text)
        look_string(text, most, reading->by);
}

static void skip_integer(struct reading *reading, char length)
{
    if (bytes_of_count(length) == sizeof(long long))
        (void)va_arg(reading->arguments, long long);
    else
        (void)va_arg(reading->arguments, int);
}

static void skip_real(struct reading *reading, char length)
{
    if (length == 'L' || length == 'q')
        (void)va_arg(reading->arguments, long double);
    else
        (void)va_arg(reading->arguments, double);
}

static void look_conversion(struct reading *reading)
{
    struct conversion conversion = read_conversion(reading);
    char letter = *reading->at;
    if (letter != '\0')
        reading->at++;
    if (letter == 's' || letter == 'S')
        look_argument(reading, &conversion, letter == 'S' || conversion.length == 'l');
    else if (letter == 'n')
        look(va_arg(reading->arguments, void *), bytes_of_count(conversion.length), MAY_WRITE, reading->by);
    else if (letter == 'p')
        (void)va_arg(reading->arguments, void *);
    else if (letter != '\0' && strchr("aAeEfFgG", letter))
        skip_real(reading, conversion.length);
    else if (letter != '\0' && strchr("diouxXcC", letter))
        skip_integer(reading, conversion.length);
}

/* Ends the call unless everything that FORMAT has read and written may be. False if it can't be told. */
static bool look_format(const char *format, va_list arguments, struct caller by)
{
    if (!watch_is_on())
        return true;
    look_string(format, SIZE_MAX, by);
    if (strchr(format, '$')) {
        errno = EINVAL;
        return false;
    }
    struct reading reading = {.at = format, .by = by};
    va_copy(reading.arguments, arguments);
    while ((reading.at = strchr(reading.at, '%')) != NULL) {
        reading.at++;
        look_conversion(&reading);
    }
    va_end(reading.arguments);
    return true;
}

/* Ends the call unless the output of FORMAT, cut at ROOM bytes, may be written to TO. */
static PRINTS(3, 0) void look_output(char *to, size_t room, const char *format, va_list arguments, struct caller by)
{
    va_list again;
    va_copy(again, arguments);
    int length = watch_is_on() ? vsnprintf(NULL, 0, format, again) : -1;
    va_end(again);
    if (length < 0)
        return;
    size_t n = (size_t)length + 1;
    look(to, n < room ? n : room, MAY_WRITE, by);
}

/* --- the functions --- */

static PRINTS(3, 0) int print_to(char *to, size_t room, const char *format, va_list arguments, struct caller by)
{
    if (!look_format(format, arguments, by))
        return -1;
    look_output(to, room, format, arguments, by);
    return room == SIZE_MAX ? vsprintf(to, format, arguments) : vsnprintf(to, room, format, arguments);
}

int watched_snprintf(char *to, size_t room, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    int length = print_to(to, room, format, arguments, CALLER);
    va_end(arguments);
    return length;
}

int watched_sprintf(char *to, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    int length = print_to(to, SIZE_MAX, format, arguments, CALLER);
    va_end(arguments);
    return length;
}

int watched_fprintf(FILE *file, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    int length = look_format(format, arguments, CALLER) ? vfprintf(file, format, arguments) : -1;
    va_end(arguments);
    return length;
}

int watched_printf(const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    int length = look_format(format, arguments, CALLER) ? vprintf(format, arguments) : -1;
    va_end(arguments);
    return length;
}
