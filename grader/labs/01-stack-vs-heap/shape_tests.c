// SPDX-License-Identifier: MIT
/*
 * shape_tests.c - what storage.h promises of part 6, shapes, and of all functions when they fail.
 */
#include "common.h"
#include "heaplab/output.h"
#include "heaplab/system.h"
#include "storage.h"

#include <limits.h>
#include <stdio.h>

/* The arguments of make_shape, which puts them (and adds that to the story) once for all calls of a test. */
static const char *passed_name;
static const struct point *passed_points;

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
    PUT_ARRAY(struct point, far, {INT_MIN, INT_MAX}, {16777217, -1}, {-65536, 65537});
    expect_shape(new_shape(name, far, 3), "roof", far_image, 3, "as it was passed");
}
END_TEST

START_TEST(shape_any_size)
{
    enum { MANY = 70000 };
    static struct point many_image[MANY];
    static char long_image[LONGEST_NAME + 1];
    for (int i = 0; i < MANY; i++)
        many_image[i] = (struct point){i, -i};
    memset(long_image, 'x', LONGEST_NAME);
    struct point *many =
        put(many_image, sizeof many_image, "many", "struct point many[70000] = {{0, 0}, {1, -1} /* and so on */};");
    char *name = put_string(long_image);
    expect_shape(new_shape(put_string(""), many, 1), "", many_image, 1, "as it was passed");
    static const size_t counts[] = {1, 10, 100, 300, 1000, MANY};
    size_t least = SIZE_MAX;
    for (size_t i = 0; i < sizeof counts / sizeof counts[0]; i++) {
        stack_watch();
        struct shape *curve = new_shape(put_string("curve"), many, counts[i]);
        expect_little_stack("shape_new");
        expect_no_more_stack("shape_new", &least);
        expect_shape(curve, "curve", many_image, counts[i], "as it was passed");
    }
    tell("/* a name of %d letters */", LONGEST_NAME);
    stack_watch();
    struct shape *shape = new_shape(name, many, 2);
    expect_little_stack("shape_new");
    expect_no_more_stack("shape_new", &least);
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
    expect_bytes(name, "roof", sizeof "roof", "the caller's name should not change");
    expect_bytes(points, points_image, sizeof points_image, "the caller's points should not change");
    tell("name[0] = 'h';");
    name[0] = 'h';
    tell("points[1].x = 99;");
    points[1].x = 99;
    expect_shape(shape, "roof", points_image, 3, "a copy: the caller may change the original");
    expect_shape(new_shape(name, points, 3), "hoof", points, 3, "as it was passed, after a change of the original");
}
END_TEST

START_TEST(shape_given_back)
{
    PUT_ARRAY(struct point, points, {0, 0}, {4, 0}, {2, 3});
    struct shape *shape = new_shape(put_string("roof"), points, 3);
    expect(heap_live_blocks() > 0, "a shape should be on the heap: it is used after shape_new has returned");
    shape_free(shape);
    expect_no_leak("shape_free should free all memory of the shape: nobody else can");
    shape = new_shape(put_string("the roof of the house"), points, 3);
    expect_shape(shape, "the roof of the house", points_image, 3, "as it was passed");
    tell("shape->name[0] = '\\0';");
    shape->name[0] = '\0';
    tell("shape->points[0].x = -1;");
    shape->points[0].x = -1;
    shape_free(shape);
    expect_no_leak("shape_free should free all memory of the shape, whatever its owner has written there");
}
END_TEST

START_TEST(shape_free_null)
{
    PUT_ARRAY(struct point, points, {0, 0}, {4, 0}, {2, 3});
    expect_pointer_set(shape_new(put_string("roof"), points, 3), "shape_new should make a shape");
    shape_free(NULL);
}
END_TEST

static void expect_many_shapes(const struct point *points, size_t count)
{
    enum { MANY = 100 };
    struct shape *shapes[MANY];
    char name[32];
    tell("/* %d more shapes: \"shape 0\", \"shape 1\" and so on */", MANY);
    story_quiet();
    for (int i = 0; i < MANY; i++) {
        snprintf(name, sizeof name, "shape %d", i);
        shapes[i] = new_shape(put_string(name), points, count);
    }
    for (int i = 0; i < MANY; i++) {
        snprintf(name, sizeof name, "shape %d", i);
        expect_shape(shapes[i], name, points, count, "its own, whatever other shapes are made");
        shape_free(shapes[i]);
    }
    story_aloud();
}

START_TEST(shapes_apart)
{
    errno_begins(ENOMEM);
    PUT_ARRAY(struct point, points, {0, 0}, {4, 0}, {2, 3});
    struct shape *a = new_shape(put_string("roof"), points, 3);
    struct shape *b = new_shape(put_string("wall"), points, 3);
    expect_shape(a, "roof", points_image, 3, "its own, whatever other shapes are made");
    shape_free(a);
    expect_shape(b, "wall", points_image, 3, "its own, after another shape has been freed");
    struct shape *c = new_shape(put_string("wall"), points, 3);
    expect(b->name != c->name && b->points != c->points, "each shape should have a copy of its own");
    shape_free(b);
    expect_shape(c, "wall", points_image, 3, "its own, after a shape with the same name has been freed");
    expect_many_shapes(points, 3);
    tell("/* from here on, malloc gives freed blocks out again */");
    heap_reuse();
    shape_free(c);
    expect_many_shapes(points, 2);
    expect_no_leak("shape_free should free all memory of the shape: nobody else can");
}
END_TEST

static const struct point passed_image[] = {{0, 0}, {4, 0}, {2, 3}};

static void *make_shape(void)
{
    if (!passed_points) {
        passed_name = put_string("roof");
        passed_points =
            put(passed_image, sizeof passed_image, "points", "struct point points[] = {{0, 0}, {4, 0}, {2, 3}};");
    }
    return shape_new(passed_name, passed_points, sizeof passed_image / sizeof passed_image[0]);
}

START_TEST(shape_refused)
{
    refuse_each(make_shape, "shape_new", inspect_result);
    expect_string(passed_name, "roof", "the caller's name should not change when shape_new fails");
    expect_bytes(passed_points, passed_image, sizeof passed_image,
                 "the caller's points should not change when shape_new fails");
}
END_TEST

START_TEST(shape_half_built)
{
    refuse_each(make_shape, "shape_new", inspect_leftovers);
}
END_TEST

/* MAKE, of FUNCTION, with its first request refused, returns without having printed anything. */
static void expect_quiet(maker *make, const char *function)
{
    char before[256], after[256];
    expect_pointer_set(make(), "%s should succeed while there is enough memory", function);
    size_t length = printed(before, sizeof before);
    tell("/* from here on, every malloc will fail */");
    heap_refuse_from(1);
    const void *found = make();
    heap_refuse(0);
    expect_null(found, "%s should return NULL when malloc does", function);
    size_t more = printed(after, sizeof after - 1);
    if (more <= length)
        return;
    after[more] = '\0';
    fail_compare("nothing is printed", after + length,
                 "%s should print nothing when it fails: only its caller knows what to do about it", function);
}

START_TEST(failures_quiet)
{
    expect_quiet(make_counter, "counter_new");
    expect_quiet(make_greeting, "greeting");
    expect_quiet(make_copy, "copy_ints");
    expect_quiet(make_shape, "shape_new");
}
END_TEST

void add_shape_tests(struct suite *suite)
{
    suite_add(suite, shape_holds);
    suite_add(suite, shape_any_size);
    suite_add(suite, shape_copies);
    suite_add(suite, shape_given_back);
    suite_add(suite, shape_free_null);
    suite_add(suite, shapes_apart);
    suite_add(suite, shape_refused);
    suite_add(suite, shape_half_built);
    suite_add(suite, failures_quiet);
}
