// SPDX-License-Identifier: MIT
/*
 * support.c - what several files of tests share (support.h).
 */
#include "support.h"

#include "heaplab/test.h"

#include "memlib.h"

#include <stdio.h>

enum { PLACE_BYTES = 64 };

/*** Places ***/

char *heap_start(void)
{
    return mem_heap_lo();
}

/* Where POINTER lies, counted from BASE: "h + 16". ROOM has PLACE_BYTES. */
static const char *write_place(char *room, const void *pointer, const void *base, const char *base_name)
{
    enum { FAR = 1 << 24 };
    intptr_t distance = (intptr_t)((uintptr_t)pointer - (uintptr_t)base);
    if (pointer == NULL || distance < -FAR || distance > FAR)
        snprintf(room, PLACE_BYTES, "%s", name_of(pointer));
    else
        snprintf(room, PLACE_BYTES, "%s %c %jd", base_name, distance < 0 ? '-' : '+',
                 (intmax_t)(distance < 0 ? -distance : distance));
    return room;
}

void expect_from(const void *base, const char *base_name, const void *found, const void *expected, const char *sentence)
{
    char wanted[PLACE_BYTES], got[PLACE_BYTES];
    if (found != expected)
        fail_compare(write_place(wanted, expected, base, base_name), write_place(got, found, base, base_name), "%s",
                     sentence);
}

void expect_place(const void *found, const void *expected, const char *sentence)
{
    if (found == expected)
        return;
    walker_mark(expected);
    fail_compare(heap_place(expected, HEADER), heap_place(found, HEADER), "%s", sentence);
}

/*** Calls ***/

void make_heap(void)
{
    expect(mm_init(), "mm_init should succeed: there is enough memory");
    expect_size(mem_heapsize(), LIST, "mm_init should make room for the list and nothing else");
}

size_t block_bytes(size_t size)
{
    size_t bytes = (HEADER + size + FOOTER + MM_ALIGNMENT - 1) / MM_ALIGNMENT * MM_ALIGNMENT;
    if (bytes < MM_MIN_BLOCK)
        bytes = MM_MIN_BLOCK;
    return bytes;
}

struct block block_of(const void *payload, size_t size)
{
    expect_pointer_set(payload, "mm_malloc(%zu) should return a block: there is enough memory", size);
    expect_aligned(payload, MM_ALIGNMENT, "every payload should be aligned, or it cannot hold every type");
    const struct block *block = survey_payload(walker_survey(), payload);
    expect(block != NULL, "mm_malloc(%zu) should return the start of a payload, %d bytes above the start of its block",
           size, HEADER);
    expect(block->used, "the block that mm_malloc(%zu) returns should be marked MM_USED", size);
    char asked[PLACE_BYTES], room[2 * PLACE_BYTES];
    snprintf(asked, sizeof asked, "room for %zu bytes", size);
    snprintf(room, sizeof room, "a block of %zu bytes, room for %zu between header and footer", block->size,
             block->size - HEADER - FOOTER);
    if (block->size - HEADER - FOOTER < size)
        fail_compare(asked, room, "the payload should have room for all the bytes requested");
    return *block;
}

char *allocate(size_t size)
{
    char *payload = mm_malloc(size);
    block_of(payload, size);
    return payload;
}

void release(void *payload)
{
    unsigned before = reports();
    size_t heap_bytes = mem_heapsize();
    mm_free(payload);
    expect(reports() == before, "mm_free(%s) is a valid call: nothing should be reported", name_of(payload));
    expect_size(mem_heapsize(), heap_bytes, "freeing should neither grow nor shrink the heap");
    const struct block *block = survey_payload(walker_survey(), payload);
    expect(block == NULL || !block->used, "mm_free(%s) should mark the block MM_FREE", name_of(payload));
}

static void expect_block_at(const void *place, size_t size, bool used, const char *sentence)
{
    const struct block *block = survey_block(walker_survey(), place);
    char wanted[PLACE_BYTES], got[PLACE_BYTES] = "no block starts there";
    snprintf(wanted, sizeof wanted, "%zu bytes at %s, %s", size, heap_place(place, HEADER), used ? "used" : "free");
    if (block != NULL)
        snprintf(got, sizeof got, "%zu bytes, %s", block->size, block->used ? "used" : "free");
    if (block == NULL || block->size != size || block->used != used) {
        walker_mark(place);
        fail_compare(wanted, got, "%s", sentence);
    }
}

void expect_used(const void *place, size_t size, const char *sentence)
{
    expect_block_at(place, size, true, sentence);
}

void expect_free(const void *place, size_t size, const char *sentence)
{
    expect_block_at(place, size, false, sentence);
}

/*** Choosing ***/

const char *policy_name(enum mm_policy policy)
{
    static const char *const names[] = {"first fit", "best fit", "next fit"};
    return names[policy];
}

/* Where on the list the search starts: an index into survey->list. */
static size_t search_start(const struct survey *survey, enum mm_policy policy)
{
    for (size_t i = 0; i < survey->listed; i++)
        if (policy == MM_NEXT_FIT && survey->list[i] == survey->rover)
            return i;
    return 0;
}

size_t choose(const struct survey *survey, enum mm_policy policy, size_t size)
{
    size_t start = search_start(survey, policy);
    size_t chosen = NONE;
    for (size_t i = 0; i < survey->listed; i++) {
        size_t index = survey->list[(start + i) % survey->listed];
        size_t room = survey->blocks[index].size;
        if (room >= size && (chosen == NONE || (policy == MM_BEST_FIT && room < survey->blocks[chosen].size)))
            chosen = index;
    }
    return chosen;
}

/*** Snapshots ***/

struct snapshot take_snapshot(void)
{
    struct snapshot snapshot = {.heap_bytes = mem_heapsize(), .image_bytes = sizeof snapshot.image};
    if (snapshot.image_bytes > snapshot.heap_bytes)
        snapshot.image_bytes = snapshot.heap_bytes;
    memcpy(snapshot.image, mem_heap_lo(), snapshot.image_bytes);
    return snapshot;
}

/* A number or a link of the heap: what holds it, and where. */
struct field {
    const char *name, *of; /* "next", of "B" or "heap + 80" */
    size_t offset, bytes;
    bool is_link;
};

#define LIST_FIELD(member, link)                                                                                       \
    {                                                                                                                  \
        "list->" #member, "", offsetof(struct free_list, member), sizeof((struct free_list *)0)->member, link          \
    }
static const struct field list_fields[] = {LIST_FIELD(first, true), LIST_FIELD(rover, true), LIST_FIELD(count, false),
                                           LIST_FIELD(policy, false)};

/* Sets FIELD if OFFSET lies in its BYTES at START. */
static bool is_in(struct field *field, size_t offset, const char *name, size_t start, size_t bytes)
{
    if (offset - start >= bytes)
        return false;
    *field = (struct field){.name = name, .of = field->of, .offset = start, .bytes = bytes};
    return true;
}

/* The field of the block at START, whose header is HEADER, that OFFSET lies in. False if it is none of the
 * allocator's. */
static bool field_of_block(struct field *field, size_t offset, size_t start, const struct header *header)
{
    size_t links = start + HEADER;
    field->of = heap_place(heap_start() + start, HEADER);
    if (is_in(field, offset, "the size in the header", start, sizeof header->size) ||
        is_in(field, offset, "the state in the header", start + offsetof(struct header, state), sizeof header->state) ||
        is_in(field, offset, "the magic number in the header", start + offsetof(struct header, magic),
              sizeof header->magic) ||
        is_in(field, offset, "the footer", start + header->size - FOOTER, FOOTER))
        return true;
    field->is_link = header->state == MM_FREE &&
                     (is_in(field, offset, "the link next", links, sizeof(struct header *)) ||
                      is_in(field, offset, "the link prev", links + sizeof(struct header *), sizeof(struct header *)));
    if (field->is_link)
        return true;
    field->is_link = false;
    return false;
}

/* The field that OFFSET lies in, in the heap as it was BEFORE. */
static bool field_at(struct field *field, const struct snapshot *before, size_t offset)
{
    for (size_t i = 0; i < sizeof list_fields / sizeof *list_fields; i++)
        if (offset - list_fields[i].offset < list_fields[i].bytes) {
            *field = list_fields[i];
            return true;
        }
    struct header header;
    for (size_t start = LIST; start + HEADER <= before->image_bytes; start += header.size) {
        memcpy(&header, before->image + start, sizeof header);
        if (header.size < MM_MIN_BLOCK)
            return false;
        if (offset - start < header.size)
            return field_of_block(field, offset, start, &header);
    }
    return false;
}

/* What the FIELD in IMAGE holds. ROOM has PLACE_BYTES. */
static void write_value(char *room, const struct field *field, const unsigned char *image)
{
    size_t value = 0;
    memcpy(&value, image + field->offset, field->bytes);
    if (field->is_link)
        snprintf(room, PLACE_BYTES, "%s", value == 0 ? "NULL" : heap_place((const void *)(uintptr_t)value, HEADER));
    else if (field->bytes < sizeof value)
        snprintf(room, PLACE_BYTES, "0x%zx", value);
    else
        snprintf(room, PLACE_BYTES, "%zu", value);
}

/* Fails with the name of what has changed at OFFSET, if it is the allocator's own. */
static void fail_if_field(const struct snapshot *before, size_t offset, const char *call)
{
    char wanted[PLACE_BYTES], found[PLACE_BYTES], of[PLACE_BYTES];
    struct field field;
    if (!field_at(&field, before, offset))
        return;
    snprintf(of, sizeof of, "%s%s", field.of[0] ? " of the block at " : "", field.of);
    write_value(wanted, &field, before->image);
    write_value(found, &field, mem_heap_lo());
    walker_mark(heap_start() + offset);
    tell_author(heap_start() + offset);
    fail_compare(wanted, found, "%s should leave the heap as it was, but it has changed %s%s", call, field.name, of);
}

void expect_unchanged(const struct snapshot *before, const char *call)
{
    size_t offset = 0;
    expect_size(mem_heapsize(), before->heap_bytes, "%s should leave the heap as large as it was", call);
    while (offset < before->image_bytes && before->image[offset] == (unsigned char)heap_start()[offset])
        offset++;
    if (offset < before->image_bytes)
        fail_if_field(before, offset, call);
    expect_bytes(mem_heap_lo(), before->image, before->image_bytes, "%s should leave every byte of the heap as it was",
                 call);
}
