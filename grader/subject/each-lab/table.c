// SPDX-License-Identifier: MIT
/*
 * table.c - the student's functions that the judge may call, one thunk for each line of calls.def (heaplab/calls.h).
 * Compiled once for each lab, with -include for its contract headers and -DCALLS="path of calls.def".
 */
#include "heaplab/calls.h"
#include "subject/subject.h"

#define ARGUMENT(type, i) ((type)(uintptr_t)arguments[i])

#define FUNCTION(name, list)                                                                                           \
    static uint64_t thunk_##name(const uint64_t *arguments)                                                            \
    {                                                                                                                  \
        (void)arguments;                                                                                               \
        return WORD(name list);                                                                                        \
    }
#define PROCEDURE(name, list)                                                                                          \
    static uint64_t thunk_##name(const uint64_t *arguments)                                                            \
    {                                                                                                                  \
        (void)arguments;                                                                                               \
        name list;                                                                                                     \
        return 0;                                                                                                      \
    }

#define FUNCTION_0(r, name) FUNCTION(name, ())
#define FUNCTION_1(r, name, t1, n1) FUNCTION(name, (ARGUMENT(t1, 0)))
#define FUNCTION_2(r, name, t1, n1, t2, n2) FUNCTION(name, (ARGUMENT(t1, 0), ARGUMENT(t2, 1)))
#define FUNCTION_3(r, name, t1, n1, t2, n2, t3, n3) FUNCTION(name, (ARGUMENT(t1, 0), ARGUMENT(t2, 1), ARGUMENT(t3, 2)))
#define FUNCTION_4(r, name, t1, n1, t2, n2, t3, n3, t4, n4)                                                            \
    FUNCTION(name, (ARGUMENT(t1, 0), ARGUMENT(t2, 1), ARGUMENT(t3, 2), ARGUMENT(t4, 3)))
#define PROCEDURE_0(name) PROCEDURE(name, ())
#define PROCEDURE_1(name, t1, n1) PROCEDURE(name, (ARGUMENT(t1, 0)))
#define PROCEDURE_2(name, t1, n1, t2, n2) PROCEDURE(name, (ARGUMENT(t1, 0), ARGUMENT(t2, 1)))
#define PROCEDURE_3(name, t1, n1, t2, n2, t3, n3) PROCEDURE(name, (ARGUMENT(t1, 0), ARGUMENT(t2, 1), ARGUMENT(t3, 2)))
#define PROCEDURE_4(name, t1, n1, t2, n2, t3, n3, t4, n4)                                                              \
    PROCEDURE(name, (ARGUMENT(t1, 0), ARGUMENT(t2, 1), ARGUMENT(t3, 2), ARGUMENT(t4, 3)))

#include CALLS

#undef FUNCTION_0
#undef FUNCTION_1
#undef FUNCTION_2
#undef FUNCTION_3
#undef FUNCTION_4
#undef PROCEDURE_0
#undef PROCEDURE_1
#undef PROCEDURE_2
#undef PROCEDURE_3
#undef PROCEDURE_4

#define FUNCTION_0(r, name) thunk_##name,
#define FUNCTION_1(r, name, ...) thunk_##name,
#define FUNCTION_2(r, name, ...) thunk_##name,
#define FUNCTION_3(r, name, ...) thunk_##name,
#define FUNCTION_4(r, name, ...) thunk_##name,
#define PROCEDURE_0(name) thunk_##name,
#define PROCEDURE_1(name, ...) thunk_##name,
#define PROCEDURE_2(name, ...) thunk_##name,
#define PROCEDURE_3(name, ...) thunk_##name,
#define PROCEDURE_4(name, ...) thunk_##name,

const thunk thunks[] = {
#include CALLS
};

const uint32_t thunk_count = sizeof thunks / sizeof *thunks;

unsigned char first_counted_data[] = {1};
unsigned char first_counted_zeros[1];
