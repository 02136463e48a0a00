// SPDX-License-Identifier: MIT
/*
 * record.c - heaplab record: runs a program with the recorder and writes its trace (record.h).
 */
#include "programs/record/record.h"
#include "programs/programs.h"

#include <errno.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

/* What the trace will say. */
struct writing {
    GHashTable *ids; /* address -> id + 1 of the live block there */
    GString *operations;
    guint id_count;
    guint operation_count;
    guint most; /* operations at the most */
    guint64 live, peak;
    GArray *sizes; /* by id */
};

static gpointer key_of(guint64 address)
{
    return (gpointer)(uintptr_t)address;
}

static void count_bytes(struct writing *writing, guint id, guint64 size)
{
    guint64 *known = &g_array_index(writing->sizes, guint64, id);
    writing->live += size - *known;
    *known = size;
    writing->peak = MAX(writing->peak, writing->live);
}

/* The allocators under test may refuse 0 bytes; a program that asks for them wants a block. */
static guint64 least(guint64 size)
{
    return MAX(size, 1);
}

static void allocate(struct writing *writing, guint64 block, guint64 size)
{
    guint id = writing->id_count++;
    guint64 none = 0;
    g_array_append_val(writing->sizes, none);
    g_hash_table_insert(writing->ids, key_of(block), GUINT_TO_POINTER(id + 1));
    g_string_append_printf(writing->operations, "a %u %" G_GUINT64_FORMAT "\n", id, least(size));
    count_bytes(writing, id, least(size));
}

static void release(struct writing *writing, guint64 block, guint id)
{
    g_hash_table_remove(writing->ids, key_of(block));
    g_string_append_printf(writing->operations, "f %u\n", id);
    count_bytes(writing, id, 0);
}

static void resize(struct writing *writing, const struct record_event *event, guint id)
{
    g_hash_table_remove(writing->ids, key_of(event->old));
    g_hash_table_insert(writing->ids, key_of(event->block), GUINT_TO_POINTER(id + 1));
    g_string_append_printf(writing->operations, "r %u %" G_GUINT64_FORMAT "\n", id, least(event->size));
    count_bytes(writing, id, least(event->size));
}

/* Blocks from before the recorder was there are unknown: their frees are left out, their resizing is a new block. */
static void add_event(struct writing *writing, const struct record_event *event)
{
    guint known = GPOINTER_TO_UINT(g_hash_table_lookup(writing->ids, key_of(event->old)));
    if (writing->operation_count == writing->most)
        return;
    if (event->kind == RECORD_FREE && known)
        release(writing, event->old, known - 1);
    else if (event->kind == RECORD_REALLOCATE && known)
        resize(writing, event, known - 1);
    else if (event->kind == RECORD_ALLOCATE || event->kind == RECORD_REALLOCATE)
        allocate(writing, event->block, event->size);
    else
        return;
    writing->operation_count++;
}

static char *trace_of(const struct record_event *events, gsize n, guint most)
{
    struct writing writing = {.ids = g_hash_table_new(NULL, NULL),
                              .operations = g_string_new(NULL),
                              .most = most ? most : G_MAXUINT,
                              .sizes = g_array_new(FALSE, FALSE, sizeof(guint64))};
    for (gsize i = 0; i < n; i++)
        add_event(&writing, &events[i]);
    char *trace = g_strdup_printf("%" G_GUINT64_FORMAT "\n%u\n%u\n1\n%s", writing.peak, writing.id_count,
                                  writing.operation_count, writing.operations->str);
    g_hash_table_unref(writing.ids);
    g_string_free(writing.operations, TRUE);
    g_array_unref(writing.sizes);
    return trace;
}

static int run_recorded(char **command, const char *events)
{
    g_autofree char *preload = kit_path("build", "librecord.so", NULL);
    pid_t child = fork();
    if (child == 0) {
        g_setenv("LD_PRELOAD", preload, TRUE);
        g_autofree char *place = g_strdup_printf("%d:%s", (int)getpid(), events);
        g_setenv("HEAPLAB_RECORD", place, TRUE);
        execvp(command[0], command);
        fprintf(stderr, "heaplab: cannot run %s: %s\n", command[0], g_strerror(errno));
        _exit(127);
    }
    int status = 0;
    if (child < 0 || waitpid(child, &status, 0) != child)
        die_fault("cannot run %s", command[0]);
    return WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
}

int record(char **command, const char *output, guint most)
{
    g_autofree char *folder = files_make_temporary();
    g_autofree char *events = g_build_filename(folder, "events", NULL);
    int status = run_recorded(command, events);
    g_autofree char *bytes = NULL;
    gsize n = 0;
    if (status == 127 || !g_file_get_contents(events, &bytes, &n, NULL) || n < sizeof(struct record_event))
        die_unusable(
            "nothing was recorded of %s: was it not found, is it linked statically, has it a malloc of its own, "
            "or is it a script that starts the program you mean?",
            command[0]);
    g_autofree char *trace =
        trace_of((const struct record_event *)(const void *)bytes, n / sizeof(struct record_event), most);
    files_write(output, trace);
    return status;
}
