// SPDX-License-Identifier: MIT
/*
 * batch.c - runs a batch of operations (batch.h). Callgrind counts what happens in heaplab_measured, and nothing else.
 */
#include "wire/batch.h"
#include "subject/subject.h"

#include <string.h>
#include <valgrind/valgrind.h>

enum { LINE_BYTES = 64, TOUCHED_BYTES = 4096 };

bool batch_runs;

/* The one function whose callees are counted; recipe.sh sees to it that no student's function has its name. */
uint64_t heaplab_measured(thunk function, const uint64_t *arguments);

__attribute__((noinline)) uint64_t heaplab_measured(thunk function, const uint64_t *arguments)
{
    uint64_t result = function(arguments);
    __asm__ volatile("" : "+r"(result)); /* the call must not become a jump, which would not be seen to return */
    return result;
}

static uint64_t address_of(uint32_t offset)
{
    return offset == BATCH_NONE ? 0 : HEAP_ADDRESS + offset;
}

static uint32_t offset_of(uint64_t address)
{
    return address == 0 ? BATCH_NONE : (uint32_t)(address - HEAP_ADDRESS);
}

/* What a program does with a new block, as far as caches go: a write to each of its first lines. */
static void touch(uint32_t offset, size_t size)
{
    volatile unsigned char *bytes = (volatile unsigned char *)(uintptr_t)address_of(offset);
    for (size_t i = 0; bytes && i < size && i < TOUCHED_BYTES; i += LINE_BYTES)
        bytes[i] = (unsigned char)i;
}

static uint32_t allocate(const struct batch *batch, uint32_t size)
{
    const uint64_t arguments[MOST_WORDS] = {size};
    return offset_of(heaplab_measured(thunks[batch->allocate], arguments));
}

static void release(const struct batch *batch, uint32_t offset)
{
    const uint64_t arguments[MOST_WORDS] = {address_of(offset)};
    heaplab_measured(thunks[batch->release], arguments);
}

static uint32_t reallocate(const struct batch *batch, uint32_t old, uint32_t size)
{
    const uint64_t arguments[MOST_WORDS] = {address_of(old), size};
    if (batch->reallocate != BATCH_NONE)
        return offset_of(heaplab_measured(thunks[batch->reallocate], arguments));
    uint32_t moved = allocate(batch, size);
    if (old != BATCH_NONE)
        release(batch, old);
    return moved;
}

static uint32_t perform(struct batch *batch, const struct batch_operation *operation)
{
    uint32_t old = operation->id == BATCH_NONE ? BATCH_NONE : batch->block[operation->id];
    uint32_t now = BATCH_NONE;
    if (operation->kind == BATCH_FREE)
        release(batch, old);
    else if (operation->kind == BATCH_ALLOCATE)
        now = allocate(batch, operation->size);
    else
        now = reallocate(batch, old, operation->size);
    touch(now, operation->size);
    if (operation->id != BATCH_NONE)
        batch->block[operation->id] = now;
    return now;
}

static bool is_possible(const struct batch *batch)
{
    return batch->operations <= BATCH_MOST && batch->allocate < thunk_count && batch->release < thunk_count &&
           (batch->reallocate < thunk_count || batch->reallocate == BATCH_NONE);
}

bool run_batch(void)
{
    struct batch *batch = batch_at();
    if (!is_possible(batch))
        return false;
    batch_runs = true;
    for (uint32_t i = 0; i < batch->operations; i++) {
        batch->reply[i] = perform(batch, &batch->operation[i]);
        if ((i + 1) % BATCH_PART == 0)
            VALGRIND_MONITOR_COMMAND("status internal");
    }
    batch_runs = false;
    return true;
}
