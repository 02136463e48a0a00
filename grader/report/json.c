// SPDX-License-Identifier: MIT
/*
 * json.c - the result document itself (report.h).
 */
#include "report/report.h"

char *report_json(const json_t *document)
{
    return report_dump_lines(json_deep_copy(document));
}
