// SPDX-License-Identifier: MIT
/*
 * common.c - what several files of lab 02's tests share (common.h).
 */
#include "common.h"

#include "room.h"
#include "sizes.h"

void expect_reason(int error, const char *reason)
{
    expect_errno(error, "NULL alone does not say why: %s", reason);
}

void expect_recording_room(const void *recording, size_t count, const char *call)
{
    const size_t each = sizeof(short), fixed = sizeof(struct recording);
    const size_t least = offsetof(struct recording, samples) + count * each;
    const struct guess guesses[] = {{sizeof(struct recording *), "the size of one pointer"},
                                    {fixed, "the struct alone, without a single sample"},
                                    {count * each, "the samples alone, without the struct"},
                                    {fixed + count, "the struct, and one byte for each sample"},
                                    {fixed + each, "the struct and one sample"},
                                    {fixed + (count + 1) * each, "the struct, the samples, and one more sample"},
                                    {fixed + 2 * count * each, "the struct, and the samples twice"},
                                    {count * fixed, "a whole struct for each sample"},
                                    {(count + 1) * fixed, "the struct, and a whole struct for each sample"},
                                    {count * (fixed + each), "a whole struct for each sample, and the samples"},
                                    NO_GUESS};
    expect_room(recording, least, fixed + count * each, guesses,
                "%s should ask once for the struct (%zu bytes) and once for the bytes of its %zu samples", call, fixed,
                count);
}
