// SPDX-License-Identifier: MIT
/*
 * ini.h - reads an INI file with inih; its lines may be longer than inih's 200 bytes (ini.c). A value continues on the
 * following lines that start with a space; a comment starts with ; or # at the start of a line, or with ; after a
 * space.
 */
#ifndef HEAPLAB_INI_H
#define HEAPLAB_INI_H

/* Called with a key. For a value of several lines, it is called again after each line with the longer value. Returns
 * what is wrong with it, or NULL. */
typedef char *ini_setter(void *user, const char *section, const char *key, const char *value);

/* Reads the file at PATH up to the first mistake. Returns NULL, or a sentence about it: "PATH, line 5: ..." */
char *ini_load(const char *path, ini_setter *set, void *user);

#endif
