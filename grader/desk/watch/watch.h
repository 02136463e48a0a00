// SPDX-License-Identifier: MIT
/*
 * watch.h - what the files of watch/ share: heaplab watch.
 *
 *   watch.c    the loop: grade, show, wait for a save or a key
 *   saves.c    saves, seen through inotify
 *   screen.c   the terminal: a screen of its own, keys, and everything as it was at the end
 */
#ifndef HEAPLAB_WATCH_H
#define HEAPLAB_WATCH_H

#include "desk/desk.h"

#include <poll.h>

/* --- saves.c: the folder is watched, not the files, so editors that write a new file and rename it are seen, too ----
 */

struct saves;

/* Watches FOLDER for changes of the files that RUBRIC hands in. Dies if that can't be. */
struct saves *saves_watch(const char *folder, const struct rubric *rubric);

/* To be polled for POLLIN. */
int saves_descriptor(const struct saves *saves);

/* Reads what is there. True if a file has changed, come or gone; then no more changes have come for a moment, as one
 * save may be several. */
bool saves_read(struct saves *saves);

/* --- screen.c ------------------------------------------------------------------------------------------------------
 */

/* Takes the terminal over if stdin and stdout are one. False if not. However the program ends short of SIGKILL, the
 * terminal is as it was afterwards. */
bool screen_open(void);
void screen_close(void);

/* Shows TEXT from the top, as many of its lines as there is room for, and FOOT in the last line. */
void screen_show(const char *text, const char *foot);

/* As poll without a limit, but another size of the terminal ends it, too. */
int screen_wait(struct pollfd *ready, nfds_t n);

/* Has the terminal another size since the last time this was asked? */
bool screen_resized(void);

/* The next key, or 0 if none is waiting. */
char screen_key(void);

#endif
