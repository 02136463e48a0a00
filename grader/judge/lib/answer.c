// SPDX-License-Identifier: MIT
/*
 * answer.c - up-calls: what the student's code asks of its surroundings, and who answers (judge.h).
 */
#include "judge/judge.h"
#include "judge/lib/stores.h"
#include "judge/lib/threads.h"

#include <errno.h>

/* What the test's first request was for. Each test runs in a process of its own, which starts with NEITHER. */
static enum { NEITHER, LIBRARY, BREAK } in_use;

static void *pointer_of(uint64_t word)
{
    return (void *)(uintptr_t)word;
}

/* The C library's heap and the program break share the same memory, and each lab is about one of them. Code that asks
 * for the other one bypasses the lab's contract: it gets nothing. A free alone asks for nothing: the C library calls
 * free(NULL) itself, in strerror. */
static bool granted(uint32_t request)
{
    bool library = request >= REQUEST_MALLOC && request <= REQUEST_ALIGNED;
    bool program_break = request == REQUEST_SBRK;
    bool asks = program_break || (library && request != REQUEST_FREE);
    if (in_use == NEITHER && asks)
        in_use = library ? LIBRARY : BREAK;
    return !(library && in_use == BREAK) && !(program_break && in_use == LIBRARY);
}

static uint64_t answer(uint32_t request, const uint64_t *words)
{
    switch (request) {
    case REQUEST_MALLOC:
        return word_of_pointer(heap_malloc(words[0]));
    case REQUEST_CALLOC:
        return word_of_pointer(heap_calloc(words[0], words[1]));
    case REQUEST_REALLOC:
        return word_of_pointer(heap_realloc(pointer_of(words[0]), words[1]));
    case REQUEST_ALIGNED:
        return word_of_pointer(heap_aligned(words[0], words[1]));
    case REQUEST_FREE:
        heap_free(pointer_of(words[0]));
        return 0;
    case REQUEST_SBRK:
        return word_of_pointer(break_move((intptr_t)words[0]));
    case REQUEST_REPORT:
        report_note((int)words[0], pointer_of(words[1]));
        return 0;
    case REQUEST_SYSTEM:
        return system_ask((uint32_t)words[0], words + 1);
    case REQUEST_SYSTEM_END:
        system_end((int64_t)words[0], (int)words[1]);
        return 0;
    case REQUEST_CELLS:
        return cells_word(words[0]);
    case REQUEST_CELLS_LEFT:
        cells_note_left(words[0]);
        return 0;
    case REQUEST_STEP:
        return threads_answer(words);
    default:
        end_test(STATUS_MISUSED, NULL, NULL, "%s disturbed the way requests are made", story_last_call());
    }
}

uint64_t answer_request(uint32_t request, const uint64_t *words)
{
    if (!granted(request)) {
        errno = ENOMEM;
        return 0;
    }
    stores_take(); /* what the answer changes comes after these */
    uint64_t answered = answer(request, words);
    int error = errno;
    stores_take();
    errno = error;
    return answered;
}
