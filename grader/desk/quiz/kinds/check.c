// SPDX-License-Identifier: MIT
/*
 * check.c - what mm_check returns for a damaged heap, and in which line it finds out. One of the lab's tests lays the
 * heap out and damages it; its story says what mm_check returned.
 */
#include "desk/quiz/quiz.h"

#include <string.h>

enum { ROW = 16, WORD = 8, MOST_BYTES = 1024, DIGITS = 2, HEXADECIMAL = 16, HALF_BITS = 32 };

/* The name that the call of OPERATION returned: "MM_BAD_LINK". NULL if it is no call of mm_check that tells. */
static char *returned(const struct quiz_run *run, guint operation)
{
    const char *text = json_string_value(json_array_get(json_object_get(run->data, "texts"), operation));
    g_autoptr(GRegex) regex = g_regex_new("^mm_check\\(\\);.*returned (MM_BAD_\\w+|MM_NOT_\\w+) ", 0, 0, NULL);
    g_autoptr(GMatchInfo) info = NULL;
    return text && g_regex_match(regex, text, 0, &info) ? g_match_info_fetch(info, 1) : NULL;
}

/* The last line that OPERATION came by, among the student's own, with NAME in it; NULL. */
static const struct site *line_in_checker(const struct material *material, const struct quiz_run *run, guint operation,
                                          const char *name)
{
    const struct site *found = NULL;
    for (guint i = 0; i < run->steps->len; i++) {
        struct step step = g_array_index(run->steps, struct step, i);
        const struct site *site = material->sites->pdata[step.site];
        if (step.operation == operation && site->own && strstr(site->text, name))
            found = site;
    }
    return found;
}

/* "free_list.c:447", where OPERATION finds the damage; NULL if it finds none. *SITE is that line. */
static char *finding(const struct material *material, const struct quiz_run *run, guint operation,
                     const struct site **site)
{
    g_autofree char *name = returned(run, operation);
    *site = name ? line_in_checker(material, run, operation, name) : NULL;
    return *site ? site_option(*site) : NULL;
}

/* The 8 bytes at OFFSET of IMAGE: as a value if they are one, as two halves if they hold two numbers. */
static char *word_text(const char *image, gint64 offset)
{
    guint64 value = 0;
    for (gint64 i = WORD; i-- > 0;) {
        const char pair[] = {image[DIGITS * (offset + i)], image[DIGITS * (offset + i) + 1], '\0'};
        value = value << WORD | g_ascii_strtoull(pair, NULL, HEXADECIMAL);
    }
    char *text = heap_value(value);
    if (!g_str_has_prefix(text, "0x"))
        return text;
    g_free(text); /* no number and no address */
    return g_strdup_printf("0x%08x 0x%08x", (guint)(value & G_MAXUINT32), (guint)(value >> HALF_BITS));
}

/* Is the row nothing but the bytes that fill payloads? */
static bool is_filler(const char *row)
{
    bool same = strncmp(row, "00", DIGITS) != 0;
    for (guint i = 1; i < ROW; i++)
        same = same && strncmp(row, row + (gsize)(DIGITS * i), DIGITS) == 0;
    return same;
}

/* Rows of 16 bytes, without those that are filled with one byte. */
static json_t *words_of(const char *image)
{
    json_t *rows = json_array();
    for (gint64 at = 0; (gsize)(DIGITS * (at + ROW)) <= strlen(image); at += ROW) {
        if (is_filler(image + DIGITS * at))
            continue;
        g_autofree char *first = word_text(image, at);
        g_autofree char *second = word_text(image, at + WORD);
        g_autofree char *row = g_strdup_printf("heap + %4" G_GINT64_FORMAT "   %-24s %s", at, first, second);
        json_array_append_new(rows, json_string(row));
    }
    return rows;
}

/* What mm_check found in other calls, then what it might find in lines that name other problems. */
static void add_wrong(struct quiz_question *question, const struct material *material, struct draw *draw)
{
    g_autoptr(GPtrArray) others = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(GRegex) regex = g_regex_new("\\b(MM_BAD_\\w+|MM_NOT_\\w+)", 0, 0, NULL);
    const char *file;
    json_t *source;
    json_object_foreach(material->sources, file, source)
    {
        g_auto(GStrv) lines = g_strsplit(json_string_value(source), "\n", -1);
        for (guint i = 0; lines[i]; i++) {
            g_autoptr(GMatchInfo) info = NULL;
            if (!strstr(lines[i], "return") || !g_regex_match(regex, lines[i], 0, &info))
                continue;
            g_ptr_array_add(others, g_strdup_printf("%s:%u", file, i + 1));
        }
    }
    draw_shuffle(draw, others);
    for (guint i = 0; i < others->len; i++)
        question_option(question, g_strdup(others->pdata[i]));
}

static struct quiz_question *ask_check(const struct quiz_kind *kind, const struct material *material, struct draw *draw)
{
    if (material->checks->len == 0)
        return NULL;
    const struct quiz_run *run = material->checks->pdata[draw_below(draw, material->checks->len)];
    guint operation = draw_below(draw, run->operations);
    const struct site *site;
    g_autofree char *right = finding(material, run, operation, &site);
    g_autofree char *image = right ? heap_image(run, operation) : NULL;
    if (!right || strlen(image) > DIGITS * MOST_BYTES || number_at(run->data, "lost") > 0)
        return NULL;
    struct quiz_question *question = question_new(kind, run, operation);
    question->alone = true;
    question->words = words_of(image);
    question->function = g_strdup(site->function);
    question->text = g_strdup("This heap has been damaged. (Rows that hold one byte 16 times are left out. Words that "
                              "are neither a number nor an address are shown as two halves.) What does your mm_check "
                              "return for it? Choose the line that decides.");
    question_option(question, g_strdup(right));
    add_wrong(question, material, draw);
    g_autofree char *name = returned(run, operation);
    question->reason = g_strdup_printf("It returned %s, in %s (%s):   %s", name, right, site->function, site->text);
    json_object_update_new(question->proof, json_pack("{s:s, s:s, s:s}", "how", "check", "image", image, "name", name));
    return question;
}

QUIZ_KIND(check, "what mm_check finds in a damaged heap, and where", false, true, true);
