// SPDX-License-Identifier: MIT
/*
 * watch_story.c - the verdict on a watched access, in the student's terms (watch.h).
 */
#include "judge/lib/rights.h"
#include "judge/lib/watch.h"

#include <stdio.h>

enum { TEXT_BYTES = 200 };

static const char *did(const struct look *look)
{
    return look->writes ? "wrote" : "read";
}

/* Where ADDRESS lies, in the heap of mem_sbrk or by the story's names. */
static const char *address_text(uintptr_t address)
{
    enum { HEADER_BYTES = 16 };
    return watch_has_break() ? heap_place((const void *)address, HEADER_BYTES) : name_of((const void *)address);
}

/* "4 bytes written at v + 12": the bytes of the access from ADDRESS on. In static memory. */
static const char *found_text(const struct look *look, uintptr_t address)
{
    static char text[TEXT_BYTES];
    size_t n = (size_t)(look->address + look->bytes - address);
    snprintf(text, sizeof text, "%s %s at %s", bytes_text(n), look->writes ? "written" : "read", address_text(address));
    return text;
}

/* ADDRESS is outside of what starts at START. */
static _Noreturn void tell_outside(const struct look *look, uintptr_t address, uintptr_t start, const char *whose)
{
    char found[TEXT_BYTES];
    size_t n = (size_t)(look->address + look->bytes - address);
    if (address < start)
        snprintf(found, sizeof found, "%s %s %zu before its start", bytes_text(n), look->writes ? "written" : "read",
                 (size_t)(start - address));
    else
        snprintf(found, sizeof found, "%s %s at offset %zu", bytes_text(n), look->writes ? "written" : "read",
                 (size_t)(address - start));
    end_test(STATUS_MISUSED, look->writes ? "writes inside it only" : "reads inside it only", found, "%s %s %s %s",
             story_last_call(), did(look), address < start ? "in front of" : "past the end of", whose);
}

static _Noreturn void tell_input(const struct look *look, uintptr_t address, const struct input *input)
{
    char whose[TEXT_BYTES];
    const char *name = input->name ? input->name : "its argument";
    snprintf(whose, sizeof whose, "%s, which is %s long", name, bytes_text(input->size));
    if (address - (uintptr_t)input->start < input->size)
        end_test(STATUS_MISUSED, "it is only read: the parameter points to const", found_text(look, address),
                 "%s wrote to %s, which belongs to the caller and was given to it to be read", story_last_call(), name);
    tell_outside(look, address, (uintptr_t)input->start, whose);
}

static _Noreturn void tell_block(const struct look *look, uintptr_t address, const struct heap_history *history)
{
    char whose[TEXT_BYTES];
    const struct heap_block *block = &history->block;
    bool own = strcmp(history->maker, story_last_call()) == 0;
    snprintf(whose, sizeof whose, "the block of %s %s%s", bytes_text(block->size), own ? "that it asked for" : "from ",
             own ? "" : history->maker);
    bool inside = address - (uintptr_t)block->start < block->size;
    if (inside && !block->live)
        end_test(STATUS_MISUSED, "no use of a block after its free", found_text(look, address),
                 "%s %s %s after that had been freed, in %s", story_last_call(), did(look), whose, history->freer);
    tell_outside(look, address, (uintptr_t)block->start, whose);
}

/* The heap of mem_sbrk. */
static _Noreturn void tell_heap(const struct look *look, uintptr_t address)
{
    char end[TEXT_BYTES];
    if (address - HEAP_ADDRESS < break_bytes())
        end_test(STATUS_MISUSED, "a payload in use is the program's", found_text(look, address),
                 "%s %s a payload that is in use: it belongs to the program until it is freed", story_last_call(),
                 look->writes ? "wrote to" : "read");
    snprintf(end, sizeof end, break_bytes() > 0 ? "the heap ends at heap + %zu" : "the heap has %zu bytes",
             break_bytes());
    end_test(STATUS_MISUSED, end, found_text(look, address), "%s %s beyond the end of the heap", story_last_call(),
             did(look));
}

/* What the call's own variables were used for, or what lies around them. */
static _Noreturn void tell_variables(const struct look *look)
{
    char found[TEXT_BYTES];
    int64_t index = (int64_t)look->address;
    if (look->flaw == LOOK_GONE)
        end_test(STATUS_MISUSED, "local variables are used while their function runs", NULL,
                 "%s %s a local variable of a function that had returned already", story_last_call(),
                 look->writes ? "wrote to" : "read");
    if (look->flaw == LOOK_ABOVE)
        end_test(STATUS_MISUSED, look->writes ? "writes to its variables only" : "reads of its variables only", NULL,
                 "%s %s past the end of its local variables", story_last_call(), did(look));
    snprintf(found, sizeof found, "the index %jd", (intmax_t)index);
    if (look->bytes == 0) /* an array whose length the compiler does not know */
        end_test(STATUS_MISUSED, "an index from 0 on, below the array's length", found,
                 "%s used the index %jd of an array that is not that long", story_last_call(), (intmax_t)index);
    end_test(STATUS_MISUSED, index < 0 ? "an index from 0 on" : "an index below the array's length", found,
             "%s used the index %jd of an array of %zu", story_last_call(), (intmax_t)index, (size_t)look->bytes);
}

/* Reports what is wrong with LOOK, whose byte at ADDRESS is the first that is not allowed. */
static _Noreturn void tell_access(const struct look *look, uintptr_t address)
{
    struct input input;
    struct heap_history history;
    unsigned may = watch_page()->may;
    if (look->flaw == LOOK_BRANCH)
        end_test(STATUS_MISUSED, "the address of a function", NULL,
                 "%s called a function by a pointer to an address where no function begins", story_last_call());
    if (look->flaw == LOOK_INDEX || look->flaw == LOOK_GONE || look->flaw == LOOK_ABOVE)
        tell_variables(look);
    in_doubt = (const void *)address;
    if (look->flaw == LOOK_OVERLAP)
        end_test(STATUS_MISUSED, "memory that does not overlap (memmove is for what does)", NULL,
                 "%s had memory copied onto a part of itself", story_last_call());
    if (look->flaw == LOOK_ODD)
        end_test(STATUS_MISUSED, "an address that suits the type", found_text(look, address),
                 "%s %s %s at an address that is no multiple of what their type asks for", story_last_call(), did(look),
                 bytes_text((size_t)look->bytes));
    if (look->flaw == LOOK_COPY)
        end_test(STATUS_MISUSED, "a copy of the payload, and of nothing after it", found_text(look, address),
                 "%s copied past the end of the payload that it was given", story_last_call());
    if (may == 0)
        end_test(STATUS_MISUSED, "arithmetic only", found_text(look, address),
                 "%s %s memory, but its contract says that it is arithmetic only", story_last_call(),
                 look->writes ? "wrote to" : "read");
    if (!look->writes && watch_argument_bytes() > 0)
        end_test(STATUS_MISUSED, "reads its argument and nothing else", found_text(look, address),
                 "%s read memory that its contract does not let it read", story_last_call());
    if (look->writes && !(may & MAY_WRITE))
        end_test(STATUS_MISUSED, "nothing is written", found_text(look, address),
                 "%s wrote to memory, but it may only read, and change nothing even for a moment", story_last_call());
    if (address < HEAP_ADDRESS && input_about((const void *)address, &input))
        tell_input(look, address, &input);
    if (heap_about((const void *)address, &history))
        tell_block(look, address, &history);
    if (watch_has_break())
        tell_heap(look, address);
    end_test(STATUS_MISUSED, "memory of its own, or that it was given", found_text(look, address),
             "%s %s memory that belongs to no one", story_last_call(), look->writes ? "wrote to" : "read");
}

void watch_judge(const struct look *look)
{
    const struct watch_page *page = watch_page();
    unsigned wanted = look->writes ? MAY_WRITE : MAY_READ;
    uintptr_t address = (uintptr_t)look->address;
    bool is_ours = page && arena_holds((const void *)address, 1) && look->bytes > 0;
    if (is_ours && look->flaw == LOOK_NO_RIGHT && !(page->may & wanted))
        tell_access(look, address);
    for (size_t i = 0; is_ours && look->flaw == LOOK_NO_RIGHT && i < look->bytes; i++)
        if (!rights_hold(address + i, wanted))
            tell_access(look, address + i);
    if (page && look->flaw == LOOK_COPY && address >= page->start && address < page->end &&
        look->bytes > page->end - address)
        tell_access(look, (uintptr_t)page->end);
    if (page && (look->flaw == LOOK_ODD || look->flaw == LOOK_OVERLAP) && look->bytes > 0)
        tell_access(look, address);
    if (page && look->flaw == LOOK_BRANCH)
        tell_access(look, address);
    bool is_elsewhere = look->flaw == LOOK_GONE || look->flaw == LOOK_ABOVE;
    if (page && (look->flaw == LOOK_INDEX || (is_elsewhere && !arena_holds((const void *)address, 1))))
        tell_access(look, address);
    end_disturbed();
}
