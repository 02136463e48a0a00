// SPDX-License-Identifier: MIT
/*
 * region_tests.c - what storage.h promises of part 1, the regions of a process.
 */
#include "common.h"
#include "storage.h"

#include <stdio.h>

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
 * signed number; the addresses of heap and globals agree in their lower 32 bits; the heap has more than 4 GiB. */
static const struct range unusual[REGIONS] = {[REGION_CODE] = {0xffff800000000000, 0xffff800000200000},
                                              [REGION_CONSTANTS] = {0x10000, 0x20000},
                                              [REGION_GLOBALS] = {0x700300000000, 0x700300200000},
                                              [REGION_HEAP] = {0x700000000000, 0x700100200000},
                                              [REGION_STACK] = {0x100000, 0x110000}};

/* The limits of what a map can say: the code starts at address 0, which is NULL; the constants are a single address;
 * the globals are empty; the heap crosses the middle of the address space; the stack ends with the last address but
 * one. */
static const struct range extreme[REGIONS] = {[REGION_CODE] = {0, 0x1000},
                                              [REGION_CONSTANTS] = {0x80000000, 0x80000001},
                                              [REGION_GLOBALS] = {0x80000010, 0x80000010},
                                              [REGION_HEAP] = {0x7fffffffffff0000, 0x8000000000010000},
                                              [REGION_STACK] = {UINTPTR_MAX - 0xffff, UINTPTR_MAX}};

static const void *pointer_to(uintptr_t address)
{
    return (const void *)address;
}

static void tell_range(const char *field, struct range range)
{
    tell("    .%s = {0x%jx, 0x%jx},", field, (uintmax_t)range.start, (uintmax_t)range.end);
}

static struct memory_map map_of(const struct range ranges[REGIONS])
{
    return (struct memory_map){.code = ranges[REGION_CODE],
                               .constants = ranges[REGION_CONSTANTS],
                               .globals = ranges[REGION_GLOBALS],
                               .heap = ranges[REGION_HEAP],
                               .stack = ranges[REGION_STACK]};
}

static struct memory_map *put_map(const struct range ranges[REGIONS])
{
    const struct memory_map map = map_of(ranges);
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
static void expect_border(const struct memory_map *map, const struct range ranges[REGIONS], uintptr_t address,
                          const char *where, enum region region)
{
    enum region expected = owner(ranges, address);
    enum region found = region_of(map, pointer_to(address));
    if (found == expected)
        return;
    story_aloud();
    tell("region_of(&map, (void *)0x%jx);  /* returned %s */", (uintmax_t)address, region_name(found));
    fail_compare(region_name(expected), region_name(found), "region_of should say %s for 0x%jx, which is %s %s",
                 region_name(expected), (uintmax_t)address, where, part_names[region]);
}

static void expect_borders(const struct memory_map *map, const struct range ranges[REGIONS])
{
    story_quiet();
    for (enum region region = REGION_CODE; region < REGIONS; region++) {
        struct range range = ranges[region];
        expect_border(map, ranges, range.start, "the start of", region);
        expect_border(map, ranges, range.end - 1, "the address just below the end of", region);
        expect_border(map, ranges, range.end, "the end, so the first address after", region);
        expect_border(map, ranges, range.start - 1, "the address just below the start of", region);
    }
    story_aloud();
}

START_TEST(region_borders)
{
    const struct memory_map *map = put_map(usual);
    const struct memory_map before = *map;
    expect_borders(map, usual);
    expect_bytes(map, &before, sizeof before, "region_of should not change the map");
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
    expect_region(map, unusual[REGION_HEAP].start + 0x200000000, REGION_NONE, "between the heap and the globals");
    expect_borders(map, unusual);

    /* The answer follows from what the map says in this call, not from an earlier one. */
    struct memory_map *changed = put_map(usual);
    expect_middle(changed, usual, REGION_STACK);
    expect_middle(changed, usual, REGION_HEAP);
    tell("map = (struct memory_map){ /* as the one before it */ };");
    *changed = map_of(unusual);
    expect_region(changed, middle_of(usual[REGION_HEAP]), REGION_NONE, "which no range of the map holds now");
    expect_middle(changed, unusual, REGION_HEAP);
    expect_middle(changed, unusual, REGION_STACK);
}
END_TEST

START_TEST(region_extremes)
{
    const struct memory_map *map = put_map(extreme);
    expect_region(map, 0, REGION_CODE, "NULL, with which this code begins");
    expect_region(map, extreme[REGION_CONSTANTS].start, REGION_CONSTANTS, "the only address of the constants");
    expect_region(map, extreme[REGION_GLOBALS].start, REGION_NONE, "where the globals would be, but they are empty");
    expect_middle(map, extreme, REGION_HEAP);
    expect_region(map, extreme[REGION_CODE].start + ((uintptr_t)1 << 32), REGION_NONE, "exactly 4 GiB after the code");
    expect_borders(map, extreme);

    static const struct range one[REGIONS] = {[REGION_STACK] = {0x1000, UINTPTR_MAX}};
    map = put_map(one);
    expect_region(map, 0x2000, REGION_STACK, "near the start of a range that is nearly all there is");
    expect_region(map, UINTPTR_MAX - 0x2000, REGION_STACK, "near the end of a range that is nearly all there is");
    expect_middle(map, one, REGION_STACK);
    expect_borders(map, one);

    static const struct range empty_ones[REGIONS] = {[REGION_CODE] = {0x1000, 0x1000},
                                                     [REGION_CONSTANTS] = {0x3000, 0x3000},
                                                     [REGION_GLOBALS] = {0x1000, 0x3000},
                                                     [REGION_HEAP] = {0x1000, 0x1000},
                                                     [REGION_STACK] = {0x3000, 0x5000}};
    map = put_map(empty_ones);
    expect_middle(map, empty_ones, REGION_GLOBALS);
    expect_middle(map, empty_ones, REGION_STACK);
    expect_borders(map, empty_ones);

    static const struct range nothing[REGIONS];
    map = put_map(nothing);
    expect_region(map, 0, REGION_NONE, "NULL, on a map whose ranges are all empty");
    expect_region(map, middle_of(usual[REGION_HEAP]), REGION_NONE, "any address, on a map whose ranges are all empty");
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

void add_region_tests(struct suite *suite)
{
    name_constants();
    suite_add(suite, region_inside);
    suite_add(suite, region_none);
    suite_add(suite, region_borders);
    suite_add(suite, region_other_map);
    suite_add(suite, region_extremes);
}
