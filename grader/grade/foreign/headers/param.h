// SPDX-License-Identifier: MIT
/* param.h - for heaplab replay: the same without a folder. */
#include "kernel/param.h"
