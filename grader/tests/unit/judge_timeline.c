// SPDX-License-Identifier: MIT
/*
 * judge_timeline.c - unit tests of judge/lib/timeline.c: operations, cells that change, and where a test failed.
 */
#include "judge/lib/stores.h"
#include "judge/lib/timeline.h"
#include "tests/unit/support/judged.h"

#include <stdio.h>
#include <unistd.h>

enum { ROOM = 4096 };

static char path[64];        /* the timeline's file */
static char text[ROOM];      /* what was read from it */
static struct cell cells[4]; /* what draw_cells draws */
static size_t cell_count;

static void *heap(size_t offset)
{
    return (unsigned char *)HEAP_ADDRESS + offset;
}

static uint64_t word(const void *pointer)
{
    return (uint64_t)(uintptr_t)pointer;
}

static void begin(void)
{
    snprintf(path, sizeof path, "/tmp/heaplab-timeline-%d", (int)getpid());
    timeline_open(path);
}

/* The contents of the file after its first line. */
static const char *told(void)
{
    timeline_flush();
    FILE *file = fopen(path, "r");
    ck_assert_ptr_nonnull(file);
    text[fread(text, 1, sizeof text - 1, file)] = '\0';
    fclose(file);
    unlink(path);
    const char *first = "heaplab-timeline 1\n";
    ck_assert(strncmp(text, first, strlen(first)) == 0);
    return text + strlen(first);
}

static void call_with(const char *name, unsigned n, const uint64_t *arguments, uint64_t result)
{
    struct call call = {.name = name, .result_type = "void *", .result_kind = WORD_POINTER, .arguments = n};
    for (unsigned i = 0; i < n; i++)
        call.kinds[i] = WORD_SIZE;
    before_call(&call, arguments);
    after_call(&call, result, 0);
}

static void draw_cells(struct picture *picture)
{
    for (size_t i = 0; i < cell_count; i++)
        picture_add(picture, cells[i].kind, heap(cells[i].address), cells[i].bytes, cells[i].note);
}

static void show(size_t count, const struct cell *shown)
{
    the_suite.draw = draw_cells;
    cell_count = count;
    memcpy(cells, shown, count * sizeof *shown);
}

START_TEST(blocks_keep_their_ids)
{
    begin();
    call_with("mm_malloc", 1, (uint64_t[]){100}, word(heap(16)));
    call_with("mm_calloc", 2, (uint64_t[]){3, 8}, word(heap(160)));
    call_with("mm_realloc", 2, (uint64_t[]){word(heap(16)), 200}, word(heap(320)));
    call_with("mm_free", 1, (uint64_t[]){word(heap(320))}, 0);
    const char *lines = told();
    ck_assert_ptr_nonnull(strstr(lines, "o a 0 100 16 0 void *a = mm_malloc(100);\n"));
    ck_assert_ptr_nonnull(strstr(lines, "o a 1 24 160 0 "));
    ck_assert_ptr_nonnull(strstr(lines, "o r 0 200 320 0 "));
    ck_assert_ptr_nonnull(strstr(lines, "o f 0 0 -1 0 "));
}
END_TEST

START_TEST(refused_realloc_leaves_the_block)
{
    begin();
    call_with("mm_malloc", 1, (uint64_t[]){100}, word(heap(16)));
    call_with("mm_realloc", 2, (uint64_t[]){word(heap(16)), 200}, 0);
    const char *lines = told();
    ck_assert_ptr_nonnull(strstr(lines, "o c -1 0 -1 0 "));
    ck_assert_ptr_null(strstr(lines, "o r "));
}
END_TEST

START_TEST(refused_malloc_is_nowhere)
{
    begin();
    call_with("mm_malloc", 1, (uint64_t[]){100}, 0);
    ck_assert_ptr_nonnull(strstr(told(), "o a -1 100 -1 0 "));
}
END_TEST

START_TEST(product_that_wraps_stays_at_the_top)
{
    begin();
    call_with("mm_calloc", 2, (uint64_t[]){SIZE_MAX, 2}, 0);
    ck_assert_ptr_nonnull(strstr(told(), "o a -1 18446744073709551615 -1 0 "));
}
END_TEST

START_TEST(changes_stand_before_their_operation)
{
    static const unsigned char alike[] = {7, 7, 7, 7};
    static const unsigned char mixed[] = {1, 2, 0xff};
    begin();
    timeline_change(&(struct change){0x401235, HEAP_ADDRESS + 16, sizeof alike, alike});
    timeline_change(&(struct change){0, HEAP_ADDRESS - 8, sizeof mixed, mixed});
    timeline_operation(&(struct timeline_operation){.kind = TIMELINE_OTHER, .id = -1, .text = "look();"});
    ck_assert_str_eq(told(), "s 401234 16 4 =07\ns 0 -8 3 0102ff\no c -1 0 -1 0 look();\n");
}
END_TEST

START_TEST(only_changes_are_written)
{
    struct timeline_operation operation = {.kind = TIMELINE_OTHER, .id = -1, .text = "look();"};
    begin();
    show(2, (struct cell[]){{CELL_USED, 0, 48, 0, 0, false, "list"}, {CELL_USED, 48, 112, 0, 0, false, "a"}});
    timeline_operation(&operation);
    show(3, (struct cell[]){{CELL_USED, 0, 48, 0, 0, false, "list"},
                            {CELL_FREE, 48, 32, 0, 0, false, ""},
                            {CELL_FREE, 80, 80, 0, 0, false, ""}});
    timeline_operation(&operation);
    show(2, (struct cell[]){{CELL_USED, 0, 48, 0, 0, false, "list"}, {CELL_DAMAGED, 48, 112, 0, 0, false, "bad size"}});
    timeline_operation(&operation);
    ck_assert_str_eq(told(), "o c -1 0 -1 0 look();\n+ 0 48 u 0 0 list\n+ 48 112 u 0 0 a\n"
                             "o c -1 0 -1 0 look();\n+ 48 32 f 0 0 \n+ 80 80 f 0 0 \n"
                             "o c -1 0 -1 0 look();\n+ 48 112 d 0 0 bad size\n- 80\n");
}
END_TEST

START_TEST(call_that_does_not_return_is_told)
{
    struct call call = {.name = "mm_malloc",
                        .result_type = "void *",
                        .result_kind = WORD_POINTER,
                        .arguments = 1,
                        .kinds = {WORD_SIZE}};
    begin();
    before_call(&call, (uint64_t[]){8});
    timeline_problem("it crashed:\nbadly");
    timeline_problem("a second one");
    ck_assert_str_eq(told(), "o a -1 8 -1 0 mm_malloc(8);  /* did not return */\n! it crashed: badly\n");
}
END_TEST

START_TEST(off_unless_opened)
{
    ck_assert(!timeline_is_on());
    call_with("mm_malloc", 1, (uint64_t[]){100}, word(heap(16)));
    timeline_problem("nobody listens");
    timeline_flush();
    ck_assert(!timeline_is_on());
}
END_TEST

void unit_tests(TCase *tcase)
{
    tcase_add_checked_fixture(tcase, judged_start, NULL);
    tcase_add_test(tcase, blocks_keep_their_ids);
    tcase_add_test(tcase, refused_realloc_leaves_the_block);
    tcase_add_test(tcase, refused_malloc_is_nowhere);
    tcase_add_test(tcase, product_that_wraps_stays_at_the_top);
    tcase_add_test(tcase, changes_stand_before_their_operation);
    tcase_add_test(tcase, only_changes_are_written);
    tcase_add_test(tcase, call_that_does_not_return_is_told);
    tcase_add_test(tcase, off_unless_opened);
}
