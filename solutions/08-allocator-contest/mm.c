// SPDX-License-Identifier: MIT
/*
 * mm.c - your allocator. The contract is in mm.h. The design is yours; tell it here, before the code: what a block
 * looks like, how a free one is found, and what always holds.
 */
#include "mm.h"
#include "memlib.h"

#include <stdint.h>
#include <string.h>

#ifdef SOLUTION
/*
 * Segregated fits: free blocks are kept in bins by size. A request looks in the bin of its own size, then in larger
 * ones, and so finds a block that fits closely without passing many that do not.
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
 * A used block costs its tag, a header, and no more. The tag holds the block's size, a multiple of 16, and in two of
 * the bits that this leaves, whether the block is used and whether the one *before* it is. Who frees a block has to
 * find the one before only to coalesce with it. So only free blocks have a footer, in a payload that is nobody's.
 *
 * The last tag, an epilogue, is that of a used block of size 0. It spares all functions the question whether a block is
 * the last one. When the heap grows, by what its last block is short of, it becomes the tag of a new block.
 *
 * Bins: 30 for a single size each (32, 48, ..., 496), then two for each power of two (512 to 767, 768 to 1023, ...);
 * the last one takes all that is larger. A word has a bit for each bin that is not empty: counting its zeros finds the
 * next bin worth a look. In a wide bin the best of the first few blocks is taken: to look at all could take any time.
 *
 * Small requests are split off the front of a block and large ones off its end, so that like lies beside like, and
 * what is freed together coalesces. For a large one the heap grows by a page at least, to leave small ones a front.
 *
 * Between calls these rules hold; mm_checkheap looks at each:
 *
 *   blocks  They lie back to back from the first tag to the last. Sizes are multiples of 16, and 32 at least.
 *   tags    PREV_USED is right about the block before. A free block's footer holds its size. No two free blocks touch.
 *   bins    Each free block is in the bin of its size, once, and nothing else is. prev leads back where next came from.
 *   bits    A bin's bit is set if and only if the bin is not empty.
 *
 * Within a call a block may be *loose*: it is in no bin, and of its tag only the size and PREV_USED count.
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
_Static_assert(sizeof(struct block) + TAG <= MIN_BLOCK, "the links and the footer of a free block have room");

static struct block *block_of(void *payload)
{
    return (struct block *)((size_t *)payload - 1);
}

static size_t size_of(const struct block *block)
{
    return block->tag / MM_ALIGNMENT * MM_ALIGNMENT;
}

static bool is(size_t flag, const struct block *block)
{
    return block->tag & flag;
}

/* The block that starts BYTES behind the start of BLOCK. */
static struct block *block_behind(struct block *block, size_t bytes)
{
    return (struct block *)(void *)((char *)block + bytes);
}

static struct block *next_of(struct block *block)
{
    return block_behind(block, size_of(block));
}

/* The footer of the block before BLOCK, which is free. */
static size_t *footer_before(struct block *block)
{
    return &block->tag - 1;
}

static struct block *prev_of(struct block *block)
{
    return (struct block *)(void *)((char *)block - *footer_before(block));
}

/* How far TO lies behind FROM. If it does not, the number wraps around, and is larger than any heap. */
static size_t bytes_between(const struct block *from, const struct block *to)
{
    return (uintptr_t)to - (uintptr_t)from;
}

/* The size of the smallest block with room for SIZE bytes. For the largest SIZEs, where the sum would wrap around, it
 * is one that mem_sbrk can only refuse. */
static size_t block_size(size_t size)
{
    if (size > PTRDIFF_MAX - 2 * MM_ALIGNMENT)
        return PTRDIFF_MAX / MM_ALIGNMENT * MM_ALIGNMENT;
    size_t bytes = (size + TAG + MM_ALIGNMENT - 1) / MM_ALIGNMENT * MM_ALIGNMENT;
    return bytes < MIN_BLOCK ? MIN_BLOCK : bytes;
}

/*** Bins ***/

enum { BINS = 64, EXACT_BINS = 32, EXACT_LIMIT_LOG = 9, EXACT_LIMIT = 1 << EXACT_LIMIT_LOG, LOOKED_AT = 8 };

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
    unsigned bin = bin_of(size_of(block));
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
    unsigned bin = bin_of(size_of(block));
    bins.first[bin] = block->next;
    if (block->next == NULL)
        bins.occupied &= ~(UINT64_C(1) << bin);
}

/* The smallest block of SIZE bytes or more among the first LOOKED_AT in BIN; NULL if there is none. */
static struct block *best_of(unsigned bin, size_t size)
{
    struct block *best = NULL;
    struct block *block = bins.first[bin];
    for (int i = 0; i < LOOKED_AT && block != NULL; i++, block = block->next)
        if (size_of(block) >= size && (best == NULL || size_of(block) < size_of(best)))
            best = block;
    return best;
}

/* A block of SIZE bytes or more from the lowest bin where one is found, now loose; NULL if there is none. Each turn
 * clears the lowest bit. */
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

/*** Blocks change hands ***/

/* BLOCK, which is loose, becomes free: alone, or coalesced with those of its neighbours that are free. */
static void release(struct block *block)
{
    size_t size = size_of(block);
    struct block *next = next_of(block);
    if (!is(USED, next)) {
        unlist_block(next);
        size += size_of(next);
        next = next_of(next);
    }
    if (!is(PREV_USED, block)) {
        block = prev_of(block);
        unlist_block(block);
        size += size_of(block);
    }
    block->tag = size | PREV_USED;
    *footer_before(next) = size;
    next->tag &= ~PREV_USED;
    list_block(block);
}

/* Of the ROOM bytes at BLOCK, which is loose, the first SIZE become a used block. The rest, if it is large enough for
 * a block, is split off and becomes free. */
static void take(struct block *block, size_t room, size_t size)
{
    size_t rest = room - size;
    if (rest < MIN_BLOCK)
        size = room;
    block->tag = size | USED | (block->tag & PREV_USED);
    struct block *next = next_of(block);
    if (rest < MIN_BLOCK) {
        next->tag |= PREV_USED;
    } else {
        next->tag = rest | PREV_USED;
        release(next);
    }
}

/* Only the last SIZE bytes of BLOCK, which is loose, stay so. The first, if enough for a block, are split off. */
static struct block *keep_end(struct block *block, size_t size)
{
    size_t rest = size_of(block) - size;
    if (rest < MIN_BLOCK)
        return block;
    struct block *end = block_behind(block, rest);
    end->tag = size | USED; /* not to be merged with what becomes free */
    block->tag = rest | PREV_USED;
    release(block);
    return end;
}

/* Grows the heap by BYTES and ends it with a new last tag. Returns false, with errno ENOMEM, if there is no memory. */
static bool move_break(size_t bytes)
{
    if (mem_sbrk((intptr_t)bytes) == MEM_SBRK_FAILED)
        return false;
    last_tag = block_behind(last_tag, bytes);
    last_tag->tag = USED;
    return true;
}

/* A loose block of SIZE bytes or more at the end of the heap: the last one, if it is free, made large enough, or a new
 * one. NULL, with errno ENOMEM, if there is no memory. */
static struct block *grow(size_t size)
{
    struct block *block = is(PREV_USED, last_tag) ? last_tag : prev_of(last_tag);
    size_t room = size_of(block);
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

/* Makes BLOCK, which is used, SIZE bytes long where it is: with a free block behind it, with new memory at the end of
 * the heap, or both. Returns false, and changes nothing, if that does not do. */
static bool extend(struct block *block, size_t size)
{
    struct block *next = next_of(block);
    size_t room = size_of(block) + (is(USED, next) ? 0 : size_of(next));
    if (room < size && block_behind(block, room) == last_tag && move_break(size - room))
        room = size;
    if (room < size)
        return false;
    if (!is(USED, next))
        unlist_block(next);
    take(block, room, size);
    return true;
}

/*** Checking ***/

/* Whether all blocks keep the rules, and how many are free. Steps are taken from sound ones only, so they end. */
static bool check_blocks(size_t *free_blocks)
{
    size_t prev_used = PREV_USED;
    struct block *block = first_block;
    for (*free_blocks = 0; block != last_tag; block = next_of(block)) {
        size_t size = size_of(block), used = block->tag & USED;
        if (block->tag != (size | used | prev_used) || size < MIN_BLOCK || size > bytes_between(block, last_tag))
            return false;
        if (!used && (!prev_used || *footer_before(next_of(block)) != size))
            return false;
        *free_blocks += !used;
        prev_used = used ? PREV_USED : 0;
    }
    return block->tag == (USED | prev_used);
}

/* Whether BIN keeps the rules; adds its blocks to *LISTED. A link may lead anywhere, so it is looked at before it is
 * followed. No circle can deceive it: where one closes, a block would need two before it, and prev can name only one.
 */
static bool check_bin(unsigned bin, size_t *listed)
{
    const struct block *prev = NULL;
    for (const struct block *block = bins.first[bin]; block != NULL; prev = block, block = block->next) {
        size_t offset = bytes_between(first_block, block);
        if (offset >= bytes_between(first_block, last_tag) || offset % MM_ALIGNMENT != 0 || is(USED, block))
            return false;
        if (block->prev != prev || bin_of(size_of(block)) != bin)
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
    if (bytes_between(first_block, last_tag) != mem_heapsize() - 2 * TAG || !check_blocks(&free_blocks))
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
    first_block = last_tag = block_behind(start, TAG);
    last_tag->tag = USED | PREV_USED;
    return true;
#else
    return false;
#endif
}

void *mm_malloc(size_t size)
{
#ifdef SOLUTION
    size_t bytes = block_size(size);
    struct block *block = find(bytes);
    if (block == NULL)
        block = grow(bytes);
    if (block == NULL)
        return NULL;
    if (bytes >= LARGE_BLOCK)
        block = keep_end(block, bytes);
    take(block, size_of(block), bytes);
    return &block->next; /* the payload begins where a free block's links are */
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
/* The last resort: PAYLOAD, whose block is too small for SIZE bytes, moves to another. */
static void *move(void *payload, size_t size)
{
    void *moved = mm_malloc(size);
    if (moved != NULL) {
        memcpy(moved, payload, size_of(block_of(payload)) - TAG);
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
    size_t bytes = block_size(size);
    if (bytes <= size_of(block))
        take(block, size_of(block), bytes);
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
    size_t bytes = size != 0 && count > SIZE_MAX / size ? SIZE_MAX : count * size;
    void *payload = mm_malloc(bytes);
    return payload != NULL ? memset(payload, 0, bytes) : NULL;
#else
    (void)count;
    (void)size;
    return NULL;
#endif
}
