// SPDX-License-Identifier: MIT
/*
 * counters.c - coverage counters written to the channel, in the .gcda format, without a file (subject.h).
 *
 * GCC's -fprofile-info-section=heaplab_counters puts a pointer to each object's counters into a section of that name;
 * __gcov_info_to_gcda serializes one (GCC manual, "Profiling and Test Coverage in Freestanding Environments"). Only the
 * student's code is compiled this way, one object for each file; their images follow each other.
 */
#include "subject/subject.h"

#include <string.h>

struct gcov_info;

/* from <gcov.h>, which a plain C library build of this file may lack */
extern void __gcov_info_to_gcda(const struct gcov_info *info, void (*filename)(const char *name, void *argument),
                                void (*dump)(const void *bytes, unsigned n, void *argument),
                                void *(*allocate)(unsigned n, void *argument), void *argument) __attribute__((weak));

extern const struct gcov_info *const __start_heaplab_counters[] __attribute__((weak));
extern const struct gcov_info *const __stop_heaplab_counters[] __attribute__((weak));

static void skip_name(const char *name, void *argument)
{
    (void)name;
    (void)argument;
}

static void append(const void *bytes, unsigned n, void *argument)
{
    unsigned char *room = (unsigned char *)channel + COVERAGE_OFFSET;
    uint32_t used = channel->coverage_bytes;
    (void)argument;
    if (used > COVERAGE_ROOM || n > COVERAGE_ROOM - used)
        return;
    memcpy(room + used, bytes, n);
    channel->coverage_bytes = used + n;
}

/* Only value profiles ask for memory; line and branch counters never do. */
static void *allocate_nothing(unsigned n, void *argument)
{
    (void)n;
    (void)argument;
    return NULL;
}

void write_counters(void)
{
    channel->coverage_bytes = 0;
    if (!__gcov_info_to_gcda)
        return;
    for (const struct gcov_info *const *info = __start_heaplab_counters; info < __stop_heaplab_counters; info++)
        __gcov_info_to_gcda(*info, skip_name, append, allocate_nothing, NULL);
}
