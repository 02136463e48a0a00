// SPDX-License-Identifier: MIT
/*
 * my_tests.c - your own tests of the allocator of lab 08.
 *
 * They are ordinary Check tests; `make test-mine` runs them on your mm.c. The grader runs them on
 * correct and on wrong allocators of very different designs. Every correct one must pass, and every
 * wrong one should fail at least one test. So test what mm.h promises and nothing else. For
 * example, mm.h does not promise that freed memory is reused; the score measures that.
 *
 * Rules of this file:
 *   - Every test starts with an empty heap: set_up calls mm_init. No test depends on another.
 *   - Each test checks one promise of the contract, and its name says which.
 */
#include "memlib.h"
#include "mm.h"
#include "mytests.h"

#include <check.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>

static void set_up(void)
{
    ck_assert(mm_init());
}

/* An example: bytes written to one block must not show up in another. */
START_TEST(blocks_share_nothing)
{
    char *a = mm_malloc(100);
    char *b = mm_malloc(100);
    ck_assert_ptr_nonnull(a);
    ck_assert_ptr_nonnull(b);
    memset(a, 'a', 100);
    memset(b, 'b', 100);
    for (int i = 0; i < 100; i++)
        ck_assert_int_eq(a[i], 'a');
}
END_TEST

#ifdef SOLUTION
/*** Blocks with recognisable contents ***/

struct piece {
    unsigned char *payload; /* NULL: the piece does not exist */
    size_t size;
    unsigned char mark;
};

static unsigned char byte_of(const struct piece *piece, size_t i)
{
    return (unsigned char)(piece->mark + 7 * i);
}

static void write_piece(const struct piece *piece)
{
    for (size_t i = 0; i < piece->size; i++)
        piece->payload[i] = byte_of(piece, i);
}

/* The first N bytes are still as they were written. */
static void assert_bytes(const struct piece *piece, size_t n)
{
    size_t right = 0;
    while (right < n && piece->payload[right] == byte_of(piece, right))
        right++;
    ck_assert_uint_eq(right, n);
}

static void assert_piece(const struct piece *piece)
{
    assert_bytes(piece, piece->size);
}

/* PAYLOAD is as mm.h promises for a block of SIZE bytes. */
static void assert_good(const void *payload, size_t size)
{
    ck_assert_ptr_nonnull(payload);
    ck_assert_uint_eq((uintptr_t)payload % MM_ALIGNMENT, 0);
    size_t offset = (uintptr_t)payload - (uintptr_t)mem_heap_lo();
    ck_assert_uint_lt(offset, mem_heapsize());
    ck_assert_uint_le(size, mem_heapsize() - offset);
}

static struct piece take(size_t size)
{
    static unsigned char mark;
    mark = (unsigned char)(mark + 31);
    struct piece piece = {.payload = mm_malloc(size), .size = size, .mark = mark};
    assert_good(piece.payload, size);
    write_piece(&piece);
    return piece;
}

static void resize(struct piece *piece, size_t size)
{
    size_t kept = size < piece->size ? size : piece->size;
    piece->payload = mm_realloc(piece->payload, size);
    assert_good(piece->payload, size);
    assert_bytes(piece, kept);
    piece->size = size;
    write_piece(piece);
}

static void assert_all(const struct piece *pieces, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (pieces[i].payload != NULL)
            assert_piece(&pieces[i]);
    ck_assert(mm_checkheap(__LINE__));
}

/*** Allocating and freeing ***/

/* Allocates three blocks of each size and frees the second. Blocks of other sizes take its place.
 */
START_TEST(all_sizes)
{
    static const size_t sizes[] = {
        1,   7,   8,    9,    15,   16,   17,   23,   24,   25,   40,   63,    64,    65,
        112, 127, 128,  129,  255,  256,  257,  495,  496,  504,  511,  512,   513,   760,
        768, 776, 1000, 1023, 1024, 1025, 2047, 2048, 4095, 4096, 4097, 10000, 65536, 100000};
    enum { SIZES = sizeof sizes / sizeof *sizes };
    struct piece pieces[2 * SIZES];
    for (size_t i = 0; i < SIZES; i++) {
        pieces[2 * i] = take(sizes[i]);
        struct piece middle = take(sizes[i]);
        pieces[2 * i + 1] = take(sizes[i]);
        mm_free(middle.payload);
    }
    assert_all(pieces, sizeof pieces / sizeof *pieces);
    for (size_t i = 0; i < SIZES; i++) {
        mm_free(pieces[2 * i].payload);
        pieces[2 * i] = take(sizes[SIZES - 1 - i]);
    }
    assert_all(pieces, sizeof pieces / sizeof *pieces);
}
END_TEST

START_TEST(large_blocks)
{
    enum { MIB = 1 << 20 };
    struct piece small = take(10);
    struct piece large = take(9 * MIB);
    struct piece guard = take(10);
    mm_free(small.payload);
    mm_free(large.payload);
    large = take(7 * MIB);
    small = take(MIB);
    assert_piece(&large);
    assert_piece(&small);
    assert_piece(&guard);
    ck_assert(mm_checkheap(__LINE__));
}
END_TEST

/* Frees four neighbours in every possible order, and then allocates their place again. */
START_TEST(all_orders_of_freeing)
{
    enum { N = 4, ORDERS = 24 };
    for (int order = 0; order < ORDERS; order++) {
        struct piece guard = take(24);
        struct piece pieces[N] = {take(40), take(200), take(24), take(600)};
        struct piece end = take(24);
        int left = order;
        for (int n = N; n > 0; left /= n, n--) {
            int which = 0;
            for (int skip = left % n; pieces[which].payload == NULL || skip-- > 0;)
                which++;
            mm_free(pieces[which].payload);
            pieces[which].payload = NULL;
            assert_all(pieces, N);
        }
        struct piece whole = take(700);
        assert_piece(&guard);
        assert_piece(&whole);
        assert_piece(&end);
    }
}
END_TEST

START_TEST(free_of_null_does_nothing)
{
    struct piece a = take(100);
    mm_free(NULL);
    assert_all(&a, 1);
}
END_TEST

/* A block of no bytes may be NULL or not; freeing it does no harm. */
START_TEST(size_zero_does_no_harm)
{
    struct piece a = take(100);
    void *none = mm_malloc(0);
    struct piece b = take(100);
    mm_free(none);
    struct piece c = take(50);
    assert_piece(&a);
    assert_piece(&b);
    assert_piece(&c);
}
END_TEST

/* A random number below SIDES; the sequence is the same in every run. */
static unsigned roll(unsigned sides)
{
    static uint32_t state = 12345;
    state = state * UINT32_C(1664525) + UINT32_C(1013904223);
    return (state >> 8) % sides;
}

static size_t random_size(void)
{
    static const unsigned limits[] = {20, 64, 300, 300, 1200, 5000};
    return 1 + roll(limits[roll(sizeof limits / sizeof *limits)]);
}

START_TEST(random_calls)
{
    enum { PIECES = 40, CALLS = 1500, CALLS_A_CHECK = 50 };
    struct piece pieces[PIECES] = {0};
    for (int call = 0; call < CALLS; call++) {
        struct piece *piece = &pieces[roll(PIECES)];
        if (piece->payload == NULL) {
            *piece = take(random_size());
        } else if (roll(3) == 0) {
            resize(piece, random_size());
        } else {
            assert_piece(piece);
            mm_free(piece->payload);
            piece->payload = NULL;
        }
        if (call % CALLS_A_CHECK == 0)
            assert_all(pieces, PIECES);
    }
    assert_all(pieces, PIECES);
}
END_TEST

/*** mm_calloc ***/

START_TEST(calloc_is_zero)
{
    static const size_t arrays[][2] = {{1, 1}, {3, 5}, {25, 16}, {400, 1}, {1, 400}, {7, 9}};
    struct piece used = take(5000);
    struct piece guard = take(20);
    mm_free(used.payload);
    for (size_t i = 0; i < sizeof arrays / sizeof *arrays; i++) {
        size_t bytes = arrays[i][0] * arrays[i][1];
        unsigned char *array = mm_calloc(arrays[i][0], arrays[i][1]);
        assert_good(array, bytes);
        for (size_t j = 0; j < bytes; j++)
            ck_assert_uint_eq(array[j], 0);
        ck_assert(mm_checkheap(__LINE__));
    }
    assert_piece(&guard);
}
END_TEST

START_TEST(calloc_checks_the_product)
{
    struct piece a = take(100);
    ck_assert_ptr_null(mm_calloc(SIZE_MAX / 8 + 2, 8));
    ck_assert_ptr_null(mm_calloc(8, SIZE_MAX / 8 + 2));
    ck_assert_ptr_null(mm_calloc(SIZE_MAX, SIZE_MAX));
    ck_assert_ptr_null(mm_calloc((size_t)1 << 32, (size_t)1 << 32));
    mm_free(mm_calloc(5, 0));
    mm_free(mm_calloc(0, 5));
    assert_all(&a, 1);
}
END_TEST

/*** mm_realloc ***/

START_TEST(realloc_of_null_allocates)
{
    struct piece a = {.payload = mm_realloc(NULL, 100), .size = 100, .mark = 3};
    assert_good(a.payload, a.size);
    write_piece(&a);
    struct piece b = take(100);
    assert_piece(&a);
    assert_piece(&b);
}
END_TEST

START_TEST(realloc_to_nothing_frees)
{
    struct piece a = take(100);
    struct piece b = take(100);
    ck_assert_ptr_null(mm_realloc(a.payload, 0));
    assert_all(&b, 1);
    a = take(100);
    assert_piece(&a);
    assert_piece(&b);
}
END_TEST

/* Grows and shrinks blocks whose next block is in use, is free, or does not exist. */
START_TEST(realloc_keeps_bytes)
{
    static const size_t steps[] = {1,   40,   41,   56, 57,  300, 299, 3000,
                                   200, 5000, 4990, 10, 600, 590, 580};
    struct piece grows = take(20);
    struct piece fixed = take(40);
    struct piece other = take(33);
    for (size_t i = 0; i < sizeof steps / sizeof *steps; i++) {
        resize(&grows, steps[i]);
        resize(&other, steps[sizeof steps / sizeof *steps - 1 - i]);
        assert_piece(&grows);
        assert_piece(&fixed);
        ck_assert(mm_checkheap(__LINE__));
    }
    mm_free(fixed.payload);
    resize(&grows, 700);
    resize(&other, 710);
    assert_piece(&grows);
}
END_TEST

START_TEST(realloc_fails_without_harm)
{
    struct piece a = take(100);
    struct piece b = take(100);
    mem_limit(mem_heapsize());
    ck_assert_ptr_null(mm_realloc(a.payload, 1 << 20));
    ck_assert_ptr_null(mm_realloc(b.payload, 1 << 20));
    ck_assert_ptr_null(mm_realloc(a.payload, SIZE_MAX));
    ck_assert_ptr_null(mm_realloc(b.payload, SIZE_MAX - 40));
    ck_assert_ptr_null(mm_realloc(b.payload, PTRDIFF_MAX));
    assert_piece(&a);
    assert_piece(&b);
    ck_assert(mm_checkheap(__LINE__));
    resize(&a, 50);
    mm_free(b.payload);
    assert_piece(&a);
}
END_TEST

/*** Running out of memory ***/

START_TEST(huge_sizes_are_refused)
{
    struct piece a = take(100);
    for (size_t below = 0; below < 100; below++) {
        ck_assert_ptr_null(mm_malloc(SIZE_MAX - below));
        ck_assert_ptr_null(mm_malloc(PTRDIFF_MAX - below));
    }
    struct piece b = take(100);
    assert_piece(&a);
    assert_piece(&b);
    ck_assert(mm_checkheap(__LINE__));
}
END_TEST

/* Fills the heap up to LIMIT bytes with blocks of SIZE bytes, and returns how many. */
static size_t fill_heap(struct piece *pieces, size_t most, size_t limit, size_t size)
{
    size_t n = 0;
    mem_limit(limit);
    for (void *payload; n < most && (payload = mm_malloc(size)) != NULL; n++) {
        pieces[n] = (struct piece){.payload = payload, .size = size, .mark = (unsigned char)n};
        assert_good(payload, size);
        write_piece(&pieces[n]);
    }
    return n;
}

START_TEST(memory_runs_out)
{
    enum { LIMIT = 50000, MOST = 100, SIZE = 777 };
    struct piece pieces[MOST];
    size_t n = fill_heap(pieces, MOST, LIMIT, SIZE);
    ck_assert_uint_lt(n, MOST);
    ck_assert_ptr_null(mm_malloc(SIZE));
    assert_all(pieces, n);
    for (size_t i = 0; i < n; i += 2) {
        mm_free(pieces[i].payload);
        pieces[i].payload = NULL;
    }
    ck_assert_ptr_null(mm_malloc(LIMIT));
    assert_all(pieces, n);
    mem_limit(4 * LIMIT);
    for (size_t i = 0; i < n; i += 2)
        pieces[i] = take(SIZE + i);
    assert_all(pieces, n);
}
END_TEST

/* The last block of the heap is free, but too small, when the heap cannot grow. Later it can. */
START_TEST(last_block_survives_refusal)
{
    struct piece a = take(100);
    struct piece last = take(1000);
    mm_free(last.payload);
    mem_limit(mem_heapsize());
    ck_assert_ptr_null(mm_malloc(100000));
    ck_assert(mm_checkheap(__LINE__));
    mem_limit(1 << 20);
    struct piece b = take(3000);
    struct piece c = take(900);
    assert_piece(&a);
    assert_piece(&b);
    assert_piece(&c);
}
END_TEST

/*** mm_checkheap ***/

START_TEST(checker_accepts_sound_heaps)
{
    ck_assert(mm_checkheap(__LINE__));
    struct piece pieces[] = {take(100), take(30), take(500), take(30), take(5000), take(30)};
    enum { PIECES = sizeof pieces / sizeof *pieces };
    assert_all(pieces, PIECES);
    for (size_t i = 0; i < PIECES; i += 2) {
        mm_free(pieces[i].payload);
        pieces[i].payload = NULL;
        assert_all(pieces, PIECES);
    }
    resize(&pieces[1], 80);
    assert_all(pieces, PIECES);
}
END_TEST

/* Everything in the heap outside the payloads in use is bookkeeping, or may be. */
START_TEST(checker_notices_ruins)
{
    struct piece pieces[] = {take(100), take(300), take(100), take(700), take(100)};
    mm_free(pieces[1].payload);
    mm_free(pieces[3].payload);
    ck_assert(mm_checkheap(__LINE__));
    unsigned char *heap = mem_heap_lo();
    for (size_t i = 0; i < mem_heapsize(); i++) {
        bool in_use = false;
        for (size_t j = 0; j < sizeof pieces / sizeof *pieces; j += 2)
            in_use = in_use || (uintptr_t)&heap[i] - (uintptr_t)pieces[j].payload < pieces[j].size;
        if (!in_use)
            heap[i] = 0xaa;
    }
    ck_assert(!mm_checkheap(__LINE__));
}
END_TEST

#endif
void my_tests(TCase *tcase)
{
    tcase_add_checked_fixture(tcase, set_up, NULL);
    tcase_add_test(tcase, blocks_share_nothing);
#ifdef SOLUTION
    tcase_add_test(tcase, all_sizes);
    tcase_add_test(tcase, large_blocks);
    tcase_add_test(tcase, all_orders_of_freeing);
    tcase_add_test(tcase, free_of_null_does_nothing);
    tcase_add_test(tcase, size_zero_does_no_harm);
    tcase_add_test(tcase, random_calls);
    tcase_add_test(tcase, calloc_is_zero);
    tcase_add_test(tcase, calloc_checks_the_product);
    tcase_add_test(tcase, realloc_of_null_allocates);
    tcase_add_test(tcase, realloc_to_nothing_frees);
    tcase_add_test(tcase, realloc_keeps_bytes);
    tcase_add_test(tcase, realloc_fails_without_harm);
    tcase_add_test(tcase, huge_sizes_are_refused);
    tcase_add_test(tcase, memory_runs_out);
    tcase_add_test(tcase, last_block_survives_refusal);
    tcase_add_test(tcase, checker_accepts_sound_heaps);
    tcase_add_test(tcase, checker_notices_ruins);
#endif
}
