// SPDX-License-Identifier: MIT
/*
 * template.c - fills the templates of parts/ (report.h). They use a subset of Mustache:
 *
 *     {{name}}                    the text or number called name, escaped for HTML text and quoted attributes
 *     {{{name}}}                  the same, unescaped: for HTML that this program made
 *     {{#name}}...{{/name}}       for each element of an array; once for an object, a text or true; otherwise never
 *     {{^name}}...{{/name}}       once, if {{#name}} would never appear
 *     {{>file}}                   another template
 *     {{.}}                       the element itself
 *
 * A name is looked up in the innermost object first, then outwards. An unknown name is empty.
 */
#include "report/report.h"

#include <string.h>

/* The objects in which names are looked up, innermost first. */
struct scope {
    const json_t *value;
    const struct scope *outer;
};

static void fill(GString *out, const char *at, const char *end, const struct scope *scope);

/* Shared templates are in html/parts. A name with a slash is a path below grader/. */
static char *read_part(const char *name)
{
    bool shared = strchr(name, '/') == NULL;
    g_autofree char *path =
        shared ? kit_path("grader", "report", "html", "parts", name, NULL) : kit_path("grader", name, NULL);
    char *text = NULL;
    GError *error = NULL;
    if (!g_file_get_contents(path, &text, NULL, &error))
        die_fault("cannot read a template: %s", error->message);
    return text;
}

/* --- values --- */

static const json_t *look_up(const struct scope *scope, const char *name)
{
    if (strcmp(name, ".") == 0)
        return scope->value;
    for (; scope; scope = scope->outer) {
        const json_t *value = json_object_get(scope->value, name);
        if (value)
            return value;
    }
    return NULL;
}

static char *value_text(const json_t *value)
{
    if (json_is_integer(value))
        return g_strdup_printf("%" JSON_INTEGER_FORMAT, json_integer_value(value));
    if (json_is_real(value))
        return g_strdup_printf("%.1f", json_real_value(value));
    return g_strdup(json_is_string(value) ? json_string_value(value) : "");
}

static bool is_something(const json_t *value)
{
    if (json_is_array(value))
        return json_array_size(value) > 0;
    if (json_is_string(value))
        return json_string_value(value)[0] != '\0';
    return json_is_object(value) || json_is_true(value) || (json_is_number(value) && json_number_value(value) != 0);
}

/* --- tags --- */

/* A tag such as "{{#name}}", parsed. */
struct tag {
    char kind;         /* '#', '^', '/', '>', '{' for unescaped, or ' ' for a plain name */
    char *name;        /* owned */
    const char *after; /* where the template continues */
};

/* The tag that starts at AT; the template ends at END. */
static struct tag read_tag(const char *at, const char *end)
{
    bool raw = end - at > 2 && at[2] == '{';
    const char *inner = at + (raw ? 3 : 2);
    const char *closing = raw ? "}}}" : "}}";
    const char *close = g_strstr_len(inner, end - inner, closing);
    if (!close)
        die_fault("a template has '{{' without '}}': %.40s", at);
    struct tag tag = {.kind = raw ? '{' : ' ', .after = close + strlen(closing)};
    if (!raw && strchr("#^/>", *inner))
        tag.kind = *inner++;
    tag.name = g_strndup(inner, (gsize)(close - inner));
    return tag;
}

/* Finds the tag that closes the section NAME, whose text starts at AT. Returns the tag's start and sets *AFTER to its
 * end. */
static const char *find_close(const char *at, const char *end, const char *name, const char **after)
{
    int depth = 1;
    while ((at = g_strstr_len(at, end - at, "{{")) != NULL) {
        struct tag tag = read_tag(at, end);
        bool same = strcmp(tag.name, name) == 0;
        g_free(tag.name);
        if (same && tag.kind == '/' && --depth == 0) {
            *after = tag.after;
            return at;
        }
        depth += same && (tag.kind == '#' || tag.kind == '^');
        at = tag.after;
    }
    die_fault("a template does not close {{#%s}}", name);
}

static void fill_each(GString *out, const char *at, const char *end, const json_t *value, const struct scope *scope)
{
    size_t i;
    json_t *element;
    if (!json_is_array(value)) {
        fill(out, at, end, &(struct scope){.value = value, .outer = scope});
        return;
    }
    json_array_foreach(value, i, element) fill(out, at, end, &(struct scope){.value = element, .outer = scope});
}

/* Returns where the template continues after the section. */
static const char *fill_section(GString *out, const struct tag *tag, const char *end, const struct scope *scope)
{
    const char *after;
    const char *close = find_close(tag->after, end, tag->name, &after);
    const json_t *value = look_up(scope, tag->name);
    if (tag->kind == '^' && !is_something(value))
        fill(out, tag->after, close, scope);
    if (tag->kind == '#' && is_something(value))
        fill_each(out, tag->after, close, value, scope);
    return after;
}

static void fill_part(GString *out, const char *name, const struct scope *scope)
{
    g_autofree char *part = read_part(name);
    fill(out, part, part + strlen(part), scope);
}

static void fill_value(GString *out, const struct tag *tag, const struct scope *scope)
{
    g_autofree char *text = value_text(look_up(scope, tag->name));
    g_autofree char *escaped = g_markup_escape_text(text, -1);
    g_string_append(out, tag->kind == '{' ? text : escaped);
}

/* Returns where the template continues. */
static const char *fill_tag(GString *out, const char *at, const char *end, const struct scope *scope)
{
    struct tag tag = read_tag(at, end);
    g_autofree char *name = tag.name;
    switch (tag.kind) {
    case '#':
    case '^':
        return fill_section(out, &tag, end, scope);
    case '>':
        fill_part(out, name, scope);
        return tag.after;
    case '/':
        die_fault("a template closes {{/%s}}, which is not open", name);
    default:
        fill_value(out, &tag, scope);
        return tag.after;
    }
}

static void fill(GString *out, const char *at, const char *end, const struct scope *scope)
{
    for (const char *tag; (tag = g_strstr_len(at, end - at, "{{")) != NULL;) {
        g_string_append_len(out, at, tag - at);
        at = fill_tag(out, tag, end, scope);
    }
    g_string_append_len(out, at, end - at);
}

char *template_fill(const char *name, const json_t *view)
{
    GString *out = g_string_new(NULL);
    fill_part(out, name, &(struct scope){.value = view});
    return g_string_free(out, FALSE);
}
