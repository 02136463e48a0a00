// SPDX-License-Identifier: MIT
/*
 * hint.c - heaplab hint: shows a test's hints, one more step each time: a question, a direction, a section of the
 * handout.
 *
 * The file build/mine/NN-name/hints.ini records how many steps were shown, one key per test. It is a convenience: if
 * the file is lost or cannot be written, the steps start over.
 */
#include "cli/cli.h"

#include <string.h>

enum { MOST_STEPS = 3, MOST_HANDOUT_BYTES = 1 << 20 };

static const char group[] = "shown";

struct step {
    const char *label;
    char *text;
};

/* --- the steps ---------------------------------------------------------------------------------------------------- */

/* The text of the heading that ends with {#SECTION} in the lab's handout; NULL if it has none. */
static char *heading(const char *lab, const char *section)
{
    g_autofree char *file = g_strconcat(lab, ".md", NULL);
    g_autofree char *path = kit_path("handouts", file, NULL);
    g_autofree char *text = files_read_text(path, MOST_HANDOUT_BYTES);
    g_autofree char *mark = g_strdup_printf("{#%s}", section);
    g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
    for (guint i = 0; lines[i]; i++) {
        char *found = lines[i][0] == '#' ? strstr(lines[i], mark) : NULL;
        if (found) {
            *found = '\0';
            return g_strdup(g_strstrip(lines[i] + strspn(lines[i], "#")));
        }
    }
    return NULL;
}

static char *where_to_read(const char *lab, const char *section)
{
    g_autofree char *title = heading(lab, section);
    if (!title)
        return g_strdup_printf("handouts/%s.md#%s", lab, section);
    return g_strdup_printf("\"%s\" in the handout: handouts/%s.md#%s", title, lab, section);
}

static bool is_said(const char *text)
{
    return text && text[0];
}

/* The question that belongs to how ITEM failed when the lab was last graded; otherwise its usual one. */
static char *question_for(const struct rubric *rubric, const struct item *item)
{
    json_t *standing = standing_read();
    const json_t *entry = json_object_get(standing, rubric->lab);
    const char *failing = json_string_value(json_object_get(entry, "failing"));
    const char *asked = json_string_value(json_object_get(entry, "question"));
    bool is_asked = failing && asked && strcmp(failing, item->name) == 0;
    char *question = g_strdup(is_asked ? asked : item->question);
    json_decref(standing);
    return question;
}

/* Fills STEPS with what the rubric has for ITEM; returns how many. */
static guint steps_of(const struct rubric *rubric, const struct item *item, struct step steps[MOST_STEPS])
{
    guint n = 0;
    if (is_said(item->question))
        steps[n++] = (struct step){"think", question_for(rubric, item)};
    if (is_said(item->hint))
        steps[n++] = (struct step){"try", g_strdup(item->hint)};
    if (is_said(item->handout))
        steps[n++] = (struct step){"read", where_to_read(rubric->lab, item->handout)};
    return n;
}

/* --- what was shown ---------------------------------------------------------------------------------------------- */

static char *memory_path(const char *lab)
{
    g_autofree char *folder = kit_path("build", "mine", lab, NULL);
    g_mkdir_with_parents(folder, 0755);
    return g_build_filename(folder, "hints.ini", NULL);
}

/* How many steps to show: one more than before, at most ALL. Records the number. */
static guint next_step(const char *lab, const char *test, guint all)
{
    g_autoptr(GKeyFile) memory = g_key_file_new();
    g_autofree char *path = memory_path(lab);
    g_key_file_load_from_file(memory, path, G_KEY_FILE_NONE, NULL);
    int before = CLAMP(g_key_file_get_integer(memory, group, test, NULL), 0, MOST_STEPS);
    guint shown = MIN((guint)before + 1, all);
    g_key_file_set_integer(memory, group, test, (int)shown);
    g_key_file_save_to_file(memory, path, NULL);
    return shown;
}

/* --- showing it -------------------------------------------------------------------------------------------------- */

static void add_step(GString *out, const struct step *step)
{
    enum { INDENT = 2, COLUMN = 12 };
    gsize start = out->len;
    wrap(out, step->text, COLUMN);
    memcpy(out->str + start + INDENT, step->label, strlen(step->label));
}

/* The command to type has a line of its own, so that it can be copied. */
static void add_what_next(GString *out, const struct rubric *rubric, const struct item *item, guint shown, guint all)
{
    g_autofree char *make = make_command(rubric->lab);
    if (shown < all)
        g_string_append_printf(out, "\n  Step %u of %u. One more:\n    %s hint TEST=%s\n", shown, all, make,
                               item->name);
    else if (item->kind == ITEM_TEST)
        g_string_append_printf(out, "\n  That is all. To watch it happen:\n    %s gdb TEST=%s\n", make, item->name);
    else
        g_string_append(out, "\n  That is all.\n");
}

static void show(const struct rubric *rubric, const struct item *item, int wanted)
{
    struct step steps[MOST_STEPS];
    guint all = steps_of(rubric, item, steps);
    guint shown = wanted > 0 ? MIN((guint)wanted, all) : next_step(rubric->lab, item->name, all);
    GString *out = g_string_new(NULL);
    g_autofree char *head = g_strdup_printf("%s: %s", item->name, item->title);
    wrap(out, head, 0);
    g_string_append_c(out, '\n');
    for (guint i = 0; i < shown; i++)
        add_step(out, &steps[i]);
    add_what_next(out, rubric, item, shown, all);
    files_write("-", out->str);
    g_string_free(out, TRUE);
    for (guint i = 0; i < all; i++)
        g_free(steps[i].text);
}

/* The first test that failed when the lab was last graded. If there is none, says why and returns NULL. */
static char *failing_test(const struct rubric *rubric)
{
    json_t *standing = standing_read();
    const json_t *entry = json_object_get(standing, rubric->lab);
    char *test = g_strdup(json_string_value(json_object_get(entry, "failing")));
    if (!entry)
        die_unusable("lab %s has not been graded yet: type make in labs/%s first, or name a test", rubric->number,
                     rubric->lab);
    if (!test)
        printf("Nothing failed when lab %s was last graded, so there is no hint to give.\n", rubric->number);
    json_decref(standing);
    return test;
}

static int command_hint(int argc, char **argv)
{
    GStrv wanted = NULL;
    char *name = NULL;
    int step = 0;
    GOptionEntry entries[] = {
        {"lab", 0, 0, G_OPTION_ARG_STRING_ARRAY, &wanted, "the lab", "NN"},
        {"test", 0, 0, G_OPTION_ARG_STRING, &name, "the test (default: the first that failed in the last grade)",
         "NAME"},
        {"step", 0, 0, G_OPTION_ARG_INT, &step, "show the first N steps (default: one more than last time)", "N"},
        {0}};
    options_parse("--lab NN - show a hint: a question, a direction, a section of the handout", entries, &argc, &argv);
    if (!wanted || wanted[1] || argc > 1)
        die_unusable("hint needs one lab: heaplab hint --lab NN [--test NAME]");
    if (step < 0 || step > MOST_STEPS)
        die_unusable("--step is a number from 1 to %d, not %d", MOST_STEPS, step);
    terminal_detect();
    g_autoptr(GPtrArray) labs = options_labs(wanted);
    struct rubric *rubric = rubric_load(labs->pdata[0]);
    g_autofree char *test = name ? g_strdup(name) : failing_test(rubric);
    if (test)
        show(rubric, shown_item(rubric, test), step);
    rubric_free(rubric);
    return EXIT_GRADED;
}

COMMAND(hint, FOR_STUDENTS, "show a hint on a test, one more step each time");
