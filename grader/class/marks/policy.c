// SPDX-License-Identifier: MIT
/*
 * policy.c - what being late costs a student (marks.h): the course's late policy, with the student's extension and slip
 * days. An extension stands in course.yaml or in the roster; the later one counts.
 */
#include "class/class.h"
#include "class/marks/marks.h"

#include <string.h>

/* Does WHO, as course.yaml names a student, mean the one of DOCUMENT and PERSON? */
static bool is_meant(const char *who, const json_t *document, const json_t *person)
{
    static const char *const of_person[] = {"login", "number", "sis", "email", "name", "github"};
    const json_t *student = json_object_get(document, "student");
    for (guint i = 0; i < G_N_ELEMENTS(of_person); i++)
        if (g_ascii_strcasecmp(who, text_at(person, of_person[i])) == 0)
            return true;
    return strcmp(who, text_at(document, "id")) == 0 || g_ascii_strcasecmp(who, text_at(student, "id")) == 0 ||
           g_ascii_strcasecmp(who, text_at(student, "name")) == 0;
}

static GDateTime *later_of(GDateTime *one, GDateTime *other)
{
    if (one && other && g_date_time_compare(one, other) < 0) {
        g_date_time_unref(one);
        return other;
    }
    if (other)
        g_date_time_unref(other);
    return one;
}

static GDateTime *due_for(const json_t *course, const char *lab, const json_t *document, const json_t *person)
{
    GDateTime *due = later_of(course_due(course, lab, ""), course_due(course, lab, text_at(person, "extension")));
    size_t i;
    json_t *extension;
    json_array_foreach(json_object_get(course, "extensions"), i, extension)
    {
        g_autofree char *its_lab = kit_find_lab(text_at(extension, "lab"));
        if (g_strcmp0(its_lab, lab) == 0 && is_meant(text_at(extension, "student"), document, person))
            due = later_of(due, course_due(course, lab, text_at(extension, "until")));
    }
    return due;
}

GDateTime *moment_told(const json_t *course, const char *text)
{
    GDateTime *moment = course_moment(course, text);
    if (moment)
        return moment;
    g_autofree char *in_words = name_moment(text);
    return course_moment(course, in_words);
}

/* When DOCUMENT was handed in, as a text: what the download tells, or else the roster. */
static const char *told_time(const json_t *document, const json_t *person)
{
    const char *told = text_at(json_object_get(document, "student"), "handed_in_at");
    return told[0] ? told : text_at(person, "submitted");
}

static char *sentence_of(const struct lateness *found, long long days_allowed)
{
    GString *text = g_string_new(NULL);
    if (found->days == 0)
        return g_string_free(text, FALSE);
    g_string_append_printf(text, "%lld day%s late", found->days, found->days == 1 ? "" : "s");
    if (found->slip_days > 0)
        g_string_append_printf(text, ", %lld of them slip days", found->slip_days);
    if (found->percent > 0)
        g_string_append_printf(text, ": %d%% of the points are taken off", found->percent);
    if (days_allowed >= 0 && found->days - found->slip_days > days_allowed)
        g_string_append_printf(text, ", as the course accepts work for %lld days", days_allowed);
    return g_string_free(text, FALSE);
}

/* Why nothing is taken off although work may be late: the moment TOLD cannot be read, or FLAGGED as late is all that is
 * known. */
static char *why_unknown(const char *told, bool flagged)
{
    if (strpbrk(told, "0123456789"))
        return g_strdup_printf("handed in at '%s', which cannot be read as a time, so nothing is taken off", told);
    return g_strdup(flagged ? "late, but the download does not tell by how much, so nothing is taken off" : "");
}

json_t *lateness_of(const json_t *course, const json_t *document, const json_t *person)
{
    const json_t *late = json_object_get(course, "late");
    const char *lab = text_at(json_array_get(json_object_get(document, "labs"), 0), "lab");
    bool flagged = json_is_true(json_object_get(json_object_get(document, "student"), "late"));
    g_autoptr(GDateTime) due = due_for(course, lab, document, person);
    g_autoptr(GDateTime) when = moment_told(course, told_time(document, person));
    struct lateness found = {0};
    long long used = g_ascii_strtoll(text_at(person, "slip_used"), NULL, 10);
    if (due && when)
        found = course_lateness(course, due, when, number_at(late, "slip_days") - used);
    bool counted = json_is_integer(json_object_get(late, "days"));
    g_autofree char *sentence = due && when ? sentence_of(&found, counted ? number_at(late, "days") : -1)
                                            : why_unknown(!due ? "" : told_time(document, person), flagged);
    g_autofree char *due_text = due ? g_date_time_format(due, "%Y-%m-%d %H:%M") : g_strdup("");
    return json_pack("{s:I, s:I, s:i, s:s, s:s}", "days", (json_int_t)found.days, "slip_days",
                     (json_int_t)found.slip_days, "percent", found.percent, "due", due_text, "sentence", sentence);
}
