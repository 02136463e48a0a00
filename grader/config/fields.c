// SPDX-License-Identifier: MIT
/*
 * fields.c - reads a YAML file by a table of keys (fields.h). libyaml builds the tree; this file checks it against the
 * table.
 */
#include "config/fields.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <yaml.h>

struct reading {
    const char *path;
    yaml_document_t document;
    void *user;
    GString *mistakes;
};

static void G_GNUC_PRINTF(3, 4) mistake(struct reading *reading, const yaml_node_t *node, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    g_autofree char *sentence = g_strdup_vprintf(format, arguments);
    va_end(arguments);
    g_string_append_printf(reading->mistakes, "%s%s, line %zu: %s", reading->mistakes->len > 0 ? "\n" : "",
                           reading->path, node->start_mark.line + 1, sentence);
}

static yaml_node_t *node_at(struct reading *reading, int id)
{
    return yaml_document_get_node(&reading->document, id);
}

/* The text of NODE; NULL if it is not a scalar. */
static const char *scalar_text(const yaml_node_t *node)
{
    return node->type == YAML_SCALAR_NODE ? (const char *)node->data.scalar.value : NULL;
}

/* Is NODE empty, as after "key:" with nothing following, or ~ or null? */
static bool is_empty(const yaml_node_t *node)
{
    const char *text = scalar_text(node);
    return text && node->data.scalar.style == YAML_PLAIN_SCALAR_STYLE &&
           (*text == '\0' || strcmp(text, "~") == 0 || strcmp(text, "null") == 0);
}

static json_t *read_whole(struct reading *reading, const struct field *field, const yaml_node_t *node)
{
    char *end;
    errno = 0;
    const char *text = scalar_text(node);
    long number = strtol(text, &end, 10);
    if (errno != 0 || end == text || *end || number < field->least || number > field->most) {
        mistake(reading, node, "%s should be a whole number from %ld to %ld, not '%s'", field->name, field->least,
                field->most, text);
        return json_null();
    }
    return json_integer(number);
}

static json_t *read_choice(struct reading *reading, const struct field *field, const yaml_node_t *node)
{
    const char *text = scalar_text(node);
    if (g_strv_contains(field->choices, text))
        return json_string(text);
    const char *meant = nearest(text, field->choices);
    g_autofree char *all = g_strjoinv(", ", (char **)field->choices);
    mistake(reading, node, "%s cannot be '%s'; %s%s%sit can be: %s", field->name, text, meant ? "did you mean " : "",
            meant ? meant : "", meant ? "? " : "", all);
    return json_null();
}

static json_t *read_custom(struct reading *reading, const struct field *field, const yaml_node_t *node)
{
    g_autofree char *wrong = field->refuse(scalar_text(node), reading->user);
    if (!wrong)
        return json_string(scalar_text(node));
    mistake(reading, node, "%s %s", field->name, wrong);
    return json_null();
}

static json_t *read_scalar(struct reading *reading, const struct field *field, const yaml_node_t *node)
{
    if (!scalar_text(node)) {
        mistake(reading, node, "%s should be one value, not a list or a group of keys", field->name);
        return json_string(""); /* not null, which would mean that it is missing */
    }
    switch (field->kind) {
    case FIELD_WHOLE:
        return read_whole(reading, field, node);
    case FIELD_CHOICE:
        return read_choice(reading, field, node);
    case FIELD_CUSTOM:
        return read_custom(reading, field, node);
    default:
        return json_string(scalar_text(node));
    }
}

static json_t *read_map(struct reading *reading, const struct field *table, const yaml_node_t *node, const char *where);

static json_t *read_list(struct reading *reading, const struct field *field, const yaml_node_t *node)
{
    json_t *list = json_array();
    if (node->type != YAML_SEQUENCE_NODE) {
        mistake(reading, node, "%s should be a list, each entry on lines that start with '- '", field->name);
        return list;
    }
    for (yaml_node_item_t *item = node->data.sequence.items.start; item < node->data.sequence.items.top; item++)
        json_array_append_new(list, read_map(reading, field->inside, node_at(reading, *item), field->name));
    return list;
}

/* Reads the map under KEY, whose name is NAME. */
static json_t *read_named_map(struct reading *reading, const struct field *field, const char *name,
                              const yaml_node_t *key, const yaml_node_t *value)
{
    json_t *map = read_map(reading, field->inside, value, name);
    g_autofree char *wrong = field->refuse_map ? field->refuse_map(map) : NULL;
    if (wrong)
        mistake(reading, key, "%s: %s %s", field->name, name, wrong);
    return map;
}

static json_t *read_named(struct reading *reading, const struct field *field, const yaml_node_t *node)
{
    json_t *named = json_object();
    if (node->type != YAML_MAPPING_NODE) {
        mistake(reading, node, "%s should be a group of keys, one a line, indented", field->name);
        return named;
    }
    for (yaml_node_pair_t *pair = node->data.mapping.pairs.start; pair < node->data.mapping.pairs.top; pair++) {
        const yaml_node_t *key = node_at(reading, pair->key);
        char *wrong = NULL;
        const char *text = scalar_text(key);
        g_autofree char *name = text ? field->check_name(text, reading->user, &wrong) : NULL;
        if (!name)
            mistake(reading, key, "%s: %s", field->name, wrong ? wrong : "a name is missing");
        else if (json_object_get(named, name))
            mistake(reading, key, "%s: %s appears twice", field->name, name);
        else
            json_object_set_new(named, name, read_named_map(reading, field, name, key, node_at(reading, pair->value)));
        g_free(wrong);
    }
    return named;
}

static json_t *read_value(struct reading *reading, const struct field *field, const yaml_node_t *node)
{
    if (is_empty(node))
        return json_null();
    if (field->kind == FIELD_MAP)
        return read_map(reading, field->inside, node, field->name);
    if (field->kind == FIELD_LIST)
        return read_list(reading, field, node);
    if (field->kind == FIELD_NAMED)
        return read_named(reading, field, node);
    return read_scalar(reading, field, node);
}

static const struct field *find_field(const struct field *table, const char *name)
{
    for (; table->name; table++)
        if (strcmp(table->name, name) == 0)
            return table;
    return NULL;
}

static void unknown_key(struct reading *reading, const struct field *table, const yaml_node_t *key, const char *where)
{
    g_autoptr(GPtrArray) names = g_ptr_array_new();
    for (const struct field *field = table; field->name; field++)
        g_ptr_array_add(names, (char *)field->name);
    g_ptr_array_add(names, NULL);
    const char *const *known = (const char *const *)names->pdata;
    const char *text = scalar_text(key);
    const char *meant = text ? nearest(text, known) : NULL;
    g_autofree char *all = g_strjoinv(", ", (char **)names->pdata);
    mistake(reading, key, "%s%sthere is no key '%s'; %s%s%s", where ? where : "", where ? ": " : "", text ? text : "?",
            meant ? "did you mean " : "the keys are: ", meant ? meant : all, meant ? "?" : "");
}

/* Adds every missing key of TABLE to MAP as null. */
static void fill_up(struct reading *reading, const struct field *table, const yaml_node_t *node, const char *where,
                    json_t *map)
{
    for (; table->name; table++) {
        if (table->required && json_is_null(json_object_get(map, table->name)))
            mistake(reading, node, "%s%s%s needs a value", where ? where : "", where ? ": " : "", table->name);
        if (json_object_get(map, table->name))
            continue;
        if (table->required)
            mistake(reading, node, "%s%s%s is missing", where ? where : "", where ? ": " : "", table->name);
        json_object_set_new(map, table->name, json_null());
    }
}

static json_t *read_map(struct reading *reading, const struct field *table, const yaml_node_t *node, const char *where)
{
    json_t *map = json_object();
    if (!is_empty(node) && node->type != YAML_MAPPING_NODE) {
        mistake(reading, node, "%s should be a group of lines of the form 'key: value'", where ? where : "the file");
        return map;
    }
    bool has_pairs = node->type == YAML_MAPPING_NODE;
    yaml_node_pair_t *pair = has_pairs ? node->data.mapping.pairs.start : NULL;
    for (; has_pairs && pair < node->data.mapping.pairs.top; pair++) {
        const yaml_node_t *key = node_at(reading, pair->key);
        const struct field *field = scalar_text(key) ? find_field(table, scalar_text(key)) : NULL;
        if (!field)
            unknown_key(reading, table, key, where);
        else if (json_object_get(map, field->name))
            mistake(reading, key, "%s appears twice", field->name);
        else
            json_object_set_new(map, field->name, read_value(reading, field, node_at(reading, pair->value)));
    }
    fill_up(reading, table, node, where, map);
    return map;
}

/* --- the whole file --- */

static char *syntax_mistake(const char *path, const yaml_parser_t *parser)
{
    return g_strdup_printf("%s, line %zu: this is not YAML: %s", path, parser->problem_mark.line + 1,
                           parser->problem ? parser->problem : "it cannot be read");
}

static json_t *read_document(struct reading *reading, const struct field *table, char **mistakes)
{
    yaml_node_t *root = yaml_document_get_root_node(&reading->document);
    if (!root) {
        *mistakes = g_strdup_printf("%s: is empty", reading->path);
        return NULL;
    }
    reading->mistakes = g_string_new(NULL);
    json_t *map = read_map(reading, table, root, NULL);
    bool sound = reading->mistakes->len == 0;
    *mistakes = g_string_free(reading->mistakes, sound);
    if (sound)
        return map;
    json_decref(map);
    return NULL;
}

static json_t *read_text(const char *path, const char *text, size_t bytes, const struct field *table, void *user,
                         char **mistakes)
{
    yaml_parser_t parser;
    struct reading reading = {.path = path, .user = user};
    json_t *map = NULL;
    if (!yaml_parser_initialize(&parser)) {
        *mistakes = g_strdup_printf("%s: there is no memory to read it", path);
        return NULL;
    }
    yaml_parser_set_input_string(&parser, (const unsigned char *)text, bytes);
    if (yaml_parser_load(&parser, &reading.document)) {
        map = read_document(&reading, table, mistakes);
        yaml_document_delete(&reading.document);
    } else {
        *mistakes = syntax_mistake(path, &parser);
    }
    yaml_parser_delete(&parser);
    return map;
}

json_t *fields_read(const char *path, const struct field *table, void *user, char **mistakes)
{
    g_autofree char *text = NULL;
    gsize bytes;
    *mistakes = NULL;
    if (!g_file_get_contents(path, &text, &bytes, NULL)) {
        *mistakes = g_strdup_printf("%s: cannot be read", path);
        return NULL;
    }
    return read_text(path, text, bytes, table, user, mistakes);
}
