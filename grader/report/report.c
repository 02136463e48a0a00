// SPDX-License-Identifier: MIT
/*
 * report.c - the formats by name (heaplab.h). A new format is one file here and one line in report/report.h.
 */
#include "report/report.h"

#include <string.h>

#define NAME(format, make) format,
#define MAKE(format, make) make,

static const char *const names[] = {REPORTS(NAME) NULL};
static char *(*const makers[])(const json_t *) = {REPORTS(MAKE)};

char *report(const char *name, const json_t *document)
{
    for (guint i = 0; names[i]; i++)
        if (strcmp(names[i], name) == 0)
            return makers[i](document);
    die_unusable("there is no format '%s'; known are %s", name, report_names());
}

const char *report_names(void)
{
    static char *list;
    if (!list)
        list = g_strjoinv(", ", (char **)(uintptr_t)names);
    return list;
}

const char *text_at(const json_t *object, const char *key)
{
    const char *text = json_string_value(json_object_get(object, key));
    return text ? text : "";
}

json_int_t number_at(const json_t *object, const char *key)
{
    return json_integer_value(json_object_get(object, key));
}

bool test_passed(const json_t *test)
{
    return strcmp(text_at(test, "status"), "passed") == 0;
}

bool test_is_shown(const json_t *test)
{
    return strcmp(text_at(test, "visibility"), "visible") == 0;
}
