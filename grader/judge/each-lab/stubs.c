// SPDX-License-Identifier: MIT
/*
 * stubs.c - the student's functions as the tests see them, one for each line of calls.def (heaplab/calls.h). Compiled
 * once for each lab, with -include for its contract headers and -DCALLS="path of calls.def".
 *
 * Judged, a stub has the function's own name and sends the call over. In direct mode (-DDIRECT) the linker's --wrap
 * option puts it between the tests and the student's function, which is then called as an ordinary function.
 */
#include "judge/judge.h"

enum function_index {
#define FUNCTION_0(r, name) INDEX_##name,
#define FUNCTION_1(r, name, ...) INDEX_##name,
#define FUNCTION_2(r, name, ...) INDEX_##name,
#define FUNCTION_3(r, name, ...) INDEX_##name,
#define FUNCTION_4(r, name, ...) INDEX_##name,
#define PROCEDURE_0(name) INDEX_##name,
#define PROCEDURE_1(name, ...) INDEX_##name,
#define PROCEDURE_2(name, ...) INDEX_##name,
#define PROCEDURE_3(name, ...) INDEX_##name,
#define PROCEDURE_4(name, ...) INDEX_##name,
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
};

#ifdef DIRECT
#define ENTER_STUDENT enter_student()
#define LEAVE_STUDENT leave_student()
#define STUB(name) __wrap_##name
#define PROTOTYPE(r, name, parameters)                                                                                 \
    r __real_##name parameters;                                                                                        \
    r __wrap_##name parameters;
#define ALREADY_INSIDE in_student()
#define DIRECTLY(name, list) __real_##name list
#define RESULT(r, name, list) WORD(__real_##name list)
#define RUN(name, list) (__real_##name list, 0)
#else
#define ENTER_STUDENT
#define LEAVE_STUDENT
#define STUB(name) name
#define PROTOTYPE(r, name, parameters)
#define ALREADY_INSIDE false
#define DIRECTLY(name, list) name list
#define RESULT(r, name, list) make_call(&call_##name, the_words)
#define RUN(name, list) make_call(&call_##name, the_words)
#endif

#define DESCRIBE(name, type, kind, n, parameters, ...)                                                                 \
    static const struct call call_##name = {INDEX_##name, #name, type, kind, n, {__VA_ARGS__}, #parameters};

#define FUNCTION(r, name, parameters, list, n, kinds, words_list)                                                      \
    PROTOTYPE(r, name, parameters)                                                                                     \
    DESCRIBE(name, #r, WORD_KIND((r)0), n, parameters, EXPAND kinds)                                                   \
    r STUB(name) parameters                                                                                            \
    {                                                                                                                  \
        if (ALREADY_INSIDE)                                                                                            \
            return DIRECTLY(name, list);                                                                               \
        const uint64_t the_words[] = {EXPAND words_list};                                                              \
        before_call(&call_##name, the_words);                                                                          \
        ENTER_STUDENT;                                                                                                 \
        uint64_t result = RESULT(r, name, list);                                                                       \
        LEAVE_STUDENT;                                                                                                 \
        after_call(&call_##name, result, errno);                                                                       \
        return (r)(uintptr_t)result;                                                                                   \
    }

#define PROCEDURE(name, parameters, list, n, kinds, words_list)                                                        \
    PROTOTYPE(void, name, parameters)                                                                                  \
    DESCRIBE(name, NULL, WORD_NONE, n, parameters, EXPAND kinds)                                                       \
    void STUB(name) parameters                                                                                         \
    {                                                                                                                  \
        if (ALREADY_INSIDE) {                                                                                          \
            DIRECTLY(name, list);                                                                                      \
            return;                                                                                                    \
        }                                                                                                              \
        const uint64_t the_words[] = {EXPAND words_list};                                                              \
        before_call(&call_##name, the_words);                                                                          \
        ENTER_STUDENT;                                                                                                 \
        uint64_t result = RUN(name, list);                                                                             \
        LEAVE_STUDENT;                                                                                                 \
        after_call(&call_##name, result, errno);                                                                       \
    }

#define EXPAND(...) __VA_ARGS__
#define K(t) WORD_KIND((t)0)

#define FUNCTION_0(r, f) FUNCTION(r, f, (void), (), 0, (WORD_NONE), (0))
#define FUNCTION_1(r, f, t1, a) FUNCTION(r, f, (t1 a), (a), 1, (K(t1)), (WORD(a)))
#define FUNCTION_2(r, f, t1, a, t2, b) FUNCTION(r, f, (t1 a, t2 b), (a, b), 2, (K(t1), K(t2)), (WORD(a), WORD(b)))
#define FUNCTION_3(r, f, t1, a, t2, b, t3, c)                                                                          \
    FUNCTION(r, f, (t1 a, t2 b, t3 c), (a, b, c), 3, (K(t1), K(t2), K(t3)), (WORD(a), WORD(b), WORD(c)))
#define FUNCTION_4(r, f, t1, a, t2, b, t3, c, t4, d)                                                                   \
    FUNCTION(r, f, (t1 a, t2 b, t3 c, t4 d), (a, b, c, d), 4, (K(t1), K(t2), K(t3), K(t4)),                            \
             (WORD(a), WORD(b), WORD(c), WORD(d)))
#define PROCEDURE_0(f) PROCEDURE(f, (void), (), 0, (WORD_NONE), (0))
#define PROCEDURE_1(f, t1, a) PROCEDURE(f, (t1 a), (a), 1, (K(t1)), (WORD(a)))
#define PROCEDURE_2(f, t1, a, t2, b) PROCEDURE(f, (t1 a, t2 b), (a, b), 2, (K(t1), K(t2)), (WORD(a), WORD(b)))
#define PROCEDURE_3(f, t1, a, t2, b, t3, c)                                                                            \
    PROCEDURE(f, (t1 a, t2 b, t3 c), (a, b, c), 3, (K(t1), K(t2), K(t3)), (WORD(a), WORD(b), WORD(c)))
#define PROCEDURE_4(f, t1, a, t2, b, t3, c, t4, d)                                                                     \
    PROCEDURE(f, (t1 a, t2 b, t3 c, t4 d), (a, b, c, d), 4, (K(t1), K(t2), K(t3), K(t4)),                              \
              (WORD(a), WORD(b), WORD(c), WORD(d)))

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
#define FUNCTION_0(r, name) &call_##name,
#define FUNCTION_1(r, name, ...) &call_##name,
#define FUNCTION_2(r, name, ...) &call_##name,
#define FUNCTION_3(r, name, ...) &call_##name,
#define FUNCTION_4(r, name, ...) &call_##name,
#define PROCEDURE_0(name) &call_##name,
#define PROCEDURE_1(name, ...) &call_##name,
#define PROCEDURE_2(name, ...) &call_##name,
#define PROCEDURE_3(name, ...) &call_##name,
#define PROCEDURE_4(name, ...) &call_##name,

static const struct call *const calls[] = {
#include CALLS
};

const struct call *find_call(const char *name)
{
    for (size_t i = 0; i < sizeof calls / sizeof *calls; i++)
        if (strcmp(calls[i]->name, name) == 0)
            return calls[i];
    return NULL;
}
