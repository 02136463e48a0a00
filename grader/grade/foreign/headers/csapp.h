// SPDX-License-Identifier: MIT
/*
 * csapp.h - for heaplab replay: the C library's headers that this one includes, and how its functions report errors.
 */
#ifndef CSAPP_H
#define CSAPP_H

#include <ctype.h>
#include <errno.h>
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/types.h>
#include <unistd.h>

static inline void app_error(const char *message)
{
    fprintf(stderr, "%s\n", message);
    exit(0);
}

static inline void unix_error(const char *message)
{
    perror(message);
    exit(0);
}

#endif
