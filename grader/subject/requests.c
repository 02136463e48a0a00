// SPDX-License-Identifier: MIT
/*
 * requests.c - what the student's code asks of its surroundings, sent to the judge (subject.h).
 *
 * malloc and friends replace the C library's own (glibc manual, "Replacing malloc"), so that strdup and the
 * like are seen by the judge as well. Before main has mapped the channel (the C library's start, constructors) they
 * come from a small store here, and are never taken back.
 */
#include "memlib.h"
#include "subject/subject.h"

#include <errno.h>
#include <stdbool.h>
#include <stdlib.h>
#include <valgrind/memcheck.h>

const bool asked_by_tests = false;

enum { EARLY_ALIGNMENT = 16 };

static size_t early_used;

static void *early_malloc(size_t size)
{
    if (size > EARLY_BYTES - early_used)
        return NULL;
    void *block = rooms()->early + early_used;
    size_t rest = size % EARLY_ALIGNMENT;
    early_used += rest ? size + EARLY_ALIGNMENT - rest : size;
    return block;
}

static bool is_early(const void *block)
{
    uintptr_t address = (uintptr_t)block;
    return address >= (uintptr_t)rooms()->early && address < (uintptr_t)rooms()->early + EARLY_BYTES;
}

static uint64_t cost_words(enum request kind, const uint64_t *words, unsigned n)
{
    int error = 0;
    uint64_t answer = cost_request(kind, words, n, &error);
    if (error != 0)
        errno = error;
    return answer;
}

uint64_t request_words(enum request kind, const uint64_t *words, unsigned n)
{
    if (cost_runs)
        return cost_words(kind, words, n);
    channel->request = kind;
    for (unsigned i = 0; i < n; i++)
        channel->words[i] = words[i];
    int before = errno; /* waiting changes it; the student's code must not notice */
    say_and_wait(SAY_REQUEST);
    errno = channel->answer_errno != 0 ? channel->answer_errno : before;
    return channel->answer;
}

static uint64_t request(enum request kind, uint64_t first, uint64_t second)
{
    const uint64_t words[] = {first, second};
    return request_words(kind, words, 2);
}

static void *pointer_of(uint64_t word)
{
    return (void *)(uintptr_t)word;
}

static uint64_t word_of(const void *pointer)
{
    return (uint64_t)(uintptr_t)pointer;
}

/* --- malloc and friends; where valgrind runs, it learns of every block --- */

enum { ZONE_BYTES = 32 };

static void *known_block(uint64_t word, size_t size, bool zeroed)
{
    void *block = pointer_of(word);
    if (block)
        VALGRIND_MALLOCLIKE_BLOCK(block, size, ZONE_BYTES, zeroed);
    return block;
}

void *malloc(size_t size)
{
    return channel ? known_block(request(REQUEST_MALLOC, size, 0), size, false) : early_malloc(size);
}

void *calloc(size_t count, size_t size)
{
    if (!channel)
        return size == 0 || count <= EARLY_BYTES / size ? early_malloc(count * size) : NULL;
    return known_block(request(REQUEST_CALLOC, count, size), count * size, true);
}

/* Which bytes of a block valgrind holds to be written moves along with them. */
static void move_definedness(unsigned char *to, unsigned char *from, size_t n)
{
    enum { PART = 256 };
    unsigned char bits[PART];
    for (size_t done = 0; RUNNING_ON_VALGRIND && done < n; done += PART) {
        size_t part = n - done < PART ? n - done : PART;
        (void)VALGRIND_GET_VBITS(from + done, bits, part);
        (void)VALGRIND_SET_VBITS(to + done, bits, part);
    }
}

void *realloc(void *old, size_t size)
{
    if (!channel || is_early(old))
        return old ? NULL : malloc(size);
    void *block = known_block(request(REQUEST_REALLOC, word_of(old), size), size, false);
    if (block && old) {
        move_definedness(block, old, (size_t)channel->answer_kept);
        VALGRIND_FREELIKE_BLOCK(old, ZONE_BYTES);
    }
    return block;
}

void free(void *old)
{
    if (!channel || is_early(old))
        return;
    request(REQUEST_FREE, word_of(old), 0);
    if (old)
        VALGRIND_FREELIKE_BLOCK(old, ZONE_BYTES);
}

void *aligned_alloc(size_t alignment, size_t size)
{
    return channel ? known_block(request(REQUEST_ALIGNED, alignment, size), size, false) : NULL;
}

void *memalign(size_t alignment, size_t size)
{
    return aligned_alloc(alignment, size);
}

int posix_memalign(void **block, size_t alignment, size_t size)
{
    void *found = aligned_alloc(alignment, size);
    if (!found)
        return ENOMEM;
    *block = found;
    return 0;
}

void *mem_sbrk(intptr_t increment)
{
    if (increment == 0)
        return pointer_of(HEAP_ADDRESS + mem_heapsize());
    uint64_t old = channel ? request(REQUEST_SBRK, (uint64_t)increment, 0) : 0;
    return old ? pointer_of(old) : MEM_SBRK_FAILED;
}

void *mem_heap_lo(void)
{
    return pointer_of(HEAP_ADDRESS);
}

void *mem_heap_hi(void)
{
    return pointer_of(HEAP_ADDRESS + mem_heapsize() - 1);
}

size_t mem_heapsize(void)
{
    return channel ? (size_t)channel->heap_bytes : 0;
}

size_t mem_pagesize(void)
{
    enum { PAGE = 4096 };
    return PAGE;
}

void mm_report(enum mm_misuse kind, const void *pointer)
{
    if (channel)
        request(REQUEST_REPORT, kind, word_of(pointer));
}
