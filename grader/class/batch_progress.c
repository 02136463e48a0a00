// SPDX-License-Identifier: MIT
/*
 * batch_progress.c - the progress of a batch (class.h).
 */
#include "class/class.h"

#include <math.h>
#include <unistd.h>

enum { BAR_COLUMNS = 30 };

struct progress {
    guint total;
    guint done;
    guint graded; /* of those that are done; the others have no result */
    gint64 start; /* as g_get_monotonic_time counts */
    bool bar;
};

static double seconds_since(gint64 start)
{
    return (double)(g_get_monotonic_time() - start) / (double)G_USEC_PER_SEC;
}

/* "1 h 05 min", "3 min 20 s", "12 s" */
static char *time_left(double seconds)
{
    enum { MINUTE = 60, HOUR = 3600 };
    long left = (long)ceil(seconds);
    if (left >= HOUR)
        return g_strdup_printf("%ld h %02ld min", left / HOUR, left % HOUR / MINUTE);
    if (left >= MINUTE)
        return g_strdup_printf("%ld min %02ld s", left / MINUTE, left % MINUTE);
    return g_strdup_printf("%ld s", left);
}

static void draw(const struct progress *progress)
{
    char bar[BAR_COLUMNS + 1];
    guint full = progress->done * BAR_COLUMNS / progress->total;
    for (guint i = 0; i < BAR_COLUMNS; i++)
        bar[i] = i < full ? '#' : '.';
    bar[BAR_COLUMNS] = '\0';
    printf("\r\033[K[%s] %u of %u", bar, progress->done, progress->total);
    if (progress->done > 0) {
        double rate = progress->done / MAX(seconds_since(progress->start), 0.001);
        g_autofree char *left = time_left((progress->total - progress->done) / rate);
        printf(", %.1f a second, %s left", rate, left);
    }
    fflush(stdout);
}

struct progress *progress_start(guint total)
{
    struct progress *progress = g_new0(struct progress, 1);
    progress->total = total;
    progress->start = g_get_monotonic_time();
    progress->bar = isatty(STDOUT_FILENO) && total > 0;
    if (progress->bar)
        draw(progress);
    return progress;
}

void progress_step(struct progress *progress, bool graded, const char *line)
{
    progress->done++;
    progress->graded += graded;
    if (progress->bar)
        draw(progress);
    else
        printf("%u of %u: %s\n", progress->done, progress->total, line);
    fflush(stdout);
}

void progress_end(struct progress *progress)
{
    double seconds = seconds_since(progress->start);
    if (progress->bar)
        printf("\r\033[K");
    if (progress->done > 0)
        printf("%u graded in %.1f s (%.1f a second).\n", progress->graded, seconds,
               progress->graded / MAX(seconds, 0.001));
    fflush(stdout);
    g_free(progress);
}
