// SPDX-License-Identifier: MIT
/*
 * suspicious.c - what a person should look at (pages.h): it searches the files for words that have no place in a
 * lab, and adds what the grader itself refused. None of it changes a score.
 */
#include "class/pages/pages.h"
#include "report/report.h"

#include <string.h>

enum { MOST_BYTES = 1 << 20 };

static const struct {
    const char *word, *why;
} words[] = {{"LCOV_EXCL", "asks coverage to leave lines out"},
             {"GCOV_EXCL", "asks coverage to leave lines out"},
             {"GCOVR_EXCL", "asks coverage to leave lines out"},
             {"no_profile_instrument", "asks the compiler not to count coverage"},
             {"#line", "changes line numbers or file names"},
             {"#pragma", "changes how the compiler works"},
             {"__asm", "contains machine code"},
             {"asm(", "contains machine code"},
             {"asm volatile", "contains machine code"},
             {"constructor", "may run code before main"},
             {"ifunc", "may run code before main"},
             {"section(", "puts code or data into other sections"},
             {"__gcov", "calls the coverage counters"},
             {"syscall(", "makes system calls directly"},
             {"ptrace", "can inspect other processes"},
             {"/proc/", "names the system's files about processes"},
             {"LD_PRELOAD", "names the loader's variables"}};

static void add_word(json_t *found, const char *file, const char *word, const char *why)
{
    g_autofree char *sentence = g_strdup_printf("%s: %s (%s)", file, word, why);
    json_array_append_new(found, json_string(sentence));
}

/* Words that are already in the handed-out FILE of LAB are not the student's. */
static void look_into(json_t *found, const char *folder, const char *file, const char *lab)
{
    g_autofree char *path = g_build_filename(folder, file, NULL);
    g_autofree char *stub_path = kit_path("labs", lab, file, NULL);
    g_autofree char *text = files_read_text(path, MOST_BYTES);
    g_autofree char *stub = files_read_text(stub_path, MOST_BYTES);
    g_autofree char *name = text_clean(file, strlen(file));
    for (guint i = 0; i < G_N_ELEMENTS(words); i++)
        if (strstr(text, words[i].word) && !strstr(stub, words[i].word))
            add_word(found, name, words[i].word, words[i].why);
}

json_t *suspicious_find(const json_t *document, const char *sources)
{
    json_t *found = json_array();
    g_autoptr(GPtrArray) files = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(GDir) dir = g_dir_open(sources, 0, NULL);
    for (const char *name; dir && (name = g_dir_read_name(dir)) != NULL;)
        g_ptr_array_add(files, g_strdup(name));
    g_ptr_array_sort(files, compare_names);
    const char *first_lab = text_at(json_array_get(json_object_get(document, "labs"), 0), "lab");
    for (guint i = 0; i < files->len; i++)
        look_into(found, sources, files->pdata[i], first_lab);
    size_t i;
    json_t *lab;
    json_array_foreach(json_object_get(document, "labs"), i, lab)
    {
        const char *problem = text_at(json_object_get(lab, "build"), "problem");
        if (g_str_has_prefix(problem, "your code calls "))
            json_array_append_new(found, json_string(problem));
    }
    return found;
}
