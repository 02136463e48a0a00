// SPDX-License-Identifier: MIT
/*
 * import.c - heaplab import, in order (import.h). The lab is written in a folder of its own and moved to its places
 * when it is complete, the rubric last: a lab is found by that.
 */
#include "programs/import/import.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

enum { NUMBER = 3 /* characters of "NN-" */, NARROW = 32, MIB = 1 << 20 };

/* --- the name --- */

static bool is_lab_name(const char *lab)
{
    return g_regex_match_simple("^[0-9][0-9]-[a-z][a-z0-9-]*[a-z0-9]$", lab, 0, 0);
}

/* Dies if something in FOLDER of the kit has LAB's number. */
static void demand_free_number(const char *lab, const char *folder)
{
    g_autofree char *path = kit_path(folder, NULL);
    g_autoptr(GDir) dir = g_dir_open(path, 0, NULL);
    for (const char *name; dir && (name = g_dir_read_name(dir)) != NULL;)
        if (strncmp(name, lab, NUMBER) == 0)
            die_unusable("number %.2s is taken by %s/%s; choose another one, or remove that lab", lab, folder, name);
}

static void demand_free(const char *lab)
{
    static const char *const folders[] = {"labs", "solutions", "grader/labs", "handouts"};
    if (!is_lab_name(lab))
        die_unusable(
            "'%s' is no name for a lab: two digits, a hyphen, and lower-case letters, digits and hyphens, as in "
            "11-malloclab",
            lab);
    for (guint i = 0; i < G_N_ELEMENTS(folders); i++)
        demand_free_number(lab, folders[i]);
}

/* --- moving it to its places --- */

/* Beside labs/, so that moving is renaming. */
static char *unfinished_folder(const char *lab)
{
    g_autofree char *name = g_strconcat(".importing-", lab, NULL);
    char *folder = kit_path(name, NULL);
    files_remove_tree(folder);
    return folder;
}

static void move(const char *top, const char *folder, const char *name)
{
    g_autofree char *from = g_build_filename(top, folder, name, NULL);
    g_autofree char *to = kit_path(folder, name, NULL);
    if (rename(from, to) == 0)
        return;
    int error = errno;
    g_autofree char *reason = g_strdup(g_strerror(error));
    die_unusable("cannot move %s to %s: %s", from, to, reason);
}

static void move_all(const char *top, const char *lab)
{
    g_autofree char *text = g_strconcat(lab, ".md", NULL);
    move(top, "handouts", text);
    move(top, "solutions", lab);
    move(top, "labs", lab);
    move(top, "grader/labs", lab);
    files_remove_tree(top);
}

/* --- what is printed --- */

static void print_findings(const struct handout *handout)
{
    printf("\nFound in %s:\n", handout->folder);
    printf("  %u traces, payloads aligned to %d bytes, words of %d bits", handout->traces->len, handout->alignment,
           handout->bits);
    if (handout->heap > 0)
        printf(", a heap of %.4gM", (double)handout->heap / MIB);
    printf("\n  the course's formula: %d %% for utilization, %d %% for speed\n", handout->utilization_weight,
           100 - handout->utilization_weight);
    for (guint i = 0; i < handout->notes->len; i++)
        printf("  %s\n", (const char *)handout->notes->pdata[i]);
    if (handout->bits == NARROW)
        printf("  what calls cost is not counted for 32 bits, so the points for it are utilization's\n");
}

static void print_next(const struct handout *handout, const char *lab)
{
    printf("\nLab %.2s is ready. Next:\n", lab);
    if (handout->bits == NARROW)
        printf("  make bits32                       once, for words of 32 bits\n");
    printf("  make grade LAB=%.2s                 the mm.c that was handed out\n", lab);
    printf("  make batch LAB=%.2s SUBMISSIONS=folder-or-zip\n", lab);
    printf("Points and texts are in grader/labs/%s/rubric.ini.\n", lab);
}

void import_lab(const char *folder, const char *lab)
{
    demand_free(lab);
    struct handout *handout = handout_read(folder);
    g_autofree char *top = unfinished_folder(lab);
    write_lab(handout, lab, top);
    move_all(top, lab);
    printf("Lab %s:\n", lab);
    printf("  labs/%s           mm.c, mm.h, Makefile: what students get\n", lab);
    printf("  solutions/%s      mm.c: the stub, and a place for your own solution\n", lab);
    printf("  grader/labs/%s    rubric.ini, traces\n", lab);
    printf("  handouts/%s.md    how it is graded, in a few lines\n", lab);
    print_findings(handout);
    print_next(handout, lab);
    handout_free(handout);
}
