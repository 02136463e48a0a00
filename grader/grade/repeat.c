// SPDX-License-Identifier: MIT
/*
 * repeat.c - compares what came of a submission that was judged again, otherwise than usual (grade.h).
 *
 * All that a verdict says has to be the same: status, message, story, heap, place, output. Of a random test, which
 * rolls other dice then, only whether it passes.
 */
#include "grade/grade.h"

#include <string.h>

/* What VERDICT says that may not depend on how the tests were run. */
static json_t *lasting(const json_t *verdict)
{
    if (json_is_true(json_object_get(verdict, "random")))
        return json_pack("{s:b}", "passed", (int)test_passed(verdict));
    json_t *kept = json_deep_copy(verdict);
    json_object_del(kept, "duration_ms");
    json_object_del(kept, "frames"); /* the word on top of the stack may be no frame; `where` tells what comes of it */
    return kept;
}

/* The first key whose values in A and B differ; NULL if there is none. */
static const char *difference(json_t *a, const json_t *b)
{
    const char *key;
    json_t *value;
    json_object_foreach(a, key, value)
    {
        if (!json_equal(value, json_object_get(b, key)))
            return key;
    }
    return NULL;
}

static void compare_one(const json_t *first, const json_t *now, unsigned schedule, GString *differences)
{
    json_t *a = lasting(first);
    json_t *b = lasting(now);
    const char *key = difference(a, b);
    if (key) {
        g_autofree char *was = json_dumps(json_object_get(a, key), JSON_COMPACT | JSON_ENCODE_ANY);
        g_autofree char *is = json_dumps(json_object_get(b, key), JSON_COMPACT | JSON_ENCODE_ANY);
        g_string_append_printf(differences, "%s is not the same every time: %s is %s, and under schedule %u %s\n",
                               text_at(first, "name"), key, was, schedule, is ? is : "missing");
    }
    json_decref(a);
    json_decref(b);
}

void repeat_compare(const json_t *verdicts, const json_t *again, unsigned schedule, GString *differences)
{
    for (size_t i = 0; i < json_array_size(verdicts); i++)
        compare_one(json_array_get(verdicts, i), json_array_get(again, i), schedule, differences);
}
