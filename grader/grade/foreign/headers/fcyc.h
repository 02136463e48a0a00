// SPDX-License-Identifier: MIT
/*
 * fcyc.h - for heaplab replay: an allocator includes it, and needs nothing of it.
 */
#ifndef FCYC_H
#define FCYC_H

#endif
