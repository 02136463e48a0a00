// SPDX-License-Identifier: MIT
/*
 * walker.c - walks the blocks and the list in the student's heap, for the inspection after every call, for the tests
 * that need to know what is where, and for the picture.
 *
 * Interface: walker.h. All of them use walk_blocks and walk_list, so they agree on what a sound heap is. A walk first
 * finds what is wrong (struct damage); other functions report it.
 *
 * Rules of this file:
 *   - A header, a footer or a link is read once, into a local copy, and never again in the same walk.
 *   - Messages say "heap + N" for N bytes above mem_heap_lo(). The student's own tools show the same numbers.
 */
#include "walker.h"

#include "memlib.h"
#include "overwritten.h"

#include "heaplab/expect.h"
#include "heaplab/story.h"
#include "heaplab/watch.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { LINE_BYTES = 160, LIST_BYTES = sizeof(struct free_list) };

/* What a word of new memory holds (see heaplab/break.h) until it is written. */
static const uint32_t never_written = 0xCBCBCBCB;

enum flaw {
    NO_FLAW,
    NO_LIST,      /* fewer bytes than the list needs */
    NO_ROOM,      /* the bytes left are too few for a block */
    NO_MAGIC,     /* no header, or a damaged one */
    NO_STATE,     /* neither used nor free */
    TOO_SMALL,    /* smaller than MM_MIN_BLOCK */
    ODD_SIZE,     /* not a multiple of the alignment */
    TOO_LARGE,    /* reaches past the break */
    WRONG_FOOTER, /* another number than in the header */
    NOT_MERGED,   /* this block and the one before it are both free */
    TOO_MANY,     /* more blocks than a survey holds */
    LINK_WILD,    /* leads out of the heap */
    LINK_INSIDE,  /* leads to where no block starts */
    LINK_TO_USED, /* leads to a block in use */
    LINK_TWICE,   /* leads to a block that is already on the list */
    LINK_LOOSE,   /* leads to the loose block */
    WRONG_PREV,   /* prev does not lead back to the previous block on the list */
    NOT_LISTED,   /* a free block is not on the list */
    LOOSE_USED,   /* the loose block is no longer free */
    WRONG_COUNT,
    WRONG_ROVER,
};

/* The first broken rule. */
struct damage {
    enum flaw flaw;
    size_t offset;        /* where: a block's or an unsound header's place in the heap */
    struct header header; /* as read there */
    size_t footer;        /* the footer as read; for WRONG_COUNT, the count */
    uintptr_t link;       /* the link as read */
    bool from_block;      /* the link is that of the block at offset, not the list's own */
};

/* Of the running test. Each test runs in a process of its own, so nothing has to be reset. */
static struct survey survey;
static size_t loose;                    /* offset of the block that is loose; 0 if none is */
static struct block known[MOST_BLOCKS]; /* the blocks of the last sound walk: they show what a call has changed */
static size_t known_count;
static bool paused;             /* the heap is damaged on purpose: no inspection after calls */
static const void *in_question; /* marked in the picture; NULL for none */

static const unsigned char *heap_byte(size_t offset)
{
    return (const unsigned char *)mem_heap_lo() + offset;
}

/*** The blocks ***/

static enum flaw judge_header(const struct header *header, size_t room)
{
    if (header->magic != MM_MAGIC)
        return NO_MAGIC;
    if (header->state != MM_USED && header->state != MM_FREE)
        return NO_STATE;
    if (header->size < MM_MIN_BLOCK)
        return TOO_SMALL;
    if (header->size % MM_ALIGNMENT != 0)
        return ODD_SIZE;
    return header->size > room ? TOO_LARGE : NO_FLAW;
}

/* Judges the block at OFFSET by itself. The result holds its header and footer if they were read. */
static struct damage judge_block(size_t offset)
{
    struct damage damage = {.offset = offset};
    size_t room = mem_heapsize() - offset;
    if (room < sizeof damage.header) {
        damage.flaw = NO_ROOM;
        return damage;
    }
    memcpy(&damage.header, heap_byte(offset), sizeof damage.header);
    damage.flaw = judge_header(&damage.header, room);
    if (damage.flaw != NO_FLAW)
        return damage;
    memcpy(&damage.footer, heap_byte(offset + damage.header.size - sizeof damage.footer), sizeof damage.footer);
    if (damage.footer != damage.header.size)
        damage.flaw = WRONG_FOOTER;
    return damage;
}

static struct damage walk_blocks(void)
{
    survey.count = 0;
    if (mem_heapsize() == 0)
        return (struct damage){.flaw = NO_FLAW};
    if (mem_heapsize() < LIST_BYTES)
        return (struct damage){.flaw = NO_LIST};
    for (size_t offset = LIST_BYTES; offset < mem_heapsize();) {
        struct damage damage = judge_block(offset);
        if (damage.flaw != NO_FLAW)
            return damage;
        if (survey.count == MOST_BLOCKS)
            return (struct damage){.flaw = TOO_MANY, .offset = offset};
        survey.blocks[survey.count++] = (struct block){
            .offset = offset, .size = damage.header.size, .used = damage.header.state == MM_USED, .listed = false};
        offset += damage.header.size;
    }
    return (struct damage){.flaw = NO_FLAW};
}

void walker_payloads(void (*in_use)(const void *payload, size_t n))
{
    size_t overhead = sizeof(struct header) + sizeof(size_t);
    for (size_t offset = LIST_BYTES; offset < mem_heapsize();) {
        struct damage damage = judge_block(offset);
        if (damage.flaw != NO_FLAW)
            return;
        if (damage.header.state == MM_USED)
            in_use(heap_byte(offset + sizeof(struct header)), damage.header.size - overhead);
        offset += damage.header.size;
    }
}

/* A loose block has not met its neighbours yet. */
static bool is_settled(const struct block *block)
{
    return !block->used && block->offset != loose;
}

static struct damage judge_neighbours(void)
{
    for (size_t i = 1; i < survey.count; i++)
        if (is_settled(&survey.blocks[i - 1]) && is_settled(&survey.blocks[i]))
            return (struct damage){.flaw = NOT_MERGED, .offset = survey.blocks[i].offset};
    return (struct damage){.flaw = NO_FLAW};
}

static int by_offset(const void *key, const void *element)
{
    size_t offset = *(const size_t *)key;
    const struct block *block = element;
    return (offset > block->offset) - (offset < block->offset);
}

static struct block *find_offset(size_t offset)
{
    return bsearch(&offset, survey.blocks, survey.count, sizeof *survey.blocks, by_offset);
}

/*** The list ***/

static uintptr_t offset_of(uintptr_t link)
{
    return link - (uintptr_t)mem_heap_lo();
}

/* What is wrong with LINK as a step along the list. *BLOCK is the block it leads to, if any. */
static enum flaw judge_link(uintptr_t link, struct block **block)
{
    *block = NULL;
    if (offset_of(link) >= mem_heapsize())
        return LINK_WILD;
    *block = find_offset(offset_of(link));
    if (*block == NULL)
        return LINK_INSIDE;
    if ((*block)->used)
        return LINK_TO_USED;
    if ((*block)->offset == loose)
        return LINK_LOOSE;
    return (*block)->listed ? LINK_TWICE : NO_FLAW;
}

struct raw_links {
    uintptr_t next, prev;
};

static struct raw_links links_at(size_t offset)
{
    struct raw_links links;
    memcpy(&links, heap_byte(offset + sizeof(struct header)), sizeof links);
    return links;
}

/* Walks the list from the link FIRST. */
static struct damage walk_links(uintptr_t first)
{
    struct damage damage = {.link = first};
    uintptr_t previous = 0; /* the previous block on the list */
    survey.listed = 0;
    while (damage.link != 0) {
        struct block *block;
        damage.flaw = judge_link(damage.link, &block);
        if (damage.flaw != NO_FLAW)
            return damage;
        block->listed = true;
        survey.list[survey.listed++] = (size_t)(block - survey.blocks);
        struct raw_links links = links_at(block->offset);
        damage.from_block = true;
        damage.offset = block->offset;
        if (links.prev != previous)
            return (struct damage){.flaw = WRONG_PREV, .offset = block->offset, .link = links.prev};
        previous = damage.link;
        damage.link = links.next;
    }
    return (struct damage){.flaw = NO_FLAW};
}

static struct damage judge_listed(void)
{
    for (size_t i = 0; i < survey.count; i++) {
        const struct block *block = &survey.blocks[i];
        if (block->offset == loose && block->used)
            return (struct damage){.flaw = LOOSE_USED, .offset = block->offset};
        if (!block->used && !block->listed && block->offset != loose)
            return (struct damage){.flaw = NOT_LISTED, .offset = block->offset};
    }
    return (struct damage){.flaw = NO_FLAW};
}

static struct damage judge_rover(uintptr_t rover)
{
    const struct block *block = rover == 0 ? NULL : find_offset(offset_of(rover));
    survey.rover = block == NULL ? MOST_BLOCKS : (size_t)(block - survey.blocks);
    if (rover == 0 || (block != NULL && block->listed))
        return (struct damage){.flaw = NO_FLAW};
    return (struct damage){.flaw = WRONG_ROVER, .link = rover};
}

static struct damage walk_list(void)
{
    struct free_list list;
    memcpy(&list, mem_heap_lo(), sizeof list);
    struct damage damage = walk_links((uintptr_t)list.first);
    if (damage.flaw == NO_FLAW)
        damage = judge_listed();
    if (damage.flaw == NO_FLAW && list.count != survey.listed)
        damage = (struct damage){.flaw = WRONG_COUNT, .footer = list.count};
    if (damage.flaw == NO_FLAW)
        damage = judge_rover((uintptr_t)list.rover);
    return damage;
}

static struct damage walk(void)
{
    struct damage damage = walk_blocks();
    if (damage.flaw == NO_FLAW && mem_heapsize() > 0) {
        damage = walk_list();
        struct damage neighbours = judge_neighbours();
        if (neighbours.flaw != NO_FLAW && (damage.flaw == NO_FLAW || damage.flaw == NOT_LISTED))
            damage = neighbours;
    }
    return damage;
}

/*** Reporting what is wrong ***/

static void remember(void)
{
    memcpy(known, survey.blocks, survey.count * sizeof *known);
    known_count = survey.count;
}

/* The size of the block at OFFSET before this call. 0 if there was none. */
static size_t known_size(size_t offset)
{
    const struct block *block = bsearch(&offset, known, known_count, sizeof *known, by_offset);
    return block == NULL ? 0 : block->size;
}

/* "heap + 80 (B)" */
static const char *block_place(size_t offset)
{
    return heap_place(heap_byte(offset), sizeof(struct header));
}

static bool is_never_written(uint64_t word)
{
    return (uint32_t)word == never_written;
}

static const struct block *last_sound(void)
{
    return survey.count > 0 ? &survey.blocks[survey.count - 1] : NULL;
}

static _Noreturn void fail_magic(const struct damage *damage)
{
    char expected[LINE_BYTES], found[LINE_BYTES];
    snprintf(expected, sizeof expected, "a header at heap + %zu, with magic 0x%08X", damage->offset,
             (unsigned)MM_MAGIC);
    snprintf(found, sizeof found, "0x%08X in its place%s", damage->header.magic,
             is_never_written(damage->header.magic) ? " (new memory, never written)" : "");
    const struct block *block = last_sound();
    if (known_size(damage->offset) > 0)
        fail_if_overwritten_header(heap_byte(damage->offset), expected, block_place(damage->offset));
    if (known_size(damage->offset) > 0)
        fail_compare(expected, found, "the header at %s was sound before this call, but has lost its magic number",
                     block_place(damage->offset));
    if (block == NULL)
        fail_compare(expected, found, "the first block should follow the list, with a whole header, but there is none");
    fail_compare(
        expected, found,
        "the header at %s says that its block has %zu bytes, but the block is followed by neither a header nor "
        "the break",
        block_place(block->offset), block->size);
}

static _Noreturn void fail_size(const struct damage *damage)
{
    char expected[LINE_BYTES], found[LINE_BYTES];
    snprintf(found, sizeof found, "size %zu", damage->header.size);
    if (damage->flaw == TOO_SMALL) {
        snprintf(expected, sizeof expected, "size %d or more", MM_MIN_BLOCK);
        fail_compare(expected, found,
                     "the block at %s is smaller than any block may be: when it is free, it must hold a header, two "
                     "links and a footer",
                     block_place(damage->offset));
    }
    if (damage->flaw == ODD_SIZE) {
        snprintf(expected, sizeof expected, "a multiple of %d", MM_ALIGNMENT);
        fail_compare(expected, found, "the size in the header at %s should be rounded up", block_place(damage->offset));
    }
    snprintf(expected, sizeof expected, "size %zu or less", mem_heapsize() - damage->offset);
    fail_compare(expected, found, "the block at %s should lie in the heap, but its size reaches past the break",
                 block_place(damage->offset));
}

static _Noreturn void fail_footer(const struct damage *damage)
{
    char expected[LINE_BYTES], found[LINE_BYTES];
    size_t size = damage->header.size, before = known_size(damage->offset);
    snprintf(expected, sizeof expected, "%zu at heap + %zu, as in the header", size,
             damage->offset + size - sizeof damage->footer);
    if (is_never_written(damage->footer))
        snprintf(found, sizeof found, "0x%zX (new memory, never written)", damage->footer);
    else
        snprintf(found, sizeof found, "%zu", damage->footer);
    if (damage->header.state == MM_USED && !is_never_written(damage->footer))
        fail_if_overwritten_footer(heap_byte(damage->offset + size - sizeof damage->footer), expected,
                                   block_place(damage->offset));
    if (before == 0)
        fail_compare(expected, found,
                     "the block at %s is new in this call: it needs a footer as well as a header, and both should "
                     "hold its size",
                     block_place(damage->offset));
    if (before < size)
        fail_compare(expected, found,
                     "the block at %s grew from %zu to %zu bytes in this call: its footer should be at the end of "
                     "the whole block, and hold its size",
                     block_place(damage->offset), before, size);
    if (before > size)
        fail_compare(expected, found,
                     "the block at %s was split from %zu to %zu bytes in this call: its footer should be at its new "
                     "end",
                     block_place(damage->offset), before, size);
    fail_compare(expected, found,
                 "the footer of the block at %s was correct before this call and should not have changed",
                 block_place(damage->offset));
}

/* "list->first", or "next of the block at heap + 80". */
static const char *link_name(const struct damage *damage)
{
    static char text[LINE_BYTES];
    if (!damage->from_block)
        return "list->first";
    snprintf(text, sizeof text, "next of the block at %s", block_place(damage->offset));
    return text;
}

static const char *place(char room[LINE_BYTES], uintptr_t link)
{
    if (link == 0)
        snprintf(room, LINE_BYTES, "NULL");
    else if (offset_of(link) < mem_heapsize())
        snprintf(room, LINE_BYTES, "%s", block_place(offset_of(link)));
    else
        snprintf(room, LINE_BYTES, "%#zx, which is not in the heap%s", (size_t)link,
                 is_never_written(link) ? " (new memory, never written)" : "");
    return room;
}

/* The block that contains OFFSET. */
static const struct block *block_around(size_t offset)
{
    for (size_t i = 0; i < survey.count; i++)
        if (offset - survey.blocks[i].offset < survey.blocks[i].size)
            return &survey.blocks[i];
    return NULL;
}

static _Noreturn void fail_link_inside(const struct damage *damage)
{
    char found[LINE_BYTES];
    size_t offset = (size_t)offset_of(damage->link);
    const struct block *around = block_around(offset);
    place(found, damage->link);
    if (around == NULL)
        fail_compare("a free block, or NULL", found, "%s leads to the list itself, which is not a block",
                     link_name(damage));
    if (known_size(offset) > 0)
        fail_compare("a free block, or NULL", found,
                     "%s leads to a block that no longer exists: it became part of the block at %s in this call, and "
                     "should have been taken off the list",
                     link_name(damage), block_place(around->offset));
    fail_compare("a free block, or NULL", found, "%s leads into the middle of the block at %s, where no block starts",
                 link_name(damage), block_place(around->offset));
}

static _Noreturn void fail_link(const struct damage *damage)
{
    char found[LINE_BYTES];
    place(found, damage->link);
    switch (damage->flaw) {
    case LINK_WILD:
        fail_compare("a free block, or NULL at the end of the list", found, "%s should lead to a block on the list",
                     link_name(damage));
    case LINK_TO_USED:
        fail_compare("a free block, or NULL", found, "%s leads to a block in use, which should not be on the list",
                     link_name(damage));
    case LINK_LOOSE:
        fail_compare("a list without it", found, "%s still leads to the block that should be off the list",
                     link_name(damage));
    case LINK_TWICE:
        fail_compare("every free block once, then NULL", found,
                     "%s leads to a block that is already on the list: a walk along the list would never end",
                     link_name(damage));
    default:
        fail_link_inside(damage);
    }
}

static _Noreturn void fail_prev(const struct damage *damage)
{
    char expected[LINE_BYTES], found[LINE_BYTES];
    place(found, damage->link);
    if (survey.listed == 1)
        fail_compare("NULL", found, "prev of the first block on the list, at %s, should be NULL",
                     block_place(damage->offset));
    size_t previous = survey.blocks[survey.list[survey.listed - 2]].offset;
    snprintf(expected, sizeof expected, "%s, whose next leads here", block_place(previous));
    fail_compare(expected, found, "prev of the block at %s should lead back along the list",
                 block_place(damage->offset));
}

static _Noreturn void fail_state(const struct damage *damage)
{
    char found[LINE_BYTES];
    snprintf(found, sizeof found, "state 0x%08X", (unsigned)damage->header.state);
    fail_compare("state MM_USED or MM_FREE", found, "the block at %s should be marked as used or as free",
                 block_place(damage->offset));
}

static _Noreturn void fail_room(const struct damage *damage)
{
    char expected[LINE_BYTES], found[LINE_BYTES];
    snprintf(expected, sizeof expected, "a list and blocks that add up to the heap's %zu bytes", mem_heapsize());
    snprintf(found, sizeof found, "sizes that add up to %zu", damage->offset);
    fail_compare(expected, found,
                 "the list and the blocks should fill the heap, but its last %zu bytes belong to no block",
                 mem_heapsize() - damage->offset);
}

static _Noreturn void fail_not_merged(const struct damage *damage)
{
    const struct block *right = find_offset(damage->offset);
    fail("the blocks at %s and at %s touch, and both are free: they should have become one block of %zu "
         "bytes",
         block_place(right[-1].offset), block_place(right->offset), right[-1].size + right->size);
}

static _Noreturn void fail_not_listed(const struct damage *damage)
{
    size_t size = find_offset(damage->offset)->size;
    if (survey.listed == 0)
        fail("the block at %s is free, but the list is empty: these %zu bytes are lost", block_place(damage->offset),
             size);
    fail("the block at %s is free, but it is not on the list: these %zu bytes are lost", block_place(damage->offset),
         size);
}

static _Noreturn void fail_count(const struct damage *damage)
{
    char expected[LINE_BYTES], found[LINE_BYTES];
    snprintf(expected, sizeof expected, "%zu, the number of blocks on the list", survey.listed);
    if (is_never_written(damage->footer))
        snprintf(found, sizeof found, "0x%zX (new memory, never written)", damage->footer);
    else
        snprintf(found, sizeof found, "%zu", damage->footer);
    fail_compare(expected, found, "list->count should be the number of blocks on the list");
}

static _Noreturn void fail_rover(const struct damage *damage)
{
    char found[LINE_BYTES];
    const struct block *block = find_offset(offset_of(damage->link));
    place(found, damage->link);
    fail_compare("NULL, or a block on the list", found, "list->rover %s: the next search would start there",
                 block != NULL ? "leads to a block that is no longer on the list" : "does not lead to a block");
}

/* Where the word is that is wrong. */
static const unsigned char *wrong_word(const struct damage *damage)
{
    size_t links = damage->offset + sizeof(struct header);
    switch (damage->flaw) {
    case NO_MAGIC:
        return heap_byte(damage->offset + offsetof(struct header, magic));
    case NO_STATE:
    case LOOSE_USED:
    case NOT_MERGED:
    case NOT_LISTED:
        return heap_byte(damage->offset + offsetof(struct header, state));
    case WRONG_FOOTER:
        return heap_byte(damage->offset + damage->header.size - sizeof damage->footer);
    case WRONG_PREV:
        return heap_byte(links + offsetof(struct links, prev));
    case WRONG_COUNT:
        return heap_byte(offsetof(struct free_list, count));
    case WRONG_ROVER:
        return heap_byte(offsetof(struct free_list, rover));
    case TOO_SMALL:
    case ODD_SIZE:
    case TOO_LARGE:
        return heap_byte(damage->offset);
    default:
        return heap_byte(damage->from_block ? links + offsetof(struct links, next) : offsetof(struct free_list, first));
    }
}

static _Noreturn void fail_damage(const struct damage *damage)
{
    tell_author(wrong_word(damage));
    switch (damage->flaw) {
    case NO_LIST:
        fail("the heap should start with a whole struct free_list, which is %d bytes long", (int)LIST_BYTES);
    case NO_ROOM:
        fail_room(damage);
    case NO_MAGIC:
        fail_magic(damage);
    case NO_STATE:
        fail_state(damage);
    case WRONG_FOOTER:
        fail_footer(damage);
    case NOT_MERGED:
        fail_not_merged(damage);
    case TOO_MANY:
        fail("the heap should not consist of more than %d blocks here", (int)MOST_BLOCKS);
    case WRONG_PREV:
        fail_prev(damage);
    case NOT_LISTED:
        fail_not_listed(damage);
    case LOOSE_USED:
        fail("the block at %s should stay free", block_place(damage->offset));
    case WRONG_COUNT:
        fail_count(damage);
    case WRONG_ROVER:
        fail_rover(damage);
    case TOO_SMALL:
    case ODD_SIZE:
    case TOO_LARGE:
        fail_size(damage);
    default:
        fail_link(damage);
    }
}

/*** After every call ***/

void walker_pause(void)
{
    paused = true;
}

void walker_resume(void)
{
    paused = false;
}

void walker_loose(const struct header *block)
{
    loose = block == NULL ? 0 : (size_t)offset_of((uintptr_t)block);
}

const struct survey *walker_survey(void)
{
    struct damage damage = walk();
    if (damage.flaw != NO_FLAW)
        fail_damage(&damage);
    remember();
    return &survey;
}

void walker_inspect(void)
{
    if (!paused)
        walker_survey();
}

void survey_copy(struct survey *to, const struct survey *from)
{
    to->count = from->count;
    to->listed = from->listed;
    to->rover = from->rover;
    memcpy(to->blocks, from->blocks, from->count * sizeof *to->blocks);
    memcpy(to->list, from->list, from->listed * sizeof *to->list);
}

const struct block *survey_block(const struct survey *in, const void *header)
{
    size_t offset = (size_t)offset_of((uintptr_t)header);
    return bsearch(&offset, in->blocks, in->count, sizeof *in->blocks, by_offset);
}

const struct block *survey_payload(const struct survey *in, const void *payload)
{
    return survey_block(in, (const unsigned char *)payload - sizeof(struct header));
}

/*** The picture ***/

void walker_mark(const void *address)
{
    in_question = address;
}

/* A block is known by its header's name in tests of the inner functions, and by its payload's in those of mm_malloc. */
static const char *block_name(size_t offset)
{
    const char *name = find_exact_name(heap_byte(offset));
    return name ? name : find_exact_name(heap_byte(offset + sizeof(struct header)));
}

static const char *flaw_name(enum flaw flaw)
{
    switch (flaw) {
    case NO_STATE:
        return "bad state";
    case ODD_SIZE:
    case TOO_SMALL:
    case TOO_LARGE:
        return "bad size";
    case WRONG_FOOTER:
        return "bad footer";
    default:
        return "no header";
    }
}

/* What to mark for damage that lies between sound blocks. */
static const void *place_of(const struct damage *damage)
{
    if (damage->flaw == NO_FLAW)
        return in_question;
    if (damage->flaw == WRONG_COUNT || damage->flaw == WRONG_ROVER)
        return mem_heap_lo();
    return heap_byte(damage->offset);
}

void walker_draw(struct picture *picture)
{
    struct damage damage = walk();
    if (mem_heapsize() < LIST_BYTES)
        return;
    picture_add(picture, CELL_USED, mem_heap_lo(), LIST_BYTES, "list");
    picture_ends(picture, LIST_BYTES, 0);
    for (size_t i = 0; i < survey.count; i++) {
        const struct block *block = &survey.blocks[i];
        picture_add(picture, block->used ? CELL_USED : CELL_FREE, heap_byte(block->offset), block->size,
                    block_name(block->offset));
        picture_ends(picture, sizeof(struct header), sizeof(size_t));
    }
    size_t drawn = survey.count > 0 ? last_sound()->offset + last_sound()->size : LIST_BYTES;
    if (drawn < mem_heapsize())
        picture_add(picture, CELL_DAMAGED, heap_byte(drawn), mem_heapsize() - drawn, flaw_name(damage.flaw));
    picture_mark(picture, place_of(&damage));
}
