// SPDX-License-Identifier: MIT
/* patience.c - how long the judge waits for a subject that only sleeps (patience.h). */
#include "judge/patience.h"

#include <signal.h>
#include <unistd.h>

enum { USUAL_SECONDS = 30, FACTOR = 4, MOST_RENEWALS = 10, LEAST_CALLS = 200 /* between two of them */ };

/* Shared with the handler of SIGALRM. */
static volatile sig_atomic_t over;
static volatile sig_atomic_t calls;    /* since the last renewal, up to LEAST_CALLS */
static volatile sig_atomic_t renewals; /* left */
static volatile sig_atomic_t seconds;

static void on_alarm(int number)
{
    (void)number;
    if (calls < LEAST_CALLS || renewals == 0) {
        over = 1;
        return;
    }
    renewals--;
    calls = 0;
    alarm((unsigned)seconds);
}

void patience_start(void)
{
    struct sigaction action = {.sa_handler = on_alarm, .sa_flags = (int)SA_RESTART};
    sigemptyset(&action.sa_mask);
    sigaction(SIGALRM, &action, NULL);
}

void be_patient(unsigned of_subject)
{
    over = 0;
    calls = 0;
    renewals = MOST_RENEWALS;
    seconds = (sig_atomic_t)(USUAL_SECONDS + FACTOR * of_subject);
    alarm((unsigned)seconds);
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
