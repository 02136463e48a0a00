// SPDX-License-Identifier: MIT
/*
 * my_tests.c - your own tests of the allocator of lab 06.
 *
 * They are ordinary Check tests (`make test-mine` runs them on your free_list.c). The grader runs
 * them on correct and on wrong allocators: every correct one must pass all of them, and each wrong
 * one should fail at least one. So test what free_list.h promises, and nothing that it leaves open:
 * the order of the list, for example.
 *
 * Rules of this file:
 *   - Every test starts with an empty heap, and set_up calls mm_init. No test depends on another.
 *   - Each test checks one promise, and its name says which.
 */
#include "free_list.h"
#include "memlib.h"
#include "mytests.h"

#include <check.h>
#include <errno.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>

static void set_up(void)
{
    ck_assert(mm_init());
}

/* An example. The freed block is the only one of its size, and both its neighbours are in use. */
START_TEST(freed_block_is_used_again)
{
    mm_malloc(100);
    char *b = mm_malloc(2000);
    mm_malloc(100);
    ck_assert_ptr_nonnull(b);
    size_t heap_bytes = mem_heapsize();
    mm_free(b);
    ck_assert_ptr_eq(mm_malloc(2000), b);
    ck_assert_uint_eq(mem_heapsize(), heap_bytes);
}
END_TEST

#ifdef SOLUTION
/*** The rules of free_list.h, looked at from outside ***/

enum { HEADER = sizeof(struct header), FOOTER = sizeof(size_t), LIST = sizeof(struct free_list) };

static char *start(void)
{
    return mem_heap_lo();
}

static struct free_list *list(void)
{
    return mem_heap_lo();
}

static struct header *at(size_t offset)
{
    return (struct header *)(void *)(start() + offset);
}

static struct links *links(struct header *block)
{
    return (struct links *)(void *)(block + 1);
}

static size_t footer_of(const struct header *block)
{
    size_t footer;
    memcpy(&footer, (const char *)block + block->size - FOOTER, sizeof footer);
    return footer;
}

static bool is_on_list(const struct header *block)
{
    size_t steps = 0;
    for (struct header *listed = list()->first; listed != NULL && steps <= mem_heapsize();
         listed = links(listed)->next) {
        ck_assert((uintptr_t)listed - (uintptr_t)start() < mem_heapsize());
        ck_assert_int_eq(listed->state, MM_FREE);
        steps += MM_MIN_BLOCK;
        if (listed == block)
            return true;
    }
    return false;
}

/* Header, footer and size of the block at OFFSET. */
static void assert_block(size_t offset)
{
    const struct header *block = at(offset);
    ck_assert_uint_eq(block->magic, MM_MAGIC);
    ck_assert(block->state == MM_USED || block->state == MM_FREE);
    ck_assert_uint_ge(block->size, MM_MIN_BLOCK);
    ck_assert_uint_eq(block->size % MM_ALIGNMENT, 0);
    ck_assert_uint_le(block->size, mem_heapsize() - offset);
    ck_assert_uint_eq(footer_of(block), block->size);
}

/* Walks the list: every link leads to a free block, every prev leads back. Returns the number of
 * blocks. */
static size_t assert_list(size_t free_blocks)
{
    struct header *prev = NULL;
    size_t listed = 0;
    for (struct header *block = list()->first; block != NULL; block = links(block)->next) {
        ck_assert_uint_lt(listed, free_blocks);
        ck_assert((uintptr_t)block - (uintptr_t)start() < mem_heapsize());
        ck_assert_int_eq(block->state, MM_FREE);
        ck_assert_ptr_eq(links(block)->prev, prev);
        prev = block;
        listed++;
    }
    return listed;
}

static void assert_sound(void)
{
    size_t free_blocks = 0;
    bool after_free = false;
    for (size_t offset = LIST; offset < mem_heapsize(); offset += at(offset)->size) {
        assert_block(offset);
        bool is_free = at(offset)->state == MM_FREE;
        ck_assert(!is_free || !after_free);
        ck_assert(!is_free || is_on_list(at(offset)));
        free_blocks += is_free;
        after_free = is_free;
    }
    ck_assert_uint_eq(assert_list(free_blocks), free_blocks);
    ck_assert_uint_eq(list()->count, free_blocks);
    ck_assert(list()->rover == NULL || is_on_list(list()->rover));
}

static char *take(size_t size)
{
    char *payload = mm_malloc(size);
    ck_assert_ptr_nonnull(payload);
    assert_sound();
    struct header *block = (struct header *)(void *)payload - 1;
    ck_assert_int_eq(block->state, MM_USED);
    ck_assert_uint_ge(block->size, HEADER + size + FOOTER);
    return payload;
}

static void give_back(char *payload)
{
    unsigned before = mem_reports();
    mm_free(payload);
    ck_assert_uint_eq(mem_reports(), before);
    assert_sound();
}

static struct header *block_of(char *payload)
{
    return (struct header *)(void *)payload - 1;
}

/*** A heap to work with ***/

/*
 * Four free blocks between used ones: B 64, D 128, F 96, H 160. The remainder of the chunk is in
 * use, too. The list is B, H, F, D, whatever order mm_insert keeps, because the test writes it.
 */
enum { B, D, F, H, HOLES };

static struct header *hole[HOLES];
static struct header *last_used;

static void link_holes(const int *order, size_t count)
{
    list()->first = NULL;
    list()->count = count;
    for (size_t i = count; i > 0; i--) {
        struct header *block = hole[order[i - 1]];
        *links(block) = (struct links){.next = list()->first};
        if (list()->first != NULL)
            links(list()->first)->prev = block;
        list()->first = block;
    }
}

static void make_holes(void)
{
    static const size_t rooms[HOLES] = {64, 128, 96, 160};
    static const int order[] = {B, H, F, D};
    char *payload[HOLES];
    for (int i = 0; i < HOLES; i++) {
        take(24);
        payload[i] = take(rooms[i] - HEADER - FOOTER);
        hole[i] = block_of(payload[i]);
    }
    last_used = block_of(take(24));
    take(list()->first->size - HEADER - FOOTER);
    for (int i = 0; i < HOLES; i++)
        give_back(payload[i]);
    link_holes(order, HOLES);
    assert_sound();
}

/*** Both ends of a block ***/

START_TEST(footer_is_last_word)
{
    struct header *block = block_of(take(100));
    ck_assert_ptr_eq(mm_footer(block), (char *)block + block->size - FOOTER);
    ck_assert_uint_eq(*mm_footer(block), block->size);
}
END_TEST

START_TEST(tag_writes_all_and_no_more)
{
    char *payload = take(400);
    struct header *block = block_of(payload);
    memset(payload, 7, 400);
    mm_tag(block, 96, MM_FREE);
    ck_assert_uint_eq(block->size, 96);
    ck_assert_int_eq(block->state, MM_FREE);
    ck_assert_uint_eq(block->magic, MM_MAGIC);
    ck_assert_uint_eq(footer_of(block), 96);
    mm_tag(block, 48, MM_USED);
    ck_assert_uint_eq(footer_of(block), 48);
    ck_assert_int_eq(block->state, MM_USED);
    for (int i = 0; i < 24; i++)
        ck_assert_int_eq(payload[i], 7);
    for (int i = 96 - HEADER; i < 400; i++)
        ck_assert_int_eq(payload[i], 7);
}
END_TEST

START_TEST(neighbours_find_each_other)
{
    struct header *a = block_of(take(24)), *b = block_of(take(200)), *c = block_of(take(56));
    ck_assert_ptr_null(mm_prev(a));
    ck_assert_ptr_eq(mm_prev(b), a);
    ck_assert_ptr_eq(mm_prev(c), b);
}
END_TEST

START_TEST(block_size_has_room)
{
    ck_assert_uint_eq(mm_block_size(1), MM_MIN_BLOCK);
    ck_assert_uint_eq(mm_block_size(24), 48);
    ck_assert_uint_eq(mm_block_size(25), 64);
    ck_assert_uint_eq(mm_block_size(40), 64);
    ck_assert_uint_eq(mm_block_size(SIZE_MAX), 0);
    ck_assert_uint_eq(mm_block_size(SIZE_MAX - 30), 0);
    ck_assert_uint_eq(mm_block_size(INTPTR_MAX), 0);
}
END_TEST

START_TEST(init_makes_empty_list)
{
    ck_assert_uint_eq(mem_heapsize(), LIST);
    ck_assert_int_eq(list()->policy, MM_FIRST_FIT);
    assert_sound();
}
END_TEST

/*** The list, merging, splitting ***/

START_TEST(remove_and_insert)
{
    make_holes();
    static const int order[] = {H, D, F, B};
    for (size_t i = 0; i < HOLES; i++) {
        mm_remove(hole[order[i]]);
        ck_assert(!is_on_list(hole[order[i]]));
        mm_tag(hole[order[i]], hole[order[i]]->size, MM_USED);
        assert_sound();
    }
    for (size_t i = 0; i < HOLES; i++) {
        mm_tag(hole[order[i]], hole[order[i]]->size, MM_FREE);
        mm_insert(hole[order[i]]);
        assert_sound();
    }
}
END_TEST

START_TEST(remove_moves_the_rover)
{
    make_holes();
    list()->rover = hole[H];
    mm_remove(hole[H]);
    ck_assert_ptr_eq(list()->rover, hole[F]);
    mm_remove(hole[B]);
    ck_assert_ptr_eq(list()->rover, hole[F]);
    list()->rover = hole[D];
    mm_remove(hole[D]);
    ck_assert_ptr_null(list()->rover);
}
END_TEST

/* Four blocks in a row, followed by a fifth. Frees the four in every order and checks after each
 * call. */
START_TEST(all_orders_of_freeing_merge)
{
    for (int order = 0; order < 24; order++) {
        char *payload[4];
        for (int i = 0; i < 4; i++)
            payload[i] = take(40 + 16 * (size_t)i);
        char *guard = take(24);
        struct header *first = block_of(payload[0]);
        int left = 4;
        for (int code = order; left > 0; left--) {
            int which = code % left;
            code /= left;
            give_back(payload[which]);
            memmove(&payload[which], &payload[which + 1],
                    (size_t)(left - which - 1) * sizeof *payload);
        }
        ck_assert_uint_eq(first->size, 64 + 80 + 96 + 112);
        ck_assert_int_eq(first->state, MM_FREE);
        give_back(guard);
        ck_assert_uint_eq(first->size, MM_CHUNK);
    }
}
END_TEST

START_TEST(coalesce_returns_merged_block)
{
    struct header *a = block_of(take(104)), *b = block_of(take(104)), *c = block_of(take(104));
    take(24);
    mm_tag(a, a->size, MM_FREE);
    ck_assert_ptr_eq(mm_coalesce(a), a);
    mm_tag(c, c->size, MM_FREE);
    ck_assert_ptr_eq(mm_coalesce(c), c);
    assert_sound();
    mm_tag(b, b->size, MM_FREE);
    ck_assert_ptr_eq(mm_coalesce(b), a);
    ck_assert_uint_eq(a->size, 3 * 128);
    assert_sound();
}
END_TEST

/* What lies after the break may look like a free block. */
START_TEST(coalesce_stays_in_heap)
{
    char *a = take(MM_CHUNK - HEADER - FOOTER);
    struct header *beyond = at(mem_heapsize());
    memset(beyond, 0, 2 * MM_MIN_BLOCK);
    *beyond = (struct header){.size = MM_MIN_BLOCK, .state = MM_FREE, .magic = MM_MAGIC};
    give_back(a);
    ck_assert_uint_eq(block_of(a)->size, MM_CHUNK);
}
END_TEST

START_TEST(split_makes_two_sound_blocks)
{
    struct header *a = block_of(take(232)), *b = block_of(take(104));
    take(24);
    struct header *remainder = mm_split(a, 96);
    ck_assert_ptr_eq(remainder, (char *)a + 96);
    ck_assert_uint_eq(remainder->size, 160);
    ck_assert_uint_eq(a->size, 96);
    ck_assert_int_eq(a->state, MM_USED);
    assert_sound();
    remainder = mm_split(a, 48);
    ck_assert_ptr_eq(remainder, (char *)a + 48);
    ck_assert_uint_eq(remainder->size, 48 + 160);
    assert_sound();
    ck_assert_ptr_null(mm_split(b, 96));
    ck_assert_ptr_null(mm_split(b, 128));
    ck_assert_uint_eq(b->size, 128);
    ck_assert_ptr_nonnull(mm_split(b, 80));
    assert_sound();
}
END_TEST

/*** Choosing ***/

START_TEST(first_fit)
{
    make_holes();
    ck_assert_ptr_eq(mm_find(64), hole[B]);
    ck_assert_ptr_eq(mm_find(80), hole[H]);
    ck_assert_ptr_eq(mm_find(160), hole[H]);
    ck_assert_ptr_null(mm_find(176));
    ck_assert_ptr_null(list()->rover);
}
END_TEST

START_TEST(best_fit)
{
    make_holes();
    mm_set_policy(MM_BEST_FIT);
    ck_assert_int_eq(list()->policy, MM_BEST_FIT);
    ck_assert_ptr_eq(mm_find(48), hole[B]);
    ck_assert_ptr_eq(mm_find(80), hole[F]);
    ck_assert_ptr_eq(mm_find(112), hole[D]);
    ck_assert_ptr_eq(mm_find(144), hole[H]);
    ck_assert_ptr_null(mm_find(176));
}
END_TEST

START_TEST(next_fit)
{
    make_holes();
    list()->rover = hole[D];
    mm_set_policy(MM_NEXT_FIT);
    ck_assert_ptr_null(list()->rover);
    ck_assert_ptr_eq(mm_find(80), hole[H]);
    ck_assert_ptr_eq(list()->rover, hole[H]);
    list()->rover = hole[F];
    ck_assert_ptr_eq(mm_find(64), hole[F]);
    ck_assert_ptr_eq(mm_find(112), hole[D]);
    ck_assert_ptr_eq(mm_find(144), hole[H]);
    ck_assert_ptr_null(mm_find(176));
    ck_assert_ptr_eq(list()->rover, hole[H]);
}
END_TEST

START_TEST(malloc_follows_the_policy)
{
    make_holes();
    ck_assert_ptr_eq(take(56), hole[H] + 1);
    mm_set_policy(MM_BEST_FIT);
    ck_assert_ptr_eq(take(72), hole[F] + 1);
    ck_assert_ptr_eq(take(90), hole[D] + 1);
}
END_TEST

/*** Growing, and the edges ***/

START_TEST(heap_grows_by_chunks)
{
    struct header *grown = mm_grow(64);
    ck_assert_ptr_eq(grown, at(LIST));
    ck_assert_uint_eq(mem_heapsize(), LIST + MM_CHUNK);
    ck_assert_uint_eq(grown->size, MM_CHUNK);
    assert_sound();
    ck_assert_ptr_eq(mm_grow(2 * MM_CHUNK), grown);
    ck_assert_uint_eq(mem_heapsize(), LIST + 3 * MM_CHUNK);
    ck_assert_uint_eq(grown->size, 3 * MM_CHUNK);
    assert_sound();
}
END_TEST

START_TEST(malloc_splits_blocks)
{
    char *a = take(104), *b = take(24);
    ck_assert_ptr_eq(a, start() + LIST + HEADER);
    ck_assert_ptr_eq(b, a + 128);
    ck_assert_uint_eq(mem_heapsize(), LIST + MM_CHUNK);
    take(MM_CHUNK - 128 - 48 - 32 - HEADER - FOOTER);
    ck_assert_ptr_null(list()->first);
    ck_assert_uint_eq(mem_heapsize(), LIST + MM_CHUNK);
}
END_TEST

START_TEST(zero_and_null_change_nothing)
{
    take(24);
    size_t heap_bytes = mem_heapsize(), free_bytes = list()->first->size;
    ck_assert_ptr_null(mm_malloc(0));
    mm_free(NULL);
    ck_assert_uint_eq(mem_reports(), 0);
    ck_assert_uint_eq(mem_heapsize(), heap_bytes);
    ck_assert_uint_eq(list()->first->size, free_bytes);
}
END_TEST

START_TEST(no_memory_leaves_heap_sound)
{
    take(24);
    mem_limit(mem_heapsize());
    errno = 0;
    ck_assert_ptr_null(mm_malloc(MM_CHUNK));
    ck_assert_int_eq(errno, ENOMEM);
    errno = 0;
    ck_assert_ptr_null(mm_malloc(SIZE_MAX - 30));
    ck_assert_int_eq(errno, ENOMEM);
    ck_assert_ptr_null(mm_grow(64));
    assert_sound();
    take(24);
}
END_TEST

/* set_up has called mm_init before. Now there is no memory for a second list. */
START_TEST(init_without_memory)
{
    mem_limit(mem_heapsize());
    ck_assert(!mm_init());
}
END_TEST

/* Frees POINTER, which is an error. Expects one report and an unchanged list. Returns its kind. */
static int misuse(void *pointer)
{
    unsigned before = mem_reports();
    size_t count = list()->count;
    const void *reported = NULL;
    mm_free(pointer);
    ck_assert_uint_eq(mem_reports(), before + 1);
    ck_assert_uint_eq(list()->count, count);
    int kind = mem_last_report(&reported);
    ck_assert_ptr_eq(reported, pointer);
    assert_sound();
    return kind;
}

START_TEST(bad_frees_are_reported)
{
    static char stray[64];
    char *a = take(200);
    memset(a, 0, 200);
    ck_assert_int_eq(misuse(stray + 32), MM_WILD_POINTER);
    ck_assert_int_eq(misuse(start() + mem_heapsize()), MM_WILD_POINTER);
    ck_assert_int_eq(misuse(start()), MM_INTERIOR_POINTER);
    ck_assert_int_eq(misuse(a + 16), MM_INTERIOR_POINTER);
    ck_assert_int_eq(misuse(a + 1), MM_INTERIOR_POINTER);
    ck_assert_int_eq(misuse(a - HEADER), MM_INTERIOR_POINTER);
    give_back(a);
    ck_assert_int_eq(misuse(a), MM_DOUBLE_FREE);
}
END_TEST

START_TEST(merged_blocks_stay_freed)
{
    char *a = take(40), *b = take(40), *c = take(40);
    take(40);
    give_back(a);
    give_back(b);
    ck_assert_int_ne(misuse(b), MM_WILD_POINTER);
    give_back(c);
    ck_assert_int_ne(misuse(c), MM_WILD_POINTER);
}
END_TEST

/*** The checker ***/

/* mm_check finds one of the two problems. */
static void assert_found(enum mm_problem one, enum mm_problem other)
{
    enum mm_problem found = mm_check();
    ck_assert(found == one || found == other);
}

START_TEST(checker_accepts_sound_heaps)
{
    ck_assert_int_eq(mm_check(), MM_SOUND);
    make_holes();
    ck_assert_int_eq(mm_check(), MM_SOUND);
    list()->rover = hole[F];
    ck_assert_int_eq(mm_check(), MM_SOUND);
}
END_TEST

START_TEST(checker_accepts_heap_in_use)
{
    take(MM_CHUNK - HEADER - FOOTER);
    ck_assert_int_eq(mm_check(), MM_SOUND);
}
END_TEST

START_TEST(checker_finds_lost_magic)
{
    make_holes();
    hole[D]->magic = 0;
    assert_found(MM_BAD_MAGIC, MM_BAD_MAGIC);
}
END_TEST

START_TEST(checker_finds_bad_state)
{
    make_holes();
    memset(&last_used->state, 0, sizeof last_used->state);
    assert_found(MM_BAD_STATE, MM_BAD_STATE);
}
END_TEST

START_TEST(checker_finds_bad_sizes)
{
    make_holes();
    size_t sound = last_used->size;
    last_used->size = 0;
    assert_found(MM_BAD_SIZE, MM_BAD_FOOTER);
    last_used->size = sound + 8;
    assert_found(MM_BAD_SIZE, MM_BAD_FOOTER);
    last_used->size = sound;
    struct header *end = mm_next(last_used);
    mm_tag(end, end->size + 64, MM_USED);
    assert_found(MM_BAD_SIZE, MM_BAD_SIZE);
}
END_TEST

START_TEST(checker_finds_bytes_without_block)
{
    make_holes();
    mem_sbrk(MM_ALIGNMENT);
    assert_found(MM_BAD_MAGIC, MM_BAD_SIZE);
}
END_TEST

START_TEST(checker_finds_bad_footer)
{
    make_holes();
    size_t wrong = 32;
    memcpy((char *)last_used + last_used->size - FOOTER, &wrong, sizeof wrong);
    assert_found(MM_BAD_FOOTER, MM_BAD_FOOTER);
}
END_TEST

START_TEST(checker_finds_free_neighbours)
{
    make_holes();
    struct header *between = mm_next(hole[B]);
    mm_tag(between, between->size, MM_FREE);
    mm_insert(between);
    assert_found(MM_NOT_MERGED, MM_NOT_MERGED);
}
END_TEST

START_TEST(checker_finds_bad_links)
{
    make_holes();
    links(hole[F])->prev = NULL;
    assert_found(MM_BAD_LINK, MM_BAD_LINK);
    links(hole[F])->prev = hole[H];
    static char stray[64];
    struct header *nowhere = (struct header *)(uintptr_t)MM_ALIGNMENT;
    struct header *wrong[] = {last_used, hole[B] + 1, hole[B], (struct header *)(void *)stray,
                              nowhere};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        links(hole[H])->next = wrong[i];
        assert_found(MM_BAD_LINK, MM_BAD_COUNT);
    }
}
END_TEST

START_TEST(checker_finds_merged_block)
{
    make_holes();
    struct header *between = mm_next(hole[B]);
    mm_tag(between, between->size, MM_FREE);
    mm_tag(hole[B], hole[B]->size + between->size + hole[D]->size, MM_FREE);
    assert_found(MM_BAD_LINK, MM_BAD_COUNT);
}
END_TEST

START_TEST(checker_finds_lost_block)
{
    static const int order[] = {B, H, F};
    make_holes();
    list()->count = HOLES + 1;
    assert_found(MM_BAD_COUNT, MM_BAD_COUNT);
    link_holes(order, 3);
    assert_found(MM_BAD_COUNT, MM_BAD_COUNT);
}
END_TEST

START_TEST(checker_finds_bad_rover)
{
    make_holes();
    list()->rover = last_used;
    assert_found(MM_BAD_ROVER, MM_BAD_ROVER);
}
END_TEST

#endif
void my_tests(TCase *tcase)
{
    tcase_add_checked_fixture(tcase, set_up, NULL);
    tcase_add_test(tcase, freed_block_is_used_again);
#ifdef SOLUTION
    tcase_add_test(tcase, footer_is_last_word);
    tcase_add_test(tcase, tag_writes_all_and_no_more);
    tcase_add_test(tcase, neighbours_find_each_other);
    tcase_add_test(tcase, block_size_has_room);
    tcase_add_test(tcase, init_makes_empty_list);
    tcase_add_test(tcase, remove_and_insert);
    tcase_add_test(tcase, remove_moves_the_rover);
    tcase_add_test(tcase, all_orders_of_freeing_merge);
    tcase_add_test(tcase, coalesce_returns_merged_block);
    tcase_add_test(tcase, coalesce_stays_in_heap);
    tcase_add_test(tcase, split_makes_two_sound_blocks);
    tcase_add_test(tcase, first_fit);
    tcase_add_test(tcase, best_fit);
    tcase_add_test(tcase, next_fit);
    tcase_add_test(tcase, malloc_follows_the_policy);
    tcase_add_test(tcase, heap_grows_by_chunks);
    tcase_add_test(tcase, malloc_splits_blocks);
    tcase_add_test(tcase, zero_and_null_change_nothing);
    tcase_add_test(tcase, no_memory_leaves_heap_sound);
    tcase_add_test(tcase, init_without_memory);
    tcase_add_test(tcase, bad_frees_are_reported);
    tcase_add_test(tcase, merged_blocks_stay_freed);
    tcase_add_test(tcase, checker_accepts_sound_heaps);
    tcase_add_test(tcase, checker_accepts_heap_in_use);
    tcase_add_test(tcase, checker_finds_lost_magic);
    tcase_add_test(tcase, checker_finds_bad_state);
    tcase_add_test(tcase, checker_finds_bad_sizes);
    tcase_add_test(tcase, checker_finds_bytes_without_block);
    tcase_add_test(tcase, checker_finds_bad_footer);
    tcase_add_test(tcase, checker_finds_free_neighbours);
    tcase_add_test(tcase, checker_finds_bad_links);
    tcase_add_test(tcase, checker_finds_merged_block);
    tcase_add_test(tcase, checker_finds_lost_block);
    tcase_add_test(tcase, checker_finds_bad_rover);
#endif
}
