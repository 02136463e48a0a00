// SPDX-License-Identifier: MIT
/*
 * layout.c - lays out heaps in the arena (layout.h).
 *
 * The judge's own mem_sbrk makes room. Then everything is written as free_list.h says, and the walker checks it like
 * any other heap.
 */
#include "layout.h"

#include "memlib.h"

#include "walker.h"

#include "heaplab/story.h"

#include <stdio.h>
#include <string.h>

enum { PAYLOAD_BYTE = 0xA0, LINE_BYTES = 160, OVERHEAD = sizeof(struct header) + sizeof(size_t) };

static struct free_list *list(void)
{
    return mem_heap_lo();
}

static struct links *links_of(struct header *block)
{
    void *payload = block + 1;
    return payload;
}

void tag(struct header *block, size_t size, enum mm_state state)
{
    *block = (struct header){.magic = MM_MAGIC, .state = state, .size = size};
    char *end = (char *)block + size;
    memcpy(end - sizeof size, &size, sizeof size);
}

static void fill_payload(struct header *block)
{
    memset(block + 1, PAYLOAD_BYTE, block->size - OVERHEAD);
}

static void link_first(struct header *block)
{
    *links_of(block) = (struct links){.next = list()->first, .prev = NULL};
    if (list()->first != NULL)
        links_of(list()->first)->prev = block;
    list()->first = block;
    list()->count++;
}

static void name_block(struct header *block, size_t index)
{
    char name[] = {(char)('A' + index), '\0'};
    set_name(block, name);
}

static void place_block(struct header *block, const struct plan *plan, size_t index)
{
    name_block(block, index);
    tag(block, plan->size, plan->part == PART_USED ? MM_USED : MM_FREE);
    if (plan->part == PART_USED)
        fill_payload(block);
    if (plan->part == PART_FREE)
        link_first(block);
    if (plan->part == PART_LOOSE)
        walker_loose(block);
}

/* Puts as many blocks on a line as fit. */
static void tell_layout(const struct plan *plan, size_t count)
{
    enum { WIDTH = 40 };
    static const char *const parts[] = {"used", "free", "free, not listed,"};
    char line[LINE_BYTES] = "a heap laid out by the grader: the list";
    for (size_t i = 0; i < count; i++) {
        size_t length = strlen(line);
        if (length > WIDTH) {
            tell("/* %s, */", line);
            length = 0;
        }
        snprintf(line + length, sizeof line - length, "%s %c %s %zu", length > 0 ? "," : "  ", (int)('A' + i),
                 parts[plan[i].part], plan[i].size);
    }
    tell("/* %s */", line);
}

struct layout lay_out(const struct plan *plan, size_t count)
{
    expect(count <= MOST_LAID, "a layout has at most %d blocks", MOST_LAID);
    struct layout layout = {.count = count};
    size_t bytes = sizeof(struct free_list);
    for (size_t i = 0; i < count; i++)
        bytes += plan[i].size;
    mem_sbrk((intptr_t)bytes);
    *list() = (struct free_list){.policy = MM_FIRST_FIT};
    tell_layout(plan, count);
    struct header *block = (struct header *)(void *)(list() + 1);
    for (size_t i = 0; i < count; i++) {
        place_block(block, &plan[i], i);
        layout.block[i] = block;
        layout.plan[i] = plan[i];
        block = (struct header *)(void *)((char *)block + plan[i].size);
    }
    walker_survey();
    return layout;
}

void restore_names(const struct layout *layout)
{
    for (size_t i = 0; i < layout->count; i++)
        name_block(layout->block[i], i);
}

void relink(const struct layout *layout, const char *letters)
{
    list()->first = NULL;
    list()->count = 0;
    for (size_t i = strlen(letters); i > 0; i--)
        link_first(layout->block[letters[i - 1] - 'A']);
    char line[LINE_BYTES] = "";
    for (size_t i = 0; letters[i] != '\0'; i++)
        snprintf(line + strlen(line), sizeof line - strlen(line), "%s%c", i == 0 ? "" : ", then ", letters[i]);
    tell("/* the list: %s */", line);
    walker_survey();
}

void set_rover(struct header *rover)
{
    list()->rover = rover;
    tell("list->rover = %s;", name_of(rover));
    walker_survey();
}

void make_loose(struct header *block)
{
    tell("/* %s becomes free, but is not on the list yet */", name_of(block));
    tag(block, block->size, MM_FREE);
    walker_loose(block);
    walker_survey();
}

void make_used(struct header *block)
{
    tell("/* from now on %s is used */", name_of(block));
    tag(block, block->size, MM_USED);
    fill_payload(block);
    walker_loose(NULL);
    walker_survey();
}

void expect_payload(const struct layout *layout, size_t index)
{
    const struct block *block = survey_block(walker_survey(), layout->block[index]);
    const struct plan *plan = &layout->plan[index];
    if (plan->part != PART_USED || block == NULL || !block->used)
        return;
    size_t bytes = (block->size < plan->size ? block->size : plan->size) - OVERHEAD;
    expect_fill(layout->block[index] + 1, PAYLOAD_BYTE, bytes, "block %c is in use: its payload should not change",
                (int)('A' + index));
}

void expect_payloads(const struct layout *layout)
{
    for (size_t i = 0; i < layout->count; i++)
        expect_payload(layout, i);
}
