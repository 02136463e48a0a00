// SPDX-License-Identifier: MIT
/*
 * cost.c - the subject's side of a cost run (wire/cost.h). Callgrind counts all that this process does;
 * judge/lib/cost.c subtracts the cost of a call that does nothing.
 */
#include "wire/cost.h"
#include "subject/subject.h"

#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>
#undef NVALGRIND /* only here, and only until the page is sealed */
#include <valgrind/valgrind.h>

LASTING bool cost_runs;

/* The only code of a static subject that talks to valgrind, on a page of its own. */
__attribute__((noinline, section(".text.heaplab_seal"), aligned(4096))) static void print_counts(void)
{
    VALGRIND_MONITOR_COMMAND("status internal");
}

/* Comes next, so that nothing else lies on that page. */
__attribute__((noinline, used, section(".text.heaplab_sealed"), aligned(4096))) static void end_of_page(void)
{
}

static void seal(void)
{
    print_counts();
    if (mprotect((void *)(uintptr_t)print_counts, PAGE_BYTES, PROT_READ) != 0)
        _exit(EXIT_FAILURE);
    narrow_system_calls();
}

static uint64_t nothing(const uint64_t *arguments)
{
    (void)arguments;
    return 0;
}

static void send_word(const struct cost_word *word)
{
    if (write(COST_FD, word, sizeof *word) != (ssize_t)sizeof *word)
        _exit(EXIT_FAILURE);
}

static void run(thunk function, const struct cost_order *order)
{
    uint64_t arguments[MOST_WORDS] = {order->argument[0], order->argument[1]};
    struct cost_word word = {.kind = WORD_RETURN, .word = {function(arguments)}};
    wipe();
    send_word(&word);
}

uint64_t cost_request(uint32_t kind, const uint64_t *words, unsigned n, int *error)
{
    struct cost_word word = {.kind = WORD_REQUEST, .request = kind};
    struct cost_answer answer;
    for (unsigned i = 0; i < n && i < MOST_WORDS; i++)
        word.word[i] = words[i];
    send_word(&word);
    if (read(COST_FD, &answer, sizeof answer) != (ssize_t)sizeof answer)
        _exit(EXIT_FAILURE);
    *error = (int)answer.error;
    return answer.answer;
}

void run_for_cost(void)
{
    struct cost_order order;
    cost_runs = true;
    print_counts();
    while (read(COST_FD, &order, sizeof order) == (ssize_t)sizeof order) {
        if (order.kind == ORDER_SEAL)
            seal();
        else if (order.kind == ORDER_IDLE)
            run(nothing, &order);
        else if (order.kind == ORDER_CALL && order.function < thunk_count)
            run(thunks[order.function], &order);
        else
            break;
    }
    _exit(EXIT_SUCCESS);
}
