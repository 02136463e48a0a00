// SPDX-License-Identifier: MIT
/*
 * json.c - the result document itself (report.h).
 */
#include "report/report.h"

#include <stdlib.h>

char *report_json(const json_t *document)
{
    char *dumped = json_dumps(document, JSON_INDENT(2) | JSON_REAL_PRECISION(6));
    if (!dumped)
        die_fault("cannot write the result as JSON");
    char *text = g_strconcat(dumped, "\n", NULL);
    free(dumped);
    return text;
}
