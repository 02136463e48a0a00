// SPDX-License-Identifier: MIT
/*
 * bump_tests.c - what lab 04 requires of the bump allocator in pages.c.
 */
#include "common.h"
#include "ledger.h"

#include "pages.h"

#include <stdio.h>

/*** Blocks ***/

/* BLOCK, which CALL returned for SIZE bytes, must lie between the first break of this test and the current one. */
static char *expect_bump_block(void *block, size_t size, const char *call)
{
    char found[TEXT_BYTES];
    expect_pointer_set(block, "%s(%zu) should return a block: there is enough memory", call, size);
    expect(block >= break_at_test_start,
           "the block should lie in memory that the break has moved over, but %s is below the first break",
           name_of(block));
    intmax_t above = (intmax_t)size - below_break(block);
    snprintf(found, sizeof found, "it ends %jd byte%s above the break", above, above == 1 ? "" : "s");
    if (above > 0)
        fail_compare("a block that ends at or below the break", found,
                     "memory above the break does not belong to your program");
    return block;
}

/* bump_alloc(SIZE), which must succeed. */
static char *allocate(size_t size)
{
    return expect_bump_block(bump_alloc(size), size, "bump_alloc");
}

static void *aligned_up(const void *place)
{
    uintptr_t over = (uintptr_t)place % BUMP_ALIGNMENT;
    return (char *)(uintptr_t)place + (over > 0 ? BUMP_ALIGNMENT - over : 0);
}

/*** The bump allocator ***/

START_TEST(bump_gives_memory)
{
    char *a = allocate(100);
    expect((uintptr_t)a - (uintptr_t)break_at_test_start < machine_page() + BUMP_ALIGNMENT,
           "the first block should start where the break was, or at most a page above");
    fill_subject(a, 0x0A, 100);
    expect_subject_fill(a, 0x0A, 100, "what is written to a block should stay there");
}
END_TEST

/* BLOCK follows the block at BEFORE, of SIZE bytes. */
static char *expect_apart(char *block, const char *before, size_t size)
{
    char wanted[TEXT_BYTES], found[TEXT_BYTES];
    snprintf(wanted, sizeof wanted, "%zu bytes or more", size);
    snprintf(found, sizeof found, "%jd", (intmax_t)(block - before));
    if (block < before + size)
        fail_compare(wanted, found,
                     "the %zu bytes of the previous block belong to the caller: the next block is too close to it",
                     size);
    return block;
}

START_TEST(bump_blocks_apart)
{
    errno_begins(ENOMEM);
    char *a = allocate(64);
    fill_subject(a, 0x0A, 64);
    char *b = expect_apart(allocate(32), a, 64);
    fill_subject(b, 0x0B, 32);
    char *c = expect_apart(allocate(200), b, 32);
    fill_subject(c, 0x0C, 200);
    expect_subject_fill(a, 0x0A, 64, "the bytes of a block belong to the caller: nobody else may write there");
    expect_subject_fill(b, 0x0B, 32, "the bytes of a block belong to the caller: nobody else may write there");
}
END_TEST

START_TEST(bump_blocks_aligned)
{
    static const size_t sizes[] = {16, 1, 3, 24, 100, 17, 16};
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++)
        expect_aligned(allocate(sizes[i]), BUMP_ALIGNMENT,
                       "every block should start at a multiple of %d, whatever the size of the previous one",
                       BUMP_ALIGNMENT);
}
END_TEST

START_TEST(bump_blocks_packed)
{
    static const size_t sizes[] = {32, 48, 1, 16, 100, 7, 64};
    char *end = NULL;
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        char *block = allocate(sizes[i]);
        if (end != NULL)
            expect_place(
                block, aligned_up(end), end - sizes[i - 1],
                "the block should start at the first multiple of 16 at or above the end of the previous block");
        end = block + sizes[i];
    }
}
END_TEST

START_TEST(bump_break_anywhere)
{
    expect_growth(1001);
    void *before = subject_break();
    char *b = allocate(40);
    expect(b >= (char *)before, "the first block should not start below the break: that memory belongs to others");
    expect_aligned(b, BUMP_ALIGNMENT, "the first block should be aligned even if the break was not");
    expect_subject_readable(b, 40, "all bytes of the block should be there");
    char *c = allocate(40);
    expect_place(c, aligned_up(b + 40), b,
                 "the next block should start at the first multiple of 16 above the end of the first");
}
END_TEST

/* COUNT blocks of SIZE bytes, one line in the story for all. Returns the last of them. */
static char *allocate_many(size_t count, size_t size)
{
    char *last = NULL;
    tell("for (int i = 0; i < %zu; i++) bump_alloc(%zu);", count, size);
    story_quiet();
    for (size_t i = 0; i < count; i++)
        last = allocate(size);
    story_aloud();
    return last;
}

/* The break must have been moved up no more often than the contract allows for the BYTES since ledger_open. */
static void expect_few_raises(size_t bytes)
{
    struct ledger ledger;
    size_t most = 2 + bytes / BUMP_CHUNK;
    char wanted[TEXT_BYTES], found[TEXT_BYTES];
    ledger_read(&ledger);
    snprintf(wanted, sizeof wanted, "at most %zu calls, which is 2 + %zu / BUMP_CHUNK", most, bytes);
    snprintf(found, sizeof found, "%zu calls", ledger.raises);
    if (ledger.raises > most)
        fail_compare(wanted, found, "these blocks should not need so many calls that move the break up");
}

static void expect_few_calls(size_t count, size_t size)
{
    ledger_open();
    allocate_many(count, size);
    expect_few_raises(count * size);
}

/* Blocks of two sizes, multiples of BUMP_ALIGNMENT, in turns. */
static void expect_few_calls_in_turns(size_t small, size_t large)
{
    enum { TURNS = 6 };
    bump_release(NULL);
    ledger_open();
    for (size_t turns = 1; turns <= TURNS; turns++) {
        allocate(small);
        allocate(large);
        expect_few_raises(turns * (small + large));
    }
}

START_TEST(bump_few_calls)
{
    static const size_t sizes[] = {64, 5000, 40000, 70000};
    expect_few_calls(4096, 64);
    bump_release(NULL);
    expect_no_memory(bump_alloc(SIZE_MAX / 2 - 100), "no computer has so much memory: NULL should say so");
    expect_few_calls(100, 1000); /* as if that call had never been made */
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        bump_release(NULL);
        char *first = allocate(1000);
        expect_few_calls(20, sizes[i]);
        bump_release(first);
        expect_few_calls(256 * KIB / sizes[i], sizes[i]);
    }
    expect_few_calls_in_turns(5008, BUMP_CHUNK);
    expect_few_calls_in_turns(16, BUMP_CHUNK + 16);
    expect_few_calls_in_turns(BUMP_CHUNK - 16, 2 * BUMP_CHUNK);
}
END_TEST

START_TEST(bump_large_block)
{
    char *a = allocate(100);
    fill_ends(a, 0x0A, 100);
    char *b = expect_apart(allocate(MIB), a, 100);
    expect_place(b, aligned_up(a + 100), a,
                 "the break moves up without a gap, so a large block follows like any other");
    fill_ends(b, 0x0B, MIB);
    char *c = expect_apart(allocate(200), b, MIB);
    fill_ends(c, 0x0C, 200);
    expect_ends(a, 0x0A, 100, "the bytes of a block belong to the caller: nobody else may write there");
    expect_ends(b, 0x0B, MIB, "the bytes of a block belong to the caller: nobody else may write there");
}
END_TEST

/* Moves the break to BYTES after the next page border. There are no blocks. */
static void put_break_after_border(size_t bytes)
{
    size_t page = machine_page();
    expect_growth(page - (uintptr_t)subject_break() % page + bytes);
}

/* The last block ends at END. */
static void expect_small_reserve(const char *end)
{
    char found[TEXT_BYTES];
    snprintf(found, sizeof found, "%jd bytes", (intmax_t)below_break(end));
    if (below_break(end) > BUMP_RESERVE)
        fail_compare("at most BUMP_RESERVE bytes, which is 262144", found,
                     "there should not be so much unused memory between the end of the last block and the break");
}

START_TEST(bump_small_reserve)
{
    expect_small_reserve(allocate(100) + 100);
    expect_small_reserve(allocate(MIB) + MIB);
    expect_small_reserve(allocate(100 * KIB) + 100 * KIB);
    expect_small_reserve(allocate_many(2000, 256) + 256);
    bump_release(NULL);
    for (int i = 0; i < 40; i++) /* the break moves many times, always for a little */
        expect_small_reserve(allocate_many(16, KIB) + KIB);
    bump_release(NULL);
    expect_small_reserve(allocate(16) + 16);
    expect_small_reserve(allocate(132000) + 132000);
    expect_small_reserve(allocate(262200) + 262200);
    bump_release(NULL);
    for (size_t size = 16; size < 4 * MIB; size = 2 * size + 900) /* each is larger than what there was */
        expect_small_reserve(allocate(size) + size);
    bump_release(NULL);
    put_break_after_border(0);
    /* with a reserve of a few bytes left, a chunk that is as large as the whole reserve may be is too much */
    expect_small_reserve(allocate_many(BUMP_RESERVE / BUMP_ALIGNMENT - 1, BUMP_ALIGNMENT) + BUMP_ALIGNMENT);
    expect_small_reserve(allocate(3) + 3);
}
END_TEST

START_TEST(bump_up_to_the_break)
{
    char *a = allocate(1);
    intptr_t room = below_break(a + BUMP_ALIGNMENT); /* for the next block, in this design */
    if (room > 1)
        allocate((size_t)room - 1);
    tell("/* at most one byte is left below the break now, and no multiple of 16 to start at */");
    char *c = allocate(1);
    expect_aligned(c, BUMP_ALIGNMENT, "every block should start at a multiple of %d", BUMP_ALIGNMENT);
    fill_subject(c, 0x0C, 1);
    room = below_break(c + BUMP_ALIGNMENT);
    tell("/* one byte more than there is room for */");
    char *d = allocate(room >= 0 ? (size_t)room + 1 : 1);
    char *end = d + (room >= 0 ? (size_t)room + 1 : 1);
    room = below_break(aligned_up(end));
    tell("/* exactly as many bytes as there is room for */");
    if (room > 0)
        allocate((size_t)room);
    fill_subject(allocate(24), 0x0E, 24);
}
END_TEST

START_TEST(bump_zero_size)
{
    void *start = subject_break();
    expect_null(bump_alloc(0), "nothing was asked for, so there is no block to return");
    expect_null(bump_alloc_zeroed(0), "nothing was asked for, so there is no block to return");
    expect_break(start, "bump_alloc(0) should move nothing");
    expect_growth(BUMP_CHUNK + 9); /* the allocator is still empty, so others may move the break */
    void *moved = subject_break();
    char *a = allocate(48);
    expect(a >= (char *)moved, "bump_alloc(0) makes no block, so the allocator was still empty: the first block %s",
           "should not start below the break");
    void *before = subject_break();
    expect_null(bump_alloc(0), "nothing was asked for, so there is no block to return");
    expect_null(bump_alloc_zeroed(0), "nothing was asked for, so there is no block to return");
    expect_break(before, "bump_alloc(0) should move nothing");
    char *b = allocate(16);
    expect_place(b, a + 48, a, "bump_alloc(0) should move nothing, so the next block follows the previous one");
}
END_TEST

/* Makes blocks of SIZE bytes filled with BYTE until one is refused or there are MOST. Returns their number. */
static size_t allocate_until_refused(char **blocks, size_t most, size_t size, unsigned char byte)
{
    size_t count = 0;
    tell("for (int i = 0; i < %zu; i++) bump_alloc(%zu);  /* until it returns NULL */", most, size);
    story_quiet();
    for (void *block; count < most && (block = bump_alloc(size)) != NULL; count++) {
        blocks[count] = expect_bump_block(block, size, "bump_alloc");
        fill_subject(blocks[count], byte, size);
    }
    story_aloud();
    return count;
}

/* Enough blocks to use up the largest reserve the contract allows. */
enum { FILLER_SIZE = 4 * KIB, FILLERS = 2 * BUMP_RESERVE / FILLER_SIZE };

START_TEST(bump_no_memory)
{
    static char *fillers[FILLERS];
    char *a = allocate(100);
    fill_subject(a, 0x0A, 100);
    refuse_break();
    void *before = subject_break();
    size_t count = allocate_until_refused(fillers, FILLERS, FILLER_SIZE, 0x0F);
    if (count < FILLERS) { /* otherwise this design needed no more memory, which is fine */
        expect_errno(ENOMEM, "errno should say that there is not enough memory");
        expect_break(before, "a refused call should leave the break where it was");
    }
    refuse_break_no_more();
    tell("/* from here on the system refuses nothing */");
    char *last = count > 0 ? fillers[count - 1] : a;
    size_t last_size = count > 0 ? FILLER_SIZE : 100;
    set_name(last, "last");
    char *b = allocate(FILLER_SIZE);
    expect_place(b, aligned_up(last + last_size), last,
                 "the next block should follow the last one, as if the refused call had never been made");
    fill_subject(b, 0x0B, FILLER_SIZE);
    expect_subject_fill(a, 0x0A, 100, "blocks made before the refusal should not change");
    expect_subject_fill(last, count > 0 ? 0x0F : 0x0A, last_size, "blocks made before the refusal should not change");
}
END_TEST

/* The allocator is empty, so others may move the break, and it must stay where they left it. RELEASE:
 * bump_release(NULL) comes before the next block, and must do nothing. */
static void expect_empty(bool release, const char *why)
{
    expect_growth(1001);
    void *moved = subject_break();
    if (release) {
        bump_release(NULL);
        expect_break(moved, why);
    }
    char *a = allocate(100);
    expect(a >= (char *)moved, "%s: the first block should not start below the break, where others have their memory",
           why);
    bump_release(NULL);
    expect_break(moved, "with all blocks released, the break should be where it was before the first");
}

enum { MOST_TRIES = 3 };

/* A first call, of which the system refuses the K-th attempt to move the break. */
static void try_first(bool release, size_t k)
{
    void *before = subject_break();
    tell("/* the system will refuse call number %zu that moves the break */", k);
    system_refuse(SYSTEM_SBRK, k);
    system_refuse(SYSTEM_BRK, k);
    void *result = bump_alloc(100);
    refuse_break_no_more();
    if (result == NULL) {
        expect_no_memory(result, "the system refused to move the break: NULL should say so");
        expect_break(before, "a request that fails should leave the break where it was");
        expect_empty(release, "a first call that failed makes no block, so the allocator is still empty");
    } else {
        expect_bump_block(result, 100, "bump_alloc");
        bump_release(NULL);
        expect_break(before, "with all blocks released, the break should be where it was before the first");
    }
}

START_TEST(bump_first_refused)
{
    void *before = subject_break();
    void *result = bump_alloc(INTPTR_MAX / 2);
    expect_no_memory(result, "no computer has so much memory: the system refuses, and NULL should say so");
    expect_break(before, "a request that fails should leave the break where it was");
    void *huge = bump_alloc(SIZE_MAX - 1000);
    expect_no_memory(huge, "rounded up to pages, this is more than a size_t can hold: NULL should say so");
    for (size_t try = 0; try < 2 * MOST_TRIES; try++)
        try_first(try % 2 == 0, try / 2 + 1);
    for (size_t place = 0; place < BUMP_ALIGNMENT; place++) { /* wherever the break is */
        expect_growth(1);
        try_first(false, 1);
    }
    before = subject_break();
    char *a = allocate(100);
    expect((uintptr_t)a - (uintptr_t)before < machine_page() + BUMP_ALIGNMENT,
           "after a first call that failed, the first block should still start where the break was");
    fill_subject(a, 0x0A, 100);
}
END_TEST

START_TEST(bump_huge)
{
    char *a = allocate(100);
    fill_subject(a, 0x0A, 100);
    void *before = subject_break();
    for (size_t i = 0; i < HUGE_SIZES; i++) {
        bool zeroed = i % 2 != 0 && !huge_sizes[i].may_be_granted;
        void *result = zeroed ? bump_alloc_zeroed(huge_sizes[i].size) : bump_alloc(huge_sizes[i].size);
        char sentence[TEXT_BYTES];
        snprintf(sentence, sizeof sentence, "there is no room for %s bytes: NULL should say so", huge_sizes[i].name);
        if (huge_sizes[i].may_be_granted && result != NULL) {
            expect_bump_block(result, huge_sizes[i].size, "bump_alloc");
            return; /* some machines have that much memory; the sizes that follow are larger */
        }
        expect_no_memory(result, sentence);
        expect_break(before, "a request that fails should leave the break where it was");
    }
    char *b = allocate(100);
    expect_place(b, aligned_up(a + 100), a,
                 "the next block should follow the last one, as if the huge requests had never been made");
}
END_TEST

/*** Giving back ***/

/* The break should have come down to less than a page above PLACE. */
static void expect_lowered(const void *place, const char *sentence)
{
    char most[TEXT_BYTES], found[TEXT_BYTES];
    intptr_t above = below_break(place);
    const char *name = name_of(place);
    snprintf(most, sizeof most, "less than one page (%zu bytes) between %s and the break", machine_page(), name);
    if (above >= (intptr_t)machine_page()) {
        snprintf(found, sizeof found, "the break is %jd bytes above %s", (intmax_t)above, name);
        fail_compare(most, found, "%s", sentence);
    }
    snprintf(found, sizeof found, "the break is %jd bytes below %s", (intmax_t)-above, name);
    if (above < 0)
        fail_compare("a break at or above that place", found, "blocks made before %s should keep their memory", name);
}

/* A block that starts DISTANCE bytes below the break, where a design's reserve is as large as that, is released. */
static void release_below_break(size_t distance)
{
    bump_release(NULL);
    put_break_after_border(0);
    char *a = allocate(BUMP_ALIGNMENT);
    intptr_t room = below_break(a + BUMP_ALIGNMENT);
    if (room > (intptr_t)distance)
        allocate((size_t)room - distance);
    char *b = allocate(BUMP_ALIGNMENT);
    bump_release(b);
    expect_lowered(b, "the memory from that block on should go back to the system");
}

START_TEST(bump_release_lowers)
{
    const size_t distances[] = {machine_page() - BUMP_ALIGNMENT, machine_page(), machine_page() + BUMP_ALIGNMENT,
                                2 * machine_page()};
    char *a = allocate(100);
    fill_subject(a, 0x0A, 100);
    char *b = allocate(200 * KIB);
    char *c = allocate(50);
    fill_subject(c, 0x0C, 50);
    bump_release(c);
    expect_lowered(c, "the memory from c on should go back to the system");
    bump_release(b);
    expect_lowered(b, "the memory from b on should go back to the system");
    expect_subject_fill(a, 0x0A, 100, "a was made before b: it should not change");
    bump_release(NULL);
    put_break_after_border(0);
    allocate(machine_page());
    char *d = allocate(100); /* may start at a page border */
    bump_release(d);
    expect_lowered(d, "the memory from d on should go back to the system");
    for (size_t i = 0; i < sizeof distances / sizeof *distances; i++)
        release_below_break(distances[i]);
    bump_release(NULL);
    expect_growth(0);
}
END_TEST

START_TEST(bump_release_all)
{
    void *at_start = subject_break();
    bump_release(NULL);
    expect_break(at_start, "there are no blocks yet, so bump_release(NULL) should do nothing");
    expect_growth(1001);
    void *before = subject_break();
    for (int round = 0; round < 2; round++) {
        allocate(100);
        allocate(300 * KIB);
        allocate(10);
        bump_release(NULL);
        expect_break(before, "with all blocks released, the break should be where it was before the first");
    }
    bump_release(NULL);
    expect_break(before, "there are no blocks, so bump_release(NULL) should do nothing");
    expect_growth(8);
    void *moved = subject_break();
    bump_release(NULL);
    expect_break(moved, "there are no blocks, so bump_release(NULL) should do nothing");
    char *only = allocate(100);
    bump_release(only);
    expect_lowered(only, "the memory from the first block on should go back to the system");
    bump_release(NULL);
    expect_break(moved, "with all blocks released, the break should be where it was before the first");
    char *fresh = allocate(2 * BUMP_CHUNK - (BUMP_ALIGNMENT - 2)); /* with the most padding it needs a page more */
    expect(fresh >= (char *)moved, "while the allocator is empty, others may move the break: the next block should not "
                                   "start below it, where they have their memory");
}
END_TEST

START_TEST(bump_release_then_alloc)
{
    char *a = allocate(100);
    fill_subject(a, 0x0A, 100);
    char *b = allocate(200 * KIB);
    allocate(50);
    bump_release(b);
    char *d = allocate(100 * KIB);
    expect_place(d, aligned_up(a + 100), a, "b has been released: the next block should follow a, the last one left");
    fill_ends(d, 0x0D, 100 * KIB);
    char *e = expect_apart(allocate(20), d, 100 * KIB);
    fill_subject(e, 0x0E, 20);
    expect_ends(d, 0x0D, 100 * KIB, "the bytes of a block belong to the caller: nobody else may write there");
    expect_subject_fill(a, 0x0A, 100, "the bytes of a block belong to the caller: nobody else may write there");
    bump_release(NULL);
    char *f = allocate(40);
    fill_subject(f, 0x0F, 40);
}
END_TEST

/* There are no blocks. */
static void leave_marks_above_the_break(void)
{
    put_break_after_border(100);
    char *above = subject_break();
    set_name(above, "sbrk(0)");
    tell("/* somebody has used the rest of this page, and has moved the break back */");
    fill_subject(above, 0xEE, machine_page() - 100);
}

START_TEST(bump_zeroed)
{
    errno_begins(ENOMEM);
    leave_marks_above_the_break();
    void *a = bump_alloc_zeroed(100);
    expect_bump_block(a, 100, "bump_alloc_zeroed");
    expect_subject_fill(a, 0, 100, "each byte of the block should be 0, whoever had this memory before");
    void *b = bump_alloc_zeroed(500);
    expect_bump_block(b, 500, "bump_alloc_zeroed");
    expect_subject_fill(b, 0, 500, "each byte of the block should be 0");
    fill_subject(b, 0xBB, 500);
    void *c = bump_alloc_zeroed(5000);
    expect_bump_block(c, 5000, "bump_alloc_zeroed");
    expect_subject_fill(c, 0, 5000, "each byte of the block should be 0");
    fill_subject(c, 0xCC, 5000);
    bump_release(b);
    void *d = bump_alloc_zeroed(5000);
    expect_bump_block(d, 5000, "bump_alloc_zeroed");
    expect_subject_fill(d, 0, 5000, "each byte of the block should be 0, even where b and c were before");
    bump_release(NULL);
    put_break_after_border(100); /* the rest of this page stays, whatever is released */
    fill_subject(allocate(500), 0xEE, 500);
    bump_release(NULL);
    void *e = bump_alloc_zeroed(500);
    expect_bump_block(e, 500, "bump_alloc_zeroed");
    expect_subject_fill(e, 0, 500, "each byte should be 0, even in the page that the break is in");
}
END_TEST

START_TEST(bump_zeroed_refused)
{
    expect_bump_block(bump_alloc_zeroed(100), 100, "bump_alloc_zeroed");
    void *result = bump_alloc_zeroed(INTPTR_MAX / 2);
    expect_no_memory(result, "no computer has so much memory: the system refuses, and NULL should say so");
    expect_null(bump_alloc_zeroed(0), "nothing was asked for, so there is no block to return");
}
END_TEST

void add_bump_tests(struct suite *suite)
{
    suite_add(suite, bump_gives_memory);
    suite_add(suite, bump_blocks_apart);
    suite_add(suite, bump_blocks_aligned);
    suite_add(suite, bump_blocks_packed);
    suite_add(suite, bump_break_anywhere);
    suite_add(suite, bump_few_calls);
    suite_add(suite, bump_large_block);
    suite_add(suite, bump_small_reserve);
    suite_add(suite, bump_up_to_the_break);
    suite_add(suite, bump_zero_size);
    suite_add(suite, bump_no_memory);
    suite_add(suite, bump_first_refused);
    suite_add(suite, bump_huge);
    suite_add(suite, bump_release_lowers);
    suite_add(suite, bump_release_all);
    suite_add(suite, bump_release_then_alloc);
    suite_add(suite, bump_zeroed);
    suite_add(suite, bump_zeroed_refused);
}
