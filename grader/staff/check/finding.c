// SPDX-License-Identifier: MIT
/*
 * finding.c - what a job of heaplab check has found (check.h).
 */
#include "staff/check/check.h"

#include <stdarg.h>

void find(GString *findings, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    g_string_append_vprintf(findings, format, arguments);
    va_end(arguments);
    g_string_append_c(findings, '\n');
}
