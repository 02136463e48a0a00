// SPDX-License-Identifier: MIT
/* config.h - a course's numbers, as its driver reads them. Written for the tests of heaplab import. */
#ifndef CONFIG_H
#define CONFIG_H

/* Without -f, the driver runs these. */
#define DEFAULT_TRACEFILES \
    "queue.rep", "stack.rep", "mixed.rep", \
    "growing.rep"

#define TRACE_FOLDER "traces/"
#define KB (1 << 10)
#define MAX_HEAP (8 * KB * KB) /* 8 MB */
#define ALIGNMENT 8

/* The grade: so much of it is for utilization, and the rest for speed. */
#define UTIL_WEIGHT .70
#define AVG_LIBC_THRUPUT 800E3

#endif
