// SPDX-License-Identifier: MIT
/*
 * gcda.c - adding up coverage counters (gcda.h).
 */
#include "grade/gcda.h"

#include <string.h>

enum {
    WORD = 4,
    HEADER_WORDS = 4,
    STAMP_AT = 2 * WORD,
    TAG_COUNTERS = 0x01a10000, /* line and branch counters; other kinds are not collected */
    COUNTER_BYTES = 8,
};

/* One record of a sum: its data, or its counters. */
struct record {
    guint32 tag;
    GByteArray *data; /* counters are kept in full, even if all are zero */
};

struct sum {
    guint8 header[HEADER_WORDS * WORD];
    GPtrArray *records;
};

/* A place in the bytes being read. A run of zeros is given by its length alone, so a few forged bytes could ask for any
 * amount of memory: what is kept of one test's counters has a limit, and the rest counts as never reached. */
struct reader {
    const guint8 *at;
    gsize left;
    gsize room; /* bytes that may still be kept */
};

enum { ROOM = 2 << 20, RECORD_ROOM = 64 };

static void record_free(gpointer data)
{
    struct record *record = data;
    g_byte_array_unref(record->data);
    g_free(record);
}

static void sum_free(gpointer data)
{
    struct sum *sum = data;
    g_ptr_array_unref(sum->records);
    g_free(sum);
}

gcda_sums *gcda_sums_new(void)
{
    return g_hash_table_new_full(NULL, NULL, NULL, sum_free);
}

static gboolean take_bytes(struct reader *reader, void *room, gsize n)
{
    if (reader->left < n)
        return FALSE;
    memcpy(room, reader->at, n);
    reader->at += n;
    reader->left -= n;
    return TRUE;
}

guint32 gcda_stamp(const guint8 *bytes, gsize n)
{
    guint32 stamp = 0;
    if (n >= STAMP_AT + WORD)
        memcpy(&stamp, bytes + STAMP_AT, WORD);
    return stamp;
}

/* Reads the next record's data. NULL at the end of the image, or if it makes no sense. */
static struct record *take_record(struct reader *reader)
{
    guint32 tag = 0;
    gint32 length = 0;
    if (!take_bytes(reader, &tag, WORD) || tag == 0 || !take_bytes(reader, &length, WORD))
        return NULL;
    gboolean zeros = length < 0 && tag == TAG_COUNTERS;
    gsize size = (gsize)ABS((gint64)length);
    if (!zeros && (length < 0 || size > reader->left))
        return NULL;
    if (size + RECORD_ROOM > reader->room)
        return NULL;
    reader->room -= size + RECORD_ROOM;
    struct record *record = g_new(struct record, 1);
    record->tag = tag;
    record->data = g_byte_array_sized_new((guint)size);
    g_byte_array_set_size(record->data, (guint)size);
    if (zeros)
        memset(record->data->data, 0, size);
    else if (size > 0)
        take_bytes(reader, record->data->data, size);
    return record;
}

/* Reads one image. NULL if there is no further one. */
static struct sum *take_image(struct reader *reader)
{
    struct sum *sum = g_new0(struct sum, 1);
    sum->records = g_ptr_array_new_with_free_func(record_free);
    if (reader->room < RECORD_ROOM || !take_bytes(reader, sum->header, sizeof sum->header) ||
        memcmp(sum->header, "adcg", WORD) != 0) {
        sum_free(sum);
        return NULL;
    }
    reader->room -= RECORD_ROOM;
    for (struct record *record; (record = take_record(reader)) != NULL;)
        g_ptr_array_add(sum->records, record);
    return sum;
}

static void add_counters(GByteArray *to, const GByteArray *from)
{
    for (guint at = 0; at + COUNTER_BYTES <= to->len && at + COUNTER_BYTES <= from->len; at += COUNTER_BYTES) {
        guint64 a, b;
        memcpy(&a, to->data + at, COUNTER_BYTES);
        memcpy(&b, from->data + at, COUNTER_BYTES);
        a = a > G_MAXUINT64 / 4 || b > G_MAXUINT64 / 4 ? MAX(a, b) : a + b;
        memcpy(to->data + at, &a, COUNTER_BYTES);
    }
}

static void add_image(struct sum *to, const struct sum *from)
{
    for (guint i = 0; i < to->records->len && i < from->records->len; i++) {
        struct record *mine = to->records->pdata[i];
        const struct record *theirs = from->records->pdata[i];
        if (mine->tag == TAG_COUNTERS && theirs->tag == TAG_COUNTERS)
            add_counters(mine->data, theirs->data);
    }
}

void gcda_add(gcda_sums *sums, const guint8 *bytes, gsize n)
{
    struct reader reader = {bytes, n, ROOM};
    for (struct sum *image; (image = take_image(&reader)) != NULL;) {
        gpointer stamp = GUINT_TO_POINTER(gcda_stamp(image->header, sizeof image->header));
        struct sum *known = g_hash_table_lookup(sums, stamp);
        if (known) {
            add_image(known, image);
            sum_free(image);
        } else {
            g_hash_table_insert(sums, stamp, image);
        }
    }
}

static void append_word(GByteArray *bytes, guint32 word)
{
    g_byte_array_append(bytes, (const guint8 *)&word, WORD);
}

GByteArray *gcda_image(gcda_sums *sums, guint32 stamp)
{
    const struct sum *sum = g_hash_table_lookup(sums, GUINT_TO_POINTER(stamp));
    if (!sum)
        return NULL;
    GByteArray *bytes = g_byte_array_new();
    g_byte_array_append(bytes, sum->header, sizeof sum->header);
    for (guint i = 0; i < sum->records->len; i++) {
        const struct record *record = sum->records->pdata[i];
        append_word(bytes, record->tag);
        append_word(bytes, record->data->len);
        g_byte_array_append(bytes, record->data->data, record->data->len);
    }
    append_word(bytes, 0);
    return bytes;
}
