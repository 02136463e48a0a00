// SPDX-License-Identifier: MIT
/*
 * tests.c - lab 08: what every allocator must do, whatever its design. The traces find what these tests do not.
 */
#include "checker.h"
#include "coming.h"
#include "heaplab/test.h"
#include "memlib.h"
#include "mm.h"
#include "programs.h"
#include "sizes.h"
#include "workload.h"

#include <limits.h>
#include <stdio.h>

static const char *const programs[] = {"python", "perl", "compiler", "git", "sqlite", "jq", "sort", "gdb"};
static const char *const patterns[] = {"patterns/huge",  "patterns/tiny",  "patterns/reverse", "patterns/powers",
                                       "patterns/steps", "patterns/holes", "patterns/merge",   "patterns/churn"};

static void start(void)
{
    expect(mm_init(), "mm_init should make the allocator ready and return true");
}

static void expect_in_heap(const void *block, size_t size)
{
    char found[128];
    size_t heap = mem_heapsize();
    size_t offset =
        (uintptr_t)block - (uintptr_t)mem_heap_lo(); /* below the heap: wraps around, larger than any heap */
    if (offset < heap && size <= heap - offset)
        return;
    if (offset < heap)
        snprintf(found, sizeof found, "%zu bytes from byte %zu on, in a heap of %zu", size, offset, heap);
    else
        snprintf(found, sizeof found, "it starts outside the heap, which has %zu bytes", heap);
    fail_compare("all bytes between mem_heap_lo() and mem_heap_hi()", found, "the whole block should lie in the heap");
}

/* Allocates a block of SIZE bytes, which must keep the contract's promises. */
static void *good_block(size_t size)
{
    void *block = mm_malloc(size);
    expect_pointer_set(block, "there is memory, so mm_malloc should return a block");
    expect_aligned(block, MM_ALIGNMENT, "every payload should be aligned");
    expect_in_heap(block, size);
    expect_alone(block);
    return block;
}

/*** Blocks ***/

START_TEST(blocks_are_sound)
{
    char *a = good_block(100);
    fill(a, 7, 100);
    char *b = good_block(50);
    fill(b, 9, 50);
    expect_fill(a, 7, 100, "blocks should not share bytes");
    mm_free(a);
    expect_fill(b, 9, 50, "mm_free should not change other blocks");
    mm_free(NULL);
    char *c = good_block(24);
    fill(c, 3, 24);
    expect_fill(b, 9, 50, "blocks should not share bytes");
}
END_TEST

START_TEST(calloc_gives_zeros)
{
    static const char does_not_fit[] = "count * size does not fit in a size_t, so mm_calloc should return NULL";
    char *a = good_block(400);
    fill(a, 0xff, 400);
    good_block(16);
    mm_free(a);
    char *b = mm_calloc(25, 16);
    expect_pointer_set(b, "there is memory, so mm_calloc should return a block");
    expect_aligned(b, MM_ALIGNMENT, "every payload should be aligned");
    expect_in_heap(b, 400);
    expect_fill(b, 0, 400, "the block from mm_calloc should be all zeros, even if its memory was used before");
    static const size_t factors[] = {2, 3, 8, 1000, (size_t)1 << (sizeof(size_t) * 4)};
    for (size_t i = 0; i < sizeof factors / sizeof *factors; i++) {
        size_t other = SIZE_MAX / factors[i] + 9; /* the product wraps around to a small number */
        expect_null(mm_calloc(other, factors[i]), "%s", does_not_fit);
        expect_null(mm_calloc(factors[i], other), "%s", does_not_fit);
    }
    expect_null(mm_calloc(SIZE_MAX, SIZE_MAX), "%s", does_not_fit);
    /* a little more than 2^64, and no more than that when it is computed as a double */
    static const size_t products[][2] = {
        {376464164769582687, 49}, {103, 179094602657374288}, {172399477324388333, 107}};
    for (size_t i = 0; sizeof(size_t) > 4 && i < sizeof products / sizeof *products; i++)
        expect_null(mm_calloc(products[i][0], products[i][1]), "%s", does_not_fit);
}
END_TEST

/*** Reallocation ***/

START_TEST(realloc_keeps_bytes)
{
    unsigned char *a = good_block(40);
    fill(a, 5, 40);
    unsigned char *other = good_block(40);
    fill(other, 6, 40);
    unsigned char *b = mm_realloc(a, 4000);
    expect_pointer_set(b, "there is memory, so mm_realloc should return a block");
    expect_aligned(b, MM_ALIGNMENT, "every payload should be aligned");
    expect_in_heap(b, 4000);
    expect_fill(b, 5, 40, "mm_realloc should keep the old block's bytes");
    fill(b, 5, 4000);
    unsigned char *c = mm_realloc(b, 20);
    expect_pointer_set(c, "a block can always be made smaller");
    expect_fill(c, 5, 20, "mm_realloc should keep as many bytes as fit");
    expect_fill(other, 6, 40, "mm_realloc should not change other blocks");
    unsigned char *d = mm_calloc(10, 8);
    expect_pointer_set(d, "there is memory, so mm_calloc should return a block");
    good_block(1);
    fill(d, 7, 80);
    unsigned char *e = mm_realloc(d, 500);
    expect_pointer_set(e, "there is memory, so mm_realloc should return a block");
    expect_fill(e, 7, 80, "mm_realloc should keep the bytes of all ten elements");
}
END_TEST

/* The block before the last one is free, and the heap cannot grow. */
static void resize_last_block_in_vain(size_t free_size)
{
    enum { SIZE = 300, MEMORY = 1 << 20 };
    char *before = good_block(free_size);
    char *last = good_block(SIZE);
    fill(last, 5, SIZE);
    mm_free(before);
    tell("/* from here on mem_sbrk refuses to grow the heap */");
    break_limit(mem_heapsize());
    expect_null(mm_realloc(last, mem_heapsize()), "the whole heap is not larger, so mm_realloc should return NULL");
    expect_fill(last, 5, SIZE, "when mm_realloc returns NULL, the old block should be unchanged");
    mm_free(last);
    tell("/* from here on there is memory again */");
    break_limit(mem_heapsize() + MEMORY);
}

START_TEST(realloc_special_cases)
{
    static const size_t free_sizes[] = {40, 300, 5000};
    char *a = mm_realloc(NULL, 100);
    expect_pointer_set(a, "mm_realloc(NULL, size) should do what mm_malloc(size) does");
    fill(a, 4, 100);
    expect_null(mm_realloc(a, SIZE_MAX - 64), "no heap has room for that, so mm_realloc should return NULL");
    expect_fill(a, 4, 100, "when mm_realloc returns NULL, the old block should be unchanged");
    expect_null(mm_realloc(a, 0), "mm_realloc(block, 0) should free the block and return NULL");
    fill(good_block(100), 8, 100);
    for (size_t i = 0; i < sizeof free_sizes / sizeof *free_sizes; i++)
        resize_last_block_in_vain(free_sizes[i]);
    fill(good_block(100), 9, 100);
}
END_TEST

/* Allocates blocks between two others and lets RESIZE grow, shrink and free them. */
static void live_and_move(void *(*resize)(void *block, size_t old_size, size_t size))
{
    enum { ROUNDS = 200, SMALL = 200, MIDDLE = 1000, LARGE = 3000 };
    for (size_t i = 0; i < ROUNDS; i++) {
        void *on_one_side = good_block(MIDDLE);
        void *block = good_block(MIDDLE);
        void *on_the_other = good_block(MIDDLE);
        block = resize(block, MIDDLE, LARGE);
        block = resize(block, LARGE, SMALL);
        resize(block, SMALL, 0);
        mm_free(on_one_side);
        mm_free(on_the_other);
    }
}

static void *resize_by_hand(void *block, size_t old_size, size_t size)
{
    void *moved = size > 0 ? good_block(size) : NULL;
    if (moved)
        memcpy(moved, block, old_size < size ? old_size : size);
    mm_free(block);
    return moved;
}

static void *resize_by_realloc(void *block, size_t old_size, size_t size)
{
    (void)old_size;
    void *moved = mm_realloc(block, size);
    if (size > 0)
        expect_in_heap(moved, size);
    return moved;
}

/* By how many bytes the heap grows during these calls. */
static size_t growth_of(void *(*resize)(void *block, size_t old_size, size_t size))
{
    size_t before = mem_heapsize();
    live_and_move(resize);
    return mem_heapsize() - before;
}

START_TEST(realloc_takes_blocks_back)
{
    errno_begins(ENOMEM);
    enum { TIMES = 2, SPARE = 64 * 1024 };
    char expected[64];
    char found[64];
    tell("/* 200 times: a block of 1000 bytes between two others */");
    tell("/* grows to 3000 bytes, shrinks to 200 and is freed, first */");
    tell("/* with mm_malloc and mm_free only, then with mm_realloc */");
    story_quiet();
    size_t by_hand = growth_of(resize_by_hand);
    size_t by_realloc = growth_of(resize_by_realloc);
    story_aloud();
    snprintf(expected, sizeof expected, "by at most %zu bytes: twice that, and 64 KiB", TIMES * by_hand + SPARE);
    snprintf(found, sizeof found, "the heap grew by %zu bytes", by_realloc);
    tell("/* with mm_malloc and mm_free, the heap grew by %zu bytes */", by_hand);
    if (by_realloc > TIMES * by_hand + SPARE)
        fail_compare(expected, found,
                     "mm_realloc should free the old block when it moves, the block itself when the size is 0, and "
                     "what it cuts off, so that a later block can use the memory");
}
END_TEST

/*** Running out of memory ***/

/* The story calls the first N blocks blocks[0], blocks[1], ... */
static void name_blocks(char **blocks, size_t n)
{
    char name[32];
    for (size_t i = 0; i < n; i++) {
        snprintf(name, sizeof name, "blocks[%zu]", i);
        set_name(blocks[i], name);
    }
}

/* Little by little what is left, in smaller and smaller blocks, but at most MOST of each size: some designs have room
 * for very many. They are not freed again. */
static void use_up(void)
{
    enum { MOST = 500 };
    static const size_t sizes[] = {1000, 100, 16, 1};
    tell("/* the same for at most %d blocks of 1000, 100, 16 bytes, and of 1 byte */", MOST);
    story_quiet();
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        void *block;
        for (int n = 0; n < MOST && (block = mm_malloc(sizes[i])) != NULL; n++)
            expect_in_heap(block, sizes[i]);
    }
    story_aloud();
}

START_TEST(survives_lack_of_memory)
{
    enum { LIMIT = 1 << 20, SIZE = 3000, MOST = LIMIT / SIZE, LEAST = MOST / 3 };
    static char *blocks[MOST + 1];
    size_t n = 0;
    break_limit(LIMIT);
    tell("/* the heap may grow to %d bytes, */", LIMIT);
    tell("/* and mm_malloc(%d) is called until it returns NULL */", SIZE);
    story_quiet();
    while (n <= MOST && (blocks[n] = mm_malloc(SIZE)) != NULL) {
        expect_in_heap(blocks[n], SIZE);
        memset(blocks[n], (int)n, SIZE);
        n++;
    }
    story_aloud();
    tell("/* that was %zu blocks: blocks[0] and so on */", n);
    expect(n <= MOST, "mm_malloc returned more blocks than fit in the heap");
    expect(n >= LEAST, "blocks should be able to use at least a third of the memory");
    use_up();
    name_blocks(blocks, n);
    for (size_t i = 0; i < n; i++)
        expect_fill(blocks[i], (unsigned char)i, SIZE, "running out of memory should not change any block");
    expect_null(mm_realloc(blocks[0], LIMIT), "there is no memory, so mm_realloc should return NULL");
    expect_fill(blocks[0], 0, SIZE, "when mm_realloc returns NULL, the old block should be unchanged");
    mm_free(blocks[1]);
    mm_free(blocks[3]);
    tell("/* the blocks before and after blocks[2] are free, but they have not as much room */");
    expect_null(mm_realloc(blocks[2], LIMIT), "there is no memory, so mm_realloc should return NULL");
    expect_fill(blocks[2], 2, SIZE, "when mm_realloc returns NULL, the old block should be unchanged");
    mm_free(blocks[2]);
    break_limit(2 * LIMIT);
    for (size_t i = 1; i <= 4; i++)
        fill(good_block(SIZE), UCHAR_MAX, SIZE);
    for (size_t i = 0; i <= 4; i += 4)
        expect_fill(blocks[i], (unsigned char)i, SIZE, "bytes written to one block should not show up in another");
}
END_TEST

START_TEST(huge_block_does_no_harm)
{
    enum { MIB = 1 << 20, HUGE = 36 * MIB, SIZE = 100 };
    char *a = good_block(SIZE);
    char *b = good_block(SIZE);
    fill(b, 6, SIZE);
    mm_free(a);
    char *huge = mm_malloc(HUGE);
    if (huge) { /* NULL is fine: some designs round up so far that there is no memory for it */
        expect_in_heap(huge, HUGE);
        fill(huge, 7, SIZE);
        fill(huge + HUGE - SIZE, 8, SIZE);
        mm_free(huge);
    }
    fill(good_block(SIZE), 9, SIZE);
    fill(good_block(2 * SIZE), 9, 2 * SIZE);
    expect_fill(b, 6, SIZE, "bytes written to one block should not show up in another");
}
END_TEST

/* The only block that is large enough was freed first: an allocator that keeps lists reaches it after all the others.
 * It is also the last block of the heap, where some designs look first. */
START_TEST(fit_is_last_to_be_found)
{
    enum { OTHERS = 12, SMALL = 100, OTHER = 4200, FIT = 5600, WANTED = 5000 };
    static char *others[OTHERS], *small[OTHERS];
    tell("/* %d blocks of %d bytes, each followed by one of %d; */", OTHERS, OTHER, SMALL);
    tell("/* then one of %d bytes */", FIT);
    story_quiet();
    for (size_t i = 0; i < OTHERS; i++) {
        others[i] = good_block(OTHER);
        small[i] = good_block(SMALL);
        fill(small[i], (unsigned char)i, SMALL);
    }
    char *fit = good_block(FIT);
    story_aloud();
    tell("/* all but the small ones are freed, the last one first */");
    story_quiet();
    mm_free(fit);
    for (size_t i = 0; i < OTHERS; i++)
        mm_free(others[i]);
    story_aloud();
    char *a = good_block(WANTED);
    fill(a, 0xa, WANTED);
    fill(good_block(OTHER + SMALL), 0xb, OTHER + SMALL);
    expect_fill(a, 0xa, WANTED, "bytes written to one block should not show up in another");
    for (size_t i = 0; i < OTHERS; i++)
        expect_fill(small[i], (unsigned char)i, SMALL, "mm_malloc should not change other blocks");
}
END_TEST

/* The program may store what a size, a tag or a footer of the allocator looks like. */
static void store_like_tags(size_t word)
{
    enum { WORDS = 15, SIZE = WORDS * sizeof(size_t) };
    size_t image[WORDS];
    for (size_t i = 0; i < WORDS; i++)
        image[i] = word;
    char *a = good_block(SIZE), *b = good_block(SIZE), *c = good_block(SIZE);
    tell("/* the first and the last of these hold the number %zu, %d times */", word, WORDS);
    memcpy(a, image, SIZE);
    memcpy(c, image, SIZE);
    mm_free(b);
    void *more[] = {good_block(2 * SIZE), good_block(SIZE), good_block(2 * sizeof word)};
    for (size_t i = 0; i < sizeof more / sizeof *more; i++)
        memset(more[i], 0xE5, 2 * sizeof word);
    expect_bytes(a, image, SIZE, "what a block holds is the program's affair, whatever number it is");
    expect_bytes(c, image, SIZE, "what a block holds is the program's affair, whatever number it is");
    for (size_t i = 0; i < sizeof more / sizeof *more; i++)
        mm_free(more[i]);
    mm_free(a);
    mm_free(c);
}

START_TEST(numbers_do_no_harm)
{
    static const size_t words[] = {0, 1, 3, 16, 17, 32, 33, 35, 48, 64, 96, 112, 128, 129, 131, 144};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        store_like_tags(words[i]);
}
END_TEST

/* Each time another call of mem_sbrk is refused, until there is none left to refuse. */
START_TEST(refusals_do_no_harm)
{
    enum { MOST = 40 };
    for (size_t k = 1, asked = k; asked >= k && k <= MOST; k++) {
        tell("/* a heap that is just made; 160 calls, in which the %zu. call of mem_sbrk is refused */", k);
        size_t before = break_calls();
        run_workload(k);
        asked = break_calls() - before;
        break_reset();
        start();
    }
}
END_TEST

/* mm_init either fails or leaves an allocator that can be asked, however little memory there is. */
static void start_with_little_memory(void)
{
    enum { STEP = 8, MOST = 8192 };
    tell("/* again and again: first with room for %d bytes, then for %d, up to %d */", STEP, STEP + STEP, MOST);
    story_quiet();
    for (size_t bytes = STEP; bytes <= MOST; bytes += bytes < MOST / 8 ? STEP : MOST / 8) {
        break_reset();
        break_limit(bytes);
        if (mm_init())
            mm_free(mm_malloc(1));
    }
    story_aloud();
}

/* A program that allocates one block. Returns how large its heap is then. */
static size_t heap_of_one_block(void)
{
    start();
    good_block(100);
    return mem_heapsize();
}

START_TEST(starts_afresh)
{
    errno_begins(ENOMEM);
    size_t first = heap_of_one_block();
    tell("/* the system takes back the whole heap; a new program starts: */");
    break_reset();
    replay_trace("patterns/powers");
    tell("/* the system takes back the whole heap; a new program starts: */");
    break_reset();
    replay_trace("patterns/powers");
    tell("/* once more; this program makes 160 calls */");
    break_reset();
    start();
    run_workload(0);
    tell("/* the system takes back the heap; another program starts: */");
    break_reset();
    expect_size(heap_of_one_block(), first,
                "the heap should be as large as the first program's was, with the same block in it");
    tell("/* the system takes back the heap again; now there is no memory */");
    break_reset();
    break_limit(0);
    enum { MEMORY = 32 << 20 };
    size_t asked = break_calls();
    bool ready = mm_init();
    expect(ready == (break_calls() == asked), "mm_init should return false if and only if mem_sbrk refused");
    start_with_little_memory();
    tell("/* now there is memory again */");
    break_reset();
    break_limit(MEMORY);
    start();
    run_workload(0);
}
END_TEST

/*** The checker ***/

START_TEST(checker_accepts_sound_heaps)
{
    checker_accepts();
}
END_TEST

START_TEST(checker_notices_damage)
{
    enum { SOME = 20 };
    checker_notices(SOME);
}
END_TEST

START_TEST(checker_notices_most_damage)
{
    enum { MOST = 60 };
    checker_notices(MOST);
}
END_TEST

START_TEST(checker_notices_nearly_all_damage)
{
    enum { NEARLY_ALL = 90 };
    checker_notices_any_way(NEARLY_ALL);
}
END_TEST

START_TEST(checker_handles_thousands_of_blocks)
{
    checker_handles_thousands();
}
END_TEST

START_TEST(checker_notices_unmerged_blocks)
{
    checker_notices_unmerged();
}
END_TEST

static void add_traces(struct suite *suite, const char *const *names, size_t n)
{
    for (size_t i = 0; i < n; i++)
        suite_add_trace(suite, names[i]);
}

void lab_suite(struct suite *suite)
{
    suite_draw_payloads(suite);
    add_traces(suite, programs, sizeof programs / sizeof *programs);
    add_traces(suite, patterns, sizeof patterns / sizeof *patterns);
    suite_add(suite, starts_afresh);
    add_coming(suite);
    add_programs(suite);
    suite_fixture(suite, start, NULL);
    suite_add(suite, blocks_are_sound);
    suite_add(suite, calloc_gives_zeros);
    suite_add(suite, realloc_keeps_bytes);
    suite_add(suite, realloc_special_cases);
    suite_add(suite, realloc_takes_blocks_back);
    add_sizes(suite);
    suite_add(suite, refusals_do_no_harm);
    suite_add(suite, survives_lack_of_memory);
    suite_add(suite, huge_block_does_no_harm);
    suite_add(suite, fit_is_last_to_be_found);
    suite_add(suite, numbers_do_no_harm);
    suite_add(suite, checker_accepts_sound_heaps);
    suite_add(suite, checker_notices_damage);
    suite_add(suite, checker_notices_most_damage);
    suite_add(suite, checker_notices_nearly_all_damage);
    suite_add(suite, checker_handles_thousands_of_blocks);
    suite_add(suite, checker_notices_unmerged_blocks);
}
