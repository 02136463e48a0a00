// SPDX-License-Identifier: MIT
/*
 * sizes.c - blocks of all sizes, and changes from each size to every other one.
 */
#include "sizes.h"

#include "heaplab/test.h"
#include "memlib.h"
#include "mm.h"
#include "workload.h"

enum { KIB = 1 << 10, MIB = 1 << 20, GUARD = 40, NEXT = 200, MARK = 0x51, OTHER_MARK = 0x93 };

static const char *const kept = "the contents of a block in use should not change";

/* Allocates a block of SIZE bytes, which must succeed, and fills it. */
static void *marked(size_t size, unsigned char mark)
{
    void *block = mm_malloc(size);
    expect_pointer_set(block, "there is memory, so mm_malloc should return a block");
    expect_sound(block, size, "mm_malloc");
    write_mark(block, size, mark);
    return block;
}

/*** From each size to each other ***/

/* What comes after the block that changes its size, unless the allocator has placed it elsewhere. */
enum neighbour { NEXT_IN_USE, NEXT_IS_FREE, NO_NEXT, NEIGHBOURS };

/* The case that is being tried. */
static struct {
    size_t from, to;
    enum neighbour neighbour;
} trying;

static void tell_case(void)
{
    static const char *const next[] = {"is in use", "is free", "does not exist"};
    tell("/* when a block of %zu bytes changes to %zu, and its next block %s */", trying.from, trying.to,
         next[trying.neighbour]);
}

static void change_size(size_t from, size_t to, enum neighbour neighbour)
{
    trying.from = from;
    trying.to = to;
    trying.neighbour = neighbour;
    if (neighbour == NEXT_IS_FREE) { /* so that it is the last block of the heap */
        break_reset();
        expect(mm_init(), "mm_init should make the allocator ready and return true");
    }
    void *guard = marked(GUARD, OTHER_MARK);
    void *block = marked(from, MARK);
    void *next = neighbour == NO_NEXT ? NULL : marked(NEXT, OTHER_MARK);
    if (neighbour == NEXT_IS_FREE) {
        mm_free(next);
        next = NULL;
    }
    void *changed = mm_realloc(block, to);
    expect_pointer_set(changed, "there is memory, so mm_realloc to %zu bytes should return a block", to);
    expect_sound(changed, to, "mm_realloc");
    expect_mark(changed, from < to ? from : to, MARK, "mm_realloc should keep as many bytes of the block as fit");
    write_mark(changed, to, MARK);
    void *more = marked(NEXT, OTHER_MARK); /* from what lies in the heap's lists now */
    expect_mark(guard, GUARD, OTHER_MARK, kept);
    expect_mark(next ? next : guard, next ? NEXT : GUARD, OTHER_MARK, kept);
    expect_mark(changed, to, MARK, kept);
    mm_free(more);
    mm_free(guard);
    mm_free(changed);
    mm_free(next);
}

START_TEST(realloc_to_all_sizes)
{
    static const size_t sizes[] = {1, 8, 16, 17, 24, 25, 40, 56, 72, 100, 248, 500, 1000, 4000, 5000, 70000};
    enum { SIZES = sizeof sizes / sizeof *sizes };
    tell("/* blocks of %d sizes change to each of these sizes; the next block is in use, is free, or there is none */",
         SIZES);
    story_quiet();
    story_at_end(tell_case);
    for (size_t i = 0; i < SIZES * SIZES * NEIGHBOURS; i++)
        change_size(sizes[i % SIZES], sizes[i / SIZES % SIZES], (enum neighbour)(i / SIZES / SIZES));
    static const size_t pages[] = {4096, 3 * 4096, 64 * KIB, MIB, MIB + 4096, 2 * MIB};
    enum { PAGES = sizeof pages / sizeof *pages };
    for (size_t i = 0; i < PAGES * NEIGHBOURS; i++) {
        change_size(pages[i % PAGES] - 1000, pages[i % PAGES], (enum neighbour)(i / PAGES));
        change_size(pages[i % PAGES] + 5000, pages[i % PAGES], (enum neighbour)(i / PAGES));
    }
}
END_TEST

/* Where a design rounds up so far that there is no memory for a block, NULL is fine. */
START_TEST(large_blocks_keep_bytes)
{
    enum { LARGE = 17 * MIB + 100, LARGER = 18 * MIB };
    void *block = mm_malloc(LARGE);
    void *guard = marked(GUARD, OTHER_MARK);
    if (!block)
        return;
    expect_sound(block, LARGE, "mm_malloc");
    write_mark(block, LARGE, MARK);
    expect_mark(guard, GUARD, OTHER_MARK, kept);
    void *moved = mm_realloc(block, LARGER);
    expect_mark(moved ? moved : block, LARGE, MARK, "mm_realloc should keep as many bytes of the block as fit");
    moved = mm_realloc(moved ? moved : block, 70 * KIB);
    expect_pointer_set(moved, "a block can always be made smaller");
    expect_mark(moved, 70 * KIB, MARK, "mm_realloc should keep as many bytes of the block as fit");
    void *zeros = mm_calloc(3 * MIB, 3);
    if (zeros) {
        expect_sound(zeros, 9 * MIB, "mm_calloc");
        expect_fill(zeros, 0, 9 * MIB, "all bytes from mm_calloc should be zero");
    }
    expect_mark(moved, 70 * KIB, MARK, kept);
    expect_mark(guard, GUARD, OTHER_MARK, kept);
}
END_TEST

/* The hole is more than half of the memory: copying as many bytes as the new block has would run past the end of the
 * heap. */
START_TEST(realloc_reads_only_old_block)
{
    enum { HOLE = 31 * MIB, LARGE = 30 * MIB };
    void *hole = mm_malloc(HOLE);
    void *block = marked(GUARD, MARK);
    void *guard = marked(GUARD, OTHER_MARK);
    mm_free(hole);
    tell("/* past the 60th megabyte of the heap there is no memory at all */");
    void *moved = mm_realloc(block, LARGE);
    expect_mark(moved ? moved : block, GUARD, MARK, "mm_realloc should keep as many bytes of the block as fit");
    expect_mark(guard, GUARD, OTHER_MARK, kept);
}
END_TEST

/*** No bytes, and too many ***/

static void *zero_block(size_t i)
{
    switch (i % 4) {
    case 0:
        return mm_malloc(0);
    case 1:
        return mm_calloc(0, i % 8 < 4 ? 8 : SIZE_MAX);
    case 2:
        return mm_calloc(i % 8 < 4 ? 8 : SIZE_MAX, 0);
    default:
        return mm_realloc(NULL, 0);
    }
}

START_TEST(size_zero_does_no_harm)
{
    enum { ZEROS = 24, SIZE = 100, FREED = 3, LITTLE = 16 };
    void *zeros[ZEROS], *blocks[ZEROS];
    size_t sizes[ZEROS];
    for (size_t i = 0; i < ZEROS; i++) {
        zeros[i] = zero_block(i);
        blocks[i] = marked(SIZE, (unsigned char)i);
        sizes[i] = i % 2 == 0 ? LITTLE : GUARD;
    }
    for (size_t i = 0; i < ZEROS; i += FREED)
        mm_free(zeros[i]);
    for (size_t i = 0; i < ZEROS; i++) {
        if (i % FREED == 0)
            continue;
        zeros[i] = mm_realloc(zeros[i], sizes[i]);
        expect_pointer_set(zeros[i], "there is memory, so mm_realloc should return a block");
        expect_sound(zeros[i], sizes[i], "mm_realloc");
        write_mark(zeros[i], sizes[i], (unsigned char)(OTHER_MARK + i));
    }
    for (size_t i = 0; i < ZEROS; i++)
        expect_mark(blocks[i], SIZE, (unsigned char)i, kept);
    void *more = marked(NEXT, OTHER_MARK);
    for (size_t i = 0; i < ZEROS; i++)
        if (i % FREED != 0)
            expect_mark(zeros[i], sizes[i], (unsigned char)(OTHER_MARK + i), kept);
    expect_mark(more, NEXT, OTHER_MARK, kept);
}
END_TEST

/* Sizes that no heap has room for. In 32 bits some of them look small. */
static const size_t huge[] = {
    SIZE_MAX,        SIZE_MAX - 7,     SIZE_MAX - 15,          SIZE_MAX - 64,          SIZE_MAX / 2,
    SIZE_MAX - 4096, SIZE_MAX / 2 + 1, (size_t)1 << 40,        ((size_t)1 << 32) + 16, ((size_t)1 << 32) + 100,
    (size_t)3 << 32, (size_t)1 << 31,  ((size_t)1 << 31) + 40, ((size_t)1 << 62) + 40, SIZE_MAX / 2 - 40,
};

static void expect_refused(size_t size, void *block, void *smallest)
{
    expect_null(mm_malloc(size), "no heap has room for that, so mm_malloc should return NULL");
    expect_null(mm_calloc(1, size), "no heap has room for that, so mm_calloc should return NULL");
    expect_null(mm_calloc(4, size / 4), "no heap has room for that, so mm_calloc should return NULL");
    expect_null(mm_calloc(size / 4, 4), "no heap has room for that, so mm_calloc should return NULL");
    expect_null(mm_realloc(block, size), "no heap has room for that, so mm_realloc should return NULL");
    expect_null(mm_realloc(smallest, size), "no heap has room for that, so mm_realloc should return NULL");
    expect_null(mm_realloc(NULL, size), "no heap has room for that, so mm_realloc should return NULL");
}

/* Whoever asks for twice as much, or half as much again, gets a small number if that wraps around: such sizes lie just
 * above some fraction of 2^64. */
static void expect_fractions_refused(void *block, void *smallest)
{
    enum { LARGEST_PART = 9, MORE = 64 };
    for (size_t parts = 2; parts <= LARGEST_PART; parts++)
        for (size_t taken = 1; taken < parts; taken++)
            expect_refused(SIZE_MAX / parts * taken + MORE, block, smallest);
}

START_TEST(huge_sizes_are_refused)
{
    void *a = marked(NEXT, MARK);
    void *smallest = marked(1, MARK);
    for (size_t i = 0; i < sizeof huge / sizeof *huge; i++)
        expect_refused(huge[i], a, smallest);
    expect_fractions_refused(a, smallest);
    expect_mark(a, NEXT, MARK, "a refused call should not change any block");
    void *b = marked(NEXT, OTHER_MARK);
    expect_mark(a, NEXT, MARK, kept);
    mm_free(a);
    expect_mark(b, NEXT, OTHER_MARK, kept);
}
END_TEST

void add_sizes(struct suite *suite)
{
    suite_add(suite, huge_sizes_are_refused);
    suite_add(suite, realloc_to_all_sizes);
    suite_add(suite, large_blocks_keep_bytes);
    suite_add(suite, realloc_reads_only_old_block);
    suite_add(suite, size_zero_does_no_harm);
}
