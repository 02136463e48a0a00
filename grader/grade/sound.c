// SPDX-License-Identifier: MIT
/*
 * sound.c - a compiler that does not work here (grade.h).
 *
 * Where a compiler failed without naming a line, one of the kit's own files goes the same way: if that fails, too, it
 * is not the student's file.
 */
#include "grade/grade.h"

#include <errno.h>
#include <string.h>

enum { REASON_BYTES = 4096 };

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
    room_demand(good.work);
    g_autofree char *folder = submission_path(&good, "src");
    g_autofree char *path = submission_path(&good, "src/sound.c");
    if (g_mkdir_with_parents(folder, 0755) != 0)
        die_fault("cannot make %s: %s", folder, g_strerror(errno));
    files_write_anew(path, source);
    if (build_compile(&good, "sound.c", "-O0", "obj", "diagnostics.txt") != 0) {
        g_autofree char *reason = reason_in(&good);
        die_fault("the compiler does not work here: %s", reason);
    }
    files_remove_tree(good.work);
    g_free(good.work);
}
