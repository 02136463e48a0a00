// SPDX-License-Identifier: MIT
/*
 * tests.c - what lab 04 demands of pages.c.
 *
 * The student's code makes real system calls. What they did is looked at from three sides: the judge's log of the
 * calls, added up by ledger.c; the break as it is afterwards; and the student's memory, which read_subject copies.
 *
 * No test counts on how a design asks for memory, only on what pages.h says about it. In particular sbrk and brk are
 * both fine, sbrk(0) may be called at any time, and a refused call may be made again for less.
 */
#include "heaplab/test.h"

#include "pages.h"

#include "ledger.h"

#include <stdio.h>
#include <sys/mman.h>
#include <unistd.h>

enum { KIB = 1024, MIB = 1024 * KIB };

static size_t page_size(void)
{
    return (size_t)sysconf(_SC_PAGESIZE);
}

/*** Places ***/

enum { TEXT_BYTES = 128 };

/* FOUND must be EXPECTED; both are told by their distance from BASE, "a + 32", however far that is. */
static void expect_place(const void *found, const void *expected, const void *base, const char *sentence)
{
    char wanted[TEXT_BYTES], got[TEXT_BYTES];
    if (found == expected)
        return;
    const void *places[] = {expected, found};
    char *texts[] = {wanted, got};
    for (size_t i = 0; i < 2; i++) {
        intptr_t distance = (intptr_t)((uintptr_t)places[i] - (uintptr_t)base);
        if (distance < -MIB || distance > MIB)
            snprintf(texts[i], TEXT_BYTES, "%s", name_of(places[i]));
        else
            snprintf(texts[i], TEXT_BYTES, "%s %c %jd", name_of(base), distance < 0 ? '-' : '+',
                     (intmax_t)(distance < 0 ? -distance : distance));
    }
    fail_compare(wanted, got, "%s", sentence);
}

static void *aligned_up(const void *place)
{
    uintptr_t over = (uintptr_t)place % BUMP_ALIGNMENT;
    return (char *)(uintptr_t)place + (over > 0 ? BUMP_ALIGNMENT - over : 0);
}

/* Bytes from PLACE up to the break; negative if PLACE lies above it. */
static intptr_t below_break(const void *place)
{
    return (intptr_t)((uintptr_t)subject_break() - (uintptr_t)place);
}

/* The break should be where it was, at BEFORE. */
static void expect_break(const void *before, const char *sentence)
{
    char moved[TEXT_BYTES];
    intptr_t distance = -below_break(before);
    snprintf(moved, sizeof moved, "it is %jd bytes %s", (intmax_t)(distance < 0 ? -distance : distance),
             distance < 0 ? "lower" : "higher");
    if (distance != 0)
        fail_compare("the break is where it was", moved, "%s", sentence);
}

/*** Blocks of the bump allocator ***/

static void *break_at_start;

static void set_up(void)
{
    break_at_start = subject_break();
    set_name(break_at_start, "break at start");
    ledger_open();
}

/* BLOCK, which CALL returned for SIZE bytes, must lie in memory that the break has passed since the test began. */
static char *expect_bump_block(void *block, size_t size, const char *call)
{
    char found[TEXT_BYTES];
    expect_pointer_set(block, "%s(%zu) should give a block: there is memory enough", call, size);
    expect(block >= break_at_start,
           "the block should lie in memory that the break has moved over, but %s is below where the break began",
           name_of(block));
    snprintf(found, sizeof found, "it ends %jd bytes above the break", (intmax_t)size - below_break(block));
    if (below_break(block) < (intptr_t)size)
        fail_compare("the block ends at the break or below it", found,
                     "what lies above the break does not belong to your program");
    return block;
}

/* bump_alloc(SIZE), which must succeed. */
static char *allocate(size_t size)
{
    return expect_bump_block(bump_alloc(size), size, "bump_alloc");
}

/* The first and the last bytes of a block of any SIZE. */
static void fill_ends(void *block, unsigned char byte, size_t size)
{
    enum { END = 4 * KIB };
    size_t length = size < END ? size : END;
    fill_subject(block, byte, length);
    if (size > END)
        fill_subject((char *)block + size - length, byte, length);
}

static void expect_ends(const void *block, unsigned char byte, size_t size, const char *sentence)
{
    enum { END = 4 * KIB };
    size_t length = size < END ? size : END;
    expect_subject_fill(block, byte, length, "%s", sentence);
    expect_subject_fill((const char *)block + size - length, byte, length, "%s", sentence);
}

/* From now on the system refuses to move the break, whichever way it is asked, but only the next time. */
static void refuse_break(void)
{
    tell("/* the system will refuse the next call that moves the break */");
    system_refuse(SYSTEM_SBRK, 1);
    system_refuse(SYSTEM_BRK, 1);
}

static void refuse_nothing(void)
{
    system_refuse(SYSTEM_SBRK, 0);
    system_refuse(SYSTEM_BRK, 0);
}

/* RESULT came from a call that could not be met. */
static void expect_no_memory(const void *result, const char *sentence)
{
    expect_null(result, "%s", sentence);
    expect_errno(ENOMEM, "errno should tell why");
}

/* Sizes for which there is no memory in any computer, or no room in the arithmetic. */
static const struct {
    size_t size;
    const char *name;
} huge[] = {
    {SIZE_MAX, "SIZE_MAX"},
    {SIZE_MAX - 14, "SIZE_MAX - 14"},
    {SIZE_MAX - 15, "SIZE_MAX - 15"},
    {SIZE_MAX - 63, "SIZE_MAX - 63"},
    {SIZE_MAX - 5000, "SIZE_MAX - 5000"},
    {SIZE_MAX - 65535, "SIZE_MAX - 65535"},
    {(size_t)INTPTR_MAX + 1, "INTPTR_MAX + 1"},
    {INTPTR_MAX, "INTPTR_MAX"},
    {INTPTR_MAX - 15, "INTPTR_MAX - 15"},
    {INTPTR_MAX / 2, "INTPTR_MAX / 2"},
};

enum { HUGE_SIZES = sizeof huge / sizeof *huge };

/*** Pages ***/

START_TEST(pages_rounded_up)
{
    size_t page = page_size();
    const size_t cases[][2] = {
        {1, page}, {page - 1, page}, {page + 1, 2 * page}, {3 * page - 5, 3 * page}, {1000 * page + 1, 1001 * page}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        expect_size(round_up_to_pages(cases[i][0]), cases[i][1],
                    "%zu bytes need %zu whole page%s: a page has %zu bytes here", cases[i][0], cases[i][1] / page,
                    cases[i][1] == page ? "" : "s", page);
}
END_TEST

START_TEST(pages_exact)
{
    size_t page = page_size();
    expect_size(round_up_to_pages(page), page, "%zu bytes fill one page exactly: no second one is needed", page);
    expect_size(round_up_to_pages(2 * page), 2 * page, "%zu bytes fill two pages exactly: no third one is needed",
                2 * page);
    expect_size(round_up_to_pages(64 * page), 64 * page, "%zu bytes fill 64 pages exactly: no further one is needed",
                64 * page);
    expect_size(round_up_to_pages(0), 0, "no bytes need no page");
}
END_TEST

START_TEST(pages_huge)
{
    size_t page = page_size();
    size_t top = SIZE_MAX - page + 1; /* the last multiple of the page size that a size_t can hold */
    size_t tera = (size_t)1 << 40;
    expect_size(round_up_to_pages(tera + 1), tera + page,
                "sizes can be larger than an int, or the part of a double that is exact");
    expect_size(round_up_to_pages(top - page + 1), top, "a huge size should be rounded up exactly, like any other");
    expect_size(round_up_to_pages(top), top, "this is a multiple of the page size already, and the last one there is");
    expect_size(round_up_to_pages(top + 1), 0, "no multiple above this size fits into a size_t: 0 should say so");
    expect_size(round_up_to_pages(SIZE_MAX), 0, "no multiple above this size fits into a size_t: 0 should say so");
}
END_TEST

/* The start of some page. Nothing has to be there: silent_overrun only counts. */
static char *some_page(void)
{
    char *page = (char *)(256 * page_size());
    set_name(page, "page");
    tell("char *page = (char *)%#zx;  /* where a page starts; each has %zu bytes */", (size_t)(uintptr_t)page,
         page_size());
    return page;
}

START_TEST(overrun_to_page_end)
{
    char *page = some_page();
    size_t size = page_size();
    expect_size(silent_overrun(page, 100), size - 100,
                "the block takes the first 100 bytes of its page: the rest can be read");
    expect_size(silent_overrun(page + 100, 50), size - 150, "the block ends 150 bytes into the page");
    expect_size(silent_overrun(page + 100, 1), size - 101, "the block ends 101 bytes into the page");
    expect_size(silent_overrun(page + size - 10, 30), size - 20, "the block ends 20 bytes into the second page");
    expect_size(silent_overrun(page + 1, 3 * size), size - 1, "the block ends one byte into the fourth page");
}
END_TEST

START_TEST(overrun_none)
{
    char *page = some_page();
    size_t size = page_size();
    expect_size(silent_overrun(page, size - 1), 1, "the block leaves out the last byte of its page");
    expect_size(silent_overrun(page, size), 0,
                "the block ends where its page ends: the next byte may be the one that faults");
    expect_size(silent_overrun(page + 100, size - 100), 0,
                "the block ends where its page ends: the next byte may be the one that faults");
    expect_size(silent_overrun(page, 3 * size), 0,
                "the block ends where the third page ends: the next byte may be the one that faults");
}
END_TEST

/*** The program break ***/

/* grow_break(BYTES), which must succeed and give memory at BEFORE, where the break is. */
static char *grow(size_t bytes)
{
    char *before = subject_break();
    set_name(before, "break");
    char *start = grow_break(bytes);
    expect_pointer_set(start, "grow_break(%zu) should give memory: there is enough", bytes);
    set_name(before, "break");
    expect_place(start, before, before, "the new memory starts where the break was before");
    expect_size((size_t)below_break(before), bytes, "the break should have moved up by the bytes asked for, exactly");
    return start;
}

START_TEST(grow_moves_break)
{
    char *first = grow(1000);
    fill_subject(first, 0x0A, 1000);
    char *second = grow(24);
    fill_subject(second, 0x0B, 24);
    expect_subject_fill(first, 0x0A, 1000, "the bytes below the old break should stay as they were");
    grow(5 * page_size());
    grow(0);
}
END_TEST

START_TEST(grow_refused)
{
    grow(64);
    void *before = subject_break();
    void *result = grow_break(INTPTR_MAX / 2);
    expect_no_memory(result, "no computer has so much memory: the system refuses, and NULL should say so");
    expect_break(before, "a refused call should not move the break");
    refuse_break();
    result = grow_break(64);
    expect_no_memory(result, "the system has refused to move the break: NULL should say so");
    expect_break(before, "a refused call should not move the break");
    grow(64);
}
END_TEST

START_TEST(grow_huge)
{
    grow(128 * KIB);
    void *before = subject_break();
    for (size_t i = 0; i < HUGE_SIZES; i++) {
        void *result = grow_break(huge[i].size);
        expect_no_memory(result, "as an intptr_t this size may be negative, but it is never a small one");
        expect_break(before, "a size that is too large should not move the break, neither up nor down");
    }
}
END_TEST

/*** The bump allocator ***/

START_TEST(bump_gives_memory)
{
    char *a = allocate(100);
    expect((uintptr_t)a - (uintptr_t)break_at_start < page_size() + BUMP_ALIGNMENT,
           "the first block should start where the break was, or within a page above");
    fill_subject(a, 0x0A, 100);
    expect_subject_fill(a, 0x0A, 100, "what is written to a block should stay there");
}
END_TEST

/* BLOCK follows the block at BEFORE, of SIZE bytes. */
static char *expect_apart(char *block, const char *before, size_t size)
{
    expect(block != before, "the block %s belongs to the caller: its bytes should not be given out a second time",
           name_of(before));
    expect(block >= before + size, "the new block should start behind the %zu bytes of the block before it", size);
    return block;
}

START_TEST(bump_blocks_apart)
{
    char *a = allocate(64);
    fill_subject(a, 0x0A, 64);
    char *b = expect_apart(allocate(32), a, 64);
    fill_subject(b, 0x0B, 32);
    char *c = expect_apart(allocate(200), b, 32);
    fill_subject(c, 0x0C, 200);
    expect_subject_fill(a, 0x0A, 64, "the bytes of a block should stay: nobody else may write there");
    expect_subject_fill(b, 0x0B, 32, "the bytes of a block should stay: nobody else may write there");
}
END_TEST

START_TEST(bump_blocks_aligned)
{
    static const size_t sizes[] = {16, 1, 3, 24, 100, 17, 16};
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++)
        expect_aligned(allocate(sizes[i]), BUMP_ALIGNMENT,
                       "every block should start at a multiple of %d, whatever the size of the one before it",
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
            expect_place(block, aligned_up(end), end - sizes[i - 1],
                         "the block should start at the first multiple of 16 behind the block before it");
        end = block + sizes[i];
    }
}
END_TEST

START_TEST(bump_break_anywhere)
{
    grow(1001);
    void *before = subject_break();
    char *b = allocate(40);
    expect(b >= (char *)before, "the first block should not start below the break, where others have their memory");
    expect_aligned(b, BUMP_ALIGNMENT, "the first block should be aligned, too, even if the break was not");
    expect_subject_readable(b, 40, "all bytes of the block should be there");
    char *c = allocate(40);
    expect_place(c, aligned_up(b + 40), b, "the next block should start at the first multiple of 16 behind the first");
}
END_TEST

/* COUNT blocks of SIZE bytes, not told one by one. The last of them. */
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

START_TEST(bump_few_calls)
{
    enum { BLOCKS = 4096, SIZE = 64, MOST = 2 + BLOCKS * SIZE / BUMP_CHUNK };
    char most[TEXT_BYTES], found[TEXT_BYTES];
    struct ledger ledger;
    allocate_many(BLOCKS, SIZE);
    ledger_read(&ledger);
    snprintf(most, sizeof most, "%d calls at most, which is 2 + %d / BUMP_CHUNK", MOST, BLOCKS * SIZE);
    snprintf(found, sizeof found, "%zu calls", ledger.raises);
    if (ledger.raises > MOST)
        fail_compare(most, found, "%d blocks of %d bytes should not take so many calls that move the break up", BLOCKS,
                     SIZE);
}
END_TEST

/* There is a block, and it ends at END. */
static void expect_small_reserve(const char *end)
{
    char found[TEXT_BYTES];
    snprintf(found, sizeof found, "%jd bytes", (intmax_t)below_break(end));
    if (below_break(end) > BUMP_RESERVE)
        fail_compare("no more than BUMP_RESERVE bytes, which is 262144", found,
                     "between the end of the last block and the break there should not be so much unused memory");
}

START_TEST(bump_small_reserve)
{
    expect_small_reserve(allocate(100) + 100);
    expect_small_reserve(allocate(MIB) + MIB);
    expect_small_reserve(allocate(100 * KIB) + 100 * KIB);
    expect_small_reserve(allocate_many(2000, 256) + 256);
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
    expect_ends(a, 0x0A, 100, "the bytes of a block should stay: nobody else may write there");
    expect_ends(b, 0x0B, MIB, "the bytes of a block should stay: nobody else may write there");
}
END_TEST

START_TEST(bump_zero_size)
{
    char *a = allocate(48);
    void *before = subject_break();
    expect_null(bump_alloc(0), "nothing was asked for, so there is no block to return");
    expect_break(before, "bump_alloc(0) should move nothing");
    char *b = allocate(16);
    expect_place(b, a + 48, a, "bump_alloc(0) should move nothing, so the next block follows the one before it");
}
END_TEST

/* Blocks of SIZE bytes, each filled with BYTE, until one cannot be had or MOST have been made. The number made. */
static size_t allocate_until_refused(char **blocks, size_t most, size_t size, unsigned char byte)
{
    size_t count = 0;
    tell("for (int i = 0; i < %zu; i++) bump_alloc(%zu);  /* until it returns NULL */", most, size);
    story_quiet();
    void *block = bump_alloc(size);
    while (block != NULL && count < most) {
        blocks[count] = expect_bump_block(block, size, "bump_alloc");
        fill_subject(blocks[count++], byte, size);
        block = bump_alloc(size);
    }
    story_aloud();
    return count;
}

/* Enough blocks to use up the largest reserve that is allowed. */
enum { FILLER_SIZE = 4 * KIB, FILLERS = 2 * BUMP_RESERVE / FILLER_SIZE };

START_TEST(bump_no_memory)
{
    static char *fillers[FILLERS];
    char *a = allocate(100);
    fill_subject(a, 0x0A, 100);
    refuse_break();
    void *before = subject_break();
    size_t count = allocate_until_refused(fillers, FILLERS, FILLER_SIZE, 0x0F);
    if (count < FILLERS) { /* otherwise this design has got by with less, which is fine */
        expect_errno(ENOMEM, "errno should tell why");
        expect_break(before, "a call that was refused should leave the break where it was");
    }
    refuse_nothing();
    tell("/* from here on the system refuses nothing */");
    char *last = count > 0 ? fillers[count - 1] : a;
    size_t last_size = count > 0 ? FILLER_SIZE : 100;
    set_name(last, "last");
    char *b = allocate(300);
    expect_place(b, aligned_up(last + last_size), last,
                 "the next block should follow the last one, as if the call that was refused had never been");
    fill_subject(b, 0x0B, 300);
    expect_subject_fill(a, 0x0A, 100, "the blocks made before the refusal should stay as they were");
    expect_subject_fill(last, count > 0 ? 0x0F : 0x0A, last_size, "the blocks made before should stay as they were");
}
END_TEST

START_TEST(bump_first_refused)
{
    void *before = subject_break();
    void *result = bump_alloc(INTPTR_MAX / 2);
    expect_no_memory(result, "no computer has so much memory: the system refuses, and NULL should say so");
    expect_break(before, "a request that cannot be met should leave the break where it was");
    char *a = allocate(100);
    expect((uintptr_t)a - (uintptr_t)before < page_size() + BUMP_ALIGNMENT,
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
        void *result = bump_alloc(huge[i].size);
        char sentence[TEXT_BYTES];
        snprintf(sentence, sizeof sentence, "there is no room for %s bytes: NULL should say so", huge[i].name);
        expect_no_memory(result, sentence);
        expect_break(before, "a request that cannot be met should leave the break where it was");
    }
    char *b = allocate(100);
    expect_place(b, aligned_up(a + 100), a,
                 "the next block should follow the last one, as if the huge requests had never been");
}
END_TEST

/*** Giving back ***/

/* The break should have come down to less than a page above PLACE, which has NAME in the story. */
static void expect_lowered(const void *place, const char *sentence)
{
    char most[TEXT_BYTES], found[TEXT_BYTES];
    intptr_t above = below_break(place);
    const char *name = name_of(place);
    snprintf(most, sizeof most, "less than one page (%zu bytes) between %s and the break", page_size(), name);
    if (above >= (intptr_t)page_size()) {
        snprintf(found, sizeof found, "the break is %jd bytes above %s", (intmax_t)above, name);
        fail_compare(most, found, "%s", sentence);
    }
    snprintf(found, sizeof found, "the break is %jd bytes below %s", (intmax_t)-above, name);
    if (above < 0)
        fail_compare(most, found, "the blocks made before %s should keep their memory", name);
}

START_TEST(bump_release_lowers)
{
    char *a = allocate(100);
    fill_subject(a, 0x0A, 100);
    char *b = allocate(200 * KIB);
    char *c = allocate(50);
    fill_subject(c, 0x0C, 50);
    bump_release(c);
    expect_lowered(c, "the memory from c on should go back to the system");
    bump_release(b);
    expect_lowered(b, "the memory from b on should go back to the system");
    expect_subject_fill(a, 0x0A, 100, "a was made before b: it should stay as it was");
}
END_TEST

START_TEST(bump_release_all)
{
    for (int round = 0; round < 2; round++) {
        allocate(100);
        allocate(300 * KIB);
        allocate(10);
        bump_release(NULL);
        expect_break(break_at_start, "when all blocks have ended, the break should be where it was before the first");
    }
    bump_release(NULL);
    expect_break(break_at_start, "there are no blocks, so bump_release(NULL) should do nothing");
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
    expect_place(d, aligned_up(a + 100), a, "b has ended: the next block should follow a, the last one that is left");
    fill_ends(d, 0x0D, 100 * KIB);
    char *e = expect_apart(allocate(20), d, 100 * KIB);
    fill_subject(e, 0x0E, 20);
    expect_ends(d, 0x0D, 100 * KIB, "the bytes of a block should stay: nobody else may write there");
    expect_subject_fill(a, 0x0A, 100, "the bytes of a block should stay: nobody else may write there");
    bump_release(NULL);
    char *f = allocate(40);
    fill_subject(f, 0x0F, 40);
}
END_TEST

START_TEST(bump_zeroed)
{
    allocate(100);
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
    expect_subject_fill(d, 0, 5000, "each byte of the block should be 0, also where b and c have been before");
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

/*** Mappings ***/

static const char *sharing_name(int flags)
{
    switch (flags & MAP_TYPE) {
    case MAP_PRIVATE:
        return "MAP_PRIVATE";
    case MAP_SHARED:
        return "MAP_SHARED";
    default:
        return "another kind of mapping";
    }
}

static void expect_flags(const struct mapping *mapping, int sharing, const char *sentence)
{
    if ((mapping->flags & MAP_TYPE) != sharing)
        fail_compare(sharing_name(sharing), sharing_name(mapping->flags), "%s", sentence);
    expect((mapping->flags & MAP_ANONYMOUS) != 0, "the mapping should be anonymous: there is no file behind it");
    expect((mapping->protection & (PROT_READ | PROT_WRITE)) == (PROT_READ | PROT_WRITE),
           "the mapping should be made so that it can be read and written");
}

static size_t pages_for(size_t size)
{
    return (size + page_size() - 1) / page_size();
}

/* large_alloc(SIZE), which must succeed. Demands nothing of the mapping but that it is there. */
static char *map_large(size_t size)
{
    char *start = large_alloc(size);
    expect_pointer_set(start, "large_alloc(%zu) should give memory: there is enough", size);
    expect_aligned(start, page_size(), "a mapping starts where a page starts");
    expect_subject_readable(start, size, "all %zu bytes should be there", size);
    return start;
}

/* START is a mapping of its own, for SIZE bytes. */
static void expect_mapping(const char *start, size_t size)
{
    struct ledger ledger;
    ledger_read(&ledger);
    const struct mapping *mapping = ledger_find(&ledger, start);
    expect(mapping != NULL, "the memory should come from mmap");
    expect(mapping->start == (uintptr_t)start, "the memory should start where its mapping starts");
    expect_flags(mapping, MAP_PRIVATE, "memory for one process alone is mapped as private");
    expect_size((mapping->end - mapping->start) / page_size(), pages_for(size),
                "for %zu bytes no more pages should be mapped than are needed: a page has %zu bytes here", size,
                page_size());
}

START_TEST(large_maps)
{
    size_t page = page_size();
    const size_t sizes[] = {3 * page - 100, 1, page, 2 * page, MIB};
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        struct ledger ledger;
        ledger_open();
        char *start = map_large(sizes[i]);
        ledger_read(&ledger);
        expect_mapping(start, sizes[i]);
        expect_size(ledger.mmaps, 1, "one call of mmap should do");
        fill_ends(start, 0x0A, sizes[i]);
        expect_ends(start, 0x0A, sizes[i], "what is written to the memory should stay there");
    }
}
END_TEST

/* Can the first byte of each of the COUNT pages from START on be read? */
static void expect_pages_left(const char *start, size_t count)
{
    for (size_t i = 0; i < count; i++)
        expect_subject_readable(start + i * page_size(), 1,
                                "page %zu of %s should still be there: it was not to be ended", i + 1, name_of(start));
}

static void expect_pages_gone(const char *start, size_t count)
{
    char byte;
    for (size_t i = 0; i < count; i++)
        expect(!read_subject(&byte, start + i * page_size(), 1),
               "large_free should end the whole mapping, but page %zu of %zu is still there", i + 1, count);
}

/* The one munmap since ledger_open, if it was one, must not go past the COUNT pages at START. Tells it in numbers. */
static void expect_munmap_within(const char *start, size_t count)
{
    char wanted[TEXT_BYTES], found[TEXT_BYTES];
    struct system_call call;
    for (size_t i = 0; i < system_calls() && system_call_at(i, &call); i++) {
        if (call.kind != SYSTEM_MUNMAP || call.result == -1)
            continue;
        uintptr_t end = (uintptr_t)call.arguments[0] + pages_for(call.arguments[1]) * page_size();
        snprintf(wanted, sizeof wanted, "the %zu page%s of %s, and no other", count, count == 1 ? "" : "s",
                 name_of(start));
        snprintf(found, sizeof found, "munmap(%s, %ju), which is %zu page%s", name_of(start),
                 (uintmax_t)call.arguments[1], pages_for(call.arguments[1]),
                 pages_for(call.arguments[1]) == 1 ? "" : "s");
        if (call.arguments[0] < (uintptr_t)start || end > (uintptr_t)start + count * page_size())
            fail_compare(wanted, found, "pages were ended that may belong to somebody else");
    }
}

START_TEST(large_free_ends)
{
    size_t page = page_size();
    const size_t sizes[] = {3 * page, 3 * page - 100, page, 1, 2 * page + 1};
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        size_t size = sizes[i], count = pages_for(size);
        char *above = map_large(size), *middle = map_large(size), *below = map_large(size);
        fill_ends(middle, 0x0B, size);
        ledger_open();
        int result = large_free(middle, size);
        expect_munmap_within(middle, count);
        expect_int(result, 0, "the mapping is there and can be ended: large_free should return 0");
        expect_pages_gone(middle, count);
        expect_pages_left(above, count);
        expect_pages_left(below, count);
    }
}
END_TEST

START_TEST(large_refused)
{
    map_large(page_size());
    tell("/* the system will refuse the next call of mmap */");
    system_refuse(SYSTEM_MMAP, 1);
    void *result = large_alloc(page_size());
    system_refuse(SYSTEM_MMAP, 0);
    expect_no_memory(result, "the system has refused the mapping: NULL should say so");
    for (size_t i = 0; i < HUGE_SIZES; i++) {
        result = large_alloc(huge[i].size);
        expect_no_memory(result, "so many bytes cannot be mapped: NULL should say so");
    }
    expect_null(large_alloc(0), "nothing was asked for, so there is nothing to return");
    map_large(page_size());
}
END_TEST

/* large_free(START, SIZE) cannot be met. */
static void free_badly(char *start, size_t size, const char *what)
{
    int result = large_free(start, size);
    expect_int(result, -1, "%s: large_free should say that this is wrong", what);
    expect_errno(EINVAL, "%s: errno should say so", what);
}

START_TEST(large_free_refused)
{
    char *a = map_large(2 * page_size());
    free_badly(a + BUMP_ALIGNMENT, page_size(), "no mapping starts in the middle of a page");
    free_badly(a, 0, "a mapping has one byte at least");
    free_badly(a, SIZE_MAX, "so many bytes have no whole number of pages in a size_t");
    expect_pages_left(a, 2);
    expect_int(large_free(a, 2 * page_size()), 0, "the mapping is there and can be ended: large_free should return 0");
}
END_TEST

/*** Isolation ***/

enum { PARENTS_VALUE = 1111, CHILDS_VALUE = 2222 };

static struct isolation *put_evidence(void)
{
    return put(NULL, sizeof(struct isolation), "evidence", "struct isolation *evidence = ...;");
}

/* show_isolation, which must succeed. */
static void show(struct isolation *evidence)
{
    expect(show_isolation(PARENTS_VALUE, CHILDS_VALUE, evidence),
           "the system has refused nothing, so show_isolation should return true");
}

static void expect_cell(const int *cell, int sharing, const char *name)
{
    struct ledger ledger;
    char sentence[TEXT_BYTES];
    ledger_read(&ledger);
    expect_pointer_set(cell, "%s should point to the start of its mapping", name);
    set_name(cell, name);
    const struct mapping *mapping = ledger_find(&ledger, cell);
    expect(mapping != NULL, "%s should point into a mapping that mmap has made, and that is still there", name);
    expect(mapping->start == (uintptr_t)cell, "%s should point to the start of its mapping", name);
    snprintf(sentence, sizeof sentence, "%s should lie in a mapping of this kind", name);
    expect_flags(mapping, sharing, sentence);
}

START_TEST(isolation_cells)
{
    struct isolation *evidence = put_evidence();
    struct ledger ledger;
    show(evidence);
    expect_cell(evidence->private_cell, MAP_PRIVATE, "private_cell");
    expect_cell(evidence->shared_cell, MAP_SHARED, "shared_cell");
    ledger_read(&ledger);
    expect_size(ledger.forks, 1, "one child should be made with fork");
    expect_size(ledger.mapping_count, 2, "of the mappings made, the two of the cells should be left, and no other");
}
END_TEST

/* One column of the evidence. */
struct column {
    const char *cell;
    int parent_before, child_before, child_after, parent_after;
    int now; /* what the judge reads in the parent */
};

static int read_cell(const int *cell, const char *name)
{
    int value = 0;
    expect(read_subject(&value, cell, sizeof value), "%s should point to memory that can be read", name);
    return value;
}

static void expect_sightings(const struct column *column, int parent_after, const char *lesson)
{
    expect_int(column->parent_before, PARENTS_VALUE, "parent_before, %s: the parent writes its value before fork",
               column->cell);
    expect_int(column->child_before, PARENTS_VALUE,
               "child_before, %s: the child starts with what the parent had at that time", column->cell);
    expect_int(column->child_after, CHILDS_VALUE, "child_after, %s: the child sees what it has written itself",
               column->cell);
    expect_int(column->parent_after, parent_after, "parent_after, %s: %s", column->cell, lesson);
    expect_int(column->now, parent_after, "the memory of the parent, %s: %s", column->cell, lesson);
}

START_TEST(isolation_private)
{
    struct isolation *evidence = put_evidence();
    show(evidence);
    const struct column column = {"private_value",
                                  evidence->parent_before.private_value,
                                  evidence->child_before.private_value,
                                  evidence->child_after.private_value,
                                  evidence->parent_after.private_value,
                                  read_cell(evidence->private_cell, "private_cell")};
    expect_sightings(
        &column, PARENTS_VALUE,
        "the child has written to the same address, but in a page of its own, so the parent does not see it");
}
END_TEST

START_TEST(isolation_shared)
{
    struct isolation *evidence = put_evidence();
    show(evidence);
    const struct column column = {"shared_value",
                                  evidence->parent_before.shared_value,
                                  evidence->child_before.shared_value,
                                  evidence->child_after.shared_value,
                                  evidence->parent_after.shared_value,
                                  read_cell(evidence->shared_cell, "shared_cell")};
    expect_sightings(&column, CHILDS_VALUE,
                     "both processes have the same page here, so the parent sees what the child has written");
}
END_TEST

START_TEST(isolation_reported)
{
    tell("/* this time, the evidence lies in ordinary memory of the parent */");
    struct isolation *evidence = large_alloc(sizeof *evidence);
    expect_pointer_set(evidence, "large_alloc(%zu) should give memory: there is enough", sizeof *evidence);
    set_name(evidence, "evidence");
    show(evidence);
    struct isolation copy;
    expect(read_subject(&copy, evidence, sizeof copy), "the evidence should still be where the caller has put it");
    expect_int(copy.child_before.private_value, PARENTS_VALUE,
               "child_before, private_value: what the child has seen has to reach the parent, %s",
               "who cannot look into the child's memory");
    expect_int(copy.child_before.shared_value, PARENTS_VALUE,
               "child_before, shared_value: what the child has seen has to reach the parent, %s",
               "who cannot look into the child's memory");
    expect_int(copy.child_after.private_value, CHILDS_VALUE,
               "child_after, private_value: what the child has seen has to reach the parent, %s",
               "who cannot look into the child's memory");
    expect_int(copy.child_after.shared_value, CHILDS_VALUE,
               "child_after, shared_value: what the child has seen has to reach the parent, %s",
               "who cannot look into the child's memory");
}
END_TEST

START_TEST(isolation_reaped)
{
    struct isolation *evidence = put_evidence();
    struct ledger ledger;
    show(evidence);
    ledger_read(&ledger);
    expect_size(ledger.forks, 1, "one child should be made with fork");
    expect_size(ledger.child_count, 0,
                "a child that has ended stays as a zombie until its parent has waited for it: none should be left");
}
END_TEST

/* show_isolation, of which the system refuses the K-th call of KIND: it must fail and leave nothing. */
static void show_refused(struct isolation *evidence, enum system_kind kind, size_t k, const char *what, int error)
{
    struct ledger ledger;
    ledger_open();
    tell("/* the system will refuse %s */", what);
    system_refuse(kind, k);
    bool shown = show_isolation(PARENTS_VALUE, CHILDS_VALUE, evidence);
    system_refuse(kind, 0);
    ledger_read(&ledger);
    expect(!shown, "the system has refused %s, so show_isolation should return false", what);
    expect_errno(error, "errno should be as the refused call has set it");
    expect_size(ledger.mapping_count, 0, "when show_isolation fails, no mapping should be left");
    expect_size(ledger.child_count, 0, "when show_isolation fails, no child should be left");
}

START_TEST(isolation_refused)
{
    struct isolation *evidence = put_evidence();
    struct ledger ledger;
    show(evidence);
    ledger_read(&ledger);
    expect(ledger.mmaps >= 2, "show_isolation should make its mappings with mmap, two at least");
    for (size_t k = 1; k <= ledger.mmaps; k++) {
        char what[TEXT_BYTES];
        snprintf(what, sizeof what, "mapping number %zu", k);
        show_refused(evidence, SYSTEM_MMAP, k, what, ENOMEM);
    }
    show_refused(evidence, SYSTEM_FORK, 1, "the fork", EAGAIN);
    show(evidence);
}
END_TEST

void lab_suite(struct suite *suite)
{
    suite_allow_processes(suite);
    suite_fixture(suite, set_up, NULL);
    suite_add(suite, pages_rounded_up);
    suite_add(suite, pages_exact);
    suite_add(suite, pages_huge);
    suite_add(suite, overrun_to_page_end);
    suite_add(suite, overrun_none);
    suite_add(suite, grow_moves_break);
    suite_add(suite, grow_refused);
    suite_add(suite, grow_huge);
    suite_add(suite, bump_gives_memory);
    suite_add(suite, bump_blocks_apart);
    suite_add(suite, bump_blocks_aligned);
    suite_add(suite, bump_blocks_packed);
    suite_add(suite, bump_break_anywhere);
    suite_add(suite, bump_few_calls);
    suite_add(suite, bump_small_reserve);
    suite_add(suite, bump_large_block);
    suite_add(suite, bump_zero_size);
    suite_add(suite, bump_no_memory);
    suite_add(suite, bump_first_refused);
    suite_add(suite, bump_huge);
    suite_add(suite, bump_release_lowers);
    suite_add(suite, bump_release_all);
    suite_add(suite, bump_release_then_alloc);
    suite_add(suite, bump_zeroed);
    suite_add(suite, bump_zeroed_refused);
    suite_add(suite, large_maps);
    suite_add(suite, large_free_ends);
    suite_add(suite, large_refused);
    suite_add(suite, large_free_refused);
    suite_add(suite, isolation_cells);
    suite_add(suite, isolation_private);
    suite_add(suite, isolation_shared);
    suite_add(suite, isolation_reported);
    suite_add(suite, isolation_reaped);
    suite_add(suite, isolation_refused);
}
