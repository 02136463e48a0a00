// SPDX-License-Identifier: MIT
/*
 * metadata.c - what Gradescope writes beside submissions (class.h): submission_metadata.yml, read with libyaml.
 *
 *     submission_12345:
 *       :submitters:
 *       - :name: Jane Doe
 *         :sid: '123'
 *         :email: jane@example.edu
 *       :created_at: 2026-11-10 21:05:33.123456000 +01:00
 *
 * It only provides names and times. Where it cannot be read, submissions keep the names of their folders.
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

/* Sets NAME and NUMBER to those of all submitters, separated by commas, as a group may submit together. Returns the
 * submitters. */
static json_t *read_submitters(yaml_document_t *document, const yaml_node_t *entry, GString *name, GString *number)
{
    json_t *partners = json_array();
    const yaml_node_t *list = value_of(document, entry, "submitters");
    if (!list || list->type != YAML_SEQUENCE_NODE)
        return partners;
    for (const yaml_node_item_t *item = list->data.sequence.items.start; item < list->data.sequence.items.top; item++) {
        const yaml_node_t *submitter = yaml_document_get_node(document, *item);
        const char *sid = scalar_or_empty(value_of(document, submitter, "sid"));
        const char *mail = scalar_or_empty(value_of(document, submitter, "email"));
        const char *called = scalar_or_empty(value_of(document, submitter, "name"));
        g_autofree char *clean_id = text_clean(sid[0] ? sid : mail, strlen(sid[0] ? sid : mail));
        g_autofree char *clean_name = text_clean(called, strlen(called));
        g_autofree char *clean_mail = text_clean(mail, strlen(mail));
        append_text(name, called);
        append_text(number, clean_id);
        json_array_append_new(partners,
                              json_pack("{s:s, s:s, s:s}", "id", clean_id, "name", clean_name, "email", clean_mail));
    }
    return partners;
}

static void replace(char **text, const GString *by)
{
    if (by->len == 0)
        return;
    g_free(*text);
    *text = g_strdup(by->str);
}

/* created_at without parts of a second: "2026-11-10 21:05:33 +01:00". */
static void read_time(yaml_document_t *document, const yaml_node_t *entry, struct handed_in *submission)
{
    const char *text = scalar_or_empty(value_of(document, entry, "created_at"));
    g_autoptr(GRegex) regex = g_regex_new(
        "^(\\d{4}-\\d\\d-\\d\\d)[ T](\\d\\d:\\d\\d:\\d\\d)(?:\\.\\d+)? ?(Z|UTC|[-+]\\d\\d:?\\d\\d)?$", 0, 0, NULL);
    g_autoptr(GMatchInfo) info = NULL;
    if (!g_regex_match(regex, text, 0, &info))
        return;
    g_autofree char *day = g_match_info_fetch(info, 1);
    g_autofree char *hour = g_match_info_fetch(info, 2);
    g_autofree char *found = g_match_info_fetch(info, 3);
    const char *zone = !found || !found[0] || strcmp(found, "UTC") == 0 ? "Z" : found;
    g_free(submission->when);
    submission->when = g_strdup_printf("%s %s %s", day, hour, zone);
}

static void apply(yaml_document_t *document, GPtrArray *class)
{
    const yaml_node_t *root = yaml_document_get_root_node(document);
    for (guint i = 0; i < class->len; i++) {
        struct handed_in *submission = class->pdata[i];
        g_autoptr(GString) name = g_string_new(NULL);
        g_autoptr(GString) number = g_string_new(NULL);
        const yaml_node_t *entry = value_of(document, root, submission->source);
        json_t *partners = read_submitters(document, entry, name, number);
        if (json_array_size(partners) > 1)
            submission->partners = json_incref(partners);
        json_decref(partners);
        read_time(document, entry, submission);
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
