// SPDX-License-Identifier: MIT
// 10-orders.c - runs of the demo, and what comes before what in them.
//
// draw: order
// run: lab=10
#include "10-threads.h"

#define main demo_main
#include "demo.c"
#undef main

enum { MOST_TEXT = 32 };

struct step {
    int fibre;
    char text[MOST_TEXT];
};

/* The steps of the run that ended last, from its line: two spaces, a letter, a space, what it did.
 */
static int read_steps(struct step *all)
{
    int n = 0;
    for (const char *at = strstr(line, "  "); at != NULL && n < MOST_STEPS;
         at = strstr(at + 2, "  ")) {
        const char *end = strstr(at + 2, "  ");
        int length = (int)(end != NULL ? end - at : (long)strlen(at)) - 4;
        all[n].fibre = at[2] - 'A';
        snprintf(all[n++].text, MOST_TEXT, "%.*s", length, at + 4);
    }
    return n;
}

static bool ends_with(const char *text, const char *end)
{
    size_t n = strlen(text), m = strlen(end);
    return n >= m && strcmp(text + n - m, end) == 0;
}

/* An unlock and the next lock of the other fibre; with IS_FLAG, the store of the flag and a load
 * that sees it. */
static bool is_pair(const struct step *from, const struct step *to, bool is_flag)
{
    if (from->fibre == to->fibre)
        return false;
    if (is_flag)
        return ends_with(from->text, "flag = 1") && ends_with(to->text, "flag is 1");
    return from->text[0] == '-' && to->text[0] == '+' && strcmp(from->text + 1, to->text + 1) == 0;
}

/* The order in which the fibres of ORDER ("ABBA") make their steps. */
static void draw_run(const char *caption, const char *order, void (*a)(void), void (*b)(void),
                     bool is_flag)
{
    struct step all[MOST_STEPS];
    for (size_t i = 0; i < strlen(order); i++)
        chosen[i] = order[i] - 'A';
    run_order(a, b, (int)strlen(order));
    int n = read_steps(all);
    printf("row %s\n", caption);
    for (int i = 0; i < n; i++)
        printf("step %d %s\n", all[i].fibre, all[i].text);
    for (int i = 0; i < n; i++)
        for (int k = i + 1; k < n; k++)
            if (is_pair(&all[i], &all[k], is_flag))
                printf("arrow %d %d\n", i, k);
    printf("verdict %s\n", has_race ? "a race" : "no race");
}

int main(void)
{
    (void)demo_main;
    draw_run("no lock, and a count is lost", "ABAB", count_once, count_once, false);
    draw_run("no lock, and no count is lost", "AABB", count_once, count_once, false);
    draw_run("a lock, L", "AAAABBBB", count_with_lock, count_with_lock, false);
    draw_run("a flag, stored with release and loaded with acquire", "AABB", send_release,
             receive_acquire, true);
    return 0;
}
