// SPDX-License-Identifier: MIT
/*
 * contracts.h - for heaplab replay: what a function requires and ensures, checked if DEBUG is defined.
 */
#ifndef CONTRACTS_H
#define CONTRACTS_H

#include <assert.h>

#ifdef DEBUG
#define ASSERT(condition) assert(condition)
#define REQUIRES(condition) assert(condition)
#define ENSURES(condition) assert(condition)
#else
#define ASSERT(condition) ((void)0)
#define REQUIRES(condition) ((void)0)
#define ENSURES(condition) ((void)0)
#endif

#endif
