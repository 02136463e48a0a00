// SPDX-License-Identifier: MIT
/*
 * room.c - checks what grading needs from its surroundings, where a lack would look like a student's mistake: disk
 * space, a folder where programs may run, limits that are high enough, files that other users can read (grade.h).
 *
 * What can be known beforehand at no cost is looked at before each grade; room is looked at again after a tool has
 * failed.
 */
#include "grade/grade.h"
#include "sandbox/sandbox.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

enum { MIB = 1 << 20, LEAST_ROOM_MIB = 16 };

/* --- room --- */

static void demand_room(const char *folder)
{
    struct statvfs system;
    if (statvfs(folder, &system) != 0)
        die_fault("cannot look at %s: %s", folder, g_strerror(errno));
    if (system.f_flag & ST_NOEXEC)
        die_fault("no program may run in %s (it is mounted noexec): set TMPDIR to a folder where programs may run",
                  folder);
    if (system.f_bavail * system.f_frsize / MIB < LEAST_ROOM_MIB)
        die_fault("less than %d MiB is left in %s: make room, or set TMPDIR to another folder", LEAST_ROOM_MIB, folder);
    if (system.f_files > 0 && system.f_favail < LEAST_ROOM_MIB) /* about as many files */
        die_fault("no more files can be made in %s: remove some, or set TMPDIR to another folder", folder);
}

/* A quota that is used up shows only when something is allocated: so this allocates a few MiB and frees them again. */
static void demand_quota(const char *folder)
{
    int file = open(folder, O_TMPFILE | O_WRONLY | O_CLOEXEC, 0600);
    if (file < 0)
        return; /* not every file system can; its error would say nothing about room */
    int error = posix_fallocate(file, 0, LEAST_ROOM_MIB / 4 * MIB);
    close(file);
    if (error == ENOSPC || error == EDQUOT || error == EFBIG)
        die_fault("nothing more can be written to %s (%s): make room, or set TMPDIR to another folder", folder,
                  g_strerror(error));
}

void room_demand(const char *folder)
{
    demand_room(folder);
    demand_quota(folder);
}

/* --- limits --- */

static void demand_limits(void)
{
    const char *command = limits_raise();
    if (command)
        die_fault(
            "a limit that was set for this shell is too low for grading, and cannot be raised from here: check it "
            "with %s, and grade from a shell without that limit",
            command);
}

/* --- files that tools read as nobody --- */

/* The first folder on the way to PATH that other users can't enter, or PATH itself if they can't read it; NULL if all
 * is open or PATH does not exist. Free with g_free. */
static char *closed_part(const char *path)
{
    struct stat status;
    for (const char *slash = strchr(path + 1, '/'); slash; slash = strchr(slash + 1, '/')) {
        g_autofree char *folder = g_strndup(path, (gsize)(slash - path));
        if (stat(folder, &status) == 0 && !(status.st_mode & S_IXOTH))
            return g_steal_pointer(&folder);
    }
    return stat(path, &status) == 0 && !(status.st_mode & S_IROTH) ? g_strdup(path) : NULL;
}

static void demand_open(char *path)
{
    g_autofree char *closed = closed_part(path);
    if (closed)
        die_fault("without user namespaces, tools run as another user, who cannot read %s: type chmod -R o+rX %s, or "
                  "move the kit to a folder that everybody can read",
                  closed, closed);
    g_free(path);
}

/* Without namespaces, root's tools run as nobody (sandbox/tool.c). A umask closes either all files or none, so one
 * of each kind is enough to look at. */
static void demand_open_kit(const char *lab, const char *work)
{
    if (geteuid() != 0 || sandbox_has_namespaces())
        return;
    g_autofree char *exports = g_strconcat(lab, ".exports", NULL);
    demand_open(kit_path("grader", "grade", "compile.sh", NULL));
    demand_open(kit_path("labs", lab, "Makefile", NULL));
    demand_open(kit_path("build", "subject", "subject.whole.o", NULL));
    demand_open(kit_path("build", "subject", exports, NULL));
    demand_open(g_path_get_dirname(work));
}

void room_surroundings(const char *lab, const char *work)
{
    demand_limits();
    demand_room(work);
    demand_open_kit(lab, work);
}
