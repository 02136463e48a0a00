// SPDX-License-Identifier: MIT
/*
 * ini.h - reading an INI file with inih, whose lines may be longer than inih's 200 bytes (ini.c). A value goes on in
 * the lines below that start with a space; a comment starts with ; or # at the start of a line, or with ; after a
 * space.
 */
#ifndef HEAPLAB_INI_H
#define HEAPLAB_INI_H

/* Takes a key. A value of several lines comes again with each of them, longer each time. Returns what is wrong with it,
 * or NULL. */
typedef char *ini_setter(void *user, const char *section, const char *key, const char *value);

/* Reads the file at PATH up to the first mistake. Returns NULL, or a sentence about it: "PATH, line 5: ..." */
char *ini_load(const char *path, ini_setter *set, void *user);

#endif
