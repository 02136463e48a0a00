// SPDX-License-Identifier: MIT
/*
 * system.c - the log of watched system calls, and the subject's own memory (heaplab/system.h).
 */
#include "judge/judge.h"
#include "judge/lib/mode.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

enum { MOST_CALLS = 65536, ARGUMENTS = 6, KINDS = SYSTEM_WAIT + 1, COPY_BYTES = 65536 };

/* The log of the running test. Each test runs in a process of its own, so nothing has to be reset. */
static struct system_call *entries;
static size_t entry_count;
static size_t refusals;
static size_t made[KINDS];      /* calls of each kind since the start of the test */
static size_t refuse_at[KINDS]; /* 0: none; otherwise the count at which to refuse */
static size_t forgotten[KINDS]; /* calls before system_forget */
static bool open_entry;         /* the last entry's result is still to come */

/* A copy of a part of the subject's memory, made anew by each function that uses it. */
static unsigned char bytes[COPY_BYTES];

/* --- up-calls --- */

static struct system_call *enter_call(enum system_kind kind, const uint64_t *arguments)
{
    if (!entries)
        entries = calloc(MOST_CALLS, sizeof *entries);
    if (!entries)
        fault("no memory for the log of system calls");
    if (entry_count == MOST_CALLS)
        end_test(STATUS_MISUSED, NULL, NULL, "%s made more than %d system calls", story_last_call(), MOST_CALLS);
    struct system_call *entry = &entries[entry_count++];
    *entry = (struct system_call){.kind = kind};
    memcpy(entry->arguments, arguments, sizeof entry->arguments);
    return entry;
}

uint64_t system_ask(uint32_t kind, const uint64_t *arguments)
{
    if (kind >= KINDS)
        end_test(STATUS_MISUSED, NULL, NULL, "%s disturbed the way requests are made", story_last_call());
    struct system_call *entry = enter_call((enum system_kind)kind, arguments);
    bool only_asks = kind == SYSTEM_SBRK && arguments[0] == 0; /* sbrk(0) moves nothing, so no system would refuse it */
    if (!only_asks)
        made[kind]++;
    entry->refused = !only_asks && made[kind] == refuse_at[kind];
    open_entry = !entry->refused;
    if (!entry->refused)
        return 0;
    refusals++;
    entry->result = -1;
    entry->error = kind == SYSTEM_FORK ? EAGAIN : ENOMEM;
    errno = entry->error;
    return 1;
}

size_t system_refusals(void)
{
    return refusals;
}

void system_end(int64_t result, int error)
{
    if (!open_entry)
        return;
    open_entry = false;
    entries[entry_count - 1].result = result;
    entries[entry_count - 1].error = error;
}

/* --- reading the log --- */

bool system_used(void)
{
    return entries != NULL;
}

size_t system_calls(void)
{
    return entry_count;
}

bool system_call_at(size_t index, struct system_call *call)
{
    if (index >= entry_count)
        return false;
    *call = entries[index];
    return true;
}

void system_forget(void)
{
    entry_count = 0;
    memcpy(forgotten, made, sizeof forgotten);
}

void system_refuse(enum system_kind kind, size_t k)
{
    refuse_at[kind] = k == 0 ? 0 : made[kind] + k;
}

/* --- the subject's memory --- */

/* Ends the test with the caller's sentence: the expectation is not met. */
#define END_AS_FAILED(expected, found, format)                                                                         \
    do {                                                                                                               \
        va_list arguments;                                                                                             \
        va_start(arguments, format);                                                                                   \
        end_test_va(STATUS_FAILED, expected, found, format, arguments);                                                \
    } while (0)

void expect_subject_readable(const void *address, size_t n, const char *format, ...)
{
    for (size_t done = 0; done < n;) {
        size_t part = n - done < sizeof bytes ? n - done : sizeof bytes;
        if (!the_mode->read_subject(bytes, (const unsigned char *)address + done, part))
            END_AS_FAILED("memory that can be read", "an address where nothing is mapped", format);
        done += part;
    }
}

/* The first of N bytes at ADDRESS that is not BYTE: its offset, or N; N + 1 if they cannot be read. */
static size_t first_other(const void *address, unsigned char byte, size_t n, unsigned char *is)
{
    for (size_t done = 0; done < n;) {
        size_t part = n - done < sizeof bytes ? n - done : sizeof bytes;
        if (!the_mode->read_subject(bytes, (const unsigned char *)address + done, part))
            return n + 1;
        for (size_t i = 0; i < part; i++)
            if (bytes[i] != byte) {
                *is = bytes[i];
                return done + i;
            }
        done += part;
    }
    return n;
}

void expect_subject_fill(const void *address, unsigned char byte, size_t n, const char *format, ...)
{
    char expected[VALUE_BYTES];
    char found[VALUE_BYTES];
    unsigned char is = 0;
    size_t at = first_other(address, byte, n, &is);
    if (at == n)
        return;
    if (at > n)
        END_AS_FAILED("memory that can be read", "an address where nothing is mapped", format);
    snprintf(expected, sizeof expected, "the byte 0x%02x at offset %zu", byte, at);
    snprintf(found, sizeof found, "0x%02x", is);
    END_AS_FAILED(expected, found, format);
}

void fill_subject(void *address, unsigned char byte, size_t n)
{
    memset(bytes, byte, sizeof bytes);
    tell("memset(%s, %u, %zu);", name_of(address), byte, n);
    for (size_t done = 0; done < n;) {
        size_t part = n - done < sizeof bytes ? n - done : sizeof bytes;
        if (!the_mode->write_subject((unsigned char *)address + done, bytes, part))
            fail_compare("memory that can be written", "an address where nothing can be written",
                         "the program should be able to write all %zu bytes that it was given", n);
        done += part;
    }
}
