// SPDX-License-Identifier: MIT
/*
 * tool.c - unit tests of sandbox/tool.c: a tool's own failure differs from a sandbox that could not be made.
 */
#include "sandbox/sandbox.h"
#include "tests/unit/support/program.h"

static int run(const char *const *command, const char *const *readable)
{
    struct tool_plan plan = {.work = unit_folder(),
                             .readable = readable,
                             .command = command,
                             .output = -1,
                             .namespaces = sandbox_has_namespaces()};
    return tool_run(&plan);
}

START_TEST(a_tool_is_known_by_its_exit_status)
{
    const char *const succeeds[] = {"true", NULL};
    const char *const fails[] = {"sh", "-c", "exit 3", NULL};
    ck_assert_int_eq(run(succeeds, NULL), 0);
    ck_assert_int_eq(run(fails, NULL), 3);
}
END_TEST

START_TEST(a_signal_that_ends_a_tool_is_known)
{
    const char *const dies[] = {"sh", "-c", "kill -TERM $$", NULL};
    ck_assert_int_eq(run(dies, NULL), 128 + 15);
}
END_TEST

/* bwrap ends with status 1 then, as a compiler does that has found a mistake in a student's file. */
START_TEST(a_sandbox_that_cannot_be_made_is_no_exit_status)
{
    const char *const command[] = {"true", NULL};
    const char *const missing[] = {"/there/is/no/such/folder", "/kit", NULL};
    if (!sandbox_has_namespaces())
        return;
    ck_assert_int_eq(run(command, missing), -1);
}
END_TEST

void unit_tests(TCase *unit)
{
    tcase_add_test(unit, a_tool_is_known_by_its_exit_status);
    tcase_add_test(unit, a_signal_that_ends_a_tool_is_known);
    tcase_add_test(unit, a_sandbox_that_cannot_be_made_is_no_exit_status);
}
