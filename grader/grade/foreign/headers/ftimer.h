// SPDX-License-Identifier: MIT
/*
 * ftimer.h - for heaplab replay: an allocator includes it, and needs nothing of it.
 */
#ifndef FTIMER_H
#define FTIMER_H

#endif
