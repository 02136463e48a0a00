// SPDX-License-Identifier: MIT
/*
 * saves.c - notices saves through inotify (watch.h).
 */
#include "desk/watch/watch.h"

#include <errno.h>
#include <limits.h>
#include <poll.h>
#include <sys/inotify.h>
#include <unistd.h>

enum {
    SETTLE_MS = 60,
    RETURN_MS = 200,
    EVENT_BYTES = 16 * (sizeof(struct inotify_event) + NAME_MAX + 1),
    CHANGES = IN_CLOSE_WRITE | IN_MOVED_TO | IN_MOVED_FROM | IN_DELETE,
};

struct saves {
    int notify;
    char *folder;
    const struct rubric *rubric;
};

static bool add_folder(const struct saves *saves)
{
    return inotify_add_watch(saves->notify, saves->folder, CHANGES | IN_MOVE_SELF) >= 0;
}

struct saves *saves_watch(const char *folder, const struct rubric *rubric)
{
    struct saves *saves = g_new0(struct saves, 1);
    *saves = (struct saves){inotify_init1(IN_CLOEXEC), g_strdup(folder), rubric};
    if (saves->notify < 0 || !add_folder(saves))
        die_unusable("cannot watch %s: %s", folder, g_strerror(errno));
    return saves;
}

int saves_descriptor(const struct saves *saves)
{
    return saves->notify;
}

/* The folder itself has disappeared: waits until it is back. */
static void await_folder(const struct saves *saves)
{
    while (!add_folder(saves))
        g_usleep(RETURN_MS * 1000);
}

static bool is_ours(const struct saves *saves, const struct inotify_event *event)
{
    return event->len > 0 && rubric_takes(saves->rubric, event->name);
}

/* Reads the pending events. True if one is about a file that is handed in. */
static bool read_events(const struct saves *saves)
{
    static _Alignas(struct inotify_event) char bytes[EVENT_BYTES]; /* static only because it is large */
    bool ours = false;
    bool gone = false;
    ssize_t n = read(saves->notify, bytes, sizeof bytes);
    for (ssize_t at = 0; at < n;) {
        const struct inotify_event *event = (const struct inotify_event *)(const void *)(bytes + at);
        ours = ours || is_ours(saves, event);
        gone = gone || (event->mask & (IN_IGNORED | IN_MOVE_SELF)) != 0;
        at += (ssize_t)(sizeof *event + event->len);
    }
    if (gone)
        await_folder(saves);
    return ours || gone;
}

bool saves_read(struct saves *saves)
{
    struct pollfd more = {.fd = saves->notify, .events = POLLIN};
    bool ours = read_events(saves);
    while (ours && poll(&more, 1, SETTLE_MS) > 0)
        read_events(saves);
    return ours;
}
