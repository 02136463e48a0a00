// SPDX-License-Identifier: MIT
/*
 * repeat.c - judges a submission again, otherwise than usual, and compares (grade.h).
 *
 * All that a verdict says has to be the same: status, message, story, heap, place, output. Of a random test, which
 * rolls other dice then, only whether it passes.
 */
#include "grade/grade.h"

#include <string.h>

/* The judge's schedules (--schedule): each of them changes one thing at least. */
enum { SCHEDULES = 7 };

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

static void compare(const json_t *first, const json_t *now, unsigned schedule, GString *differences)
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

void judge_repeatedly(const struct submission *submission, const struct grade_plan *plan, const json_t *verdicts)
{
    unsigned times = plan->again ? plan->again(verdicts) : 0;
    for (unsigned i = 0; i < times && plan->differences->len == 0; i++) {
        unsigned schedule = i % SCHEDULES + 1;
        g_autofree char *evidence = g_strdup_printf("evidence-%u", i);
        json_t *found = judge_again(submission, plan, schedule, evidence);
        places(submission, found);
        memcheck(submission, evidence, found);
        for (size_t k = 0; k < json_array_size(verdicts); k++)
            compare(json_array_get(verdicts, k), json_array_get(found, k), schedule, plan->differences);
        json_decref(found);
    }
}
