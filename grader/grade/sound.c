// SPDX-License-Identifier: MIT
/*
 * sound.c - faults that would look like a student's mistake: no room, a folder where nothing may run, a compiler that
 * does not work here (grade.h).
 *
 * What can be known beforehand at no cost is looked at before each grade. Where a compiler failed without naming an
 * error, a file of the kit's own goes the same way: if that fails, too, it is not the student's file.
 */
#include "grade/grade.h"

#include <errno.h>
#include <string.h>
#include <sys/statvfs.h>

enum { LEAST_ROOM_MIB = 16, REASON_BYTES = 4096 };

void sound_room(const char *folder)
{
    enum { MIB = 1 << 20 };
    struct statvfs system;
    if (statvfs(folder, &system) != 0)
        die_fault("cannot look at %s: %s", folder, g_strerror(errno));
    if (system.f_flag & ST_NOEXEC)
        die_fault("no program may run in %s (it is mounted noexec): set TMPDIR to a folder where programs may run",
                  folder);
    if (system.f_bavail * system.f_frsize / MIB < LEAST_ROOM_MIB)
        die_fault("there are less than %d MiB left in %s: make room, or set TMPDIR to another folder", LEAST_ROOM_MIB,
                  folder);
}

/* What the compiler said about the kit's file in WORK, in one line. Free with g_free. */
static char *reason_in(const struct submission *good)
{
    g_autofree char *path = submission_path(good, "diagnostics.txt");
    g_autofree char *text = files_read_text(path, REASON_BYTES);
    char *line_end = strchr(text, '\n');
    if (line_end)
        *line_end = '\0';
    return g_strdup(text[0] ? text : "it printed nothing");
}

void sound_compiler(const struct submission *submission)
{
    static const char source[] = "int heaplab_sound(void);\nint heaplab_sound(void)\n{\n    return 0;\n}\n";
    struct submission good = {.rubric = submission->rubric, .work = files_make_temporary()};
    sound_room(good.work);
    g_autofree char *folder = submission_path(&good, "src");
    g_autofree char *path = submission_path(&good, "src/sound.c");
    if (g_mkdir_with_parents(folder, 0755) != 0)
        die_fault("cannot make %s: %s", folder, g_strerror(errno));
    files_write_anew(path, source);
    if (build_compile(&good, "sound.c", "-O0", "obj", "diagnostics.txt") != 0) {
        g_autofree char *reason = reason_in(&good);
        die_fault("the compiler does not work here: %s. (Without user namespaces, every user must be able to read the "
                  "kit's folder)",
                  reason);
    }
    files_remove_tree(good.work);
    g_free(good.work);
}
