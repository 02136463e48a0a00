// SPDX-License-Identifier: MIT
/*
 * tests.c - what labs/01-stack-vs-heap/storage.h promises, one demand per test.
 *
 * Parts 2 to 5 are here, the others in region_tests.c and shape_tests.c.
 *
 * Rules in addition to those of heaplab/test.h:
 *   - The student decides how many blocks something takes. A result must be the start of a live block if the caller
 *     frees it with free, or if it is opaque; the parts of a shape may be anywhere in live memory.
 *   - Every test first asks for something that an empty stub cannot do.
 */
#include "common.h"
#include "heaplab/system.h"
#include "storage.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>

enum { MANY_COUNTERS = 1100 };

/* Of the running test. Each test runs in a process of its own, so nothing has to be reset. */
static struct counter *many_counters[MANY_COUNTERS];

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
    expect_counts(new_counter(0), 0, 3);
}
END_TEST

/* As expect_counts, for so many calls that only a wrong one is in the story. */
static void expect_many_counts(int start, int calls)
{
    struct counter *counter = new_counter(start);
    story_quiet();
    for (int i = 0; i < calls; i++) {
        int found = counter_next(counter);
        if (found != start + i) {
            story_aloud();
            tell("/* counter_next was called %d times */", i);
            tell("counter_next(%s);  /* returned %d */", name_of(counter), found);
        }
        expect_int(found, start + i, "a counter that starts at %d should return %d in call number %d", start, start + i,
                   i + 1);
    }
    story_aloud();
}

START_TEST(counter_far)
{
    enum { CALLS = 66000 }; /* more than 16 bits can count */
    expect_counts(new_counter(70000), 70000, 3);
    expect_counts(new_counter((1 << 24) - 1), (1 << 24) - 1, 3); /* a float is not exact from here on */
    expect_counts(new_counter(INT_MAX - 3), INT_MAX - 3, 3);
    expect_counts(new_counter(INT_MIN), INT_MIN, 3);
    expect_many_counts(-300, CALLS);
}
END_TEST

static void make_many_counters(void)
{
    tell("/* %d counters; counter number i starts at i */", MANY_COUNTERS);
    story_quiet();
    for (int i = 0; i < MANY_COUNTERS; i++) {
        many_counters[i] = new_counter(i);
        expect_block_between(many_counters[i], 1, SIZE_MAX, "every counter should be a heap block of its own");
    }
    story_aloud();
}

static void expect_many_counters(void)
{
    make_many_counters();
    story_quiet();
    for (int i = 0; i < MANY_COUNTERS; i++)
        expect_int(counter_next(many_counters[i]), i, "counter number %d of %d should count from its own start", i,
                   MANY_COUNTERS);
    story_aloud();
}

static void free_many_counters(void)
{
    tell("/* all of them are freed */");
    story_quiet();
    for (int i = 0; i < MANY_COUNTERS; i++)
        counter_free(many_counters[i]);
    story_aloud();
}

/* The first bytes of a counter's block: as many as fit here. */
struct counter_image {
    size_t size;
    char bytes[64];
};

static struct counter_image image_of(const struct counter *counter)
{
    struct heap_block block;
    struct counter_image image = {0};
    if (!heap_find(counter, &block))
        return image;
    image.size = block.size < sizeof image.bytes ? block.size : sizeof image.bytes;
    memcpy(image.bytes, counter, image.size);
    return image;
}

START_TEST(counters_apart)
{
    errno_begins(ENOMEM);
    struct counter *a = new_counter(1);
    expect_counts(a, 1, 2);
    struct counter *b = new_counter(100);
    expect_int(counter_next(b), 100, "a second counter should count from its own start");
    expect_int(counter_next(a), 3, "a counter should continue from its own count, whatever another one does");
    expect_int(counter_next(b), 101, "a counter should continue from its own count, whatever another one does");
    struct counter_image before = image_of(a);
    struct counter *c = new_counter(7);
    expect_int(counter_next(c), 7, "a third counter should count from its own start");
    counter_free(b);
    counter_free(c);
    expect_bytes(a, before.bytes, before.size, "no call for another counter should change this one's block");
    expect_many_counters();
}
END_TEST

START_TEST(counter_given_back)
{
    struct counter *a = new_counter(5), *b = new_counter(7);
    counter_next(a);
    counter_free(a);
    expect_int(counter_next(b), 7, "a counter should continue when another one has been freed");
    counter_free(b);
    expect_no_leak("counter_free should free all memory of the counter");
    counter_free(NULL);
    tell("/* from here on, malloc gives freed blocks out again */");
    heap_reuse();
    expect_counts(new_counter(40), 40, 2);
    make_many_counters();
    free_many_counters();
    expect_size(heap_live_blocks(), 1, "counter_free should free all memory of the counter, however many there are");
}
END_TEST

START_TEST(counter_refused)
{
    refuse_each(make_counter, "counter_new", inspect_both);
}
END_TEST

/* ---- 3. A greeting ---- */

enum { SHOWN_NAME = 40 };

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
    static const size_t lengths[] = {0, 1, 20, 100, 256, 300, 1900, 3000, LONGEST_NAME, 2};
    size_t least = SIZE_MAX;
    for (size_t i = 0; i < sizeof lengths / sizeof lengths[0]; i++) {
        char name[LONGEST_NAME + 1] = "";
        memset(name, 'x', lengths[i]);
        if (lengths[i] > SHOWN_NAME)
            tell("/* a name of %zu letters */", lengths[i]);
        stack_watch();
        char *text = greeting(put_string(name));
        expect_little_stack("greeting");
        expect_no_more_stack("greeting", &least);
        expect_greeting(text, name);
    }
}
END_TEST

START_TEST(greeting_any_character)
{
    static const char *const names[] = {"100 %d%% %s", "Hello, !", "\t\n ", "\\%", "Zo\303\253 \377\200"};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        expect_greeting(greeting(put_string(names[i])), names[i]);
}
END_TEST

START_TEST(greetings_apart)
{
    errno_begins(ENOMEM);
    char *a = greeting(put_string("Ada"));
    expect_greeting(a, "Ada");
    char *b = greeting(put_string("Ada"));
    expect(a != b, "a second greeting should get a block of its own: the first one is still in use");
    expect_greeting(b, "Ada");
    char *name = put("Grace", sizeof "Grace", "name", "char name[] = \"Grace\";");
    char *c = greeting(name);
    expect(a != c && b != c, "a third greeting should get a block of its own: the others are still in use");
    expect_string(a, "Hello, Ada!", "a greeting should not change when another one is made");
    expect_greeting(c, "Grace");
    tell("name[0] = 'B';");
    name[0] = 'B';
    expect_greeting(greeting(name), "Brace");
    static const char *const names[] = {"Ada", "Grac", "", "Grace", "Al"};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        tell("strcpy(name, \"%s\");", names[i]);
        memcpy(name, names[i], strlen(names[i]) + 1);
        expect_greeting(greeting(name), names[i]);
    }
}
END_TEST

START_TEST(greeting_keeps_name)
{
    static const char *const names[] = {"Ada", "Ada Augusta, Countess of Lovelace, mathematician"};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        char *name = put_string(names[i]);
        expect_pointer_set(greeting(name), "greeting should make a greeting");
        expect_bytes(name, names[i], strlen(names[i]) + 1, "the name should not change: it belongs to the caller");
    }
}
END_TEST

/* FUNCTION has returned CALLS blocks in this test; no other block may be live. */
static void expect_live_blocks(size_t calls, const char *function)
{
    char expected[64];
    snprintf(expected, sizeof expected, "%s", counted((intmax_t)calls, "block"));
    if (heap_live_blocks() != calls)
        fail_compare(expected, counted((intmax_t)heap_live_blocks(), "block"),
                     "only what %s has returned should still be allocated", function);
}

static const char long_name[] =
    "Ada Augusta King, Countess of Lovelace, who wrote about a machine that was never built";

START_TEST(greeting_single_block)
{
    expect_greeting(greeting(put_string("Ada")), "Ada");
    expect_live_blocks(1, "greeting");
    expect_greeting(greeting(put_string(long_name)), long_name);
    expect_live_blocks(2, "greeting");
}
END_TEST

static void *make_long_greeting(void)
{
    return greeting(put_string(long_name));
}

START_TEST(greeting_refused)
{
    refuse_each(make_greeting, "greeting", inspect_both);
    refuse_each(make_long_greeting, "greeting", inspect_both);
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

START_TEST(copy_any_size)
{
    enum { MANY = 70000 }; /* more than 16 bits can count */
    PUT_ARRAY(int, values, INT_MIN, INT_MAX, 16777217, -1, 0, 65536, 0);
    expect_copy(copy_ints(values, 7), values_image, 7);
    expect_copy(copy_ints(values, 1), values_image, 1);
    static int image[MANY];
    for (int i = 0; i < MANY; i++)
        image[i] = INT_MAX - i;
    int *many = put(image, sizeof image, "many", "int many[70000] = {INT_MAX, INT_MAX - 1 /* and so on */};");
    static const size_t counts[] = {1, 10, 100, 256, 400, 1000, 1025, 5001, 20003, 65537, MANY};
    size_t least = SIZE_MAX;
    for (size_t i = 0; i < sizeof counts / sizeof counts[0]; i++) {
        stack_watch();
        int *copy = copy_ints(many, counts[i]);
        expect_little_stack("copy_ints");
        expect_no_more_stack("copy_ints", &least);
        expect_copy(copy, image, counts[i]);
    }
}
END_TEST

START_TEST(copy_single_block)
{
    PUT_ARRAY(int, values, 3, 1, 4);
    expect_copy(copy_ints(values, 3), values_image, 3);
    expect_live_blocks(1, "copy_ints");
}
END_TEST

START_TEST(copy_apart)
{
    errno_begins(ENOMEM);
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
    expect_int(copy_ints(values, 3)[0], 99, "a copy should have the values that the original has now");
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

START_TEST(copy_refused)
{
    refuse_each(make_copy, "copy_ints", inspect_both);
    expect_bytes(copied, copied_image, sizeof copied_image, "the original should not change when the copy fails");
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
    enum { MOST_STATIC = 1024 * 1024 };
    expect(sum_of_squares(100) > 0, "sum_of_squares(100) should return a sum");
    sum_of_squares(LARGEST_N);
    if (static_bytes() > MOST_STATIC)
        fail_compare("no array of N squares", counted((intmax_t)static_bytes(), "byte"),
                     "a static array is memory for the whole life of the program, so sum_of_squares should have none");
    if (heap_requests() != 0)
        fail_compare("no call of malloc", counted((intmax_t)heap_requests(), "call"),
                     "nothing is needed after sum_of_squares returns, so it should not use the heap");
}
END_TEST

/* How many bytes of the stack sum_of_squares(N) takes. */
static size_t stack_for(int n)
{
    stack_watch();
    expect_sum(n);
    return stack_used();
}

START_TEST(sum_large)
{
    enum { MOST_MORE = 1024 }; /* a few nested calls more are no matter */
    enum { MOST_FOR_ONE = 16 * 1024 };
    size_t least = stack_for(1), most = least + MOST_MORE;
    if (least > MOST_FOR_ONE)
        fail_compare("little of the stack", counted((intmax_t)least, "byte"),
                     "sum_of_squares(1) should need no array: one with room for the largest N is there for every N");
    for (int n = 1000; n <= LARGEST_N; n *= 1000) {
        size_t used = stack_for(n);
        if (used > most)
            fail_compare("as many bytes as for N = 1", counted((intmax_t)used, "byte"),
                         "sum_of_squares should take no more of the stack for a large N than for a small one");
    }
    expect_sum(2000);   /* the sum is larger than an int */
    expect_sum(100000); /* so are the squares */
    expect_sum(99999);
    expect_sum(LARGEST_N);
    expect_sum(LARGEST_N - 1);
}
END_TEST

/* ---- The suite ---- */

void lab_suite(struct suite *suite)
{
    add_region_tests(suite);
    suite_add(suite, counter_on_heap);
    suite_add(suite, counter_counts);
    suite_add(suite, counter_far);
    suite_add(suite, counters_apart);
    suite_add(suite, counter_given_back);
    suite_add(suite, counter_refused);
    suite_add(suite, greeting_text);
    suite_add(suite, greeting_any_length);
    suite_add(suite, greeting_any_character);
    suite_add(suite, greetings_apart);
    suite_add(suite, greeting_keeps_name);
    suite_add(suite, greeting_single_block);
    suite_add(suite, greeting_refused);
    suite_add(suite, copy_holds_values);
    suite_add(suite, copy_any_size);
    suite_add(suite, copy_single_block);
    suite_add(suite, copy_apart);
    suite_add(suite, copy_of_nothing);
    suite_add(suite, copy_refused);
    suite_add(suite, sum_small);
    suite_add(suite, sum_without_heap);
    suite_add(suite, sum_large);
    add_shape_tests(suite);
}
