// SPDX-License-Identifier: MIT
/*
 * clock.h - for heaplab replay: an allocator includes it, and needs nothing of it.
 */
#ifndef CLOCK_H
#define CLOCK_H

#endif
