// SPDX-License-Identifier: MIT
/*
 * demo.c - lab 01: where this very program keeps its code and its data. Run it with `make demo`.
 *
 * Answer predictions.txt first. Then run it several times: which addresses change, and which
 * distances stay the same?
 *
 *   1. The map of this process, from /proc/self/maps, with some functions and variables in place.
 *   2. Three nested calls: the stack grows down.
 *   3. Two calls, one after the other: the second reuses the place of the first one's frame.
 *   4. Three heap blocks: each stays where it is until it is freed.
 *
 * All addresses are numbers (uintptr_t): the program prints and compares them, but never follows
 * them. So it can still name a place after the variable there has ended.
 */
#include <inttypes.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* If the compiler inlined a function, there would be no frame to look at. */
#define OWN_FRAME __attribute__((noinline))

#define KIB ((uintptr_t)1024)

/* ---- Landmarks: functions, variables and blocks of this program whose addresses we know ---- */

enum { MOST_LANDMARKS = 24 };

struct landmark {
    uintptr_t address;
    const char *name;
};

struct landmarks {
    struct landmark all[MOST_LANDMARKS];
    int count;
};

static void mark(struct landmarks *landmarks, uintptr_t address, const char *name)
{
    if (landmarks->count < MOST_LANDMARKS)
        landmarks->all[landmarks->count++] = (struct landmark){address, name};
}

static int highest_first(const void *left, const void *right)
{
    const struct landmark *a = left, *b = right;
    return (a->address < b->address) - (a->address > b->address);
}

static void sort(struct landmarks *landmarks)
{
    qsort(landmarks->all, (size_t)landmarks->count, sizeof landmarks->all[0], highest_first);
}

/* ---- Mappings: ranges of memory that the operating system has given to this process ---- */

enum { MOST_MAPPINGS = 64, LINE_BYTES = 512 };

struct mapping {
    uintptr_t start;
    uintptr_t end; /* the first address after it */
    const char *kind;
};

struct memory {
    int count;
    struct mapping all[MOST_MAPPINGS]; /* lowest address first; those of one kind are merged */
};

static bool holds(const struct mapping *mapping, uintptr_t address)
{
    return mapping->start <= address && address < mapping->end;
}

static const char *kind_by_permissions(const char *permissions)
{
    if (strchr(permissions, 'x') != NULL)
        return "code";
    return strchr(permissions, 'w') != NULL ? "globals" : "constants";
}

/* PATH is the file that a mapping was loaded from, if any; PROGRAM is this program's own file. */
static const char *kind_of(const char *permissions, const char *path, const char *program)
{
    if (strcmp(path, "[heap]") == 0)
        return "heap";
    if (strcmp(path, "[stack]") == 0)
        return "stack";
    return strcmp(path, program) == 0 ? kind_by_permissions(permissions) : "libraries";
}

/* Libraries come in dozens of mappings, which don't matter here: they are drawn as one. */
static bool belong_together(const struct mapping *last, uintptr_t start, const char *kind)
{
    return strcmp(last->kind, kind) == 0 && (last->end == start || strcmp(kind, "libraries") == 0);
}

static void add_mapping(struct memory *memory, uintptr_t start, uintptr_t end, const char *kind)
{
    struct mapping *last = memory->count > 0 ? &memory->all[memory->count - 1] : NULL;
    if (last != NULL && belong_together(last, start, kind))
        last->end = end;
    else if (memory->count < MOST_MAPPINGS)
        memory->all[memory->count++] = (struct mapping){start, end, kind};
}

/* Reads "START-END PERMISSIONS OFFSET DEVICE INODE PATH", in hexadecimal. PATH may be missing. */
static void read_mapping(struct memory *memory, const char *line, char program[LINE_BYTES])
{
    uintptr_t start = 0, end = 0;
    char permissions[8] = "", path[LINE_BYTES] = "";
    static const char format[] = "%" SCNxPTR "-%" SCNxPTR " %7s %*s %*s %*s %511[^\n]";
    if (sscanf(line, format, &start, &end, permissions, path) < 3)
        return;
    if (memory->count == 0) /* this program's own file is mapped lowest */
        snprintf(program, LINE_BYTES, "%s", path);
    if (start <= UINTPTR_MAX / 2) /* the upper half belongs to the operating system */
        add_mapping(memory, start, end, kind_of(permissions, path, program));
}

static bool read_memory(struct memory *memory)
{
    char line[LINE_BYTES], program[LINE_BYTES] = "";
    FILE *maps = fopen("/proc/self/maps", "r");
    if (maps == NULL)
        return false;
    while (fgets(line, sizeof line, maps) != NULL)
        read_mapping(memory, line, program);
    fclose(maps);
    return memory->count > 0;
}

/* ---- 1. The map ---- */

#define BORDER "+--------------------------+"

/* The height of a range in the drawing: one row more for every factor of 16 in its size. */
static int rows_of(uintptr_t bytes)
{
    int rows = 1;
    for (uintptr_t size = bytes / (4 * KIB); size >= 16; size /= 16)
        rows++;
    return rows;
}

/* "132 KiB" */
static void describe_size(char *text, size_t size, uintptr_t bytes)
{
    static const char *const units[] = {"bytes", "KiB", "MiB", "GiB", "TiB", "PiB"};
    size_t unit = 0, last = sizeof units / sizeof units[0] - 1;
    uintptr_t amount = bytes;
    for (; amount >= 10 * KIB && unit < last; amount /= KIB)
        unit++;
    if (unit == 0 && amount >= KIB) {
        amount /= KIB;
        unit = 1;
    }
    snprintf(text, size, "%" PRIuPTR " %s", amount, units[unit]);
}

static void draw_gap(uintptr_t bytes)
{
    char size[32];
    describe_size(size, sizeof size, bytes);
    int rows = rows_of(bytes);
    for (int row = 0; row < rows; row++) {
        if (row == rows / 2)
            printf("               :       %10s of nothing\n", size);
        else
            printf("               :\n");
    }
}

/* The first landmark of OF, from index *I on, that lies in IN; NULL if there is none. */
static const struct landmark *next_in(const struct mapping *in, const struct landmarks *of, int *i)
{
    while (*i < of->count) {
        const struct landmark *landmark = &of->all[(*i)++];
        if (holds(in, landmark->address))
            return landmark;
    }
    return NULL;
}

static void draw_box(const struct mapping *mapping, const struct landmarks *landmarks)
{
    char size[32];
    int next = 0;
    describe_size(size, sizeof size, mapping->end - mapping->start);
    const struct landmark *landmark = next_in(mapping, landmarks, &next);
    for (int row = 0; row < rows_of(mapping->end - mapping->start) || landmark != NULL; row++) {
        bool first = row == 0;
        printf("               | %-10s %13s |", first ? mapping->kind : "", first ? size : "");
        if (landmark != NULL) {
            printf(" %12" PRIxPTR " %s", landmark->address, landmark->name);
            landmark = next_in(mapping, landmarks, &next);
        }
        putchar('\n');
    }
}

static void draw_memory(const struct memory *memory, const struct landmarks *landmarks)
{
    uintptr_t below = memory->all[memory->count - 1].end;
    for (int i = memory->count - 1; i >= 0; i--) {
        const struct mapping *mapping = &memory->all[i];
        if (mapping->end < below)
            draw_gap(below - mapping->end);
        if (mapping->end < below || i == memory->count - 1)
            printf("  %12" PRIxPTR " " BORDER "\n", mapping->end);
        draw_box(mapping, landmarks);
        printf("  %12" PRIxPTR " " BORDER "\n", mapping->start);
        below = mapping->start;
    }
}

static OWN_FRAME void show_map(struct landmarks *landmarks)
{
    struct memory memory = {.count = 0};
    puts("1. The memory of this process, highest address first.\n"
         "   A box or a gap that is 16 times larger is drawn one row taller.\n");
    sort(landmarks);
    if (read_memory(&memory))
        draw_memory(&memory, landmarks);
    else
        puts("   (this system does not show it: there is no /proc/self/maps)");
}

/* ---- 2. Three nested calls ---- */

enum { FRAMES = 3, CELL_BYTES = 8, WIDEST = 44 };

static const char *const frame_names[FRAMES] = {"outer", "middle", "inner"};

/* The number of bytes between addresses LEFT and RIGHT, whichever is lower. */
static uintptr_t distance(uintptr_t left, uintptr_t right)
{
    return left < right ? right - left : left - right;
}

static OWN_FRAME void show_frames(const uintptr_t locals[FRAMES])
{
    printf("\n2. outer calls middle, middle calls inner: where is the local variable of each?\n"
           "   One # is %d bytes. (middle also has an array, so its frame is larger.)\n\n",
           CELL_BYTES);
    for (int i = 0; i < FRAMES; i++) {
        uintptr_t below = distance(locals[0], locals[i]);
        printf("   %-7s %12" PRIxPTR " %4" PRIuPTR " %s |", frame_names[i], locals[i], below,
               locals[i] <= locals[0] ? "lower" : "higher");
        for (uintptr_t cell = 0; cell < below / CELL_BYTES && cell < WIDEST; cell++)
            putchar('#');
        putchar('\n');
    }
    if (locals[0] > locals[1] && locals[1] > locals[2])
        puts("\n   Each frame lies below its caller's: the stack grows down.");
}

/* All three frames are alive while inner draws them. */
static OWN_FRAME void inner(struct landmarks *landmarks, uintptr_t locals[FRAMES])
{
    volatile int local = 3;
    locals[2] = (uintptr_t)&local;
    mark(landmarks, locals[2], "local of inner");
    show_map(landmarks);
    show_frames(locals);
}

static OWN_FRAME void middle(struct landmarks *landmarks, uintptr_t locals[FRAMES])
{
    volatile int local = 2;
    volatile char array[128];
    array[0] = 0;
    locals[1] = (uintptr_t)&local;
    mark(landmarks, locals[1], "local of middle");
    mark(landmarks, (uintptr_t)array, "array of middle");
    inner(landmarks, locals);
    local = array[0]; /* used here, so the frame has to last until inner returns */
}

static OWN_FRAME void outer(struct landmarks *landmarks)
{
    volatile int local = 1;
    uintptr_t locals[FRAMES] = {(uintptr_t)&local};
    mark(landmarks, locals[0], "local of outer");
    middle(landmarks, locals);
    local = 0;
}

/* ---- 3. Two calls, one after the other ---- */

/* Records where its local variable is. The variable ends with the call; the number stays. */
static OWN_FRAME void note_local(uintptr_t *place)
{
    volatile int local = 0;
    local++;
    *place = (uintptr_t)&local;
}

static OWN_FRAME uintptr_t place_of_static(void)
{
    static volatile int count;
    count++;
    return (uintptr_t)&count;
}

static void show_reuse(void)
{
    uintptr_t first, second;
    note_local(&first);
    note_local(&second);
    puts("\n3. The same function called twice, one call after the other:\n");
    printf("   first call,  local variable   %12" PRIxPTR "\n", first);
    printf("   second call, local variable   %12" PRIxPTR "  %s\n", second,
           first == second ? "the same bytes, used again" : "elsewhere");
    printf("   first call,  static variable  %12" PRIxPTR "\n", place_of_static());
    uintptr_t again = place_of_static();
    printf("   second call, static variable  %12" PRIxPTR "  there is only one\n", again);
    puts("\n   A pointer to the first local variable would now point to another call's variable.");
}

/* ---- 4. Heap blocks ---- */

enum { BLOCKS = 3, MOST_CELLS = 64 };

static const size_t sizes[BLOCKS] = {24, 100, 40};

static char letter_at(const uintptr_t starts[BLOCKS], uintptr_t address)
{
    for (int i = 0; i < BLOCKS; i++) {
        if (starts[i] <= address && address < starts[i] + sizes[i])
            return (char)('a' + i);
    }
    return '.';
}

static void draw_blocks(const uintptr_t starts[BLOCKS])
{
    uintptr_t lowest = starts[0], end = starts[0];
    for (int i = 0; i < BLOCKS; i++) {
        lowest = starts[i] < lowest ? starts[i] : lowest;
        end = starts[i] + sizes[i] > end ? starts[i] + sizes[i] : end;
    }
    if ((end - lowest) / CELL_BYTES >= MOST_CELLS) {
        puts("\n   (too far apart to be drawn)");
        return;
    }
    printf("\n   %" PRIxPTR " |", lowest);
    for (uintptr_t address = lowest; address < end; address += CELL_BYTES)
        putchar(letter_at(starts, address));
    puts("|");
}

static OWN_FRAME void show_blocks(const uintptr_t starts[BLOCKS])
{
    printf("\n4. Three blocks from malloc. One letter is %d bytes. A dot belongs to no block:\n"
           "   malloc keeps its own data there, or has rounded a size up.\n\n",
           CELL_BYTES);
    for (int i = 0; i < BLOCKS; i++) {
        const char *space = sizes[i] < 100 ? " " : "";
        printf("   %c = malloc(%zu)%s  %12" PRIxPTR "\n", 'a' + i, sizes[i], space, starts[i]);
    }
    draw_blocks(starts);
}

static void show_recycling(uintptr_t freed)
{
    void *block = malloc(sizes[1]);
    uintptr_t found = (uintptr_t)block;
    printf("\n   free(b), then malloc(%zu) again  %12" PRIxPTR "  %s\n", sizes[1], found,
           found == freed ? "the same bytes, used again" : "elsewhere");
    puts("   A copy of the old pointer b would now point into another block.");
    free(block);
}

/* ---- All of it ---- */

static int initialised_global = 7;
static int zeroed_global;
static const int constant = 42;

static void mark_what_lasts(struct landmarks *landmarks)
{
    mark(landmarks, (uintptr_t)mark_what_lasts, "code of a function");
    mark(landmarks, (uintptr_t)outer, "code of outer");
    mark(landmarks, (uintptr_t)&constant, "a const int");
    mark(landmarks, (uintptr_t)frame_names[0], "\"outer\", a literal");
    mark(landmarks, (uintptr_t)&initialised_global, "a global, 7 at first");
    mark(landmarks, (uintptr_t)&zeroed_global, "a global, 0 at first");
    mark(landmarks, place_of_static(), "a static variable");
}

int main(void)
{
    struct landmarks landmarks = {.count = 0};
    void *a = malloc(sizes[0]), *b = malloc(sizes[1]), *c = malloc(sizes[2]);
    const uintptr_t starts[BLOCKS] = {(uintptr_t)a, (uintptr_t)b, (uintptr_t)c};
    if (a == NULL || b == NULL || c == NULL) {
        perror("demo");
        return EXIT_FAILURE; /* the system frees the blocks with the process */
    }
    mark_what_lasts(&landmarks);
    mark(&landmarks, (uintptr_t)&b, "b, a pointer in main");
    mark(&landmarks, starts[0], "block a");
    mark(&landmarks, starts[1], "block b, from malloc");
    mark(&landmarks, starts[2], "block c");
    outer(&landmarks);
    show_reuse();
    show_blocks(starts);
    free(b);
    show_recycling(starts[1]);
    free(c);
    free(a);
    return EXIT_SUCCESS;
}
