// SPDX-License-Identifier: MIT
/*
 * steps.c - makes and performs the steps of a random test (heaplab/random.h).
 */
#include "judge/lib/steps.h"
#include "judge/judge.h"

struct steps *steps;

/* The generator is Steele, Lea and Flood's SplitMix64 ("Fast splittable pseudorandom number generators", 2014). */
struct dice {
    uint64_t state;
};

uint64_t roll(struct dice *dice, uint64_t sides)
{
    uint64_t z = dice->state += 0x9e3779b97f4a7c15U;
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9U;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebU;
    return (z ^ (z >> 31)) % sides;
}

static void make_all(size_t count, void (*make)(struct step *step, size_t index, struct dice *dice))
{
    struct dice dice = {.state = steps->seed};
    if (count > MOST_STEPS)
        fault("a random test may have %d steps, not %zu", MOST_STEPS, count);
    for (size_t i = 0; i < count; i++) {
        make(&steps->list[i].step, i, &dice);
        steps->list[i].number = (unsigned)i + 1;
    }
    steps->made = steps->kept = (unsigned)count;
}

size_t step_number(void)
{
    return steps->list[steps->done - 1].number;
}

void random_run(size_t count, void (*make)(struct step *step, size_t index, struct dice *dice),
                void (*perform)(const struct step *step))
{
    if (!steps)
        fault("a random test is added with suite_add_random");
    if (steps->made == 0)
        make_all(count, make);
    if (steps->aloud)
        tell("/* %u of %u random calls, the fewest found that still fail (seed %ju) */", steps->kept, steps->made,
             (uintmax_t)steps->seed);
    else
        story_quiet();
    for (steps->done = 0; steps->done < steps->kept;) {
        const struct step *step = &steps->list[steps->done].step;
        steps->done++;
        perform(step);
    }
}
