// SPDX-License-Identifier: MIT
/*
 * tests.c - lab 02: were the bytes counted right? Points and hints are in rubric.ini, demands on sizes in room.h,
 * inputs in inputs.h.
 *
 * Counts are chosen so that no mistake gives the right number by chance: 4 shorts are as large as a pointer, 5 are not.
 */
#include "heaplab/test.h"
#include "inputs.h"
#include "room.h"
#include "sizes.h"

#include <limits.h>
#include <stdio.h>

#define LENGTH_OF(array) (sizeof(array) / sizeof(array)[0])

enum { TEXT_BYTES = 160, JUNK = 0x5a, MOST_FOR_NOTHING = 64, SLACK = 64 };

/* --- demands that several tests share --- */

static void expect_reason(int error, const char *reason)
{
    expect_errno(error, "NULL alone does not say why: %s", reason);
}

/* RESULT is that of a call for more bytes than a size_t can count. */
static void expect_too_large(const void *result, const char *call)
{
    struct heap_block block;
    char found[TEXT_BYTES];
    if (heap_find(result, &block))
        snprintf(found, sizeof found, "a block of %zu byte%s", block.size, block.size == 1 ? "" : "s");
    else
        snprintf(found, sizeof found, "%s", name_of(result));
    if (result)
        fail_compare("NULL", found, "%s needs more bytes than a size_t can count, so it should be refused", call);
    expect_reason(ENOMEM, "the bytes asked for are more than there can be, and that is ENOMEM");
}

/* --- 1. arrays --- */

static const size_t lengths[] = {5, 1, 1000};

START_TEST(samples_room)
{
    for (size_t i = 0; i < LENGTH_OF(lengths); i++) {
        size_t count = lengths[i], bytes = count * sizeof(short);
        const struct guess guesses[] = {{sizeof(short *), "the size of one pointer"},
                                        {sizeof(short), "the size of one sample"},
                                        {count, "one byte for each sample"},
                                        {count * sizeof(short *), "the size of a pointer for each sample"},
                                        {bytes + sizeof(short), "one sample more than there are"},
                                        {bytes - sizeof(short), "one sample fewer than there are"},
                                        NO_GUESS};
        expect_room(clone_samples(put_samples(count), count), bytes, bytes, guesses,
                    "clone_samples should ask for the bytes of all the samples: %zu of them, %zu bytes each", count,
                    sizeof(short));
    }
}
END_TEST

START_TEST(samples_copied)
{
    for (size_t i = 0; i < LENGTH_OF(lengths); i++) {
        size_t count = lengths[i];
        const short *copy = clone_samples(put_samples(count), count);
        expect_readable(copy, count * sizeof *copy, "clone_samples should return a copy of all %zu samples", count);
        for (size_t k = 0; k < count; k++)
            expect_int(copy[k], sample(k),
                       "samples[%zu] of %zu (%zu bytes from the start) should be in the copy, too; what is not copied "
                       "stays junk",
                       k, count, k * sizeof *copy);
    }
}
END_TEST

/* --- 2. strings --- */

static const char *const texts[] = {"sizeof pitfalls", "heap", "",
                                    "a string that is rather longer than any pointer of any machine we know of"};

START_TEST(text_room)
{
    for (size_t i = 0; i < LENGTH_OF(texts); i++) {
        size_t length = strlen(texts[i]);
        const struct guess guesses[] = {{length, "the characters alone"},
                                        {sizeof(char *), "the size of one pointer"},
                                        {length - 1, "as if the + 1 stood inside the brackets of strlen"},
                                        {length + sizeof(char *), "the characters, and the size of a pointer"},
                                        NO_GUESS};
        expect_room(clone_text(put_string(texts[i])), length + 1, length + 1, guesses,
                    "clone_text should ask for %zu bytes, one for each character, and for what ends the string",
                    length);
    }
}
END_TEST

START_TEST(text_copied)
{
    for (size_t i = 0; i < LENGTH_OF(texts); i++)
        expect_string(clone_text(put_string(texts[i])), texts[i],
                      "the copy should be the same string, from its first character to its end");
}
END_TEST

START_TEST(prefix_cut)
{
    static const struct {
        const char *text;
        int length;
        const char *prefix;
    } cases[] = {{"heap of sand", 4, "heap"}, {"heaplab", 1, "h"}, {"heap", 4, "heap"},      {"heaplab", 0, ""},
                 {"heap", 5, "heap"},         {"", 3, ""},         {"heap", INT_MAX, "heap"}};
    for (size_t i = 0; i < LENGTH_OF(cases); i++) {
        size_t length = strlen(cases[i].prefix);
        const struct guess guesses[] = {{length, "the characters alone"},
                                        {sizeof(char *), "the size of one pointer"},
                                        {strlen(cases[i].text) + 1, "what the whole text needs"},
                                        {(size_t)cases[i].length + 1, "for LENGTH characters, though there are fewer"},
                                        NO_GUESS};
        const char *prefix = clone_prefix(put_string(cases[i].text), cases[i].length);
        expect_room(prefix, length + 1, length + 1, guesses,
                    "clone_prefix should ask for the bytes of the string it makes, \"%s\"", cases[i].prefix);
        expect_string(prefix, cases[i].prefix, "clone_prefix should return the first characters as a string");
    }
}
END_TEST

START_TEST(prefix_negative)
{
    static const int lengths_from_outside[] = {-1, -4, INT_MIN};
    for (size_t i = 0; i < LENGTH_OF(lengths_from_outside); i++) {
        int length = lengths_from_outside[i];
        const char *prefix = clone_prefix(put_string("heaplab"), length);
        if (prefix)
            fail_compare("NULL", "a string",
                         "a length of %d makes no sense and should be refused; compared with a size_t or turned into "
                         "one, it is a huge number",
                         length);
        expect_size(heap_requests(), 0, "a negative length should be refused before malloc is asked for anything");
        expect_reason(EINVAL, "the length was not valid, and that is EINVAL");
    }
}
END_TEST

/* --- 3. structs --- */

enum { SUM_OF_RUNNER = sizeof(char) + sizeof(size_t) + sizeof(float) };

START_TEST(runners_room)
{
    static const size_t counts[] = {5, 1, 100};
    for (size_t i = 0; i < LENGTH_OF(counts); i++) {
        size_t count = counts[i], bytes = count * sizeof(struct runner);
        const struct guess guesses[] = {{sizeof(struct runner *), "the size of one pointer"},
                                        {count * sizeof(struct runner *), "the size of a pointer for each runner"},
                                        {count * SUM_OF_RUNNER, "the members added up, without the padding"},
                                        {sizeof(struct runner), "the size of one runner"},
                                        {count, "one byte for each runner"},
                                        {bytes + sizeof(struct runner), "one runner more than there are"},
                                        NO_GUESS};
        expect_room(make_runners(count), bytes, bytes, guesses,
                    "make_runners should ask for the bytes of %zu runners, each a struct runner of %zu bytes", count,
                    sizeof(struct runner));
    }
}
END_TEST

START_TEST(runners_ready)
{
    enum { COUNT = 5 };
    const struct runner *runners = make_runners(COUNT);
    expect_readable(runners, COUNT * sizeof *runners, "make_runners should return %d runners", COUNT);
    for (size_t i = 0; i < COUNT; i++) {
        expect_int(runners[i].category, '?', "runners[%zu].category should be '?' (%d)", i, '?');
        expect_size(runners[i].bib, i + 1, "runners[%zu].bib should be %zu", i, i + 1);
        char found[TEXT_BYTES];
        snprintf(found, sizeof found, "%g", (double)runners[i].seconds);
        if (strcmp(found, "0") != 0)
            fail_compare("0", found, "runners[%zu].seconds should be 0; what nobody writes stays junk", i);
    }
}
END_TEST

START_TEST(tickets_compared)
{
    static const struct ticket values = {'C', 1990, 'S', 571, 42};
    const struct ticket *a = put_ticket(&values, 0x00, "&a");
    const struct ticket *b = put_ticket(&values, 0xff, "&b");
    expect(same_ticket(a, b), "a and b are equal in every member; they differ only in padding, where anything may be");

    static const struct ticket others[] = {{'D', 1990, 'S', 571, 42},
                                           {'C', 1991, 'S', 571, 42},
                                           {'C', 1990, 'R', 571, 42},
                                           {'C', 1990, 'S', 572, 42},
                                           {'C', 1990, 'S', 571, 43}};
    for (size_t i = 0; i < LENGTH_OF(others); i++)
        expect(!same_ticket(a, put_ticket(&others[i], 0x00, "&other")),
               "a and other differ in one member, so they are not the same ticket");
}
END_TEST

/*
 * The smallest struct that holds a ticket's members: ordered by alignment, they leave no gap between them, because the
 * size of each is a multiple of the alignment of the next; what is left is the rounding up at the end.
 */
static size_t smallest_ticket(void)
{
    size_t sum = sizeof(long) + sizeof(int) + sizeof(short) + 2 * sizeof(char);
    return (sum + _Alignof(long) - 1) / _Alignof(long) * _Alignof(long);
}

/* The offset of the N BYTES in the block of SIZE bytes at BLOCK; SIZE if they are not there. */
static size_t offset_of(const unsigned char *block, size_t size, const void *bytes, size_t n)
{
    for (size_t offset = 0; offset + n <= size; offset++)
        if (memcmp(block + offset, bytes, n) == 0)
            return offset;
    return size;
}

/* VALUE_BYTES occur once in the ticket at BLOCK, if they were stored as they are. They must lie where their type can.
 */
static void expect_member_aligned(const void *block, size_t size, const void *bytes, size_t alignment, const char *name)
{
    size_t offset = offset_of(block, size, bytes, alignment);
    expect(offset == size || offset % alignment == 0,
           "member %s lies at offset %zu, which is no multiple of its alignment, %zu: a packed struct saves "
           "bytes at the price of slow and, on some machines, crashing accesses",
           name, offset, alignment);
}

START_TEST(ticket_smallest)
{
    size_t size = tight_ticket_size();
    expect(size >= smallest_ticket() || size == 0,
           "%zu bytes are too few for the members of a ticket in their own types (smallest: %zu)", size,
           smallest_ticket());
    expect_size(size, smallest_ticket(),
                "the members of a ticket, in their best order, need no more bytes than this (struct ticket: %zu)",
                sizeof(struct ticket));

    struct ticket values = {.coach = 'A', .kind = 'R'};
    memset(&values.price, 0x71, sizeof values.price);
    memset(&values.train, 0x62, sizeof values.train);
    memset(&values.seat, 0x53, sizeof values.seat);
    const void *tight = pack_tickets(put_ticket(&values, 0x00, "&ticket"), 1);
    expect_readable(tight, size, "pack_tickets should return one packed ticket");
    expect_member_aligned(tight, size, &values.price, _Alignof(long), "price");
    expect_member_aligned(tight, size, &values.train, _Alignof(int), "train");
    expect_member_aligned(tight, size, &values.seat, _Alignof(short), "seat");
}
END_TEST

static void expect_ticket(const struct ticket *found, const struct ticket *expected, size_t index)
{
    static const char *const sentence = "member %s of ticket %zu should come back as it went in";
    expect_int(found->coach, expected->coach, sentence, "coach", index);
    expect_int(found->price, expected->price, sentence, "price", index);
    expect_int(found->kind, expected->kind, sentence, "kind", index);
    expect_int(found->train, expected->train, sentence, "train", index);
    expect_int(found->seat, expected->seat, sentence, "seat", index);
}

START_TEST(tickets_survive)
{
    static const struct ticket values[] = {{'A', 1990, 'S', 571, 42},
                                           {CHAR_MIN, LONG_MIN, CHAR_MAX, INT_MAX, SHRT_MIN},
                                           {CHAR_MAX, LONG_MAX, CHAR_MIN, INT_MIN, SHRT_MAX}};
    enum { COUNT = LENGTH_OF(values) };
    struct ticket *tickets = put(values, sizeof values, "tickets",
                                 "struct ticket tickets[3] = {...};  /* an everyday one, and two extremes */");
    const struct tight_ticket *tight = pack_tickets(tickets, COUNT);
    size_t bytes = COUNT * tight_ticket_size();
    const struct guess guesses[] = {{sizeof(struct tight_ticket *), "the size of one pointer"},
                                    {COUNT * sizeof(struct tight_ticket *), "the size of a pointer for each ticket"},
                                    {COUNT * sizeof(struct ticket), "enough for struct ticket, which is larger"},
                                    {COUNT, "one byte for each ticket"},
                                    NO_GUESS};
    expect_room(tight, bytes, bytes, guesses, "pack_tickets should ask for the bytes of %d tight tickets", COUNT);

    fill(tickets, JUNK, sizeof values);
    struct ticket *back = put(NULL, sizeof *back, "&back", "struct ticket back;");
    for (size_t i = COUNT; i-- > 0;) {
        unpack_ticket(tight, i, back);
        expect_ticket(back, &values[i], i);
    }
}
END_TEST

/* --- 4. a flexible array member --- */

static void expect_recording_room(const void *recording, size_t count, const char *call)
{
    const size_t each = sizeof(short), fixed = sizeof(struct recording);
    const size_t least = offsetof(struct recording, samples) + count * each;
    const struct guess guesses[] = {{sizeof(struct recording *), "the size of one pointer"},
                                    {fixed, "the struct alone, without a single sample"},
                                    {count * each, "the samples alone, without the struct"},
                                    {fixed + count, "the struct, and one byte for each sample"},
                                    {fixed + each, "the struct and one sample"},
                                    {fixed + (count + 1) * each, "the struct, the samples, and one sample more"},
                                    {fixed + 2 * count * each, "the struct, and the samples twice"},
                                    {count * fixed, "a whole struct for each sample"},
                                    {(count + 1) * fixed, "the struct, and a whole struct for each sample"},
                                    {count * (fixed + each), "a whole struct for each sample, and the samples"},
                                    NO_GUESS};
    expect_room(recording, least, fixed + count * each, guesses,
                "%s should ask once for the struct (%zu bytes) and once for the bytes of its %zu samples", call, fixed,
                count);
}

START_TEST(recording_room)
{
    static const size_t counts[] = {10, 3, 500};
    for (size_t i = 0; i < LENGTH_OF(counts); i++)
        expect_recording_room(make_recording(counts[i], RATE), counts[i], "make_recording");
}
END_TEST

START_TEST(recording_silent)
{
    enum { COUNT = 10 };
    const struct recording *recording = make_recording(COUNT, RATE);
    expect_readable(recording, offsetof(struct recording, samples) + COUNT * sizeof(short),
                    "make_recording should return a recording of %d samples", COUNT);
    expect_size(recording->count, COUNT, "the recording should know how many samples it has");
    expect_size(recording->rate, RATE, "the recording should know its rate");
    for (size_t i = 0; i < COUNT; i++)
        expect_int(recording->samples[i], 0, "samples[%zu] of %d should be silent; what nobody writes stays junk", i,
                   COUNT);
}
END_TEST

START_TEST(recording_cloned)
{
    enum { COUNT = 10 };
    const struct recording *copy = clone_recording(put_recording(COUNT));
    expect_recording_room(copy, COUNT, "clone_recording");
    expect_size(copy->count, COUNT, "the copy should have as many samples as the original");
    expect_size(copy->rate, RATE, "the copy should have the rate of the original");
    for (size_t i = 0; i < COUNT; i++)
        expect_int(copy->samples[i], sample(i), "samples[%zu] of the copy should be that of the original", i);
}
END_TEST

/* --- 5. a matrix in one block --- */

START_TEST(grid_room)
{
    static const size_t shapes[][2] = {{3, 5}, {1, 1}, {20, 30}};
    enum { VALUE = 7 };
    for (size_t i = 0; i < LENGTH_OF(shapes); i++) {
        size_t rows = shapes[i][0], cols = shapes[i][1], cells = rows * cols;
        const struct guess guesses[] = {{sizeof(int *), "the size of one pointer"},
                                        {cells, "one byte for each int"},
                                        {cells * sizeof(int *), "the size of a pointer for each int"},
                                        {cells * sizeof(int) + rows * sizeof(int *), "the ints, and a pointer a row"},
                                        {cols * sizeof(int), "the ints of one row"},
                                        {(rows + cols) * sizeof(int), "rows + cols ints"},
                                        NO_GUESS};
        const int *grid = make_grid(rows, cols, VALUE);
        expect_room(grid, cells * sizeof(int), cells * sizeof(int), guesses,
                    "make_grid should ask for the bytes of %zu x %zu ints, %zu bytes each", rows, cols, sizeof(int));
        for (size_t k = 0; k < cells; k++)
            expect_int(grid[k], VALUE, "each of the %zu ints should be %d; number %zu is not", cells, VALUE, k);
    }
}
END_TEST

START_TEST(grid_cells)
{
    enum { ROWS = 3, COLS = 5 };
    int *grid = put(NULL, ROWS * COLS * sizeof *grid, "grid", "int grid[3 * 5];");
    for (size_t row = ROWS; row-- > 0;)
        for (size_t col = COLS; col-- > 0;) {
            size_t index = row * COLS + col;
            char expected[TEXT_BYTES], found[TEXT_BYTES];
            const int *cell = grid_cell(grid, COLS, row, col);
            ptrdiff_t distance = (ptrdiff_t)((intptr_t)cell - (intptr_t)grid);
            snprintf(expected, sizeof expected, "&grid[%zu], which is %zu bytes behind the start", index,
                     index * sizeof *grid);
            if (cell)
                snprintf(found, sizeof found, "an address %td bytes behind the start", distance);
            else
                snprintf(found, sizeof found, "NULL");
            if (cell != grid + index)
                fail_compare(expected, found, "before row %zu, column %zu there are %zu ints", row, col, index);
        }
}
END_TEST

/* --- 6. a matrix with row pointers --- */

static void expect_rows_room(int **matrix, size_t rows, size_t cols)
{
    const struct guess for_pointers[] = {{rows * sizeof(int), "the size of an int for each row, but it holds pointers"},
                                         {rows, "one byte for each row"},
                                         {sizeof(int *), "the size of one pointer"},
                                         NO_GUESS};
    const struct guess for_ints[] = {{cols, "one byte for each int"},
                                     {sizeof(int *), "the size of one pointer"},
                                     {sizeof(int), "the size of one int"},
                                     NO_GUESS};
    expect_room_from(matrix, rows * sizeof *matrix, for_pointers,
                     "make_rows should ask for the bytes of %zu row pointers, %zu bytes each", rows, sizeof *matrix);
    for (size_t row = 0; row < rows; row++)
        expect_room_from(matrix[row], cols * sizeof **matrix, for_ints,
                         "matrix[%zu] should point to memory for a row of %zu ints, %zu bytes each", row, cols,
                         sizeof **matrix);
}

START_TEST(rows_room)
{
    enum { ROWS = 25, COLS = 6, VALUE = 7 };
    int **matrix = make_rows(ROWS, COLS, VALUE);
    expect_rows_room(matrix, ROWS, COLS);
    const size_t pointers = ROWS * sizeof(int *), need = pointers + ROWS * COLS * sizeof(int);
    const struct guess guesses[] = {{pointers + ROWS * COLS * sizeof(int *), "ints as large as pointers"},
                                    {pointers + ROWS * ROWS * sizeof(int), "rows with as many ints as there are rows"},
                                    {pointers + ROWS * ROWS * COLS * sizeof(int), "each row with room for all rows"},
                                    NO_GUESS};
    expect_total(need, need + SLACK, guesses, "make_rows should ask for %d pointers and %d x %d ints, and little more",
                 ROWS, ROWS, COLS);
}
END_TEST

START_TEST(rows_apart)
{
    enum { ROWS = 3, COLS = 5, VALUE = 7 };
    int **matrix = make_rows(ROWS, COLS, VALUE);
    expect_rows_room(matrix, ROWS, COLS);
    for (int row = 0; row < ROWS; row++)
        for (int col = 0; col < COLS; col++)
            expect_int(matrix[row][col], VALUE, "matrix[%d][%d] should be %d from the start", row, col, VALUE);

    tell("for each row and col: matrix[row][col] = 10 * row + col;");
    for (int row = 0; row < ROWS; row++)
        for (int col = 0; col < COLS; col++)
            matrix[row][col] = 10 * row + col;
    for (int row = 0; row < ROWS; row++)
        for (int col = 0; col < COLS; col++)
            expect_int(matrix[row][col], 10 * row + col,
                       "matrix[%d][%d] should keep what was written to it, but it shares memory with another int", row,
                       col);
}
END_TEST

START_TEST(rows_freed)
{
    enum { ROWS = 3, COLS = 5, VALUE = 7 };
    int **matrix = make_rows(ROWS, COLS, VALUE);
    expect_pointer_set(matrix, "make_rows should return a matrix");
    free_rows(matrix, ROWS);
    expect_no_leak("free_rows should give back all that make_rows asked for, the rows as well as the pointers to them");
    free_rows(NULL, ROWS);
}
END_TEST

/* --- 7. any array, safely --- */

/* Half of the bits of a size_t: squared, it is one more than SIZE_MAX. */
#define ROOT ((size_t)1 << (sizeof(size_t) * CHAR_BIT / 2))

/* All bits but the highest are 0. */
#define TOP ((size_t)1 << (sizeof(size_t) * CHAR_BIT - 1))

/* The latest request should have been for BYTES; LARGEST was the largest of those before it, and is less than that. */
static void expect_request(size_t bytes, size_t largest, const char *sentence)
{
    char expected[TEXT_BYTES], found[TEXT_BYTES];
    size_t now = heap_largest_request();
    snprintf(expected, sizeof expected, "malloc(%zu)", bytes);
    if (now > largest)
        snprintf(found, sizeof found, "malloc(%zu)", now);
    else
        snprintf(found, sizeof found, "malloc of %zu bytes or fewer", now);
    if (now != bytes)
        fail_compare(expected, found, "%s", sentence);
}

START_TEST(array_product)
{
    static const size_t small[][2] = {{5, 4}, {1, 1}, {3, 24}};
    for (size_t i = 0; i < LENGTH_OF(small); i++) {
        size_t count = small[i][0], size = small[i][1];
        const struct guess guesses[] = {{count, "COUNT alone"}, {size, "SIZE alone"}, NO_GUESS};
        expect_room(allocate_array(count, size), count * size, count * size, guesses,
                    "allocate_array should ask for COUNT * SIZE bytes");
    }

    /* Larger than an int or an unsigned, but not than a size_t. Each is larger than those before it. */
    static const size_t large[][2] = {{ROOT, 1}, {1, 2 * ROOT}, {ROOT, 3}, {3, 2 * ROOT}, {ROOT, ROOT / 8}};
    for (size_t i = 0; i < LENGTH_OF(large); i++) {
        size_t count = large[i][0], size = large[i][1];
        size_t requests = heap_requests(), largest = heap_largest_request();
        tell("/* %zu bytes: few machines have as many, but a size_t can count them */", count * size);
        heap_refuse(1);
        const void *array = allocate_array(count, size);
        expect(heap_requests() > requests,
               "%zu * %zu does not wrap around, so it is up to malloc to grant or refuse it, but it was not asked",
               count, size);
        expect_request(count * size, largest, "malloc should be asked for all of COUNT * SIZE bytes");
        expect_null(array, "allocate_array should return NULL when malloc does");
    }
}
END_TEST

START_TEST(array_wraps)
{
    static const size_t cases[][2] = {{SIZE_MAX / 16 + 2, 16},
                                      {16, SIZE_MAX / 16 + 2},
                                      {ROOT, ROOT},
                                      {2 * ROOT, ROOT / 2},
                                      {SIZE_MAX, SIZE_MAX},
                                      {ROOT + 1, ROOT + 1},
                                      {TOP, 3},
                                      {3, TOP},
                                      {SIZE_MAX, 2}};
    for (size_t i = 0; i < LENGTH_OF(cases); i++) {
        size_t count = cases[i][0], size = cases[i][1], wrapped = count * size, largest = heap_largest_request();
        tell("/* more than SIZE_MAX; what is left after wrapping around: %zu */", wrapped);
        expect_too_large(allocate_array(count, size), "this array");
        char found[TEXT_BYTES];
        snprintf(found, sizeof found, "malloc(%zu), which was refused by luck", wrapped);
        if (heap_largest_request() > largest && heap_largest_request() == wrapped)
            fail_compare("no request for what is left", found,
                         "a product that has wrapped around means nothing, so it should never reach malloc");
    }
}
END_TEST

static const struct guess malloc_of_zero[] = {{0, "what malloc(0) gives here; elsewhere it may be NULL"}, NO_GUESS};

START_TEST(array_of_nothing)
{
    static const size_t cases[][2] = {{0, 8}, {8, 0}, {0, 0}, {SIZE_MAX, 0}, {0, SIZE_MAX}};
    for (size_t i = 0; i < LENGTH_OF(cases); i++)
        expect_room(allocate_array(cases[i][0], cases[i][1]), 1, MOST_FOR_NOTHING, malloc_of_zero,
                    "an array of nothing should be a block all the same, of at least one byte, for NULL means failure");
}
END_TEST

/* --- rules that hold for all of them --- */

static void expect_block_for_nothing(const void *block, const char *what)
{
    expect_room(block, 1, MOST_FOR_NOTHING, malloc_of_zero,
                "%s should be a block all the same, of at least one byte, for NULL means failure", what);
}

START_TEST(empty_results)
{
    static const struct ticket ticket = {'A', 1990, 'S', 571, 42};
    expect_block_for_nothing(clone_samples(put_samples(1), 0), "a copy of no samples");
    expect_block_for_nothing(make_runners(0), "an array of no runners");
    expect_block_for_nothing(pack_tickets(put_ticket(&ticket, 0, "&ticket"), 0), "an array of no tickets");
    expect_block_for_nothing(make_grid(0, 3, 7), "a grid without rows");
    expect_block_for_nothing(make_grid(3, 0, 7), "a grid without columns");
    expect_recording_room(make_recording(0, RATE), 0, "make_recording");

    int **none = make_rows(0, 3, 7);
    expect_room_from(none, 1, malloc_of_zero, "a matrix without rows should not be NULL, for NULL means failure");
    free_rows(none, 0);
    enum { ROWS = 3 };
    int **narrow = make_rows(ROWS, 0, 7);
    expect_room_from(narrow, ROWS * sizeof *narrow, malloc_of_zero,
                     "a matrix without columns should still have its %d row pointers", ROWS);
    free_rows(narrow, ROWS);
}
END_TEST

START_TEST(products_checked)
{
    expect_too_large(make_runners(SIZE_MAX / sizeof(struct runner) + 2), "this array of runners");
    expect_too_large(make_runners(SIZE_MAX), "this array of runners");
    tell("/* here the bytes of the samples are too many by themselves */");
    expect_too_large(make_recording(SIZE_MAX / sizeof(short) + 2, RATE), "this recording");
    tell("/* here they are not, but together with the struct they are */");
    expect_too_large(make_recording(SIZE_MAX / sizeof(short), RATE), "this recording");
    tell("/* here rows * cols is too large by itself */");
    expect_too_large(make_grid(ROOT, ROOT, 7), "this grid");
    tell("/* here it is not, but rows * cols ints are too many bytes */");
    expect_too_large(make_grid(ROOT / 2, ROOT / 2, 7), "this grid");
    expect_too_large(make_rows(SIZE_MAX / sizeof(int *) + 2, 1, 7), "this matrix");
    expect_too_large(make_rows(2, SIZE_MAX / sizeof(int) + 2, 7), "this matrix");
}
END_TEST

/* Inputs of the makers below. */
static short *the_samples;
static const char *the_text;
static struct ticket *the_ticket;
static struct recording *the_recording;

static void *make_clone_of_samples(void)
{
    return clone_samples(the_samples, 5);
}

static void *make_clone_of_text(void)
{
    return clone_text(the_text);
}

static void *make_prefix(void)
{
    return clone_prefix(the_text, 4);
}

static void *make_five_runners(void)
{
    return make_runners(5);
}

static void *make_packed(void)
{
    return pack_tickets(the_ticket, 1);
}

static void *make_silence(void)
{
    return make_recording(10, RATE);
}

static void *make_clone_of_recording(void)
{
    return clone_recording(the_recording);
}

static void *make_small_grid(void)
{
    return make_grid(3, 5, 7);
}

static void *make_small_rows(void)
{
    return make_rows(3, 5, 7);
}

static void *make_array(void)
{
    return allocate_array(5, 4);
}

/* Calls MAKE once undisturbed, to see how many requests it makes, and then refuses each of them in turn. */
static void expect_refusals_survived(void *(*make)(void), const char *name)
{
    size_t requests = heap_requests();
    expect_pointer_set(make(), "%s should give out memory while there is some", name);
    requests = heap_requests() - requests;
    size_t live = heap_live_blocks();
    for (size_t k = 1; k <= requests; k++) {
        tell("/* now request number %zu of %zu for memory will be refused */", k, requests);
        heap_refuse(k);
        expect_null(make(), "%s should return NULL when it cannot get all the memory it needs", name);
        heap_refuse(0);
        char found[TEXT_BYTES];
        snprintf(found, sizeof found, "%zu more", heap_live_blocks() - live);
        if (heap_live_blocks() != live)
            fail_compare("as many live blocks as before the call", found,
                         "%s should free again what it had got before the refusal", name);
    }
}

START_TEST(refusals)
{
    static const struct ticket ticket = {'A', 1990, 'S', 571, 42};
    the_samples = put_samples(5);
    the_text = put_string("heaplab");
    the_ticket = put_ticket(&ticket, 0, "&ticket");
    the_recording = put_recording(10);
    expect_refusals_survived(make_clone_of_samples, "clone_samples");
    expect_refusals_survived(make_clone_of_text, "clone_text");
    expect_refusals_survived(make_prefix, "clone_prefix");
    expect_refusals_survived(make_five_runners, "make_runners");
    expect_refusals_survived(make_packed, "pack_tickets");
    expect_refusals_survived(make_silence, "make_recording");
    expect_refusals_survived(make_clone_of_recording, "clone_recording");
    expect_refusals_survived(make_small_grid, "make_grid");
    expect_refusals_survived(make_small_rows, "make_rows");
    expect_refusals_survived(make_array, "allocate_array");
}
END_TEST

void lab_suite(struct suite *suite)
{
    suite_add(suite, samples_room);
    suite_add(suite, samples_copied);
    suite_add(suite, text_room);
    suite_add(suite, text_copied);
    suite_add(suite, prefix_cut);
    suite_add(suite, prefix_negative);
    suite_add(suite, runners_room);
    suite_add(suite, runners_ready);
    suite_add(suite, tickets_compared);
    suite_add(suite, ticket_smallest);
    suite_add(suite, tickets_survive);
    suite_add(suite, recording_room);
    suite_add(suite, recording_silent);
    suite_add(suite, recording_cloned);
    suite_add(suite, grid_room);
    suite_add(suite, grid_cells);
    suite_add(suite, rows_room);
    suite_add(suite, rows_apart);
    suite_add(suite, rows_freed);
    suite_add(suite, array_product);
    suite_add(suite, array_wraps);
    suite_add(suite, array_of_nothing);
    suite_add(suite, empty_results);
    suite_add(suite, products_checked);
    suite_add(suite, refusals);
}
