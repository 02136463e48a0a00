// SPDX-License-Identifier: MIT
/*
 * newlab_stem.h - the contract of this lab: what each function promises. Complete newlab_stem.c
 * and no other file.
 */
#ifndef NEWLAB_STEM_H
#define NEWLAB_STEM_H

/* Returns TEXT twice in a row, in a block from malloc: twice("ab") is "abab". The caller frees the
 * block. TEXT stays the caller's and does not change. Returns NULL if there is no memory. */
char *twice(const char *text);

#endif
