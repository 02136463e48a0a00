// SPDX-License-Identifier: MIT
/*
 * bad_frees.c - tests of mm_free with pointers that it must report.
 */
#include "heaplab/test.h"

#include "header_alloc.h"
#include "memlib.h"

#include "suites.h"
#include "support.h"

static const char *kind_name(int kind)
{
    switch (kind) {
    case MM_WILD_POINTER:
        return "MM_WILD_POINTER";
    case MM_INTERIOR_POINTER:
        return "MM_INTERIOR_POINTER";
    case MM_DOUBLE_FREE:
        return "MM_DOUBLE_FREE";
    default:
        return "another kind";
    }
}

/* Calls mm_free(BAD) and demands one report of KIND, and an unchanged heap. WHAT says what BAD is. */
static void free_badly(void *bad, int kind, const char *what)
{
    struct snapshot before = take_snapshot();
    unsigned reported = reports();
    mm_free(bad);
    expect(reports() > reported, "%s: mm_free should report it with mm_report", what);
    expect(reports() == reported + 1, "%s: mm_free should report it only once", what);
    const void *where = NULL;
    int found = last_report(&where);
    if (found != kind)
        fail_compare(kind_name(kind), kind_name(found), "%s: the report should have the right kind", what);
    expect_pointer(where, bad, "mm_report should get the same pointer as mm_free");
    expect_unchanged(&before, "a bad mm_free should do nothing but report: it");
}

START_TEST(wild_free_is_reported)
{
    enum { LOW = 64 };
    static const char far_away[] = "this pointer is 2^32 bytes or more away from a payload, and not in the heap";
    static const unsigned powers[] = {32, 33, 34, 35, 36, 40, 48, 63}; /* in bytes, words or units of 16, in 32 bits */
    char *stray = put(NULL, 128, "stray", "char stray[128]; /* not from mm_malloc */");
    free_badly(stray + 64, MM_WILD_POINTER, "the heap is empty, so this pointer is not in it");
    free_badly(heap_start(), MM_WILD_POINTER, "the heap is empty: even its start is the break");
    char *a = allocate(64);
    fill(a, 0x0A, 64);
    free_badly(stray + 64, MM_WILD_POINTER, "this pointer does not come from mm_malloc and is not in the heap");
    free_badly(heap_start() + mem_heapsize(), MM_WILD_POINTER, "the break is the first address after the heap");
    free_badly(heap_start() + mem_heapsize() + HEADER, MM_WILD_POINTER, "this pointer lies above the break");
    free_badly(heap_start() - LOW, MM_WILD_POINTER, "this pointer lies below the start of the heap");
    free_badly((void *)(uintptr_t)LOW, MM_WILD_POINTER, "this pointer lies far below the heap");
    free_badly(stray + 1, MM_WILD_POINTER, "this pointer is odd, and not in the heap");
    free_badly(heap_start() - 1, MM_WILD_POINTER, "this is the last byte below the heap");
    free_badly(heap_start() + mem_heapsize() + 1, MM_WILD_POINTER, "this is the second byte above the heap");
    for (size_t i = 0; i < sizeof powers / sizeof *powers; i++) {
        free_badly((void *)((uintptr_t)a + ((uintptr_t)1 << powers[i])), MM_WILD_POINTER, far_away);
        free_badly((void *)((uintptr_t)a - ((uintptr_t)1 << powers[i])), MM_WILD_POINTER, far_away);
    }
    release(a);
}
END_TEST

/* Fills the 64 bytes of PAYLOAD with WORD. */
static void fill_words(char *payload, uint32_t word)
{
    for (size_t i = 0; i < 64; i += sizeof word)
        memcpy(payload + i, &word, sizeof word);
    tell("/* the program fills %s with the word 0x%08X */", name_of(payload), (unsigned)word);
}

/* Writes the bytes of a used block's header AT, which is no multiple of MM_ALIGNMENT. */
static void write_odd_header(char *payload, size_t at)
{
    const struct header odd = {.size = 64, .state = MM_USED, .magic = MM_MAGIC};
    memcpy(payload + at, &odd, sizeof odd);
    tell("/* %zu bytes into %s, the program writes the bytes of a header */", at, name_of(payload));
}

START_TEST(interior_free_is_reported)
{
    char *a = allocate(64);
    char *b = allocate(64);
    fill(a, 0x0A, 64);
    fill(b, 0x0B, 64);
    free_badly(b + 16, MM_INTERIOR_POINTER, "this pointer is 16 bytes into a payload, where no other payload starts");
    free_badly(b + 8, MM_INTERIOR_POINTER, "this pointer is 8 bytes into a payload, where no other payload starts");
    free_badly(b + 1, MM_INTERIOR_POINTER, "this pointer is one byte into a payload, where no other payload starts");
    free_badly(b + 63, MM_INTERIOR_POINTER, "this is the last byte of the heap: no payload starts there");
    free_badly(b - HEADER, MM_INTERIOR_POINTER, "this is the address of a header: no payload starts there");
    free_badly(heap_start(), MM_INTERIOR_POINTER, "this is the address of the first header: no payload starts there");
    free_badly(heap_start() + 8, MM_INTERIOR_POINTER,
               "this pointer leads into the first header: no payload starts there");
    static const uint32_t words[] = {MM_USED, MM_FREE, MM_MAGIC & 0xFFFF, MM_MAGIC & 0xFFFF0000, 1, 0};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        fill_words(b, words[i]);
        free_badly(b + 32, MM_INTERIOR_POINTER, "the payload holds no magic number: no other payload starts there");
    }
    for (size_t at = 4; at < MM_ALIGNMENT; at += 4) {
        write_odd_header(b, at);
        free_badly(b + at + HEADER, MM_INTERIOR_POINTER, "this address is no multiple of 16: no payload starts there");
    }
    release(b);
    free_badly(b + 32, MM_INTERIOR_POINTER, "this pointer is 32 bytes into a free block, where no payload starts");
    free_badly(b - HEADER, MM_INTERIOR_POINTER,
               "this is the address of a free block's header: no payload starts there");
    for (size_t i = 1; i < MM_ALIGNMENT; i += 7)
        free_badly(b + i, MM_INTERIOR_POINTER, "this is an odd address in a free block, where no payload starts");
    expect_place(allocate(64), b, "b is free: it should be reused");
    release(b);
    free_badly(a + 32, MM_INTERIOR_POINTER, "this pointer is 32 bytes into a payload, where no other payload starts");
    expect_place(allocate(64), b, "a bad mm_free changes nothing: b is still the lowest block that is free");
    release(a);
}
END_TEST

START_TEST(double_free_is_reported)
{
    char *a = allocate(64);
    char *b = allocate(16);
    fill(b, 0x0B, 16);
    release(a);
    free_badly(a, MM_DOUBLE_FREE, "this block is already free");
    release(b);
    free_badly(b, MM_DOUBLE_FREE, "this block is already free");
    free_badly(a, MM_DOUBLE_FREE, "this block is still free");
    expect_place(allocate(64), a, "a is free: it should be reused");
    release(a);
    free_badly(a, MM_DOUBLE_FREE, "this block was in use again, and is free again");
}
END_TEST

void add_bad_frees(struct suite *suite)
{
    suite_add(suite, wild_free_is_reported);
    suite_add(suite, interior_free_is_reported);
    suite_add(suite, double_free_is_reported);
}
