// SPDX-License-Identifier: MIT
/*
 * reset.c - heaplab reset (desk.h): a lab's stubs put back.
 *
 * Nothing is lost: what differs from the stub is first copied to backup-N/ in the lab's folder, with the lowest N that
 * is free, and only then replaced. Answers and own tests stay as they are.
 */
#include "desk/submit/submit.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>

struct content {
    char *bytes; /* NULL: there is no such file */
    gsize size;
};

static struct content content_of(const char *path)
{
    struct content content = {0};
    if (!g_file_get_contents(path, &content.bytes, &content.size, NULL))
        content.bytes = NULL;
    return content;
}

static bool is_same(const struct content *a, const struct content *b)
{
    return a->bytes && b->bytes && a->size == b->size && memcmp(a->bytes, b->bytes, a->size) == 0;
}

/* Dies if PATH can't be written whole. */
static void put(const char *path, const struct content *content)
{
    enum { MODE = 0644 };
    GError *error = NULL;
    if (!g_file_set_contents_full(path, content->bytes, (gssize)content->size, G_FILE_SET_CONTENTS_CONSISTENT, MODE,
                                  &error))
        die_unusable("%s; nothing was put back that is not saved", error->message);
}

/* A new folder backup-N in FOLDER. */
static char *make_backup(const char *folder)
{
    enum { MOST = 10000, MODE = 0755 };
    for (int n = 1; n < MOST; n++) {
        char *path = g_strdup_printf("%s/backup-%d", folder, n);
        if (mkdir(path, MODE) == 0)
            return path;
        if (errno != EEXIST)
            die_unusable("cannot make %s: %s", path, g_strerror(errno));
        g_free(path);
    }
    die_unusable("there are too many backups in %s", folder);
}

/* Where the stubs are: derived from solutions/, or, in a kit without solutions, as released. */
static char *stub_path(const char *lab, const char *file)
{
    char *derived = kit_path("build", "stubs", lab, file, NULL);
    if (g_file_test(derived, G_FILE_TEST_EXISTS))
        return derived;
    g_free(derived);
    return kit_path("grader", "stubs", lab, file, NULL);
}

/* Puts FILE back; keeps what it was in *BACKUP, which is made if need be. True if there was something to do. */
static bool reset_file(const char *lab, const char *folder, const char *file, char **backup)
{
    g_autofree char *path = g_build_filename(folder, file, NULL);
    g_autofree char *from = stub_path(lab, file);
    struct content stub = content_of(from);
    struct content mine = content_of(path);
    if (!stub.bytes)
        die_fault("the stub %s is not there (is the kit built? type make)", from);
    bool changed = !is_same(&stub, &mine);
    if (changed && mine.bytes) {
        *backup = *backup ? *backup : make_backup(folder);
        g_autofree char *kept = g_build_filename(*backup, file, NULL);
        put(kept, &mine);
    }
    if (changed)
        put(path, &stub);
    g_free(stub.bytes);
    g_free(mine.bytes);
    return changed;
}

void reset(const char *lab, const char *labs)
{
    struct rubric *rubric = rubric_load(lab);
    g_autofree char *folder = g_build_filename(labs, lab, NULL);
    g_autofree char *backup = NULL;
    guint changed = 0;
    for (guint i = 0; rubric->files[i]; i++)
        if (rubric_is_source(rubric->files[i]) && reset_file(lab, folder, rubric->files[i], &backup)) {
            printf("%s is as it was handed out.\n", rubric->files[i]);
            changed++;
        }
    if (changed == 0)
        printf("There is nothing to put back: lab %s is as it was handed out.\n", rubric->number);
    if (backup) {
        g_autofree char *name = g_path_get_basename(backup);
        printf("What you had is in labs/%s/%s.\n", lab, name);
    }
    rubric_free(rubric);
}
