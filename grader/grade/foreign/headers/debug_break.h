// SPDX-License-Identifier: MIT
/*
 * debug_break.h - for heaplab replay: where a debugger would stop, nothing happens.
 */
#ifndef DEBUG_BREAK_H
#define DEBUG_BREAK_H

#define breakpoint() ((void)0)
#define debug_break() ((void)0)

#endif
