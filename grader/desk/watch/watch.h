// SPDX-License-Identifier: MIT
/*
 * watch.h - what the files of watch/ share: heaplab watch.
 *
 *   watch.c    the loop: grade, show, wait for a save or a key
 *   saves.c    notices saves, through inotify
 *   screen.c   the terminal: its alternate screen, keys, and restoring it at the end
 */
#ifndef HEAPLAB_WATCH_H
#define HEAPLAB_WATCH_H

#include "desk/desk.h"

#include <poll.h>

/* --- saves.c: watches the folder, not the files, so that it sees editors that write a new file and rename it, too ---
 */

struct saves;

/* Watches FOLDER for changes to the files that RUBRIC names. Dies if that fails. */
struct saves *saves_watch(const char *folder, const struct rubric *rubric);

/* The descriptor to poll for POLLIN. */
int saves_descriptor(const struct saves *saves);

/* Reads the pending events. True if a file was changed, created or removed; it then first waits until no more changes
 * come for a moment, because one save may cause several. */
bool saves_read(struct saves *saves);

/* --- screen.c ------------------------------------------------------------------------------------------------------
 */

/* Takes over the terminal; false if stdin and stdout are not one. The terminal is restored however the program ends,
 * except by SIGKILL. */
bool screen_open(void);
void screen_close(void);

/* Shows as many lines of TEXT as there is room for, from the top, and FOOT in the last line. */
void screen_show(const char *text, const char *foot);

/* As poll without a time limit, but a change of the terminal's size ends it, too. */
int screen_wait(struct pollfd *ready, nfds_t n);

/* Has the terminal's size changed since the last call? */
bool screen_resized(void);

/* The next key, or 0 if none is waiting. */
char screen_key(void);

#endif
