// SPDX-License-Identifier: MIT
/*
 * result.c - reading JSON documents, results above all (kit.h).
 */
#include "kit/kit.h"

#include <string.h>

const char *text_at(const json_t *object, const char *key)
{
    const char *text = json_string_value(json_object_get(object, key));
    return text ? text : "";
}

json_int_t number_at(const json_t *object, const char *key)
{
    return json_integer_value(json_object_get(object, key));
}

double real_at(const json_t *object, const char *key)
{
    return json_number_value(json_object_get(object, key));
}

bool test_passed(const json_t *test)
{
    return strcmp(text_at(test, "status"), "passed") == 0;
}

bool test_is_shown(const json_t *test)
{
    return strcmp(text_at(test, "visibility"), "visible") == 0;
}
