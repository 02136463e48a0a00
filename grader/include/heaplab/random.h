// SPDX-License-Identifier: MIT
/*
 * heaplab/random.h - random tests: many steps from a seed, and the shortest failing part of them.
 *
 * A random test is a list of steps that is made in advance from a seed, always the same unless another seed is asked
 * for (SEED=), and then done one by one. When a step fails and all other tests pass, the judge drops steps as long as
 * the rest still fails, and tells what is left as a story.
 *
 * Rules: a step must make sense on its own, whatever steps came before it: one that frees "the third block in use" does
 * nothing if there is none. Everything that changes from run to run is in the steps.
 *
 *     static void make(struct step *step, size_t index, struct dice *dice);
 *     static void perform(const struct step *step);
 *
 *     START_TEST(long_run)
 *     {
 *         random_run(2000, make, perform);
 *     }
 *     END_TEST
 *     ...
 *     suite_add_random(suite, long_run);
 */
#ifndef HEAPLAB_RANDOM_H
#define HEAPLAB_RANDOM_H

#include <stddef.h>
#include <stdint.h>

enum { MOST_STEPS = 20000 };

struct step {
    unsigned kind;
    uint64_t number;
};

/* A stream of numbers that follows from the seed alone. */
struct dice;

/* A number from 0 to SIDES - 1; SIDES is at least 1. */
uint64_t roll(struct dice *dice, uint64_t sides);

/* Makes COUNT steps (at most MOST_STEPS) with MAKE, and does them with PERFORM. Quiet, but for the shortened run. */
void random_run(size_t count, void (*make)(struct step *step, size_t index, struct dice *dice),
                void (*perform)(const struct step *step));

/* The number of the step being done, from 1, as it was in the whole list. */
size_t step_number(void);

#endif
