// SPDX-License-Identifier: MIT
/*
 * course.c - handouts/course.yaml: who teaches, when labs are due, how much they count (config.h). The tables below
 * list its keys; grader/README.md describes them and the result.
 */
#include "config/config.h"
#include "config/fields.h"

#include <stdlib.h>
#include <string.h>

enum {
    MINUTES_A_DAY = 24 * 60,
    DAYS_A_YEAR = 366,
    MOST_WEIGHT = 1000,
    MOST_OUT_OF = 100000,
    PERCENT = 100,
    YEAR_LENGTH = sizeof "2026" - 1,
    DATE_LENGTH = sizeof "2026-09-14" - 1,
    MOMENT_LENGTH = sizeof "2026-09-14 17:00" - 1,
};

/* What a date without a time means */
#define OPENING_TIME "00:00"
#define DUE_TIME "23:59"

static const char *const systems[] = {"none",         "canvas",           "moodle", "gradescope", "autolab",
                                      "prairielearn", "github-classroom", "vpl",    "nbgrader",   NULL};

/* Their names for people */
static const char *const system_names[] = {NULL,           "Canvas",           "Moodle",       "Gradescope", "Autolab",
                                           "PrairieLearn", "GitHub Classroom", "Moodle's VPL", "nbgrader"};

/* Does TEXT have the form of a date, whether or not that day exists? */
static bool looks_like_date(const char *text)
{
    return (strlen(text) == DATE_LENGTH || strlen(text) == MOMENT_LENGTH) &&
           strspn(text, "0123456789") == YEAR_LENGTH && strspn(text, "0123456789-: ") == strlen(text);
}

/* "2026-09-14" or "2026-09-14 17:00", kept as text until the time zone is known. */
static char *refuse_date(const char *text, void *user)
{
    (void)user;
    bool alone = strlen(text) == DATE_LENGTH;
    g_autofree char *whole = g_strdup_printf("%s%s:00Z", text, alone ? " 23:59" : "");
    g_autoptr(GDateTime) date = g_date_time_new_from_iso8601(whole, NULL);
    if (date && (alone || strlen(text) == MOMENT_LENGTH))
        return NULL;
    if (looks_like_date(text))
        return g_strdup_printf("is '%s', which is not in the calendar", text);
    return g_strdup_printf("should be a date like 2026-09-14, or one with a time, 2026-09-14 17:00; not '%s'", text);
}

static char *refuse_zone(const char *text, void *user)
{
    (void)user;
    g_autoptr(GTimeZone) zone = g_time_zone_new_identifier(text);
    if (zone)
        return NULL;
    return g_strdup_printf("cannot be '%s'; it should be a name like Europe/Berlin, America/New_York or UTC", text);
}

/* Finds a lab of this kit by number or name. A name that is not in this kit (it may be a release with fewer labs) is
 * kept, unless it looks like a typing error. */
static char *check_lab(const char *name, void *user, char **wrong)
{
    (void)user;
    char *lab = kit_find_lab(name);
    if (lab)
        return lab;
    g_autoptr(GPtrArray) labs = kit_labs();
    g_ptr_array_add(labs, NULL);
    g_autofree char *number = g_strndup(name, strspn(name, "0123456789"));
    g_autofree char *same_number = *number ? kit_find_lab(number) : NULL;
    const char *meant = same_number ? same_number : nearest(name, (const char *const *)labs->pdata);
    if (!meant && *number)
        return g_strdup(name);
    *wrong = meant ? g_strdup_printf("there is no lab '%s'; did you mean %s?", name, meant)
                   : g_strdup_printf("there is no lab '%s'; a lab's name starts with its number", name);
    return NULL;
}

static char *refuse_lab(const char *text, void *user)
{
    char *wrong = NULL;
    g_autofree char *lab = check_lab(text, user, &wrong);
    g_autofree char *sentence = wrong;
    return lab ? NULL : g_strdup_printf("cannot be '%s': %s", text, sentence);
}

/* The number of days in "3", "3d" or "3 days"; -1 if TEXT is something else. */
static int days_in(const char *text)
{
    char *end = NULL;
    guint64 days = g_ascii_strtoull(text, &end, 10);
    g_autofree char *unit = g_strstrip(g_strdup(end));
    bool only =
        strcmp(unit, "") == 0 || strcmp(unit, "d") == 0 || strcmp(unit, "day") == 0 || strcmp(unit, "days") == 0;
    return end != text && only && days <= DAYS_A_YEAR ? (int)days : -1;
}

static char *refuse_extension(const char *text, void *user)
{
    return days_in(text) >= 0 ? NULL : refuse_date(text, user);
}

/* The moment that TEXT names; a date without a time means the time AT. NULL for NULL. Free with g_date_time_unref. */
static GDateTime *moment(const char *text, const char *at, GTimeZone *zone)
{
    if (!text)
        return NULL;
    g_autofree char *whole = g_strdup_printf("%s%s%s:00", text, strlen(text) == DATE_LENGTH ? " " : "",
                                             strlen(text) == DATE_LENGTH ? at : "");
    return g_date_time_new_from_iso8601(whole, zone);
}

/* Refuses a lab that is due before it opens. Both dates are in the same time zone, so any will do to compare them. */
static char *refuse_early(const json_t *lab)
{
    g_autoptr(GTimeZone) zone = g_time_zone_new_utc();
    g_autoptr(GDateTime) opens = moment(string_at(lab, "opens"), OPENING_TIME, zone);
    g_autoptr(GDateTime) due = moment(string_at(lab, "due"), DUE_TIME, zone);
    if (!opens || !due || g_date_time_compare(opens, due) < 0)
        return NULL;
    return g_strdup_printf("is due before it opens: due %s, opens %s", string_at(lab, "due"), string_at(lab, "opens"));
}

static const struct field staff_fields[] = {
    {.name = "name", .kind = FIELD_TEXT, .required = true},
    {.name = "role", .kind = FIELD_TEXT},
    {.name = "email", .kind = FIELD_TEXT},
    {.name = "hours", .kind = FIELD_TEXT},
    {.name = NULL},
};

static const struct field late_fields[] = {
    {.name = "grace_minutes", .kind = FIELD_WHOLE, .least = 0, .most = MINUTES_A_DAY},
    {.name = "percent_per_day", .kind = FIELD_WHOLE, .least = 0, .most = PERCENT},
    {.name = "days", .kind = FIELD_WHOLE, .least = 0, .most = DAYS_A_YEAR},
    {.name = "slip_days", .kind = FIELD_WHOLE, .least = 0, .most = DAYS_A_YEAR},
    {.name = NULL},
};

static const struct field lab_fields[] = {
    {.name = "opens", .kind = FIELD_CUSTOM, .refuse = refuse_date},
    {.name = "due", .kind = FIELD_CUSTOM, .refuse = refuse_date},
    {.name = "weight", .kind = FIELD_WHOLE, .least = 0, .most = MOST_WEIGHT},
    {.name = "column", .kind = FIELD_TEXT},
    {.name = "out_of", .kind = FIELD_WHOLE, .least = 1, .most = MOST_OUT_OF},
    {.name = NULL},
};

static const struct field extension_fields[] = {
    {.name = "student", .kind = FIELD_TEXT, .required = true},
    {.name = "lab", .kind = FIELD_CUSTOM, .required = true, .refuse = refuse_lab},
    {.name = "until", .kind = FIELD_CUSTOM, .required = true, .refuse = refuse_extension},
    {.name = NULL},
};

static const struct field course_fields[] = {
    {.name = "name", .kind = FIELD_TEXT, .required = true},
    {.name = "code", .kind = FIELD_TEXT},
    {.name = "term", .kind = FIELD_TEXT},
    {.name = "url", .kind = FIELD_TEXT},
    {.name = "timezone", .kind = FIELD_CUSTOM, .refuse = refuse_zone},
    {.name = "lms", .kind = FIELD_CHOICE, .choices = systems},
    {.name = "staff", .kind = FIELD_LIST, .inside = staff_fields},
    {.name = "late", .kind = FIELD_MAP, .inside = late_fields},
    {.name = "extensions", .kind = FIELD_LIST, .inside = extension_fields},
    {.name = "labs", .kind = FIELD_NAMED, .inside = lab_fields, .check_name = check_lab, .refuse_map = refuse_early},
    {.name = NULL},
};

/* --- from the file's text to its meaning --- */

static GTimeZone *zone_of(const json_t *course)
{
    const char *name = string_at(course, "timezone");
    GTimeZone *zone = name ? g_time_zone_new_identifier(name) : NULL;
    return zone ? zone : g_time_zone_new_utc();
}

/* Sets KEY to the moment in the form for programs and KEY_text in the form for people. */
static void put_moment(json_t *lab, const char *key, GDateTime *when)
{
    g_autofree char *for_people = g_strdup_printf("%s_text", key);
    g_autofree char *iso = when ? g_date_time_format(when, "%Y-%m-%dT%H:%M:%S%:z") : NULL;
    g_autofree char *text = when ? g_date_time_format(when, "%A %-d %B %Y, %H:%M") : NULL;
    json_object_set_new(lab, key, when ? json_string(iso) : json_null());
    json_object_set_new(lab, for_people, when ? json_string(text) : json_null());
}

/* The result's entry for the lab NAME, made from ENTRY, which may be NULL. */
static json_t *lab_of(const char *name, const json_t *entry, GTimeZone *zone, bool weighed)
{
    json_t *lab = json_pack("{s:s, s:o}", "lab", name, "weight",
                            weighed ? json_integer(number_at(entry, "weight")) : json_integer(1));
    g_autoptr(GDateTime) opens = moment(string_at(entry, "opens"), OPENING_TIME, zone);
    g_autoptr(GDateTime) due = moment(string_at(entry, "due"), DUE_TIME, zone);
    put_moment(lab, "opens", opens);
    put_moment(lab, "due", due);
    static const char *const kept[] = {"column", "out_of"};
    for (guint i = 0; i < G_N_ELEMENTS(kept); i++) {
        json_t *value = json_object_get(entry, kept[i]);
        json_object_set(lab, kept[i], value ? value : json_null());
    }
    return lab;
}

/* Does any lab have a weight? If none does, all weigh the same. */
static bool any_weight(json_t *labs)
{
    const char *name;
    json_t *entry;
    json_object_foreach(labs, name, entry)
    {
        if (!json_is_null(json_object_get(entry, "weight")))
            return true;
    }
    return false;
}

/* Each lab's share of all weights, in percent. */
static void put_shares(json_t *labs)
{
    size_t i;
    json_t *lab;
    long long total = 0;
    json_array_foreach(labs, i, lab)
    {
        total += number_at(lab, "weight");
    }
    json_array_foreach(labs, i, lab)
    {
        double share = total > 0 ? (double)PERCENT * (double)number_at(lab, "weight") / (double)total : 0;
        json_object_set_new(lab, "share", json_real(share));
    }
}

/* The course's labs as an array: those of the kit in order, then others that the file names. */
static json_t *labs_of(json_t *entries, GTimeZone *zone)
{
    bool weighed = any_weight(entries);
    json_t *labs = json_array();
    g_autoptr(GPtrArray) names = kit_labs();
    for (guint i = 0; i < names->len; i++) {
        const char *name = names->pdata[i];
        json_array_append_new(labs, lab_of(name, json_object_get(entries, name), zone, weighed));
        json_object_del(entries, name);
    }
    const char *name;
    json_t *entry;
    json_object_foreach(entries, name, entry)
    {
        json_array_append_new(labs, lab_of(name, entry, zone, weighed));
    }
    put_shares(labs);
    return labs;
}

/* The moment that put_moment has put under KEY; NULL if there is none. Free with g_date_time_unref. */
static GDateTime *moment_at(const json_t *lab, const char *key)
{
    const char *iso = string_at(lab, key);
    return iso ? g_date_time_new_from_iso8601(iso, NULL) : NULL;
}

/* JSON null for none. */
static json_t *name_of_system(const char *system)
{
    size_t i = 0;
    while (strcmp(systems[i], system) != 0)
        i++;
    return system_names[i] ? json_string(system_names[i]) : json_null();
}

/* Turns what the file says into what grader/README.md describes. */
static void complete(json_t *course)
{
    g_autoptr(GTimeZone) zone = zone_of(course);
    json_t *entries = json_object_get(course, "labs");
    json_t *labs = json_is_object(entries) ? labs_of(entries, zone) : NULL;
    if (!labs) {
        json_t *empty = json_object();
        labs = labs_of(empty, zone);
        json_decref(empty);
    }
    json_object_set_new(course, "labs", labs);
    if (json_is_null(json_object_get(course, "staff")))
        json_object_set_new(course, "staff", json_array());
    if (json_is_null(json_object_get(course, "extensions")))
        json_object_set_new(course, "extensions", json_array());
    if (json_is_null(json_object_get(course, "lms")))
        json_object_set_new(course, "lms", json_string("none"));
    json_object_set_new(course, "lms_name", name_of_system(string_at(course, "lms")));
}

json_t *course_read(const char *path, char **mistake)
{
    json_t *course = fields_read(path, course_fields, NULL, mistake);
    if (!course)
        return NULL;
    complete(course);
    return course;
}

/* A course about which nothing is known. */
static json_t *unnamed_course(void)
{
    json_t *course = json_pack("{s:s, s:n, s:n, s:n, s:n, s:n, s:n, s:n, s:n, s:n}", "name", "C memory labs", "code",
                               "term", "url", "timezone", "lms", "staff", "late", "extensions", "labs");
    complete(course);
    return course;
}

json_t *course_load(void)
{
    g_autofree char *path = kit_path("handouts", "course.yaml", NULL);
    if (!g_file_test(path, G_FILE_TEST_EXISTS))
        return unnamed_course();
    char *mistake;
    json_t *course = course_read(path, &mistake);
    if (!course)
        die_unusable("%s", mistake);
    return course;
}

const json_t *course_lab(const json_t *course, const char *lab)
{
    size_t i;
    json_t *entry;
    json_array_foreach(json_object_get(course, "labs"), i, entry)
    {
        if (strcmp(string_at(entry, "lab"), lab) == 0)
            return entry;
    }
    return NULL;
}

/* The part NAME of a moment, as a number; 0 if it is not there. */
static int part_of(const GMatchInfo *info, const char *name)
{
    g_autofree char *text = g_match_info_fetch_named(info, name);
    return text ? atoi(text) : 0;
}

/* The time of day in a moment, "21:05:00"; the end of the day if it has none. */
static char *time_in(const GMatchInfo *info)
{
    enum { HOURS = 12 };
    g_autofree char *minute = g_match_info_fetch_named(info, "minute");
    g_autofree char *half = g_match_info_fetch_named(info, "half");
    int hour = part_of(info, "hour");
    if (!minute || !minute[0])
        return g_strdup(DUE_TIME ":00");
    if (half && half[0])
        hour = hour % HOURS + (g_ascii_toupper(half[0]) == 'P' ? HOURS : 0);
    return g_strdup_printf("%02d:%s:%02d", hour, minute, part_of(info, "second"));
}

/* The offset in a moment as ISO 8601 has it; "" if it has none. */
static char *offset_in(const GMatchInfo *info)
{
    g_autofree char *zone = g_match_info_fetch_named(info, "zone");
    if (!zone || !zone[0])
        return g_strdup("");
    return g_strdup(g_ascii_isalpha(zone[0]) ? "Z" : zone);
}

GDateTime *course_moment(const json_t *course, const char *text)
{
    static const char form[] = "^(?:(?<year>\\d{4})-(?<month>\\d\\d)-(?<day>\\d\\d)|"
                               "(?<day>\\d\\d?)\\.(?<month>\\d\\d?)\\.(?<year>\\d{4}))"
                               "(?:(?:,? |[Tt])(?<hour>\\d\\d?):(?<minute>\\d\\d)(?::(?<second>\\d\\d)(?:\\.\\d+)?)?"
                               " ?(?<half>[AaPp][Mm])? ?(?<zone>[Zz]|UTC|GMT|[+-]\\d\\d(?::?\\d\\d)?)?)?$";
    g_autoptr(GRegex) regex = g_regex_new(form, G_REGEX_DUPNAMES, 0, NULL);
    g_autoptr(GMatchInfo) info = NULL;
    if (!g_regex_match(regex, text, 0, &info))
        return NULL;
    g_autoptr(GTimeZone) zone = zone_of(course);
    g_autofree char *time = time_in(info);
    g_autofree char *offset = offset_in(info);
    g_autofree char *whole = g_strdup_printf("%04d-%02d-%02dT%s%s", part_of(info, "year"), part_of(info, "month"),
                                             part_of(info, "day"), time, offset);
    return g_date_time_new_from_iso8601(whole, zone);
}

bool course_reads_extension(const char *text)
{
    json_t *nowhere = json_object();
    g_autoptr(GDateTime) until = course_moment(nowhere, text);
    json_decref(nowhere);
    return until || days_in(text) >= 0;
}

GDateTime *course_due(const json_t *course, const char *lab, const char *extension)
{
    GDateTime *due = moment_at(course_lab(course, lab), "due");
    if (!due || !extension[0])
        return due;
    int days = days_in(extension);
    GDateTime *later = days >= 0 ? g_date_time_add_days(due, days) : course_moment(course, extension);
    if (!later)
        return due;
    g_date_time_unref(due);
    return later;
}

struct lateness course_lateness(const json_t *course, GDateTime *due, GDateTime *submitted, long long slip_left)
{
    const json_t *late = json_object_get(course, "late");
    struct lateness found = {0};
    GTimeSpan grace = json_is_object(late) ? number_at(late, "grace_minutes") * G_TIME_SPAN_MINUTE : 0;
    GTimeSpan over = due ? g_date_time_difference(submitted, due) - grace : 0;
    if (over <= 0)
        return found;
    found.days = (over + G_TIME_SPAN_DAY - 1) / G_TIME_SPAN_DAY;
    if (!json_is_object(late))
        return found;
    found.slip_days = CLAMP(slip_left, 0, found.days);
    long long days = found.days - found.slip_days;
    if (!json_is_null(json_object_get(late, "days")) && days > number_at(late, "days"))
        found.percent = PERCENT;
    else
        found.percent = (int)MIN(PERCENT, days * number_at(late, "percent_per_day"));
    return found;
}

const char *course_marks_format(const json_t *course)
{
    const char *system = string_at(course, "lms");
    bool reads_classes =
        strcmp(system, "canvas") == 0 || strcmp(system, "moodle") == 0 || strcmp(system, "nbgrader") == 0;
    return reads_classes ? system : "csv";
}
