// SPDX-License-Identifier: MIT
/*
 * gcda.h - adding up coverage counters (gcda.c).
 *
 * Every test leaves one image of the counters a source file, in GCC 12's .gcda format (gcc/gcov-io.h: a header of four
 * words, then records of a tag, a length in bytes, and data; a negative length stands for counters that are all zero; a
 * tag of 0 ends). Images of one file have the same records, so their sum is counter by counter. The bytes come from the
 * subject and are not trusted: what does not fit is left out.
 */
#ifndef HEAPLAB_GCDA_H
#define HEAPLAB_GCDA_H

#include <glib.h>

/* Sums by file: a table from the file's stamp (guint32 in a pointer) to its sum. */
typedef GHashTable gcda_sums;

gcda_sums *gcda_sums_new(void);

/* Adds all images in the N BYTES, up to the first that makes no sense. */
void gcda_add(gcda_sums *sums, const guint8 *bytes, gsize n);

/* The image of the sum for STAMP; NULL if there is none. */
GByteArray *gcda_image(gcda_sums *sums, guint32 stamp);

/* The stamp of a .gcno or .gcda image; 0 if it has none. */
guint32 gcda_stamp(const guint8 *bytes, gsize n);

#endif
