// SPDX-License-Identifier: MIT
/*
 * course.c - unit tests of config/course.c: what course.yaml may say, how its mistakes are reported, and what being
 * late costs.
 */
#include "config/fields.h"
#include "tests/unit/support/program.h"

#define RUBRIC "[lab]\ntitle = T\nfiles = a.c\n[test a]\ntitle = T\npoints = 100\n"

/* The path of a course.yaml that contains TEXT, in a kit whose only lab is 01-unit. */
static const char *course_file(const char *text)
{
    return unit_file(unit_kit(RUBRIC), "handouts/course.yaml", text);
}

static json_t *course(const char *text)
{
    char *mistake;
    json_t *read = course_read(course_file(text), &mistake);
    ck_assert_msg(read != NULL, "%s", mistake);
    return read;
}

/* The sentences about the mistakes in TEXT. */
static const char *mistakes_in(const char *text)
{
    char *mistake;
    ck_assert_ptr_null(course_read(course_file(text), &mistake));
    ck_assert_ptr_nonnull(mistake);
    return mistake;
}

static int late(const char *policy, const char *submitted)
{
    g_autofree char *text =
        g_strdup_printf("name: N\ntimezone: Europe/Berlin\n%slabs:\n  1: {due: 2026-01-10}\n", policy);
    g_autoptr(GDateTime) when = g_date_time_new_from_iso8601(submitted, NULL);
    ck_assert_ptr_nonnull(when);
    json_t *read = course(text);
    g_autoptr(GDateTime) due = course_due(read, UNIT_LAB, "");
    return course_lateness(read, due, when, 0).percent;
}

START_TEST(a_name_is_enough)
{
    json_t *read = course("name: N\n");
    ck_assert_str_eq(unit_text(read, "name"), "N");
    ck_assert_str_eq(unit_text(read, "lms"), "none");
    const json_t *lab = course_lab(read, UNIT_LAB);
    ck_assert(json_is_null(json_object_get(lab, "due")));
    ck_assert_double_eq(json_real_value(json_object_get(lab, "share")), 100);
}
END_TEST

START_TEST(dates_are_in_the_course_zone)
{
    json_t *read =
        course("name: N\ntimezone: America/New_York\nlabs:\n  01: {opens: 2026-07-01, due: 2026-12-01 17:30}\n");
    const json_t *lab = course_lab(read, UNIT_LAB);
    ck_assert_str_eq(unit_text(lab, "opens"), "2026-07-01T00:00:00-04:00");
    ck_assert_str_eq(unit_text(lab, "due"), "2026-12-01T17:30:00-05:00");
}
END_TEST

START_TEST(weights_become_shares)
{
    json_t *read = course("name: N\nlabs:\n  01-unit: {weight: 30}\n  02-elsewhere: {weight: 10}\n");
    ck_assert_double_eq(json_real_value(json_object_get(course_lab(read, UNIT_LAB), "share")), 75);
    ck_assert_double_eq(json_real_value(json_object_get(course_lab(read, "02-elsewhere"), "share")), 25);
}
END_TEST

START_TEST(mistakes_have_line_key_and_suggestion)
{
    const char *told = mistakes_in("nam: N\nlms: canvs\nlate:\n  days: soon\n  percent: 5\nlabs:\n  01-unti: {}\n"
                                   "  1: {due: tomorrow, wieght: 3}\ntimezone: Berlin\n");
    ck_assert_has(told, "course.yaml, line 1: there is no key 'nam'; did you mean name?");
    ck_assert_has(told, "line 1: name is missing");
    ck_assert_has(told, "line 2: lms cannot be 'canvs'; did you mean canvas?");
    ck_assert_has(told, "line 4: days should be a whole number from 0 to 366, not 'soon'");
    ck_assert_has(told, "line 5: late: there is no key 'percent'; ");
    ck_assert_has(told, "line 7: labs: there is no lab '01-unti'; did you mean 01-unit?");
    ck_assert_has(told, "line 8: due should be a date like 2026-09-14");
    ck_assert_has(told, "line 8: 01-unit: there is no key 'wieght'; did you mean weight?");
    ck_assert_has(told, "line 9: timezone cannot be 'Berlin'");
}
END_TEST

START_TEST(wrong_shapes_are_told)
{
    ck_assert_has(mistakes_in("name: [a\n"), "line 2: this is not YAML");
    ck_assert_has(mistakes_in(""), "is empty");
    ck_assert_has(mistakes_in("- a\n"), "line 1: the file should be a group of lines");
    ck_assert_has(mistakes_in("name: {a: b}\n"), "name should be one value");
    ck_assert_ptr_null(strstr(mistakes_in("name: {a: b}\n"), "needs a value")); /* one mistake, one sentence */
    ck_assert_has(mistakes_in("name:\n"), "name needs a value");
    ck_assert_has(mistakes_in("name: N\nstaff: Ada\n"), "line 2: staff should be a list");
    ck_assert_has(mistakes_in("name: N\nstaff:\n  - role: TA\n"), "line 3: staff: name is missing");
    ck_assert_has(mistakes_in("name: N\nlabs: [1]\n"), "line 2: labs should be a group of keys");
    ck_assert_has(mistakes_in("name: N\nname: M\n"), "line 2: name appears twice");
    ck_assert_has(mistakes_in("name: N\nlabs:\n  1: {}\n  01: {}\n"), "line 4: labs: 01-unit appears twice");
    ck_assert_has(mistakes_in("name: N\nlabs:\n  1: {opens: 2026-02-02, due: 2026-02-01}\n"),
                  "line 3: labs: 01-unit is due before it opens: due 2026-02-01, opens 2026-02-02");
    ck_assert_has(mistakes_in("name: N\nlabs:\n  1: {due: 2026-09-31}\n"), "line 3: due is '2026-09-31', which is not");
}
END_TEST

START_TEST(no_file_is_a_course_without_dates)
{
    unit_kit(RUBRIC);
    json_t *read = course_load();
    ck_assert(json_is_null(json_object_get(course_lab(read, UNIT_LAB), "due")));
}
END_TEST

#define POLICY "late: {grace_minutes: 10, percent_per_day: 20, days: 3}\n"

START_TEST(being_late_costs_by_the_day)
{
    ck_assert_int_eq(late(POLICY, "2026-01-10T23:00:00+01:00"), 0);
    ck_assert_int_eq(late(POLICY, "2026-01-11T00:09:00+01:00"), 0);
    ck_assert_int_eq(late(POLICY, "2026-01-11T00:10:00+01:00"), 20);
    ck_assert_int_eq(late(POLICY, "2026-01-12T00:09:00+01:00"), 20);
    ck_assert_int_eq(late(POLICY, "2026-01-12T00:10:00+01:00"), 40);
    ck_assert_int_eq(late(POLICY, "2026-01-14T00:10:00+01:00"), 100);
    ck_assert_int_eq(late("", "2027-01-01T00:00:00+01:00"), 0);
    ck_assert_int_eq(late("late: {percent_per_day: 60}\n", "2026-01-20T00:00:00+01:00"), 100);
}
END_TEST

START_TEST(marks_go_to_the_lms)
{
    ck_assert_str_eq(course_marks_format(course("name: N\nlms: moodle\n")), "moodle");
    ck_assert_str_eq(unit_text(course("name: N\nlms: github-classroom\n"), "lms_name"), "GitHub Classroom");
    ck_assert(json_is_null(json_object_get(course("name: N\n"), "lms_name")));
    ck_assert_str_eq(course_marks_format(course("name: N\nlms: gradescope\n")), "csv");
    ck_assert_str_eq(course_marks_format(course("name: N\n")), "csv");
}
END_TEST

START_TEST(only_near_words_are_suggested)
{
    static const char *const words[] = {"weight", "due", NULL};
    ck_assert_str_eq(nearest("wieght", words), "weight");
    ck_assert_str_eq(nearest("deu", words), "due");
    ck_assert_ptr_null(nearest("colour", words));
}
END_TEST

void unit_tests(TCase *tcase)
{
    tcase_add_test(tcase, a_name_is_enough);
    tcase_add_test(tcase, dates_are_in_the_course_zone);
    tcase_add_test(tcase, weights_become_shares);
    tcase_add_test(tcase, mistakes_have_line_key_and_suggestion);
    tcase_add_test(tcase, wrong_shapes_are_told);
    tcase_add_test(tcase, no_file_is_a_course_without_dates);
    tcase_add_test(tcase, being_late_costs_by_the_day);
    tcase_add_test(tcase, marks_go_to_the_lms);
    tcase_add_test(tcase, only_near_words_are_suggested);
}
