// SPDX-License-Identifier: MIT
/*
 * prototypes.c - which functions a source defines and declares, as gcc lists them (foreign.h). A line of such a list:
 *
 *     (comment: src/mm.c:12:NF) extern void *mm_malloc (size_t size); (comment: the parameters once more)
 *
 * F is a definition, C a declaration. Macros, old-style definitions and typedefs need no attention this way.
 */
#include "grade/foreign/foreign.h"

#include <string.h>

enum { MOST_BYTES = 4 << 20 };

static void free_prototype(gpointer data)
{
    struct prototype *prototype = data;
    g_free(prototype->name);
    g_free(prototype->file);
    g_free(prototype->result);
    g_strfreev(prototype->parameters);
    g_free(prototype);
}

/* Where the parameter at TEXT ends: at a comma that is in no parentheses. */
static size_t parameter_length(const char *text)
{
    int depth = 0;
    size_t n = 0;
    for (; text[n] && (text[n] != ',' || depth > 0); n++)
        depth += text[n] == '(' ? 1 : text[n] == ')' ? -1 : 0;
    return n;
}

static GStrv parameters_in(const char *text)
{
    g_autoptr(GStrvBuilder) types = g_strv_builder_new();
    while (*text) {
        size_t n = parameter_length(text);
        g_autofree char *type = g_strstrip(g_strndup(text, n));
        if (strcmp(type, "void") != 0 && type[0])
            g_strv_builder_add(types, type);
        text += n + (text[n] == ',');
    }
    return g_strv_builder_end(types);
}

/* NULL for a line of another form, such as that of a function that returns one. */
static struct prototype *prototype_in(const char *line)
{
    g_autoptr(GRegex) regex = g_regex_new(
        "^/\\* (.*):[0-9]+:[A-Z]([CF]) \\*/ (static|extern) ([^()]*[ *])(\\w+) \\((.*?)\\);( /\\*|$)", 0, 0, NULL);
    g_autoptr(GMatchInfo) match = NULL;
    if (!g_regex_match(regex, line, 0, &match))
        return NULL;
    g_autofree char *file = g_match_info_fetch(match, 1);
    g_autofree char *kind = g_match_info_fetch(match, 2);
    g_autofree char *linkage = g_match_info_fetch(match, 3);
    g_autofree char *parameters = g_match_info_fetch(match, 6);
    struct prototype *prototype = g_new0(struct prototype, 1);
    prototype->result = g_strstrip(g_match_info_fetch(match, 4));
    prototype->name = g_match_info_fetch(match, 5);
    prototype->parameters = parameters_in(parameters);
    prototype->defined = kind[0] == 'F';
    prototype->is_static = strcmp(linkage, "static") == 0;
    prototype->file = g_strdup(g_str_has_prefix(file, "src/") ? file + strlen("src/") : file);
    return prototype;
}

void prototypes_add(const struct submission *submission, const char *source, GPtrArray *found)
{
    g_autofree char *name =
        g_strdup_printf("obj/prototypes/%.*s.prototypes", (int)(strlen(source) - strlen(".c")), source);
    g_autofree char *flags = g_strdup_printf("-std=gnu11%s%s", submission->bits32 ? " -m32" : "",
                                             submission->flags ? submission->flags : "");
    build_prototypes(submission, source, flags);
    if (fold_constants(submission, "prototypes.txt"))
        build_prototypes(submission, source, flags);
    g_autofree char *path = submission_path(submission, name);
    g_autofree char *text = NULL;
    if (!g_file_get_contents(path, &text, NULL, NULL))
        return;
    g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
    for (guint i = 0; lines[i]; i++) {
        struct prototype *prototype = prototype_in(lines[i]);
        if (prototype)
            g_ptr_array_add(found, prototype);
    }
}

GPtrArray *prototypes_new(void)
{
    return g_ptr_array_new_with_free_func(free_prototype);
}
