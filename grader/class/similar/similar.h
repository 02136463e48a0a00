// SPDX-License-Identifier: MIT
/*
 * similar.h - programs that resemble each other.
 *
 *     tokens.c   C text as a row of tokens, without layout, comments and the names that anybody may change
 *     winnow.c   fingerprints of a row: few numbers, of which two rows share some if they share a long enough part
 *     runs.c     the parts that two rows share
 *
 * Theory of operation
 * -------------------
 * Winnowing (Schleimer, Wilkerson, Aiken: "Winnowing: local algorithms for document fingerprinting", SIGMOD 2003)
 * hashes each SHINGLE tokens in a row, and of each WINDOW of hashes in a row keeps the least. Two rows that share
 * SHARED_FOR_SURE tokens in a row share a fingerprint for sure; and which function comes first does not matter. That
 * picks the pairs worth a closer look. Running Karp-Rabin matching with greedy tiles (Wise, 1993) then finds, in such a
 * pair, which tokens are shared.
 *
 * class/pages/similarity.c compares a class this way. No score depends on it.
 */
#ifndef HEAPLAB_SIMILAR_H
#define HEAPLAB_SIMILAR_H

#include <glib.h>

enum { SHINGLE = 12, WINDOW = 8, SHARED_FOR_SURE = SHINGLE + WINDOW - 1 };

struct token {
    guint kind; /* equal for tokens that count as the same */
    guint line; /* from 1 */
};

/* --- tokens.c --- */

/* The tokens of SOURCE, which need not be correct C. Comments and #include lines give none. A name gives a kind of its
 * own if KNOWN contains it, or if it is a keyword; all other names are of one kind, and so are all numbers, all
 * strings. Returns an array of struct token; free with g_array_unref. */
GArray *tokens_of(const char *source, GHashTable *known);

/* The names in SOURCE that a parenthesis follows, as a set. A copy can change all names but those of the handed-out
 * files' functions. Free with g_hash_table_unref. */
GHashTable *functions_in(const char *source);

/* --- winnow.c --- */

/* The fingerprints of TOKENS that are not in WITHOUT (NULL: all): a set, as a sorted array of guint64. Free with
 * g_array_unref. */
GArray *fingerprints_of(const GArray *tokens, const GArray *without);

/* The hash of the SHINGLE tokens from START on. */
guint64 shingle_hash(const GArray *tokens, guint start);

/* How many fingerprints A and B share, in percent of the smaller set; 0 if one is empty. */
guint fingerprints_shared(const GArray *a, const GArray *b);

/* --- runs.c --- */

/* LENGTH tokens, from A in one row and from B in the other. */
struct run {
    guint a, b;
    guint length;
};

/* The parts of at least SHARED_FOR_SURE tokens that the rows A and B share, in the order of A. No token is in two of
 * them. Returns an array of struct run; free with g_array_unref. */
GArray *runs_between(const GArray *a, const GArray *b);

#endif
