// SPDX-License-Identifier: MIT
/*
 * tests.c - what labs/01-stack-vs-heap/storage.h promises, one demand per test.
 *
 * Rules in addition to those of heaplab/test.h:
 *   - The student decides how many blocks something takes. A result must be the start of a live block if the caller
 *     frees it with free, or if it is opaque; the parts of a shape may be anywhere in live memory.
 *   - Every test first asks for something that an empty stub cannot do.
 */
#include "heaplab/test.h"
#include "storage.h"

#include <stdio.h>
#include <stdlib.h>

/* "1 block", "2 blocks"; valid until the next call. */
static const char *counted(intmax_t n, const char *thing)
{
    static char text[64];
    snprintf(text, sizeof text, "%jd %s%s", n, thing, n == 1 ? "" : "s");
    return text;
}

/* ---- 1. Regions ---- */

#define REGIONS (REGION_STACK + 1)

static const char *const region_names[REGIONS] = {
    [REGION_NONE] = "REGION_NONE",       [REGION_CODE] = "REGION_CODE", [REGION_CONSTANTS] = "REGION_CONSTANTS",
    [REGION_GLOBALS] = "REGION_GLOBALS", [REGION_HEAP] = "REGION_HEAP", [REGION_STACK] = "REGION_STACK"};

static const char *const part_names[REGIONS] = {[REGION_CODE] = "the code",
                                                [REGION_CONSTANTS] = "the constants",
                                                [REGION_GLOBALS] = "the globals",
                                                [REGION_HEAP] = "the heap",
                                                [REGION_STACK] = "the stack"};

/* A typical process. The constants begin where the code ends; there are gaps between the other regions. */
static const struct range usual[REGIONS] = {[REGION_CODE] = {0x555555555000, 0x555555557000},
                                            [REGION_CONSTANTS] = {0x555555557000, 0x555555558000},
                                            [REGION_GLOBALS] = {0x55555555a000, 0x55555555b000},
                                            [REGION_HEAP] = {0x555555571000, 0x555555592000},
                                            [REGION_STACK] = {0x7ffffffde000, 0x7ffffffff000}};

/* An unusual one. Constants and stack are lowest, and the code is in the upper half, where an address is negative as a
 * signed number; the addresses of heap and globals agree in their lower 32 bits. */
static const struct range unusual[REGIONS] = {[REGION_CODE] = {0xffff800000000000, 0xffff800000200000},
                                              [REGION_CONSTANTS] = {0x10000, 0x20000},
                                              [REGION_GLOBALS] = {0x700100000000, 0x700100200000},
                                              [REGION_HEAP] = {0x700000000000, 0x700000200000},
                                              [REGION_STACK] = {0x100000, 0x110000}};

static const void *pointer_to(uintptr_t address)
{
    return (const void *)address;
}

static void tell_range(const char *field, struct range range)
{
    tell("    .%s = {0x%jx, 0x%jx},", field, (uintmax_t)range.start, (uintmax_t)range.end);
}

static const struct memory_map *put_map(const struct range ranges[REGIONS])
{
    const struct memory_map map = {.code = ranges[REGION_CODE],
                                   .constants = ranges[REGION_CONSTANTS],
                                   .globals = ranges[REGION_GLOBALS],
                                   .heap = ranges[REGION_HEAP],
                                   .stack = ranges[REGION_STACK]};
    tell("struct memory_map map = {");
    tell_range("code", map.code);
    tell_range("constants", map.constants);
    tell_range("globals", map.globals);
    tell_range("heap", map.heap);
    tell_range("stack", map.stack);
    tell("};");
    return put(&map, sizeof map, "&map", NULL);
}

static const char *region_name(enum region region)
{
    return region < REGIONS ? region_names[region] : "a value that is not in enum region";
}

static enum region owner(const struct range ranges[REGIONS], uintptr_t address)
{
    for (enum region region = REGION_CODE; region < REGIONS; region++) {
        if (ranges[region].start <= address && address < ranges[region].end)
            return region;
    }
    return REGION_NONE;
}

static uintptr_t middle_of(struct range range)
{
    return range.start + (range.end - range.start) / 2;
}

/* PLACE says in words where ADDRESS is. */
static void expect_region(const struct memory_map *map, uintptr_t address, enum region expected, const char *place)
{
    enum region found = region_of(map, pointer_to(address));
    if (found != expected)
        fail_compare(region_name(expected), region_name(found), "region_of should say %s for 0x%jx, %s",
                     region_name(expected), (uintmax_t)address, place);
}

static void expect_middle(const struct memory_map *map, const struct range ranges[REGIONS], enum region region)
{
    char place[64];
    snprintf(place, sizeof place, "in the middle of %s", part_names[region]);
    expect_region(map, middle_of(ranges[region]), region, place);
}

START_TEST(region_inside)
{
    const struct memory_map *map = put_map(usual);
    for (enum region region = REGION_CODE; region < REGIONS; region++)
        expect_middle(map, usual, region);
}
END_TEST

START_TEST(region_none)
{
    const struct memory_map *map = put_map(usual);
    expect_middle(map, usual, REGION_HEAP);
    const struct range gap = {usual[REGION_HEAP].end, usual[REGION_STACK].start};
    expect_region(map, middle_of(gap), REGION_NONE, "in the gap between the heap and the stack");
    expect_region(map, 0, REGION_NONE, "which is NULL");
    expect_region(map, usual[REGION_CODE].start / 2, REGION_NONE, "below all regions");
    expect_region(map, usual[REGION_STACK].end + usual[REGION_CODE].start / 2, REGION_NONE, "above all regions");
}
END_TEST

/* One address next to a border of REGION. Only a wrong call is in the story: there are twenty calls. */
static void expect_border(const struct memory_map *map, uintptr_t address, const char *where, enum region region)
{
    enum region expected = owner(usual, address);
    enum region found = region_of(map, pointer_to(address));
    if (found == expected)
        return;
    story_aloud();
    tell("region_of(&map, (void *)0x%jx);  /* returned %s */", (uintmax_t)address, region_name(found));
    fail_compare(region_name(expected), region_name(found), "region_of should say %s for 0x%jx, which is %s %s",
                 region_name(expected), (uintmax_t)address, where, part_names[region]);
}

START_TEST(region_borders)
{
    const struct memory_map *map = put_map(usual);
    story_quiet();
    for (enum region region = REGION_CODE; region < REGIONS; region++) {
        expect_border(map, usual[region].start, "the first address of", region);
        expect_border(map, usual[region].end - 1, "the last address of", region);
        expect_border(map, usual[region].end, "the end, so the first address after", region);
        expect_border(map, usual[region].start - 1, "the last address before", region);
    }
    story_aloud();
}
END_TEST

START_TEST(region_other_map)
{
    const struct memory_map *map = put_map(unusual);
    expect_middle(map, unusual, REGION_STACK);
    expect_middle(map, unusual, REGION_HEAP);
    expect_middle(map, unusual, REGION_GLOBALS);
    expect_middle(map, unusual, REGION_CODE);
    expect_middle(map, unusual, REGION_CONSTANTS);
}
END_TEST

/* ---- Memory that runs out ---- */

/* One call that asks for memory and returns what it made. */
typedef void *maker(void);

/* MAKE returned FOUND although a request was refused, and LEFT more blocks are live than before. */
typedef void inspector(const char *function, const void *found, intmax_t left);

static void inspect_result(const char *function, const void *found, intmax_t left)
{
    (void)left;
    expect_null(found, "%s should return NULL when malloc does", function);
}

static void inspect_leftovers(const char *function, const void *found, intmax_t left)
{
    (void)found;
    if (left != 0)
        fail_compare("no block left", counted(left, "block"),
                     "when %s fails, it should have freed every block that it allocated in that call", function);
}

static void inspect_both(const char *function, const void *found, intmax_t left)
{
    inspect_result(function, found, left);
    inspect_leftovers(function, found, left);
}

/* Calls MAKE again and again: its first request for memory is refused, then its second, and so on. */
static void refuse_each(maker *make, const char *function, inspector *inspect)
{
    expect_pointer_set(make(), "%s should succeed while there is enough memory", function);
    for (size_t k = 1;; k++) {
        size_t requests = heap_requests();
        intmax_t live = (intmax_t)heap_live_blocks();
        tell("/* malloc number %zu from here will fail */", k);
        heap_refuse(k);
        const void *found = make();
        heap_refuse(0);
        if (heap_requests() - requests < k) /* MAKE asks for fewer than K blocks: each has been refused once */
            return;
        inspect(function, found, (intmax_t)heap_live_blocks() - live);
    }
}

/* ---- 2. A counter ---- */

static struct counter *new_counter(int start)
{
    struct counter *counter = counter_new(start);
    expect_pointer_set(counter, "counter_new should make a counter while there is enough memory");
    return counter;
}

static void expect_counts(struct counter *counter, int start, int calls)
{
    for (int i = 0; i < calls; i++)
        expect_int(counter_next(counter), start + i, "a counter that starts at %d should return %d in call number %d",
                   start, start + i, i + 1);
}

START_TEST(counter_on_heap)
{
    struct counter *counter = counter_new(5);
    expect_block_between(counter, 1, SIZE_MAX,
                         "a counter is used after counter_new has returned, so it should be a block on the heap");
}
END_TEST

START_TEST(counter_counts)
{
    expect_counts(new_counter(5), 5, 3);
    expect_counts(new_counter(-1), -1, 3);
}
END_TEST

START_TEST(counters_apart)
{
    struct counter *a = new_counter(1);
    expect_counts(a, 1, 2);
    struct counter *b = new_counter(100);
    expect_int(counter_next(b), 100, "a second counter should count from its own start");
    expect_int(counter_next(a), 3, "a counter should continue from its own count, whatever another one does");
    expect_int(counter_next(b), 101, "a counter should continue from its own count, whatever another one does");
}
END_TEST

START_TEST(counter_given_back)
{
    struct counter *a = new_counter(5), *b = new_counter(7);
    counter_next(a);
    counter_free(a);
    counter_next(b);
    counter_free(b);
    expect_no_leak("counter_free should free all memory of the counter");
    counter_free(NULL);
}
END_TEST

static void *make_counter(void)
{
    return counter_new(5);
}

START_TEST(counter_refused)
{
    refuse_each(make_counter, "counter_new", inspect_both);
}
END_TEST

/* ---- 3. A greeting ---- */

enum { LONGEST_NAME = 3000, SHOWN_NAME = 40 };

/* The name is NAME's first LENGTH letters. */
static void expect_greeting(const char *text, const char *name)
{
    char expected[LONGEST_NAME + sizeof "Hello, !"];
    size_t size = (size_t)snprintf(expected, sizeof expected, "Hello, %s!", name) + 1;
    expect_block_between(text, size, SIZE_MAX,
                         "the greeting should be a block on the heap with room for %zu characters and the zero byte",
                         size - 1);
    if (strlen(name) <= SHOWN_NAME)
        expect_string(text, expected, "the greeting should be complete, and end with a zero byte");
    else
        expect_bytes(text, expected, size, "a greeting for a long name should be complete, and end with a zero byte");
}

START_TEST(greeting_text)
{
    expect_greeting(greeting(put_string("Ada")), "Ada");
}
END_TEST

START_TEST(greeting_any_length)
{
    static const size_t lengths[] = {0, 1, 20, 100, 300, LONGEST_NAME};
    for (size_t i = 0; i < sizeof lengths / sizeof lengths[0]; i++) {
        char name[LONGEST_NAME + 1] = "";
        memset(name, 'x', lengths[i]);
        if (lengths[i] > SHOWN_NAME)
            tell("/* a name of %zu letters */", lengths[i]);
        expect_greeting(greeting(put_string(name)), name);
    }
}
END_TEST

START_TEST(greetings_apart)
{
    char *a = greeting(put_string("Ada"));
    expect_greeting(a, "Ada");
    char *b = greeting(put_string("Grace"));
    expect(a != b, "a second greeting should get a block of its own: the first one is still in use");
    expect_string(a, "Hello, Ada!", "a greeting should not change when another one is made");
    expect_greeting(b, "Grace");
}
END_TEST

START_TEST(greeting_single_block)
{
    expect_greeting(greeting(put_string("Ada")), "Ada");
    if (heap_live_blocks() != 1)
        fail_compare("1 block", counted((intmax_t)heap_live_blocks(), "block"),
                     "only the string that greeting returns should still be allocated after the call");
}
END_TEST

static void *make_greeting(void)
{
    return greeting(put_string("Ada"));
}

START_TEST(greeting_refused)
{
    refuse_each(make_greeting, "greeting", inspect_both);
}
END_TEST

/* ---- 4. A copy of an array ---- */

static void expect_copy(const int *copy, const int *values, size_t count)
{
    enum { SPARE = 64 };
    expect_block_between(copy, count * sizeof *values, count * sizeof *values + SPARE,
                         "a copy of %zu ints should be a block on the heap with room for %zu times sizeof (int) bytes",
                         count, count);
    for (size_t i = 0; i < count; i++)
        expect_int(copy[i], values[i], "element [%zu] of the copy should equal that of the original", i);
}

START_TEST(copy_holds_values)
{
    enum { MANY = 1000 };
    PUT_ARRAY(int, values, 3, -1, 4, 1, 5);
    expect_copy(copy_ints(values, 5), values_image, 5);
    PUT_ARRAY(int, more, 2, 7, 1, 8);
    expect_copy(copy_ints(more, 3), more_image, 3);
    int many_image[MANY];
    for (int i = 0; i < MANY; i++)
        many_image[i] = i * i;
    int *many = put(many_image, sizeof many_image, "many", "int many[1000] = {0, 1, 4, 9 /* and so on */};");
    expect_copy(copy_ints(many, MANY), many_image, MANY);
}
END_TEST

START_TEST(copy_apart)
{
    PUT_ARRAY(int, values, 3, 1, 4);
    int *a = copy_ints(values, 3);
    expect_copy(a, values_image, 3);
    int *b = copy_ints(values, 3);
    expect(a != b, "a second copy should get a block of its own: the first one is still in use");
    for (size_t i = 0; i < 3; i++)
        expect_int(values[i], values_image[i], "the original should not change: it belongs to the caller");
    tell("values[0] = 99;");
    values[0] = 99;
    expect_int(a[0], values_image[0], "a copy should not change when the original does");
}
END_TEST

START_TEST(copy_of_nothing)
{
    PUT_ARRAY(int, values, 3, 1, 4);
    expect_copy(copy_ints(values, 3), values_image, 3);
    size_t requests = heap_requests();
    expect_null(copy_ints(values, 0), "a copy of 0 ints should be NULL, as storage.h says");
    expect_null(copy_ints(NULL, 0), "a copy of 0 ints should be NULL, as storage.h says");
    expect_size(heap_requests() - requests, 0, "a copy of 0 ints should not allocate anything");
}
END_TEST

/* The array is put (and appears in the story) once for all calls of a test. */
static void *make_copy(void)
{
    static const int *values;
    static const int image[] = {3, 1, 4};
    if (!values)
        values = put(image, sizeof image, "values", "int values[] = {3, 1, 4};");
    return copy_ints(values, sizeof image / sizeof image[0]);
}

START_TEST(copy_refused)
{
    refuse_each(make_copy, "copy_ints", inspect_both);
}
END_TEST

/* ---- 5. A sum ---- */

static long correct_sum(long n)
{
    long sum = 0;
    for (long i = 1; i <= n; i++)
        sum += i * i;
    return sum;
}

static void expect_sum(int n)
{
    expect_int(sum_of_squares(n), correct_sum(n), "sum_of_squares(%d) should be the sum of the squares from 1 to %d", n,
               n);
}

START_TEST(sum_small)
{
    expect_sum(1);
    expect_sum(3);
    expect_sum(10);
    expect_int(sum_of_squares(0), 0, "the sum of no squares should be 0");
    expect_int(sum_of_squares(3), correct_sum(3), "every call of sum_of_squares should start again at 0");
}
END_TEST

START_TEST(sum_without_heap)
{
    expect(sum_of_squares(100) > 0, "sum_of_squares(100) should return a sum");
    if (heap_requests() != 0)
        fail_compare("no call of malloc", counted((intmax_t)heap_requests(), "call"),
                     "nothing is needed after sum_of_squares returns, so it should not use the heap");
}
END_TEST

START_TEST(sum_large)
{
    expect_sum(2000);   /* the sum is larger than an int */
    expect_sum(100000); /* so are the squares */
    expect_sum(LARGEST_N);
}
END_TEST

/* ---- 6. A shape ---- */

#define PUT_NAME(name, text) char *name = put(text, sizeof text, #name, "char " #name "[] = \"" text "\";")

/* If PART of a shape is in a block, that block is live and has room for SIZE bytes. */
static void expect_room(const void *part, size_t size, const char *what)
{
    struct heap_block block;
    char expected[64];
    if (!heap_find(part, &block))
        return; /* the first read of it will show what it is */
    size_t room = block.size - (size_t)((const unsigned char *)part - block.start);
    snprintf(expected, sizeof expected, "%zu bytes in a live block", size);
    if (!block.live)
        fail_compare(expected, "a block that has been freed already", "%s should not be freed before the shape is",
                     what);
    if (room < size)
        fail_compare(expected, counted((intmax_t)room, "byte"), "the block of %s should have room for all of it", what);
}

/* STILL ends a sentence that begins "the shape's name should be", and says why this is checked now. */
static void expect_shape(const struct shape *shape, const char *name, const struct point *points, size_t count,
                         const char *still)
{
    expect_readable(shape, sizeof *shape, "the shape should be on the heap: it is used after shape_new has returned");
    expect_readable(shape->name, 1, "the shape's name should be on the heap");
    expect_room(shape->name, strlen(name) + 1, "the shape's name");
    expect_string(shape->name, name, "the shape's name should be %s", still);
    expect_size(shape->count, count, "the shape's count should be %s", still);
    expect_room(shape->points, count * sizeof *points, "the shape's points");
    expect_readable(shape->points, count * sizeof *points, "the shape's points should be on the heap");
    for (size_t i = 0; i < count; i++) {
        expect_int(shape->points[i].x, points[i].x, "the shape's points[%zu].x should be %s", i, still);
        expect_int(shape->points[i].y, points[i].y, "the shape's points[%zu].y should be %s", i, still);
    }
}

static struct shape *new_shape(const char *name, const struct point *points, size_t count)
{
    struct shape *shape = shape_new(name, points, count);
    expect_pointer_set(shape, "shape_new should make a shape while there is enough memory");
    return shape;
}

START_TEST(shape_holds)
{
    PUT_ARRAY(struct point, points, {0, 0}, {4, 0}, {2, 3});
    PUT_NAME(name, "roof");
    expect_shape(new_shape(name, points, 3), "roof", points_image, 3, "as it was passed");
}
END_TEST

START_TEST(shape_any_size)
{
    enum { MANY = 500 };
    struct point many_image[MANY];
    char long_image[LONGEST_NAME + 1] = "";
    for (int i = 0; i < MANY; i++)
        many_image[i] = (struct point){i, -i};
    memset(long_image, 'x', LONGEST_NAME);
    struct point *many =
        put(many_image, sizeof many_image, "many", "struct point many[500] = {{0, 0}, {1, -1} /* and so on */};");
    char *name = put_string(long_image);
    expect_shape(new_shape(put_string(""), many, 1), "", many_image, 1, "as it was passed");
    expect_shape(new_shape(put_string("curve"), many, MANY), "curve", many_image, MANY, "as it was passed");
    tell("/* a name of %d letters */", LONGEST_NAME);
    struct shape *shape = new_shape(name, many, 2);
    expect_readable(shape, sizeof *shape, "the shape should be on the heap");
    expect_room(shape->name, sizeof long_image, "the shape's name");
    expect_bytes(shape->name, long_image, sizeof long_image,
                 "a long name should be complete, and end with a zero byte");
}
END_TEST

START_TEST(shape_copies)
{
    PUT_ARRAY(struct point, points, {0, 0}, {4, 0}, {2, 3});
    PUT_NAME(name, "roof");
    struct shape *shape = new_shape(name, points, 3);
    expect_shape(shape, "roof", points_image, 3, "as it was passed");
    tell("name[0] = 'h';");
    name[0] = 'h';
    tell("points[1].x = 99;");
    points[1].x = 99;
    expect_shape(shape, "roof", points_image, 3, "a copy: the caller may change the original");
}
END_TEST

START_TEST(shape_given_back)
{
    PUT_ARRAY(struct point, points, {0, 0}, {4, 0}, {2, 3});
    struct shape *shape = new_shape(put_string("roof"), points, 3);
    expect(heap_live_blocks() > 0, "a shape should be on the heap: it is used after shape_new has returned");
    shape_free(shape);
    expect_no_leak("shape_free should free all memory of the shape: nobody else can");
}
END_TEST

START_TEST(shape_free_null)
{
    PUT_ARRAY(struct point, points, {0, 0}, {4, 0}, {2, 3});
    expect_pointer_set(shape_new(put_string("roof"), points, 3), "shape_new should make a shape");
    shape_free(NULL);
}
END_TEST

START_TEST(shapes_apart)
{
    PUT_ARRAY(struct point, points, {0, 0}, {4, 0}, {2, 3});
    struct shape *a = new_shape(put_string("roof"), points, 3);
    struct shape *b = new_shape(put_string("wall"), points, 3);
    expect_shape(a, "roof", points_image, 3, "its own, whatever other shapes are made");
    shape_free(a);
    expect_shape(b, "wall", points_image, 3, "its own, after another shape has been freed");
    shape_free(b);
}
END_TEST

/* As make_copy. */
static void *make_shape(void)
{
    static const char *name;
    static const struct point *points;
    static const struct point image[] = {{0, 0}, {4, 0}, {2, 3}};
    if (!points) {
        name = put_string("roof");
        points = put(image, sizeof image, "points", "struct point points[] = {{0, 0}, {4, 0}, {2, 3}};");
    }
    return shape_new(name, points, sizeof image / sizeof image[0]);
}

START_TEST(shape_refused)
{
    refuse_each(make_shape, "shape_new", inspect_result);
}
END_TEST

START_TEST(shape_half_built)
{
    refuse_each(make_shape, "shape_new", inspect_leftovers);
}
END_TEST

static void name_constants(void)
{
    NAME_VALUE(region_of, REGION_NONE);
    NAME_VALUE(region_of, REGION_CODE);
    NAME_VALUE(region_of, REGION_CONSTANTS);
    NAME_VALUE(region_of, REGION_GLOBALS);
    NAME_VALUE(region_of, REGION_HEAP);
    NAME_VALUE(region_of, REGION_STACK);
}

void lab_suite(struct suite *suite)
{
    name_constants();
    suite_add(suite, region_inside);
    suite_add(suite, region_none);
    suite_add(suite, region_borders);
    suite_add(suite, region_other_map);
    suite_add(suite, counter_on_heap);
    suite_add(suite, counter_counts);
    suite_add(suite, counters_apart);
    suite_add(suite, counter_given_back);
    suite_add(suite, counter_refused);
    suite_add(suite, greeting_text);
    suite_add(suite, greeting_any_length);
    suite_add(suite, greetings_apart);
    suite_add(suite, greeting_single_block);
    suite_add(suite, greeting_refused);
    suite_add(suite, copy_holds_values);
    suite_add(suite, copy_apart);
    suite_add(suite, copy_of_nothing);
    suite_add(suite, copy_refused);
    suite_add(suite, sum_small);
    suite_add(suite, sum_without_heap);
    suite_add(suite, sum_large);
    suite_add(suite, shape_holds);
    suite_add(suite, shape_any_size);
    suite_add(suite, shape_copies);
    suite_add(suite, shape_given_back);
    suite_add(suite, shape_free_null);
    suite_add(suite, shapes_apart);
    suite_add(suite, shape_refused);
    suite_add(suite, shape_half_built);
}
