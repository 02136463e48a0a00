// SPDX-License-Identifier: MIT
/*
 * demo.c - five mistakes, first on the C library alone, then on the layer.
 *
 * Run it with `make demo` before you write anything: then it shows what the C library says about
 * these mistakes. Run it again when your layer works: it is part of this program, and says more.
 *
 * Rules of this file:
 *   - Each mistake happens in a process of its own, because the library may end it.
 *   - ALLOCATE and RELEASE stand for malloc and free. They pass the place of the call to the layer.
 */
#include "debug_alloc.c"

#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

static bool on_layer;

#define ALLOCATE(size) (on_layer ? dbg_malloc(size, __FILE__, __LINE__) : malloc(size))
#define RELEASE(p) (on_layer ? dbg_free(p, __FILE__, __LINE__) : free(p))

/*** The mistakes ***/

/* Room for 20 characters, and none for the zero byte that ends a string. */
static void forget_the_terminator(void)
{
    char *name = ALLOCATE(20);
    for (int i = 0; i < 20; i++)
        name[i] = 'x';
    name[20] = '\0';
    RELEASE(name);
}

/* Cuts the newline off a line, but this line is empty. */
static void cut_an_empty_line(void)
{
    char *line = ALLOCATE(80);
    line[0] = '\0';
    line[(ptrdiff_t)strlen(line) - 1] = '\0';
    RELEASE(line);
}

/* Frees nine nodes, and one of them again. */
static void free_a_node_twice(void)
{
    enum { NODES = 9 };
    char *nodes[NODES];
    for (int i = 0; i < NODES; i++)
        nodes[i] = ALLOCATE(24);
    for (int i = 0; i < NODES; i++)
        RELEASE(nodes[i]);
    RELEASE(nodes[7]);
}

/* Skips a space, and frees what is left. */
static void free_the_rest(void)
{
    char *text = ALLOCATE(16);
    strcpy(text, " text");
    while (*text == ' ')
        text++;
    RELEASE(text);
}

/* Overwrites the only pointer to a block. */
static void lose_a_block(void)
{
    char *block = ALLOCATE(100);
    block = ALLOCATE(200);
    RELEASE(block);
}

static const struct mistake {
    const char *what;
    void (*make)(void);
} mistakes[] = {
    {"one byte too few for a string", forget_the_terminator},
    {"the byte before an empty line", cut_an_empty_line},
    {"one node of a list freed twice", free_a_node_twice},
    {"a pointer freed that was moved", free_the_rest},
    {"a block that nobody frees", lose_a_block},
};

/*** What the layer stands on, and where its reports go ***/

void *lib_malloc(size_t size)
{
    return malloc(size);
}

void lib_free(void *block)
{
    free(block);
}

static void print_place(const char *before, struct dbg_place place)
{
    if (place.file != NULL)
        printf("%s%s:%d", before, place.file, place.line);
}

void dbg_report(const struct dbg_report *report)
{
    static const char *const kinds[] = {"?",           "wild free", "foreign free", "interior free",
                                        "double free", "underrun",  "overrun",      "leak"};
    printf("  layer    %s", kinds[report->kind <= DBG_LEAK ? report->kind : 0]);
    print_place(" at ", report->at);
    if (report->block != NULL)
        printf(": byte %td of %zu bytes", report->offset, report->size);
    print_place(" from ", report->allocated);
    print_place(", freed at ", report->freed);
    printf("\n");
}

/*** One mistake in a process of its own ***/

static void show(const struct mistake *mistake)
{
    fflush(stdout);
    pid_t child = fork();
    if (child == 0) {
        mistake->make();
        if (on_layer)
            dbg_leaks(__FILE__, __LINE__);
        exit(EXIT_SUCCESS);
    }
    int status = 0;
    waitpid(child, &status, 0);
    if (WIFSIGNALED(status))
        printf("  %s    ends the program: signal %d\n", on_layer ? "layer" : "bare ",
               WTERMSIG(status));
    else if (!on_layer)
        printf("  bare     nothing is said\n");
}

int main(void)
{
    void *probe = dbg_malloc(1, __FILE__, __LINE__);
    bool has_layer = probe != NULL;
    dbg_free(probe, __FILE__, __LINE__);
    dup2(STDOUT_FILENO, STDERR_FILENO);
    for (size_t i = 0; i < sizeof mistakes / sizeof *mistakes; i++) {
        printf("%s\n", mistakes[i].what);
        on_layer = false;
        show(&mistakes[i]);
        on_layer = true;
        if (has_layer)
            show(&mistakes[i]);
    }
    if (!has_layer)
        printf("\nYour dbg_malloc returns NULL so far. Run this again when it does not.\n");
    return EXIT_SUCCESS;
}
