// SPDX-License-Identifier: MIT
/*
 * judge_heap.c - unit tests of judge/lib/heap.c: the books of malloc and friends.
 */
#include "tests/unit/support/judged.h"

static unsigned char *block(size_t size)
{
    unsigned char *made = heap_malloc(size);
    ck_assert_ptr_nonnull(made);
    return made;
}

/* --- allocating --- */

START_TEST(blocks_are_aligned_and_full_of_junk)
{
    for (size_t size = 0; size < 40; size++) {
        unsigned char *p = block(size);
        ck_assert_uint_eq((uintptr_t)p % 16, 0);
        for (size_t i = 0; i < size; i++)
            ck_assert_uint_eq(p[i], 0xcb);
    }
    heap_verify();
}
END_TEST

START_TEST(calloc_gives_zeros)
{
    block(100);
    unsigned char *p = heap_calloc(10, 10);
    for (size_t i = 0; i < 100; i++)
        ck_assert_uint_eq(p[i], 0);
}
END_TEST

START_TEST(calloc_refuses_a_product_that_wraps)
{
    errno = 0;
    ck_assert_ptr_null(heap_calloc(SIZE_MAX / 2 + 1, 2)); /* the product is 0 */
    ck_assert_int_eq(errno, ENOMEM);
    ck_assert_ptr_null(heap_calloc(2, SIZE_MAX / 2 + 2));
    ck_assert_uint_eq(heap_requests(), 2);
    ck_assert_uint_eq(heap_blocks(), 0);
    ck_assert_ptr_nonnull(heap_calloc(0, SIZE_MAX));
    ck_assert_ptr_nonnull(heap_calloc(SIZE_MAX, 0));
}
END_TEST

START_TEST(sizes_beyond_the_heap_are_refused)
{
    const size_t sizes[] = {HEAP_BYTES, HEAP_BYTES + 1, SIZE_MAX / 2, SIZE_MAX - 15, SIZE_MAX};
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        errno = 0;
        ck_assert_ptr_null(heap_malloc(sizes[i]));
        ck_assert_int_eq(errno, ENOMEM);
    }
    ck_assert_uint_eq(heap_blocks(), 0);
    ck_assert_ptr_nonnull(heap_malloc(HEAP_BYTES - 4096));
}
END_TEST

START_TEST(aligned_blocks_are_aligned)
{
    block(1);
    for (size_t alignment = 16; alignment <= 65536; alignment *= 2)
        ck_assert_uint_eq((uintptr_t)heap_aligned(alignment, 10) % alignment, 0);
    heap_verify();
    errno = 0;
    ck_assert_ptr_null(heap_aligned(24, 10));
    ck_assert_int_eq(errno, EINVAL);
    ck_assert_ptr_null(heap_aligned(0, 10));
}
END_TEST

START_TEST(aligned_block_without_room_says_enomem)
{
    errno = 0;
    ck_assert_ptr_null(heap_aligned(32 * MIB, 40 * MIB));
    ck_assert_int_eq(errno, ENOMEM);
}
END_TEST

START_TEST(a_full_table_of_blocks_refuses)
{
    for (unsigned i = 0; i < 65536; i++)
        block(1);
    errno = 0;
    ck_assert_ptr_null(heap_malloc(1));
    ck_assert_int_eq(errno, ENOMEM);
}
END_TEST

START_TEST(freed_blocks_are_never_given_again)
{
    unsigned char *first = block(64);
    heap_free(first);
    for (int i = 0; i < 100; i++) {
        unsigned char *next = block(64);
        ck_assert_ptr_ne(next, first);
        heap_free(next);
    }
}
END_TEST

/* --- injected failures --- */

START_TEST(one_request_is_refused)
{
    block(1);
    heap_refuse(2);
    block(1);
    errno = 0;
    ck_assert_ptr_null(heap_malloc(1));
    ck_assert_int_eq(errno, ENOMEM);
    block(1);
    ck_assert_uint_eq(heap_requests(), 4);
    ck_assert_uint_eq(heap_blocks(), 3);
}
END_TEST

START_TEST(all_requests_from_one_on_are_refused)
{
    heap_refuse_from(2);
    block(1);
    for (int i = 0; i < 5; i++)
        ck_assert_ptr_null(heap_calloc(1, 1));
    heap_refuse_from(0);
    block(1);
}
END_TEST

START_TEST(refused_realloc_leaves_the_block)
{
    unsigned char *p = block(8);
    memset(p, 7, 8);
    heap_refuse(1);
    ck_assert_ptr_null(heap_realloc(p, 100));
    ck_assert_uint_eq(heap_live_blocks(), 1);
    for (int i = 0; i < 8; i++)
        ck_assert_uint_eq(p[i], 7);
}
END_TEST

/* --- forbidden writes --- */

START_TEST(sound_blocks_are_sound)
{
    unsigned char *p = block(24);
    memset(p, 1, 24);
    heap_verify();
    heap_free(p);
    heap_verify();
}
END_TEST

START_TEST(one_byte_after_the_end_is_seen)
{
    block(24)[24] = 0;
    ck_assert_ends(STATUS_MISUSED, heap_verify());
    ck_assert_has(record->message, "wrote past the end of a block");
    ck_assert_has(record->message, "has 24 bytes, and the byte at offset 24 was changed");
    ck_assert_str_eq(record->found, "a write directly after it");
}
END_TEST

START_TEST(a_byte_further_away_is_seen)
{
    block(24)[24 + 8 + 31] = 0; /* the last byte of the zone */
    ck_assert_ends(STATUS_MISUSED, heap_verify());
    ck_assert_str_eq(record->found, "a write after its end");
}
END_TEST

START_TEST(one_byte_in_front_is_seen)
{
    block(24)[-1] = 0;
    ck_assert_ends(STATUS_MISUSED, heap_verify());
    ck_assert_has(record->message, "in front of the block");
    ck_assert_has(record->message, "(24 bytes), 1 byte before its start");
}
END_TEST

START_TEST(the_first_byte_of_the_zone_in_front_is_seen)
{
    block(24)[-32] = 0;
    ck_assert_ends(STATUS_MISUSED, heap_verify());
    ck_assert_has(record->message, "32 bytes before its start");
}
END_TEST

START_TEST(a_block_of_no_bytes_has_zones)
{
    block(0)[0] = 0;
    ck_assert_ends(STATUS_MISUSED, heap_verify());
    ck_assert_has(record->message, "has 0 bytes, and the byte at offset 0 was changed");
}
END_TEST

START_TEST(overruns_are_seen_by_free_and_realloc)
{
    unsigned char *p = block(5);
    p[5] = 'x';
    ck_assert_ends(STATUS_MISUSED, heap_free(p));
    ck_assert_ends(STATUS_MISUSED, heap_realloc(p, 10));
}
END_TEST

START_TEST(a_write_to_a_freed_block_is_seen)
{
    unsigned char *p = block(16);
    heap_free(p);
    ck_assert_uint_eq(p[3], 0xdd);
    p[3] = 1;
    ck_assert_ends(STATUS_MISUSED, heap_verify());
    ck_assert_has(record->message, "wrote to a block after freeing it");
    ck_assert_has(record->message, "at offset 3");
}
END_TEST

START_TEST(a_message_names_the_call_that_made_the_block)
{
    judged_call("greeting_new", NULL, 0);
    unsigned char *p = block(5);
    judged_call("greeting_free", NULL, 0);
    p[5] = 0;
    ck_assert_ends(STATUS_MISUSED, heap_verify());
    ck_assert_has(record->message, "the block from greeting_new() has 5 bytes");
}
END_TEST

/* --- freeing --- */

START_TEST(free_of_null_is_fine)
{
    heap_free(NULL);
    ck_assert_int_eq(record->status, STATUS_NOT_RUN);
}
END_TEST

START_TEST(second_free_is_misuse)
{
    unsigned char *p = block(16);
    heap_free(p);
    ck_assert_ends(STATUS_MISUSED, heap_free(p));
    ck_assert_has(record->message, "called free on a block that had been freed already");
    ck_assert_ends(STATUS_MISUSED, heap_realloc(p, 1));
    ck_assert_has(record->message, "called realloc on a block that had been freed already");
}
END_TEST

START_TEST(free_inside_a_block_is_misuse)
{
    unsigned char *p = block(16);
    ck_assert_ends(STATUS_MISUSED, heap_free(p + 1));
    ck_assert_has(record->message, "into the middle of a block: 1 byte past the start");
    ck_assert_ends(STATUS_MISUSED, heap_free(p + 15));
    ck_assert_has(record->message, "15 bytes past the start");
}
END_TEST

START_TEST(free_of_a_stranger_is_misuse)
{
    int local = 0;
    ck_assert_ends(STATUS_MISUSED, heap_free(&local));
    ck_assert_has(record->message, "did not come from malloc");
    ck_assert_ends(STATUS_MISUSED, heap_free((void *)8));
    ck_assert_ends(STATUS_MISUSED, heap_realloc(&local, 8));
}
END_TEST

START_TEST(strangers_are_named)
{
    unsigned char *p = block(16);
    ck_assert_ends(STATUS_MISUSED, heap_free(p + 16));
    ck_assert_has(record->found, "just after the block from");
    ck_assert_ends(STATUS_MISUSED, heap_free((void *)0xcbcbcbcbcbcbcbcb));
    ck_assert_has(record->found, "never given a value");
    ck_assert_ends(STATUS_MISUSED, heap_free((void *)0xdddddddddddddddd));
    ck_assert_has(record->found, "after that block was freed");
    void *input = put("abc", 4, NULL, NULL);
    ck_assert_ends(STATUS_MISUSED, heap_free(input));
    ck_assert_has(record->found, "memory that was passed in");
}
END_TEST

/* --- realloc --- */

START_TEST(realloc_keeps_what_fits)
{
    unsigned char *p = block(8);
    memset(p, 7, 8);
    unsigned char *q = heap_realloc(p, 12);
    ck_assert_uint_eq(heap_kept(), 8);
    ck_assert_ptr_ne(q, p);
    for (int i = 0; i < 12; i++)
        ck_assert_uint_eq(q[i], i < 8 ? 7 : 0xcb);
    unsigned char *r = heap_realloc(q, 3);
    ck_assert_uint_eq(heap_kept(), 3);
    ck_assert_uint_eq(r[2], 7);
    ck_assert_uint_eq(heap_live_blocks(), 1);
    ck_assert_ends(STATUS_MISUSED, heap_free(q));
}
END_TEST

START_TEST(realloc_of_null_is_malloc)
{
    unsigned char *p = heap_realloc(NULL, 8);
    ck_assert_ptr_nonnull(p);
    ck_assert_uint_eq(heap_kept(), 0);
    ck_assert_uint_eq(heap_requests(), 1);
    heap_free(p);
}
END_TEST

/* --- reading the books --- */

START_TEST(books_count_what_is_live)
{
    unsigned char *p = block(10);
    block(30);
    ck_assert_uint_eq(heap_live_bytes(), 40);
    heap_free(p);
    ck_assert_uint_eq(heap_live_blocks(), 1);
    ck_assert_uint_eq(heap_live_bytes(), 30);
    ck_assert_uint_eq(heap_blocks(), 2);
    heap_malloc(SIZE_MAX);
    ck_assert_uint_eq(heap_largest_request(), SIZE_MAX);
}
END_TEST

START_TEST(addresses_are_found_in_their_block)
{
    unsigned char *p = block(10);
    struct heap_block found;
    ck_assert(heap_find(p, &found) && found.start == p && found.size == 10 && found.live && found.serial == 1);
    ck_assert(heap_find(p + 9, &found) && found.start == p);
    ck_assert(!heap_find(p + 10, &found));
    ck_assert(!heap_find(p - 1, &found));
    ck_assert(!heap_find(NULL, &found));
    heap_free(p);
    ck_assert(heap_find(p, &found) && !found.live);
    ck_assert(heap_block_at(1, &found) && found.start == p);
    ck_assert(!heap_block_at(0, &found));
    ck_assert(!heap_block_at(2, &found));
}
END_TEST

/* --- expectations --- */

START_TEST(a_right_block_is_accepted)
{
    unsigned char *p = block(10);
    expect_block(p, 10, "ten bytes");
    expect_block_between(p, 10, 20, "ten to twenty");
    expect_block_between(p, 0, 10, "up to ten");
}
END_TEST

START_TEST(wrong_blocks_are_told)
{
    unsigned char *p = block(10);
    int local = 0;
    ck_assert_ends(STATUS_FAILED, expect_block(NULL, 10, "give %d bytes", 10));
    ck_assert_str_eq(record->message, "give 10 bytes");
    ck_assert_str_eq(record->expected, "a live heap block of 10 bytes");
    ck_assert_str_eq(record->found, "NULL");
    ck_assert_ends(STATUS_FAILED, expect_block(p, 11, "x"));
    ck_assert_str_eq(record->found, "a block of 10 bytes");
    ck_assert_ends(STATUS_FAILED, expect_block(p + 1, 10, "x"));
    ck_assert_str_eq(record->found, "a pointer 1 byte into a block");
    ck_assert_ends(STATUS_FAILED, expect_block(&local, 4, "x"));
    ck_assert_has(record->found, "did not come from malloc");
    ck_assert_ends(STATUS_FAILED, expect_block(put("a", 2, NULL, NULL), 2, "x"));
    ck_assert_has(record->found, "memory that was passed in");
    heap_free(p);
    ck_assert_ends(STATUS_FAILED, expect_block(p, 10, "x"));
    ck_assert_str_eq(record->found, "a block that has been freed already");
}
END_TEST

START_TEST(wanted_sizes_are_told)
{
    ck_assert_ends(STATUS_FAILED, expect_block_between(NULL, 5, SIZE_MAX, "x"));
    ck_assert_str_eq(record->expected, "a live heap block of 5 bytes or more");
    ck_assert_ends(STATUS_FAILED, expect_block_between(NULL, 5, 9, "x"));
    ck_assert_str_eq(record->expected, "a live heap block of 5 to 9 bytes");
}
END_TEST

START_TEST(leaks_are_listed)
{
    expect_no_leak("none");
    judged_call("make", NULL, 0);
    block(1);
    ck_assert_ends(STATUS_FAILED, expect_no_leak("free all"));
    ck_assert_str_eq(record->found, "1 block never freed: 1 byte from make()");
    for (int i = 0; i < 4; i++)
        block(20);
    ck_assert_ends(STATUS_FAILED, expect_no_leak("free all"));
    ck_assert_str_eq(record->found, "5 blocks never freed: 1 byte from make(), 20 bytes from make(), 20 bytes from "
                                    "make(), and more");
}
END_TEST

START_TEST(null_without_any_request_is_told_so)
{
    ck_assert_ends(STATUS_FAILED, expect_block(NULL, 10, "x"));
    ck_assert(strncmp(record->found, "NULL, and malloc was never called", 33) == 0);
}
END_TEST

START_TEST(what_lies_in_freed_blocks_is_told_so)
{
    char *p = (char *)block(9);
    memset(p, 'a', 9);
    heap_free(p);
    ck_assert_ends(STATUS_FAILED, expect_string(p, "aaa", "x"));
    ck_assert_str_eq(record->found, "a block of 9 bytes that has already been freed");
    ck_assert_ends(STATUS_FAILED, expect_fill(p, 'a', 9, "x"));
    ck_assert(strstr(record->found, ", a block that has already been freed") != NULL);
}
END_TEST

START_TEST(the_picture_shows_used_and_freed_blocks)
{
    static struct picture picture;
    unsigned char *p = block(10);
    set_name(block(20), "b");
    heap_free(p);
    draw_heap(&picture);
    ck_assert_uint_eq(picture.cells, 2);
    ck_assert_int_eq(picture.cell[0].kind, CELL_FREE);
    ck_assert_int_eq(picture.cell[1].kind, CELL_USED);
    ck_assert_uint_eq(picture.cell[1].bytes, 20);
    ck_assert_str_eq(picture.cell[1].note, "b");
}
END_TEST

void unit_tests(TCase *tcase)
{
    tcase_add_checked_fixture(tcase, judged_start, NULL);
    tcase_add_test(tcase, blocks_are_aligned_and_full_of_junk);
    tcase_add_test(tcase, calloc_gives_zeros);
    tcase_add_test(tcase, calloc_refuses_a_product_that_wraps);
    tcase_add_test(tcase, sizes_beyond_the_heap_are_refused);
    tcase_add_test(tcase, aligned_blocks_are_aligned);
    tcase_add_test(tcase, aligned_block_without_room_says_enomem);
    tcase_add_test(tcase, a_full_table_of_blocks_refuses);
    tcase_add_test(tcase, freed_blocks_are_never_given_again);
    tcase_add_test(tcase, one_request_is_refused);
    tcase_add_test(tcase, all_requests_from_one_on_are_refused);
    tcase_add_test(tcase, refused_realloc_leaves_the_block);
    tcase_add_test(tcase, sound_blocks_are_sound);
    tcase_add_test(tcase, one_byte_after_the_end_is_seen);
    tcase_add_test(tcase, a_byte_further_away_is_seen);
    tcase_add_test(tcase, one_byte_in_front_is_seen);
    tcase_add_test(tcase, the_first_byte_of_the_zone_in_front_is_seen);
    tcase_add_test(tcase, a_block_of_no_bytes_has_zones);
    tcase_add_test(tcase, overruns_are_seen_by_free_and_realloc);
    tcase_add_test(tcase, a_write_to_a_freed_block_is_seen);
    tcase_add_test(tcase, a_message_names_the_call_that_made_the_block);
    tcase_add_test(tcase, free_of_null_is_fine);
    tcase_add_test(tcase, second_free_is_misuse);
    tcase_add_test(tcase, free_inside_a_block_is_misuse);
    tcase_add_test(tcase, free_of_a_stranger_is_misuse);
    tcase_add_test(tcase, strangers_are_named);
    tcase_add_test(tcase, realloc_keeps_what_fits);
    tcase_add_test(tcase, realloc_of_null_is_malloc);
    tcase_add_test(tcase, books_count_what_is_live);
    tcase_add_test(tcase, addresses_are_found_in_their_block);
    tcase_add_test(tcase, a_right_block_is_accepted);
    tcase_add_test(tcase, wrong_blocks_are_told);
    tcase_add_test(tcase, wanted_sizes_are_told);
    tcase_add_test(tcase, leaks_are_listed);
    tcase_add_test(tcase, null_without_any_request_is_told_so);
    tcase_add_test(tcase, what_lies_in_freed_blocks_is_told_so);
    tcase_add_test(tcase, the_picture_shows_used_and_freed_blocks);
}
