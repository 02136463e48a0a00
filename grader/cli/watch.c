// SPDX-License-Identifier: MIT
/*
 * watch.c - heaplab watch: grades a lab again whenever one of its files is saved (heaplab.h).
 *
 * The folder is watched, not the files: editors that write a new file and rename it over the old one are seen, and a
 * file may go away and come back.
 */
#include "heaplab.h"

#include <errno.h>
#include <limits.h>
#include <poll.h>
#include <string.h>
#include <sys/inotify.h>
#include <unistd.h>

enum { SETTLE_MS = 60, EVENT_BYTES = 16 * (sizeof(struct inotify_event) + NAME_MAX + 1) };

static bool is_handed_in(const struct rubric *rubric, const char *name)
{
    return g_strv_contains((const char *const *)rubric->files, name);
}

/* Reads the events that are there. True if one is about a file that is handed in. */
static bool read_events(int watch, const struct rubric *rubric)
{
    static _Alignas(struct inotify_event) char bytes[EVENT_BYTES];
    bool ours = false;
    ssize_t n = read(watch, bytes, sizeof bytes);
    for (ssize_t at = 0; at < n;) {
        const struct inotify_event *event = (const struct inotify_event *)(const void *)(bytes + at);
        ours = ours || (event->len > 0 && is_handed_in(rubric, event->name));
        at += (ssize_t)(sizeof *event + event->len);
    }
    return ours;
}

/* Waits until a file is saved, and then until no more events come: one save may be several of them. */
static void await_save(int watch, const struct rubric *rubric)
{
    struct pollfd ready = {.fd = watch, .events = POLLIN};
    bool ours = false;
    while (!ours)
        ours = poll(&ready, 1, -1) > 0 && read_events(watch, rubric);
    while (poll(&ready, 1, SETTLE_MS) > 0)
        read_events(watch, rubric);
}

/* Names of the tests that passed. */
static GHashTable *passed_tests(const json_t *result)
{
    GHashTable *passed = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    size_t i;
    json_t *test;
    json_array_foreach(json_object_get(result, "tests"), i,
                       test) if (strcmp(json_string_value(json_object_get(test, "status")), "passed") == 0)
        g_hash_table_add(passed, g_strdup(json_string_value(json_object_get(test, "name"))));
    return passed;
}

/* "Gained: a, b." for those in AFTER that are not in BEFORE. */
static void print_new(const char *label, GHashTable *before, GHashTable *after)
{
    g_autoptr(GList) names = g_list_sort(g_hash_table_get_keys(after), (GCompareFunc)strcmp);
    const char *separator = label;
    for (const GList *name = names; name; name = name->next)
        if (!g_hash_table_contains(before, name->data)) {
            printf("%s%s", separator, (const char *)name->data);
            separator = ", ";
        }
    if (separator != label)
        printf("\n");
}

static GHashTable *grade_and_print(const char *lab, const struct grade_plan *plan, GHashTable *before)
{
    json_t *result = grade_lab(lab, plan);
    GHashTable *after = passed_tests(result);
    json_t *document = grade_document(plan->from, json_pack("[o]", result));
    g_autofree char *text = report("terminal", document);
    if (isatty(STDOUT_FILENO))
        printf("\033[H\033[2J");
    fputs(text, stdout);
    if (before) {
        print_new("  Since the last save, gained: ", before, after);
        print_new("  Since the last save, lost: ", after, before);
    }
    printf("  Watching; save a file to grade again, Ctrl-C ends.\n");
    fflush(stdout);
    json_decref(document);
    return after;
}

void watch(const char *lab, const struct grade_plan *plan)
{
    struct rubric *rubric = rubric_load(lab);
    g_autofree char *inside = g_build_filename(plan->from, lab, NULL);
    const char *folder = g_file_test(inside, G_FILE_TEST_IS_DIR) ? inside : plan->from;
    int notify = inotify_init1(IN_CLOEXEC);
    if (notify < 0 || inotify_add_watch(notify, folder, IN_CLOSE_WRITE | IN_MOVED_TO) < 0)
        die_unusable("cannot watch %s: %s", folder, g_strerror(errno));
    GHashTable *passed = NULL;
    for (;;) {
        GHashTable *now = grade_and_print(lab, plan, passed);
        if (passed)
            g_hash_table_unref(passed);
        passed = now;
        await_save(notify, rubric);
    }
}
