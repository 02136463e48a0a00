// SPDX-License-Identifier: MIT
/*
 * ledger.c - sums up the judge's log of system calls (ledger.h).
 *
 * A student may move the break with sbrk or with brk. The log says where brk moved it to, but not from where, so
 * ledger_read follows the break from call to call. It leaves out refused calls, which changed nothing.
 */
#include "ledger.h"

#include "heaplab/test.h"

#include <sys/mman.h>
#include <unistd.h>

static uintptr_t break_at_start;

static uintptr_t rounded_up(uintptr_t bytes)
{
    uintptr_t page = (uintptr_t)sysconf(_SC_PAGESIZE);
    return (bytes + page - 1) / page * page;
}

void ledger_open(void)
{
    system_forget();
    break_at_start = (uintptr_t)subject_break();
}

/*** The break ***/

static void note_break(struct ledger *ledger, uintptr_t *now, uintptr_t moved_to)
{
    if (moved_to > *now)
        ledger->raises++;
    *now = moved_to;
}

/*** Mappings ***/

static void add_mapping(struct ledger *ledger, struct mapping mapping)
{
    if (mapping.start < mapping.end && ledger->mapping_count < MOST_MAPPINGS)
        ledger->mappings[ledger->mapping_count++] = mapping;
}

static void note_mmap(struct ledger *ledger, const struct system_call *call)
{
    uintptr_t start = (uintptr_t)call->result;
    ledger->mmaps++;
    add_mapping(ledger, (struct mapping){.start = start,
                                         .end = start + rounded_up(call->arguments[1]),
                                         .protection = (int)call->arguments[2],
                                         .flags = (int)call->arguments[3]});
}

/* Keeps of each mapping what lies outside the ended pages: nothing, one piece, or two. */
static void note_munmap(struct ledger *ledger, const struct system_call *call)
{
    uintptr_t start = call->arguments[0], end = start + rounded_up(call->arguments[1]);
    struct ledger before = *ledger;
    ledger->mapping_count = 0;
    for (size_t i = 0; i < before.mapping_count; i++) {
        struct mapping below = before.mappings[i], above = before.mappings[i];
        if (below.end > start)
            below.end = start;
        if (above.start < end)
            above.start = end;
        add_mapping(ledger, below);
        add_mapping(ledger, above);
    }
}

const struct mapping *ledger_find(const struct ledger *ledger, const void *address)
{
    uintptr_t place = (uintptr_t)address;
    for (size_t i = 0; i < ledger->mapping_count; i++)
        if (ledger->mappings[i].start <= place && place < ledger->mappings[i].end)
            return &ledger->mappings[i];
    return NULL;
}

static const char *sharing_name(int flags)
{
    switch (flags & MAP_TYPE) {
    case MAP_PRIVATE:
        return "MAP_PRIVATE";
    case MAP_SHARED:
        return "MAP_SHARED";
    default:
        return "another kind of mapping";
    }
}

void expect_kind(const struct mapping *mapping, int sharing, const char *sentence)
{
    if ((mapping->flags & MAP_TYPE) != sharing)
        fail_compare(sharing_name(sharing), sharing_name(mapping->flags), "%s", sentence);
    expect((mapping->flags & MAP_ANONYMOUS) != 0, "the mapping should be anonymous: it needs no file");
    expect((mapping->protection & (PROT_READ | PROT_WRITE)) == (PROT_READ | PROT_WRITE),
           "the mapping should be readable and writable");
}

/*** Children ***/

static void note_fork(struct ledger *ledger, int64_t child)
{
    ledger->forks++;
    if (ledger->child_count < MOST_CHILDREN)
        ledger->children[ledger->child_count++] = child;
}

static void note_wait(struct ledger *ledger, int64_t child)
{
    for (size_t i = 0; i < ledger->child_count; i++)
        if (ledger->children[i] == child) {
            ledger->children[i] = ledger->children[--ledger->child_count];
            return;
        }
}

/*** The log ***/

static void note_call(struct ledger *ledger, uintptr_t *now, const struct system_call *call)
{
    switch (call->kind) {
    case SYSTEM_SBRK:
        note_break(ledger, now, (uintptr_t)call->result + call->arguments[0]);
        break;
    case SYSTEM_BRK:
        note_break(ledger, now, call->arguments[0]);
        break;
    case SYSTEM_MMAP:
        note_mmap(ledger, call);
        break;
    case SYSTEM_MUNMAP:
        note_munmap(ledger, call);
        break;
    case SYSTEM_FORK:
        note_fork(ledger, call->result);
        break;
    case SYSTEM_WAIT:
        note_wait(ledger, call->result);
        break;
    }
}

void ledger_read(struct ledger *ledger)
{
    uintptr_t now = break_at_start;
    struct system_call call;
    *ledger = (struct ledger){0};
    for (size_t i = 0; i < system_calls() && system_call_at(i, &call); i++)
        if (call.result != -1)
            note_call(ledger, &now, &call);
}
