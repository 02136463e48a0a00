// SPDX-License-Identifier: MIT
/*
 * tell.c - how a program got on with a student's allocator, in words (run.h).
 */
#include "programs/run/run.h"

#include <signal.h>
#include <string.h>
#include <sys/wait.h>

enum { PLACE_BYTES = 65536 };

/* --- names and numbers -------------------------------------------------------------------------------------------- */

/* What people call a program; others are called by their file's name. Versions may follow: python3.11. */
static const struct {
    const char *file;
    const char *name;
} known[] = {{"python", "Python"}, {"sqlite3", "SQLite"}, {"git", "Git"},   {"gcc", "GCC"},
             {"cc", "GCC"},        {"perl", "Perl"},      {"bash", "Bash"}, {"clang", "Clang"}};

static bool is_version(const char *text)
{
    return strspn(text, "0123456789.-") == strlen(text);
}

static char *name_of(const char *program)
{
    g_autofree char *file = g_path_get_basename(program);
    for (guint i = 0; i < G_N_ELEMENTS(known); i++)
        if (g_str_has_prefix(file, known[i].file) && is_version(file + strlen(known[i].file)))
            return g_strdup(known[i].name);
    return text_clean(file, strlen(file));
}

static char *bytes_text(guint64 n)
{
    enum { KILO = 1024 };
    static const char *const units[] = {"bytes", "KiB", "MiB", "GiB"};
    guint unit = 0;
    double size = (double)n;
    for (; size >= KILO && unit + 1 < G_N_ELEMENTS(units); unit++)
        size /= KILO;
    return g_strdup_printf(unit == 0 ? "%.0f %s" : "%.1f %s", size, units[unit]);
}

static char *place_text(guint64 offset)
{
    return offset == RUN_NULL ? g_strdup("NULL") : g_strdup_printf("heap + 0x%" G_GINT64_MODIFIER "x", offset);
}

static const char *function_name(guint32 function)
{
    static const char *const names[RUN_FUNCTIONS] = {
        [RUN_NOTHING] = "the program", [RUN_INIT] = "mm_init",       [RUN_MALLOC] = "mm_malloc",
        [RUN_CALLOC] = "mm_calloc",    [RUN_REALLOC] = "mm_realloc", [RUN_FREE] = "mm_free"};
    return function < RUN_FUNCTIONS ? names[function] : "?";
}

/* "mm_realloc(the 24 bytes at heap + 0x40, 100)" */
static char *call_text(const struct run_call *call)
{
    g_autofree char *place = place_text(call->block);
    const char *name = function_name(call->function);
    switch (call->function) {
    case RUN_MALLOC:
        return g_strdup_printf("%s(%" G_GUINT64_FORMAT ")", name, call->size);
    case RUN_CALLOC:
        return g_strdup_printf("%s(%" G_GUINT64_FORMAT ", %" G_GUINT64_FORMAT ")", name, call->count, call->size);
    case RUN_REALLOC:
        return g_strdup_printf("%s(the %" G_GUINT64_FORMAT " bytes at %s, %" G_GUINT64_FORMAT ")", name, call->old_size,
                               place, call->size);
    case RUN_FREE:
        return g_strdup_printf("%s(the %" G_GUINT64_FORMAT " bytes at %s)", name, call->old_size, place);
    default:
        return g_strdup_printf("%s()", name);
    }
}

/* --- where -------------------------------------------------------------------------------------------------------- */

/* "in coalesce, mm.c:87"; NULL if it can't be told. */
static char *where(const struct run_end *end)
{
    const struct run_trouble *trouble = &end->page.trouble;
    guint depth = MIN(trouble->depth, RUN_FRAMES);
    g_autoptr(GPtrArray) command = g_ptr_array_new_with_free_func(g_free);
    static const char *const tool[] = {"addr2line", "-f", "-e"};
    for (guint i = 0; i < G_N_ELEMENTS(tool); i++)
        g_ptr_array_add(command, g_strdup(tool[i]));
    g_ptr_array_add(command, g_strdup(end->library));
    for (guint i = 0; i < depth; i++) /* a return address is behind its call */
        g_ptr_array_add(command, g_strdup_printf("0x%" G_GINT64_MODIFIER "x", trouble->frames[i] - (i > 0)));
    g_ptr_array_add(command, NULL);
    g_autofree char *text = NULL;
    if (depth == 0 ||
        !g_spawn_sync(NULL, (char **)command->pdata, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, &text, NULL, NULL, NULL))
        return NULL;
    g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
    return places_where(end->files, lines, MIN(depth, g_strv_length(lines) / 2));
}

/* --- what is wrong ------------------------------------------------------------------------------------------------ */

static char *crash_text(const struct run_trouble *trouble)
{
    if (trouble->deep_stack)
        return g_strdup("The stack ran out. Does a function call itself without end?");
    switch (trouble->signal) {
    case SIGSEGV:
    case SIGBUS:
        return g_strdup_printf("It used memory at address 0x%" G_GINT64_MODIFIER "x, where there is none (%s).",
                               trouble->address, trouble->signal == SIGSEGV ? "SIGSEGV" : "SIGBUS");
    case SIGFPE:
        return g_strdup("It divided an integer by zero (SIGFPE).");
    case SIGILL:
        return g_strdup("It came to a place where the compiler saw that the code has no meaning (SIGILL).");
    case SIGABRT:
        return g_strdup("It called abort, or an assertion did not hold (SIGABRT).");
    default:
        return g_strdup_printf("The signal was %s.", g_strsignal((int)trouble->signal));
    }
}

static char *overlap_text(const struct run_trouble *trouble)
{
    g_autofree char *result = place_text(trouble->result);
    g_autofree char *other = place_text(trouble->other);
    return g_strdup_printf("The block at %s overlaps one that is in use: the %" G_GUINT64_FORMAT " bytes at %s.",
                           result, trouble->other_size, other);
}

static char *outside_text(const struct run_trouble *trouble)
{
    g_autofree char *result = place_text(trouble->result);
    if (trouble->result >= trouble->heap)
        return g_strdup_printf("The block does not start in the heap, which has %" G_GUINT64_FORMAT " bytes.",
                               trouble->heap);
    return g_strdup_printf("The block at %s reaches past the end of the heap, which has %" G_GUINT64_FORMAT " bytes.",
                           result, trouble->heap);
}

/* What went wrong in short, for the first line: "crashed". */
static const char *verb(guint32 kind)
{
    switch (kind) {
    case TROUBLE_CRASH:
        return "crashed";
    case TROUBLE_HANG:
        return "came to no end";
    case TROUBLE_INIT:
        return "failed";
    case TROUBLE_LOST_BYTES:
        return "lost bytes";
    case TROUBLE_NOT_ZERO:
        return "returned memory that is not zero";
    case TROUBLE_REPORT:
        return "reported a mistake where there is none";
    default:
        return "returned a block that can't be";
    }
}

static char *explanation(const struct run_trouble *trouble)
{
    g_autofree char *result = place_text(trouble->result);
    switch (trouble->kind) {
    case TROUBLE_CRASH:
    case TROUBLE_PROGRAM:
        return crash_text(trouble);
    case TROUBLE_HANG:
        return g_strdup(
            "It used 3 seconds of the processor's time in this one call. Look for a loop that does not end: a "
            "list that leads back to itself, for example.");
    case TROUBLE_INIT:
        return g_strdup("Without it nothing can be allocated.");
    case TROUBLE_MISALIGNED:
        return g_strdup_printf("The block at %s does not start at a multiple of 16. Compilers count on that.", result);
    case TROUBLE_OUTSIDE:
        return outside_text(trouble);
    case TROUBLE_OVERLAP:
        return overlap_text(trouble);
    case TROUBLE_NOT_ZERO:
        return g_strdup_printf("All bytes of the block at %s have to be zero.", result);
    case TROUBLE_LOST_BYTES:
        return g_strdup_printf("The block at %s does not hold what the old one held.", result);
    default:
        return g_strdup("The block was in use, and this was the first free of it.");
    }
}

static void label(GString *out, const char *name, const char *text)
{
    enum { INDENT = 2, COLUMN = 15 };
    if (!text)
        return;
    gsize start = out->len;
    wrap(out, text, COLUMN);
    memcpy(out->str + start + INDENT, name, strlen(name));
}

static char *call_number(const struct run_end *end)
{
    const struct run_trouble *trouble = &end->page.trouble;
    g_autofree char *program = text_clean(trouble->program, RUN_NAME_BYTES);
    const char *starter = trouble->child ? " (a process that it started)" : "";
    if (trouble->kind == TROUBLE_INIT)
        return g_strdup_printf("the first, in %s%s", program, starter);
    return g_strdup_printf("number %" G_GUINT64_FORMAT " of %s in %s%s", trouble->number,
                           function_name(trouble->call.function), program, starter);
}

static void add_trouble(GString *out, const struct run_end *end, const char *name)
{
    const struct run_trouble *trouble = &end->page.trouble;
    g_autofree char *call = call_text(&trouble->call);
    g_autofree char *what = explanation(trouble);
    g_autofree char *place = where(end);
    g_autofree char *which = call_number(end);
    g_autofree char *head = g_strdup_printf("your malloc could not run %s: %s %s", name, call, verb(trouble->kind));
    wrap(out, head, 0);
    g_string_append_c(out, '\n');
    label(out, "what", what);
    label(out, "where", place);
    label(out, "call", which);
}

/* The program itself crashed: most often on what the allocator did to its blocks. */
static void add_program_trouble(GString *out, const struct run_end *end, const char *name)
{
    const struct run_trouble *trouble = &end->page.trouble;
    g_autofree char *program = text_clean(trouble->program, RUN_NAME_BYTES);
    g_autofree char *what = crash_text(trouble);
    g_string_append_printf(out, "%s crashed on your malloc, outside its functions\n\n", name);
    label(out, "what", what);
    label(out, "in", program);
    label(out, "why",
          "If it runs well without your malloc, something wrote into its blocks: two that overlap, or a header that is "
          "written to the wrong place.");
}

/* The process is gone, and nobody could tell: on a stack that ran out, for example. */
static void add_silent_end(GString *out, const struct run_end *end, const char *name)
{
    g_autofree char *call = call_text(&end->page.counts.now);
    g_string_append_printf(out, "%s was ended by a signal (%s)", name, g_strsignal(WTERMSIG(end->status)));
    if (end->page.counts.now.function != RUN_NOTHING)
        g_string_append_printf(out, " during %s", call);
    g_string_append(out, "\n");
}

/* --- how it went -------------------------------------------------------------------------------------------------- */

static char *calls_text(const struct run_counts *counts)
{
    GString *text = g_string_new(NULL);
    for (guint i = RUN_MALLOC; i < RUN_FUNCTIONS; i++)
        if (counts->calls[i] > 0)
            g_string_append_printf(text, "%s%" G_GUINT64_FORMAT " %s", text->len ? ", " : "", counts->calls[i],
                                   function_name(i) + strlen("mm_"));
    if (counts->aligned > 0)
        g_string_append_printf(text, " (%" G_GUINT64_FORMAT " aligned)", counts->aligned);
    return g_string_free(text, FALSE);
}

static void add_counts(GString *out, const struct run_end *end)
{
    const struct run_counts *counts = &end->page.counts;
    guint64 heap = counts->peak_heap + end->static_bytes;
    g_autofree char *calls = calls_text(counts);
    g_autofree char *peak = bytes_text(counts->peak);
    g_autofree char *size = bytes_text(heap);
    g_autofree char *used = g_strdup_printf("%.1f %%", heap ? 100.0 * (double)counts->peak / (double)heap : 0.0);
    label(out, "calls", calls);
    label(out, "peak", peak);
    label(out, "heap", size);
    label(out, "utilization", used);
}

static void add_note(GString *out, guint64 count, const char *format, ...) G_GNUC_PRINTF(3, 4);

/* A paragraph of its own, unless COUNT is 0. */
static void add_note(GString *out, guint64 count, const char *format, ...)
{
    if (count == 0)
        return;
    va_list arguments;
    va_start(arguments, format);
    g_autofree char *sentence = g_strdup_vprintf(format, arguments);
    va_end(arguments);
    g_string_append_c(out, '\n');
    wrap(out, sentence, 0);
}

static void add_notes(GString *out, const struct run_end *end)
{
    const struct run_counts *counts = &end->page.counts;
    int status = WIFEXITED(end->status) ? WEXITSTATUS(end->status) : 0;
    add_note(out, counts->refused,
             "Your allocator returned NULL %" G_GUINT64_FORMAT " times, first for %" G_GUINT64_FORMAT " bytes.",
             counts->refused, counts->first_refused_size);
    add_note(out, counts->strange,
             "The program freed or resized %" G_GUINT64_FORMAT
             " pointers that are no live blocks; your allocator was not shown them.",
             counts->strange);
    add_note(out, counts->inner,
             "Your allocator itself called malloc %" G_GUINT64_FORMAT
             " times (printf does); it was given other memory.",
             counts->inner);
    add_note(out, (guint64)status, "The program ended with status %d.", status);
}

static bool crashed_by_itself(const struct run_end *end)
{
    return end->page.trouble.kind == TROUBLE_PROGRAM && end->status != 0;
}

static bool has_trouble(const struct run_end *end)
{
    return end->page.trouble.kind != TROUBLE_NONE && end->page.trouble.kind != TROUBLE_PROGRAM;
}

/* It asked for memory, got none, and gave up. */
static bool gave_up(const struct run_end *end)
{
    return end->page.counts.refused > 0 && end->status != 0;
}

bool run_went_well(const struct run_end *end)
{
    return !has_trouble(end) && !crashed_by_itself(end) && !gave_up(end) && !WIFSIGNALED(end->status);
}

char *run_report(const struct run_end *end)
{
    GString *out = g_string_new("\n");
    g_autofree char *name = name_of(end->command[0]);
    if (has_trouble(end)) {
        add_trouble(out, end, name);
    } else if (crashed_by_itself(end)) {
        add_program_trouble(out, end, name);
    } else if (WIFSIGNALED(end->status)) {
        add_silent_end(out, end, name);
    } else if (end->page.counts.calls[RUN_MALLOC] + end->page.counts.calls[RUN_CALLOC] == 0) {
        g_string_append_printf(out, "%s ran, but never asked your malloc for anything. Is it linked statically?\n",
                               name);
    } else {
        g_string_append_printf(out, gave_up(end) ? "%s gave up on your malloc\n\n" : "your malloc just ran %s\n\n",
                               name);
        add_counts(out, end);
        add_notes(out, end);
    }
    return g_string_free(out, FALSE);
}
