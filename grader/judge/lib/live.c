// SPDX-License-Identifier: MIT
/*
 * live.c - books of the blocks in use during a replay (live.h).
 *
 * The heap is taken in grains of LIVE_GRAIN bytes, and `owner` names the block that each belongs to. Payloads start at
 * grains, so two blocks share a byte exactly if they share a grain; one that encloses another is no special case.
 */
#include "judge/lib/live.h"
#include "judge/judge.h"

#include <stdlib.h>
#include <sys/mman.h>

enum {
    GRAINS = HEAP_BYTES / LIVE_GRAIN,
    NEAR_GRAINS = 64,   /* how far away a neighbour may be */
    NEAR_BYTES = 2048,  /* a larger neighbour is checked only when its turn comes */
    SHARE_BYTES = 1024, /* checked after each call, if not all can be */
    LEAST_SHARE = 64,   /* every block counts for at least this, so that the number of small ones is bounded, too */
    LANES = 4,
};

static const uint64_t step = 0x9e3779b97f4a7c15U; /* between two words of a pattern; odd, so that all differ */

/* The books of one replay; live_open starts new ones. */
static struct live_block *blocks; /* by id */
static uint32_t *in_use;          /* ids, in any order */
static uint32_t in_use_count;
static uint32_t cursor;  /* place in in_use that is next to be looked at */
static size_t cursor_at; /* from this offset on */
static uint32_t *owner;  /* by grain: id + 1 of the block there; 0 for none */
static uint32_t numbers; /* patterns used so far */
static struct live_totals totals;

void live_open(uint32_t ids)
{
    free(blocks);
    free(in_use);
    if (owner)
        munmap(owner, GRAINS * sizeof *owner);
    blocks = calloc((size_t)ids + 1, sizeof *blocks);
    in_use = calloc((size_t)ids + 1, sizeof *in_use);
    owner =
        mmap(NULL, GRAINS * sizeof *owner, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    if (!blocks || !in_use || owner == MAP_FAILED)
        fault("no memory for the books of %u blocks", ids);
    in_use_count = cursor = numbers = 0;
    cursor_at = 0;
    totals = (struct live_totals){0};
}

struct live_block *live_block(uint32_t id)
{
    return &blocks[id];
}

const uint32_t *live_ids(uint32_t *count)
{
    *count = in_use_count;
    return in_use;
}

const struct live_totals *live_totals(void)
{
    return &totals;
}

/* --- grains --- */

static size_t grain_of(const void *address)
{
    return ((uintptr_t)address - HEAP_ADDRESS) / LIVE_GRAIN;
}

static size_t grains_in(size_t bytes)
{
    return (bytes + LIVE_GRAIN - 1) / LIVE_GRAIN;
}

static void own(const void *payload, size_t size, uint32_t name)
{
    uint32_t *first = owner + grain_of(payload);
    for (size_t i = 0; i < grains_in(size); i++)
        first[i] = name;
}

int64_t live_in_the_way(const void *address, size_t n)
{
    const uint32_t *first = owner + grain_of(address);
    for (size_t i = 0; i < grains_in(n); i++)
        if (first[i] != 0)
            return (int64_t)first[i] - 1;
    return -1;
}

/* --- patterns --- */

static uint64_t first_word(uint32_t number)
{
    return (number + 1U) * 0xd1342543de82ef95U;
}

static unsigned char pattern_byte(uint32_t number, size_t offset)
{
    enum { BITS = 8 };
    uint64_t word = first_word(number) + step * (offset / sizeof word);
    unsigned char bytes[sizeof word];
    memcpy(bytes, &word, sizeof word);
    _Static_assert(BITS == sizeof word, "a word has as many bytes as a byte has bits");
    return bytes[offset % sizeof word];
}

static void write_pattern(const struct live_block *block, size_t from)
{
    size_t i = from;
    for (; i < block->size && i % sizeof(uint64_t) != 0; i++)
        block->payload[i] = pattern_byte(block->number, i);
    uint64_t word = first_word(block->number) + step * (i / sizeof word);
    for (; i + sizeof word <= block->size; i += sizeof word, word += step)
        memcpy(block->payload + i, &word, sizeof word);
    for (; i < block->size; i++)
        block->payload[i] = pattern_byte(block->number, i);
}

/* The bits that differ between N bytes, fewer than a word, and the first N of WORD. */
static uint64_t tail_difference(const unsigned char *bytes, size_t n, uint64_t word)
{
    uint64_t found = word;
    memcpy(&found, bytes, n);
    return found ^ word;
}

/* Are the N bytes the pattern that continues with WORD? Compares four words at a time, which the processor does in
 * parallel: this is where a replay spends its time. */
static bool all_words_are(const unsigned char *bytes, size_t n, uint64_t word)
{
    uint64_t wrong = 0;
    uint64_t found[LANES];
    for (; n >= sizeof found; n -= sizeof found, bytes += sizeof found, word += LANES * step) {
        memcpy(found, bytes, sizeof found);
        wrong |= (found[0] ^ word) | (found[1] ^ (word + step)) | (found[2] ^ (word + 2 * step)) |
                 (found[3] ^ (word + 3 * step));
    }
    for (; n >= sizeof word; n -= sizeof word, bytes += sizeof word, word += step) {
        memcpy(found, bytes, sizeof word);
        wrong |= found[0] ^ word;
    }
    return (wrong | tail_difference(bytes, n, word)) == 0;
}

/* The N bytes of a pattern that start at offset FROM, a multiple of a word. */
static bool part_holds(uint32_t number, const unsigned char *bytes, size_t from, size_t n, size_t *offset)
{
    if (all_words_are(bytes + from, n, first_word(number) + step * (from / sizeof(uint64_t))))
        return true;
    *offset = from;
    while (bytes[*offset] == pattern_byte(number, *offset))
        ++*offset;
    return false;
}

bool live_pattern_holds(uint32_t id, const void *address, size_t n, size_t *offset)
{
    return part_holds(blocks[id].number, address, 0, n, offset);
}

/* --- blocks --- */

void live_add(uint32_t id, void *payload, size_t size, size_t kept, uint32_t operation)
{
    struct live_block *block = &blocks[id];
    uint32_t number = kept > 0 ? block->number : numbers++;
    *block = (struct live_block){
        .payload = payload, .size = size, .number = number, .operation = operation, .place = in_use_count};
    in_use[in_use_count++] = id;
    own(payload, size, id + 1);
    write_pattern(block, kept);
    totals.bytes += size;
    totals.peak = totals.bytes > totals.peak ? totals.bytes : totals.peak;
    size_t end = (uintptr_t)payload - HEAP_ADDRESS + size;
    totals.end = end > totals.end ? end : totals.end;
}

void live_remove(uint32_t id)
{
    struct live_block *block = &blocks[id];
    uint32_t last = in_use[--in_use_count];
    in_use[block->place] = last;
    blocks[last].place = block->place;
    own(block->payload, block->size, 0);
    totals.bytes -= block->size;
    block->payload = NULL;
}

/* --- damage --- */

static bool is_damaged(uint32_t id, size_t *offset)
{
    return !live_pattern_holds(id, blocks[id].payload, blocks[id].size, offset);
}

int64_t live_find_damage(size_t *offset)
{
    for (uint32_t i = 0; i < in_use_count; i++)
        if (is_damaged(in_use[i], offset))
            return in_use[i];
    return -1;
}

/* The neighbour of the block at grain FROM in direction STEP_BY (1 or -1); -1 if none is near. */
static int64_t neighbour(size_t from, int step_by)
{
    uint32_t self = owner[from];
    size_t grain = from;
    for (unsigned i = 0; i < NEAR_GRAINS; i++) {
        if ((step_by < 0 && grain == 0) || (step_by > 0 && grain + 1 == GRAINS))
            return -1;
        grain = step_by < 0 ? grain - 1 : grain + 1;
        if (owner[grain] != 0 && owner[grain] != self)
            return (int64_t)owner[grain] - 1;
    }
    return -1;
}

static int64_t damaged_neighbour(const void *near, size_t *offset)
{
    static const int directions[] = {-1, 1};
    uint32_t self = owner[grain_of(near)];
    for (unsigned i = 0; i < sizeof directions / sizeof *directions; i++) {
        size_t from = grain_of(near);
        if (directions[i] > 0 && self != 0)
            from += grains_in(blocks[self - 1].size) - 1;
        int64_t id = neighbour(from, directions[i]);
        if (id >= 0 && blocks[id].size <= NEAR_BYTES && is_damaged((uint32_t)id, offset))
            return id;
    }
    return -1;
}

/* Checks the next part of a block whose turn it is. Returns what that counts for; *FOUND is the block's id if it is
 * damaged. */
static size_t look_at_next(int64_t *found, size_t *offset)
{
    if (cursor >= in_use_count || cursor_at >= blocks[in_use[cursor]].size) {
        cursor = cursor + 1 < in_use_count ? cursor + 1 : 0;
        cursor_at = 0;
    }
    uint32_t id = in_use[cursor];
    size_t rest = blocks[id].size - cursor_at;
    size_t n = rest < SHARE_BYTES ? rest : SHARE_BYTES;
    if (!part_holds(blocks[id].number, blocks[id].payload, cursor_at, n, offset))
        *found = id;
    cursor_at += SHARE_BYTES;
    return n > LEAST_SHARE ? n : LEAST_SHARE;
}

int64_t live_find_some_damage(const void *near, size_t *offset)
{
    int64_t found = near ? damaged_neighbour(near, offset) : -1;
    size_t looked = 0;
    for (uint32_t i = 0; found < 0 && i < in_use_count && looked < SHARE_BYTES; i++)
        looked += look_at_next(&found, offset);
    return found;
}
