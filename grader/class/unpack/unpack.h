// SPDX-License-Identifier: MIT
/*
 * unpack.h - from an archive to a folder, whatever is in the archive.
 *
 * The archive is parsed by another program, shut away (unpacker.c). Here its paths are checked, and ordinary files and
 * folders are made, in a fresh folder, until a limit is met. Nothing else is ever made: no link, no device, no
 * permission, no owner, nothing outside the folder.
 */
#ifndef HEAPLAB_UNPACK_H
#define HEAPLAB_UNPACK_H

#include "grade/grade.h"

/* What one submission, or one entry of a class's archive, may unpack to. */
struct unpack_budget {
    guint64 bytes; /* that may still be written */
    guint entries; /* that may still come, whether of use or not */
    guint64 seen;  /* how many bytes came, written or not */
};

#define UNPACK_SUBMISSION ((struct unpack_budget){.bytes = 64U << 20, .entries = 2000})

/* Told of each entry that was left out: its PATH in the archive, and a SENTENCE why. The sentence is fit
 * to print; the path can hold any byte. */
typedef void (*unpack_note)(const char *path, const char *sentence, gpointer data);

/* Is a file or folder called NAME of any use? What is not is never made. */
typedef bool (*unpack_wanted)(const char *name, gpointer data);

/* Is NAME that of an archive, by its ending? */
bool unpack_is_archive(const char *name);

/* Unpacks what is WANTED of ARCHIVE into the folder TO, which is there and empty. Returns NULL, or a sentence why it
 * was not read to its end; what came before is there then. */
char *unpack(const char *archive, const char *to, struct unpack_budget *budget, unpack_wanted wanted, unpack_note note,
             gpointer data);

/* All of the archive of a class: each submission has a budget of its own, and one that is used up stops nobody
 * else's. Returns NULL, or a sentence. */
char *unpack_class(const char *archive, const char *to, unpack_note note, gpointer data);

#endif
