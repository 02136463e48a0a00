// SPDX-License-Identifier: MIT
/* patience.c - how long the judge waits for a subject that only sleeps (patience.h). */
#include "judge/patience.h"

#include <signal.h>
#include <stddef.h>
#include <unistd.h>

enum { USUAL_SECONDS = 60, FACTOR = 4, MOST_IDLE = 3, MOST_LOOKS = 30, LEAST_CALLS = 200 };

/* Shared with the handler of SIGALRM. */
static volatile sig_atomic_t over;
static volatile sig_atomic_t calls;   /* since the last look, up to LEAST_CALLS */
static volatile sig_atomic_t looks;   /* left */
static volatile sig_atomic_t idle;    /* looks in a row that saw no progress */
static volatile sig_atomic_t seconds; /* between two looks */
static const _Atomic uint32_t *volatile clock_ticks;
static volatile uint32_t ticks_seen;

/* Did enough calls come back since the last look, or did the subject's clock tick? */
static bool has_moved(void)
{
    uint32_t now = clock_ticks ? *clock_ticks : 0;
    bool moved = calls >= LEAST_CALLS || now != ticks_seen;
    ticks_seen = now;
    calls = 0;
    return moved;
}

static void on_alarm(int number)
{
    (void)number;
    idle = has_moved() ? 0 : idle + 1;
    if (idle == MOST_IDLE || looks == 0) {
        over = 1;
        return;
    }
    looks--;
    alarm((unsigned)seconds);
}

void patience_start(void)
{
    struct sigaction action = {.sa_handler = on_alarm, .sa_flags = (int)SA_RESTART};
    sigemptyset(&action.sa_mask);
    sigaction(SIGALRM, &action, NULL);
}

void be_patient(unsigned of_subject, const _Atomic uint32_t *ticks)
{
    alarm(0);
    over = 0;
    calls = 0;
    idle = 0;
    looks = MOST_LOOKS;
    clock_ticks = ticks;
    ticks_seen = *ticks;
    seconds = (sig_atomic_t)((USUAL_SECONDS + FACTOR * of_subject) / MOST_IDLE);
    alarm((unsigned)seconds);
}

void patience_end(void)
{
    alarm(0);
    clock_ticks = NULL;
}

void count_call(void)
{
    if (calls < LEAST_CALLS)
        calls++;
}

bool patience_is_over(void)
{
    return over;
}
