// SPDX-License-Identifier: MIT
// 01-address-space.c - where this program's own functions and data are, from /proc/self/maps.
//
// draw: regions
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_PLACES = 64, LINE_BYTES = 512 };

struct place {
    const char *name;
    uintptr_t address;
};

static int counter = 1;
static const char table[] = "a constant table";

static struct place places[MOST_PLACES];
static size_t place_count;

static void note(const char *name, uintptr_t address)
{
    places[place_count++] = (struct place){name, address};
}

/* One line of the map: what kind of region it is, by its name and its permissions; "" for those
 * that are left out. */
static const char *kind_of(const char *line, const char *permissions)
{
    if (strstr(line, "[stack]"))
        return "stack";
    if (strstr(line, "[heap]"))
        return "heap";
    if (strstr(line, "libc") && permissions[2] == 'x')
        return "libraries";
    if (!strstr(line, "/program"))
        return "";
    if (permissions[2] == 'x')
        return "code";
    return permissions[1] == 'w' ? "globals" : "constants";
}

struct region {
    const char *kind;
    uintptr_t start, end;
};

static size_t read_map(struct region regions[], size_t most)
{
    FILE *map = fopen("/proc/self/maps", "r");
    char line[LINE_BYTES], permissions[8];
    size_t count = 0;
    unsigned long start, end;
    while (map && count < most && fgets(line, sizeof line, map)) {
        if (sscanf(line, "%lx-%lx %7s", &start, &end, permissions) != 3)
            continue;
        const char *kind = kind_of(line, permissions);
        if (*kind)
            regions[count++] = (struct region){kind, start, end};
    }
    if (map)
        fclose(map);
    return count;
}

static void print_places(const struct region *region)
{
    for (size_t i = 0; i < place_count; i++)
        if (places[i].address >= region->start && places[i].address < region->end)
            printf("in %s\n", places[i].name);
}

/* Regions of one kind that follow each other are drawn as one, with what lies in any of them. */
int main(void)
{
    static struct region regions[MOST_PLACES];
    static const char *const literal = "a string literal";
    char *block = malloc(16);
    int local = 0;
    note("local, a variable of main", (uintptr_t)&local);
    note("block, the pointer (8 bytes)", (uintptr_t)&block);
    note("*block, the 16 bytes from malloc", (uintptr_t)block);
    note("printf", (uintptr_t)&printf);
    note("counter, a global variable", (uintptr_t)&counter);
    note("\"a string literal\"", (uintptr_t)literal);
    note("table, a const array", (uintptr_t)table);
    note("main", (uintptr_t)&main);
    size_t count = read_map(regions, MOST_PLACES);
    const char *last = "";
    for (size_t i = count; i-- > 0;) {
        if (strcmp(regions[i].kind, last) != 0) {
            if (strcmp(last, "stack") == 0 || strcmp(last, "libraries") == 0)
                printf("gap not in use\n");
            printf("region %s -\n", regions[i].kind);
        }
        last = regions[i].kind;
        print_places(&regions[i]);
    }
    free(block);
    return 0;
}
