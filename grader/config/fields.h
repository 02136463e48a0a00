// SPDX-License-Identifier: MIT
/*
 * fields.h - reads a YAML file by a table of keys (fields.c). The table says which keys may appear where, and what
 * their values must look like.
 *
 * The result is JSON with every key of the table, null where the file has none, so its shape is always the same.
 * Mistakes are collected, each as one sentence with file, line and key, and with the word that was probably meant.
 */
#ifndef HEAPLAB_FIELDS_H
#define HEAPLAB_FIELDS_H

#include <glib.h>
#include <jansson.h>
#include <stdbool.h>

enum field_kind {
    FIELD_TEXT,
    FIELD_WHOLE,  /* a whole number from LEAST to MOST */
    FIELD_CHOICE, /* one of CHOICES */
    FIELD_CUSTOM, /* text that REFUSE accepts */
    FIELD_MAP,    /* keys and values: INSIDE */
    FIELD_LIST,   /* a list of such maps */
    FIELD_NAMED,  /* such maps, each under a name that CHECK_NAME accepts */
};

struct reading; /* of one file */

struct field {
    const char *name; /* NULL ends a table */
    enum field_kind kind;
    bool required;
    long least, most;
    const char *const *choices; /* NULL ends it */
    const struct field *inside;
    /* NULL if TEXT is a valid value; otherwise what is wrong with it ("should be ..."). */
    char *(*refuse)(const char *text, void *user);
    /* The form of NAME to use in the result; if NAME is not allowed, NULL, with the reason in *WRONG. */
    char *(*check_name)(const char *name, void *user, char **wrong);
    /* NULL if the values of one such MAP fit together; otherwise what is wrong with them ("is ..."). May be NULL. */
    char *(*refuse_map)(const json_t *map);
};

/* Reads PATH by TABLE. USER is for the table's functions. Returns NULL on mistakes, with one a line in *MISTAKES. */
json_t *fields_read(const char *path, const struct field *table, void *user, char **mistakes);

/* nearest.c: the one of CANDIDATES (NULL ends them) that WORD was probably meant to be; NULL if none is close. */
const char *nearest(const char *word, const char *const *candidates);

#endif
