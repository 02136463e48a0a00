// SPDX-License-Identifier: MIT
/*
 * metadata.c - Gradescope's submission_metadata.yml (class.h), read with libyaml:
 *
 *     submission_12345:
 *       :submitters:
 *       - :name: Jane Doe
 *         :sid: '123'
 *         :email: jane@example.edu
 *
 * It only provides names. Where it cannot be read, submissions keep the names of their folders.
 */
#include "class/class.h"

#include <string.h>
#include <yaml.h>

/* The text of NODE; "" if NODE is not a text. */
static const char *scalar_or_empty(const yaml_node_t *node)
{
    return node && node->type == YAML_SCALAR_NODE ? (const char *)(const void *)node->data.scalar.value : "";
}

/* The value of KEY in MAP (written with or without Ruby's colon); NULL if there is none. */
static yaml_node_t *value_of(yaml_document_t *document, const yaml_node_t *map, const char *key)
{
    if (!map || map->type != YAML_MAPPING_NODE)
        return NULL;
    for (const yaml_node_pair_t *pair = map->data.mapping.pairs.start; pair < map->data.mapping.pairs.top; pair++) {
        const char *name = scalar_or_empty(yaml_document_get_node(document, pair->key));
        if (strcmp(name[0] == ':' ? name + 1 : name, key) == 0)
            return yaml_document_get_node(document, pair->value);
    }
    return NULL;
}

static void append_text(GString *list, const char *text)
{
    g_autofree char *clean = text_clean(text, strlen(text));
    if (clean[0])
        g_string_append_printf(list, "%s%s", list->len ? ", " : "", clean);
}

/* Sets NAME and NUMBER to those of all submitters, separated by commas, as a group may submit together. */
static void read_submitters(yaml_document_t *document, const yaml_node_t *entry, GString *name, GString *number)
{
    const yaml_node_t *list = value_of(document, entry, "submitters");
    if (!list || list->type != YAML_SEQUENCE_NODE)
        return;
    for (const yaml_node_item_t *item = list->data.sequence.items.start; item < list->data.sequence.items.top; item++) {
        const yaml_node_t *submitter = yaml_document_get_node(document, *item);
        append_text(name, scalar_or_empty(value_of(document, submitter, "name")));
        const char *sid = scalar_or_empty(value_of(document, submitter, "sid"));
        append_text(number, sid[0] ? sid : scalar_or_empty(value_of(document, submitter, "email")));
    }
}

static void replace(char **text, const GString *by)
{
    if (by->len == 0)
        return;
    g_free(*text);
    *text = g_strdup(by->str);
}

static void apply(yaml_document_t *document, GPtrArray *class)
{
    const yaml_node_t *root = yaml_document_get_root_node(document);
    for (guint i = 0; i < class->len; i++) {
        struct handed_in *submission = class->pdata[i];
        g_autoptr(GString) name = g_string_new(NULL);
        g_autoptr(GString) number = g_string_new(NULL);
        read_submitters(document, value_of(document, root, submission->source), name, number);
        replace(&submission->name, name);
        replace(&submission->number, number);
    }
}

void metadata_apply(const char *file, GPtrArray *class)
{
    enum { MOST_BYTES = 64 << 20 };
    g_autofree char *bytes = NULL;
    gsize n = 0;
    if (!g_file_test(file, G_FILE_TEST_IS_REGULAR) || !g_file_get_contents(file, &bytes, &n, NULL) || n > MOST_BYTES)
        return;
    yaml_parser_t parser;
    yaml_document_t document;
    if (!yaml_parser_initialize(&parser))
        die_fault("cannot start libyaml");
    yaml_parser_set_input_string(&parser, (const unsigned char *)bytes, n);
    if (yaml_parser_load(&parser, &document)) {
        apply(&document, class);
        yaml_document_delete(&document);
    }
    yaml_parser_delete(&parser);
}
