// SPDX-License-Identifier: MIT
/*
 * paper.c - students' pages as PDFs, by weasyprint (class.h), which prints them as the handouts are printed.
 *
 * A page names its colours by role, and its style sheet says what they are on paper. weasyprint does not look roles up
 * everywhere, so they are put in first.
 */
#include "class/class.h"

#include <string.h>

/* PAGE with the colours that its style sheet has for paper. */
static char *in_paper_colours(const char *page)
{
    const char *style = strstr(page, "<style>"); /* the first one: no student's text can contain it */
    const char *end = style ? strstr(style, "</style>") : NULL;
    const char *paper = end ? g_strstr_len(style, end - style, "@media print {") : NULL;
    if (!end || !paper)
        die_fault("the style sheet of a page has no colours for paper");
    /* cppcheck-suppress nullPointerArithmetic ; die_fault does not return */
    g_autoptr(GString) sheet = g_string_new_len(style, end - style);
    g_autoptr(GRegex) colour = g_regex_new("--(\\w+): (#[0-9a-f]+);", 0, 0, NULL);
    g_autoptr(GMatchInfo) match = NULL;
    g_regex_match_full(colour, paper, end - paper, 0, 0, &match, NULL);
    for (; g_match_info_matches(match); g_match_info_next(match, NULL)) {
        g_autofree char *name = g_match_info_fetch(match, 1);
        g_autofree char *value = g_match_info_fetch(match, 2);
        g_autofree char *use = g_strdup_printf("var(--%s)", name);
        g_string_replace(sheet, use, value, 0);
    }
    g_autofree char *head = g_strndup(page, (gsize)(style - page));
    return g_strconcat(head, sheet->str, end, NULL);
}

/* Runs weasyprint on the COUNT pages in FOLDER, called 0.html and so on. */
static void print_all(const char *folder, guint count)
{
    g_autoptr(GPtrArray) command = g_ptr_array_new_with_free_func(g_free);
    g_autofree char *errors = NULL;
    int status = 0;
    g_ptr_array_add(command, g_strdup("/usr/bin/python3"));
    g_ptr_array_add(command, kit_path("handouts", "filter", "pdf.py", NULL));
    for (guint i = 0; i < count; i++)
        g_ptr_array_add(command, g_strdup_printf("%s/%u.html", folder, i));
    g_ptr_array_add(command, NULL);
    if (!g_spawn_sync(NULL, (char **)command->pdata, NULL, G_SPAWN_DEFAULT, NULL, NULL, NULL, &errors, &status, NULL))
        die_unusable("PDFs need Python and weasyprint (package weasyprint)");
    if (g_spawn_check_wait_status(status, NULL))
        return;
    if (strstr(errors, "No module named 'weasyprint'"))
        die_unusable("PDFs need weasyprint, which is not installed (package weasyprint)");
    die_fault("weasyprint could not print the pages: %s", errors);
}

void paper_print(const GPtrArray *pages)
{
    g_autofree char *folder = files_make_temporary();
    for (guint i = 0; i < pages->len; i++) {
        const struct packed *page = pages->pdata[i];
        g_autofree char *path = g_strdup_printf("%s/%u.html", folder, i);
        g_autofree char *text = in_paper_colours(page->bytes);
        files_write_anew(path, text);
    }
    if (pages->len > 0)
        print_all(folder, pages->len);
    for (guint i = 0; i < pages->len; i++) {
        struct packed *page = pages->pdata[i];
        g_autofree char *path = g_strdup_printf("%s/%u.pdf", folder, i);
        g_autofree char *stem = g_strndup(page->name, strlen(page->name) - strlen(".html"));
        GError *error = NULL;
        g_free(page->bytes);
        g_free(page->name);
        page->name = g_strconcat(stem, ".pdf", NULL);
        if (!g_file_get_contents(path, &page->bytes, &page->size, &error))
            die_fault("weasyprint has left no PDF: %s", error->message);
    }
}
