// SPDX-License-Identifier: MIT
/*
 * report.c - the formats by name (report.h). To add a format, add a file here and a line in report.h.
 */
#include "report/report.h"

#include <string.h>

struct format {
    const char *name;
    char *(*make)(const json_t *results);
    enum audience audience;
    const char *ending;
    bool of_class;
};

#define OF_ONE(name, make, audience, ending) {name, make, audience, ending, false},
#define OF_CLASS(name, make, audience, ending) {name, make, audience, ending, true},

static const struct format formats[] = {REPORTS(OF_ONE) CLASS_REPORTS(OF_CLASS)};

static const struct format *find_format(const char *name)
{
    for (guint i = 0; i < G_N_ELEMENTS(formats); i++)
        if (strcmp(formats[i].name, name) == 0)
            return &formats[i];
    die_unusable("there is no format '%s'; the formats are %s", name, report_names());
}

char *report(const char *name, const json_t *document)
{
    const struct format *format = find_format(name);
    json_t *shown = document_for(document, format->audience);
    json_t *results = format->of_class ? json_pack("[o]", shown) : shown;
    char *text = format->make(results);
    json_decref(results);
    return text;
}

char *report_class(const char *name, const json_t *documents)
{
    const struct format *format = find_format(name);
    if (!format->of_class)
        die_fault("%s is not a class format", name);
    json_t *shown = json_array();
    size_t i;
    json_t *document;
    json_array_foreach(documents, i, document) json_array_append_new(shown, document_for(document, format->audience));
    char *text = format->make(shown);
    json_decref(shown);
    return text;
}

bool report_is_of_class(const char *name)
{
    return find_format(name)->of_class;
}

const char *report_ending(const char *name)
{
    return find_format(name)->ending;
}

const char *report_names(void)
{
    static GString *list; /* made once */
    if (!list) {
        list = g_string_new(NULL);
        for (guint i = 0; i < G_N_ELEMENTS(formats); i++)
            g_string_append_printf(list, "%s%s", i > 0 ? ", " : "", formats[i].name);
    }
    return list->str;
}
