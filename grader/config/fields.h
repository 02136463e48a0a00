// SPDX-License-Identifier: MIT
/*
 * fields.h - a YAML file read by a table of keys (fields.c): what may stand where, and what it must look like.
 *
 * What comes out is JSON with every key of the table, null where the file has none, so that whoever reads it finds
 * the same shape each time. Mistakes are collected, each as one sentence with file, line and key, and with the word
 * that was probably meant.
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
    FIELD_CUSTOM, /* text that REFUSE does not refuse */
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
    /* NULL if TEXT is a value; otherwise what is wrong with it ("should be ..."). */
    char *(*refuse)(const char *text, void *user);
    /* NAME as it is to be in the result; NULL, and what is wrong in *WRONG, if it may not be there. */
    char *(*check_name)(const char *name, void *user, char **wrong);
    /* NULL if the values of one such MAP go together; otherwise what is wrong with them ("is ..."). May be NULL. */
    char *(*refuse_map)(const json_t *map);
};

/* Reads PATH by TABLE. USER is for the table's functions. Returns NULL on mistakes, with one a line in *MISTAKES. */
json_t *fields_read(const char *path, const struct field *table, void *user, char **mistakes);

/* nearest.c: the one of CANDIDATES (NULL ends them) that WORD was probably meant to be; NULL if none is close. */
const char *nearest(const char *word, const char *const *candidates);

#endif
