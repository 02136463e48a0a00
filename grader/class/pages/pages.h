// SPDX-License-Identifier: MIT
/*
 * pages.h - the HTML of feedback and class pages: what the files of this folder share.
 *
 *     parts/                what a page looks like: templates (their language: template.c), style.css, plots
 *     student.c, class.c    what is in it: a "view", a JSON object that a template is filled from
 *
 * Text of students goes into a page through template.c only, which escapes it. Pages hold no script, and forbid any.
 */
#ifndef HEAPLAB_PAGES_H
#define HEAPLAB_PAGES_H

#include "class/class.h"

/* --- digest.c: what is kept of a result -----------------------------------------------------------------------------
 */

/* What class.c needs of DOCUMENT; a lab has a "duration_ms", that of all its tests. POOL: what digest_pool returned,
 * the same for all documents of a class. */
json_t *digest_of(const json_t *document, GHashTable *pool);

/* An empty pool. Free with g_hash_table_destroy; the digests may outlive it. */
GHashTable *digest_pool(void);

/* --- class.c: all results ---------------------------------------------------------------------------------------- */

/* The class page of the batch folder DIR. DOCUMENTS: as digest_of made them. SIMILAR: what similarity_find returned.
 */
char *class_page(const char *dir, const json_t *documents, const json_t *similar);

/* numbers.c: what is counted over a class, for class.c. Each is an array of objects in the order to be shown. */
json_t *numbers_summary(const json_t *documents);
json_t *numbers_histogram(const json_t *documents);
json_t *numbers_hardest(const json_t *documents);
json_t *numbers_first_failures(const json_t *documents);
json_t *numbers_slowest(const json_t *documents);
json_t *numbers_ended_badly(const json_t *documents);

/* --- suspicious.c ------------------------------------------------------------------------------------------------- */

/* What in the files of folder SOURCES, or in its result, a person should look at: an array of sentences. */
json_t *suspicious_find(const json_t *document, const char *sources);

/* --- plot.c: gnuplot ---------------------------------------------------------------------------------------------- */

/* The plot that parts/NAME.gp draws of DATA (lines of columns), as an SVG element; NULL without gnuplot. */
char *plot_svg(const char *name, const char *data);

/* --- similarity.c: submissions that resemble each other ----------------------------------------------------------- */

/* Compares the C files of all submissions below DIR/files with similarity-tester; what is in the lab's stub, or in
 * many submissions, does not count. An object: {tool: bool, pairs: [...]}, as in DIR/similarity.json; grader/README.md
 * says what is in a pair. */
json_t *similarity_find(const char *dir, const char *lab);

/* The page that shows PAIR's files side by side. */
char *similarity_page(const char *dir, const json_t *pair);

#endif
