// SPDX-License-Identifier: MIT
/*
 * mm.c - your allocator. The contract is in mm.h. The design is yours; describe it here, before the
 * code: what a block looks like, how a free one is found, and which rules always hold.
 */
#include "mm.h"
#include "memlib.h"

#include <errno.h>
#include <stdint.h>
#include <string.h>

#ifdef SOLUTION
/*
 * Segregated fits: free blocks are kept in bins by size. A search starts in the bin of the
 * requested size and goes on to larger ones. So it finds a block that fits closely without passing
 * many that do not fit.
 *
 *     mem_heap_lo()                                                                the break
 *     |                                                                            |
 *     v                                                                            v
 *     +-----+-----+----------------+-----+------+------+-------+--------+----------+
 *     | pad | tag | payload        | tag | next | prev |       | footer | last tag |
 *     +-----+-----+----------------+-----+------+------+-------+--------+----------+
 *        8     8                      8     8      8              8         8 bytes
 *           |<----- used block --->|<---------- free block ------------>|
 *
 * A used block has no overhead but its tag, a header. The tag holds the block's size, a multiple of
 * 16, and uses two of the spare low bits as flags: the block is used, and the block *before* it is
 * used. mm_free needs the previous block only if that block is free; so only free blocks carry a
 * footer, in their unused payload.
 *
 * The last tag, an epilogue, is the tag of a used block of size 0. Thanks to it, no function has to
 * test for the last block. When the heap grows, the last tag becomes the tag of a new block. If the
 * last block is free, the heap grows only by what that block is short of.
 *
 * Bins: 30 bins for a single size each (32, 48, ..., 496), then two for each power of two (512 to
 * 767, 768 to 1023, ...); the last one takes everything larger. A word has a bit for each bin that
 * is not empty: counting its trailing zeros finds the next bin worth searching. In a wide bin, the
 * search takes the best of the first few blocks, because looking at all of them could take any
 * amount of time.
 *
 * Small requests are cut from the front of a free block and large ones from its end, so that blocks
 * of similar sizes lie together and coalesce when they are freed. For a large request the heap
 * grows by at least a page, to leave a front for small ones.
 *
 * Between calls the following rules hold, and mm_checkheap checks each of them:
 *
 *   blocks  They lie back to back from the first tag to the last. Sizes are multiples of 16, and at
 *           least 32.
 *   tags    PREV_USED is right about the previous block. A free block's footer holds its size. No
 *           two free blocks touch.
 *   bins    Every free block is in the bin of its size exactly once, and nothing else is in a bin.
 *           If a->next is b, then b->prev is a; the prev of a bin's first block is NULL.
 *   bits    A bin's bit is set if and only if the bin is not empty.
 *
 * Within a call a block may be *loose*: it is in no bin, and only the size and PREV_USED in its tag
 * are valid.
 */

#endif
team_t team = {.teamname = "nameless"}; /* the name on the leaderboard */

#ifdef SOLUTION
/*** Blocks ***/

struct block {
    size_t tag;                /* size | USED | PREV_USED */
    struct block *next, *prev; /* of a free block: its neighbours in the bin, or NULL */
};

enum { TAG = sizeof(size_t), MIN_BLOCK = 32, LARGE_BLOCK = 400, PAGE = 4096 };
static const size_t USED = 1, PREV_USED = 2;
_Static_assert(sizeof(struct block) + TAG <= MIN_BLOCK,
               "the links and the footer of a free block have room");

static struct block *block_of(void *payload)
{
    return (struct block *)((size_t *)payload - 1);
}

static size_t block_bytes(const struct block *block)
{
    return block->tag / MM_ALIGNMENT * MM_ALIGNMENT;
}

static bool is_used(const struct block *block)
{
    return block->tag & USED;
}

static bool is_prev_used(const struct block *block)
{
    return block->tag & PREV_USED;
}

/* The block that starts BYTES after the start of BLOCK. */
static struct block *block_after(struct block *block, size_t bytes)
{
    return (struct block *)(void *)((char *)block + bytes);
}

static struct block *next_block(struct block *block)
{
    return block_after(block, block_bytes(block));
}

/* The footer of the block before BLOCK, which is free. */
static size_t *footer_before(struct block *block)
{
    return &block->tag - 1;
}

static struct block *prev_block(struct block *block)
{
    return (struct block *)(void *)((char *)block - *footer_before(block));
}

/* Bytes from FROM up to TO. If TO lies below FROM, the number wraps around and is larger than any
 * heap. */
static size_t bytes_between(const struct block *from, const struct block *to)
{
    return (uintptr_t)to - (uintptr_t)from;
}

/* The size of the smallest block with room for SIZE bytes. For the largest SIZEs, where the sum
 * would wrap around, it returns a size that mem_sbrk always refuses. */
static size_t bytes_for(size_t size)
{
    if (size > PTRDIFF_MAX - 2 * MM_ALIGNMENT)
        return PTRDIFF_MAX / MM_ALIGNMENT * MM_ALIGNMENT;
    size_t bytes = (size + TAG + MM_ALIGNMENT - 1) / MM_ALIGNMENT * MM_ALIGNMENT;
    return bytes < MIN_BLOCK ? MIN_BLOCK : bytes;
}

/*** Bins ***/

enum {
    BINS = 64,
    EXACT_BINS = 32,
    EXACT_LIMIT_LOG = 9,
    EXACT_LIMIT = 1 << EXACT_LIMIT_LOG,
    LOOKED_AT = 8
};

static struct {
    struct block *first[BINS];
    uint64_t occupied; /* bit i: bin i is not empty */
} bins;
static struct block *first_block, *last_tag;

static unsigned bin_of(size_t size)
{
    if (size < EXACT_LIMIT)
        return (unsigned)(size / MM_ALIGNMENT);
    unsigned log = 63 - (unsigned)__builtin_clzll(size);
    size_t bin = EXACT_BINS + 2 * (log - EXACT_LIMIT_LOG) + (size >> (log - 1) & 1);
    return bin < BINS ? (unsigned)bin : BINS - 1;
}

static void list_block(struct block *block)
{
    unsigned bin = bin_of(block_bytes(block));
    block->next = bins.first[bin];
    block->prev = NULL;
    if (block->next != NULL)
        block->next->prev = block;
    bins.first[bin] = block;
    bins.occupied |= UINT64_C(1) << bin;
}

static void unlist_block(struct block *block)
{
    if (block->next != NULL)
        block->next->prev = block->prev;
    if (block->prev != NULL) {
        block->prev->next = block->next;
        return;
    }
    unsigned bin = bin_of(block_bytes(block));
    bins.first[bin] = block->next;
    if (block->next == NULL)
        bins.occupied &= ~(UINT64_C(1) << bin);
}

/* The smallest block of at least SIZE bytes among the first LOOKED_AT in BIN; NULL if there is
 * none. */
static struct block *best_of(unsigned bin, size_t size)
{
    struct block *best = NULL;
    struct block *block = bins.first[bin];
    for (int i = 0; i < LOOKED_AT && block != NULL; i++, block = block->next)
        if (block_bytes(block) >= size && (best == NULL || block_bytes(block) < block_bytes(best)))
            best = block;
    return best;
}

/* Takes a block of at least SIZE bytes out of the lowest bin that has one, and returns it, loose;
 * NULL if there is none. Each turn of the loop clears the lowest bit. */
static struct block *find(size_t size)
{
    unsigned bin = bin_of(size);
    for (uint64_t bits = bins.occupied >> bin << bin; bits != 0; bits &= bits - 1) {
        bin = (unsigned)__builtin_ctzll(bits);
        struct block *block = bin < EXACT_BINS ? bins.first[bin] : best_of(bin, size);
        if (block != NULL) {
            unlist_block(block);
            return block;
        }
    }
    return NULL;
}

/*** Taking and releasing blocks ***/

/* Makes BLOCK, which is loose, a free block, coalesced with its free neighbours. */
static void release(struct block *block)
{
    size_t size = block_bytes(block);
    struct block *next = next_block(block);
    if (!is_used(next)) {
        unlist_block(next);
        size += block_bytes(next);
        next = next_block(next);
    }
    if (!is_prev_used(block)) {
        block = prev_block(block);
        unlist_block(block);
        size += block_bytes(block);
    }
    block->tag = size | PREV_USED;
    *footer_before(next) = size;
    next->tag &= ~PREV_USED;
    list_block(block);
}

/* Makes a used block of the first SIZE of the ROOM bytes at BLOCK, which is loose. The remainder
 * becomes a free block if it is large enough for one. */
static void take(struct block *block, size_t room, size_t size)
{
    size_t remainder = room - size;
    if (remainder < MIN_BLOCK)
        size = room;
    block->tag = size | USED | (block->tag & PREV_USED);
    struct block *next = next_block(block);
    if (remainder < MIN_BLOCK) {
        next->tag |= PREV_USED;
    } else {
        next->tag = remainder | PREV_USED;
        release(next);
    }
}

/* Returns the last SIZE bytes of BLOCK, which is loose, as a loose block. The bytes before them
 * become a free block if there are enough; otherwise returns the whole of BLOCK. */
static struct block *keep_end(struct block *block, size_t size)
{
    size_t remainder = block_bytes(block) - size;
    if (remainder < MIN_BLOCK)
        return block;
    struct block *end = block_after(block, remainder);
    end->tag = size | USED; /* so that release does not merge it */
    block->tag = remainder | PREV_USED;
    release(block);
    return end;
}

/* Grows the heap by BYTES and puts a new last tag at its end. Returns false, with errno ENOMEM, if
 * there is no memory. */
static bool move_break(size_t bytes)
{
    if (mem_sbrk((intptr_t)bytes) == MEM_SBRK_FAILED)
        return false;
    last_tag = block_after(last_tag, bytes);
    last_tag->tag = USED;
    return true;
}

/* Returns a loose block of at least SIZE bytes at the end of the heap: the last block, made large
 * enough, if it is free; otherwise a new one. Returns NULL, with errno ENOMEM, if there is no
 * memory. */
static struct block *grow(size_t size)
{
    struct block *block = is_prev_used(last_tag) ? last_tag : prev_block(last_tag);
    size_t room = block_bytes(block);
    size_t more = 0;
    if (room < size) {
        more = size - room;
        if (size >= LARGE_BLOCK && more < PAGE && move_break(PAGE))
            more = PAGE;
        else if (!move_break(more))
            return NULL;
    }
    if (room != 0)
        unlist_block(block);
    block->tag = (room + more) | (block->tag & PREV_USED);
    return block;
}

/* Makes BLOCK, which is used, SIZE bytes long in place: with the next block if that is free, with
 * new memory at the end of the heap, or with both. If that is not enough, returns false and changes
 * nothing. */
static bool extend(struct block *block, size_t size)
{
    struct block *next = next_block(block);
    size_t room = block_bytes(block) + (is_used(next) ? 0 : block_bytes(next));
    if (room < size && block_after(block, room) == last_tag && move_break(size - room))
        room = size;
    if (room < size)
        return false;
    if (!is_used(next))
        unlist_block(next);
    take(block, room, size);
    return true;
}

/*** Checking ***/

/* Checks the rules for blocks and tags, and counts the free blocks. It steps on only from a block
 * whose size is sound, so it always ends. */
static bool check_blocks(size_t *free_blocks)
{
    size_t prev_used = PREV_USED;
    struct block *block = first_block;
    for (*free_blocks = 0; block != last_tag; block = next_block(block)) {
        size_t size = block_bytes(block), used = block->tag & USED;
        if (block->tag != (size | used | prev_used) || size < MIN_BLOCK ||
            size > bytes_between(block, last_tag))
            return false;
        if (!used && (!prev_used || *footer_before(next_block(block)) != size))
            return false;
        *free_blocks += !used;
        prev_used = used ? PREV_USED : 0;
    }
    return block->tag == (USED | prev_used);
}

/* Checks the rules for BIN and its bit, and adds its blocks to *LISTED. A damaged link may lead
 * anywhere, so each link is checked before it is followed. A cycle cannot go unnoticed: the block
 * that closes it would need two predecessors, and prev names only one. */
static bool check_bin(unsigned bin, size_t *listed)
{
    const struct block *prev = NULL;
    for (const struct block *block = bins.first[bin]; block != NULL;
         prev = block, block = block->next) {
        size_t offset = bytes_between(first_block, block);
        if (offset >= bytes_between(first_block, last_tag) || offset % MM_ALIGNMENT != 0 ||
            is_used(block))
            return false;
        if (block->prev != prev || bin_of(block_bytes(block)) != bin)
            return false;
        ++*listed;
    }
    return (prev != NULL) == (bins.occupied >> bin & 1);
}

#endif
bool mm_checkheap(int line)
{
    (void)line;
#ifdef SOLUTION
    size_t free_blocks, listed = 0;
    if (bytes_between(first_block, last_tag) != mem_heapsize() - 2 * TAG ||
        !check_blocks(&free_blocks))
        return false;
    for (unsigned bin = 0; bin < BINS; bin++)
        if (!check_bin(bin, &listed))
            return false;
    return listed == free_blocks;
#else
    return false;
#endif
}

/*** The interface ***/

bool mm_init(void)
{
#ifdef SOLUTION
    memset(&bins, 0, sizeof bins);
    struct block *start = mem_sbrk(2 * TAG);
    if (start == MEM_SBRK_FAILED)
        return false;
    first_block = last_tag = block_after(start, TAG);
    last_tag->tag = USED | PREV_USED;
    return true;
#else
    return false;
#endif
}

void *mm_malloc(size_t size)
{
#ifdef SOLUTION
    size_t bytes = bytes_for(size);
    struct block *block = find(bytes);
    if (block == NULL)
        block = grow(bytes);
    if (block == NULL)
        return NULL;
    if (bytes >= LARGE_BLOCK)
        block = keep_end(block, bytes);
    take(block, block_bytes(block), bytes);
    return &block->next; /* the payload starts where a free block keeps its links */
#else
    (void)size;
    return NULL;
#endif
}

void mm_free(void *payload)
{
#ifdef SOLUTION
    if (payload != NULL)
        release(block_of(payload));
#else
    (void)payload;
#endif
}

#ifdef SOLUTION
/* The last resort: moves PAYLOAD to another block, with room for SIZE bytes. */
static void *move(void *payload, size_t size)
{
    void *moved = mm_malloc(size);
    if (moved != NULL) {
        memcpy(moved, payload, block_bytes(block_of(payload)) - TAG);
        mm_free(payload);
    }
    return moved;
}

#endif
void *mm_realloc(void *payload, size_t size)
{
#ifdef SOLUTION
    if (payload == NULL)
        return mm_malloc(size);
    if (size == 0) {
        mm_free(payload);
        return NULL;
    }
    struct block *block = block_of(payload);
    size_t bytes = bytes_for(size);
    if (bytes <= block_bytes(block))
        take(block, block_bytes(block), bytes);
    else if (!extend(block, bytes))
        return move(payload, size);
    return payload;
#else
    (void)payload;
    (void)size;
    return NULL;
#endif
}

void *mm_calloc(size_t count, size_t size)
{
#ifdef SOLUTION
    if (size != 0 && count > SIZE_MAX / size) {
        errno = ENOMEM;
        return NULL;
    }
    void *payload = mm_malloc(count * size);
    return payload != NULL ? memset(payload, 0, count * size) : NULL;
#else
    (void)count;
    (void)size;
    return NULL;
#endif
}
