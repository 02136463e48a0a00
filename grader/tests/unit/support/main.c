// SPDX-License-Identifier: MIT
/*
 * main.c - runs the tests of one file and writes Check's results as TAP to the named file (unit.h). Each test has its
 * own process, so a module's state starts fresh.
 */
#include "tests/unit/support/unit.h"

#include <stdio.h>
#include <stdlib.h>

int main(int argc, char **argv)
{
    if (argc != 2) {
        fprintf(stderr, "usage: %s TAP-FILE\n", argv[0]);
        return EXIT_FAILURE;
    }
    Suite *suite = suite_create(argv[0]);
    TCase *tcase = tcase_create("unit");
    unit_tests(tcase);
    suite_add_tcase(suite, tcase);
    SRunner *runner = srunner_create(suite);
    srunner_set_fork_status(runner, CK_FORK);
    srunner_set_tap(runner, argv[1]);
    srunner_run_all(runner, CK_SILENT);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
