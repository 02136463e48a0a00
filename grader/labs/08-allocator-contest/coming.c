// SPDX-License-Identifier: MIT
/*
 * coming.c - blocks that come and go, in few enough calls for a story without gaps.
 *
 * After every call all blocks in use are compared. So an allocator that damages its heap fails here at the call that
 * does it, or close to it; the longer tests, whose calls are not shown, come later.
 */
#include "coming.h"

#include "heaplab/test.h"
#include "mm.h"
#include "workload.h"

enum { MOST = 16 };

/* The blocks in use. */
static struct {
    unsigned char *payload; /* NULL: none */
    size_t size;
} in_use[MOST];

/* What is said of a block in use that has changed. */
static const char *kept;

static unsigned char byte_of(size_t index)
{
    enum { FIRST_BYTE = 0x11, STEP = 0x10 };
    return (unsigned char)(FIRST_BYTE + STEP * index);
}

static void expect_all_kept(void)
{
    for (size_t i = 0; i < MOST; i++)
        if (in_use[i].payload)
            expect_fill(in_use[i].payload, byte_of(i), in_use[i].size, kept, in_use[i].size);
}

static void come(size_t index, size_t size)
{
    in_use[index].size = size;
    unsigned char *payload = mm_malloc(size);
    expect_all_kept();
    expect_pointer_set(payload, "there is memory, so mm_malloc should return a block");
    expect_sound(payload, size, "mm_malloc");
    in_use[index].payload = payload;
    memset(payload, byte_of(index), size);
}

static void go(size_t index)
{
    unsigned char *payload = in_use[index].payload;
    in_use[index].payload = NULL;
    mm_free(payload);
    expect_all_kept();
}

/* Small and large blocks in a row; two for the place of one; neighbours freed in both orders, for a block that needs
 * the places of both; all freed, for one that needs most of the heap. */
static void come_and_go(void)
{
    static const size_t sizes[] = {24, 32, 40, 16, 100, 400, 1000, 5000, 24};
    enum { SIZES = sizeof sizes / sizeof *sizes, BOTH_SMALL = 480, BOTH_LARGE = 5900, NEARLY_ALL = 6000 };
    memset(in_use, 0, sizeof in_use);
    expect(mm_init(), "mm_init should make the allocator ready and return true");
    for (size_t i = 0; i < SIZES; i++)
        come(i, sizes[i]);
    go(1);
    come(1, sizes[1]);
    come(SIZES, sizes[1]);
    go(4);
    go(5);
    come(4, BOTH_SMALL);
    go(2);
    go(0);
    come(0, sizes[2]);
    come(2, sizes[2]);
    go(7);
    go(6);
    come(6, BOTH_LARGE);
    for (size_t i = 0; i < MOST; i++)
        if (in_use[i].payload)
            go(i);
    come(0, NEARLY_ALL);
    come(1, sizes[0]);
}

START_TEST(blocks_come_and_go)
{
    tell("/* each block is filled with a byte of its own; */");
    tell("/* after each call all blocks in use are compared */");
    kept = "no call should change the %zu bytes of a block in use";
    come_and_go();
    kept = "after the second mm_init, no call should change the %zu bytes of a block in use";
    tell("/* the system takes back the whole heap; a new program starts: */");
    break_reset();
    come_and_go();
}
END_TEST

void add_coming(struct suite *suite)
{
    suite_add(suite, blocks_come_and_go);
}
