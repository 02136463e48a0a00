// SPDX-License-Identifier: MIT
/*
 * html.c - the feedback page of one result (report.h); student.c makes it.
 */
#include "report/report.h"

char *report_html(const json_t *document)
{
    return student_page(document);
}
