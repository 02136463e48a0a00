// SPDX-License-Identifier: MIT
/*
 * walker.c - walks the headers in the student's heap, for the inspection after every call and for the picture.
 *
 * Interface: walker.h. Both use walk_step, so they agree on what a sound heap is.
 *
 * Rules of this file:
 *   - A header is read once, into a local copy, and never again in the same walk.
 *   - Messages say "heap + N" for N bytes above mem_heap_lo(). The student's own tools show the same numbers.
 */
#include "walker.h"

#include "header_alloc.h"
#include "memlib.h"

#include "heaplab/expect.h"
#include "heaplab/story.h"
#include "heaplab/watch.h"

#include <stdint.h>
#include <stdio.h>
#include <string.h>

enum { LINE_BYTES = 120, MOST_KNOWN = 4096 };

/* What a word of new memory holds (see heaplab/break.h) until it is written. */
static const uint32_t never_written = 0xCBCBCBCB;

enum step {
    STEP_BLOCK,     /* block is sound */
    STEP_END,       /* the heap ends where the last block ends */
    STEP_NO_ROOM,   /* fewer bytes are left than a header needs */
    STEP_NO_MAGIC,  /* no header, or a damaged one */
    STEP_NO_STATE,  /* neither used nor free */
    STEP_ODD_SIZE,  /* not a multiple of the alignment */
    STEP_TOO_SMALL, /* smaller than the header alone */
    STEP_TOO_LARGE, /* reaches past the break */
};

struct walk {
    const unsigned char *heap;
    size_t heap_bytes;
    size_t offset;        /* of the next header; at most heap_bytes */
    struct block block;   /* the last sound block passed; its size is 0 at the start */
    struct header header; /* the header at offset, as it was read, in case it is unsound */
};

/* Of the running test. Each test runs in a process of its own, so nothing has to be reset.
 *
 * known_sizes holds the sizes of the blocks that earlier walks have found, in address order. New blocks are only added
 * after the last one and blocks never change their size, so the next walk must find the same blocks first. */
static size_t known_sizes[MOST_KNOWN];
static size_t known;
static const void *in_question; /* marked in the picture; NULL for none */
static bool is_paused;          /* the heap is not looked at between calls */

static struct walk walk_start(void)
{
    return (struct walk){.heap = mem_heap_lo(), .heap_bytes = mem_heapsize()};
}

static size_t walk_rest(const struct walk *walk)
{
    return walk->heap_bytes - walk->offset;
}

/* What is wrong with the header just read; STEP_BLOCK if nothing is. */
static enum step judge_header(const struct walk *walk)
{
    const struct header *header = &walk->header;
    if (header->magic != MM_MAGIC)
        return STEP_NO_MAGIC;
    if (header->state != MM_USED && header->state != MM_FREE)
        return STEP_NO_STATE;
    if (header->size < sizeof *header)
        return STEP_TOO_SMALL;
    if (header->size % MM_ALIGNMENT != 0)
        return STEP_ODD_SIZE;
    return header->size > walk_rest(walk) ? STEP_TOO_LARGE : STEP_BLOCK;
}

/* Moves past the next block if it is sound; otherwise stays. */
static enum step walk_step(struct walk *walk)
{
    if (walk_rest(walk) == 0)
        return STEP_END;
    if (walk_rest(walk) < sizeof walk->header)
        return STEP_NO_ROOM;
    memcpy(&walk->header, walk->heap + walk->offset, sizeof walk->header);
    enum step step = judge_header(walk);
    if (step == STEP_BLOCK) {
        walk->block = (struct block){walk->offset, walk->header.size, walk->header.state == MM_USED};
        walk->offset += walk->header.size;
    }
    return step;
}

/*** Reporting what is wrong ***/

/* "heap + 80 (b)", for the block at OFFSET whose payload is b. */
static const char *place(size_t offset)
{
    return heap_place((const unsigned char *)mem_heap_lo() + offset, sizeof(struct header));
}

/* There is no header where one should be. */
static _Noreturn void fail_no_magic(const struct walk *walk, bool had_one)
{
    char expected[LINE_BYTES], found[LINE_BYTES];
    uint32_t magic = walk->header.magic;
    snprintf(expected, sizeof expected, "a header at heap + %zu, with magic 0x%08X", walk->offset, (unsigned)MM_MAGIC);
    snprintf(found, sizeof found, "0x%08X in its place%s", magic,
             magic == never_written ? " (new memory, never written)" : "");
    if (had_one)
        fail_compare(expected, found, "the header at %s was sound before this call, but has lost its magic number",
                     place(walk->offset));
    if (walk->offset == 0)
        fail_compare(expected, found, "the heap should start with the header of its first block, but there is none");
    fail_compare(
        expected, found,
        "the header at %s says that its block has %zu bytes, but the block is followed by neither a header nor "
        "the break: either that size is wrong, or the heap grew by a different amount",
        place(walk->block.offset), walk->block.size);
}

static _Noreturn void fail_changed(const struct block *block, size_t size_before)
{
    char expected[LINE_BYTES], found[LINE_BYTES];
    snprintf(expected, sizeof expected, "size %zu, as before this call", size_before);
    snprintf(found, sizeof found, "size %zu", block->size);
    fail_compare(expected, found, "the block at %s should keep its size: in this lab no block ever changes its size",
                 place(block->offset));
}

static _Noreturn void fail_no_room(const struct walk *walk)
{
    char expected[LINE_BYTES], found[LINE_BYTES];
    snprintf(expected, sizeof expected, "sizes that add up to the heap's %zu bytes", walk->heap_bytes);
    snprintf(found, sizeof found, "sizes that add up to %zu", walk->offset);
    fail_compare(expected, found, "the blocks should fill the heap, but its last %zu bytes belong to no block",
                 walk_rest(walk));
}

static _Noreturn void fail_state(const struct walk *walk)
{
    char found[LINE_BYTES];
    snprintf(found, sizeof found, "state 0x%08X", (unsigned)walk->header.state);
    fail_compare("state MM_USED or MM_FREE", found, "the block at %s should be marked as used or as free",
                 place(walk->offset));
}

static _Noreturn void fail_size(const struct walk *walk, enum step step)
{
    char expected[LINE_BYTES], found[LINE_BYTES];
    snprintf(found, sizeof found, "size %zu", walk->header.size);
    if (step == STEP_TOO_SMALL) {
        snprintf(expected, sizeof expected, "size %zu or more", sizeof walk->header);
        fail_compare(
            expected, found,
            "the size in the header at %s should count the whole block, but it is smaller than the header alone",
            place(walk->offset));
    }
    if (step == STEP_ODD_SIZE) {
        snprintf(expected, sizeof expected, "a multiple of %d", MM_ALIGNMENT);
        fail_compare(expected, found,
                     "the size in the header at %s should be rounded up, so that the next block is aligned",
                     place(walk->offset));
    }
    snprintf(expected, sizeof expected, "size %zu or less", walk_rest(walk));
    fail_compare(expected, found, "the block at %s should lie in the heap, but its size reaches past the break",
                 place(walk->offset));
}

/* Where in a header the word is that this step says is wrong. */
static size_t wrong_member(enum step step)
{
    return step == STEP_NO_MAGIC   ? offsetof(struct header, magic)
           : step == STEP_NO_STATE ? offsetof(struct header, state)
                                   : offsetof(struct header, size);
}

static _Noreturn void fail_at(const struct walk *walk, enum step step, bool had_header)
{
    tell_author(walk->heap + walk->offset + wrong_member(step));
    switch (step) {
    case STEP_NO_ROOM:
        fail_no_room(walk);
    case STEP_NO_MAGIC:
        fail_no_magic(walk, had_header);
    case STEP_NO_STATE:
        fail_state(walk);
    default:
        fail_size(walk, step);
    }
}

/*** After every call ***/

static void compare_with_known(size_t index, const struct block *block)
{
    if (index < known && known_sizes[index] != block->size)
        fail_changed(block, known_sizes[index]);
    if (index == known && known < MOST_KNOWN)
        known_sizes[known++] = block->size;
}

void walker_pause(void)
{
    is_paused = true;
}

void walker_resume(void)
{
    is_paused = false;
    walker_inspect();
}

void walker_inspect(void)
{
    if (is_paused)
        return;
    struct walk walk = walk_start();
    size_t index = 0;
    enum step step;
    while ((step = walk_step(&walk)) == STEP_BLOCK)
        compare_with_known(index++, &walk.block);
    if (step != STEP_END)
        fail_at(&walk, step, index < known);
}

bool walker_find(const void *payload, struct block *block)
{
    struct walk walk = walk_start();
    while (walk_step(&walk) == STEP_BLOCK)
        if (walk.heap + walk.block.offset + sizeof(struct header) == (const unsigned char *)payload) {
            *block = walk.block;
            return true;
        }
    return false;
}

void walker_payloads(void (*in_use)(const void *payload, size_t n))
{
    struct walk walk = walk_start();
    while (walk_step(&walk) == STEP_BLOCK)
        if (walk.block.used)
            in_use(walk.heap + walk.block.offset + sizeof(struct header), walk.block.size - sizeof(struct header));
}

/*** The picture ***/

void walker_mark(const void *address)
{
    in_question = address;
}

static void draw_block(struct picture *picture, const struct walk *walk)
{
    const unsigned char *header = walk->heap + walk->block.offset;
    picture_add(picture, walk->block.used ? CELL_USED : CELL_FREE, header, walk->block.size,
                find_exact_name(header + sizeof(struct header)));
    picture_ends(picture, sizeof(struct header), 0);
}

static const char *damage(enum step step)
{
    switch (step) {
    case STEP_NO_STATE:
        return "bad state";
    case STEP_ODD_SIZE:
    case STEP_TOO_SMALL:
    case STEP_TOO_LARGE:
        return "bad size";
    default:
        return "no header";
    }
}

void walker_draw(struct picture *picture)
{
    struct walk walk = walk_start();
    enum step step;
    while ((step = walk_step(&walk)) == STEP_BLOCK)
        draw_block(picture, &walk);
    picture_mark(picture, in_question);
    if (step == STEP_END)
        return;
    picture_add(picture, CELL_DAMAGED, walk.heap + walk.offset, walk_rest(&walk), damage(step));
    picture_mark(picture, walk.heap + walk.offset);
}
