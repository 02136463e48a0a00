// SPDX-License-Identifier: MIT
/*
 * explore.c - heaplab explore (desk.h): the heap during one test or one trace, as a page.
 */
#include "desk/explore/explore.h"

char *explore(const char *lab, const struct grade_plan *plan, const char *test, const char *trace)
{
    json_t *data = recording(lab, plan, test, trace);
    char *html = page_make(data);
    json_decref(data);
    return html;
}
