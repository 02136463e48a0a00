// SPDX-License-Identifier: MIT
/*
 * param.h - for heaplab replay: a teaching kernel's header that an allocator includes, and needs nothing of.
 */
#ifndef KERNEL_PARAM_H
#define KERNEL_PARAM_H

#endif
