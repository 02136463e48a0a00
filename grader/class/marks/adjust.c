// SPDX-License-Identifier: MIT
/*
 * adjust.c - what staff decided about single submissions (marks.h), in DIR/adjustments.json. Entries are never removed:
 * one that was undone says so. A result does not contain them, so grading again leaves them alone.
 */
#include "class/marks/marks.h"
#include "report/report.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

static char *path_in(const char *dir)
{
    return g_build_filename(dir, "adjustments.json", NULL);
}

json_t *adjustments_read(const char *dir)
{
    g_autofree char *path = path_in(dir);
    json_error_t error;
    if (!g_file_test(path, G_FILE_TEST_EXISTS))
        return json_array();
    json_t *read = json_load_file(path, 0, &error);
    if (!json_is_array(read))
        die_unusable("%s is damaged: %s (line %d)", path, error.text, error.line);
    return read;
}

/* Two people may adjust at the same time. The lock ends with this process. */
static void lock(const char *dir)
{
    g_autofree char *path = g_build_filename(dir, "adjustments.lock", NULL);
    struct flock whole = {.l_type = F_WRLCK, .l_whence = SEEK_SET};
    int file = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0644);
    if (file < 0 || fcntl(file, F_SETLKW, &whole) != 0)
        die_unusable("cannot write to %s: %s", dir, g_strerror(errno));
}

static void write_entries(const char *dir, json_t *all)
{
    g_autofree char *path = path_in(dir);
    g_autofree char *text = report_dump_lines(all);
    files_write(path, text);
}

static char *now(void)
{
    g_autoptr(GDateTime) time = g_date_time_new_now_local();
    return g_date_time_format(time, "%Y-%m-%d %H:%M");
}

int adjustments_add(const char *dir, json_t *entry)
{
    lock(dir);
    json_t *all = adjustments_read(dir);
    int number = (int)json_array_size(all) + 1;
    g_autofree char *at = now();
    json_object_set_new(entry, "number", json_integer(number));
    json_object_set_new(entry, "at", json_string(at));
    json_object_set_new(entry, "undone", json_false());
    json_array_append_new(all, entry);
    write_entries(dir, all);
    return number;
}

void adjustments_undo(const char *dir, const char *submission, const char *kind, int number)
{
    lock(dir);
    json_t *all = adjustments_read(dir);
    json_t *entry = number > 0 ? json_array_get(all, (size_t)number - 1) : NULL;
    if (!entry || strcmp(text_at(entry, "submission"), submission) != 0 || strcmp(text_at(entry, "kind"), kind) != 0)
        die_unusable("%s has no entry %d to undo; --list shows those it has", submission, number);
    json_object_set_new(entry, "undone", json_true());
    write_entries(dir, all);
}
