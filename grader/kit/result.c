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

json_int_t number_in(const json_t *array, size_t index)
{
    return json_integer_value(json_array_get(array, index));
}

double real_at(const json_t *object, const char *key)
{
    return json_number_value(json_object_get(object, key));
}

const char *string_at(const json_t *object, const char *key)
{
    return json_string_value(json_object_get(object, key));
}

bool lab_is_built(const json_t *lab)
{
    return json_is_true(json_object_get(json_object_get(lab, "build"), "ok"));
}

bool document_is_late(const json_t *document)
{
    const json_t *mark = json_object_get(document, "mark");
    return json_is_true(json_object_get(json_object_get(document, "student"), "late")) ||
           number_at(json_object_get(mark, "late"), "days") > 0;
}

bool test_passed(const json_t *test)
{
    return strcmp(text_at(test, "status"), "passed") == 0;
}

bool test_waits(const json_t *test)
{
    return strcmp(text_at(test, "status"), "not_run") == 0;
}

bool test_went_wrong(const json_t *test)
{
    return text_at(test, "status")[0] != '\0' && !test_passed(test) && !test_waits(test);
}

bool test_is_shown(const json_t *test)
{
    return strcmp(text_at(test, "visibility"), "visible") == 0;
}

const json_t *first_wrong_test(const json_t *result)
{
    size_t i;
    json_t *test;
    json_array_foreach(json_object_get(result, "tests"), i, test)
    {
        if (test_went_wrong(test))
            return test;
    }
    return NULL;
}
