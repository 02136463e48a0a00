// SPDX-License-Identifier: MIT
/*
 * terminal.c - what stdout is, and text in lines that fit it (kit.h).
 */
#include "kit/kit.h"

#include <langinfo.h>
#include <locale.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

enum { DEFAULT_WIDTH = 80, LEAST_WIDTH = 40, MOST_WIDTH = 120 };

struct terminal terminal = {.width = DEFAULT_WIDTH};

void terminal_detect(void)
{
    setlocale(LC_CTYPE, "");
    const char *no_colour = g_getenv("NO_COLOR");
    struct winsize size;
    const char *columns = g_getenv("COLUMNS");
    terminal.colour = isatty(STDOUT_FILENO) && !(no_colour && no_colour[0]);
    terminal.unicode = strcmp(nl_langinfo(CODESET), "UTF-8") == 0;
    if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0)
        terminal.width = size.ws_col;
    else if (columns && g_ascii_isdigit(columns[0]))
        terminal.width = (int)MIN(g_ascii_strtoull(columns, NULL, 10), MOST_WIDTH);
    terminal.width = CLAMP(terminal.width, LEAST_WIDTH, MOST_WIDTH);
    setlocale(LC_CTYPE, "C.UTF-8");
}

void wrap(GString *out, const char *text, int indent)
{
    g_auto(GStrv) words = g_strsplit_set(text, " \n", -1);
    int column = 0;
    for (guint i = 0; words[i]; i++) {
        int length = (int)g_utf8_strlen(words[i], -1);
        if (length == 0)
            continue;
        if (column > 0 && column + 1 + length > terminal.width) {
            g_string_append_c(out, '\n');
            column = 0;
        }
        if (column == 0) {
            g_string_append_printf(out, "%*s", indent, "");
            column = indent;
        } else {
            g_string_append_c(out, ' ');
            column++;
        }
        g_string_append(out, words[i]);
        column += length;
    }
    if (column > 0)
        g_string_append_c(out, '\n');
}
