// SPDX-License-Identifier: MIT
/*
 * demo.c - lab 02: what sizeof says, next to what one might expect. Run it with `make demo`.
 *
 * Answer predictions.txt first. Every number holds for this machine and for the compiler that
 * compiled this program.
 *
 *   1. A table of sizes. An arrow marks each line where the two columns differ.
 *   2. Structs, drawn byte by byte, with their padding.
 *   3. A struct with a flexible array member: what sizeof counts, and how many bytes to ask for.
 *   4. Sizes that wrap around.
 */
#include "sizes.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { WIDTH = 78 };

static void title(const char *text)
{
    int used = printf("\n== %s ", text);
    while (used++ < WIDTH)
        putchar('=');
    printf("\n\n");
}

/* ---- 1. A table of sizes ---- */

static void row(const char *expression, size_t expected, size_t is, const char *reason)
{
    const char *arrow = expected == is ? "" : "<--";
    printf("  %-24s %8zu %6zu  %-3s  %s\n", expression, expected, is, arrow, reason);
}

/*
 * Both gcc and clang warn about the next function, and they are right: a parameter that looks like
 * an array is a pointer, and the compiler ignores the [100]. Here that is exactly what we want to
 * show, so the warning is switched off.
 */
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wsizeof-array-argument"
static size_t size_inside(const short samples[100])
{
    return sizeof samples;
}
#pragma GCC diagnostic pop

static int count_up(int *counter)
{
    return ++*counter;
}

static void show_arrays(void)
{
    short samples[100] = {0};
    short *block = malloc(100 * sizeof *block);
    printf("  short samples[100];  void f(short samples[100]);\n");
    printf("  short *block = malloc(100 * sizeof *block);\n\n");
    const size_t all = 100 * sizeof(short);
    row("sizeof samples", all, sizeof samples, "an array, all of it");
    row("sizeof samples[0]", sizeof(short), sizeof samples[0], "one element");
    row("sizeof samples, inside f", all, size_inside(samples), "a parameter, so a pointer");
    row("sizeof block", all, sizeof block, "a pointer, to anything");
    row("sizeof *block", sizeof(short), sizeof *block, "what it points to");
    free(block);
}

static void show_strings(void)
{
    const char *word = "sizeof";
    char text[] = "sizeof";
    char name[20] = "Ada";
    printf("\n  const char *word = \"sizeof\";  char text[] = \"sizeof\";\n");
    printf("  char name[20] = \"Ada\";\n\n");
    row("strlen(word)", 6, strlen(word), "counted at run time");
    row("sizeof word", 6, sizeof word, "a pointer again");
    row("sizeof text", 6, sizeof text, "an array, with the '\\0'");
    row("sizeof \"sizeof\"", 6, sizeof "sizeof", "an array, too");
    row("sizeof name", 3, sizeof name, "an array, used or not");
    row("strlen(name) + 1", 4, strlen(name) + 1, "what a copy needs");
}

static void show_types(void)
{
    printf("\n  Types, and a struct of this lab:\n\n");
    const size_t members = sizeof(char) + sizeof(size_t) + sizeof(float);
    const size_t whole = sizeof(struct runner);
    row("sizeof(char)", 1, sizeof(char), "1 on every machine");
    row("sizeof 'A'", 1, sizeof 'A', "an int, believe it or not");
    row("sizeof(long)", sizeof(int), sizeof(long), "4 or 8, depending on the system");
    row("sizeof(struct runner)", members, whole, "members and padding");
    row("sizeof(struct runner *)", whole, sizeof(struct runner *), "a pointer, to anything");
}

static void show_unevaluated(void)
{
    int counter = 5;
    size_t bytes = sizeof(count_up(&counter));
    printf("\n  int counter = 5;  sizeof(count_up(&counter));\n\n");
    row("the value of this sizeof", sizeof(int), bytes, "the size of the result's type");
    row("counter, after that", 6, (size_t)counter, "unchanged: nothing was run");
    count_up(&counter);
    row("counter, after a call", 6, (size_t)counter, "counted up");
}

/* ---- 2. Structs, byte by byte ---- */

struct member {
    char letter; /* drawn in each byte of the member */
    const char *name;
    size_t offset;
    size_t size;
};

/* The offset and the size of member NAME. */
#define PLACE(type, name) offsetof(type, name), sizeof((type *)NULL)->name
#define STRUCT_MEMBER(letter, type, name) ((struct member){letter, #name, PLACE(type, name)})

#define LENGTH_OF(array) (sizeof(array) / sizeof(array)[0])

/* The member that the byte at OFFSET belongs to, or NULL if it is padding. */
static const struct member *member_at(const struct member members[], size_t count, size_t offset)
{
    for (size_t i = 0; i < count; i++)
        if (members[i].offset <= offset && offset - members[i].offset < members[i].size)
            return &members[i];
    return NULL;
}

static void draw_border(size_t cells)
{
    printf("           ");
    for (size_t i = 0; i < cells; i++)
        printf("+---");
    printf("+\n");
}

/* One line of the drawing: CELLS bytes from FIRST on, and the members that begin there. */
static void draw_bytes(const struct member members[], size_t count, size_t first, size_t cells)
{
    printf("  %7zu  ", first);
    for (size_t i = 0; i < cells; i++) {
        const struct member *member = member_at(members, count, first + i);
        printf("| %c ", member != NULL ? member->letter : '.');
    }
    printf("|");
    for (size_t i = 0; i < count; i++)
        if (members[i].offset >= first && members[i].offset - first < cells)
            printf("  %c = %s", members[i].letter, members[i].name);
    printf("\n");
}

static void draw_struct(const char *name, size_t size, const struct member members[], size_t count)
{
    enum { CELLS = 8 };
    size_t used = 0;
    for (size_t i = 0; i < count; i++)
        used += members[i].size;
    size_t padding = size - used;
    printf("  %s: %zu bytes; members %zu, padding (.) %zu\n\n", name, size, used, padding);
    draw_border(CELLS);
    for (size_t first = 0; first < size; first += CELLS) {
        size_t cells = size - first < CELLS ? size - first : CELLS;
        draw_bytes(members, count, first, cells);
        draw_border(cells);
    }
    printf("\n");
}

struct as_it_came {
    char grade;
    double mean;
    char group;
};

struct largest_first {
    double mean;
    char grade;
    char group;
};

static void show_structs(void)
{
    const struct member as_it_came[] = {
        STRUCT_MEMBER('g', struct as_it_came, grade),
        STRUCT_MEMBER('M', struct as_it_came, mean),
        STRUCT_MEMBER('r', struct as_it_came, group),
    };
    const struct member sorted[] = {
        STRUCT_MEMBER('M', struct largest_first, mean),
        STRUCT_MEMBER('g', struct largest_first, grade),
        STRUCT_MEMBER('r', struct largest_first, group),
    };
    const struct member ticket[] = {
        STRUCT_MEMBER('c', struct ticket, coach), STRUCT_MEMBER('P', struct ticket, price),
        STRUCT_MEMBER('k', struct ticket, kind),  STRUCT_MEMBER('T', struct ticket, train),
        STRUCT_MEMBER('s', struct ticket, seat),
    };
    draw_struct("struct as_it_came", sizeof(struct as_it_came), as_it_came, LENGTH_OF(as_it_came));
    draw_struct("struct largest_first", sizeof(struct largest_first), sorted, LENGTH_OF(sorted));
    printf("  The padding at the end is there for arrays: in the next element, the double\n"
           "  must again be at a multiple of %zu. Here is a struct for you to improve:\n\n",
           _Alignof(double));
    draw_struct("struct ticket", sizeof(struct ticket), ticket, LENGTH_OF(ticket));
}

/* ---- 3. A flexible array member ---- */

static void show_flexible(void)
{
    enum { COUNT = 10 };
    const size_t fixed = sizeof(struct recording);
    const size_t begin = offsetof(struct recording, samples);
    const size_t bytes = COUNT * sizeof(short);
    const struct member members[] = {STRUCT_MEMBER('c', struct recording, count),
                                     STRUCT_MEMBER('r', struct recording, rate),
                                     {'S', "samples", begin, bytes}};
    printf("  struct recording { size_t count; unsigned rate; short samples[]; };\n\n");
    row("sizeof(struct recording)", fixed + bytes, fixed, "it does not count any samples");
    row("offsetof(.., samples)", fixed, begin, "where the samples begin");
    printf("\n  %d samples take the struct and %d * sizeof(short) bytes:\n\n", COUNT, COUNT);
    draw_struct("The block", fixed + bytes, members, LENGTH_OF(members));
    printf("  The samples begin inside the last bytes that sizeof counts. Asking for\n"
           "  offsetof + %d * sizeof(short) = %zu bytes would be enough, too.\n",
           COUNT, begin + bytes);
}

/* ---- 4. Sizes that wrap around ---- */

static void show_wrapping(void)
{
    size_t count = SIZE_MAX / sizeof(int) + 2;
    int length = -1;
    printf("  SIZE_MAX                     %20zu\n", SIZE_MAX);
    printf("  count                        %20zu      a quarter, and one more\n", count);
    printf("  count * sizeof(int)          %20zu  <-- what malloc gets\n", count * sizeof(int));
    printf("  (size_t)-1                   %20zu  <-- what -1 turns into\n", (size_t)length);
    printf("\n  malloc would gladly grant the third line. It cannot know that you meant more.\n");
}

int main(void)
{
    title("1. sizeof, and what one might expect");
    printf("  %-24s %8s %6s       %s\n\n", "", "expected", "is", "because");
    show_arrays();
    show_strings();
    show_types();
    show_unevaluated();
    title("2. Structs, byte by byte");
    show_structs();
    title("3. A flexible array member");
    show_flexible();
    title("4. Sizes that wrap around");
    show_wrapping();
    return EXIT_SUCCESS;
}
