// SPDX-License-Identifier: MIT
/*
 * handout.c - what the folder that a course handed out for its malloc lab holds (import.h). Its files may lie in
 * subfolders. Nothing of it is compiled or run.
 */
#include "grade/foreign/foreign.h"
#include "programs/import/import.h"
#include "wire/rep.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>

enum { DEPTH = 3, MOST_FILES = 2000, MOST_BYTES = 1 << 20, MOST_TRACES = 100, WHOLE = 100 };
enum { USUAL_ALIGNMENT = 16, USUAL_WEIGHT = 60, MIB = 1 << 20, MOST_HEAP_MIB = 60, NARROW = 32, WIDE = 64 };

static void note_finding(struct handout *handout, const char *format, ...) G_GNUC_PRINTF(2, 3);

static void note_finding(struct handout *handout, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    g_autofree char *sentence = g_strdup_vprintf(format, arguments);
    va_end(arguments);
    g_ptr_array_add(handout->notes, text_clean(sentence, SIZE_MAX));
}

/* --- files --- */

static void list_files(const char *folder, int depth, GPtrArray *paths)
{
    g_autoptr(GDir) dir = g_dir_open(folder, 0, NULL);
    for (const char *name; dir && (name = g_dir_read_name(dir)) != NULL && paths->len < MOST_FILES;) {
        g_autofree char *path = g_build_filename(folder, name, NULL);
        struct stat status;
        if (name[0] == '.' || lstat(path, &status) != 0)
            continue;
        if (S_ISDIR(status.st_mode) && depth > 0)
            list_files(path, depth - 1, paths);
        else if (S_ISREG(status.st_mode))
            g_ptr_array_add(paths, g_steal_pointer(&path));
    }
}

static guint depth_of(const char *path)
{
    guint depth = 0;
    for (; *path; path++)
        depth += *path == '/';
    return depth;
}

/* Shallow ones first. */
static int compare_paths(gconstpointer a, gconstpointer b)
{
    const char *first = *(const char *const *)a;
    const char *second = *(const char *const *)b;
    int difference = (int)depth_of(first) - (int)depth_of(second);
    return difference != 0 ? difference : strcmp(first, second);
}

static const char *file_called(const GPtrArray *paths, const char *name)
{
    for (guint i = 0; i < paths->len; i++) {
        g_autofree char *base = g_path_get_basename(paths->pdata[i]);
        if (strcmp(base, name) == 0)
            return paths->pdata[i];
    }
    return NULL;
}

/* The files that say how the driver works, one after the other: what stands in the first counts. */
static char *driver_text(const GPtrArray *paths)
{
    static const char *const names[] = {"config.h", "mdriver.c", "memlib.h", "memlib.c", "mm.h"};
    GString *all = g_string_new(NULL);
    for (guint i = 0; i < G_N_ELEMENTS(names); i++) {
        const char *path = file_called(paths, names[i]);
        g_autofree char *text = path ? read_without_comments(path) : g_strdup("");
        g_string_append_printf(all, "%s\n", text);
    }
    return g_string_free(all, FALSE);
}

/* --- headers --- */

struct looking {
    struct handout *handout;
    const GPtrArray *paths;
};

/* The simulated system is the kit's, and a driver's clocks are of no use to an allocator. */
static void take_header(const char *name, bool is_system, void *data)
{
    const struct looking *looking = data;
    const char *path = file_called(looking->paths, name);
    if (is_system || !path || strcmp(name, "mm.h") == 0 || foreign_is_drivers(name) ||
        g_ptr_array_find_with_equal_func(looking->handout->headers, path, g_str_equal, NULL))
        return;
    g_ptr_array_add(looking->handout->headers, g_strdup(path));
    g_autofree char *text = read_without_comments(path);
    for_each_include(text, take_header, data);
}

static void find_sources(struct handout *handout, const GPtrArray *paths)
{
    const char *stub = file_called(paths, "mm.c");
    const char *header = file_called(paths, "mm.h");
    if (!stub)
        die_unusable("there is no mm.c in %s: the file that students complete", handout->folder);
    if (!header)
        die_unusable("there is no mm.h in %s: the header that declares what students write", handout->folder);
    handout->stub = g_strdup(stub);
    handout->header = g_strdup(header);
    struct looking looking = {handout, paths};
    g_autofree char *stub_text = read_without_comments(stub);
    g_autofree char *header_text = read_without_comments(header);
    for_each_include(stub_text, take_header, &looking);
    for_each_include(header_text, take_header, &looking);
}

/* --- traces --- */

static void free_trace(gpointer data)
{
    struct trace *trace = data;
    g_free(trace->name);
    g_free(trace->path);
    g_free(trace);
}

/* Names of traces become names of tests and files. */
static bool is_plain(const char *name)
{
    return name[strspn(name, G_CSET_A_2_Z G_CSET_a_2_z G_CSET_DIGITS "_-.")] == '\0';
}

static bool has_trace(const struct handout *handout, const char *name)
{
    for (guint i = 0; i < handout->traces->len; i++)
        if (strcmp(((const struct trace *)handout->traces->pdata[i])->name, name) == 0)
            return true;
    return false;
}

/* Adds the trace at PATH, or a note that says why it is left out. */
static void add_trace(struct handout *handout, const char *path)
{
    struct rep_trace read;
    g_autofree char *name = g_path_get_basename(path);
    g_autofree char *problem = rep_read(path, &read);
    if (!problem && read.operations == 0)
        problem = g_strdup_printf("%s: the trace has no operations", path);
    if (!problem && !is_plain(name))
        problem = g_strdup_printf("%s: its name has other characters than letters, digits, '-', '_' and '.'", path);
    if (problem) {
        note_finding(handout, "left out: %s", problem);
    } else if (!has_trace(handout, name)) {
        struct trace *trace = g_new0(struct trace, 1);
        int weight = read.weight <= WEIGHT_SPEED ? (int)read.weight : WEIGHT_BOTH;
        *trace = (struct trace){g_strdup(name), g_strdup(path), weight, read.operations};
        g_ptr_array_add(handout->traces, trace);
    }
    rep_clear(&read);
}

static void add_listed(struct handout *handout, const GPtrArray *paths, GStrv names)
{
    for (guint i = 0; names[i]; i++) {
        const char *path = file_called(paths, names[i]);
        if (path)
            add_trace(handout, path);
        else
            note_finding(handout, "left out: the driver's list names %s, which is not there", names[i]);
    }
}

static guint trace_files(const GPtrArray *paths)
{
    guint n = 0;
    for (guint i = 0; i < paths->len; i++)
        n += g_str_has_suffix(paths->pdata[i], ".rep") ? 1 : 0;
    return n;
}

/* In some handouts every trace has the weight 0, which then says nothing. */
static void mend_weights(const struct handout *handout)
{
    bool any = false;
    for (guint i = 0; i < handout->traces->len; i++)
        any = any || ((const struct trace *)handout->traces->pdata[i])->weight != WEIGHT_NONE;
    for (guint i = 0; i < handout->traces->len && !any; i++)
        ((struct trace *)handout->traces->pdata[i])->weight = WEIGHT_BOTH;
}

static void find_traces(struct handout *handout, const GPtrArray *paths, const char *driver)
{
    g_auto(GStrv) listed = driver_traces(driver);
    guint there = trace_files(paths);
    if (there == 0)
        die_unusable("there are no traces (*.rep) in %s", handout->folder);
    if (listed)
        add_listed(handout, paths, listed);
    for (guint i = 0; !listed && i < paths->len; i++)
        if (g_str_has_suffix(paths->pdata[i], ".rep"))
            add_trace(handout, paths->pdata[i]);
    if (handout->traces->len == 0)
        die_unusable("no trace in %s can be used; %s", handout->folder,
                     (const char *)handout->notes->pdata[handout->notes->len - 1]);
    if (handout->traces->len > MOST_TRACES)
        die_unusable("%s has %u traces; a lab can have %d", handout->folder, handout->traces->len, MOST_TRACES);
    if (listed && there > handout->traces->len)
        note_finding(handout, "taken: the traces in the driver's list, %u of the %u that are there",
                     handout->traces->len, there);
    mend_weights(handout);
}

/* --- numbers --- */

static void find_alignment(struct handout *handout, const char *driver)
{
    double value = 0;
    handout->alignment = USUAL_ALIGNMENT;
    if (!constant_value(driver, "ALIGNMENT", &value)) {
        note_finding(handout, "taken for granted: payloads are aligned to %d bytes, as config.h defines no ALIGNMENT",
                     USUAL_ALIGNMENT);
        return;
    }
    if (value < 1 || value > MOST_BYTES || !replay_can_align((int)value))
        die_unusable("config.h in %s defines ALIGNMENT as %g; this kit can demand powers of two from 8 up",
                     handout->folder, value);
    handout->alignment = (int)value;
}

static void find_heap(struct handout *handout, const char *driver)
{
    const size_t most = (size_t)MOST_HEAP_MIB * MIB;
    double value = 0;
    if (!constant_value(driver, "MAX_HEAP", &value) && !constant_value(driver, "MAX_HEAP_SIZE", &value)) {
        note_finding(handout, "taken for granted: a heap of up to %dM, as config.h defines no MAX_HEAP", MOST_HEAP_MIB);
        return;
    }
    if (value < 1)
        die_unusable("config.h in %s defines MAX_HEAP as %g, which is no size of a heap", handout->folder, value);
    handout->heap = value < (double)most ? (size_t)value : 0;
    if (value > (double)most)
        note_finding(handout, "cut: a heap of %.0fM (MAX_HEAP) becomes one of %dM, the most that there is here",
                     value / MIB, MOST_HEAP_MIB);
}

static void find_weight(struct handout *handout, const char *driver)
{
    double value = 0;
    handout->utilization_weight = USUAL_WEIGHT;
    if (!constant_value(driver, "UTIL_WEIGHT", &value) || value < 0 || value > WHOLE) {
        note_finding(handout,
                     "taken for granted: %d %% of the formula are for utilization, as config.h defines no UTIL_WEIGHT",
                     USUAL_WEIGHT);
        return;
    }
    const double half = 0.5;
    handout->utilization_weight = (int)(value > 1 ? value + half : WHOLE * value + half);
}

/* How fast the C library is, by the course's clock. */
static void find_speed(struct handout *handout, const char *driver)
{
    static const char *const names[] = {"AVG_LIBC_THRUPUT", "AVG_LIBC_THROUGHPUT", "MAX_SPEED"};
    double value = 0;
    for (guint i = 0; i < G_N_ELEMENTS(names) && !handout->speed; i++)
        if (constant_value(driver, names[i], &value))
            handout->speed = g_strdup_printf("%s %.0f", names[i], value);
}

static void find_bits(struct handout *handout, const GPtrArray *paths)
{
    const char *makefile = file_called(paths, "Makefile");
    g_autofree char *text = makefile ? files_read_text(makefile, MOST_BYTES) : g_strdup("");
    bool narrow = g_regex_match_simple("^[^#\\n]*-m32\\b", text, G_REGEX_MULTILINE, 0);
    handout->bits = narrow ? NARROW : WIDE;
}

/* --- the whole --- */

struct handout *handout_read(const char *folder)
{
    struct stat status;
    if (stat(folder, &status) != 0)
        die_unusable("cannot read %s: %s", folder, g_strerror(errno));
    if (!S_ISDIR(status.st_mode))
        die_unusable("%s is no folder; unpack the handout first, and name the folder", folder);
    struct handout *handout = g_new0(struct handout, 1);
    handout->folder = g_strdup(folder);
    handout->headers = g_ptr_array_new_with_free_func(g_free);
    handout->traces = g_ptr_array_new_with_free_func(free_trace);
    handout->notes = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(GPtrArray) paths = g_ptr_array_new_with_free_func(g_free);
    list_files(folder, DEPTH, paths);
    g_ptr_array_sort(paths, compare_paths);
    find_sources(handout, paths);
    g_autofree char *driver = driver_text(paths);
    find_traces(handout, paths, driver);
    find_alignment(handout, driver);
    find_heap(handout, driver);
    find_weight(handout, driver);
    find_speed(handout, driver);
    find_bits(handout, paths);
    return handout;
}

void handout_free(struct handout *handout)
{
    g_free(handout->folder);
    g_free(handout->stub);
    g_free(handout->header);
    g_free(handout->speed);
    g_ptr_array_unref(handout->headers);
    g_ptr_array_unref(handout->traces);
    g_ptr_array_unref(handout->notes);
    g_free(handout);
}
