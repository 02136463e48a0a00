// SPDX-License-Identifier: MIT
/*
 * heaplab/calls.h - how a lab lists the functions that its tests may call in the subject.
 *
 * grader/labs/NN-name/calls.def holds one line per function and nothing else but comments:
 *
 *     FUNCTION_1(void *, mm_malloc, size_t, size)
 *     PROCEDURE_1(mm_free, void *, payload)
 *
 * FUNCTION_n has a result and n arguments (0 to 4); PROCEDURE_n has none. Results and arguments are integers, enums,
 * bool or object pointers; no structs, no floating point. The list is compiled twice: into the judge (for each function
 * a stub of that name, which sends the call over) and into the subject (a table that receives it).
 *
 * Prototypes come from the lab's contract headers (labs/NN-name/ *.h), which the build includes first.
 */
#ifndef HEAPLAB_CALLS_H
#define HEAPLAB_CALLS_H

#include <stdbool.h>
#include <stdint.h>

#define MOST_ARGUMENTS 4

/* How a value is shown in the story. */
enum word_kind { WORD_NONE, WORD_BOOL, WORD_INT, WORD_SIZE, WORD_POINTER, WORD_STRING };

static inline uint64_t word_of_int(int64_t value)
{
    return (uint64_t)value;
}

static inline uint64_t word_of_size(uint64_t value)
{
    return value;
}

static inline uint64_t word_of_pointer(const volatile void *pointer)
{
    return (uint64_t)(uintptr_t)pointer;
}

/* Any argument or result as one 64-bit word. Signed integers keep their sign. */
#define WORD(x)                                                                                                        \
    _Generic((x), bool                                                                                                 \
             : word_of_size, char                                                                                      \
             : word_of_int, signed char                                                                                \
             : word_of_int, short                                                                                      \
             : word_of_int, int                                                                                        \
             : word_of_int, long                                                                                       \
             : word_of_int, unsigned char                                                                              \
             : word_of_size, unsigned short                                                                            \
             : word_of_size, unsigned                                                                                  \
             : word_of_size, unsigned long                                                                             \
             : word_of_size, default                                                                                   \
             : word_of_pointer)(x)

#define WORD_KIND(x)                                                                                                   \
    _Generic((x), bool                                                                                                 \
             : WORD_BOOL, char                                                                                         \
             : WORD_INT, signed char                                                                                   \
             : WORD_INT, short                                                                                         \
             : WORD_INT, int                                                                                           \
             : WORD_INT, long                                                                                          \
             : WORD_INT, unsigned char                                                                                 \
             : WORD_SIZE, unsigned short                                                                               \
             : WORD_SIZE, unsigned                                                                                     \
             : WORD_SIZE, unsigned long                                                                                \
             : WORD_SIZE, const char *                                                                                 \
             : WORD_STRING, char *                                                                                     \
             : WORD_STRING, default                                                                                    \
             : WORD_POINTER)

#endif
