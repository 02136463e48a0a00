// SPDX-License-Identifier: MIT
/*
 * perform.h - the three allocators of lab 10 by number, for tests (heaplab/threads.h) and for the subject (perform.c).
 */
#ifndef PERFORM_H
#define PERFORM_H

#include "heaplab/fibres.h"

/* CLASS_CROWD is as CLASS_LOCKS, but each block stands for CROWD of them; CACHE_CROWD is as THREAD_CACHES, but each
 * block stands for SMALL_CROWD of them. Only one such block at a time. */
enum { ONE_LOCK, CLASS_LOCKS, THREAD_CACHES, CLASS_CROWD, CACHE_CROWD };
enum { CROWD = 4200, SMALL_CROWD = 480 };

#endif
