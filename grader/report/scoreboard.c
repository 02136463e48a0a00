// SPDX-License-Identifier: MIT
/*
 * scoreboard.c - the result for a person at a terminal: one scoreboard per lab, and the first test to look at as a
 * story (report.h).
 */
#include "report/report.h"

#include <string.h>
#include <unistd.h>

enum { INDENT = 6, LABEL = 10, BAR = 20, DIAGNOSTIC_LINES = 12 };

/* --- small pieces --- */

enum paint { PLAIN, BOLD, DIM, GREEN, RED, YELLOW };

static const char *const codes[] = {
    [PLAIN] = "0", [BOLD] = "1", [DIM] = "2", [GREEN] = "32", [RED] = "31", [YELLOW] = "33"};

static void paint(GString *out, enum paint colour, const char *text)
{
    if (terminal.colour && colour != PLAIN && text[0])
        g_string_append_printf(out, "\033[%sm%s\033[0m", codes[colour], text);
    else
        g_string_append(out, text);
}

/* LABEL in a column of its own. */
static void lead(GString *out, const char *label, enum paint colour)
{
    g_string_append_printf(out, "%*s", INDENT, "");
    paint(out, colour, label);
    g_string_append_printf(out, "%*s", LABEL - (int)strlen(label), "");
}

/* LABEL and TEXT, as in " expected a pointer"; TEXT is wrapped within its own column. */
static void labelled(GString *out, const char *label, const char *text, enum paint colour)
{
    GString *body = g_string_new(NULL);
    wrap(body, text, INDENT + LABEL);
    if (body->len > 0) {
        lead(out, label, colour);
        g_string_append(out, body->str + INDENT + LABEL);
    }
    g_string_free(body, TRUE);
}

/* As labelled, but keeps TEXT on one line, so that a command can be copied and output looks as it was printed. */
static void labelled_line(GString *out, const char *label, const char *text, enum paint colour)
{
    lead(out, label, colour);
    g_string_append_printf(out, "%s\n", text);
}

/* As labelled, for TEXT whose line breaks must stay. */
static void labelled_lines(GString *out, const char *label, const char *text, enum paint colour)
{
    g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
    for (guint i = 0; lines[i]; i++)
        labelled_line(out, i == 0 ? label : "", lines[i], colour);
}

/* TEXT, or as much of it as fits into ROOM columns. */
static char *shortened(const char *text, glong room)
{
    return g_utf8_strlen(text, -1) > room ? g_utf8_substring(text, 0, room) : g_strdup(text);
}

void terminal_bar(GString *out, json_int_t score, json_int_t most)
{
    enum { BESIDE = 22 }; /* "  [" and "]  100 / 100 points" */
    int cells = MIN(BAR, terminal.width - BESIDE);
    int full = most > 0 ? (int)(score * cells / most) : 0;
    g_string_append_c(out, '[');
    for (int i = 0; i < cells; i++)
        g_string_append(out, i < full ? (terminal.unicode ? "█" : "#") : (terminal.unicode ? "░" : "."));
    g_string_append_c(out, ']');
}

/* --- the scoreboard --- */

static const struct {
    const char *status;
    const char *word;
    enum paint colour;
} statuses[] = {{"passed", "pass", GREEN},   {"failed", "FAIL", RED},    {"crashed", "CRASH", RED},
                {"timed_out", "HANGS", RED}, {"misused", "MISUSE", RED}, {"not_run", "-", DIM}};

static void status_word(GString *out, const char *status)
{
    enum { COLUMN = 7 };
    for (guint i = 0; i < G_N_ELEMENTS(statuses); i++)
        if (strcmp(statuses[i].status, status) == 0) {
            paint(out, statuses[i].colour, statuses[i].word);
            g_string_append_printf(out, "%*s", COLUMN - (int)strlen(statuses[i].word), "");
        }
}

enum { BOARD_LEAD = 17 };

/* TEXT in ROOM columns, with dots in place of what does not fit. */
static void title_line(GString *out, const char *text, int room)
{
    if (g_utf8_strlen(text, -1) > room) {
        g_autofree char *cut = g_utf8_substring(text, 0, room - 3);
        g_string_append_printf(out, "%s...\n", cut);
    } else {
        g_string_append_printf(out, "%s\n", text);
    }
}

/* A line of the board: status, points, title; of a test that went wrong its name, too, on a line of its own if it would
 * cut the title. */
static void board_line(GString *out, const json_t *test)
{
    const char *name = text_at(test, "name");
    const char *title = test_is_shown(test) ? text_at(test, "title") : "a hidden test";
    bool named = strcmp(text_at(test, "kind"), "test") == 0 && test_went_wrong(test) && test_is_shown(test);
    int room = terminal.width - BOARD_LEAD;
    g_autofree char *both = g_strdup_printf("%s: %s", name, title); /* the name is typed next */
    bool fits = g_utf8_strlen(both, -1) <= room;
    g_string_append(out, "  ");
    status_word(out, text_at(test, "status"));
    g_string_append_printf(out, "%3d/%-2d  ", (int)number_at(test, "points"), (int)number_at(test, "max_points"));
    title_line(out, named && fits ? both : title, room);
    if (named && !fits)
        g_string_append_printf(out, "%*s(%s)\n", BOARD_LEAD, "", name);
}

/* How many tests in a row, from number FIRST on, wait for others. */
static size_t waiting_from(const json_t *tests, size_t first)
{
    size_t end = first;
    while (end < json_array_size(tests) && test_waits(json_array_get(tests, end)))
        end++;
    return end - first;
}

/* "-  0/58  and 19 more that wait" */
static void waiting_line(GString *out, const json_t *tests, size_t first, size_t n)
{
    int points = 0;
    for (size_t i = first; i < first + n; i++)
        points += (int)number_at(json_array_get(tests, i), "max_points");
    g_string_append(out, "  ");
    status_word(out, "not_run");
    g_string_append_printf(out, "%3d/%-2d  and %zu more that wait\n", 0, points, n);
}

/* The tests in order. Of a long row of waiting tests only the first few are shown. */
static void board(GString *out, const json_t *tests)
{
    enum { SHOWN = 2, MANY = 5 };
    for (size_t i = 0; i < json_array_size(tests); i++) {
        size_t waiting = waiting_from(tests, i);
        if (waiting < MANY) {
            board_line(out, json_array_get(tests, i));
            continue;
        }
        for (size_t shown = 0; shown < SHOWN; shown++)
            board_line(out, json_array_get(tests, i + shown));
        waiting_line(out, tests, i + SHOWN, waiting - SHOWN);
        i += waiting - 1;
    }
}

/* If nothing could be run, only answers were graded. */
static void board_of_answers(GString *out, const json_t *tests)
{
    size_t i;
    json_t *test;
    json_array_foreach(tests, i, test)
    {
        if (!test_waits(test) && strcmp(text_at(test, "kind"), "answer") == 0)
            board_line(out, test);
    }
}

static void head(GString *out, const json_t *lab)
{
    json_int_t score = number_at(lab, "score");
    json_int_t most = number_at(lab, "max_score");
    g_autofree char *title = g_strdup_printf("%s: %s", text_at(lab, "lab"), text_at(lab, "title"));
    paint(out, BOLD, title);
    g_string_append(out, "\n  ");
    terminal_bar(out, score, most);
    bool more = json_is_true(json_object_get(lab, "own_tests"));
    g_autofree char *points = g_strdup_printf("  %d / %d points%s", (int)score, (int)most, more ? " so far" : "");
    paint(out, score == most ? GREEN : BOLD, points);
    g_string_append(out, "\n");
}

/* --- the story --- */

/* A comment, as several if it is too long for the terminal. */
static void story_comment(GString *out, const char *comment, int indent)
{
    enum { MARKS = 6 }; /* the comment's delimiters */
    g_autofree char *inside = g_strndup(comment + strlen("/* "), strlen(comment) - MARKS);
    GString *wrapped = g_string_new(NULL);
    int width = terminal.width;
    terminal.width -= indent + MARKS;
    wrap(wrapped, inside, 0);
    terminal.width = width;
    g_auto(GStrv) parts = g_strsplit(wrapped->str, "\n", -1);
    for (guint i = 0; parts[i] && parts[i][0]; i++)
        g_string_append_printf(out, "%*s/* %s */\n", indent, "", parts[i]);
    g_string_free(wrapped, TRUE);
}

/* A line of the story: a comment, or C with or without a comment after it. If it is too long for the terminal, the
 * comment goes below; C stays on one line so that it can be copied. */
static void story_line(GString *out, const char *line)
{
    static const char apart[] = "  /* ";
    enum { FURTHER = 4 };
    int room = terminal.width - INDENT - 2;
    const char *after = g_str_has_suffix(line, " */") ? strstr(line, apart) : NULL;
    bool fits = g_utf8_strlen(line, -1) <= room;
    if (!fits && g_str_has_prefix(line, "/* ")) {
        story_comment(out, line, INDENT + 2);
    } else if (!fits && after) {
        g_string_append_printf(out, "%*s%.*s\n", INDENT + 2, "", (int)(after - line), line);
        story_comment(out, after + 2, INDENT + 2 + FURTHER);
    } else {
        g_string_append_printf(out, "%*s%s\n", INDENT + 2, "", line);
    }
}

static void story_lines(GString *out, const json_t *test)
{
    enum { SHOWN = 14 };
    const json_t *story = json_object_get(test, "story");
    size_t n = json_array_size(story);
    size_t first = n > SHOWN ? n - SHOWN : 0;
    if (first > 0)
        g_string_append_printf(out, "%*s/* ... %zu earlier line%s ... */\n", INDENT + 2, "", first,
                               first > 1 ? "s" : "");
    for (size_t i = first; i < n; i++)
        story_line(out, json_string_value(json_array_get(story, i)));
    if (n > 0)
        g_string_append_c(out, '\n');
}

static void heap_lines(GString *out, const json_t *test)
{
    json_t *heap = json_object_get(test, "heap");
    int room = terminal.width - INDENT - LABEL;
    g_autofree char *before = picture_lines(json_object_get(heap, "before"), room, terminal.unicode);
    g_autofree char *after = picture_lines(json_object_get(heap, "after"), room, terminal.unicode);
    g_autofree char *legend = picture_legend(heap, terminal.unicode);
    bool changed = before[0] && strcmp(before, after) != 0;
    if (changed)
        labelled_lines(out, "before", before, DIM);
    if (after[0])
        labelled_lines(out, changed ? "after" : "heap", after, DIM);
    if (after[0])
        labelled(out, "", legend, DIM);
}

static void output_lines(GString *out, const json_t *test)
{
    enum { LINES = 6 };
    g_auto(GStrv) lines = g_strsplit(text_at(test, "output"), "\n", LINES + 1);
    const char *label = "printed";
    for (guint i = 0; i < LINES && lines[i]; i++) {
        g_autofree char *line = shortened(g_strchomp(lines[i]), terminal.width - INDENT - LABEL);
        if (!line[0])
            continue;
        labelled_line(out, label, line, DIM);
        label = "";
    }
}

static void hint_lines(GString *out, const json_t *lab, const json_t *test)
{
    const json_t *hint = json_object_get(test, "hint");
    const char *question = text_at(hint, "question");
    labelled(out, "think", question[0] ? question : text_at(hint, "hint"), YELLOW);
    if (terminal.hint_steps > 1 && question[0])
        labelled(out, "hint", text_at(hint, "hint"), YELLOW);
    if (text_at(hint, "handout")[0]) {
        g_autofree char *section = g_strdup_printf("handouts/%s.md#%s", text_at(lab, "lab"), text_at(hint, "handout"));
        labelled(out, "read", section, YELLOW);
    }
}

char *make_command(const char *lab)
{
    g_autofree char *here = g_get_current_dir();
    g_autofree char *folder = g_path_get_basename(here);
    return strcmp(folder, lab) == 0 ? g_strdup("make") : g_strdup_printf("make -C labs/%s", lab);
}

static void next_line(GString *out, const json_t *lab, const json_t *test)
{
    g_autofree char *make = make_command(text_at(lab, "lab"));
    const char *name = text_at(test, "name");
    g_autofree char *next = strcmp(text_at(test, "kind"), "test") == 0 ? g_strdup_printf("%s gdb TEST=%s", make, name)
                            : g_str_has_prefix(name, "patient-")
                                ? g_strdup_printf("%s valgrind CASE=%c", make, name[strlen("patient-")])
                                : g_strdup_printf("%s demo", make);
    labelled_line(out, "next", next, YELLOW);
}

static void story(GString *out, const json_t *lab, const json_t *test)
{
    bool shown = test_is_shown(test);
    g_autofree char *lead =
        g_strdup_printf("  Look at this first: %s\n", shown ? text_at(test, "name") : "a hidden test");
    g_string_append_c(out, '\n');
    paint(out, BOLD, lead);
    if (!shown)
        return;
    wrap(out, text_at(test, "title"), INDENT);
    g_string_append_c(out, '\n');
    story_lines(out, test);
    wrap(out, text_at(test, "message"), INDENT);
    g_string_append_c(out, '\n');
    labelled(out, "expected", text_at(test, "expected"), GREEN);
    labelled(out, "found", text_at(test, "found"), RED);
    labelled(out, "where", text_at(test, "where"), BOLD);
    labelled(out, "written", text_at(test, "written"), BOLD);
    heap_lines(out, test);
    output_lines(out, test);
    hint_lines(out, lab, test);
    next_line(out, lab, test);
}

/* --- build, coverage, notes --- */

static bool is_error(const char *line)
{
    return strstr(line, ": error: ") || strstr(line, ": fatal error: ");
}

/* Does LINE belong to the one before it, as source, marks or a note? */
static bool goes_on(const char *line)
{
    return line[0] == ' ' || strstr(line, ": note: ");
}

/* In other words what LINE says, unless SAID holds them already. */
static void in_other_words(GString *out, const char *line, GHashTable *said)
{
    const char *sentence = compiler_sentence(line);
    if (!sentence || !g_hash_table_add(said, (gpointer)sentence))
        return;
    g_autofree char *words =
        g_strdup_printf("In other words: %s%s", sentence, g_str_has_suffix(sentence, "?") ? "" : ".");
    wrap(out, words, INDENT);
}

/* The first errors with their source lines; the compiler's other messages can wait. */
static void first_errors(GString *out, GStrv lines)
{
    enum { SHOWN = 3 };
    guint errors = 0;
    const char *latest = NULL; /* the error whose lines are being shown */
    g_autoptr(GHashTable) said = g_hash_table_new(g_direct_hash, g_direct_equal);
    g_string_append(out, "\n  The compiler says:\n");
    for (guint i = 0; lines[i]; i++) {
        errors += is_error(lines[i]);
        bool starts = is_error(lines[i]) && errors <= SHOWN;
        bool ours = starts || (latest && goes_on(lines[i]));
        if (latest && (starts || !ours)) {
            in_other_words(out, latest, said);
            latest = NULL;
        }
        latest = starts ? lines[i] : latest;
        if (ours)
            g_string_append_printf(out, "%*s%s\n", INDENT, "", lines[i]);
    }
    if (latest)
        in_other_words(out, latest, said);
    if (errors > SHOWN)
        g_string_append_printf(out, "%*s... and %u more errors; the first is often the cause of others\n", INDENT, "",
                               errors - SHOWN);
}

static bool any_error(GStrv lines)
{
    for (guint i = 0; lines[i]; i++)
        if (is_error(lines[i]))
            return true;
    return false;
}

static void first_lines(GString *out, GStrv lines, const char *lead)
{
    guint n = g_strv_length(lines);
    g_string_append_printf(out, "\n  %s\n", lead);
    g_autoptr(GHashTable) said = g_hash_table_new(g_direct_hash, g_direct_equal);
    for (guint i = 0; i < n && i < DIAGNOSTIC_LINES; i++)
        if (lines[i][0])
            g_string_append_printf(out, "%*s%s\n", INDENT, "", lines[i]);
    for (guint i = 0; i < n && i < DIAGNOSTIC_LINES; i++)
        in_other_words(out, lines[i], said);
    if (n > DIAGNOSTIC_LINES)
        g_string_append_printf(out, "%*s... and %u more lines\n", INDENT, "", n - DIAGNOSTIC_LINES);
}

static void diagnostics(GString *out, const json_t *built)
{
    g_auto(GStrv) lines = g_strsplit(text_at(built, "diagnostics"), "\n", -1);
    bool ok = json_is_true(json_object_get(built, "ok"));
    if (g_strv_length(lines) < 2)
        return;
    if (!ok && any_error(lines))
        first_errors(out, lines);
    else
        first_lines(out, lines, ok ? "The compiler warns (no points are lost by this):" : "The compiler says:");
}

static void build_problem(GString *out, const json_t *lab)
{
    const json_t *built = json_object_get(lab, "build");
    const char *problem = text_at(built, "problem");
    if (problem[0]) {
        g_string_append_c(out, '\n');
        g_autofree char *sentence = g_strdup_printf("Nothing could be run: %s.", problem);
        wrap(out, sentence, 2);
    }
    diagnostics(out, built);
}

/* Adds SENTENCE as a paragraph, unless it is empty, and frees it. */
static void paragraph(GString *out, char *sentence)
{
    if (sentence[0]) {
        g_string_append_c(out, '\n');
        wrap(out, sentence, 2);
    }
    g_free(sentence);
}

static void notes(GString *out, const json_t *lab)
{
    size_t i;
    json_t *note;
    json_array_foreach(json_object_get(lab, "notes"), i, note)
    {
        g_autofree char *text = g_strdup_printf("Note: %s.", json_string_value(note));
        wrap(out, text, 2);
    }
}

/* --- the whole --- */

/* Frees OUT and returns its text, in characters that the terminal can show. */
static char *finished(GString *out)
{
    char *text = g_string_free(out, FALSE);
    if (terminal.unicode)
        return text;
    char *plain = g_str_to_ascii(text, "C");
    g_free(text);
    return plain;
}

static void untouched_help(GString *out, const json_t *lab)
{
    g_autofree char *text = g_strdup_printf(
        "Where to start: read handouts/%s.md, then open labs/%s in your editor and type make there after each change.",
        text_at(lab, "lab"), text_at(lab, "lab"));
    g_string_append_c(out, '\n');
    wrap(out, text, 2);
}

/* Is this an early result (report.h), with coverage or own tests still to come? */
static bool is_early(const json_t *lab)
{
    return json_is_true(json_object_get(lab, "own_tests")) || json_is_true(json_object_get(lab, "coverage"));
}

static void add_end(GString *out, const json_t *lab)
{
    if (number_at(lab, "score") == 0 && lab_is_built(lab))
        untouched_help(out, lab);
    g_string_append_c(out, '\n');
}

static void add_coverage(GString *out, const json_t *lab)
{
    if (lab_is_built(lab))
        paragraph(out, coverage_sentence(lab));
}

static void add_lab(GString *out, const json_t *lab)
{
    head(out, lab);
    notes(out, lab);
    build_problem(out, lab);
    bool built = lab_is_built(lab);
    g_string_append_c(out, '\n');
    if (built)
        board(out, json_object_get(lab, "tests"));
    else
        board_of_answers(out, json_object_get(lab, "tests"));
    const json_t *trouble = first_wrong_test(lab);
    if (built && trouble)
        story(out, lab, trouble);
    add_coverage(out, lab);
    paragraph(out, own_tests_sentence(lab));
    paragraph(out, contest_sentence(lab));
    paragraph(out, contest_advice(lab));
    paragraph(out, uncounted_sentence(lab));
    if (!is_early(lab))
        add_end(out, lab);
}

static void add_total(GString *out, const json_t *document)
{
    size_t i;
    json_t *lab;
    paint(out, BOLD, "All labs\n");
    json_array_foreach(json_object_get(document, "labs"), i, lab)
    {
        g_string_append(out, "  ");
        terminal_bar(out, number_at(lab, "score"), number_at(lab, "max_score"));
        g_string_append_printf(out, " %3d / %d  %s\n", (int)number_at(lab, "score"), (int)number_at(lab, "max_score"),
                               text_at(lab, "lab"));
    }
}

guint terminal_failing(const json_t *lab)
{
    guint n = 0;
    size_t i;
    json_t *test;
    json_array_foreach(json_object_get(lab, "tests"), i, test) n += test_went_wrong(test);
    return n;
}

/* Failing test number N of LAB, counted from 0. */
static const json_t *failing_test(const json_t *lab, guint n)
{
    size_t i;
    json_t *test;
    json_array_foreach(json_object_get(lab, "tests"), i, test)
    {
        if (test_went_wrong(test) && n-- == 0)
            return test;
    }
    return NULL;
}

char *terminal_screen(const json_t *lab, const char *news, guint which)
{
    GString *out = g_string_new(NULL);
    guint failing = terminal_failing(lab);
    head(out, lab);
    wrap(out, news, 2);
    notes(out, lab);
    build_problem(out, lab);
    if (lab_is_built(lab) && failing > 0)
        story(out, lab, failing_test(lab, which % failing));
    paragraph(out, own_tests_sentence(lab));
    return finished(out);
}

char *terminal_rest(const json_t *lab)
{
    GString *out = g_string_new(NULL);
    add_coverage(out, lab);
    if (json_is_object(json_object_get(lab, "own_tests"))) {
        paragraph(out, own_tests_sentence(lab));
        g_string_append(out, "\n  ");
        terminal_bar(out, number_at(lab, "score"), number_at(lab, "max_score"));
        g_string_append_printf(out, "  %d / %d points\n", (int)number_at(lab, "score"),
                               (int)number_at(lab, "max_score"));
    }
    add_end(out, lab);
    return finished(out);
}

char *report_terminal(const json_t *document)
{
    GString *out = g_string_new(NULL);
    const json_t *labs = json_object_get(document, "labs");
    size_t i;
    json_t *lab;
    json_array_foreach(labs, i, lab) add_lab(out, lab);
    if (json_array_size(labs) > 1)
        add_total(out, document);
    return finished(out);
}
