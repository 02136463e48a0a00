// SPDX-License-Identifier: MIT
/*
 * heap.c - the heap's blocks and words at a moment of a run (quiz.h).
 */
#include "desk/quiz/quiz.h"
#include "wire/channel.h"

#include <string.h>

enum { WORD_BYTES = 8 };

/* --- blocks --- */

static gint order_of_blocks(gconstpointer a, gconstpointer b)
{
    const struct block *first = a;
    const struct block *second = b;
    return first->offset < second->offset ? -1 : first->offset > second->offset;
}

static void remove_block(GArray *blocks, gint64 offset)
{
    for (guint i = blocks->len; i-- > 0;)
        if (g_array_index(blocks, struct block, i).offset == offset)
            g_array_remove_index(blocks, i);
}

GArray *heap_blocks(const struct quiz_run *run, guint operation)
{
    GArray *blocks = g_array_new(FALSE, FALSE, sizeof(struct block));
    size_t i;
    json_t *cell;
    json_array_foreach(json_object_get(run->data, "cells"), i, cell)
    {
        if (number_in(cell, 0) > operation)
            break;
        remove_block(blocks, number_in(cell, 1));
        if (json_array_size(cell) <= 2)
            continue;
        struct block block = {number_in(cell, 1), number_in(cell, 2), json_string_value(json_array_get(cell, 3))[0],
                              number_in(cell, 5), number_in(cell, 6)};
        g_array_append_val(blocks, block);
    }
    g_array_sort(blocks, order_of_blocks);
    return blocks;
}

bool heap_has_break(const struct quiz_run *run, guint operation)
{
    return number_in(json_object_get(run->data, "heaps"), operation) > 0;
}

/* "p2": the block that a trace has at PAYLOAD after OPERATION; NULL. */
static char *holder(const struct quiz_run *run, gint64 payload, guint operation)
{
    json_int_t found = -1;
    for (guint i = 0; run->trace && i <= operation; i++)
        if (number_in(json_object_get(run->data, "offsets"), i) == payload)
            found = number_in(json_object_get(run->data, "ids"), i);
    return found < 0 ? NULL : g_strdup_printf("p%" G_GINT64_FORMAT, (gint64)found);
}

static char *block_line(const struct quiz_run *run, const struct block *block, guint operation)
{
    bool is_list = block->header == block->bytes;
    g_autofree char *name = block->kind == 'u' ? holder(run, block->offset + block->header, operation) : NULL;
    return g_strdup_printf("heap + %4" G_GINT64_FORMAT "  %5" G_GINT64_FORMAT " bytes  %s%s%s", block->offset,
                           block->bytes,
                           is_list              ? "the list"
                           : block->kind == 'u' ? "used"
                           : block->kind == 'f' ? "free"
                                                : "damaged",
                           name ? ", " : "", name ? name : "");
}

json_t *heap_picture(const struct quiz_run *run, guint operation)
{
    json_t *lines = json_array();
    g_autoptr(GArray) blocks = heap_blocks(run, operation);
    for (guint i = 0; i < blocks->len; i++) {
        g_autofree char *line = block_line(run, &g_array_index(blocks, struct block, i), operation);
        json_array_append_new(lines, json_string(line));
    }
    return lines;
}

/* --- words --- */

static guint64 byte_of(const char *data, gint64 i)
{
    const char *digits = data[0] == '=' ? data + 1 : data + 2 * i;
    return (guint64)(g_ascii_xdigit_value(digits[0]) << 4 | g_ascii_xdigit_value(digits[1]));
}

char *heap_image(const struct quiz_run *run, guint operation)
{
    gint64 bytes = number_in(json_object_get(run->data, "heaps"), operation);
    char *image = g_strnfill((gsize)(2 * bytes), '0');
    for (guint i = 0; i < run->writes->len; i++) {
        const struct write *write = &g_array_index(run->writes, struct write, i);
        bool fits = write->offset >= 0 && write->offset + write->bytes <= bytes;
        for (gint64 k = 0; fits && write->operation <= operation && k < write->bytes; k++) {
            const char *digits = write->data[0] == '=' ? write->data + 1 : write->data + 2 * k;
            memcpy(image + 2 * (write->offset + k), digits, 2);
        }
    }
    return image;
}

bool heap_word(const struct quiz_run *run, gint64 offset, guint operation, guint64 *value)
{
    const struct write *last = NULL;
    for (guint i = 0; i < run->writes->len; i++) {
        const struct write *write = &g_array_index(run->writes, struct write, i);
        bool touches = write->offset < offset + WORD_BYTES && write->offset + write->bytes > offset;
        if (touches && write->operation <= operation)
            last = write;
    }
    if (!last || last->site < 0 || last->operation != operation || last->offset > offset ||
        last->offset + last->bytes < offset + WORD_BYTES)
        return false;
    *value = 0;
    for (gint64 i = WORD_BYTES; i-- > 0;) {
        gint64 from = offset + i - last->offset;
        if (last->data[0] != '=' && (gsize)(2 * from + 1) >= strlen(last->data))
            return false;
        *value = *value << 8 | byte_of(last->data, from);
    }
    return true;
}

char *heap_value(guint64 value)
{
    const guint64 most_decimal = 1 << 26;
    if (value == 0)
        return g_strdup("0 (as a pointer: NULL)");
    if (value >= HEAP_ADDRESS && value - HEAP_ADDRESS < most_decimal)
        return g_strdup_printf("heap + %" G_GUINT64_FORMAT, value - HEAP_ADDRESS);
    return value < most_decimal ? g_strdup_printf("%" G_GUINT64_FORMAT, value)
                                : g_strdup_printf("0x%" G_GINT64_MODIFIER "x", value);
}
