// SPDX-License-Identifier: MIT
/*
 * tests.c - heaplab tests: the names of a lab's tests, for TEST=name.
 */
#include "cli/cli.h"

static void list_tests(const struct rubric *rubric)
{
    for (guint i = 0; i < rubric->items->len; i++) {
        const struct item *item = rubric->items->pdata[i];
        if (item->kind == ITEM_TEST && item_is_shown(item))
            printf("%s\n    %s\n", item->name, item->title);
    }
}

static int command_tests(int argc, char **argv)
{
    GStrv wanted = NULL;
    char *name = NULL;
    GOptionEntry entries[] = {{"lab", 0, 0, G_OPTION_ARG_STRING_ARRAY, &wanted, "the lab", "NN"},
                              {"test", 0, 0, G_OPTION_ARG_STRING, &name,
                               "list nothing, but see whether there is a test of this name", "NAME"},
                              {0}};
    options_parse("--lab NN - the names of a lab's tests", entries, &argc, &argv);
    if (!wanted || wanted[1] || argc > 1)
        die_unusable("tests needs one lab: heaplab tests --lab NN");
    g_autoptr(GPtrArray) labs = options_labs(wanted);
    struct rubric *rubric = rubric_load(labs->pdata[0]);
    if (name)
        shown_test(rubric, name);
    else
        list_tests(rubric);
    rubric_free(rubric);
    return EXIT_GRADED;
}

COMMAND(tests, FOR_STUDENTS, "the names of a lab's tests");
