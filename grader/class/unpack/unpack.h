// SPDX-License-Identifier: MIT
/*
 * unpack.h - unpacks an archive into a folder, whatever the archive contains.
 *
 * A separate, locked-down program parses the archive (unpacker.c). The code here checks the paths and makes ordinary
 * files and folders in a fresh folder, until it reaches a limit. It makes nothing else: no link, no device, no
 * permission, no owner, nothing outside the folder.
 */
#ifndef HEAPLAB_UNPACK_H
#define HEAPLAB_UNPACK_H

#include "grade/grade.h"

/* What one submission, or one entry of a class's archive, may unpack to. */
struct unpack_budget {
    guint64 bytes; /* how many may still be written */
    guint entries; /* how many may still come, wanted or not */
    guint64 seen;  /* how many have come, written or not */
};

#define UNPACK_SUBMISSION ((struct unpack_budget){.bytes = 64U << 20, .entries = 2000})

/* Called for each entry that was left out, with its PATH in the archive and a SENTENCE that says why. The sentence is
 * safe to print; the path may contain any byte. */
typedef void (*unpack_note)(const char *path, const char *sentence, gpointer data);

/* Is a file or folder called NAME wanted? If not, it is never made. */
typedef bool (*unpack_wanted)(const char *name, gpointer data);

/* Does the ending of NAME say that it is an archive? */
bool unpack_is_archive(const char *name);

/* Unpacks what is WANTED from ARCHIVE into the existing, empty folder TO. Returns NULL, or a sentence that says why it
 * could not read the archive to its end; everything before that point is then in TO. */
char *unpack(const char *archive, const char *to, struct unpack_budget *budget, unpack_wanted wanted, unpack_note note,
             gpointer data);

/* Unpacks the whole archive of a class. Each submission has its own budget, so one that uses it up does not stop the
 * others. Returns NULL, or a sentence. */
char *unpack_class(const char *archive, const char *to, unpack_note note, gpointer data);

#endif
