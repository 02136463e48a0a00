// SPDX-License-Identifier: MIT
/* stat.h - for heaplab replay: the same without a folder. */
#include "kernel/stat.h"
