// SPDX-License-Identifier: MIT
/*
 * heaplab/random.h - random tests: many steps from a seed, and the shortest failing part of them.
 *
 * A random test is a list of steps. The steps are made in advance from a seed, which is always the same unless another
 * seed is given (SEED=), and are then performed one by one. If a step fails and all other tests pass, the judge drops
 * steps while the remaining ones still fail, and reports those that are left as a story.
 *
 * Rules: a step must make sense on its own, whatever steps came before it: one that frees "the third block in use" does
 * nothing if there is none. Everything that changes from run to run must be in the steps.
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

/* A stream of numbers that depends on the seed alone. */
struct dice;

/* A number from 0 to SIDES - 1; SIDES is at least 1. */
uint64_t roll(struct dice *dice, uint64_t sides);

/* Makes COUNT steps (at most MOST_STEPS) with MAKE, and performs them with PERFORM. Adds nothing to the story, except
 * in the shortened run. */
void random_run(size_t count, void (*make)(struct step *step, size_t index, struct dice *dice),
                void (*perform)(const struct step *step));

/* The number of the current step in the whole list, from 1. */
size_t step_number(void);

#endif
