// SPDX-License-Identifier: MIT
/*
 * perform.h - the three allocators of lab 10 by number, for tests (heaplab/threads.h) and for the subject (perform.c).
 */
#ifndef PERFORM_H
#define PERFORM_H

#include "heaplab/fibres.h"

enum { ONE_LOCK, CLASS_LOCKS, THREAD_CACHES };

#endif
