// SPDX-License-Identifier: MIT
/*
 * poison.h - tells valgrind and the address sanitizer, in direct mode, which bytes of the heap must not be used.
 *
 * The kit's objects are not compiled for the sanitizer; its functions are there only if the student's are. Elsewhere
 * all of this does nothing.
 */
#ifndef HEAPLAB_POISON_H
#define HEAPLAB_POISON_H

#include <stddef.h>
#include <valgrind/memcheck.h>

/* Is this file itself compiled for the address sanitizer? Then it could not read what it poisons, as the books must. */
#ifdef __SANITIZE_ADDRESS__
enum { LOOKS_ITSELF = 1 };
#else
enum { LOOKS_ITSELF = 0 };
#endif

extern void __asan_poison_memory_region(const volatile void *start, size_t bytes) __attribute__((weak));
extern void __asan_unpoison_memory_region(const volatile void *start, size_t bytes) __attribute__((weak));

/* For the address sanitizer alone: memory that valgrind has been told about in its own way. */
static inline void asan_forbid(const void *start, size_t bytes)
{
    if (!LOOKS_ITSELF && __asan_poison_memory_region)
        __asan_poison_memory_region(start, bytes);
}

static inline void asan_allow(const void *start, size_t bytes)
{
    if (!LOOKS_ITSELF && __asan_unpoison_memory_region)
        __asan_unpoison_memory_region(start, bytes);
}

/* Forbids the use of BYTES bytes from START on, until they are allowed again. */
static inline void poison(const void *start, size_t bytes)
{
    asan_forbid(start, bytes);
    VALGRIND_MAKE_MEM_NOACCESS(start, bytes);
}

static inline void unpoison(const void *start, size_t bytes)
{
    asan_allow(start, bytes);
    VALGRIND_MAKE_MEM_UNDEFINED(start, bytes);
}

#endif
