// SPDX-License-Identifier: MIT
/*
 * leaderboard.c - heaplab leaderboard: ranks a class's allocators under the names that the teams chose.
 *
 * The order is by points of the lab, then relative cost, then utilization; results equal in all three share a place.
 * Nothing else in a result is shown: no id, no file name. Names are the teams' own text: cleaned, and escaped in the
 * page.
 */
#include "cli/cli.h"

#include <string.h>

enum { HUNDRED = 100 };

struct entry {
    const char *alias; /* borrowed from the result */
    int points;
    double relative_cost; /* in percent of the baseline's */
    double utilization;
    double instructions;
};

/* Adds one entry for each lab in DOCUMENT that has a contest. */
static void add_entries(GArray *entries, const json_t *document)
{
    size_t i;
    json_t *lab;
    json_array_foreach(json_object_get(document, "labs"), i, lab)
    {
        const json_t *cost = json_object_get(lab, "cost");
        const char *alias = json_string_value(json_object_get(cost, "alias"));
        if (!json_is_number(json_object_get(cost, "utilization")))
            continue;
        struct entry entry = {.alias = alias ? alias : "(no name)",
                              .points = (int)real_at(lab, "score"),
                              .relative_cost = real_at(json_object_get(cost, "relative"), "cost"),
                              .utilization = real_at(cost, "utilization"),
                              .instructions = real_at(cost, "instructions")};
        g_array_append_val(entries, entry);
    }
}

static int sign(double number)
{
    return (number > 0) - (number < 0);
}

static int by_merit(gconstpointer a, gconstpointer b)
{
    const struct entry *x = a;
    const struct entry *y = b;
    int order = sign(y->points - x->points);
    if (order == 0)
        order = sign(x->relative_cost - y->relative_cost);
    return order ? order : sign(y->utilization - x->utilization);
}

/* By merit; ties by name. */
static int in_order(gconstpointer a, gconstpointer b)
{
    int order = by_merit(a, b);
    return order ? order : strcmp(((const struct entry *)a)->alias, ((const struct entry *)b)->alias);
}

/* The place of entry I, from 1: that of the first entry that is equally good. */
static guint rank_of(const GArray *entries, guint i)
{
    while (i > 0 &&
           by_merit(&g_array_index(entries, struct entry, i - 1), &g_array_index(entries, struct entry, i)) == 0)
        i--;
    return i + 1;
}

static char *as_text(const GArray *entries)
{
    GString *text = g_string_new("place  points  utilization  cost  instructions  team\n");
    for (guint i = 0; i < entries->len; i++) {
        const struct entry *entry = &g_array_index(entries, struct entry, i);
        g_autofree char *alias = text_clean(entry->alias, strlen(entry->alias));
        g_strdelimit(alias, "\n\t", ' ');
        g_string_append_printf(text, "%5u  %6d  %9.1f %%  %4.0f  %12.1f  %s\n", rank_of(entries, i), entry->points,
                               HUNDRED * entry->utilization, entry->relative_cost, entry->instructions, alias);
    }
    g_string_append(text,
                    "\nCost is in percent of the baseline's; instructions are per call. Neither depends on a clock.\n");
    return g_string_free(text, FALSE);
}

static const char page_head[] =
    "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
    "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
    "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n"
    "<title>The allocator contest</title>\n<style>\n"
    ":root { color-scheme: light dark; font-family: system-ui, sans-serif; line-height: 1.5 }\n"
    "body { max-width: 48rem; margin: 2rem auto; padding: 0 1rem }\n"
    "table { border-collapse: collapse; width: 100% }\n"
    "th, td { padding: .3rem .6rem; text-align: right; border-bottom: 1px solid #8886; overflow-wrap: anywhere }\n"
    "th:last-child, td:last-child { text-align: left }\n</style>\n</head>\n<body>\n<h1>The allocator contest</h1>\n"
    "<table>\n<thead><tr><th scope=\"col\">Place</th><th scope=\"col\">Points</th><th scope=\"col\">Utilization</th>"
    "<th scope=\"col\">Cost</th><th scope=\"col\">Instructions per call</th><th scope=\"col\">Team</th></tr></thead>\n"
    "<tbody>\n";
static const char page_end[] = "</tbody>\n</table>\n<p>Cost is in percent of the baseline's; lower is better. "
                               "Instructions are counted, not timed.</p>\n"
                               "</body>\n</html>\n";

static char *as_page(const GArray *entries)
{
    GString *page = g_string_new(page_head);
    for (guint i = 0; i < entries->len; i++) {
        const struct entry *entry = &g_array_index(entries, struct entry, i);
        g_autofree char *clean = text_clean(entry->alias, strlen(entry->alias));
        g_autofree char *alias = g_markup_escape_text(clean, -1);
        g_string_append_printf(page,
                               "<tr><td>%u</td><td>%d</td><td>%.1f%%</td><td>%.0f%%</td><td>%.1f</td><td>"
                               "<bdi>%s</bdi></td></tr>\n",
                               rank_of(entries, i), entry->points, HUNDRED * entry->utilization, entry->relative_cost,
                               entry->instructions, alias);
    }
    g_string_append(page, page_end);
    return g_string_free(page, FALSE);
}

static int command_leaderboard(int argc, char **argv)
{
    char *html = NULL;
    GOptionEntry options[] = {{"html", 0, 0, G_OPTION_ARG_FILENAME, &html, "write a page here", "FILE"}, {0}};
    options_parse("RESULTS - rank a class's allocators under the names that the teams chose", options, &argc, &argv);
    if (argc != 2)
        die_unusable("leaderboard needs results: heaplab leaderboard RESULTS [--html FILE]");
    json_t *documents = results_read(argv[1]);
    g_autoptr(GArray) entries = g_array_new(FALSE, FALSE, sizeof(struct entry));
    size_t i;
    json_t *document;
    json_array_foreach(documents, i, document)
    {
        add_entries(entries, document);
    }
    if (entries->len == 0)
        die_unusable("%s holds no result of a lab with a contest, such as lab 08", argv[1]);
    g_array_sort(entries, in_order);
    g_autofree char *text = html ? as_page(entries) : as_text(entries);
    files_write(html ? html : "-", text);
    json_decref(documents);
    return EXIT_GRADED;
}

COMMAND(leaderboard, FOR_STAFF, "rank a class's allocators under the names that they chose");
