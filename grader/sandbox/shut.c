// SPDX-License-Identifier: MIT
/*
 * shut.c - Landlock: without namespaces, too, a tool sees only the files that it needs, and a subject reaches only its
 * own processes (sandbox.h).
 */
#include "sandbox/sandbox.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/landlock.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#define TO_READ (LANDLOCK_ACCESS_FS_EXECUTE | LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_READ_DIR)
#define ON_FILES (LANDLOCK_ACCESS_FS_EXECUTE | LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_WRITE_FILE)
#define TO_DO_ALL                                                                                                      \
    (TO_READ | LANDLOCK_ACCESS_FS_WRITE_FILE | LANDLOCK_ACCESS_FS_REMOVE_DIR | LANDLOCK_ACCESS_FS_REMOVE_FILE |        \
     LANDLOCK_ACCESS_FS_MAKE_CHAR | LANDLOCK_ACCESS_FS_MAKE_DIR | LANDLOCK_ACCESS_FS_MAKE_REG |                        \
     LANDLOCK_ACCESS_FS_MAKE_SOCK | LANDLOCK_ACCESS_FS_MAKE_FIFO | LANDLOCK_ACCESS_FS_MAKE_BLOCK |                     \
     LANDLOCK_ACCESS_FS_MAKE_SYM)

bool shut_is_possible(void)
{
    return syscall(SYS_landlock_create_ruleset, NULL, 0, LANDLOCK_CREATE_RULESET_VERSION) > 0;
}

/* PATH, and all below it. What does not exist needs no rule. */
static bool allow(int rules, const char *path, uint64_t access)
{
    struct stat status;
    int place = open(path, O_PATH | O_CLOEXEC);
    if (place < 0)
        return errno == ENOENT;
    bool is_folder = fstat(place, &status) == 0 && S_ISDIR(status.st_mode);
    struct landlock_path_beneath_attr rule = {.parent_fd = place,
                                              .allowed_access = is_folder ? access : access & ON_FILES};
    bool ok = syscall(SYS_landlock_add_rule, rules, LANDLOCK_RULE_PATH_BENEATH, &rule, 0) == 0;
    close(place);
    return ok;
}

bool shut_signals(void)
{
    enum { SIGNALS_SINCE = 6 };
    const struct {
        uint64_t files, network, scoped;
    } handled = {.scoped = 1 << 1}; /* LANDLOCK_SCOPE_SIGNAL; older headers don't have it */
    if (syscall(SYS_landlock_create_ruleset, NULL, 0, LANDLOCK_CREATE_RULESET_VERSION) < SIGNALS_SINCE)
        return true;
    int rules = (int)syscall(SYS_landlock_create_ruleset, &handled, sizeof handled, 0);
    bool ok =
        rules >= 0 && prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 && syscall(SYS_landlock_restrict_self, rules, 0) == 0;
    if (rules >= 0)
        close(rules);
    return ok;
}

bool shut_in(const char *const *readable, const char *const *writable)
{
    static const char *const system[] = {"/usr", "/bin", "/lib", "/lib64", "/etc/ld.so.cache", "/etc/alternatives"};
    const struct landlock_ruleset_attr handled = {.handled_access_fs = TO_DO_ALL};
    int rules = (int)syscall(SYS_landlock_create_ruleset, &handled, sizeof handled, 0);
    bool ok = rules >= 0 && allow(rules, "/dev/null", LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_WRITE_FILE);
    for (size_t i = 0; ok && i < sizeof system / sizeof *system; i++)
        ok = allow(rules, system[i], TO_READ);
    for (size_t i = 0; ok && readable && readable[i]; i++)
        ok = allow(rules, readable[i], TO_READ);
    for (size_t i = 0; ok && writable && writable[i]; i++)
        ok = allow(rules, writable[i], TO_DO_ALL);
    ok = ok && prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 && syscall(SYS_landlock_restrict_self, rules, 0) == 0;
    if (rules >= 0)
        close(rules);
    return ok;
}
