// SPDX-License-Identifier: MIT
/*
 * kit.c - where the kit's parts are, and the two ways in which the program ends early (kit.h).
 */
#include "kit/kit.h"

#include <signal.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <unistd.h>

static unsigned workers_set; /* 0: not set */

/* The kit's root: HEAPLAB_ROOT, or two levels above this program (build/heaplab). Found once, and owned here. */
static const char *root(void)
{
    static char *found;
    if (found)
        return found;
    found = g_strdup(g_getenv("HEAPLAB_ROOT"));
    g_autofree char *program = g_file_read_link("/proc/self/exe", NULL);
    if (!found && program) {
        g_autofree char *build = g_path_get_dirname(program);
        found = g_path_get_dirname(build);
    }
    if (!found)
        die_fault("cannot find heaplab's folder; set HEAPLAB_ROOT to it");
    return found;
}

char *kit_path(const char *first, ...)
{
    va_list arguments;
    va_start(arguments, first);
    g_autofree char *below = g_build_filename_valist((char *)first, &arguments);
    va_end(arguments);
    return g_build_filename(root(), below, NULL);
}

GPtrArray *kit_labs(void)
{
    GPtrArray *labs = g_ptr_array_new_with_free_func(g_free);
    g_autofree char *folder = kit_path("grader", "labs", NULL);
    g_autoptr(GDir) dir = g_dir_open(folder, 0, NULL);
    for (const char *name; dir && (name = g_dir_read_name(dir)) != NULL;) {
        g_autofree char *rubric = g_build_filename(folder, name, "rubric.ini", NULL);
        if (g_ascii_isdigit(name[0]) && g_file_test(rubric, G_FILE_TEST_EXISTS))
            g_ptr_array_add(labs, g_strdup(name));
    }
    g_ptr_array_sort(labs, compare_names);
    return labs;
}

/* "5", "05" and the whole name all mean the lab "05-header-allocator". */
static bool names_lab(const char *word, const char *lab)
{
    if (strcmp(word, lab) == 0)
        return true;
    char *end;
    unsigned long number = strtoul(word, &end, 10);
    return g_ascii_isdigit(word[0]) && *end == '\0' && number == strtoul(lab, NULL, 10);
}

char *kit_find_lab(const char *word)
{
    g_autoptr(GPtrArray) labs = kit_labs();
    for (guint i = 0; i < labs->len; i++)
        if (names_lab(word, labs->pdata[i]))
            return g_strdup(labs->pdata[i]);
    return NULL;
}

void kit_set_workers(unsigned workers)
{
    workers_set = workers;
}

unsigned kit_workers(void)
{
    enum { MOST = 8 };
    if (workers_set > 0)
        return workers_set;
    long online = sysconf(_SC_NPROCESSORS_ONLN);
    return online < 1 ? 1 : (unsigned)MIN(online, MOST);
}

void kit_end_with_parent(gpointer unused)
{
    (void)unused;
    prctl(PR_SET_PDEATHSIG, SIGKILL);
}

static void print_wrapped(const char *line)
{
    GString *out = g_string_new(NULL);
    terminal_detect();
    wrap(out, line, 0);
    fputs(out->str, stderr);
    g_string_free(out, TRUE);
}

static _Noreturn void die(int status, const char *lead, const char *format, va_list arguments)
{
    g_autofree char *sentence = g_strdup_vprintf(format, arguments);
    g_autofree char *line = g_strdup_printf("heaplab: %s%s", lead, sentence);
    fflush(stdout);
    if (isatty(STDERR_FILENO))
        print_wrapped(line);
    else
        fprintf(stderr, "%s\n", line); /* one line, so that logs can be grepped */
    exit(status);
}

void die_unusable(const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    die(EXIT_UNUSABLE, "", format, arguments);
}

void die_fault(const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    die(EXIT_FAULT, "fault in the grader, not in the submission: ", format, arguments);
}
