// SPDX-License-Identifier: MIT
/* user.h - for heaplab replay: the same without a folder. */
#include "user/user.h"
