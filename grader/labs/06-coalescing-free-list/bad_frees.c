// SPDX-License-Identifier: MIT
/*
 * bad_frees.c - tests of mm_free with pointers that it must report.
 */
#include "heaplab/test.h"

#include "free_list.h"
#include "memlib.h"

#include "suites.h"
#include "support.h"
#include "walker.h"

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

/* Calls mm_free(BAD) and demands one report and an unchanged heap. WHAT says what BAD is. Returns the report's kind. */
static int free_badly(void *bad, const char *what)
{
    struct snapshot before = take_snapshot();
    unsigned reported = reports();
    walker_pause();
    mm_free(bad);
    walker_resume();
    expect(reports() > reported, "%s: mm_free should report it with mm_report", what);
    expect(reports() == reported + 1, "%s: mm_free should report it only once", what);
    const void *where = NULL;
    int kind = last_report(&where);
    expect_pointer(where, bad, "mm_report should get the same pointer as mm_free");
    expect_unchanged(&before, "a bad mm_free should do nothing but report: it");
    return kind;
}

static void expect_kind(int found, int kind, const char *what)
{
    if (found != kind)
        fail_compare(kind_name(kind), kind_name(found), "%s: the report should have the right kind", what);
}

/* Fills the first 64 bytes of PAYLOAD with WORD. */
static void fill_words(char *payload, uint32_t word)
{
    for (size_t i = 0; i < 64; i += sizeof word)
        memcpy(payload + i, &word, sizeof word);
    tell("/* the program fills %s with the word 0x%08X */", name_of(payload), (unsigned)word);
}

/* Writes the bytes of a header in STATE with MAGIC at PAYLOAD + AT. */
static void write_header(char *payload, size_t at, enum mm_state state, uint32_t magic)
{
    const struct header header = {.size = 64, .state = state, .magic = magic};
    memcpy(payload + at, &header, sizeof header);
    tell("/* %zu bytes into %s, the program writes the bytes of a header, with the state 0x%08X and the magic number "
         "0x%08X */",
         at, name_of(payload), (unsigned)state, (unsigned)magic);
}

START_TEST(bad_free_is_reported)
{
    static const char no_magic[] = "the payload holds no magic number: no other payload starts there";
    static const char unaligned[] = "this address is no multiple of 16: no payload starts there";
    static const char wild[] = "this pointer does not come from mm_malloc and is not in the heap";
    static const char at_break[] = "the break is the first address after the heap";
    static const char interior[] = "this pointer is 16 bytes into a payload, where no other payload starts";
    static const char odd[] = "this pointer is one byte into a payload, where no other payload starts";
    static const char header[] = "this is the address of a header: no payload starts there";
    static const char list[] = "this pointer leads into the list: no payload starts there";
    static const char last[] = "this is the last byte of the heap: no payload starts there";
    static const char below[] = "this pointer lies below the start of the heap";
    static const char above[] = "this pointer lies above the break";
    static const char far[] = "this pointer is 2^32 bytes or more away from a payload, and not in the heap";
    static const char freed[] = "this pointer is 32 bytes into a free block, where no payload starts";
    static const unsigned powers[] = {32, 33, 34, 35, 36, 40, 48, 63}; /* in bytes, words or units of 16, in 32 bits */
    make_heap();
    expect_kind(free_badly(heap_start(), list), MM_INTERIOR_POINTER, list);
    expect_kind(free_badly(heap_start() + HEADER, list), MM_INTERIOR_POINTER, list);
    char *a = allocate(104);
    fill(a, 0x0A, 104);
    char *stray = put(NULL, 128, "stray", "char stray[128]; /* not from mm_malloc */");
    expect_kind(free_badly(stray + 64, wild), MM_WILD_POINTER, wild);
    expect_kind(free_badly(heap_start() + mem_heapsize(), at_break), MM_WILD_POINTER, at_break);
    expect_kind(free_badly(a + 16, interior), MM_INTERIOR_POINTER, interior);
    expect_kind(free_badly(a + 1, odd), MM_INTERIOR_POINTER, odd);
    expect_kind(free_badly(a - HEADER, header), MM_INTERIOR_POINTER, header);
    expect_kind(free_badly(heap_start(), list), MM_INTERIOR_POINTER, list);
    expect_kind(free_badly(heap_start() + HEADER, list), MM_INTERIOR_POINTER, list);
    expect_kind(free_badly(heap_start() + mem_heapsize() - 1, last), MM_INTERIOR_POINTER, last);
    expect_kind(free_badly(heap_start() - 64, below), MM_WILD_POINTER, below);
    expect_kind(free_badly(heap_start() + mem_heapsize() + HEADER, above), MM_WILD_POINTER, above);
    for (size_t i = 0; i < sizeof powers / sizeof *powers; i++) {
        expect_kind(free_badly((void *)((uintptr_t)a + ((uintptr_t)1 << powers[i])), far), MM_WILD_POINTER, far);
        expect_kind(free_badly((void *)((uintptr_t)a - ((uintptr_t)1 << powers[i])), far), MM_WILD_POINTER, far);
    }
    static const uint32_t words[] = {MM_USED, MM_FREE, MM_MAGIC & 0xFFFF, MM_MAGIC & 0xFFFF0000, 1, 0};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        fill_words(a, words[i]);
        expect_kind(free_badly(a + 32, no_magic), MM_INTERIOR_POINTER, no_magic);
    }
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        write_header(a, 16, i % 2 == 0 ? MM_USED : MM_FREE, words[i]);
        expect_kind(free_badly(a + 32, no_magic), MM_INTERIOR_POINTER, no_magic);
    }
    for (size_t at = 4; at < MM_ALIGNMENT; at += 4) {
        write_header(a, at, MM_USED, MM_MAGIC);
        expect_kind(free_badly(a + at + HEADER, unaligned), MM_INTERIOR_POINTER, unaligned);
    }
    release(a);
    expect_kind(free_badly(a + 32, freed), MM_INTERIOR_POINTER, freed);
}
END_TEST

START_TEST(double_free_is_reported)
{
    static const char freed[] = "this block is already free";
    static const char merged[] = "this block was freed and became part of another";
    make_heap();
    char *a = allocate(40), *b = allocate(40), *c = allocate(40), *d = allocate(40);
    release(a);
    expect_kind(free_badly(a, freed), MM_DOUBLE_FREE, freed);
    release(b);
    expect_kind(free_badly(a, freed), MM_DOUBLE_FREE, freed);
    int kind = free_badly(b, merged);
    expect(kind != MM_WILD_POINTER, "%s: it still lies in the heap", merged);
    release(d);
    free_badly(d, freed);
    release(c);
    kind = free_badly(c, merged);
    expect(kind != MM_WILD_POINTER, "%s: it still lies in the heap", merged);
}
END_TEST

void add_bad_frees(struct suite *suite)
{
    suite_add(suite, bad_free_is_reported);
    suite_add(suite, double_free_is_reported);
}
