// SPDX-License-Identifier: MIT
/*
 * demo.c - lab 03: what memory errors do when nothing catches them. Run it with `make demo`.
 *
 * Answer predictions.txt first. Each error happens in a child process of its own, which may crash.
 * This program goes on, shows what the child printed, and says how it ended.
 *
 *   1. One byte too many: most of the time nothing happens.
 *   2. Read before writing: what somebody else left.
 *   3. Freed too early: two owners, one block.
 *   4. Freed twice: noticed at once, or not at all.
 *   5. Freed the wrong pointer: noticed, but where?
 *
 * Nobody promises any of this. With another C library, version or size, everything may turn out
 * differently. The errors go through `hidden`, so that compilers neither warn about them nor
 * optimise them away. Never do this in real code.
 */
#include <malloc.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

/* ---- Children ---- */

enum { INDENT = 6 };

static _Noreturn void give_up(const char *what)
{
    perror(what);
    exit(EXIT_FAILURE);
}

/* In the child: calls ERROR with ARGUMENT. Output goes to OUT. */
static _Noreturn void be_child(void (*error)(size_t), size_t argument, int out)
{
    if (dup2(out, STDOUT_FILENO) < 0 || dup2(out, STDERR_FILENO) < 0)
        give_up("dup2");
    setvbuf(stdout, NULL, _IONBF, 0); /* so that an abort loses no output */
    error(argument);
    exit(EXIT_SUCCESS);
}

/* Copies everything from IN to the output, each line indented. Uses no FILE for IN: it would lie
 * on the heap, and every child would inherit it. */
static void show_output(int in)
{
    char byte, before = '\n';
    while (read(in, &byte, 1) == 1) {
        if (before == '\n')
            printf("%*s", INDENT, "");
        putchar(byte);
        before = byte;
    }
    close(in);
}

static void show_end(int status)
{
    if (WIFSIGNALED(status))
        printf("%*s=> ended by a signal: %s\n", INDENT, "", strsignal(WTERMSIG(status)));
    else
        printf("%*s=> ended as if nothing had happened\n", INDENT, "");
}

/* Runs ERROR in a child and reports what happened to it. */
static void try(void (*error)(size_t), size_t argument)
{
    int ends[2], status;
    fflush(stdout); /* otherwise the child would print it again */
    if (pipe(ends) != 0)
        give_up("pipe");
    pid_t child = fork();
    if (child < 0)
        give_up("fork");
    if (child == 0)
        be_child(error, argument, ends[1]);
    close(ends[1]);
    show_output(ends[0]);
    if (waitpid(child, &status, 0) != child)
        give_up("waitpid");
    show_end(status);
}

/* ---- Tools for making errors ---- */

static void *volatile hiding_place;

/* Returns POINTER, but no compiler can know that. */
static void *hidden(void *pointer)
{
    hiding_place = pointer;
    return hiding_place;
}

static char *new_block(size_t size)
{
    char *block = malloc(size);
    if (block == NULL)
        give_up("malloc");
    return hidden(block);
}

/* ---- 1. One byte too many ---- */

enum { ASKED = 20, DRAWN = 56 };

/* Draws the COUNT bytes at ADDRESS, one character each. */
static void draw(const char *address, size_t count)
{
    putchar('|');
    for (size_t i = 0; i < count; i++)
        putchar(address[i] == 0 ? '.' : address[i] >= ' ' && address[i] <= '~' ? address[i] : '?');
    puts("|");
}

/* Draws who owns the bytes: a block with USABLE bytes, and its neighbour, which starts at APART. */
static void draw_owners(size_t usable, size_t apart)
{
    putchar(' ');
    for (size_t i = 0; i < apart + ASKED; i++)
        putchar(i < ASKED || i >= apart ? '-' : i < usable ? '+' : '#');
    putchar('\n');
}

static void write_bytes(size_t count)
{
    char *block = new_block(ASKED);
    char *neighbour = new_block(ASKED);
    size_t apart = (uintptr_t)neighbour - (uintptr_t)block;
    size_t usable = malloc_usable_size(block);
    memset(neighbour, 'n', ASKED);
    memset(block, 'x', count);
    printf("write %zu bytes into a block of %d:\n", count, ASKED);
    if (apart + ASKED <= DRAWN) {
        draw(block, apart + ASKED);
        draw_owners(usable, apart);
    }
    free(neighbour);
    free(block);
}

static void show_overruns(void)
{
    puts("1. One byte too many\n");
    puts("   - asked for   + added by rounding   # malloc's own records   . a zero byte\n");
    try(write_bytes, ASKED);
    try(write_bytes, ASKED + 1);
    try(write_bytes, ASKED + 5);
}

/* ---- 2. Read before writing ---- */

enum { SECRET_BYTES = 40 };

static void log_in(void)
{
    char *password = new_block(SECRET_BYTES);
    snprintf(password, SECRET_BYTES, "my password is: open sesame");
    printf("one function keeps \"%s\"\n", password);
    puts("in a block, frees the block, and returns");
    free(password);
}

static void read_unwritten(size_t size)
{
    log_in();
    char *block = new_block(size);
    puts("another function asks for a block and reads it:");
    draw(block, size);
    free(block);
}

static void show_unwritten(void)
{
    puts("\n2. Read before writing\n");
    try(read_unwritten, SECRET_BYTES);
}

/* ---- 3. Freed too early ---- */

static void use_freed(size_t size)
{
    char *name = new_block(size);
    strcpy(name, "Ada");
    printf("name is \"%s\" and is freed.", name);
    free(hidden(name));
    char *dangling = hidden(name);
    printf(" Is the pointer NULL now? %s\n", dangling == NULL ? "Yes" : "No");
    char *city = new_block(size);
    strcpy(city, "London");
    printf("a block for a city is made: \"%s\"\n", city);
    printf("name is \"%s\" now\n", dangling);
    strcpy(dangling, "Charles");
    printf("name is set to \"Charles\", and so the city is \"%s\"\n", city);
}

static void show_freed(void)
{
    puts("\n3. Freed too early\n");
    try(use_freed, 16);
}

/* ---- 4. Freed twice ---- */

static void free_twice(size_t size)
{
    char *block = new_block(size);
    free(hidden(block));
    puts("a block is freed. And now again:");
    free(hidden(hiding_place));
    puts("freed twice");
}

enum { CROWD = 7 }; /* this C library watches so many freed blocks of one size closely */

static void free_crowd(char *const crowd[CROWD])
{
    for (size_t i = 0; i < CROWD; i++)
        free(crowd[i]);
}

/* With the watched places taken, and another free in between, the second free goes unnoticed. */
static void free_twice_in_a_crowd(size_t size)
{
    char *crowd[CROWD];
    for (size_t i = 0; i < CROWD; i++)
        crowd[i] = new_block(size);
    char *block = new_block(size), *other = new_block(size);
    free_crowd(crowd);
    free(hidden(block));
    free(hidden(other));
    free(hidden((void *)(uintptr_t)block));
    puts("in a program with more blocks: freed twice as well, but nobody notices");
    for (size_t i = 0; i < CROWD; i++)
        crowd[i] = new_block(size);
    char *mine = new_block(size);
    other = new_block(size);
    char *yours = new_block(size);
    strcpy(mine, "mine");
    strcpy(yours, "yours");
    printf("mine = malloc(%zu), yours = malloc(%zu): %s\n", size, size,
           mine == yours ? "the same block for both!" : "two blocks");
    printf("mine holds \"%s\", yours holds \"%s\"\n", mine, yours);
    free_crowd(crowd);
}

static void show_freed_twice(void)
{
    puts("\n4. Freed twice\n");
    try(free_twice, 24);
    try(free_twice_in_a_crowd, 24);
}

/* ---- 5. Freed the wrong pointer ---- */

static void free_inside(size_t offset)
{
    char *text = new_block(ASKED);
    strcpy(text, "    indented");
    printf("text is \"%s\". To skip the spaces, text += %zu. free(text):\n", text, offset);
    free(hidden(text + offset));
}

static void show_wrong_pointer(void)
{
    puts("\n5. Freed the wrong pointer\n");
    try(free_inside, 4);
}

int main(void)
{
    static char room[BUFSIZ];
    setvbuf(stdout, room, _IOFBF, sizeof room); /* otherwise its buffer would lie on the heap */
    show_overruns();
    show_unwritten();
    show_freed();
    show_freed_twice();
    show_wrong_pointer();
    puts("\nCount the errors that nobody noticed. valgrind sees each of them, in the very\n"
         "line that makes it.");
    return EXIT_SUCCESS;
}
