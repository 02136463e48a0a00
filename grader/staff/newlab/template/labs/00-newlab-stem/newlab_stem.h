// SPDX-License-Identifier: MIT
/*
 * newlab_stem.h - the contract of this lab: what each function promises. Complete newlab_stem.c, nothing else.
 */
#ifndef NEWLAB_STEM_H
#define NEWLAB_STEM_H

/* TEXT twice, one behind the other, in a block from malloc: twice("ab") is "abab". The caller frees it; TEXT stays the
 * caller's and unchanged. Returns NULL if there is no memory. */
char *twice(const char *text);

#endif
