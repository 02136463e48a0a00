// SPDX-License-Identifier: MIT
/*
 * fsecs.h - for heaplab replay: an allocator includes it, and needs nothing of it.
 */
#ifndef FSECS_H
#define FSECS_H

#endif
