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

/* Where images go: the bytes up to END, of which USED are. */
struct room {
    unsigned char *start;
    uint32_t used, end;
};

static void append(const void *bytes, unsigned n, void *argument)
{
    struct room *room = argument;
    if (room->used > room->end || n > room->end - room->used)
        return;
    if (room->start)
        memcpy(room->start + room->used, bytes, n);
    room->used += n;
}

/* Only value profiles ask for memory; line and branch counters never do. */
static void *allocate_nothing(unsigned n, void *argument)
{
    (void)n;
    (void)argument;
    return NULL;
}

static void write_to(struct room *room)
{
    if (!__gcov_info_to_gcda)
        return;
    for (const struct gcov_info *const *info = __start_heaplab_counters; info < __stop_heaplab_counters; info++)
        __gcov_info_to_gcda(*info, skip_name, append, allocate_nothing, room);
}

/* A forked child's counters are its own, and begin with what its parent's were. Children may run at the same time, so
 * each measures what it needs, takes that much room, and writes there. */
static void write_childs_counters(void)
{
    struct room room = {.end = CHILDREN_ROOM};
    write_to(&room);
    uint32_t need = room.used;
    uint32_t start = atomic_fetch_add(&channel->children_bytes, need);
    if (start > CHILDREN_ROOM || need > CHILDREN_ROOM - start)
        return;
    room = (struct room){.start = (unsigned char *)channel + CHILDREN_OFFSET, .used = start, .end = start + need};
    write_to(&room);
}

void write_counters(void)
{
    struct room room = {.start = (unsigned char *)channel + COVERAGE_OFFSET, .end = COVERAGE_ROOM};
    if (in_child) {
        write_childs_counters();
        return;
    }
    channel->coverage_bytes = 0;
    write_to(&room);
    channel->coverage_bytes = room.used;
}
