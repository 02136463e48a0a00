// SPDX-License-Identifier: MIT
/*
 * ledger.h - sums up the judge's log of system calls (ledger.c).
 */
#ifndef LEDGER_H
#define LEDGER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { MOST_MAPPINGS = 32, MOST_CHILDREN = 8 };

struct mapping {
    uintptr_t start;
    uintptr_t end; /* the first address after its last page */
    int protection;
    int flags;
};

struct ledger {
    size_t raises;                          /* calls that moved the break up */
    size_t mmaps;                           /* calls of mmap that succeeded */
    struct mapping mappings[MOST_MAPPINGS]; /* made and not ended since */
    size_t mapping_count;
    int64_t children[MOST_CHILDREN]; /* made and not waited for since */
    size_t child_count;
    size_t forks; /* calls of fork that succeeded */
};

/* Clears the log. ledger_read sums up what happens from here on. */
void ledger_open(void);

/* Sums up the log since ledger_open. */
void ledger_read(struct ledger *ledger);

/* The mapping in LEDGER that holds ADDRESS; NULL if none does. */
const struct mapping *ledger_find(const struct ledger *ledger, const void *address);

/* MAPPING must be anonymous, readable and writable. SHARING is MAP_PRIVATE or MAP_SHARED. */
void expect_kind(const struct mapping *mapping, int sharing, const char *sentence);

#endif
