// SPDX-License-Identifier: MIT
/*
 * subject.c - what fuzz.sh runs: the functions of lab 05, which write random bytes to the channel's page, the inputs, the heap
 * and their own replies.
 */
#include "header_alloc.h"
#include "wire/channel.h"

#include <sys/syscall.h>

static uint64_t seed;

static long ask_kernel(long number, long a, long b, long c)
{
    long result;
    register long r10 __asm__("r10") = 0;
    __asm__ volatile("syscall" : "=a"(result) : "a"(number), "D"(a), "S"(b), "d"(c), "r"(r10) : "rcx", "r11", "memory");
    return result;
}

static uint64_t random_word(void)
{
    if (seed == 0)
        seed = (uint64_t)ask_kernel(SYS_getpid, 0, 0, 0) * 0x9e3779b97f4a7c15;
    seed ^= seed << 13;
    seed ^= seed >> 7;
    seed ^= seed << 17;
    return seed;
}

/* A small number, a large one, or an address that looks well. */
static uint64_t random_value(void)
{
    uint64_t word = random_word();
    switch (word % 5) {
    case 0:
        return word >> 32 & 15;
    case 1:
        return HEAP_ADDRESS + (word >> 40);
    case 2:
        return ~(word >> 60);
    case 3:
        return CHANNEL_ADDRESS + (word >> 42);
    default:
        return word;
    }
}

static void scribble(void)
{
    volatile unsigned char *page = (volatile unsigned char *)CHANNEL_ADDRESS;
    for (uint64_t i = 4 + random_word() % 60; i > 0; i--) {
        uint64_t at = random_word() % 8 == 0 ? random_word() % (SHARED_BYTES - 8) : 8 + random_word() % 440;
        *(volatile uint64_t *)(page + at / 8 * 8) = random_value();
    }
}

/* A message of its own making, in the middle of a call. */
static void forge(void)
{
    struct channel *channel = (struct channel *)CHANNEL_ADDRESS;
    channel->say = (uint32_t)(random_word() % 8);
    channel->request = (uint32_t)(random_word() % 12);
    for (int i = 0; i < MOST_WORDS; i++)
        channel->words[i] = random_value();
    channel->turn = (uint32_t)(random_word() % 4);
    ask_kernel(SYS_futex, CHANNEL_ADDRESS, 1, 1);
}

static uint64_t anything(void)
{
    scribble();
    if (random_word() % 3 == 0)
        forge();
    scribble();
    return random_value();
}

struct header *mm_header(void *payload)
{
    (void)payload;
    return (struct header *)(uintptr_t)anything();
}

void *mm_payload(struct header *header)
{
    (void)header;
    return (void *)(uintptr_t)anything();
}

struct header *mm_first(void)
{
    return (struct header *)(uintptr_t)anything();
}

struct header *mm_next(struct header *header)
{
    (void)header;
    return (struct header *)(uintptr_t)anything();
}

void *mm_malloc(size_t size)
{
    (void)size;
    return (void *)(uintptr_t)anything();
}

void mm_free(void *payload)
{
    (void)payload;
    anything();
}

void mm_count(struct mm_counts *counts)
{
    (void)counts;
    anything();
}
