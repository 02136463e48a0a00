// SPDX-License-Identifier: MIT
/*
 * check_shim.c - the functions that Check's macros call, for a tester in its sandbox (wire/control.h).
 *
 * Check itself keeps messages in temporary files and needs signals and process groups, none of which the sandbox has.
 * Students' tests use START_TEST, tcase_add_test, fixtures and the ck_assert family; the functions that those expand to
 * are defined here (check.h, version 0.15.2). At home the same tests run under Check itself.
 */
#include "mytests.h"
#include "owntests/tester.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

enum { MOST_FIXTURES = 8 };

struct TCase {
    unsigned tests;
    struct {
        const TTest *test;
        int loop;
    } test[MOST_TESTS];
    unsigned fixtures;
    SFun set_up[MOST_FIXTURES];
    SFun tear_down[MOST_FIXTURES];
};

static struct TCase the_case;
static jmp_buf test_end;
static char *reason;

unsigned tester_tests(void)
{
    return the_case.tests;
}

const TTest *tester_test(unsigned index)
{
    return the_case.test[index].test;
}

void tester_collect(void)
{
    my_tests(&the_case);
}

static void run_all(const SFun *functions)
{
    for (unsigned i = 0; i < the_case.fixtures; i++)
        if (functions[i])
            functions[i]();
}

bool tester_run(unsigned index, char *message)
{
    reason = message;
    if (setjmp(test_end) != 0)
        return false;
    run_all(the_case.set_up);
    the_case.test[index].test->fn(the_case.test[index].loop);
    run_all(the_case.tear_down);
    return true;
}

static _Noreturn void end_test_va(const char *format, va_list arguments)
{
    vsnprintf(reason, CONTROL_MESSAGE_BYTES, format, arguments);
    longjmp(test_end, 1);
}

void tester_fail(const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    end_test_va(format, arguments);
}

/* --- what check.h's macros call --- */

void _tcase_add_test(TCase *tcase, const TTest *test, int signal, int exit_value, int start, int end)
{
    (void)signal;
    (void)exit_value;
    for (int i = start; i < end && tcase->tests < MOST_TESTS; i++) {
        tcase->test[tcase->tests].test = test;
        tcase->test[tcase->tests++].loop = i;
    }
}

static void add_fixture(TCase *tcase, SFun set_up, SFun tear_down)
{
    if (tcase->fixtures == MOST_FIXTURES)
        return;
    tcase->set_up[tcase->fixtures] = set_up;
    tcase->tear_down[tcase->fixtures++] = tear_down;
}

void tcase_add_checked_fixture(TCase *tcase, SFun set_up, SFun tear_down)
{
    add_fixture(tcase, set_up, tear_down);
}

void tcase_add_unchecked_fixture(TCase *tcase, SFun set_up, SFun tear_down)
{
    add_fixture(tcase, set_up, tear_down);
}

void tcase_set_timeout(TCase *tcase, double seconds)
{
    (void)tcase;
    (void)seconds;
}

void _mark_point(const char *file, int line)
{
    (void)file;
    (void)line;
}

void _ck_assert_failed(const char *file, int line, const char *expression, const char *message, ...)
{
    char text[CONTROL_MESSAGE_BYTES];
    va_list arguments;
    va_start(arguments, message);
    if (message)
        vsnprintf(text, sizeof text, message, arguments);
    else
        snprintf(text, sizeof text, "%s", expression);
    va_end(arguments);
    const char *slash = strrchr(file, '/');
    tester_fail("%s:%d: %s", slash ? slash + 1 : file, line, text);
}
