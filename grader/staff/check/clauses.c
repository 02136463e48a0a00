// SPDX-License-Identifier: MIT
/*
 * clauses.c - heaplab check --clauses: each sentence of a contract has a chaff that breaks it (check.h).
 *
 * A chaff quotes the words that it breaks: `Breaks: "at most 64 more bytes"`. The header says them once: where it says
 * the same in two places, the quote goes on into a neighbour. A sentence is covered if a quote lies in it, or if one
 * spans it and a neighbour. Every other sentence is in the lab's clauses.txt, with the reason why nothing
 * can break it (or nothing that anyone could see):
 *
 *     "first words of the sentence": background
 *     header: memlib.h
 *
 * The second line adds a header, from labs/, to those in the lab's folder. A chaff of answers breaks no sentence of a
 * header: it quotes the question.
 */
#include "staff/check/check.h"

#include <string.h>

enum { SHORTEST_SHARE = 3 }; /* words of a quote that lie in a sentence: with fewer, the quote only reaches into it */

/* --- sentences and quotes --- */

static guint words_in(const char *text, gsize n)
{
    guint words = n > 0;
    for (gsize i = 0; i < n; i++)
        words += text[i] == ' ';
    return words;
}

/* Does the piece from START to END of the contract's text cover SENTENCE? */
static bool covers(const struct contract *contract, const struct sentence *sentence, gsize start, gsize end)
{
    gsize from = MAX(start, sentence->start);
    gsize to = MIN(end, sentence->end);
    if (from >= to)
        return false;
    bool whole = (from == start && to == end) || (from == sentence->start && to == sentence->end);
    return whole || words_in(contract->text->str + from, to - from) >= SHORTEST_SHARE;
}

static guint occurrences(const char *text, const char *quote)
{
    guint n = 0;
    for (const char *at = text; (at = strstr(at, quote)) != NULL; at++)
        n++;
    return n;
}

static void cover(struct contract *contract, const char *chaff, gsize start, gsize end)
{
    for (guint i = 0; i < contract->sentences->len; i++) {
        struct sentence *sentence = contract->sentences->pdata[i];
        if (!sentence->chaff && covers(contract, sentence, start, end))
            sentence->chaff = g_strdup(chaff);
    }
}

void clauses_cover(struct contract *contract, const char *chaff, const char *quote, const char *others,
                   GString *findings)
{
    g_autofree char *words = contract_normalised(quote);
    const char *text = contract->text->str;
    guint found = words[0] ? occurrences(text, words) : 0;
    gsize start = found ? (gsize)(strstr(text, words) - text) : 0;
    if (found == 1)
        cover(contract, chaff, start, start + strlen(words));
    if (found > 1)
        find(findings, "%s: the header says \"%s\" %u times: quote a word next to the place you mean", chaff, words,
             found);
    if (found == 0 && (!words[0] || occurrences(others, words) == 0))
        find(findings, "%s: no header says \"%s\"", chaff, quote);
}

/* --- chaffs --- */

/* What NAME, a file of a lab's folder in labs/, or of labs/ itself, contains; NULL if it is in neither. */
static char *text_in_labs(const char *lab, const char *name)
{
    g_autofree char *own = kit_path("labs", lab, name, NULL);
    g_autofree char *shared = kit_path("labs", name, NULL);
    char *text = NULL;
    if (!g_file_get_contents(own, &text, NULL, NULL) && !g_file_get_contents(shared, &text, NULL, NULL))
        return NULL;
    return text;
}

/* What a chaff may quote besides the contract: questions, and the contracts that this one builds on. */
static char *other_texts(const char *lab)
{
    struct rubric *rubric = rubric_load(lab);
    g_autofree char *folder = kit_path("labs", lab, NULL);
    struct contract *others = contract_new();
    g_autoptr(GPtrArray) answers = files_names(folder, ".txt");
    GString *texts = g_string_new(NULL);
    for (guint i = 0; i < answers->len; i++) {
        g_autofree char *text = text_in_labs(lab, answers->pdata[i]);
        g_autofree char *plain = contract_normalised(text ? text : "");
        g_string_append_printf(texts, "%s ", plain);
    }
    g_autofree char *memlib = text_in_labs(lab, "memlib.h");
    contract_add(others, "memlib.h", memlib ? memlib : "");
    g_autofree char *base = rubric->base ? kit_path("labs", rubric->base, NULL) : g_strdup("");
    g_autoptr(GPtrArray) headers = files_names(base, ".h");
    for (guint i = 0; i < headers->len; i++) {
        g_autofree char *text = text_in_labs(rubric->base, headers->pdata[i]);
        contract_add(others, headers->pdata[i], text ? text : "");
    }
    g_string_append(texts, others->text->str);
    contract_free(others);
    rubric_free(rubric);
    return g_string_free(texts, FALSE);
}

static void match_chaff(struct contract *contract, const char *others, const char *path, GString *findings)
{
    struct chaff chaff;
    g_autofree char *name = g_path_get_basename(path);
    if (!chaff_read(path, &chaff, findings))
        return;
    if (!chaff.breaks[0])
        find(findings, "%s has no line 'Breaks: \"words of the header\"'", name);
    for (guint i = 0; chaff.breaks[i]; i++)
        clauses_cover(contract, name, chaff.breaks[i], others, findings);
    chaff_clear(&chaff);
}

static void match_chaffs(struct contract *contract, const char *lab, GString *findings)
{
    g_autofree char *others = other_texts(lab);
    g_autofree char *folder = kit_path("grader", "labs", lab, "chaffs", NULL);
    g_autoptr(GPtrArray) names = files_names(folder, ".patch");
    for (guint i = 0; i < names->len; i++) {
        g_autofree char *path = g_build_filename(folder, names->pdata[i], NULL);
        match_chaff(contract, others, path, findings);
    }
}

/* --- clauses.txt --- */

/* Splits LINE, `"words": reason`. Returns false if it is not one. */
static bool read_entry(const char *line, char **words, char **reason)
{
    const char *end = line[0] == '"' ? strstr(line + 1, "\": ") : NULL;
    if (!end || !end[3])
        return false;
    g_autofree char *quoted = g_strndup(line + 1, (gsize)(end - line - 1));
    *words = contract_normalised(quoted);
    *reason = g_strdup(end + 3);
    return (*words)[0] != '\0';
}

/* The first sentence that starts with WORDS, or NULL; in *FOUND, how many different ones there are. */
static struct sentence *sentence_starting(const struct contract *contract, const char *words, guint *found)
{
    struct sentence *first = NULL;
    *found = 0;
    for (guint i = 0; i < contract->sentences->len; i++) {
        struct sentence *sentence = contract->sentences->pdata[i];
        if (!g_str_has_prefix(sentence->text, words))
            continue;
        *found += !first || strcmp(first->text, sentence->text) != 0;
        first = first ? first : sentence;
    }
    return first;
}

static void excuse(const struct contract *contract, const char *words, GString *findings)
{
    guint found;
    struct sentence *first = sentence_starting(contract, words, &found);
    if (!first)
        find(findings, "clauses.txt: no sentence starts with \"%s\"", words);
    if (found > 1)
        find(findings, "clauses.txt: %u sentences start with \"%s\": quote more of the one you mean", found, words);
    for (guint i = 0; found == 1 && i < contract->sentences->len; i++) {
        struct sentence *sentence = contract->sentences->pdata[i];
        if (strcmp(sentence->text, first->text) != 0)
            continue;
        if (sentence->chaff)
            find(findings, "clauses.txt: \"%s\" is superfluous: %s breaks it", words, sentence->chaff);
        sentence->excused = true;
    }
}

void clauses_excuse(struct contract *contract, const char *clauses, GString *findings)
{
    g_auto(GStrv) lines = g_strsplit(clauses, "\n", -1);
    for (guint i = 0; lines[i]; i++) {
        g_autofree char *words = NULL;
        g_autofree char *reason = NULL;
        const char *line = g_strstrip(lines[i]);
        if (!line[0] || line[0] == '#' || g_str_has_prefix(line, "header: "))
            continue;
        if (read_entry(line, &words, &reason))
            excuse(contract, words, findings);
        else
            find(findings, "clauses.txt, line %u: write \"first words of a sentence\": reason", i + 1);
    }
}

/* --- the check --- */

static void add_header(struct contract *contract, const char *lab, const char *name, GString *findings)
{
    g_autofree char *text = text_in_labs(lab, name);
    if (text)
        contract_add(contract, name, text);
    else
        find(findings, "clauses.txt: there is no header %s", name);
}

static void add_headers(struct contract *contract, const char *lab, const char *clauses, GString *findings)
{
    g_autofree char *folder = kit_path("labs", lab, NULL);
    g_autoptr(GPtrArray) names = files_names(folder, ".h");
    for (guint i = 0; i < names->len; i++)
        add_header(contract, lab, names->pdata[i], findings);
    g_auto(GStrv) lines = g_strsplit(clauses, "\n", -1);
    for (guint i = 0; lines[i]; i++)
        if (g_str_has_prefix(lines[i], "header: "))
            add_header(contract, lab, g_strstrip(lines[i] + strlen("header: ")), findings);
}

void clauses_open(const struct contract *contract, GString *findings)
{
    for (guint i = 0; i < contract->sentences->len; i++) {
        const struct sentence *sentence = contract->sentences->pdata[i];
        if (!sentence->chaff && !sentence->excused)
            find(findings, "%s: no chaff breaks \"%s\"", sentence->file, sentence->text);
    }
}

void check_clauses(const struct job *job, GString *findings)
{
    g_autofree char *path = kit_path("grader", "labs", job->lab, "clauses.txt", NULL);
    g_autofree char *clauses = NULL;
    if (!g_file_get_contents(path, &clauses, NULL, NULL))
        clauses = g_strdup("");
    struct contract *contract = contract_new();
    add_headers(contract, job->lab, clauses, findings);
    match_chaffs(contract, job->lab, findings);
    clauses_excuse(contract, clauses, findings);
    clauses_open(contract, findings);
    contract_free(contract);
}
