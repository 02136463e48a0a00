// SPDX-License-Identifier: MIT
/*
 * stat.h - for heaplab replay: a teaching kernel's header that an allocator includes, and needs nothing of.
 */
#ifndef KERNEL_STAT_H
#define KERNEL_STAT_H

struct stat;

#endif
