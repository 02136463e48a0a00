// SPDX-License-Identifier: MIT
/*
 * perform.h - the three allocators of lab 10 by number, for tests (heaplab/threads.h) and for the subject (perform.c).
 */
#ifndef PERFORM_H
#define PERFORM_H

#include "heaplab/fibres.h"

/* CLASS_CROWD is as CLASS_LOCKS, but each block stands for CROWD of them. Only one at a time. */
enum { ONE_LOCK, CLASS_LOCKS, THREAD_CACHES, CLASS_CROWD };
enum { CROWD = 4200 };

#endif
