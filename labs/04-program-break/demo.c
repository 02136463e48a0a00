// SPDX-License-Identifier: MIT
/*
 * demo.c - lab 04: where this very program gets its memory. Run it with `make demo`.
 *
 * Answer predictions.txt first. Then run it several times: which addresses change, and which
 * distances stay the same?
 *
 *   1. What malloc does to the program break.
 *   2. The map of this process, from /proc/self/maps, with the break and some blocks marked.
 *   3. A mapping of 64 pages: which of them are in memory, before and after they are used.
 *   4. Reading past the end of a block. A child process makes each attempt, so that a fault ends
 *      only that child.
 *   5. One address in two processes.
 *
 * Rules of this file:
 *   - Measure before printing, because printf allocates, too.
 *   - Addresses that are never followed are numbers (uintptr_t).
 */
#include <inttypes.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#define KIB ((uintptr_t)1024)
#define MIB (1024 * KIB)

static _Noreturn void give_up(const char *what)
{
    perror(what);
    exit(EXIT_FAILURE);
}

static size_t page_size(void)
{
    return (size_t)sysconf(_SC_PAGESIZE);
}

static uintptr_t program_break(void)
{
    return (uintptr_t)sbrk(0);
}

/* "132 KiB" */
static const char *size_text(char text[32], uintptr_t bytes)
{
    static const char *const units[] = {"bytes", "KiB", "MiB", "GiB", "TiB"};
    size_t unit = 0, last = sizeof units / sizeof *units - 1;
    for (; bytes >= 10 * KIB && unit < last; unit++)
        bytes /= KIB;
    if (unit == 0 && bytes >= KIB) {
        bytes /= KIB;
        unit = 1;
    }
    snprintf(text, 32, "%" PRIuPTR " %s", bytes, units[unit]);
    return text;
}

/* --- 1. What malloc does to the break --- */

enum { SMALL = 200, MANY = 1000, STEPS = 6, BYTES_PER_CELL = 32 * 1024 };

struct step {
    const char *done;
    uintptr_t moved_to;
};

struct blocks {
    void *small[1 + 2 * MANY];
    void *large;
    size_t large_bytes;
};

/* Fills the blocks from FIRST up to END. */
static void allocate(struct blocks *blocks, size_t first, size_t end)
{
    for (size_t i = first; i < end; i++)
        if ((blocks->small[i] = malloc(SMALL)) == NULL)
            give_up("malloc");
}

static void free_small(struct blocks *blocks)
{
    for (size_t i = 0; i < 1 + 2 * MANY; i++)
        free(blocks->small[i]);
}

static void take_steps(struct step steps[STEPS], struct blocks *blocks)
{
    steps[0] = (struct step){"at the start", program_break()};
    allocate(blocks, 0, 1);
    steps[1] = (struct step){"malloc(200), for the first time", program_break()};
    allocate(blocks, 1, 1 + MANY);
    steps[2] = (struct step){"malloc(200), a thousand times", program_break()};
    allocate(blocks, 1 + MANY, 1 + 2 * MANY);
    steps[3] = (struct step){"malloc(200), a thousand times", program_break()};
    blocks->large_bytes = 1 * MIB;
    if ((blocks->large = malloc(blocks->large_bytes)) == NULL)
        give_up("malloc");
    steps[4] = (struct step){"malloc(1048576), once", program_break()};
    free_small(blocks);
    steps[5] = (struct step){"free, for all but that large one", program_break()};
}

static void print_step(const struct step *step, uintptr_t before, uintptr_t start)
{
    char size[32];
    bool up = step->moved_to >= before;
    uintptr_t distance = up ? step->moved_to - before : before - step->moved_to;
    printf("   %-33s %12" PRIxPTR "  %c%8s  |", step->done, step->moved_to,
           distance == 0 ? ' '
           : up          ? '+'
                         : '-',
           distance == 0 ? "-" : size_text(size, distance));
    for (uintptr_t cell = start; cell < step->moved_to; cell += BYTES_PER_CELL)
        putchar('#');
    putchar('\n');
}

static void show_steps(const struct step steps[STEPS])
{
    int kib = BYTES_PER_CELL / 1024;
    printf("1. What malloc does to the program break. One # is %d KiB of heap.\n\n", kib);
    printf("   %-33s %12s  %9s\n", "", "the break", "moved by");
    for (int i = 0; i < STEPS; i++)
        print_step(&steps[i], steps[i == 0 ? 0 : i - 1].moved_to, steps[0].moved_to);
}

/* --- 2. The map --- */

enum { MOST_AREAS = 16, MOST_MARKS = 8, LINE_BYTES = 512 };

struct area {
    const char *kind;
    uintptr_t start;
    uintptr_t end;   /* the first address after it */
    uintptr_t bytes; /* in use */
};

struct mark {
    uintptr_t address;
    const char *name;
};

struct map {
    struct area areas[MOST_AREAS]; /* lowest address first; adjacent areas of one kind are merged */
    int area_count;
    struct mark marks[MOST_MARKS];
    int mark_count;
};

static void mark(struct map *map, uintptr_t address, const char *name)
{
    if (map->mark_count < MOST_MARKS)
        map->marks[map->mark_count++] = (struct mark){address, name};
}

/*
 * Names come from the map where it has any. The program's zeroed variables have no name there; they
 * follow the mapping of the program's file.
 */
static const char *kind_of(const struct map *map, uintptr_t from, const char *path, const char *exe)
{
    const struct area *last = map->area_count > 0 ? &map->areas[map->area_count - 1] : NULL;
    if (strcmp(path, "[heap]") == 0)
        return "heap";
    if (strcmp(path, "[stack]") == 0)
        return "stack";
    bool follows_file = path[0] == '\0' && map->area_count == 1 && last->end == from;
    if (strcmp(path, exe) == 0 || follows_file)
        return "program";
    return "mappings";
}

static void add_area(struct map *map, const char *kind, uintptr_t start, uintptr_t end)
{
    struct area *last = map->area_count > 0 ? &map->areas[map->area_count - 1] : NULL;
    if (last != NULL && strcmp(last->kind, kind) == 0) {
        last->end = end;
        last->bytes += end - start;
    } else if (map->area_count < MOST_AREAS) {
        map->areas[map->area_count++] = (struct area){kind, start, end, end - start};
    }
}

/* Lines read "START-END PERMISSIONS OFFSET DEVICE INODE PATH"; addresses in hex, PATH optional. */
static bool read_map(struct map *map)
{
    char line[LINE_BYTES], path[LINE_BYTES], program[LINE_BYTES] = "";
    FILE *maps = fopen("/proc/self/maps", "r");
    if (maps == NULL)
        return false;
    while (fgets(line, sizeof line, maps) != NULL) {
        uintptr_t start = 0, end = 0;
        path[0] = '\0';
        static const char format[] = "%" SCNxPTR "-%" SCNxPTR " %*s %*s %*s %*s %511[^\n]";
        if (sscanf(line, format, &start, &end, path) < 2)
            continue;
        if (program[0] == '\0')
            snprintf(program, sizeof program, "%s", path);
        bool for_us = path[0] != '[' || strcmp(path, "[heap]") == 0 || strcmp(path, "[stack]") == 0;
        if (for_us && start <= UINTPTR_MAX / 2) /* the upper half belongs to the system */
            add_area(map, kind_of(map, start, path, program), start, end);
    }
    fclose(maps);
    return map->area_count > 0;
}

/* One more # each time BYTES doubles. */
static void draw_size(uintptr_t bytes)
{
    for (uintptr_t left = bytes / (4 * KIB); left > 0; left /= 2)
        putchar('#');
}

static void draw_area(const struct map *map, const struct area *area)
{
    char size[32];
    printf("   %12" PRIxPTR " |%-9s%9s  ", area->start, area->kind, size_text(size, area->bytes));
    draw_size(area->bytes);
    putchar('\n');
    for (int i = 0; i < map->mark_count; i++) {
        uintptr_t address = map->marks[i].address;
        if (area->start <= address && address < area->end)
            printf("                |   %12" PRIxPTR "  %s\n", address, map->marks[i].name);
    }
}

static void show_map(struct map *map)
{
    char size[32];
    printf("\n2. The memory of this process, highest address first. A bar grows by one #\n"
           "   each time the size of the area doubles.\n\n");
    if (!read_map(map)) {
        puts("   (not available on this system: there is no /proc/self/maps)");
        return;
    }
    uintptr_t below = map->areas[map->area_count - 1].end;
    for (int i = map->area_count - 1; i >= 0; i--) {
        const struct area *area = &map->areas[i];
        if (area->end < below)
            printf("                :  %s of nothing\n", size_text(size, below - area->end));
        if (strcmp(area->kind, "heap") == 0)
            printf("   %12" PRIxPTR " +-- the program break\n", program_break());
        draw_area(map, area);
        below = area->start;
    }
}

/* --- 3. Pages that are in memory, and pages that are not --- */

enum { PAGES = 64 };

static void draw_pages(unsigned char *start, const char *when)
{
    unsigned char in_memory[PAGES];
    size_t count = 0;
    if (mincore(start, PAGES * page_size(), in_memory) != 0)
        give_up("mincore");
    printf("   ");
    for (size_t i = 0; i < PAGES; i++) {
        bool present = (in_memory[i] & 1) != 0;
        count += present;
        putchar(present ? '#' : '.');
    }
    printf("  %2zu of %d\n   ^ %s\n\n", count, PAGES, when);
}

static void show_pages(unsigned char *start)
{
    static const size_t used[] = {0, 1, 2, 31, 60};
    size_t zeros = 0, bytes = PAGES * page_size();
    printf("\n3. A mapping of %d pages of %zu bytes. # is a page in memory; . is a page that\n"
           "   has an address, and nothing else.\n\n",
           PAGES, page_size());
    draw_pages(start, "fresh from mmap: nothing has been used yet");
    for (size_t i = 0; i < sizeof used / sizeof *used; i++)
        start[used[i] * page_size()] = 1;
    draw_pages(start, "one byte written in each of five pages");
    for (size_t i = 0; i < bytes; i++)
        zeros += start[i] == 0;
    printf("   All bytes read: %zu of them are 1, and %zu are 0.\n", bytes - zeros, zeros);
}

/* --- 4. Reading past the end of a block --- */

enum { BLOCK_BYTES = 100 };

/* Lets a child read the byte at ADDRESS. False if the system stopped it. */
static bool can_be_read(const volatile char *address)
{
    int status = 0;
    fflush(stdout); /* otherwise the child would print the buffered output again */
    pid_t child = fork();
    if (child < 0)
        give_up("fork");
    if (child == 0) {
        char byte = *address;
        (void)byte;
        _exit(EXIT_SUCCESS);
    }
    if (waitpid(child, &status, 0) != child)
        give_up("waitpid");
    return WIFEXITED(status);
}

static void try_to_read(const char *start, size_t offset, const char *what)
{
    const char *result = can_be_read(start + offset) ? "no fault" : "segmentation fault";
    printf("   block[%4zu]  %-38s %s\n", offset, what, result);
}

/* Draws the page of the block at START, which is the last page before the break. */
static void draw_last_page(const char *start, size_t to_page_end)
{
    enum { WIDTH = 64 };
    size_t scale = page_size() / WIDTH;
    printf("\n   ");
    for (size_t byte = 0; byte < to_page_end; byte += scale)
        putchar(byte < BLOCK_BYTES ? '#' : '.');
    printf("XXXXXXXX\n   ^ %" PRIxPTR ": one sign for %zu bytes.", (uintptr_t)start, scale);
    puts(" # block  . same page  X next page");
}

/* Makes a block at the start of a page. The break is where the block ends. */
static const char *block_at_page(void)
{
    uintptr_t in_page = program_break() % page_size();
    if (in_page > 0 && sbrk((intptr_t)(page_size() - in_page)) == (void *)-1)
        give_up("sbrk");
    void *block = sbrk(BLOCK_BYTES);
    if (block == (void *)-1)
        give_up("sbrk");
    return block;
}

static void show_overrun(const char *block)
{
    size_t to_page_end = page_size() - (uintptr_t)block % page_size();
    printf("\n4. A block of %d bytes from sbrk, with nothing after it. What happens to a\n"
           "   child process that reads too far?\n\n",
           BLOCK_BYTES);
    try_to_read(block, BLOCK_BYTES - 1, "the last byte of the block");
    try_to_read(block, BLOCK_BYTES, "one byte too far");
    try_to_read(block, to_page_end - 1, "the last byte of the page");
    try_to_read(block, to_page_end, "the first byte of the next page");
    draw_last_page(block, to_page_end);
}

/* --- 5. One address in two processes --- */

static void print_value(const char *who, const volatile int *value)
{
    printf("   %-34s *p is %2d, and p is %p\n", who, *value, (const void *)(uintptr_t)value);
    fflush(stdout);
}

static void show_fork(void)
{
    volatile int *p = malloc(sizeof *p);
    if (p == NULL)
        give_up("malloc");
    *p = 7;
    printf("\n5. The same address in two processes:\n\n");
    print_value("parent, before fork:", p);
    pid_t child = fork();
    if (child < 0)
        give_up("fork");
    if (child == 0) {
        print_value("child, at first:", p);
        *p = 42;
        print_value("child, after *p = 42:", p);
        _exit(EXIT_SUCCESS);
    }
    waitpid(child, NULL, 0);
    print_value("parent, when the child has ended:", p);
    puts("\n   One address, and two places in the computer's memory: addresses are virtual.");
    free((void *)(uintptr_t)p);
}

int main(void)
{
    static struct blocks blocks;
    static struct step steps[STEPS];
    static struct map map;
    int local = 0;
    take_steps(steps, &blocks);
    void *small = malloc(SMALL);
    size_t length = PAGES * page_size();
    int access = PROT_READ | PROT_WRITE, flags = MAP_PRIVATE | MAP_ANONYMOUS;
    unsigned char *pages = mmap(NULL, length, access, flags, -1, 0);
    if (small == NULL || pages == MAP_FAILED)
        give_up("demo");
    mark(&map, (uintptr_t)&local, "a local variable of main");
    mark(&map, (uintptr_t)pages, "64 pages from mmap");
    mark(&map, (uintptr_t)blocks.large, "malloc(1048576)");
    mark(&map, (uintptr_t)small, "malloc(200)");
    mark(&map, (uintptr_t)&map, "a global variable");
    mark(&map, (uintptr_t)&page_size, "the code of a function");
    show_steps(steps);
    show_map(&map);
    show_pages(pages);
    show_overrun(block_at_page());
    show_fork();
    free(small);
    free(blocks.large);
    return EXIT_SUCCESS;
}
