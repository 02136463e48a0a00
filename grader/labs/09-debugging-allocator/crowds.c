// SPDX-License-Identifier: MIT
/*
 * crowds.c - tests with many blocks: their number, the memory that the layer needs, and a long run against a model.
 */
#include "support.h"

enum {
    MANY = 5000,
    VERY_MANY = 8400,
    VERY_MANY_FREED = 3000,
    AT_ONCE = 150, /* a call's time is for that many: a layer may search among all of its records */
    OWN_BYTES = 65536,
    RECORD_BYTES = 512,
    CALLS = 1500,
    MOST_BLOCKS = 64,
    MOST_FREED = 2048,
    LARGE = 3 << 20
};

/* Of the long run: what the layer should know. The blocks in use, oldest first, and those that were freed. */
static struct block used[MOST_BLOCKS], freed[MOST_FREED];
static size_t used_count, freed_count;
static struct dbg_stats wanted;

/*** Thousands of blocks ***/

static void allocate_very_many(void)
{
    for (int made = 0; made < VERY_MANY; made += AT_ONCE)
        expect_size(allocate_many(AT_ONCE, 24, list_c, 1 + made), AT_ONCE, "there may be any number of blocks");
}

/* Frees the oldest of them. */
static void free_very_many(void)
{
    for (int count = 0; count < VERY_MANY_FREED; count += AT_ONCE)
        expect_size(free_some(AT_ONCE, tree_c, 40), AT_ONCE, "all of these blocks should be freed");
}

START_TEST(any_number_of_blocks)
{
    struct block first = allocate_simply(100, 9);
    release(&first, 29);
    allocate_very_many();
    struct dbg_stats stats = stats_now();
    expect_size(stats.blocks, VERY_MANY, "all of these blocks are in use");
    expect_size(stats.bytes, (size_t)VERY_MANY * 24, "all of these blocks are in use");
    leaks_at(30, VERY_MANY);
    struct block last = {0};
    const struct dbg_report *report = report_at(VERY_MANY - 1);
    last.payload = (char *)(uintptr_t)report->block;
    expect_int(report->allocated.line, VERY_MANY, "the report of the youngest block should be the last one");
    free_very_many();
    free_at(last.payload, 40);
    expect_no_report("all of these blocks were in use");
    expect_size(stats_now().blocks, VERY_MANY - VERY_MANY_FREED - 1, "the others are still in use");
    free_at(last.payload, 41);
    expect_report(DBG_DOUBLE_FREE, last.payload, NULL, ONLY_KIND, "the youngest block was freed before");
    free_at(first.payload, 42);
    expect_report(DBG_DOUBLE_FREE, first.payload, &first, ALLOCATED | FREED, "a was freed before all others were made");
}
END_TEST

/* Allocates blocks of 8 bytes until there are COUNT, where there are BEFORE. Returns what their payloads and guards
 * need. */
static size_t allocate_bounded(size_t before, size_t count)
{
    size_t got = allocate_many(count - before, 8, list_c, 1 + (int)before);
    expect_size(got, count - before, "there may be any number of blocks");
    size_t payloads = count * (8 + 2 * DBG_GUARD_BYTES);
    size_t most = payloads + OWN_BYTES + count * RECORD_BYTES;
    expect(heap_live_bytes() <= most, "%zu blocks should not cost %zu bytes of memory", count, heap_live_bytes());
    return payloads;
}

/* More memory than is needed shows just after it was asked for, whenever that is. */
START_TEST(memory_is_bounded)
{
    size_t count = 0, payloads = 0;
    for (size_t next = 20; count < MANY / 2; next = count + count / 8) {
        payloads = allocate_bounded(count, next);
        count = next;
    }
    size_t most = payloads + OWN_BYTES + count * RECORD_BYTES;
    free_many(tree_c, 40);
    expect(heap_live_bytes() <= most - payloads, "freed blocks should not cost %zu bytes of memory", heap_live_bytes());
}
END_TEST

START_TEST(memory_does_not_grow_with_time)
{
    tell("/* from here on lib_malloc takes the first place that fits */");
    lib_reuse();
    size_t addresses = come_and_go_in_sizes(MANY, 40, list_c, 1);
    expect(addresses > 0, "all of these blocks should be allocated");
    expect(lib_bytes() <= OWN_BYTES + addresses * RECORD_BYTES,
           "a block came and went %d times, at %zu different addresses: that should not cost %zu bytes", MANY,
           addresses, lib_bytes());
    struct dbg_stats stats = stats_now();
    expect_size(stats.blocks, 0, "all of these blocks were freed");
    expect_size(stats.total_blocks, MANY, "total_blocks should count all of these blocks");
}
END_TEST

/* TIMES times, a block of LARGE bytes comes and goes at LINE. Returns the sum of their bytes. */
static size_t request_large(size_t times, int line)
{
    story_quiet();
    for (size_t i = 0; i < times; i++) /* a layer may fill its blocks, and each call has little time */
        expect(come_and_go_at(1, LARGE, list_c, line) == 1, "there should be memory for a block of 3 MiB");
    story_aloud();
    tell("/* %zu times: a block of 3 MiB is allocated in line %d, and freed */", times, line);
    return times * LARGE;
}

START_TEST(totals_exceed_32_bits)
{
    struct dbg_hitter *list = put(NULL, DBG_COUNTERS * sizeof *list, "list", "struct dbg_hitter list[DBG_COUNTERS];");
    lib_reuse();
    size_t sum = request_large(1400, 10);
    expect_size(stats_now().total_bytes, sum, "total_bytes should count all of these bytes");
    expect_size(stats_now().bytes, 0, "all of these blocks were freed");
    expect_size(dbg_hitters(list), 1, "all bytes were requested in one line");
    expect(list->bytes >= sum - sum / 20 && list->bytes <= sum + sum / 20,
           "line 10 has requested all %zu bytes, and not %zu", sum, list->bytes);
    sum += request_large(40, 12);
    expect_size(dbg_hitters(list), 1, "line 12 has requested less than a twentieth of all bytes");
    sum += request_large(170, 11);
    expect_size(dbg_hitters(list), 2, "line 11 has requested more than a tenth of all bytes");
    expect_int(list[0].place.line, 10, "line 10 has requested most: it should come first");
    expect_size(stats_now().total_bytes, sum, "total_bytes should count all of these bytes");
}
END_TEST

/*** A long run ***/

enum step_kind { STEP_MALLOC, STEP_FREE, STEP_REALLOC, STEP_FREE_AGAIN, STEP_FREE_INSIDE, STEP_DAMAGE, STEP_COUNT };

static void make_step(struct step *step, size_t index, struct dice *dice)
{
    static const unsigned char often[] = {STEP_MALLOC,  STEP_MALLOC,     STEP_MALLOC,      STEP_FREE,   STEP_FREE,
                                          STEP_REALLOC, STEP_FREE_AGAIN, STEP_FREE_INSIDE, STEP_DAMAGE, STEP_COUNT};
    (void)index;
    *step = (struct step){.kind = often[roll(dice, sizeof often)], .number = roll(dice, 1 << 20)};
}

/* BLOCK comes into use: whatever was freed at its address is forgotten. */
static void model_add(struct block block)
{
    for (size_t i = 0; i < freed_count; i++)
        if (freed[i].payload == block.payload)
            freed[i--] = freed[--freed_count];
    used[used_count++] = block;
    const char *end = block.payload + block.size;
    wanted.lowest = wanted.total_blocks == 0 || block.payload < wanted.lowest ? block.payload : wanted.lowest;
    wanted.highest = wanted.total_blocks == 0 || end > wanted.highest ? end : wanted.highest;
    wanted.blocks++;
    wanted.total_blocks++;
    wanted.bytes += block.size;
    wanted.total_bytes += block.size;
}

static void model_remove(size_t index, struct dbg_place at)
{
    struct block block = used[index];
    block.freed = at;
    memmove(used + index, used + index + 1, (--used_count - index) * sizeof *used);
    wanted.blocks--;
    wanted.bytes -= block.size;
    if (freed_count < MOST_FREED)
        freed[freed_count++] = block;
}

/* The block in use that holds POINTER, or NULL. */
static const struct block *model_around(const char *pointer)
{
    for (size_t i = 0; i < used_count; i++)
        if (pointer >= used[i].payload && pointer < used[i].payload + used[i].size)
            return &used[i];
    return NULL;
}

static size_t some_size(uint64_t number)
{
    return number % 7 == 0 ? number % 2000 : number % 90;
}

static void run_malloc(uint64_t number, int line)
{
    if (used_count == MOST_BLOCKS)
        return;
    struct block block = allocate_simply(some_size(number), line);
    memset(block.payload, line & 0xFF, block.size);
    model_add(block);
}

static void run_realloc(size_t index, uint64_t number, int line)
{
    struct block old = used[index];
    struct block moved = {.size = some_size(number / 3), .allocated = {tree_c, line}};
    at_line(line);
    moved.payload = dbg_realloc(old.payload, moved.size, tree_c, line);
    expect_pointer_set(moved.payload, "dbg_realloc should return a block while there is memory");
    size_t both = old.size < moved.size ? old.size : moved.size;
    expect_fill(moved.payload, (unsigned char)old.allocated.line, both, "the moved block should keep its bytes");
    memset(moved.payload, line & 0xFF, moved.size);
    model_remove(index, (struct dbg_place){tree_c, line});
    model_add(moved);
}

static void run_free(size_t index, int line)
{
    expect_fill(used[index].payload, (unsigned char)used[index].allocated.line, used[index].size,
                "a block in use should keep its bytes");
    free_at(used[index].payload, line);
    model_remove(index, (struct dbg_place){tree_c, line});
}

static void run_free_again(size_t index, int line)
{
    const struct block *old = &freed[index], *around = model_around(old->payload);
    free_at(old->payload, line);
    expect_report(around ? DBG_INTERIOR_FREE : DBG_DOUBLE_FREE, old->payload, around ? around : old,
                  POINTER | AT | BLOCK | ALLOCATED | FREED, "a block that was freed is freed again");
}

static void run_free_inside(const struct block *block, uint64_t number, int line)
{
    if (block->size < 2)
        return;
    char *inside = block->payload + 1 + number % (block->size - 1);
    free_at(inside, line);
    expect_report(DBG_INTERIOR_FREE, inside, block, POINTER | AT | BLOCK | ALLOCATED | FREED,
                  "a pointer into a block is freed");
}

static void run_damage(const struct block *block, uint64_t number, int line)
{
    ptrdiff_t far = (ptrdiff_t)(number / 2 % DBG_GUARD_BYTES);
    ptrdiff_t offset = number % 2 == 0 ? (ptrdiff_t)block->size + far : -1 - far;
    damage(block->payload, offset);
    check_at(line, 1);
    expect_report(number % 2 == 0 ? DBG_OVERRUN : DBG_UNDERRUN, block->payload + offset, block,
                  POINTER | AT | BLOCK | ALLOCATED | FREED, "a byte of a guard has changed");
    damage(block->payload, offset);
}

static void run_count(int line)
{
    expect_same_stats(&wanted, "the calls so far: they add up to other statistics. Any other call");
    leaks_at(line, used_count);
    for (size_t i = 0; i < used_count; i++)
        expect_report(DBG_LEAK, used[i].payload, &used[i], POINTER | AT | BLOCK | ALLOCATED | FREED,
                      "a block is in use");
}

static void perform_step(const struct step *step)
{
    int line = (int)step_number();
    size_t some_used = used_count > 0 ? step->number % used_count : 0;
    if (step->kind == STEP_MALLOC)
        run_malloc(step->number, line);
    else if (step->kind == STEP_COUNT)
        run_count(line);
    else if (step->kind == STEP_FREE_AGAIN && freed_count > 0)
        run_free_again(step->number % freed_count, line);
    else if (step->kind == STEP_FREE && used_count > 0)
        run_free(some_used, line);
    else if (step->kind == STEP_REALLOC && used_count > 0)
        run_realloc(some_used, step->number, line);
    else if (step->kind == STEP_FREE_INSIDE && used_count > 0)
        run_free_inside(&used[some_used], step->number / MOST_BLOCKS, line);
    else if (step->kind == STEP_DAMAGE && used_count > 0)
        run_damage(&used[some_used], step->number / MOST_BLOCKS, line);
    expect_no_report("the program has made no other mistake");
}

START_TEST(long_run_finds_every_mistake)
{
    lib_reuse();
    random_run(CALLS, make_step, perform_step);
}
END_TEST

void add_crowds(struct suite *suite)
{
    suite_add(suite, any_number_of_blocks);
    suite_add(suite, totals_exceed_32_bits);
    suite_add(suite, memory_is_bounded);
    suite_add(suite, memory_does_not_grow_with_time);
    suite_add_random(suite, long_run_finds_every_mistake);
}
