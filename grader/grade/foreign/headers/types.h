// SPDX-License-Identifier: MIT
/* types.h - for heaplab replay: the same without a folder. */
#include "kernel/types.h"
