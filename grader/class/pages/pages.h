// SPDX-License-Identifier: MIT
/*
 * pages.h - the HTML of feedback and class pages: what the files in this folder share.
 *
 *     parts/         what a page looks like: templates (their language: report/html/template.c) and plots
 *     class_page.c   what is in it: a "view", a JSON object that fills a template
 *
 * Students' text enters a page only through template.c, which escapes it. Pages forbid all scripts; the class page
 * allows one, by its hash: parts/class.js, which sorts and searches the table.
 */
#ifndef HEAPLAB_PAGES_H
#define HEAPLAB_PAGES_H

#include "class/class.h"

/* --- digest.c: what is kept of a result -----------------------------------------------------------------------------
 */

/* What class_page.c needs from DOCUMENT; "duration_ms" of a lab is the sum over its tests. POOL comes from digest_pool
 * and is the same for all documents of a class. */
json_t *digest_of(const json_t *document, GHashTable *pool);

/* An empty pool. Free with g_hash_table_destroy; the digests may outlive it. */
GHashTable *digest_pool(void);

/* --- class_page.c: all results ----------------------------------------------------------------------------------- */

/* The class page of the batch folder DIR. DOCUMENTS come from digest_of, ABSENT says who has no result: {missing:
 * [names], unsure: [names], pending: [names], sure}. SIMILAR comes from similarity_find. */
char *class_page(const char *dir, const json_t *documents, const json_t *absent, const json_t *similar);

/* numbers.c: what is counted over a class, for class_page.c. Each is an array of objects in display order. */
json_t *numbers_summary(const json_t *documents);
json_t *numbers_histogram(const json_t *documents);
json_t *numbers_hardest(const json_t *documents);
json_t *numbers_tests(const json_t *documents);  /* how often each ended how, in the rubric's order */
json_t *numbers_missed(const json_t *documents); /* the kinds of wrong versions that own tests let through */
json_t *numbers_first_failures(const json_t *documents);
json_t *numbers_slowest(const json_t *documents);
json_t *numbers_ended_badly(const json_t *documents);
json_t *numbers_unbuilt(const json_t *documents);

/* --- over_time.c: how the class came along ------------------------------------------------------------------------ */

/* What has been handed in, of the submissions of DIR whose digests are DOCUMENTS: an array of {id, files, day, score,
 * max_score, revision}, for the two below. Results in DIR/history that cannot be read are left out. */
json_t *over_time_read(const char *dir, const json_t *documents);

/* An element {label, students, new, mean, percent} for each day on which something was handed in: how many students had
 * handed in by its end, and the mean of what was then each one's last. None if no system told when. */
json_t *over_time_days(const json_t *hand_ins);

/* The same for everybody's first hand-in, second, ... ("new" is 0). */
json_t *over_time_rounds(const json_t *hand_ins);

/* --- suspicious.c ------------------------------------------------------------------------------------------------- */

/* What a person should look at in the files of folder SOURCES, or in the result: an array of sentences. */
json_t *suspicious_find(const json_t *document, const char *sources);

/* --- plot.c: gnuplot ---------------------------------------------------------------------------------------------- */

/* The plot that parts/NAME.gp draws from DATA (lines of columns), as an SVG element; NULL if gnuplot is missing. */
char *plot_svg(const char *name, const char *data);

/* --- similarity.c: submissions that resemble each other ----------------------------------------------------------- */

/* Compares the C files of all submissions below DIR/files with each other, own tests apart from the rest, and with
 * those in the folders that AGAINST names (an array, or NULL), which are earlier years'; what is also in the lab's stub
 * does not count. Returns {pairs:
 * [...], ...}, as in DIR/similarity.json; grader/README.md describes a pair. */
json_t *similarity_find(const char *dir, const char *lab, const json_t *against);

/* The page that shows PAIR's files side by side. */
char *similarity_page(const json_t *pair);

/* What that page is called in the folder pages/. */
char *similarity_page_name(const json_t *pair);

#endif
