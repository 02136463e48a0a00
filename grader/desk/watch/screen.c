// SPDX-License-Identifier: MIT
/*
 * screen.c - the terminal while heaplab watch has it (watch.h).
 *
 * The screen is the terminal's second one, so what was printed before is there again afterwards. It is written over,
 * not cleared, so that it does not flicker. Keys come one by one; those that would stop the program with the terminal
 * taken (Ctrl-Z, Ctrl-\) do nothing, and Ctrl-C works as ever.
 */
#include "desk/watch/watch.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>

enum { USUAL_ROWS = 24 };

static struct termios before;
static volatile sig_atomic_t is_open;
static volatile sig_atomic_t resized;

static void write_all(const char *text)
{
    for (size_t left = strlen(text); left > 0;) {
        ssize_t n = write(STDOUT_FILENO, text, left);
        if (n <= 0)
            return;
        text += n;
        left -= (size_t)n;
    }
}

/* Fit to be called from a signal's handler. */
void screen_close(void)
{
    if (!is_open)
        return;
    is_open = false;
    write_all("\033[?25h\033[?1049l"); /* show the cursor, leave the second screen */
    tcsetattr(STDIN_FILENO, TCSANOW, &before);
}

static void on_resize(int number)
{
    (void)number;
    resized = true;
}

bool screen_open(void)
{
    if (!isatty(STDIN_FILENO) || !isatty(STDOUT_FILENO) || tcgetattr(STDIN_FILENO, &before) != 0)
        return false;
    struct termios keys = before;
    keys.c_lflag &= ~(tcflag_t)(ICANON | ECHO);
    keys.c_cc[VMIN] = 0;
    keys.c_cc[VTIME] = 0;
    keys.c_cc[VSUSP] = _POSIX_VDISABLE;
    keys.c_cc[VQUIT] = _POSIX_VDISABLE;
    files_before_end(screen_close);
    signal(SIGWINCH, on_resize);
    sigset_t resize;
    sigemptyset(&resize);
    sigaddset(&resize, SIGWINCH);
    sigprocmask(SIG_BLOCK, &resize, NULL); /* it comes in screen_wait only, so none is missed */
    if (tcsetattr(STDIN_FILENO, TCSANOW, &keys) != 0)
        return false;
    is_open = true;
    write_all("\033[?1049h\033[?25l\033[H\033[J");
    return true;
}

bool screen_resized(void)
{
    bool was = resized;
    resized = false;
    return was;
}

int screen_wait(struct pollfd *ready, nfds_t n)
{
    sigset_t open_to_all;
    sigprocmask(SIG_SETMASK, NULL, &open_to_all);
    sigdelset(&open_to_all, SIGWINCH);
    return ppoll(ready, n, NULL, &open_to_all);
}

static guint rows(void)
{
    struct winsize size;
    return ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_row > 0 ? size.ws_row : USUAL_ROWS;
}

void screen_show(const char *text, const char *foot)
{
    enum { KEPT_FREE = 2 }; /* the foot, and a line above it */
    guint room = MAX(rows(), KEPT_FREE + 1) - KEPT_FREE;
    g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
    GString *out = g_string_new("\033[H");
    guint n = g_strv_length(lines);
    while (n > 0 && lines[n - 1][0] == '\0')
        n--;
    for (guint i = 0; i < MIN(n, room); i++)
        g_string_append_printf(out, "%s\033[0m\033[K\n",
                               n > room && i + 1 == room ? "  ... make shows the rest" : lines[i]);
    g_string_append_printf(out, "\033[J\033[%uH%s\033[K", rows(), foot);
    write_all(out->str);
    g_string_free(out, TRUE);
}

char screen_key(void)
{
    char key = 0;
    return read(STDIN_FILENO, &key, 1) == 1 ? key : 0;
}
