// SPDX-License-Identifier: MIT
/*
 * course.c - heaplab course: what handouts/course.yaml says, for people or (--json) for scripts.
 */
#include "cli/cli.h"

/* The value of KEY as text; "-" if there is none. */
static const char *shown(const json_t *object, const char *key)
{
    const char *text = json_string_value(json_object_get(object, key));
    return text ? text : "-";
}

static void print_late(const json_t *late)
{
    if (!json_is_object(late))
        return;
    printf("late: %lld %% a day", (long long)json_integer_value(json_object_get(late, "percent_per_day")));
    if (json_is_integer(json_object_get(late, "days")))
        printf(", for %lld days", (long long)json_integer_value(json_object_get(late, "days")));
    if (json_is_integer(json_object_get(late, "grace_minutes")))
        printf(", after %lld minutes of grace", (long long)json_integer_value(json_object_get(late, "grace_minutes")));
    printf("\n");
}

static void print_labs(const json_t *labs)
{
    size_t i;
    json_t *lab;
    json_array_foreach(labs, i, lab) printf("  %-28s %5.1f %%   due %s\n", shown(lab, "lab"),
                                            json_real_value(json_object_get(lab, "share")), shown(lab, "due_text"));
}

static void print_course(const json_t *course)
{
    printf("%s (%s), %s\n", shown(course, "name"), shown(course, "code"), shown(course, "term"));
    size_t i;
    json_t *person;
    json_array_foreach(json_object_get(course, "staff"), i, person)
        printf("  %s: %s, %s\n", shown(person, "role"), shown(person, "name"), shown(person, "email"));
    printf("time zone %s, LMS %s\n", shown(course, "timezone"), shown(course, "lms"));
    print_late(json_object_get(course, "late"));
    print_labs(json_object_get(course, "labs"));
}

static int command_course(int argc, char **argv)
{
    gboolean as_json = FALSE;
    GOptionEntry entries[] = {
        {"json", 0, 0, G_OPTION_ARG_NONE, &as_json, "print it as JSON, for scripts and templates", NULL}, {0}};
    options_parse("- check handouts/course.yaml and print what it says", entries, &argc, &argv);
    if (argc > 1)
        die_unusable("course takes no '%s'; it reads handouts/course.yaml", argv[1]);
    json_t *course = course_load();
    if (as_json) {
        g_autofree char *text = json_dumps(course, JSON_INDENT(2));
        printf("%s\n", text);
    } else {
        print_course(course);
    }
    json_decref(course);
    return EXIT_GRADED;
}

COMMAND(course, ON_THE_KIT, "check handouts/course.yaml and print what it says");
