// SPDX-License-Identifier: MIT
/*
 * user.h - for heaplab replay: what programs of a small teaching kernel may call: the part that allocators use.
 */
#ifndef USER_USER_H
#define USER_USER_H

#include "kernel/types.h"

char *sbrk(int increment);
void *malloc(uint size);
void free(void *payload);
int printf(const char *format, ...);
void *memset(void *to, int byte, size_t n);
void *memmove(void *to, const void *from, size_t n);
void *memcpy(void *to, const void *from, size_t n);
size_t strlen(const char *text);
_Noreturn void exit(int status);

#endif
