// SPDX-License-Identifier: MIT
/*
 * config.h - for heaplab replay: the constants of the driver that allocators use.
 */
#ifndef CONFIG_H
#define CONFIG_H

#ifndef ALIGNMENT
#define ALIGNMENT HEAPLAB_ALIGNMENT
#endif
#ifndef MAX_HEAP
#define MAX_HEAP HEAPLAB_MAX_HEAP
#endif
#ifndef MAX_HEAP_SIZE
#define MAX_HEAP_SIZE MAX_HEAP
#endif

#endif
