// SPDX-License-Identifier: MIT
/*
 * watch_library.c - the library functions that graded code calls: checks what they read and write, too. Those that
 * print by a format are in watch_print.c, those that search, sort and read numbers in watch_search.c.
 *
 * In a watched object, memcpy is called watched_memcpy, and so on: link.sh renames the functions listed in
 * watched.renames. A function may use what the C standard lets it use, and no more: memchr stops at what it finds,
 * strcmp where the strings differ.
 */
#include "subject/watch.h"

#include <stdio.h>
#include <string.h>

/* --- memory --- */

void *watched_memcpy(void *to, const void *from, size_t n);
void *watched_memmove(void *to, const void *from, size_t n);
void *watched_memset(void *to, int byte, size_t n);
void *watched_mempcpy(void *to, const void *from, size_t n);
int watched_memcmp(const void *a, const void *b, size_t n);
void *watched_memchr(const void *from, int byte, size_t n);

static void look_copy(void *to, const void *from, size_t n, struct caller by)
{
    look(from, n, MAY_READ, by);
    look_copied(from, n, by);
    look(to, n, MAY_WRITE, by);
}

void *watched_memcpy(void *to, const void *from, size_t n)
{
    look_copy(to, from, n, CALLER);
    look_apart(to, from, n, CALLER);
    return memcpy(to, from, n);
}

void *watched_mempcpy(void *to, const void *from, size_t n)
{
    look_copy(to, from, n, CALLER);
    look_apart(to, from, n, CALLER);
    return (char *)memcpy(to, from, n) + n;
}

void *watched_memmove(void *to, const void *from, size_t n)
{
    look_copy(to, from, n, CALLER);
    return memmove(to, from, n);
}

void *watched_memset(void *to, int byte, size_t n)
{
    look(to, n, MAY_WRITE, CALLER);
    return memset(to, byte, n);
}

int watched_memcmp(const void *a, const void *b, size_t n)
{
    look(a, n, MAY_READ, CALLER);
    look(b, n, MAY_READ, CALLER);
    return memcmp(a, b, n);
}

void *watched_memchr(const void *from, int byte, size_t n)
{
    const unsigned char *at = from;
    for (size_t i = 0; watch_is_on() && i < n; i++) {
        look(at + i, 1, MAY_READ, CALLER);
        if (at[i] == (unsigned char)byte)
            break;
    }
    return (void *)(uintptr_t)memchr(from, byte, n);
}

/* --- strings that are read --- */

size_t watched_strlen(const char *text);
size_t watched_strnlen(const char *text, size_t most);
int watched_strcmp(const char *a, const char *b);
int watched_strncmp(const char *a, const char *b, size_t most);
char *watched_strchr(const char *text, int byte);
char *watched_strrchr(const char *text, int byte);
char *watched_strstr(const char *text, const char *part);
size_t watched_strspn(const char *text, const char *of);
size_t watched_strcspn(const char *text, const char *of);
char *watched_strpbrk(const char *text, const char *of);
char *watched_strtok_r(char *text, const char *of, char **rest);
void watched_perror(const char *text);
int watched_puts(const char *text);
int watched_fputs(const char *text, FILE *file);
size_t watched_fwrite(const void *from, size_t size, size_t n, FILE *file);

static void look_text(const char *text, struct caller by)
{
    if (watch_is_on())
        look_string(text, SIZE_MAX, by);
}

size_t watched_strlen(const char *text)
{
    look_text(text, CALLER);
    return strlen(text);
}

size_t watched_strnlen(const char *text, size_t most)
{
    if (watch_is_on())
        look_string(text, most, CALLER);
    return strnlen(text, most);
}

static void look_comparison(const char *a, const char *b, size_t most, struct caller by)
{
    for (size_t i = 0; watch_is_on() && i < most; i++) {
        look(a + i, 1, MAY_READ, by);
        look(b + i, 1, MAY_READ, by);
        if (a[i] != b[i] || a[i] == '\0')
            return;
    }
}

int watched_strcmp(const char *a, const char *b)
{
    look_comparison(a, b, SIZE_MAX, CALLER);
    return strcmp(a, b);
}

int watched_strncmp(const char *a, const char *b, size_t most)
{
    look_comparison(a, b, most, CALLER);
    return strncmp(a, b, most);
}

char *watched_strchr(const char *text, int byte)
{
    for (size_t i = 0; watch_is_on(); i++) {
        look(text + i, 1, MAY_READ, CALLER);
        if (text[i] == (char)byte || text[i] == '\0')
            break;
    }
    return (char *)(uintptr_t)strchr(text, byte);
}

char *watched_strrchr(const char *text, int byte)
{
    look_text(text, CALLER);
    return (char *)(uintptr_t)strrchr(text, byte);
}

char *watched_strstr(const char *text, const char *part)
{
    look_text(text, CALLER);
    look_text(part, CALLER);
    return (char *)(uintptr_t)strstr(text, part);
}

size_t watched_strspn(const char *text, const char *of)
{
    look_text(text, CALLER);
    look_text(of, CALLER);
    return strspn(text, of);
}

size_t watched_strcspn(const char *text, const char *of)
{
    look_text(text, CALLER);
    look_text(of, CALLER);
    return strcspn(text, of);
}

char *watched_strpbrk(const char *text, const char *of)
{
    look_text(text, CALLER);
    look_text(of, CALLER);
    return strpbrk(text, of);
}

char *watched_strtok_r(char *text, const char *of, char **rest)
{
    look_text(of, CALLER);
    look(rest, sizeof *rest, MAY_USE, CALLER);
    look_text(text ? text : *rest, CALLER);
    char *token = strtok_r(text, of, rest);
    if (token)
        look(token + strlen(token), 1, MAY_WRITE, CALLER); /* the end that it has put there, or that was there */
    return token;
}

void watched_perror(const char *text)
{
    if (text)
        look_text(text, CALLER);
    perror(text);
}

int watched_puts(const char *text)
{
    look_text(text, CALLER);
    return puts(text);
}

int watched_fputs(const char *text, FILE *file)
{
    look_text(text, CALLER);
    return fputs(text, file);
}

size_t watched_fwrite(const void *from, size_t size, size_t n, FILE *file)
{
    size_t bytes;
    if (!__builtin_mul_overflow(size, n, &bytes))
        look(from, bytes, MAY_READ, CALLER);
    return fwrite(from, size, n, file);
}

/* --- strings that are written --- */

char *watched_strcpy(char *to, const char *from);
char *watched_stpcpy(char *to, const char *from);
char *watched_strncpy(char *to, const char *from, size_t n);
char *watched_stpncpy(char *to, const char *from, size_t n);
char *watched_strcat(char *to, const char *from);
char *watched_strncat(char *to, const char *from, size_t most);

/* Writes N bytes of FROM and a zero byte to TO. */
static void look_text_copy(char *to, const char *from, size_t n, struct caller by)
{
    look(to, n + 1, MAY_WRITE, by);
    look_apart(to, from, n + 1, by);
}

char *watched_strcpy(char *to, const char *from)
{
    if (watch_is_on())
        look_text_copy(to, from, look_string(from, SIZE_MAX, CALLER), CALLER);
    return strcpy(to, from);
}

char *watched_stpcpy(char *to, const char *from)
{
    if (watch_is_on())
        look_text_copy(to, from, look_string(from, SIZE_MAX, CALLER), CALLER);
    return stpcpy(to, from);
}

/* It fills the rest with zero bytes, and adds none if there is no room. */
static void look_padded_copy(char *to, const char *from, size_t n, struct caller by)
{
    size_t length = look_string(from, n, by);
    look(to, n, MAY_WRITE, by);
    look_apart(to, from, length, by);
}

char *watched_strncpy(char *to, const char *from, size_t n)
{
    if (watch_is_on())
        look_padded_copy(to, from, n, CALLER);
    return strncpy(to, from, n);
}

char *watched_stpncpy(char *to, const char *from, size_t n)
{
    if (watch_is_on())
        look_padded_copy(to, from, n, CALLER);
    return stpncpy(to, from, n);
}

static void look_at_end(char *to, const char *from, size_t most, struct caller by)
{
    size_t n = look_string(from, most, by);
    look_text_copy(to + look_string(to, SIZE_MAX, by), from, n, by);
}

char *watched_strcat(char *to, const char *from)
{
    if (watch_is_on())
        look_at_end(to, from, SIZE_MAX, CALLER);
    return strcat(to, from);
}

char *watched_strncat(char *to, const char *from, size_t most)
{
    if (watch_is_on())
        look_at_end(to, from, most, CALLER);
    return strncat(to, from, most);
}
